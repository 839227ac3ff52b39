"""`/story illustrate` behind the cog: one job that writes the scene down, then draws it and puts it into the story."""

from __future__ import annotations

import pytest

from bot.cast.entry import CastChange
from bot.illustrations.picture import SCENE, SceneWish
from bot.jobs.job import JobState
from bot.people import Channel
from bot.pictures.picture import DRAW, How, Spot
from bot.policy import AiPolicy
from models.requests import Shape
from tests.bot.illustrations.gallery import Gallery
from tests.bot.pictures.atelier import SPOT, a_photo
from tests.bot.refusing import refused
from tests.bot.stories.evening import HERE
from tests.bot.stories.making import ADMIN, ANA, BEN, CHANNEL, SERVER


async def test_the_model_writes_the_prompt_and_the_same_job_draws_it(gallery: Gallery) -> None:
    story = await gallery.started("Mara lit the lamp.")
    await gallery.knows("Mara", "grey coat, red scarf")
    job = await gallery.illustrated("A woman lights a lamp.", shape=Shape.WIDE)
    (drawing,) = gallery.drawings
    assert len(gallery.scenes) == 1
    assert drawing.prompt == "A woman lights a lamp. Mara: grey coat, red scarf."
    assert (drawing.width, drawing.height) == gallery.image_card.sizes[Shape.WIDE]
    assert (job.kind, job.state, job.story_id) == (DRAW, JobState.DONE, story.id)
    (work,) = await gallery.works_from(job)
    assert (work.how, work.prompt, work.passage_id) == (How.ILLUSTRATE, drawing.prompt, story.tip_id)


async def test_the_picture_stands_beside_its_passage(gallery: Gallery) -> None:
    await gallery.started("Mara lit the lamp.")
    await gallery.illustrated(by=BEN)
    path = await gallery.stories.passages(ANA, CHANNEL)
    ((passage_id, (picture,)),) = (await gallery.illustrations.beside(path)).items()
    assert passage_id == path[0].id
    assert (picture.by_ai, picture.added_by, picture.model) == (True, BEN.id, gallery.image_card.name)
    assert picture.alt == "A lamp burns in the dark."
    assert await gallery.illustrations.content(picture) != b""


async def test_any_passage_of_the_branch_can_be_illustrated_and_only_those(gallery: Gallery) -> None:
    await gallery.started("One.", "Two.", "Three.")
    first, second, third = await gallery.stories.passages(ANA, CHANNEL)
    await gallery.illustrated(passage_id=first.id)
    assert gallery.scenes[0].startswith("Scene: One.\n")
    await gallery.stories.undo(ANA, CHANNEL)
    with refused("stories.not_on_branch"):
        await gallery.illustrations.illustrate(ANA, SPOT, SceneWish(third.id))
    assert second.id == (await gallery.stories.story(ANA, CHANNEL)).tip_id


async def test_a_scene_that_was_taken_back_meanwhile_is_drawn_all_the_same(gallery: Gallery) -> None:
    await gallery.started("One.", "Two.")
    gallery.engine.hold()
    job = await gallery.illustrations.illustrate(ANA, SPOT, SceneWish())
    await gallery.engine.came(1)
    await gallery.stories.undo(ANA, CHANNEL)
    gallery.engine.release()
    assert (await gallery.ended(job)).state is JobState.DONE
    assert await gallery.illustrations.beside(await gallery.stories.passages(ANA, CHANNEL)) == {}
    await gallery.stories.redo(ANA, CHANNEL)
    assert len(await gallery.illustrations.beside(await gallery.stories.passages(ANA, CHANNEL))) == 1


async def test_the_pictures_of_those_in_the_scene_are_looked_at_where_the_pipeline_can(gallery: Gallery) -> None:
    gallery.can(references=1)
    await gallery.started("Mara and Pim lit the lamp.")
    await gallery.knows("Pim", "small", picture=a_photo(colour="white").content)
    await gallery.knows("Mara", "grey coat", picture=a_photo(colour="grey").content)
    await gallery.illustrated()
    assert len(gallery.drawings[-1].references) == 1
    gallery.can(references=0)
    await gallery.illustrated()
    assert not gallery.drawings[-1].references


async def test_looks_are_those_of_the_moment_when_the_scene_is_written(gallery: Gallery) -> None:
    await gallery.started("Mara lit the lamp.")
    await gallery.knows("Mara", "grey coat")
    gallery.engine.hold()
    job = await gallery.illustrations.illustrate(ANA, SPOT, SceneWish())
    await gallery.cast.edit(ANA, CHANNEL, "Mara", CastChange(traits="red coat"))
    gallery.engine.release()
    (work,) = await gallery.works_from(job)
    assert "Mara: red coat" in work.prompt


