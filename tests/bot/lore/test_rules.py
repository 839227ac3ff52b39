"""What a card may say, and which keys are named in a text."""

from __future__ import annotations

import pytest

from bot.lore.card import Typed
from bot.lore.matching import Spoken
from bot.lore.rules import KEYS_MAX, NAMES_MAX, TEXT_MAX, checked
from tests.bot.refusing import refused


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("lamp, old harbour", ("lamp", "old harbour")),
        ("  lamp ,, LAMP,\tlamp ", ("lamp",)),
        ("Mara's boat; J. R.", ("Mara's boat", "J. R.")),
        ("灯塔、守塔人;码头", ("灯塔", "守塔人", "码头")),
        ("दीपक, 등대", ("दीपक", "등대")),
    ],
)
def test_keys_stand_between_commas_each_once(typed: str, keys: tuple[str, ...]) -> None:
    assert checked(Typed("Card", typed, "Words.")).keys == keys


@pytest.mark.parametrize("bomb", ["(a+)+$", "(.*)*", "[a-z]{1000000}", "lamp|light", "^lamp", "\\w+", "*", "a" * 41])
def test_a_pattern_is_no_key(bomb: str) -> None:
    with refused("lore.bad_key"):
        checked(Typed("Card", f"lamp, {bomb}", "Words."))


@pytest.mark.parametrize("nothing", ["", " ", ",, ,", "\n", "\u2800"])
def test_a_card_needs_a_key(nothing: str) -> None:
    with refused("lore.no_keys"):
        checked(Typed("Card", nothing, "Words."))


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        (Typed("", "lamp", "Words."), "lore.bad_title"),
        (Typed("🙂", "lamp", "Words."), "lore.bad_title"),
        (Typed("x" * 61, "lamp", "Words."), "lore.bad_title"),
        (Typed("Card", "lamp", " \n"), "lore.no_text"),
        (Typed("Card", "lamp", "x" * (TEXT_MAX + 1)), "lore.long_text"),
        (Typed("Card", "one two three four five six seven", "Words."), "lore.bad_key"),
        (Typed("Card", ",".join(f"key{n}" for n in range(KEYS_MAX + 1)), "Words."), "lore.many_keys"),
        (Typed("Card", "lamp", "Words.", ",".join(f"M{n}" for n in range(NAMES_MAX + 1))), "lore.many_names"),
        (Typed("Card", "lamp", "Words.", "x" * 41), "lore.bad_name"),
    ],
)
def test_a_card_keeps_within_its_bounds(typed: Typed, key: str) -> None:
    with refused(key):
        checked(typed)


@pytest.mark.parametrize("typed", ["", "everyone", "Mara, Everyone"])
def test_everyone_knows_a_card_of_which_nothing_else_is_said(typed: str) -> None:
    assert checked(Typed("Card", "lamp", "Words.", typed)).known_by == ()


@pytest.mark.parametrize(
    ("key", "number"),
    [
        ("lamp", 2),
        ("LAMP", 2),
        ("old harbour", 1),
        ("Mara", 2),
        ("cafe", 1),
        ("灯塔", 3),
        ("ラン", 3),
        ("등대", 3),
        ("clamp", None),
        ("harbour the", None),
        ("harbour old", None),
        ("塔灯", None),
        ("quay lamp", None),
        ("", None),
        ("-", None),
    ],
)
def test_keys_are_found_as_whole_words_in_the_last_passage_that_names_them(key: str, number: int | None) -> None:
    spoken = Spoken(
        [
            (1, "The old\nHarbour: a lamp, a café, a quay"),
            (2, "Lamp! (Mara’s lamps.) Clamps."),
            (3, "老灯塔的光。ランプ。등대가"),
        ]
    )
    assert spoken.last_naming(key) == number


def test_a_phrase_does_not_reach_from_one_passage_into_the_next() -> None:
    assert Spoken([(1, "an old"), (2, "harbour")]).last_naming("old harbour") is None
