"""What messages say: the text alone in the content, everything about it beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import NoReturn

from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.draft import (
    Draft,
    DraftFile,
    address_of,
    all_pages,
    final_pages,
    pages_below,
    visible_text,
)
from bot.delivery.live import live_pages
from bot.delivery.split import LIMIT, utf16_length
from bot.jobs.job import Job, JobState, JobView, ReplyPlace
from bot.words import say

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
JOB = Job(1, "test", JobState.WAITING, 10, 20, ReplyPlace(30), {}, None, None, 1.0, NOON)


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


def test_an_answer_without_words_is_its_files_and_who_is_called_to_them() -> None:
    picture = DraftFile("boat.png", b"png", "A boat")
    (page,) = final_pages(Draft("", credit="AI", files=(picture,)))
    assert (page.content, page.credit, page.files) == ("", "AI", (picture,))


def test_where_files_are_too_large_a_sentence_stands_in_their_place() -> None:
    draft = Draft("A boat", credit="AI", files=(DraftFile("boat.png", b"png"),)).without_files()
    assert (draft.text, draft.credit, draft.files) == (f"A boat\n\n{say('delivery.too_large')}", "AI", ())
    assert Draft("").without_files().text == say("delivery.too_large")


def test_a_picture_behind_a_spoiler_stays_out_of_a_direct_message() -> None:
    shown, covered = DraftFile("a.png", b"png"), DraftFile("b.png", b"png", is_spoiler=True)
    private = Draft("Two boats", credit="AI", view=no_view, files=(shown, covered)).in_private()
    assert (private.files, private.view, private.credit) == ((shown,), None, "AI")
    assert private.text == f"Two boats\n\n{say('delivery.not_in_private')}"
    assert Draft("A boat", view=no_view, files=(shown,)).in_private() == Draft("A boat", files=(shown,))


def test_credit_and_buttons_stand_under_the_last_message_and_a_mark_under_each_before() -> None:
    *others, last = final_pages(Draft("word " * 1_000, credit="An AI", mark="AI", view=no_view))
    assert (last.credit, last.view) == ("An AI", no_view)
    assert [(page.credit, page.view) for page in others] == [("AI", None), ("AI", None)]


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


def test_what_heads_an_unfinished_answer_stands_apart_where_there_is_no_room_for_both() -> None:
    asked = Draft("Ada asks what is to be seen", heads=True)
    growing = JobView(replace(JOB, state=JobState.RUNNING), has_begun=True, text="x" * 1_995)
    head, answer = pages_below([asked], live_pages(growing, no_view))
    assert head.content == "Ada asks what is to be seen"
    assert answer.content.startswith("xxx")
    assert all(len(page.content) <= 2_000 for page in (head, answer))
