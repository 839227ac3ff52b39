"""What the small picture model was told about its pictures."""

from __future__ import annotations

import pytest

from models.embedded.judging import common_nouns
from training.pictures.captions import captions, with_article, without_style
from training.pictures.data import Concept, concepts

CAR = Concept("car", "automobile", ("automobile",))


def test_a_picture_is_told_by_its_noun_and_its_synonyms_with_and_without_an_article() -> None:
    assert list(captions(CAR, "flat")) == [
        "a car, flat style",
        "car, flat style",
        "an automobile, flat style",
        "automobile, flat style",
    ]


def test_a_colour_word_stands_before_the_noun() -> None:
    assert next(captions(CAR, "3d", "orange")) == "an orange car, 3d style"
    assert list(without_style(CAR, "blue")) == ["a blue car", "blue car"]


@pytest.mark.parametrize(
    ("noun", "told"),
    [("apple", "an apple"), ("unicorn", "a unicorn"), ("ufo", "a ufo"), ("umbrella", "an umbrella"), ("fire", "fire")],
)
def test_articles_sound_right(noun: str, told: str) -> None:
    assert with_article(noun, noun) == told


def test_every_noun_is_one_concept() -> None:
    nouns = [concept.noun for concept in concepts()]
    assert len(nouns) == len(set(nouns))
    assert len({concept.label for concept in concepts()}) == len(nouns)


def test_no_synonym_names_another_concept() -> None:
    nouns = {concept.noun for concept in concepts()}
    assert [word for concept in concepts() for word in concept.synonyms if word in nouns] == []


def test_the_nouns_it_is_judged_by_were_taught() -> None:
    assert set(common_nouns()) <= {concept.noun for concept in concepts()}
