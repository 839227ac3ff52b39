"""Pictures beside passages: who puts them there, who takes them out, and what may not stand in a story."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from bot.illustrations.picture import Tied
from bot.illustrations.rules import PICTURES_PER_PASSAGE_MAX
from bot.people import Channel, Member
from bot.pictures.picture import Purpose, Source, Upload
from bot.policy import AiPolicy
from bot.privacy import PrivacyService, PrivateStore
from tests.bot.illustrations.gallery import Gallery
from tests.bot.pictures.atelier import SPOT, a_photo
from tests.bot.refusing import refused
from tests.bot.stories.making import ADMIN, ANA, BEN, CEM, CHANNEL, NOON, SERVER
from tests.bot.test_privacy import everything

STRANGER = Member(900, "Zoe", server_id=2, is_admin=True)


async def tied(gallery: Gallery, source: Source, by: Member = BEN, alt: str = "") -> Tied:
    return await gallery.illustrations.tie(by, CHANNEL, source, alt)


async def shown(gallery: Gallery) -> list[str]:
    """Return what is said of the story's pictures, passage by passage."""
    beside = await gallery.illustrations.beside(await gallery.stories.passages(ANA, CHANNEL))
    return [picture.alt for pictures in beside.values() for picture in pictures]


async def test_anyone_puts_a_work_beside_the_passage_the_story_stands_at(gallery: Gallery) -> None:
    await gallery.started("One.", "Two.")
    work = await gallery.drawn("a red apple")
    put = await tied(gallery, work.id)
    assert (put.passage.text, put.story.title, put.is_new) == ("Two.", "The Lighthouse", True)
    assert (put.picture.work_id, put.picture.by_ai, put.picture.added_by_name) == (work.id, True, "Ben")
    assert await shown(gallery) == ["a red apple"]
    assert (await gallery.pictures.work(ANA, work.id)).is_spared


async def test_a_work_stands_beside_a_passage_once(gallery: Gallery) -> None:
    await gallery.started("One.")
    work = await gallery.drawn()
    first = await tied(gallery, work.id)
    again = await tied(gallery, work.id, by=CEM)
    assert (again.picture, again.is_new) == (first.picture, False)
    await gallery.stories.add(ANA, CHANNEL, "Two.")
    assert (await tied(gallery, work.id)).is_new


async def test_a_member_brings_a_picture_of_her_own(gallery: Gallery) -> None:
    await gallery.started("One.")
    put = await tied(gallery, a_photo(), alt="  My\nown  drawing ")
    assert (put.picture.alt, put.picture.by_ai, put.picture.model) == ("My own drawing", False, None)
    assert (await gallery.illustrations.content(put.picture)).startswith(b"RIFF")
    unnamed = await tied(gallery, a_photo(colour="red"))
    assert unnamed.picture.alt == "A picture that Ben brought."


async def test_what_was_drawn_here_is_not_taken_for_somebodys_own(gallery: Gallery) -> None:
    await gallery.started("One.")
    work = await gallery.drawn()
    saved = Upload(await gallery.pictures.content(work), "mine.png")
    assert (await tied(gallery, saved)).picture.work_id == work.id
    there = replace(STRANGER)
    await gallery.stories.start(there, Channel(30, 2), "Elsewhere", "One.")
    elsewhere = await gallery.illustrations.tie(there, Channel(30, 2), saved)
    assert elsewhere.picture.work_id is None


@pytest.mark.parametrize("member", [BEN, ANA, ADMIN])
async def test_who_put_it_in_the_host_and_admins_take_a_picture_out(gallery: Gallery, member: Member) -> None:
    await gallery.started("One.")
    work = await gallery.drawn()
    put = await tied(gallery, work.id)
    out = await gallery.illustrations.untie(member, CHANNEL, put.picture.id)
    assert (out.picture, out.passage.text) == (put.picture, "One.")
    assert await shown(gallery) == []
    assert not (await gallery.pictures.work(ANA, work.id)).is_spared
    with refused("illustrations.unknown"):
        await gallery.illustrations.untie(member, CHANNEL, put.picture.id)


async def test_others_do_not_take_it_out(gallery: Gallery) -> None:
    await gallery.started("One.")
    put = await tied(gallery, a_photo())
    with refused("illustrations.not_yours"):
        await gallery.illustrations.untie(CEM, CHANNEL, put.picture.id)
    with refused("illustrations.unknown"):
        await gallery.illustrations.untie(STRANGER, Channel(30, 2), put.picture.id)
    with refused("stories.lives_elsewhere"):
        await gallery.illustrations.untie(BEN, Channel(20, SERVER), put.picture.id)


async def test_a_work_that_stands_in_another_story_too_stays_spared(gallery: Gallery) -> None:
    await gallery.started("One.")
    work = await gallery.drawn()
    first = await tied(gallery, work.id)
    await gallery.started("Another.")
    await tied(gallery, work.id)
    await gallery.illustrations.untie(BEN, CHANNEL, first.picture.id)
    assert (await gallery.pictures.work(ANA, work.id)).is_spared


async def test_a_work_that_is_deleted_is_gone_from_the_story(gallery: Gallery) -> None:
    await gallery.started("One.")
    work = await gallery.drawn()
    await tied(gallery, work.id)
    await gallery.pictures.delete(ANA, work.id)
    assert await shown(gallery) == []


