"""Each check holds for poems that are known to keep their form, and fails for those that do not, and for spoilt ones.

The poems and where they come from are in `tests/data/forms/`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from bot.forms.checks import check
from bot.forms.form import form_of
from bot.forms.verdict import Verdict

POEMS = Path(__file__).parents[2] / "data" / "forms"
KEYS = sorted(file.stem for file in POEMS.glob("*.toml"))
LEAST = 20
MEASURED = ("haiku", "jueju5", "jueju7", "limerick", "sonnet")


@cache
def known(key: str, which: str) -> tuple[str, ...]:
    told = tomllib.loads((POEMS / f"{key}.toml").read_text(encoding="utf-8"))
    return tuple(text.strip() for text in told[which])


def judge(key: str, text: str) -> Verdict:
    """Check a poem; that some of them are the forms' own examples is another matter."""
    return check(replace(form_of(key), example=""), text)


def poems(which: str) -> list[tuple[str, str]]:
    return [(key, text) for key in KEYS for text in known(key, which)]


def named(value: str) -> str:
    return value[:24].replace("\n", " ")


@pytest.mark.parametrize(("key", "text"), poems("good"), ids=named)
def test_a_poem_that_keeps_its_form_is_told_to(key: str, text: str) -> None:
    assert list(map(str, judge(key, text).faults)) == []


@pytest.mark.parametrize(("key", "text"), poems("bad"), ids=named)
def test_what_is_no_such_poem_is_told_why(key: str, text: str) -> None:
    assert all(map(str, judge(key, text).faults))
    assert not judge(key, text).holds


def without_a_line(text: str) -> str:
    return text.rpartition("\n")[0]


def longer_by_a_line(text: str) -> str:
    return f"{text}\n{text.splitlines()[0]}"


def shorter_by_a_word(text: str) -> str:
    """Drop most of the second line; in Chinese its first character."""
    first, second, *others = text.splitlines()
    return "\n".join([first, second.split()[-1] if " " in second else second[1:], *others])


def with_a_strange_end(text: str) -> str:
    """End where nothing rhymes: with an orange, or a character of another rhyme and tone."""
    words = text.rstrip(" .,;!?\"'。？！")
    return f"{words.rpartition(' ')[0]} orange" if " " in words else f"{words[:-1]}马。"


RHYMED = ("jueju5", "jueju7", "limerick", "sonnet")
SPOILS: dict[Callable[[str], str], tuple[str, ...]] = {
    without_a_line: MEASURED,
    longer_by_a_line: MEASURED,
    shorter_by_a_word: MEASURED,
    with_a_strange_end: RHYMED,
}


@pytest.mark.parametrize("spoil", SPOILS, ids=lambda spoil: spoil.__name__)
def test_a_spoilt_poem_is_found_out(spoil: Callable[[str], str]) -> None:
    for key in SPOILS[spoil]:
        slipped = [text for text in known(key, "good") if judge(key, spoil(text)).holds]
        assert slipped == []


@pytest.mark.parametrize("key", MEASURED)
def test_enough_poems_are_known(key: str) -> None:
    assert len(set(known(key, "good"))) >= LEAST
    spoilt = [spoil(text) for spoil, keys in SPOILS.items() if key in keys for text in known(key, "good")]
    assert len({*known(key, "bad"), *spoilt}) >= LEAST


def test_what_is_copied_from_the_example_keeps_no_form() -> None:
    haiku, jueju = form_of("haiku"), form_of("jueju5")
    assert [fault.key for fault in check(haiku, haiku.example).faults] == ["forms.copied_line"] * 2
    assert not check(jueju, jueju.example.replace("，", "，\n").replace("。", "。\n")).holds


def test_a_name_of_the_example_may_come_again() -> None:
    script = form_of("script")
    copied = [fault for fault in check(script, known("script", "good")[0]).faults if fault.key == "forms.copied_line"]
    assert [fault.values["line"] for fault in copied] == [2, 4]  # not the heading, and neither of the two names


@pytest.mark.parametrize("key", ["haiku", "tanka", "limerick", "jueju5", "jueju7", "rumengling", "huanxisha"])
def test_the_examples_that_models_are_shown_keep_their_form(key: str) -> None:
    assert judge(key, form_of(key).example.strip()).holds
