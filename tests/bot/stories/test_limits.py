"""Lines and veils: who sets them, where they are told, and what becomes of words that cross a line."""

from __future__ import annotations

import pytest

from bot.jobs.job import JobState
from bot.stories.limits import LIMITS_MAX, Limits, themes_in
from tests.bot.refusing import refused
from tests.bot.stories.evening import HERE, Evening
from tests.bot.stories.making import ANA, CEM, CHANNEL


def test_themes_come_a_line_and_none_twice() -> None:
    assert themes_in(" spiders \n\nSpiders\nharm to  animals") == ("Spiders", "harm to animals")
    assert themes_in("") == ()


@pytest.mark.parametrize(("text", "key"), [("x" * (LIMITS_MAX + 1), "long_limits"), ("blood\n***", "no_theme")])
def test_what_is_too_long_or_no_theme_is_refused(text: str, key: str) -> None:
    with refused(f"stories.{key}"):
        themes_in(text)


@pytest.mark.parametrize("text", ["A spider.", "SPIDERS!", "sp1ders", "s-p-i-d-e-r-s", "Spíders"])
def test_a_theme_is_found_however_it_is_spelled(text: str) -> None:
    assert Limits(lines=("spiders",)).are_crossed_by(text)


@pytest.mark.parametrize(
    ("line", "text"),
    [("Bodies", "A body lay there."), ("witches", "The witch came."), ("zombie", "Zombies!"), ("axes", "an axe")],
)
def test_who_lists_many_means_each_and_who_lists_one_means_all(line: str, text: str) -> None:
    assert Limits(lines=(line,)).are_crossed_by(text)


@pytest.mark.parametrize("text", ["", "A spidery hand.", "He grew new glass."])
def test_other_words_cross_no_line(text: str) -> None:
    assert not Limits(lines=("spiders", "knew")).are_crossed_by(text)


def test_veils_may_be_told_of_but_not_be_seen_on_pictures() -> None:
    limits = Limits(veils=("torture",))
    assert not limits.are_crossed_by("They spoke of torture.")
    assert limits.are_shown_by("a torture chamber")


async def test_those_in_a_story_set_its_limits_and_nobody_is_written_down(evening: Evening) -> None:
    await evening.started("One.")
    with refused("stories.not_in_story"):
        await evening.stories.set_limits(CEM, CHANNEL, "spiders", "")
    story = await evening.stories.set_limits(ANA, CHANNEL, "spiders\nblood", "grief")
    assert story.limits == Limits(("spiders", "blood"), ("grief",))
    assert await evening.stories.limits_at(CHANNEL) == story.limits
    await evening.store.forget(ANA.id, None)
    assert (await evening.stories.limits_at(CHANNEL, story.id)).lines == ("spiders", "blood")
    assert "spiders" not in str(await evening.store.export(ANA.id))


async def test_the_ai_is_told_both_in_its_rules(evening: Evening) -> None:
    await evening.started("One.")
    await evening.stories.set_limits(ANA, CHANNEL, "spiders\nblood", "grief")
    await evening.continued()
    rules = evening.engine.texts[0].parts[0].text
    assert "Never let any of these appear, whatever is asked: spiders; blood." in rules
    assert "at most hint at them: grief." in rules


async def test_a_passage_that_crosses_a_line_is_written_anew_once(evening: Evening) -> None:
    await evening.started("One.")
    await evening.stories.set_limits(ANA, CHANNEL, "spiders", "")
    evening.engine.enqueue(["A spider came down."])
    passage = await evening.continued(says="A boat came in.")
    assert passage.text == "A boat came in."
    first, second = evening.engine.texts
    assert first.sampling.seed != second.sampling.seed
    assert passage.seed == second.sampling.seed


async def test_the_second_time_it_is_refused_and_nothing_is_stored(evening: Evening) -> None:
    await evening.started("One.")
    await evening.stories.set_limits(ANA, CHANNEL, "spiders", "")
    for _ in range(2):
        evening.engine.enqueue(["A spider came down."])
    job = await evening.ended(await evening.stories.continue_story(ANA, CHANNEL, HERE))
    assert (job.state, job.error) == (JobState.FAILED, "stories.crossed_lines")
    assert await evening.page() == ["One."]


@pytest.mark.parametrize(("lines", "is_shown"), [("", True), ("spiders", False)])
async def test_words_that_might_cross_a_line_are_not_shown_while_they_grow(
    evening: Evening, lines: str, is_shown: bool
) -> None:
    await evening.started("One.")
    await evening.stories.set_limits(ANA, CHANNEL, lines, "")
    evening.engine.hold(after=1)
    evening.engine.enqueue(["A spider ", "came down."])
    job = await evening.stories.continue_story(ANA, CHANNEL, HERE)
    await evening.engine.came(1)
    texts = set()
    async for view in evening.queue.watch(job.id):
        texts.add(view.text)
        if view.has_begun:
            evening.engine.release()
    assert any("spider" in text for text in texts) == is_shown
