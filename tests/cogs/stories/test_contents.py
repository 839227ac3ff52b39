"""A story's chapters as pages, and a summary by itself."""

from __future__ import annotations

from bot.chapters.outline import RUN, outline, walk
from bot.chapters.service import Contents, Opened
from cogs.choices import MOST_CHOICES
from cogs.stories.contents import contents_page, opened_answer
from tests.bot.chapters.test_outline import all_summed_up, chapters_after, path_of
from tests.bot.stories.making import a_story


def contents(passages: int, chapters: int, length: int = 10) -> Contents:
    """Return a story whose chapters are a passage each but the last one, all summed up."""
    path, begun = path_of([length] * passages), chapters_after(set(range(chapters)))
    parts = outline(path, begun, all_summed_up(path, begun))
    return Contents(a_story(), parts, {passage.id: number for number, passage in enumerate(path, 1)})


async def test_chapters_that_are_told_together_are_so_before_the_first_of_them() -> None:
    shown = contents_page(contents(7, chapters=7), 0)["embed"].description
    lines = shown.splitlines()
    assert lines[:2] == [f"Summary {RUN + 1}.", "-# Passages 1 to 5 · ✦ summed up by an AI (tiny)"]
    assert lines[3:6] == ["**Chapter 1**", "Summary 1.", "-# Passage 1 · ✦ summed up by an AI (tiny)"]


async def test_a_page_has_no_more_summaries_than_its_menu() -> None:
    story = contents(40, chapters=40)
    menus = [contents_page(story, page)["view"].children[0] for page in range(2)]
    assert len(menus[0].item.options) <= MOST_CHOICES
    found = {option.value for menu in menus for option in menu.item.options}
    assert {str(part.stretches[0].kept.id) for part in story.outline.parts[:-1] if part.stretches[0].kept} <= found


async def test_from_a_summary_one_comes_to_those_it_was_made_of() -> None:
    story = contents(7, chapters=7)
    run = next(each for each in walk(story.outline.stretches) if each.inside)
    assert run.kept is not None
    menu = opened_answer(Opened(story, run, (run.kept,)), run.kept.id)["view"].children[0]
    assert [option.label for option in menu.item.options] == [f"Passage {number}" for number in range(1, RUN + 1)]