async def test_a_work_that_its_maker_has_described_is_described_in_the_story_too(gallery: Gallery) -> None:
    await gallery.started("One.")
    work = await gallery.drawn("a red apple")
    await tied(gallery, work.id)
    await tied(gallery, a_photo(), alt="Ben's own")
    gallery.engine.enqueue(["An apple on a table."])
    await gallery.ended(await gallery.pictures.describe(ANA, SPOT, work.id, Purpose.ALT))
    assert await shown(gallery) == ["An apple on a table.", "Ben's own"]
    told = (await gallery.ties.export(BEN.id, SERVER))["story_pictures"]
    assert [each["alt"] for each in told] == ["An apple on a table.", "Ben's own"]


async def test_a_passage_that_is_taken_back_takes_its_picture_along_and_brings_it_back(gallery: Gallery) -> None:
    await gallery.started("One.", "Two.")
    await tied(gallery, a_photo(), alt="Mine")
    await gallery.stories.undo(ANA, CHANNEL)
    assert await shown(gallery) == []
    await gallery.stories.redo(ANA, CHANNEL)
    assert await shown(gallery) == ["Mine"]


async def test_beside_words_that_were_removed_no_picture_is_shown(gallery: Gallery) -> None:
    await gallery.started("One.")
    passage = (await gallery.stories.add(BEN, CHANNEL, "Ben's words.")).passage
    await tied(gallery, a_photo(), by=CEM)
    await gallery.store.forget(BEN.id, SERVER)
    assert await shown(gallery) == []
    with refused("illustrations.was_removed"):
        await gallery.illustrations.tie(CEM, CHANNEL, a_photo(), passage_id=passage.id)
    assert (await tied(gallery, a_photo(colour="red"), by=CEM)).passage.text == "One."


async def test_what_belongs_into_age_restricted_channels_stays_there(gallery: Gallery) -> None:
    await gallery.started("One.")
    work = await gallery.drawn()
    gallery.judge.scores = [0.9]
    sources: tuple[Source, ...] = (work.id, a_photo())
    for source in sources:
        with refused("illustrations.belongs_elsewhere"):
            await tied(gallery, source)
    restricted = replace(CHANNEL, is_age_restricted=True)
    for source in sources:
        assert (await gallery.illustrations.tie(ANA, restricted, source)).picture.is_spoiler


async def test_in_a_channel_of_people_only_the_pictures_are_peoples_too(gallery: Gallery) -> None:
    await gallery.started("One.")
    work = await gallery.drawn()
    await gallery.wants(AiPolicy.HUMAN_ONLY)
    with refused("channels.human_only"):
        await tied(gallery, work.id)
    assert (await tied(gallery, a_photo())).is_new


async def test_what_cannot_be_put_there_says_why(gallery: Gallery) -> None:
    with refused("stories.none_here"):
        await tied(gallery, a_photo())
    await gallery.started("One.")
    with refused("pictures.unknown"):
        await tied(gallery, 999)
    with refused("safety.not_a_picture"):
        await tied(gallery, Upload(b"PK\x03\x04", "zip.png"))
    work = await gallery.drawn()
    with refused("pictures.unknown"):
        await gallery.illustrations.tie(STRANGER, Channel(30, 2), work.id)


async def test_beside_a_passage_there_is_room_for_as_many_as_a_message_holds(gallery: Gallery) -> None:
    await gallery.started("One.")
    for number in range(PICTURES_PER_PASSAGE_MAX):
        await tied(gallery, a_photo(width=10 + number))
    with refused("illustrations.too_many"):
        await tied(gallery, a_photo())


async def test_what_a_member_put_into_stories_is_told_and_forgotten(gallery: Gallery) -> None:
    await gallery.started("One.")
    work = await gallery.drawn()
    await tied(gallery, work.id)
    await tied(gallery, a_photo(), alt="Ben's own")
    told = (await gallery.ties.export(BEN.id, SERVER))["story_pictures"]
    assert [(each["work_id"], each["alt"]) for each in told] == [(work.id, "a red apple"), (None, "Ben's own")]
    assert told[1]["upload_bytes"] > 0
    await gallery.ties.forget(BEN.id, 2)
    assert await shown(gallery) == ["a red apple", "Ben's own"]
    await gallery.ties.forget(BEN.id, SERVER)
    assert await shown(gallery) == ["a red apple"]
    assert (await gallery.ties.export(BEN.id, None))["story_pictures"] == []


async def test_after_forgetting_no_trace_of_the_member_is_left_in_illustrated_stories(gallery: Gallery) -> None:
    gallery.can(references=2)
    await gallery.started("Mara met Pim.")
    await gallery.stories.add(BEN, CHANNEL, "Pim slept.")
    await gallery.knows("Pim", "Ben's looks", by=BEN, picture=a_photo().content)
    first, _ = await gallery.stories.passages(ANA, CHANNEL)
    (hers,) = await gallery.works_from(await gallery.illustrated(passage_id=first.id))
    await gallery.illustrated(by=BEN, passage_id=first.id, steer="Ben's hint")
    await tied(gallery, hers.id, by=BEN)
    await tied(gallery, a_photo(colour="red"), alt="Ben's own")
    stores: dict[str, PrivateStore] = {
        "stories": gallery.store,
        "pictures": gallery.pictures,
        "cast": gallery.cast_store,
        "ties": gallery.ties,
        "jobs": gallery.queue,
    }
    await PrivacyService(gallery.database, stores, lambda: NOON).forget(BEN)
    kept = await everything(gallery.database)
    assert not re.search(rf"\b{BEN.id}\b", kept)  # as a number of its own: hashes and seeds hold its digits by chance
    for trace in ("'Ben'", "Ben's hint", "Ben's own"):
        assert trace not in kept
    assert await shown(gallery) == [hers.alt]
    assert gallery.kept() == {hers.file}
