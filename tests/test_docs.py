"""What the docs say of the house is so: rooms, links, commands, permissions, versions."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import discord
import pytest

from bot.safety.pictures import EXPLICIT_FROM
from bot.words import keys

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")
ROOM = re.compile(r"^\| `([\w/]+)/` \|", re.MULTILINE)


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def folders_with_code(parent: str) -> set[str]:
    folders = (folder for folder in (ROOT / parent).iterdir() if folder.is_dir() and not folder.name.startswith("."))
    held = {folder: {file.suffix for file in folder.rglob("*")} for folder in folders}
    return {str(folder.relative_to(ROOT)) for folder, suffixes in held.items() if suffixes & {".py", ".sql", ".toml"}}


def test_the_architecture_names_every_room_and_no_other() -> None:
    named = set(ROOM.findall(read("docs/architecture.md")))
    built = folders_with_code(".") | folders_with_code("bot") | folders_with_code("models")
    assert named - {"docs"} == built - {"build", "data"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    assert [link for link in LINK.findall(page.read_text(encoding="utf-8")) if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_that_a_page_shows_exist(page: Path) -> None:
    shown = set(re.findall(r"(?:bin/salon|`salon|-m bot|salon salon) ([a-z]+)", page.read_text(encoding="utf-8")))
    assert shown <= {file.stem for file in (ROOT / "bot" / "commands").glob("*.py")}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_settings_that_a_page_names_exist(page: Path) -> None:
    named = set(re.findall(r"SALON_[A-Z_]+", page.read_text(encoding="utf-8"))) - {"SALON_"}
    assert named <= set(re.findall(r"SALON_[A-Z_]+", read(".env.example")))


def test_the_guide_for_members_names_every_group_of_commands_and_no_command_that_is_not_there() -> None:
    shown = re.findall(r"`/([a-z]+)(?: ([a-z]+))?`", read("docs/members.md"))
    told = {key.removeprefix("commands.") for key in keys() if key.startswith("commands.")}
    assert {group for group, _ in shown} == {name for name in told if "_" not in name}
    assert {f"{group}_{command}" for group, command in shown if command} <= told


def test_the_hosts_guide_names_the_score_from_which_pictures_are_held_back() -> None:
    assert f"From {EXPLICIT_FROM} on" in read("docs/hosting.md")


def test_make_targets_that_a_page_shows_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))
    shown = {target for page in PAGES for target in re.findall(r"make ([a-z]+)\b`", page.read_text(encoding="utf-8"))}
    assert shown <= targets


def test_the_invitation_asks_for_what_salon_uses_and_no_more() -> None:
    address = next(line.strip() for line in read("README.md").splitlines() if "oauth2/authorize" in line)
    asked = parse_qs(urlsplit(address).query)
    assert asked["scope"] == ["bot applications.commands"]
    assert discord.Permissions(int(asked["permissions"][0])) == discord.Permissions(
        view_channel=True,
        send_messages=True,
        send_messages_in_threads=True,
        create_public_threads=True,
        embed_links=True,
        attach_files=True,
        read_message_history=True,
    )


def test_the_container_takes_the_same_range_of_torch() -> None:
    dependencies = tomllib.loads(read("pyproject.toml"))["project"]["dependencies"]
    torch = next(dependency for dependency in dependencies if dependency.startswith("torch"))
    assert f'"{torch}"' in read("Dockerfile")


def test_constraints_pin_every_package_but_torch_exactly() -> None:
    lines = [line for line in read("constraints.txt").splitlines() if not line.startswith("#")]
    assert [line for line in lines if not re.fullmatch(r"[\w.\-]+==[\w.]+", line)] == []
    assert [line for line in lines if line.startswith(("torch==", "nvidia", "triton"))] == []
