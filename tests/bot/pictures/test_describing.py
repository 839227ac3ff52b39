from __future__ import annotations

from dataclasses import replace

import pytest

from bot.pictures.describing import QUESTIONS
from bot.pictures.picture import Purpose
from bot.policy import AiPolicy
from tests.bot.pictures.atelier import SPOT, Atelier, a_photo
from tests.bot.refusing import refused
from tests.bot.stories.making import ANA, BEN


@pytest.mark.parametrize("purpose", list(Purpose))
async def test_a_picture_is_put_into_the_words_that_the_purpose_wants(atelier: Atelier, purpose: Purpose) -> None:
    atelier.engine.enqueue(["A teal ", "field.\n"])
    job = await atelier.ended(await atelier.pictures.describe(ANA, SPOT, a_photo(), purpose))
    assert job.result == {"text": "A teal field.", "purpose": purpose, "work_id": None}
    (look,) = atelier.engine.looks
    assert look.question == QUESTIONS[purpose]


async def test_the_maker_of_a_work_gives_it_her_description_as_alternative_text(atelier: Atelier) -> None:
    work = await atelier.drawn("an apple")
    atelier.engine.enqueue(["A red apple\non a table. " + "x" * 2_000])
    await atelier.ended(await atelier.pictures.describe(ANA, SPOT, work.id, Purpose.ALT))
    alt = (await atelier.pictures.work(ANA, work.id)).alt
    assert alt.startswith("A red apple on a table.")
    assert len(alt) == 1_024
    assert atelier.engine.looks[0].image == await atelier.pictures.content(work)


async def test_nobody_elses_description_nor_a_reading_changes_the_alternative_text(atelier: Atelier) -> None:
    work = await atelier.drawn("an apple")
    await atelier.ended(await atelier.pictures.describe(BEN, SPOT, work.id, Purpose.ALT))
    await atelier.ended(await atelier.pictures.describe(ANA, SPOT, work.id, Purpose.READING))
    assert (await atelier.pictures.work(ANA, work.id)).alt == "an apple"


async def test_without_a_model_that_sees_the_sentence_names_the_setting_that_loads_one(atelier: Atelier) -> None:
    atelier.engine.sight_card = None
    with refused("pictures.no_sight") as error:
        await atelier.pictures.describe(ANA, SPOT, a_photo(), Purpose.ALT)
    assert "SALON_SIGHT_MODEL" in str(error.value)
    assert atelier.kept() == set()


async def test_a_model_that_says_nothing_is_a_sentence(atelier: Atelier) -> None:
    atelier.engine.enqueue([" \n"])
    assert (
        await atelier.failed(await atelier.pictures.describe(ANA, SPOT, a_photo(), Purpose.ALT))
        == "pictures.saw_nothing"
    )


async def test_a_channel_of_peoples_own_describes_nothing(atelier: Atelier) -> None:
    await atelier.wants(AiPolicy.HUMAN_ONLY)
    with refused("channels.human_only"):
        await atelier.pictures.describe(ANA, SPOT, a_photo(), Purpose.STORY)


async def test_a_picture_of_another_server_cannot_be_looked_at(atelier: Atelier) -> None:
    work = await atelier.drawn()
    with refused("pictures.unknown"):
        await atelier.pictures.describe(replace(ANA, server_id=2), SPOT, work.id, Purpose.ALT)
