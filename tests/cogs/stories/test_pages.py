"""Stories as pages."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from bot.illustrations.picture import StoryPicture
from bot.stories.story import Passage
from cogs.stories.pages import PAGE_CHARACTERS, PAGE_PICTURES, page_answer, pages
from tests.cogs.conftest import passage, story


def texts(*passages: Passage) -> list[str]:
    return [page.text for page in pages(passages)]


def picture(id: int, alt: str = "A lamp", **values: Any) -> StoryPicture:
    told: dict[str, Any] = {
        "work_id": id,
        "model": "tiny",
        "is_spoiler": False,
        "added_by": 1,
        "added_by_name": "Ada",
    } | values
    return StoryPicture(
        id=id, server_id=1, story_id=1, passage_id=1, alt=alt, added_at=datetime(2026, 11, 23, tzinfo=UTC), **told
    )


def test_a_passage_keeps_to_one_page_if_it_can() -> None:
    laid_out = texts(passage(1, "a" * 1000), passage(2, "b" * 1000), passage(3, "c" * 300))
    assert laid_out[0] == f"**✒ Ada**\n{'a' * 1000}"
    assert laid_out[1].startswith(f"**✒ Ada**\n{'b' * 1000}\n\n")
    assert laid_out[1].endswith("c" * 300)


def test_no_page_is_longer_than_it_may_be_and_no_word_is_lost() -> None:
    laid_out = texts(passage(1, "word " * 1500), passage(2, "end"))
    assert all(len(page) <= PAGE_CHARACTERS for page in laid_out)
    assert sum(page.count("word") for page in laid_out) == 1500


def test_each_passage_is_signed_and_a_name_is_no_markup() -> None:
    (page,) = texts(
        passage(1, author_name="*A_da* @everyone"), passage(2, by_ai=True), passage(3, "[removed]", removed=True)
    )
    assert "✒ \\*A\\_da\\*" in page
    assert "@everyone" not in page
    assert "✦ Salon (AI)" in page
    assert "Removed at the wish" in page


def test_every_page_of_a_long_passage_says_who_wrote_it() -> None:
    laid_out = texts(passage(1, "word " * 700, by_ai=True))
    assert len(laid_out) == 2
    assert all("✦ Salon (AI)" in page for page in laid_out)


def test_a_new_passage_is_told_from_a_new_paragraph() -> None:
    (page,) = texts(passage(1, "One.\n\nStill one."), passage(2, "Two.", by_ai=True))
    assert page == "**✒ Ada**\nOne.\n\nStill one.\n\n**✦ Salon (AI)**\nTwo."


async def test_a_page_beyond_the_end_is_the_last() -> None:
    path = [passage(1, "first " * 300), passage(2, "second")]
    answer, _ = await page_answer(story(2), path, since=0, page=9, beside={})
    assert answer["embed"].footer.text == "Page 2 of 2"
    assert [item.item.disabled for item in answer["view"].children] == [False, False, True, True]


async def test_what_follows_a_passage_can_be_read_alone() -> None:
    path = [passage(1, "Before."), passage(2, "After.")]
    answer, pictures = await page_answer(story(2), path, since=1, page=0, beside={1: [picture(1)], 2: [picture(2)]})
    assert pictures == (picture(2),)
    assert "Before." not in answer["embed"].description
    assert answer["embed"].title == "The Lighthouse: the last passage"
    assert answer["view"].children == []


def test_a_story_without_passages_says_so() -> None:
    assert "Nothing is written yet" in pages([])[0].text


def test_a_picture_is_named_below_its_passage_with_who_made_it() -> None:
    drawn, brought = picture(1, "A *lamp*\nat night"), picture(2, work_id=None, model=None, added_by_name="Ben")
    (page,) = pages([passage(1, "One."), passage(2, "Two.")], {1: [drawn, brought]})
    assert page.pictures == (drawn, brought)
    assert page.text == (
        "**✒ Ada**\nOne.\n\n-# 🖼 A \\*lamp\\* at night · ✦ Drawn by an AI (tiny)\n\n"
        "-# 🖼 A lamp · Brought by Ben\n\n**✒ Ada**\nTwo."
    )


def test_what_a_covered_picture_shows_is_covered_too() -> None:
    (page,) = pages([passage(1, "One.")], {1: [picture(1, is_spoiler=True)]})
    assert "||A lamp||" in page.text


def test_a_page_has_no_more_pictures_than_a_message_holds_files() -> None:
    many = {1: [picture(number) for number in range(PAGE_PICTURES)], 2: [picture(99)]}
    laid_out = pages([passage(1, "One."), passage(2, "Two.")], many)
    assert [len(page.pictures) for page in laid_out] == [PAGE_PICTURES, 1]
    assert all(len(page.text) <= PAGE_CHARACTERS for page in laid_out)
