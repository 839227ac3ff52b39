from __future__ import annotations

import json
from dataclasses import asdict, replace

import pytest

from bot.pictures.ask import Ask
from bot.pictures.picture import How
from bot.pictures.prompts import alt_of, build_request, spelled, words_of
from bot.styles.picture_style import PictureStyle
from models.requests import Shape
from tests.scripted import ScriptedEngine

PLAIN = PictureStyle("As asked", "")
INK = PictureStyle("Ink", "", before="an ink drawing of", after="hatching", avoid="colour", shape=Shape.TALL)
ASK = Ask(How.IMAGINE, "a red apple", INK, seed=3, size=(64, 64), references=("ab.webp",), count=2)


def test_an_ask_is_the_same_after_it_was_kept_as_json() -> None:
    told = json.loads(json.dumps(asdict(ASK)))
    assert Ask.read(told) == ASK
    del told["is_over_upload"]  # as one kept before this was known
    assert Ask.read(told) == ASK


@pytest.mark.parametrize(
    ("prompt", "read"),
    [
        ("a red apple", "an ink drawing of a red apple, hatching"),
        ("A red apple. ", "an ink drawing of A red apple, hatching"),
        ("an apple\n\non a {table}", "an ink drawing of an apple on a {table}, hatching"),
        ("", "an ink drawing of, hatching"),
    ],
)
def test_a_style_stands_around_the_words(prompt: str, read: str) -> None:
    assert words_of(replace(ASK, prompt=prompt)) == read


def test_a_style_without_words_adds_none_and_what_to_do_goes_first() -> None:
    assert words_of(replace(ASK, style=PLAIN)) == "a red apple"
    assert words_of(replace(ASK, style=PLAIN, lead="Vary this:")) == "Vary this: a red apple"
    assert words_of(replace(ASK, style=PLAIN, prompt="")) == ""


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("🍎", "red apple"),
        ("a 🐉, blue", "a dragon , blue"),
        ("👩🏽‍🚀", "woman rocket"),
        ("❤️", "heavy black heart"),
        ("<:party_blob:123456> dancing", "party blob dancing"),
        ("ein Äpfelchen im हिन्दी café", "ein Äpfelchen im हिन्दी café"),
        ("20° in March, 100%", "20° in March, 100%"),
    ],
)
def test_emoji_are_spelled_and_letters_of_all_scripts_stay(written: str, read: str) -> None:
    assert spelled(written) == read


def test_the_alternative_text_is_what_was_asked_for_and_never_too_long_for_discord() -> None:
    assert alt_of(ASK) == "a red apple"
    assert len(alt_of(replace(ASK, prompt="x" * 2_000))) == 1_024
    assert "Ink" in alt_of(replace(ASK, prompt=""))


def test_a_strength_is_told_only_where_there_is_one(engine: ScriptedEngine) -> None:
    assert engine.image_card is not None
    usual = build_request("job-1", ASK, engine.image_card, None, [])
    assert build_request("job-1", replace(ASK, strength=0.25), engine.image_card, b"png", []).strength == 0.25
    assert (usual.strength, usual.seeds, usual.avoid) == (0.6, (3, 4), "colour")
