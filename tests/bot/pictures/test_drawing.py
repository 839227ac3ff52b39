"""What becomes of what the device drew: judged, made to fit, kept; and what happens where that fails."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image
from structlog.testing import capture_logs

from bot.jobs.job import Glimpse, Job
from bot.people import Channel
from bot.pictures.picture import Spot, Wish
from bot.policy import AiPolicy
from models.errors import InvalidRequest, NotFinite, OutOfMemory
from models.events import DrawnPicture
from tests.bot.pictures.atelier import SPOT, Atelier, a_photo
from tests.bot.refusing import refused
from tests.bot.stories.making import ADMIN, ANA, BEN, CHANNEL

RESTRICTED = Spot(Channel(12, CHANNEL.server_id, is_age_restricted=True), SPOT.reply)


def noise(side_px: int, seed: int = 0) -> DrawnPicture:
    """Return a picture that nothing makes smaller without loss."""
    return DrawnPicture(side_px, side_px, Image.effect_noise((side_px, side_px), 90).convert("RGB").tobytes(), seed)


async def glimpses(atelier: Atelier, job: Job) -> list[Glimpse]:
    seen: list[Glimpse] = []
    async for view in atelier.queue.watch(job.id):
        if view.glimpse and view.glimpse not in seen:
            seen.append(view.glimpse)
    return seen


async def test_an_explicit_picture_is_held_back_and_nothing_of_it_is_kept(atelier: Atelier) -> None:
    atelier.judge.scores = [0.9]
    job = await atelier.ended(await atelier.pictures.imagine(ANA, SPOT, Wish("a statue")))
    assert job.error == "pictures.blocked"
    assert job.cost_ms == 100.0
    assert atelier.kept() == set()
    assert await atelier.pictures.count_mine(ANA) == 0


async def test_of_several_pictures_only_the_explicit_one_is_held_back(atelier: Atelier) -> None:
    atelier.engine.enqueue_picture(has_previews=False)
    atelier.judge.scores = [0.0, 0.9, 0.0]
    job = await atelier.ended(await atelier.pictures.imagine(ANA, SPOT, Wish("statues", count=3, seed=1)))
    assert job.result is not None
    assert job.result["blocked"] == 1
    assert [work.seed for work in await atelier.pictures.works_of(job.id)] == [1, 3]


async def test_in_an_age_restricted_channel_it_stands_behind_a_spoiler(atelier: Atelier) -> None:
    atelier.judge.scores = [0.9]
    work = await atelier.drawn("a statue", spot=RESTRICTED)
    assert work.is_spoiler
    atelier.judge.scores = [0.0]
    assert not (await atelier.drawn("an apple", spot=RESTRICTED)).is_spoiler


@pytest.mark.parametrize(
    ("spot", "score", "spoiler", "covers"),
    [(SPOT, 0.0, False, [False]), (SPOT, 0.0, True, [True]), (SPOT, 0.9, False, []), (RESTRICTED, 0.9, False, [True])],
)
async def test_what_is_seen_of_a_picture_while_it_is_drawn_follows_the_same_rule(
    atelier: Atelier, spot: Spot, score: float, spoiler: bool, covers: list[bool]
) -> None:
    atelier.judge.scores = [score]
    atelier.engine.hold(after=2)
    job = await atelier.pictures.imagine(ANA, spot, Wish("a statue", spoiler=spoiler))
    await atelier.engine.came(1)
    atelier.engine.release()
    assert sorted({glimpse.is_spoiler for glimpse in await glimpses(atelier, job)}) == covers


async def test_a_picture_that_may_not_be_sent_without_loss_is_sent_as_webp(atelier: Atelier) -> None:
    atelier.engine.enqueue_picture([noise(256)])
    work = await atelier.drawn(spot=replace(SPOT, upload_limit_bytes=40_000))
    content = await atelier.pictures.content(work)
    assert (work.format, work.size_bytes <= 40_000) == ("webp", True)
    with Image.open(BytesIO(content)) as image:
        assert (image.format, image.size) == ("WEBP", (256, 256))
    manifest = atelier.credentials.read(content)
    assert manifest is not None
    assert manifest.is_intact


async def test_a_picture_that_fits_no_file_is_told_of(atelier: Atelier) -> None:
    atelier.engine.enqueue_picture([noise(256)])
    spot = replace(SPOT, upload_limit_bytes=4_000)
    assert await atelier.failed(await atelier.pictures.imagine(ANA, spot, Wish("noise"))) == "pictures.too_large"
    assert atelier.kept() == set()


@pytest.mark.parametrize(
    ("error", "key"),
    [
        (NotFinite("nan"), "jobs.not_finite"),
        (OutOfMemory("full", fits=(512, 512)), "jobs.size_too_large"),
        (InvalidRequest("the LoRA is of another family"), "jobs.invalid_request"),
    ],
)
async def test_a_pipeline_that_fails_leaves_a_sentence_and_no_picture(
    atelier: Atelier, error: Exception, key: str
) -> None:
    atelier.engine.enqueue_picture(error)
    assert await atelier.failed(await atelier.pictures.imagine(ANA, SPOT, Wish("an apple"))) == key
    assert atelier.kept() == set()


async def test_a_lora_of_another_family_is_one_line_of_the_log(atelier: Atelier) -> None:
    atelier.engine.enqueue_picture(InvalidRequest("the LoRA is of another family"))
    with capture_logs() as logged:
        await atelier.failed(await atelier.pictures.imagine(ANA, SPOT, Wish("an apple")))
    (told,) = [line for line in logged if line["event"].startswith("!")]
    assert (told["key"], told["log_level"], "trace" in told) == ("jobs.invalid_request", "info", False)


async def test_the_device_does_not_work_for_a_folder_that_takes_no_file(atelier: Atelier) -> None:
    atelier.folder.root.write_text("not a folder", encoding="utf-8")
    job = await atelier.pictures.imagine(ANA, SPOT, Wish("an apple"))
    assert await atelier.failed(job) == "pictures.folder_closed"
    assert atelier.engine.pictures == []
    with refused("pictures.folder_closed"):
        await atelier.pictures.edit(ANA, SPOT, a_photo(), "a lake")


async def test_a_policy_that_changes_while_a_wish_waits_holds(atelier: Atelier) -> None:
    atelier.engine.hold()
    running = [await atelier.pictures.imagine(by, SPOT, Wish("a hill")) for by in (ADMIN, BEN)]
    await atelier.engine.came(2)
    waiting = await atelier.pictures.imagine(ANA, SPOT, Wish("an apple"))
    await atelier.wants(AiPolicy.HUMAN_ONLY)
    atelier.engine.release()
    assert await atelier.failed(waiting) == "channels.human_only"
    for job in running:
        await atelier.works_from(job)


async def test_who_wants_to_know_hears_of_works_where_they_are_stored(atelier: Atelier) -> None:
    heard: list[tuple[int, list[str]]] = []

    async def hear(job: Job, works: object) -> None:
        heard.append((job.id, [work.prompt for work in await atelier.pictures.works_of(job.id)]))

    atelier.pictures.on_drawn(hear)
    work = await atelier.drawn("waves")
    assert heard == [(work.job_id, ["waves"])]
