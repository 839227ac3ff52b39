from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from bot.people import Channel
from bot.stories import reading
from bot.stories.export import export_story
from bot.stories.shares import shares_of
from bot.stories.story import ExportFormat
from models.errors import PromptTooLong
from tests.bot.refusing import refused
from tests.bot.stories.evening import HERE, Evening
from tests.bot.stories.making import ADMIN, ANA, BEN, CEM, CHANNEL, SERVER


async def test_a_recap_tells_what_came_after_the_members_last_passage(evening: Evening) -> None:
    await evening.started("One.")
    await evening.stories.add(BEN, CHANNEL, "Two.")
    await evening.continued(says="Three.")
    recap = await evening.stories.recap(ANA, CHANNEL)
    assert recap.last_own
    assert (recap.last_own.text, [passage.text for passage in recap.passages]) == ("One.", ["Two.", "Three."])


async def test_a_recap_tells_newcomers_everything(evening: Evening) -> None:
    await evening.started("One.", "Two.")
    recap = await evening.stories.recap(CEM, CHANNEL)
    assert (recap.last_own, len(recap.passages)) == (None, 2)


async def test_my_last_passage_is_found_on_the_current_branch(evening: Evening) -> None:
    await evening.started("One.")
    await evening.stories.add(BEN, CHANNEL, "Two.")
    assert (await evening.stories.my_last_passage(ANA, CHANNEL)).text == "One."
    with refused("stories.nothing_of_yours"):
        await evening.stories.my_last_passage(CEM, CHANNEL)


async def test_info_counts_the_current_branch_and_all_branches(evening: Evening) -> None:
    await evening.started("one two three")
    await evening.continued(says="four")
    await evening.stories.undo(ANA, CHANNEL)
    await evening.stories.add(BEN, CHANNEL, "five")
    info = await evening.stories.info(ANA, CHANNEL)
    assert (info.passages, info.words, info.branches) == (2, 4, 2)
    assert [(share.name, share.percent) for share in info.shares] == [("Ana", 75), ("Ben", 25)]


async def test_an_empty_story_has_figures_too(evening: Evening) -> None:
    await evening.started()
    info = await evening.stories.info(ANA, CHANNEL)
    assert (info.passages, info.words, info.shares, info.branches, info.last_written_at) == (0, 0, (), 0, None)


async def test_stories_are_listed_unfinished_first_and_newest_first(evening: Evening) -> None:
    for title in ("A", "B", "C"):
        await evening.stories.start(ANA, CHANNEL, title)
    await evening.stories.finish(ANA, CHANNEL)
    assert [story.title for story in await evening.stories.list_stories(BEN)] == ["B", "A", "C"]
    assert await evening.stories.list_stories(BEN, Channel(20, SERVER)) == []


async def test_stories_are_found_by_what_was_typed_so_far(evening: Evening) -> None:
    for title in ("The Sea", "ÖSTERLEN", "100% sure_", "Seaside"):
        await evening.stories.start(ANA, CHANNEL, title)
    for typed, found in (("sea", ["Seaside", "The Sea"]), ("öst", ["ÖSTERLEN"]), ("%", ["100% sure_"]), ("xyz", [])):
        assert [story.title for story in await evening.stories.find(ANA, typed)] == found


async def test_no_more_stories_are_found_than_discord_can_show(evening: Evening) -> None:
    for number in range(30):
        await evening.stories.start(ANA, CHANNEL, f"Story {number}")
    assert len(await evening.stories.find(ANA, "")) == 25


async def test_context_is_exactly_what_the_model_would_read(evening: Evening) -> None:
    await evening.started("One.")
    await evening.stories.set_memory(ANA, CHANNEL, "Mara fears the sea.")
    layout = (await evening.stories.context(ANA, CHANNEL)).layout
    await evening.stories.continue_story(ANA, CHANNEL, HERE)
    await evening.engine.came(1)
    assert tuple(count.part for count in layout.parts) == evening.engine.texts[0].parts
    assert layout.tokens == sum(count.tokens for count in layout.parts)


async def test_a_context_that_does_not_fit_says_so(evening: Evening, monkeypatch: pytest.MonkeyPatch) -> None:
    async def too_long(request: object) -> None:
        raise PromptTooLong("too long")

    monkeypatch.setattr(evening.engine, "layout", too_long)
    await evening.started("One.")
    with refused("stories.no_context"):
        await evening.stories.context(ANA, CHANNEL)


async def test_an_export_holds_the_current_branch_only(evening: Evening) -> None:
    await evening.started("One.", "Two.")
    await evening.stories.undo(ANA, CHANNEL)
    file = await evening.stories.export(ADMIN, CHANNEL, ExportFormat.TEXT)
    assert file.name == "The-Lighthouse.txt"
    assert b"One." in file.content
    assert b"Two." not in file.content


async def test_counting_and_setting_a_story_is_done_beside_the_event_loop(
    evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[threading.Thread] = []

    def watched(work: Callable[..., Any], *given: Any) -> Any:
        threads.append(threading.current_thread())
        return work(*given)

    monkeypatch.setattr(reading, "shares_of", partial(watched, shares_of))
    monkeypatch.setattr(reading, "export_story", partial(watched, export_story))
    await evening.started("One.")
    await evening.stories.info(ANA, CHANNEL)
    await evening.stories.export(ANA, CHANNEL, ExportFormat.TEXT)
    assert len(threads) == 2
    assert threading.main_thread() not in threads
