from __future__ import annotations

import pytest

from bot.people import Channel, Member
from tests.bot.refusing import refused
from tests.bot.stories.evening import Evening
from tests.bot.stories.making import ADMIN, ANA, BEN, CHANNEL, NOON, SERVER

ELSEWHERE = Channel(20, SERVER)
OTHER_SERVER = Channel(30, 2)
STRANGER = Member(900, "Zoe", server_id=2, is_admin=True)


async def test_a_story_starts_with_its_opening_and_is_the_channels_current_one(evening: Evening) -> None:
    story = await evening.stories.start(ANA, CHANNEL, " The\nLighthouse ", "The lamp was dark.", style="noir")
    assert (story.title, story.style, story.host_id, story.created_at) == ("The Lighthouse", "Noir", ANA.id, NOON)
    assert await evening.page() == ["The lamp was dark."]


async def test_a_story_without_a_style_takes_the_channels(evening: Evening) -> None:
    assert (await evening.started()).style == "Plain"
    await evening.channels.change(ADMIN, CHANNEL, style="Cosy")
    assert (await evening.started()).style == "Cosy"


@pytest.mark.parametrize(
    ("title", "opening", "style", "key"),
    [
        (" \u200b ", "", None, "stories.no_title"),
        ("x" * 101, "", None, "stories.long_title"),
        ("T", "x" * 4_001, None, "stories.long_passage"),
        ("T", "**", None, "safety.only_markup"),
        ("T", "", "nonesuch", "styles.unknown"),
    ],
)
async def test_a_story_that_cannot_be_is_not_begun(
    evening: Evening, title: str, opening: str, style: str | None, key: str
) -> None:
    with refused(key):
        await evening.stories.start(ANA, CHANNEL, title, opening, style)
    assert await evening.stories.list_stories(ANA) == []


async def test_a_channel_has_many_stories_and_one_is_current(evening: Evening) -> None:
    first = await evening.started("First.")
    second = await evening.started("Second.")
    assert await evening.page() == ["Second."]
    await evening.stories.make_current(BEN, CHANNEL, first.id)
    assert await evening.page() == ["First."]
    await evening.stories.add(BEN, CHANNEL, "More.", story_id=second.id)
    assert await evening.page() == ["First."]


async def test_a_channel_without_a_story_says_how_to_begin_one(evening: Evening) -> None:
    with refused("stories.none_here"):
        await evening.stories.add(ANA, CHANNEL, "Hello.")


async def test_a_story_stays_in_its_channel(evening: Evening) -> None:
    story = await evening.started("First.")
    with refused("stories.lives_elsewhere"):
        await evening.stories.add(ANA, ELSEWHERE, "Hello.", story_id=story.id)
    with refused("stories.lives_elsewhere"):
        await evening.stories.passages(ANA, ELSEWHERE, story_id=story.id)


async def test_another_servers_story_is_as_if_it_were_not(evening: Evening) -> None:
    story = await evening.started("First.")
    with refused("stories.unknown"):
        await evening.stories.info(STRANGER, OTHER_SERVER, story_id=story.id)
    with refused("stories.unknown"):
        await evening.stories.add(STRANGER, OTHER_SERVER, "Hello.", story_id=story.id)
    with refused("stories.unknown_passage"):
        await evening.stories.passage(STRANGER, story.tip_id or 0)
    with refused("stories.unknown"):
        await evening.stories.undo_passage(STRANGER, OTHER_SERVER, story.tip_id or 0)
    assert await evening.stories.list_stories(STRANGER) == []


@pytest.mark.parametrize("member", [ANA, ADMIN])
async def test_the_host_and_admins_finish_and_open_again(evening: Evening, member: Member) -> None:
    await evening.started("First.")
    assert (await evening.stories.finish(member, CHANNEL)).finished_at == NOON
    with refused("stories.finished"):
        await evening.stories.add(ANA, CHANNEL, "More.")
    assert (await evening.stories.reopen(member, CHANNEL)).finished_at is None
    await evening.stories.add(ANA, CHANNEL, "More.")


async def test_others_do_not_finish_a_story(evening: Evening) -> None:
    await evening.started("First.")
    await evening.stories.add(BEN, CHANNEL, "Second.")
    with refused("stories.only_host"):
        await evening.stories.finish(BEN, CHANNEL)
    with refused("stories.only_host"):
        await evening.stories.reopen(BEN, CHANNEL)


async def test_a_finished_story_can_still_be_read(evening: Evening) -> None:
    await evening.started("First.")
    await evening.stories.finish(ANA, CHANNEL)
    assert await evening.page() == ["First."]


async def test_those_in_the_story_set_its_memory_and_note(evening: Evening) -> None:
    await evening.started("First.")
    with refused("stories.not_in_story"):
        await evening.stories.set_memory(BEN, CHANNEL, "Mara fears the sea.")
    await evening.stories.add(BEN, CHANNEL, "Second.")
    await evening.stories.set_memory(BEN, CHANNEL, "Mara fears the sea.")
    story = await evening.stories.set_note(BEN, CHANNEL, "More rain.")
    assert (story.memory, story.note) == ("Mara fears the sea.", "More rain.")
    assert (await evening.stories.set_note(BEN, CHANNEL, " \u200b")).note == ""


async def test_memory_and_note_have_a_limit(evening: Evening) -> None:
    await evening.started()
    with refused("stories.long_memory"):
        await evening.stories.set_memory(ANA, CHANNEL, "x" * 2_001)
    with refused("stories.long_note"):
        await evening.stories.set_note(ANA, CHANNEL, "x" * 2_001)
