"""What is seen of a job before it has ended."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import NoReturn

import pytest

from bot.delivery.live import MARKER, bar_of, estimate_in_words, live_pages, place_in_words
from bot.delivery.split import LIMIT
from bot.jobs.job import Glimpse, Job, JobState, JobView, ReplyPlace

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
JOB = Job(1, "test", JobState.WAITING, 10, 20, ReplyPlace(30), {}, None, None, 1.0, NOON)
RUNNING = JobView(replace(JOB, state=JobState.RUNNING), has_begun=True)
DRAWING = replace(RUNNING, steps=(3, 16))


def no_view() -> NoReturn:
    raise AssertionError("no page is sent here")


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
    assert (page.content, page.notice) == ("", "Reading…")


def test_who_has_a_seat_and_waits_for_the_picture_before_it_is_still_next() -> None:
    (page,) = live_pages(replace(RUNNING, has_begun=False), no_view)
    assert page.notice == "You are next"


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


def test_a_picture_says_how_many_of_its_steps_are_done_and_that_an_ai_draws() -> None:
    (page,) = live_pages(DRAWING, no_view)
    assert page.notice.splitlines() == ["Drawing… step 3 of 16", "▰▰▰▱▱▱▱▱▱▱▱▱▱▱▱▱"]
    assert "✦ AI" in page.credit
    assert (page.content, page.files, page.view) == ("", (), no_view)


@pytest.mark.parametrize("is_spoiler", [False, True])
def test_a_glimpse_is_attached_and_described_and_hidden_where_it_should_be(is_spoiler: bool) -> None:
    (page,) = live_pages(replace(DRAWING, glimpse=Glimpse(b"jpeg", is_spoiler)), no_view)
    (file,) = page.files
    assert (file.name, file.content, file.is_spoiler) == ("preview.jpg", b"jpeg", is_spoiler)
    assert "AI" in file.alt


@pytest.mark.parametrize(("done", "steps", "filled"), [(0, 4, 0), (1, 4, 4), (4, 4, 16), (1, 50, 0), (5, 4, 16)])
def test_a_bar_is_filled_as_far_as_the_picture_is(done: int, steps: int, filled: int) -> None:
    assert bar_of(done, steps) == "▰" * filled + "▱" * (16 - filled)


def test_of_several_texts_it_is_told_how_many_are_written() -> None:
    (page,) = live_pages(replace(RUNNING, written=(2, 4)), no_view)
    assert page.notice == "2 of 4 written\n▰▰▰▰▰▰▰▰▱▱▱▱▱▱▱▱"
    assert page.content == ""
