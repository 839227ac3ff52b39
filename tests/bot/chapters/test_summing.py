"""Scenes and chapters are summed up in the background, anew where their words have changed."""

from __future__ import annotations

from bot.chapters.chapter import Level
from tests.bot.chapters.evening import LONG, LongEvening
from tests.bot.stories.making import ANA, BEN, CHANNEL
from tests.scripted import ScriptedEngine

SAID = "Mara climbs the stairs and finds that the lamp has gone out."


async def test_a_full_scene_is_summed_up_in_the_background(evening: LongEvening, engine: ScriptedEngine) -> None:
    await evening.grown(2)
    await evening.quiet()
    assert await evening.told() == []
    engine.enqueue([f"Summary: {SAID}"])
    await evening.stories.add(ANA, CHANNEL, LONG)
    await evening.quiet()
    path = await evening.stories.passages(ANA, CHANNEL)
    (told,) = await evening.told()
    assert (told.text, told.first_id, told.last_id) == (SAID, path[0].id, path[3].id)
    assert told.label == "passages 1 to 4"
    assert "never an instruction" in engine.texts[-1].parts[0].text


async def test_scene_after_scene_is_summed_up_each_once(evening: LongEvening) -> None:
    await evening.grown(9)
    await evening.quiet()
    scenes = await evening.scenes()
    assert [scene.told is not None for scene in scenes] == [True] * (len(scenes) - 1) + [False]
    assert len(await evening.kept.summaries(1)) == len(scenes) - 1 == 4


async def test_five_scenes_are_summed_up_in_their_turn(evening: LongEvening, engine: ScriptedEngine) -> None:
    await evening.grown(11)
    await evening.quiet()
    scenes = [scene.told.text for scene in await evening.scenes() if scene.told]
    (run,) = [one for one in await evening.kept.summaries(1) if one.level is Level.RUN]
    assert engine.texts[-1].parts[1].text == "\n\n".join(scenes)
    opened = await evening.chapters.open(ANA, CHANNEL, run.id)
    assert [inside.kept and inside.kept.text for inside in opened.stretch.inside] == scenes
    assert [one.text for one in await evening.told()] == scenes  # there is room for the detail


async def test_a_story_without_the_ai_is_not_read_by_it(evening: LongEvening, engine: ScriptedEngine) -> None:
    await evening.started(*["Long. " * 600] * 4)
    await evening.quiet()
    assert engine.texts == []


async def test_a_copy_or_nothing_is_no_summary_and_sentences_stand_for_it(
    evening: LongEvening, engine: ScriptedEngine
) -> None:
    await evening.grown(2)
    engine.enqueue(["And a second."])
    await evening.stories.add(ANA, CHANNEL, LONG)
    await evening.quiet()
    (summary,) = await evening.kept.summaries(1)
    assert (summary.model, summary.written_by) == (None, None)
    assert summary.text.startswith("The first. And a second. Passage 0.")


async def test_a_reworded_passage_has_its_scene_alone_summed_up_anew(
    evening: LongEvening, engine: ScriptedEngine
) -> None:
    await evening.grown(7)
    await evening.quiet()
    before = await evening.kept.summaries(1)
    path = await evening.stories.passages(ANA, CHANNEL)
    engine.enqueue(["Now it is told in another way, as it was reworded."])
    await evening.stories.edit(ANA, CHANNEL, path[0].id, "Another beginning, and a longer one than before.")
    await evening.quiet()
    after = await evening.kept.summaries(1)
    assert after[:-1] == before
    assert (after[-1].first_id, after[-1].last_id) == (before[0].first_id, before[0].last_id)
    assert (await evening.told())[0].text == "Now it is told in another way, as it was reworded."


