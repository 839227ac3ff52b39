"""The words and the code agree: every sentence that is said exists and is filled in, and none lies unused."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

from bot import words
from bot.words import keys, say

ROOT = Path(__file__).parents[2]
KEY = re.compile(r"[a-z_]+\.[a-z0-9_]+")
SECTIONS = {key.partition(".")[0] for key in keys()}
# These look like keys, and name kinds of jobs.
KINDS_OF_JOBS = {
    "critique.correct",
    "critique.read",
    "critique.weigh",
    "forms.polish",
    "forms.write",
    "inspiration.direct",
    "inspiration.find",
    "inspiration.look",
    "chapters.sum_up",
    "lore.propose",
    "picture.describe",
    "picture.draw",
    "picture.note",
    "picture.scene",
    "picture.study",
    "story.check",
    "story.continue",
    "story.propose",
    "story.retry",
}
SAYERS = {"say", "BadInput", "NotFound", "NotAllowed", "LineFull", "Unavailable"}


@cache
def nodes() -> tuple[ast.AST, ...]:
    files = (file for room in ("bot", "cogs") for file in (ROOT / room).rglob("*.py"))
    return tuple(node for file in files for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))))


def said() -> set[str]:
    texts = (node.value for node in nodes() if isinstance(node, ast.Constant) and isinstance(node.value, str))
    keys = {text for text in texts if KEY.fullmatch(text) and not text.endswith(".toml")}
    return {key for key in keys if key.partition(".")[0] in SECTIONS} - KINDS_OF_JOBS


def put_together() -> set[str]:
    """Keys made of a part that is written down and one that is not: f"story.button_{action}", f"{key}_unknown"."""
    formats = (node.values for node in nodes() if isinstance(node, ast.JoinedStr) and node.values)
    ends = [(values[0], values[-1]) for values in formats]
    heads = tuple(text for head, _ in ends if re.fullmatch(r"[a-z_]+\.[a-z_]*", text := written(head)))
    tails = tuple(text for _, tail in ends if re.fullmatch(r"_[a-z_]+", text := written(tail)))
    with_tails = {key + tail for key in said() for tail in tails}
    return {key for key in keys() if key.startswith(heads) or key in with_tails}


def written(part: ast.expr) -> str:
    return str(part.value) if isinstance(part, ast.Constant) else ""


def calls_with_a_key() -> Iterator[tuple[str, set[str]]]:
    for node in nodes():
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SAYERS and node.args:
            given = {keyword.arg for keyword in node.keywords}
            if isinstance(node.args[0], ast.Constant) and None not in given:
                yield str(node.args[0].value), {name for name in given if name}


def fields(key: str) -> set[str]:
    entry = words._catalogue("en")[key]
    sentences = [entry] if isinstance(entry, str) else entry.values()
    return {field for sentence in sentences for _, field, _, _ in Formatter().parse(sentence) if field}


def test_every_sentence_that_is_said_exists() -> None:
    assert {key for key in said() if key not in keys() and not key.endswith("_")} == set()


def test_no_sentence_lies_unused() -> None:
    assert keys() - said() - put_together() == set()


def test_every_gap_in_a_sentence_is_filled_where_it_is_said() -> None:
    assert {key: fields(key) - given for key, given in calls_with_a_key() if fields(key) - given} == {}


def test_a_sentence_that_counts_knows_one_and_many() -> None:
    for key in keys():
        entry = words._catalogue("en")[key]
        assert isinstance(entry, str) or set(entry) == {"one", "other"}


def test_the_line_can_say_what_every_kind_of_job_is() -> None:
    assert [kind for kind in KINDS_OF_JOBS if f"queue.{kind.replace('.', '_')}" not in keys()] == []


def test_an_unknown_sentence_cannot_be_said() -> None:
    with pytest.raises(KeyError):
        say("nothing.of_the_kind")
