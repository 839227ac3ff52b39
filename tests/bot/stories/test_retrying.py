"""The AI's passage written anew, beside the first."""

from __future__ import annotations

from bot.stories.story import Length
from models.requests import Role
from tests.bot.refusing import refused
from tests.bot.stories.evening import HERE, Evening
from tests.bot.stories.making import ANA, BEN, CEM, CHANNEL


async def test_retry_writes_another_passage_beside_the_first_from_another_seed(evening: Evening) -> None:
    await evening.started("One.")
    first = await evening.continued(says="First.")
    second = await evening.retried(first, says="Second.")
    assert second.parent_id == first.parent_id
    assert second.seed != first.seed
    assert second.alternatives == (first.id, second.id)
    assert await evening.page() == ["One.", "Second."]
    assert [part.role for part in evening.engine.texts[1].parts] == [Role.SYSTEM, Role.USER, Role.USER]


async def test_retry_keeps_the_steer_and_length_unless_given_another(evening: Evening) -> None:
    await evening.started("One.")
    job = await evening.stories.continue_story(ANA, CHANNEL, HERE, steer="a storm", length=Length.PAGE)
    again = await evening.retried(await evening.written(job))
    assert (again.steer, again.length) == ("a storm", Length.PAGE)
    other = await evening.written(await evening.stories.retry(ANA, CHANNEL, HERE, steer="a calm"))
    assert other.steer == "a calm"


async def test_only_the_ais_passages_are_tried_again(evening: Evening) -> None:
    story = await evening.started("One.")
    for passage_id in (None, story.tip_id):
        with refused("stories.nothing_to_retry"):
            await evening.stories.retry(ANA, CHANNEL, HERE, passage_id)


async def test_nobody_tries_again_under_anothers_words(evening: Evening) -> None:
    await evening.started("One.")
    spoken = await evening.continued()
    await evening.stories.add(BEN, CHANNEL, "Two.")
    await evening.stories.add(CEM, CHANNEL, "Three.")
    with refused("stories.would_leave"):
        await evening.stories.retry(BEN, CHANNEL, HERE, spoken.id)


async def test_someone_outside_the_story_may_go_on_with_it_but_not_replace_its_words(evening: Evening) -> None:
    await evening.started("One.")
    spoken = await evening.continued(by=ANA)
    with refused("stories.not_in_story"):
        await evening.stories.retry(CEM, CHANNEL, HERE, spoken.id)
    await evening.continued(by=CEM)
    await evening.stories.undo(CEM, CHANNEL)


async def test_retry_reaches_another_story_than_the_current_one(evening: Evening) -> None:
    first = await evening.started("One.")
    spoken = await evening.continued()
    await evening.started("Another story.")
    again = await evening.written(await evening.stories.retry(ANA, CHANNEL, HERE, story_id=first.id))
    assert (again.story_id, again.parent_id) == (first.id, spoken.parent_id)


async def test_a_retry_button_of_another_branch_says_so(evening: Evening) -> None:
    await evening.started("One.", "Two.")
    spoken = await evening.continued()
    await evening.stories.undo(ANA, CHANNEL)
    await evening.stories.undo(ANA, CHANNEL)
    with refused("stories.not_on_branch"):
        await evening.stories.retry(ANA, CHANNEL, HERE, spoken.id)
