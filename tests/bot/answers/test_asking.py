"""A question shows the form of its answer; a second one says what was wrong with the first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.answers.asking import again, shaped
from bot.answers.reading import Flaw
from bot.answers.shape import outline_of, schema_of
from models.requests import PromptPart, Role, Sampling, TextRequest
from tests.bot.answers.notes import Notes

QUESTION = TextRequest("r", (PromptPart("draft", Role.USER, "It rained."),), 90, Sampling(seed=4), warm_key="draft")


def test_a_question_is_bound_to_its_shape_and_shows_it_last() -> None:
    asked = shaped(QUESTION, Notes)
    assert asked.schema == schema_of(Notes)
    assert asked.parts[:-1] == QUESTION.parts
    assert outline_of(Notes) in asked.parts[-1].text
    assert (asked.max_new_tokens, asked.warm_key) == (90, "draft")


@pytest.mark.parametrize("phrase", ["strength", "STRENGTH", "streng*", '"', ":"])
def test_what_every_answer_must_say_is_not_banned(phrase: str) -> None:
    banned = shaped(replace(QUESTION, banned=(phrase, "like a dream")), Notes).banned
    assert phrase not in banned
    assert "like a dream" in banned


@pytest.mark.parametrize("phrase", ["trength", "strengths", "stren", "ength*", "灯塔", "—", "strength of"])
def test_what_only_looks_like_the_frame_of_an_answer_stays_banned(phrase: str) -> None:
    assert phrase in shaped(replace(QUESTION, banned=(phrase,)), Notes).banned


def test_the_second_question_begins_like_the_first_and_draws_anew() -> None:
    first = shaped(QUESTION, Notes)
    second = again(first, Flaw("{}", ("strength: Field required",)))
    assert second.parts[: len(first.parts)] == first.parts
    assert (second.sampling.seed, second.schema, second.warm_key) == (5, first.schema, "draft")


def test_it_shows_the_answer_that_failed_and_why() -> None:
    answer, complaint = again(QUESTION, Flaw('{"strength": ""}', ("strength: too short",))).parts[-2:]
    assert (answer.role, answer.text, answer.droppable) == (Role.ASSISTANT, '{"strength": ""}', True)
    assert "strength: too short" in complaint.text


def test_an_answer_that_was_cut_off_is_not_shown_again() -> None:
    parts = again(QUESTION, Flaw('{"strength": "on and on', ("Cut off.",), is_cut=True)).parts
    assert [part.role for part in parts] == [Role.USER, Role.USER]
