"""A member's own works: looking at them, deleting, consent, and what makes room for what."""

from __future__ import annotations

import asyncio
import errno
import json
import os
import re
from collections.abc import Collection
from dataclasses import fields, replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from PIL import Image

from bot.database import Database
from bot.people import Channel
from bot.pictures.folder import WorksFolder
from bot.pictures.picture import NewWork, Upload, Wish, Work
from bot.privacy import PrivacyService, PrivateStore
from bot.provenance.verifying import Trace, Verifier
from models.events import DrawnPicture
from tests.bot.pictures.atelier import SALTY, SPOT, Atelier, a_photo
from tests.bot.refusing import refused
from tests.bot.stories.making import ADMIN, ANA, BEN, CHANNEL, NOON
from tests.bot.test_privacy import everything
from tests.scripted import ScriptedEngine

ELSEWHERE = replace(ANA, server_id=2)


async def test_a_member_pages_through_her_own_works_the_newest_first(atelier: Atelier) -> None:
    works = [await atelier.drawn(f"apple {number}") for number in range(3)]
    await atelier.drawn("a pear", by=BEN)
    assert await atelier.pictures.mine(ANA, most=2) == [works[2], works[1]]
    assert await atelier.pictures.mine(ANA, skip=2, most=2) == [works[0]]
    assert await atelier.pictures.count_mine(ANA) == 3
    assert await atelier.pictures.mine(ELSEWHERE) == []


async def test_the_latest_picture_of_a_channel_is_found_whoever_made_it(atelier: Atelier) -> None:
    await atelier.drawn()
    newest = await atelier.drawn(by=BEN)
    assert await atelier.pictures.latest(ANA, CHANNEL) == [newest]
    assert await atelier.pictures.latest(ANA, Channel(99, CHANNEL.server_id)) == []
    assert await atelier.pictures.latest(ELSEWHERE, Channel(CHANNEL.id, 2)) == []


async def test_a_member_names_her_own_works_anywhere_and_others_where_they_were_drawn(atelier: Atelier) -> None:
    work, elsewhere = await atelier.drawn(), Channel(99, CHANNEL.server_id)
    assert await atelier.pictures.named(ANA, elsewhere, work.id) == work
    assert await atelier.pictures.named(BEN, CHANNEL, work.id) == work
    for who, where in ((BEN, elsewhere), (ELSEWHERE, CHANNEL)):
        with refused("pictures.unknown"):
            await atelier.pictures.named(who, where, work.id)


async def test_what_is_explicit_is_seen_again_in_age_restricted_channels_only(atelier: Atelier) -> None:
    restricted = replace(CHANNEL, is_age_restricted=True)
    atelier.judge.scores = [0.9]
    explicit = await atelier.drawn("a statue", spot=replace(SPOT, channel=restricted))
    content = await atelier.pictures.content(explicit)
    assert await atelier.pictures.content_in(CHANNEL, explicit) is None
    assert await atelier.pictures.content_in(restricted, explicit) == content
    atelier.judge.scores = [0.0]
    covered = await atelier.drawn("the end of the film", spoiler=True)
    assert await atelier.pictures.content_in(CHANNEL, covered) == await atelier.pictures.content(covered)


async def test_a_deleted_work_is_gone_with_its_file_and_what_came_of_it_stays(atelier: Atelier) -> None:
    work = await atelier.drawn("a secret apple")
    (child,) = await atelier.works_from(await atelier.pictures.edit(BEN, SPOT, work.id, "a pear"))
    assert await atelier.pictures.delete(ANA, work.id) == work
    with refused("pictures.unknown"):
        await atelier.pictures.work(ANA, work.id)
    with refused("pictures.file_gone"):
        await atelier.pictures.content(work)
    assert (await atelier.pictures.work(ANA, child.id)).parent_id is None
    assert atelier.kept() == {child.file}


async def test_a_file_that_two_works_share_stays_until_both_are_gone(atelier: Atelier) -> None:
    work = await atelier.drawn()
    twin = await atelier.works.append(new_like(work), NOON)
    await atelier.pictures.delete(ANA, work.id)
    assert atelier.kept() == {work.file}
    await atelier.pictures.delete(ANA, twin.id)
    assert atelier.kept() == set()


async def test_only_the_maker_and_admins_delete_a_work_and_no_admin_of_another_server(atelier: Atelier) -> None:
    work = await atelier.drawn()
    with refused("pictures.not_yours"):
        await atelier.pictures.delete(BEN, work.id)
    with refused("pictures.unknown"):
        await atelier.pictures.delete(replace(ADMIN, server_id=2), work.id)
    await atelier.pictures.delete(ADMIN, work.id)


async def test_only_the_maker_says_whether_a_work_may_be_shown(atelier: Atelier) -> None:
    work = await atelier.drawn()
    assert (await atelier.pictures.allow_showing(ANA, work.id, True)).may_show
    with refused("pictures.only_maker"):
        await atelier.pictures.allow_showing(ADMIN, work.id, True)
    assert not (await atelier.pictures.allow_showing(ANA, work.id, False)).may_show


