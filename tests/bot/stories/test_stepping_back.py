"""The X: anyone may have the story step back, nobody is written down, and who hosts it may bring things back."""

from __future__ import annotations

from bot.stories.rules import put_away
from bot.stories.story import Move, MoveKind
from tests.bot.refusing import refused
from tests.bot.stories.evening import Evening
from tests.bot.stories.making import ADMIN, ANA, BEN, CHANNEL

PARENTS = {1: None, 2: 1, 3: 2, 4: 2}


async def test_a_member_s_last_words_are_stepped_back_from_with_nobody_written_down(evening: Evening) -> None:
    story = await evening.started("One.", "Two.")
    assert story.tip_id is not None
    undone = await evening.stories.step_back(CHANNEL, story.tip_id)
    assert undone.passage.text == "Two."
    assert await evening.page() == ["One."]
    row = await evening.database.fetch_one("SELECT member_id, steps_back FROM moves ORDER BY id DESC LIMIT 1")
    assert row is not None
    assert tuple(row) == (None, 1)


async def test_the_story_s_host_brings_it_back_and_others_do_not(evening: Evening) -> None:
    await evening.started("One.")
    await evening.stories.add(BEN, CHANNEL, "Two.")
    passage = (await evening.stories.passages(BEN, CHANNEL))[-1]
    await evening.stories.step_back(CHANNEL, passage.id)
    for attempt in (
        evening.stories.redo(BEN, CHANNEL),
        evening.stories.go_to(BEN, CHANNEL, passage.id),
        evening.stories.bring_back(BEN, CHANNEL, passage.id),
    ):
        with refused("stories.stepped_back"):
            await attempt
    await evening.stories.redo(ANA, CHANNEL)
    assert await evening.page() == ["One.", "Two."]


async def test_what_the_host_brought_back_is_everyones_again(evening: Evening) -> None:
    await evening.started("One.")
    await evening.stories.add(BEN, CHANNEL, "Two.")
    passage = (await evening.stories.passages(BEN, CHANNEL))[-1]
    await evening.stories.step_back(CHANNEL, passage.id)
    await evening.stories.go_to(ADMIN, CHANNEL, passage.id)
    await evening.stories.undo(BEN, CHANNEL)
    await evening.stories.redo(BEN, CHANNEL)
    assert await evening.page() == ["One.", "Two."]


async def test_an_earlier_passage_within_the_last_three_takes_along_what_followed_it(evening: Evening) -> None:
    await evening.started("One.", "Two.", "Three.", "Four.")
    second = (await evening.stories.passages(ANA, CHANNEL))[1]
    await evening.stories.step_back(CHANNEL, second.id)
    assert await evening.page() == ["One."]
    await evening.stories.redo(ANA, CHANNEL)
    assert await evening.page() == ["One.", "Two.", "Three.", "Four."]


async def test_nobody_steps_back_further_than_three_passages_until_somebody_writes_on(evening: Evening) -> None:
    await evening.started("One.", "Two.", "Three.", "Four.")
    first, *others = await evening.stories.passages(ANA, CHANNEL)
    with refused("stories.out_of_reach"):
        await evening.stories.step_back(CHANNEL, first.id)
    for passage in reversed(others):
        await evening.stories.step_back(CHANNEL, passage.id)
    with refused("stories.out_of_reach"):
        await evening.stories.step_back(CHANNEL, first.id)
    await evening.stories.add(BEN, CHANNEL, "Otherwise.")
    await evening.stories.step_back(CHANNEL, first.id)
    assert await evening.page() == []


async def test_two_who_press_at_once_step_back_once(evening: Evening) -> None:
    story = await evening.started("One.", "Two.")
    assert story.tip_id is not None
    await evening.stories.step_back(CHANNEL, story.tip_id)
    with refused("stories.already_undone"):
        await evening.stories.step_back(CHANNEL, story.tip_id)
    assert await evening.page() == ["One."]


async def test_a_finished_story_steps_back_no_more(evening: Evening) -> None:
    story = await evening.started("One.")
    await evening.stories.finish(ANA, CHANNEL)
    with refused("stories.finished"):
        await evening.stories.step_back(CHANNEL, story.tip_id or 0)


def test_all_that_was_left_by_stepping_back_is_put_away_until_the_story_stands_there_again() -> None:
    back = Move(MoveKind.UNDO, 3, 1, steps_back=True)
    assert put_away([back], PARENTS) == {2, 3}
    assert put_away([back, Move(MoveKind.GO_TO, 1, 4)], PARENTS) == {3}
    assert put_away([Move(MoveKind.UNDO, 3, 1)], PARENTS) == set()