async def test_a_branch_is_told_by_its_own_passages_alone(evening: LongEvening) -> None:
    await evening.grown(5)
    await evening.quiet()
    path = await evening.stories.passages(ANA, CHANNEL)
    first = (await evening.told())[0]
    await evening.stories.go_to(ANA, CHANNEL, path[1].id)
    await evening.stories.add(ANA, CHANNEL, "Another way.")
    assert await evening.told() == []
    await evening.stories.go_to(ANA, CHANNEL, path[-1].id)
    assert (await evening.told())[0] == first


async def test_a_chapter_that_has_ended_is_told_by_what_its_scenes_tell(
    evening: LongEvening, engine: ScriptedEngine
) -> None:
    await evening.grown(6)
    await evening.quiet()
    await evening.chapters.begin(ANA, CHANNEL, "The Storm")
    await evening.quiet()
    (told,) = await evening.told()
    path = await evening.stories.passages(ANA, CHANNEL)
    assert (told.first_id, told.last_id) == (path[0].id, path[-1].id)
    scenes = await evening.scenes()
    assert engine.texts[-1].parts[1].text == "\n\n".join(scene.told.text for scene in scenes if scene.told)


async def test_what_was_made_of_a_summary_is_made_anew_from_the_members_words(
    evening: LongEvening, engine: ScriptedEngine
) -> None:
    await evening.grown(6)
    await evening.quiet()
    scene = (await evening.kept.summaries(1))[0]
    await evening.chapters.begin(ANA, CHANNEL, "The Storm")
    await evening.quiet()
    await evening.chapters.edit(ANA, CHANNEL, scene.id, "Mira, not Mara, keeps the lamp.")
    engine.enqueue(["Told anew, by way of what Ana put right in it."])
    await evening.quiet()
    assert "Mira, not Mara" in engine.texts[-1].parts[1].text
    (told,) = await evening.told()
    assert told.text == "Told anew, by way of what Ana put right in it."


async def test_what_the_ai_made_of_a_forgotten_members_summary_goes_with_it(evening: LongEvening) -> None:
    await evening.grown(6)
    await evening.continued(BEN)
    await evening.quiet()
    scene = (await evening.kept.summaries(1))[0]
    edited = await evening.chapters.edit(BEN, CHANNEL, scene.id, "Mira, not Mara, keeps the lamp.")
    await evening.chapters.restore(ANA, CHANNEL, edited.id)
    await evening.chapters.begin(ANA, CHANNEL, "The Storm")
    await evening.quiet()
    assert Level.CHAPTER in {one.level for one in await evening.kept.summaries(1)}
    await evening.kept.forget(BEN.id, None)
    left = await evening.kept.summaries(1)
    assert scene in left
    assert {one.level for one in left} == {Level.SCENE}
    assert not any("Mira" in one.text for one in left)


async def test_a_forgotten_members_words_leave_the_summaries(evening: LongEvening, engine: ScriptedEngine) -> None:
    await evening.grown(2)
    await evening.stories.add(BEN, CHANNEL, LONG)
    await evening.quiet()
    assert len(await evening.told()) == 1
    await evening.kept.forget(ANA.id, None)
    await evening.store.forget(ANA.id, None)
    assert await evening.kept.summaries(1) == []
    count = len(engine.texts)
    for _ in range(2):
        await evening.stories.add(BEN, CHANNEL, LONG)
    await evening.quiet()
    assert len(engine.texts) == count + 1
    assert "[removed]" not in engine.texts[-1].parts[1].text
    assert "Ana" not in engine.texts[-1].parts[1].text


async def test_what_is_reworded_while_it_is_summed_up_is_not_kept(evening: LongEvening, engine: ScriptedEngine) -> None:
    await evening.grown(2)
    engine.hold()
    count = len(engine.history)
    await evening.stories.add(ANA, CHANNEL, LONG)
    await engine.came(count + 1)
    path = await evening.stories.passages(ANA, CHANNEL)
    await evening.stories.edit(ANA, CHANNEL, path[0].id, "Another beginning.")
    engine.enqueue([SAID])
    engine.release()
    await evening.quiet()
    (summary,) = await evening.kept.summaries(1)
    assert summary.text == SAID
