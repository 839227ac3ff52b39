"""Beginning chapters, and putting their summaries right."""

from __future__ import annotations

import pytest

from bot.chapters.chapter import SUMMARY_MAX, TITLE_MAX
from bot.errors import BadInput, NotAllowed, NotFound
from bot.policy import AiPolicy
from tests.bot.chapters.evening import LongEvening
from tests.bot.stories.making import ANA, BEN, CHANNEL


async def summed_up(evening: LongEvening) -> int:
    """Grow a story with one summary and return its id."""
    await evening.grown(3)
    await evening.quiet()
    return (await evening.kept.summaries(1))[-1].id


async def test_a_chapter_begins_with_the_next_passage(evening: LongEvening) -> None:
    await evening.started("One.", "Two.")
    chapter = await evening.chapters.begin(ANA, CHANNEL, "  The\nStorm ")
    assert chapter.title == "The Storm"
    await evening.stories.add(ANA, CHANNEL, "Three.")
    story, path = await evening.stories.story(ANA, CHANNEL), await evening.stories.passages(ANA, CHANNEL)
    assert await evening.stories.headings(story, path) == {path[2].id: "The Storm"}


async def test_beginning_a_chapter_twice_in_one_place_names_it_anew(evening: LongEvening) -> None:
    await evening.started("One.")
    first = await evening.chapters.begin(ANA, CHANNEL, "The Strom")
    second = await evening.chapters.begin(ANA, CHANNEL, "The Storm")
    assert (second.id, second.title) == (first.id, "The Storm")


async def test_a_chapter_is_on_every_branch_through_its_place(evening: LongEvening) -> None:
    await evening.started("One.", "Two.")
    await evening.chapters.begin(ANA, CHANNEL, "The Storm")
    await evening.stories.add(ANA, CHANNEL, "Three.")
    await evening.stories.undo(ANA, CHANNEL)
    await evening.stories.undo(ANA, CHANNEL)
    assert all(part.chapter is None for part in (await evening.chapters.contents(ANA, CHANNEL)).outline.parts)
    await evening.stories.redo(ANA, CHANNEL)
    await evening.stories.add(ANA, CHANNEL, "Another three.")
    assert [
        part.chapter and part.chapter.title for part in (await evening.chapters.contents(ANA, CHANNEL)).outline.parts
    ] == [
        None,
        "The Storm",
    ]


@pytest.mark.parametrize("title", ["", " \n ", "x" * (TITLE_MAX + 1)])
async def test_a_title_that_is_none_or_too_long_is_refused(evening: LongEvening, title: str) -> None:
    await evening.started("One.")
    with pytest.raises(BadInput):
        await evening.chapters.begin(ANA, CHANNEL, title)
    assert await evening.kept.chapters(1) == []


async def test_only_those_in_the_story_begin_chapters_and_reword_summaries(evening: LongEvening) -> None:
    summary_id = await summed_up(evening)
    with pytest.raises(NotAllowed):
        await evening.chapters.begin(BEN, CHANNEL, "The Storm")
    with pytest.raises(NotAllowed):
        await evening.chapters.edit(BEN, CHANNEL, summary_id, "Mine.")
    assert (await evening.chapters.open(BEN, CHANNEL, summary_id)).stretch.kept is not None


async def test_a_summary_put_right_counts_and_its_earlier_versions_stay(evening: LongEvening) -> None:
    summary_id = await summed_up(evening)
    edited = await evening.chapters.edit(ANA, CHANNEL, summary_id, "Mara, not Mira, keeps the lamp.")
    assert (await evening.told())[0].text == "Mara, not Mira, keeps the lamp."
    versions = (await evening.chapters.open(ANA, CHANNEL, summary_id)).versions
    assert [version.id for version in versions] == [edited.id, summary_id]
    restored = await evening.chapters.restore(ANA, CHANNEL, summary_id)
    assert (restored.text, restored.written_by) == (versions[-1].text, ANA.id)


async def test_what_a_member_put_right_stays_when_a_passage_is_reworded_and_is_marked(evening: LongEvening) -> None:
    summary_id = await summed_up(evening)
    await evening.chapters.edit(ANA, CHANNEL, summary_id, "Mara keeps the lamp.")
    path = await evening.stories.passages(ANA, CHANNEL)
    await evening.stories.edit(ANA, CHANNEL, path[0].id, "Another beginning.")
    await evening.quiet()
    scene = (await evening.scenes())[0]
    assert scene.is_outdated
    assert (await evening.told())[0].text == "Mara keeps the lamp."


async def test_a_summary_that_is_too_long_changes_nothing(evening: LongEvening) -> None:
    summary_id = await summed_up(evening)
    with pytest.raises(BadInput):
        await evening.chapters.edit(ANA, CHANNEL, summary_id, "x" * (SUMMARY_MAX + 1))
    assert (await evening.kept.summaries(1))[-1].id == summary_id


async def test_a_summary_of_another_branch_is_not_opened(evening: LongEvening) -> None:
    summary_id = await summed_up(evening)
    path = await evening.stories.passages(ANA, CHANNEL)
    await evening.stories.go_to(ANA, CHANNEL, path[0].id)
    with pytest.raises(NotFound):
        await evening.chapters.open(ANA, CHANNEL, summary_id)


async def test_summing_up_now_says_where_nothing_is_left(evening: LongEvening) -> None:
    await evening.started("One.")
    with pytest.raises(NotAllowed, match="Nothing is left"):
        await evening.chapters.sum_up(ANA, CHANNEL)


async def test_where_people_are_among_themselves_nothing_is_summed_up(evening: LongEvening) -> None:
    await evening.grown(2)
    await evening.wants(AiPolicy.HUMAN_ONLY)
    with pytest.raises(NotAllowed):
        await evening.chapters.sum_up(ANA, CHANNEL)


async def test_a_member_gets_what_she_wrote_and_can_have_it_forgotten(evening: LongEvening) -> None:
    summary_id = await summed_up(evening)
    await evening.chapters.edit(ANA, CHANNEL, summary_id, "Mara keeps the lamp.")
    await evening.chapters.begin(ANA, CHANNEL, "The Storm")
    told = await evening.kept.export(ANA.id)
    assert [one["title"] for one in told["chapters_begun"]] == ["The Storm"]
    assert [one["text"] for one in told["summaries_written"]] == ["Mara keeps the lamp."]
    await evening.kept.forget(ANA.id, None)
    assert await evening.kept.export(ANA.id) == {"chapters_begun": [], "summaries_written": []}
    assert [chapter.title for chapter in await evening.kept.chapters(1)] == ["The Storm"]
