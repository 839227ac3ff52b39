"""The buttons under a picture: again, vary, larger, edit prompt."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.jobs.job import Job
from bot.pictures.picture import How, Wish, Work
from models.requests import Shape
from tests.bot.pictures.atelier import SALTY, SPOT, Atelier
from tests.bot.refusing import refused
from tests.bot.stories.making import ADMIN, ANA, BEN

ELSEWHERE = replace(BEN, server_id=2)


async def pressed(atelier: Atelier, press: str, work: Work) -> Job:
    job: Job = await getattr(atelier.pictures, press)(BEN, SPOT, work.id)
    return job


async def hindered(atelier: Atelier, work: Work) -> Job:
    """Press Again while the device is full, and return the job that waits for it."""
    atelier.engine.hold()
    came = len(atelier.engine.history)
    for member in (ANA, BEN):
        await atelier.pictures.imagine(member, SPOT, Wish("a pear"))
    await atelier.engine.came(came + 2)
    return await pressed(atelier, "again", work)


async def test_again_asks_for_all_of_it_with_other_seeds_on_the_account_of_who_pressed(atelier: Atelier) -> None:
    works = await atelier.works_from(
        await atelier.pictures.imagine(ANA, SPOT, Wish("waves", count=2, avoid="boats", seed=1))
    )
    again = await atelier.works_from(await pressed(atelier, "again", works[1]))
    assert len(again) == 2
    assert (again[0].how, again[0].parent_id, again[0].member_id) == (How.AGAIN, works[1].id, BEN.id)
    assert (again[0].prompt, again[0].avoid, again[0].style) == ("waves", "boats", works[0].style)
    assert {work.seed for work in works}.isdisjoint(work.seed for work in again)


async def test_again_knows_a_style_that_was_deleted_since(atelier: Atelier) -> None:
    await atelier.styles.pictures.create(ADMIN, SALTY)
    work = await atelier.drawn("a harbour", style="Salty")
    await atelier.styles.pictures.delete(ADMIN, "Salty")
    (again,) = await atelier.works_from(await pressed(atelier, "again", work))
    assert atelier.engine.pictures[0].prompt == atelier.engine.pictures[1].prompt
    assert again.style == "Salty"


async def test_again_of_an_edit_begins_from_the_same_picture(atelier: Atelier) -> None:
    before = await atelier.drawn()
    (edited,) = await atelier.works_from(await atelier.pictures.edit(ANA, SPOT, before.id, "green"))
    await atelier.works_from(await pressed(atelier, "again", edited))
    assert atelier.engine.pictures[2].image == await atelier.pictures.content(before)


async def test_again_of_an_edit_is_refused_where_the_pipeline_of_now_draws_new_ones_only(atelier: Atelier) -> None:
    before = await atelier.drawn()
    (edited,) = await atelier.works_from(await atelier.pictures.edit(ANA, SPOT, before.id, "green"))
    waiting = await hindered(atelier, edited)
    atelier.can(edits=None)
    atelier.engine.release()
    assert await atelier.failed(waiting) == "pictures.cannot_edit"
    for press in ("again", "larger"):
        with refused("pictures.cannot_edit"):
            await pressed(atelier, press, edited)


async def test_again_on_another_pipeline_has_the_size_most_like_the_first(atelier: Atelier) -> None:
    work = await atelier.drawn(shape=Shape.WIDE)
    atelier.can(sizes={Shape.SQUARE: (512, 512), Shape.WIDE: (768, 512)})
    (again,) = await atelier.works_from(await pressed(atelier, "again", work))
    assert (again.width, again.height) == (768, 512)


@pytest.mark.parametrize("press", ["again", "vary", "larger"])
async def test_the_second_of_two_presses_gets_a_sentence_and_no_job(atelier: Atelier, press: str) -> None:
    work = await atelier.drawn()
    atelier.engine.hold()
    job = await pressed(atelier, press, work)
    with refused(f"pictures.{press}_waits"):
        await pressed(atelier, press, work)
    await atelier.engine.came(2)
    with refused(f"pictures.{press}_waits"):
        await pressed(atelier, press, work)
    atelier.engine.release()
    await atelier.works_from(job)
    assert len(atelier.engine.pictures) == 2
    await atelier.works_from(await pressed(atelier, press, work))


async def test_a_variation_begins_from_the_picture_itself(atelier: Atelier) -> None:
    works = await atelier.works_from(await atelier.pictures.imagine(ANA, SPOT, Wish("waves", count=4)))
    (varied,) = await atelier.works_from(await pressed(atelier, "vary", works[2]))
    request = atelier.engine.pictures[1]
    assert request.image == await atelier.pictures.content(works[2])
    assert (varied.how, varied.parent_id, varied.prompt) == (How.VARY, works[2].id, "waves")
    assert varied.seed != works[2].seed
    atelier.can(edits="instruction")
    await atelier.works_from(await pressed(atelier, "vary", works[2]))
    assert atelier.engine.pictures[2].prompt == "Draw a variation of this picture: waves"
    atelier.can(edits=None)
    with refused("pictures.cannot_vary"):
        await pressed(atelier, "vary", works[2])


async def test_larger_has_longer_sides_and_the_seed_of_the_picture(atelier: Atelier) -> None:
    work = await atelier.drawn(seed=8)
    (larger,) = await atelier.works_from(await pressed(atelier, "larger", work))
    assert (larger.width, larger.height, larger.seed, larger.how) == (128, 128, 8, How.LARGER)
    assert atelier.engine.pictures[1].image == await atelier.pictures.content(work)
    with refused("pictures.largest_already"):
        await pressed(atelier, "larger", larger)


async def test_larger_is_as_large_as_the_pipeline_can_and_keeps_the_shape(atelier: Atelier) -> None:
    work = await atelier.drawn(shape=Shape.WIDE)
    (larger,) = await atelier.works_from(await pressed(atelier, "larger", work))
    assert (larger.width, larger.height) == (128, 80)


async def test_a_pipeline_that_draws_new_pictures_only_draws_the_same_words_and_seed_larger(atelier: Atelier) -> None:
    atelier.can(edits=None)
    work = await atelier.drawn(seed=8)
    await atelier.works_from(await pressed(atelier, "larger", work))
    request = atelier.engine.pictures[1]
    assert (request.image, request.seeds, request.prompt, request.width) == (None, (8,), "a red apple", 128)
    atelier.can(largest=None)
    with refused("pictures.cannot_enlarge"):
        await pressed(atelier, "larger", work)


async def test_other_words_keep_the_seed_and_the_same_words_take_another(atelier: Atelier) -> None:
    work = await atelier.drawn("a red apple", style="Ink", seed=5)
    (green,) = await atelier.works_from(await atelier.pictures.redraw(BEN, SPOT, work.id, "a green apple", "worms"))
    assert (green.prompt, green.avoid, green.style, green.seed) == ("a green apple", "worms", "Ink", 5)
    assert (green.how, green.parent_id) == (How.IMAGINE, work.id)
    (same,) = await atelier.works_from(await atelier.pictures.redraw(BEN, SPOT, work.id, "a red apple", ""))
    assert same.seed != 5


async def test_other_words_for_an_edit_change_the_same_picture_again(atelier: Atelier) -> None:
    before = await atelier.drawn()
    (edited,) = await atelier.works_from(await atelier.pictures.edit(ANA, SPOT, before.id, "green"))
    (other,) = await atelier.works_from(await atelier.pictures.redraw(ANA, SPOT, edited.id, "blue"))
    assert atelier.engine.pictures[2].image == await atelier.pictures.content(before)
    assert (other.how, other.prompt) == (How.EDIT, "blue")


@pytest.mark.parametrize(("prompt", "key"), [("", "safety.empty"), ("x" * 4_000, "pictures.long_prompt")])
async def test_other_words_follow_the_rules_of_the_first(atelier: Atelier, prompt: str, key: str) -> None:
    work = await atelier.drawn()
    with refused(key):
        await atelier.pictures.redraw(ANA, SPOT, work.id, prompt)


@pytest.mark.parametrize("press", ["again", "vary", "larger"])
async def test_a_picture_of_another_server_answers_to_no_button(atelier: Atelier, press: str) -> None:
    work = await atelier.drawn()
    with refused("pictures.unknown"):
        await getattr(atelier.pictures, press)(ELSEWHERE, SPOT, work.id)
    with refused("pictures.unknown"):
        await atelier.pictures.redraw(ELSEWHERE, SPOT, work.id, "green")


async def test_a_deleted_picture_answers_to_no_button(atelier: Atelier) -> None:
    work = await atelier.drawn()
    await atelier.pictures.delete(ANA, work.id)
    with refused("pictures.unknown"):
        await pressed(atelier, "again", work)