async def test_the_oldest_files_make_room_and_their_works_remember(
    database: Database, engine: ScriptedEngine, tmp_path: Path
) -> None:
    atelier = Atelier(database, engine, tmp_path, bound_bytes=14_000)
    async with atelier.queue.running():
        works = [await atelier.drawn(seed=seed) for seed in range(5)]
        size_bytes = sum(work.size_bytes for work in works)
        assert size_bytes > 14_000
        first, *_, last = await atelier.pictures.mine(ANA)
        assert (first.has_file, last.has_file) == (True, False)
        assert sum(work.size_bytes for work in await atelier.pictures.mine(ANA) if work.has_file) <= 14_000
        assert {work.file for work in await atelier.pictures.mine(ANA) if work.has_file} == atelier.kept()
        with refused("pictures.file_gone"):
            await atelier.pictures.content(last)
        with refused("pictures.file_gone"):
            await atelier.pictures.vary(ANA, SPOT, last.id)
        await atelier.works_from(await atelier.pictures.again(ANA, SPOT, last.id))


async def test_a_brought_picture_that_cannot_be_kept_takes_nobodys_place(
    database: Database, engine: ScriptedEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(file: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    atelier = Atelier(database, engine, tmp_path, bound_bytes=14_000)
    async with atelier.queue.running():
        works = [await atelier.drawn(seed=seed) for seed in range(3)]
        kept = atelier.kept()
        monkeypatch.setattr(os, "fsync", fail)
        with refused("pictures.folder_full"):
            await atelier.pictures.edit(ANA, SPOT, Upload(noise_png(), "noise.png"), "a lake")
        assert atelier.kept() == kept
        assert await atelier.pictures.mine(ANA) == works[::-1]


def noise_png() -> bytes:
    with BytesIO() as file:
        Image.effect_noise((128, 128), 120).save(file, "PNG")
        return file.getvalue()


async def test_what_is_shown_or_stands_in_a_story_makes_no_room(
    database: Database, engine: ScriptedEngine, tmp_path: Path
) -> None:
    atelier = Atelier(database, engine, tmp_path, bound_bytes=14_000)
    async with atelier.queue.running():
        works = [await atelier.drawn(seed=seed) for seed in range(3)]
        await atelier.pictures.allow_showing(ANA, works[0].id, True)
        await atelier.pictures.spare(works[1].id)
        for seed in range(3, 6):
            await atelier.drawn(seed=seed)
        assert {works[0].file, works[1].file} <= atelier.kept()
        assert not (await atelier.pictures.work(ANA, works[2].id)).has_file
        for work in await atelier.pictures.mine(ANA):
            if work.has_file:
                await atelier.pictures.spare(work.id)
        assert await atelier.failed(await atelier.pictures.imagine(ANA, SPOT, Wish("one more"))) == "pictures.no_room"
        await atelier.pictures.spare(works[1].id, False)
        await atelier.drawn("one more")


async def test_tidying_drops_what_no_row_needs_and_what_was_not_written_to_its_end(atelier: Atelier) -> None:
    work = await atelier.drawn()
    atelier.folder.put(b"nobody's", "png")
    (atelier.folder.root / ".part-1").write_bytes(b"half")
    (atelier.folder.root / work.file[:2] / ".part-2").write_bytes(b"half")
    await atelier.pictures.tidy()
    assert {file for file in atelier.folder.root.rglob("*") if file.is_file()} == {
        atelier.folder.root / work.file[:2] / work.file
    }


async def test_what_members_brought_is_kept_for_a_month(atelier: Atelier) -> None:
    (work,) = await atelier.works_from(await atelier.pictures.edit(ANA, SPOT, a_photo(), "a lake"))
    later = Atelier(atelier.database, atelier.engine, atelier.folder.root.parent)
    later.pictures = replace(later.pictures, clock=lambda: NOON + timedelta(days=29))
    await later.pictures.tidy()
    assert len(atelier.kept()) == 2
    later.pictures = replace(later.pictures, clock=lambda: NOON + timedelta(days=31))
    await later.pictures.tidy()
    assert atelier.kept() == {work.file}
    assert await atelier.failed(await atelier.pictures.again(ANA, SPOT, work.id)) == "pictures.file_gone"


async def test_every_day_what_was_left_behind_is_swept_away_but_what_is_new(atelier: Atelier) -> None:
    left, new = (atelier.folder.put(content, "png") for content in (b"of a forgotten member", b"about to get its row"))
    os.utime(atelier.folder.root / left[:2] / left, (0, 0))
    days: list[float] = []

    async def sleep(seconds: float) -> None:
        days.append(seconds)
        if len(days) == 2:
            raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await atelier.pictures.stay_tidy(sleep)
    assert atelier.kept() == {new}
    assert days == [86_400.0] * 2


async def test_a_folder_that_cannot_be_tidied_keeps_nobody_from_starting(atelier: Atelier) -> None:
    await atelier.drawn()
    await replace(atelier.pictures, folder=Unreadable(atelier.folder.root)).tidy()


async def test_a_work_is_known_by_its_bytes_and_by_its_looks_after_another_encoding(atelier: Atelier) -> None:
    blots = Image.effect_noise((8, 8), 120).convert("RGB").resize((64, 64))
    atelier.engine.enqueue_picture([DrawnPicture(64, 64, blots.tobytes(), seed=1)])
    work = await atelier.drawn()
    content = await atelier.pictures.content(work)
    verifier = Verifier(atelier.credentials, atelier.works)
    assert (await verifier.verify(BEN, content)).trace is Trace.EXACT
    with BytesIO() as file, Image.open(BytesIO(content)) as image:
        image.convert("RGB").save(file, "JPEG", quality=70)
        found = await verifier.verify(BEN, file.getvalue())
    assert (found.trace, found.work) == (Trace.ALIKE, work)


async def test_forgetting_takes_a_members_works_and_what_she_brought_with_their_files(atelier: Atelier) -> None:
    await atelier.works_from(await atelier.pictures.edit(ANA, SPOT, a_photo(), "a lake"))
    his = await atelier.drawn(by=BEN)
    there = await atelier.works.append(replace(new_like(his), member_id=ANA.id, server_id=2, sha256="ab"), NOON)
    told = await atelier.pictures.export(ANA.id, ANA.server_id)
    assert [picture["prompt"] for picture in told["pictures"]] == ["a lake"]
    assert len(told["pictures_brought"]) == 1
    await atelier.pictures.forget(ANA.id, ANA.server_id)
    assert atelier.kept() == {his.file}
    assert await atelier.pictures.mine(ANA) == []
    assert (await atelier.works.work(there.id)) == there
    assert (await atelier.pictures.export(ANA.id, ANA.server_id)) == {"pictures": [], "pictures_brought": []}


async def test_after_forgetting_no_trace_of_the_member_is_left_and_what_others_made_stays(atelier: Atelier) -> None:
    stores: dict[str, PrivateStore] = {
        "styles": atelier.style_store,
        "pictures": atelier.pictures,
        "jobs": atelier.queue,
    }
    await atelier.styles.pictures.create(replace(ANA, is_admin=True), SALTY)
    work = await atelier.drawn("a secret of hers")
    await atelier.works_from(await atelier.pictures.edit(ANA, SPOT, a_photo(), "her lake"))
    (his,) = await atelier.works_from(await atelier.pictures.edit(BEN, SPOT, work.id, "his pear"))
    forgotten = await PrivacyService(atelier.database, stores, lambda: NOON).forget(ANA)
    assert forgotten.counts == {
        "picture_styles_changed": 1, "pictures": 2, "pictures_brought": 1, "requests": 2, "device_time": 1
    }  # fmt: skip
    kept = await everything(atelier.database)
    assert not re.search(rf"'Ana'|secret of hers|her lake|\b{ANA.id}\b", kept)  # seeds may hold the id's digits
    assert await atelier.pictures.mine(BEN) == [replace(his, parent_id=None)]


async def test_a_members_files_come_by_their_names_as_many_as_there_is_room_for(atelier: Atelier) -> None:
    works = [await atelier.drawn(seed=seed) for seed in (1, 2)]
    await atelier.works_from(await atelier.pictures.edit(ANA, SPOT, a_photo(), "a lake"))
    await atelier.drawn(by=BEN)
    files = await atelier.pictures.files_about(ANA.id, ANA.server_id, 2**20)
    assert {f"picture-{work.id}.png" for work in works} < set(files)
    assert sum(name.startswith("brought-") for name in files) == 1
    assert len(files) == 4
    few = await atelier.pictures.files_about(ANA.id, ANA.server_id, works[1].size_bytes + 1)
    assert sum(map(len, few.values())) <= works[1].size_bytes + 1
    assert len(few) < 4


class Unreadable(WorksFolder):
    """A folder on a disk that does not answer."""

    def keep_only(self, names: Collection[str], spare_s: float = 0.0) -> None:
        raise OSError(errno.EIO, "no answer")


def new_like(work: Work) -> NewWork:
    return NewWork(*(getattr(work, field.name) for field in fields(NewWork)))


async def test_a_members_export_brings_her_pictures_along(atelier: Atelier) -> None:
    privacy = PrivacyService(atelier.database, {"pictures": atelier.pictures}, lambda: NOON, atelier.pictures)
    assert (await privacy.export(ANA)).name == "salon-about-you.json"
    work = await atelier.drawn("a red apple")
    file = await privacy.export(ANA)
    assert file.name == "salon-about-you.zip"
    with ZipFile(BytesIO(file.content)) as archive:
        told = json.loads(archive.read("salon-about-you.json"))
        assert archive.read(f"picture-{work.id}.png") == await atelier.pictures.content(work)
    assert [picture["prompt"] for picture in told["pictures"]["pictures"]] == ["a red apple"]
    assert told["files"] == [f"picture-{work.id}.png"]
    assert (await privacy.forget(ANA)).counts == {"pictures": 1}
    assert atelier.kept() == set()