async def test_what_the_model_wrote_is_judged_like_what_members_write(gallery: Gallery) -> None:
    await gallery.words.change(ADMIN, "gallows")
    await gallery.started("Mara lit the lamp.")
    job = await gallery.illustrated("A gallows stands in the rain.")
    assert (job.state, job.error) == (JobState.FAILED, "safety.forbidden_word")
    assert gallery.drawings == []


async def test_a_hint_is_judged_before_anything_waits(gallery: Gallery) -> None:
    await gallery.words.change(ADMIN, "gallows")
    await gallery.started("Mara lit the lamp.")
    for steer, key in (("a gallows", "safety.forbidden_word"), ("x" * 301, "stories.long_steer")):
        with refused(key):
            await gallery.illustrations.illustrate(ANA, SPOT, SceneWish(steer=steer))


async def test_a_scene_keeps_to_the_limits_of_its_own_story(gallery: Gallery) -> None:
    story = await gallery.started("Mara lit the lamp.")
    await gallery.stories.set_limits(ANA, CHANNEL, "spiders", "")
    job = await gallery.illustrations.illustrate(ANA, SPOT, SceneWish(), story.id)
    await gallery.stories.start(ANA, CHANNEL, "Another", "A story without limits.")
    assert (await gallery.ended(job)).state is JobState.DONE
    assert gallery.drawings[0].avoid.endswith("spiders")
    for says, error in (("A spider sits there.", "stories.within_limits"), ("A lamp.", None)):
        gallery.engine.enqueue([says])
        job = await gallery.ended(await gallery.illustrations.illustrate(ANA, SPOT, SceneWish(), story.id))
        assert job.error == error
    with refused("stories.within_limits"):
        await gallery.illustrations.illustrate(ANA, SPOT, SceneWish(steer="spiders"), story.id)


async def test_where_people_want_to_be_alone_nothing_is_drawn(gallery: Gallery) -> None:
    await gallery.started("Mara lit the lamp.")
    gallery.engine.hold()
    waiting = await gallery.illustrations.illustrate(ANA, SPOT, SceneWish())
    await gallery.wants(AiPolicy.HUMAN_ONLY)
    with refused("channels.human_only"):
        await gallery.illustrations.illustrate(ANA, SPOT, SceneWish())
    gallery.engine.release()
    assert await gallery.failed(waiting) == "channels.human_only"


async def test_where_nothing_draws_or_is_written_a_sentence_says_so(gallery: Gallery) -> None:
    with refused("stories.none_here"):
        await gallery.illustrations.illustrate(ANA, SPOT, SceneWish())
    await gallery.started()
    with refused("illustrations.nothing_written"):
        await gallery.illustrations.illustrate(ANA, SPOT, SceneWish())
    with refused("styles.unknown"):
        await gallery.illustrations.illustrate(ANA, SPOT, SceneWish(style="nonesuch"))
    gallery.engine.image_card = None
    with refused("pictures.no_pipeline"):
        await gallery.illustrations.illustrate(ANA, SPOT, SceneWish())


async def test_a_story_is_illustrated_in_its_own_channel(gallery: Gallery) -> None:
    story = await gallery.started("Mara lit the lamp.")
    with refused("stories.lives_elsewhere"):
        await gallery.illustrations.illustrate(ANA, Spot(Channel(20, SERVER), HERE), SceneWish(), story.id)


async def test_another_one_from_the_same_words_is_not_put_into_the_story_by_itself(gallery: Gallery) -> None:
    await gallery.started("Mara lit the lamp.")
    (work,) = await gallery.works_from(await gallery.illustrated())
    await gallery.works_from(await gallery.pictures.again(ANA, SPOT, work.id))
    path = await gallery.stories.passages(ANA, CHANNEL)
    assert [each.work_id for each in (await gallery.illustrations.beside(path))[path[0].id]] == [work.id]


@pytest.mark.parametrize("finished", [True, False])
async def test_a_finished_story_can_be_illustrated_too(gallery: Gallery, finished: bool) -> None:
    await gallery.started("Mara lit the lamp.")
    if finished:
        await gallery.stories.finish(ANA, CHANNEL)
    assert (await gallery.illustrated()).state is JobState.DONE


async def test_a_scene_waits_as_a_text_and_costs_what_both_stages_took(gallery: Gallery) -> None:
    await gallery.started("Mara lit the lamp.")
    gallery.engine.hold()
    job = await gallery.illustrations.illustrate(ANA, SPOT, SceneWish())
    assert job.kind == SCENE
    gallery.engine.release()
    ended = await gallery.ended(job)
    assert ended.earlier_ms > 0
    assert ended.cost_ms > 0
