"""Lenses as data and as cards, quotes that must stand in their source, and what counts as new."""

from __future__ import annotations

import tomllib
from pathlib import Path
from random import Random

import numpy as np
import pytest

from bot.inspiration.deck import HAND, draw
from bot.inspiration.examples import FOUND, is_copied
from bot.inspiration.lens import a_spark, lenses, moods
from bot.inspiration.newness import NEAR, NEAR_IN_WORDS, Offered, common_words, is_near
from bot.inspiration.shapes import DirectionShape, ElementsShape, elements_of
from bot.quotes import find_quote
from bot.words import say
from tests.bot.inspiration.answers import ELEMENTS, MOSS, TEXT
from tests.meanings import real_meaning

PAIRS = tomllib.loads((Path(__file__).parents[2] / "data" / "directions.toml").read_text(encoding="utf-8"))


def test_there_are_at_least_sixteen_lenses_each_with_a_name_an_emoji_and_eyes_of_its_own() -> None:
    assert len(lenses()) >= 16
    assert len({say(f"inspiration.lens_{key}") for key in lenses()}) == len(lenses())
    for tells in ("emoji", "called", "sees", "begins"):
        assert len({getattr(lens, tells) for lens in lenses().values()}) == len(lenses())


def test_every_mood_has_a_name_and_a_feeling() -> None:
    assert len({say(f"inspiration.mood_{key}") for key in moods()}) == len(moods()) >= 8
    assert all(mood.feels and mood.emoji for mood in moods().values())


def test_sparks_fall_as_the_dice_do() -> None:
    assert a_spark(Random(1)) == a_spark(Random(1)) != a_spark(Random(2))
    assert a_spark(Random(1)).count(";") == 2


@pytest.mark.parametrize("seed", range(20))
def test_no_lens_comes_again_until_all_have_come(seed: int) -> None:
    deck, dice = tuple(lenses()), Random(seed)
    out: tuple[str, ...] = ()
    seen: list[str] = []
    for _ in range(len(deck)):
        drawn = draw(deck, out, (), dice)
        assert len(set(drawn.hand)) == HAND
        seen, out = [*seen, *drawn.hand], drawn.out
    assert all(set(seen[at : at + len(deck)]) == set(deck) for at in range(0, len(seen), len(deck)))


@pytest.mark.parametrize("seed", range(20))
def test_what_was_just_looked_through_does_not_come_even_from_a_deck_shuffled_anew(seed: int) -> None:
    deck, dice = tuple(lenses()), Random(seed)
    out: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    for _ in range(3 * len(deck)):
        drawn = draw(deck, out, last, dice)
        assert not set(drawn.hand) & set(last)
        out, last = drawn.out, drawn.hand


def test_only_quotes_that_stand_in_the_source_are_kept_and_the_others_counted() -> None:
    elements = elements_of(ElementsShape.model_validate(ELEMENTS), TEXT)
    assert elements.images == ("the last match in her fist", "The lamp was dark")
    assert (elements.tension_quote, elements.works_quote, elements.dropped) == ("the sea said nothing", "", 2)
    assert elements.works == "Everything hangs on one match."


def test_what_is_said_of_a_source_quotes_nothing_else() -> None:
    said = {
        "premise": "“A thousand gulls went home” begins it.",
        "works": "“The sea said nothing” holds it. It is calm.",
    }
    elements = elements_of(ElementsShape.model_validate(ELEMENTS | said), TEXT)
    assert (elements.premise, elements.works) == ("", "“the sea said nothing” holds it. It is calm.")


def test_a_quote_that_was_left_empty_was_not_dropped() -> None:
    answer = ElementsShape.model_validate(ELEMENTS | {"images": [], "tension_quote": "", "works_quote": ""})
    assert elements_of(answer, TEXT).dropped == 0


def test_the_examples_keep_to_what_they_show() -> None:
    for source, answer in FOUND.items():
        for quote in (*answer.images, answer.tension_quote, answer.works_quote):
            assert find_quote(source, quote)
        assert is_copied(f"{answer.premise.upper()},")
    assert not is_copied("A woman brings the last light to a dark lamp.")


@pytest.mark.parametrize("broken", ["][", "a\nb and more", "{title} of it", "   "])
def test_a_direction_is_told_in_lines_of_words(broken: str) -> None:
    assert DirectionShape.model_validate(MOSS | {"direction": "雨夜里一只纸船逆流而上。"})
    with pytest.raises(ValueError, match="direction"):
        DirectionShape.model_validate(MOSS | {"direction": broken})


async def test_the_encoder_tells_the_same_in_other_words_from_what_differs() -> None:
    encoder = real_meaning()

    async def alike(kind: str) -> list[float]:
        ones, others = (encoder.embed(texts) for texts in zip(*PAIRS[kind], strict=True))
        return [float(one @ other) for one, other in zip(await ones, await others, strict=True)]

    same, different = await alike("same"), await alike("different")
    assert max(different) < NEAR - 0.05
    assert sum(nearness >= NEAR for nearness in same) >= 7


def test_words_alone_take_nothing_different_for_the_same() -> None:
    assert max(common_words(*pair) for pair in PAIRS["different"]) < NEAR_IN_WORDS - 0.1
    assert is_near(Offered("The Twin. A boy sees his face."), Offered("The twin: a boy sees his own face!"))
    assert is_near(Offered("纸船. 她把信折成纸船。"), Offered("纸船. 她把一封信折成纸船。"))


def test_vectors_of_two_encoders_are_not_compared() -> None:
    small, large = np.ones(1, np.float32), np.full(4, 0.5, np.float32)
    new = Offered("Paper birds fly at night.", small)
    assert not is_near(new, Offered("Nobody sells the oil.", large))
    assert is_near(new, Offered("Nobody sells the oil.", small))
