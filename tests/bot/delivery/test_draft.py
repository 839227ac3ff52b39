"""What messages say: the text alone in the content, everything about it beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.draft import (
    MARKER,
    Draft,
    address_of,
    all_pages,
    estimate_in_words,
    final_pages,
    live_pages,
    pages_below,
    place_in_words,
    visible_text,
)
from bot.delivery.split import LIMIT, utf16_length
from bot.jobs.job import Job, JobState, JobView, ReplyPlace

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
JOB = Job(1, "test", JobState.WAITING, 10, 20, ReplyPlace(30), {}, None, None, 1.0, NOON)
RUNNING = JobView(replace(JOB, state=JobState.RUNNING))


def no_view() -> NoReturn:
    raise AssertionError("no page is sent here")


@given(st.text(max_size=5_000), st.sampled_from(["", address_of(20)]))
def test_the_text_reads_back_exactly_whoever_is_called_to_it(text: str, address: str) -> None:
    contents = [page.content for page in final_pages(Draft(text), address)]
    assert all(utf16_length(content) <= LIMIT for content in contents)
    assert visible_text(content.strip() for content in contents) == text


def test_text_that_looks_like_our_own_address_is_kept() -> None:
    text = f"{address_of(20)}he wrote"
    assert visible_text([final_pages(Draft(text))[0].content]) == text


def test_credit_and_buttons_stand_under_the_last_message_and_a_mark_under_each_before() -> None:
    *others, last = final_pages(Draft("word " * 1_000, credit="An AI", mark="AI", view=no_view))
    assert (last.credit, last.view) == ("An AI", no_view)
    assert [(page.credit, page.view) for page in others] == [("AI", None), ("AI", None)]


def test_while_it_grows_every_message_says_that_an_ai_writes() -> None:
    *full, growing = live_pages(replace(RUNNING, text="word " * 1_000), no_view)
    assert len(full) == 2
    assert all("✦ AI" in page.credit for page in (*full, growing))


def test_growing_text_has_a_marker_and_room_for_it() -> None:
    (page,) = live_pages(replace(RUNNING, text="x" * (LIMIT - 2)), no_view)
    assert page.content.endswith(MARKER)
    assert len(page.content) == LIMIT


def test_before_the_first_words_only_the_notice_speaks() -> None:
    (page,) = live_pages(RUNNING, no_view)
    assert page.content == ""
    assert page.notice != ""


@pytest.mark.parametrize(
    ("view", "words"),
    [
        (JobView(JOB, place=3, estimate_s=21.0), "Place 3 · about 20 s"),
        (JobView(JOB, place=1, estimate_s=3.0), "You are next · a moment"),
        (JobView(JOB, place=2, estimate_s=None), "Place 2"),
        (JobView(JOB), "You are next"),
    ],
)
def test_a_place_is_said_in_words(view: JobView, words: str) -> None:
    assert place_in_words(view) == words


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "a moment"), (43, "about 45 s"), (90, "about 2 min"), (3600, "about 60 min")]
)
def test_an_estimate_is_no_more_exact_than_it_is_known(seconds: float, words: str) -> None:
    assert estimate_in_words(seconds) == words


def test_what_heads_an_answer_stands_in_its_message_from_the_beginning_to_the_end() -> None:
    asked = Draft("Ada asks for a boat", heads=True)
    (live,) = pages_below([asked], live_pages(JobView(JOB, place=1), no_view))
    assert live.content == "Ada asks for a boat"
    assert live.notice == "You are next"
    (failed,) = all_pages([asked, Draft("The model stumbled.")])
    assert failed.content == "Ada asks for a boat\nThe model stumbled."
    (done,) = all_pages([asked, Draft("", credit="AI")])
    assert (done.content, done.credit) == ("Ada asks for a boat", "AI")


def test_what_a_member_wrote_stands_in_messages_of_its_own_above_the_answer() -> None:
    wrote = Draft("It rained.")
    assert [page.content for page in pages_below([wrote], live_pages(JobView(JOB), no_view))] == ["It rained.", ""]
    assert [page.content for page in all_pages([wrote, Draft("It poured.")])] == ["It rained.", "It poured."]
