"""The cast book: who may write what into it, and what it keeps."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from bot.cast.entry import CastChange, CastEntry, CastKind, NewEntry
from bot.cast.portrait import LONGEST_PX
from bot.cast.rules import ENTRIES_PER_STORY_MAX, named_in
from bot.people import Channel, Member
from tests.bot.illustrations.gallery import Gallery
from tests.bot.pictures.atelier import a_photo
from tests.bot.refusing import refused
from tests.bot.stories.making import ADMIN, ANA, BEN, CEM, CHANNEL, NOON, SERVER

ELSEWHERE = Channel(20, SERVER)
STRANGER = Member(900, "Zoe", server_id=2, is_admin=True)


def entry(name: str, id: int = 1) -> CastEntry:
    return CastEntry(id, 1, CastKind.PERSON, name, "tall", ANA.id, NOON)


async def test_those_in_the_story_add_people_and_places_and_everyone_reads_them(gallery: Gallery) -> None:
    await gallery.started("The lamp was dark.")
    mara = await gallery.cast.add(ANA, CHANNEL, NewEntry(" Mara\n", "grey coat,  red scarf"))
    tower = await gallery.cast.add(ANA, CHANNEL, NewEntry("The tower", "white, leaning", CastKind.PLACE))
    assert (mara.name, mara.traits, mara.kind, mara.added_by) == ("Mara", "grey coat, red scarf", "person", ANA.id)
    assert await gallery.cast.list(CEM, CHANNEL) == [mara, tower]
    assert await gallery.cast.get(CEM, CHANNEL, "MARA") == mara


async def test_who_is_not_in_the_story_adds_nobody(gallery: Gallery) -> None:
    await gallery.started("The lamp was dark.")
    with refused("stories.not_in_story"):
        await gallery.knows("Pim", "small", by=BEN)
    await gallery.stories.add(BEN, CHANNEL, "Pim came in.")
    await gallery.knows("Pim", "small", by=BEN)


async def test_a_story_has_each_name_once_and_another_story_has_it_too(gallery: Gallery) -> None:
    await gallery.started("One.")
    await gallery.knows("Mara", "grey coat")
    with refused("cast.name_taken"):
        await gallery.knows("mara", "red coat")
    await gallery.started("Two.")
    await gallery.knows("mara", "red coat")


@pytest.mark.parametrize("member", [BEN, ANA, ADMIN])
async def test_the_one_who_added_it_the_host_and_admins_change_and_remove_an_entry(
    gallery: Gallery, member: Member
) -> None:
    await gallery.started("One.")
    await gallery.stories.add(BEN, CHANNEL, "Two.")
    await gallery.knows("Pim", "small", by=BEN)
    changed = await gallery.cast.edit(member, CHANNEL, "pim", CastChange(name="Pip", traits="tall"))
    assert (changed.name, changed.traits, changed.kind, changed.added_by) == ("Pip", "tall", "person", BEN.id)
    await gallery.cast.remove(member, CHANNEL, "Pip")
    assert await gallery.cast.list(ANA, CHANNEL) == []


async def test_others_do_not_change_it(gallery: Gallery) -> None:
    await gallery.started("One.")
    await gallery.stories.add(BEN, CHANNEL, "Two.")
    await gallery.knows("Mara", "grey coat")
    for change in (
        gallery.cast.edit(BEN, CHANNEL, "Mara", CastChange(traits="red coat")),
        gallery.cast.remove(BEN, CHANNEL, "Mara"),
    ):
        with refused("cast.not_yours"):
            await change


async def test_an_entry_keeps_its_own_name_but_takes_nobody_elses(gallery: Gallery) -> None:
    await gallery.started("One.")
    await gallery.knows("Mara", "grey coat")
    await gallery.knows("Pim", "small")
    assert (await gallery.cast.edit(ANA, CHANNEL, "Mara", CastChange(name="MARA"))).name == "MARA"
    with refused("cast.name_taken"):
        await gallery.cast.edit(ANA, CHANNEL, "Mara", CastChange(name="pim"))
    with refused("cast.nothing_given"):
        await gallery.cast.edit(ANA, CHANNEL, "Mara", CastChange())


async def test_a_cast_is_its_channels_and_its_servers(gallery: Gallery) -> None:
    story = await gallery.started("One.")
    await gallery.knows("Mara", "grey coat")
    with refused("cast.unknown"):
        await gallery.cast.get(ANA, CHANNEL, "Pim")
    with refused("stories.lives_elsewhere"):
        await gallery.cast.list(ANA, ELSEWHERE, story.id)
    with refused("stories.unknown"):
        await gallery.cast.list(STRANGER, Channel(30, 2), story.id)


@pytest.mark.parametrize(
    ("name", "traits", "key"),
    [
        (" \u200b", "tall", "cast.bad_name"),
        ("🙂", "tall", "cast.bad_name"),
        ("x" * 41, "tall", "cast.bad_name"),
        ("Mara", "\0\n", "cast.no_traits"),
        ("Mara", "x" * 201, "cast.long_traits"),
        ("Mara", "a naked six year old", "safety.forbidden_prompt"),
    ],
)
async def test_an_entry_keeps_within_its_bounds(gallery: Gallery, name: str, traits: str, key: str) -> None:
    await gallery.started("One.")
    with refused(key):
        await gallery.knows(name, traits)
    assert await gallery.cast.list(ANA, CHANNEL) == []


async def test_the_servers_words_hold_for_looks_too(gallery: Gallery) -> None:
    await gallery.started("One.")
    await gallery.words.change(ADMIN, "beige")
    with refused("safety.forbidden_word"):
        await gallery.knows("Mara", "a beige coat")
    await gallery.knows("Mara", "a grey coat")
    with refused("safety.forbidden_word"):
        await gallery.cast.edit(ANA, CHANNEL, "Mara", CastChange(traits="a beige coat"))


async def test_a_cast_has_a_bound(gallery: Gallery) -> None:
    await gallery.started("One.")
    for number in range(ENTRIES_PER_STORY_MAX):
        await gallery.knows(f"Guest {number}", "tall")
    with refused("cast.too_many"):
        await gallery.knows("Mara", "grey coat")


async def test_a_picture_is_kept_small_and_can_be_replaced_and_dropped(gallery: Gallery) -> None:
    await gallery.started("One.")
    mara = await gallery.knows("Mara", "grey coat", picture=a_photo(2_000, 1_000).content)
    first = await gallery.cast.picture(mara)
    assert first is not None
    with Image.open(BytesIO(first)) as image:
        assert (image.format, image.size) == ("WEBP", (LONGEST_PX, LONGEST_PX // 2))
    other = await gallery.cast.edit(ANA, CHANNEL, "Mara", CastChange(picture=a_photo(colour="red").content))
    assert await gallery.cast.picture(other) not in (None, first)
    none = await gallery.cast.edit(ANA, CHANNEL, "Mara", CastChange(drops_picture=True))
    assert not none.has_picture
    assert await gallery.cast.picture(none) is None


async def test_what_is_no_picture_changes_nothing(gallery: Gallery) -> None:
    await gallery.started("One.")
    with refused("safety.not_a_picture"):
        await gallery.knows("Mara", "grey coat", picture=b"<svg/>")
    assert await gallery.cast.list(ANA, CHANNEL) == []


async def test_a_picture_that_shows_too_much_is_nobodys_portrait_anywhere(gallery: Gallery) -> None:
    await gallery.started("One.")
    await gallery.knows("Mara", "grey coat")
    gallery.judge.scores = [0.9]
    photo = a_photo().content
    for channel in (CHANNEL, replace(CHANNEL, is_age_restricted=True)):
        with refused("cast.explicit"):
            await gallery.cast.add(ANA, channel, NewEntry("Pim", "small", picture=photo))
        with refused("cast.explicit"):
            await gallery.cast.edit(ANA, channel, "Mara", CastChange(traits="red coat", picture=photo))
    (mara,) = await gallery.cast.list(ANA, CHANNEL)
    assert (mara.traits, mara.has_picture) == ("grey coat", False)


async def test_a_finished_story_still_gets_a_cast_for_its_pictures(gallery: Gallery) -> None:
    await gallery.started("One.")
    await gallery.stories.finish(ANA, CHANNEL)
    assert (await gallery.knows("Mara", "grey coat")).name == "Mara"


async def test_what_a_member_added_is_told_and_forgotten(gallery: Gallery) -> None:
    await gallery.started("One.")
    await gallery.stories.add(BEN, CHANNEL, "Two.")
    await gallery.knows("Mara", "grey coat")
    await gallery.knows("Pim", "small", by=BEN, picture=a_photo().content)
    (told,) = (await gallery.cast_store.export(BEN.id, SERVER))["cast_entries"]
    assert (told["name"], told["traits"], told["added_at"]) == ("Pim", "small", NOON.isoformat())
    assert told["picture_bytes"] > 0
    await gallery.cast_store.forget(BEN.id, 2)
    await gallery.cast_store.forget(BEN.id, SERVER)
    assert [each.name for each in await gallery.cast.list(ANA, CHANNEL)] == ["Mara"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Pim saw MARA, and mara saw Pim.", ["Pim", "Mara"]),
        ("Marathon, Pimento.", []),
        ("(Mara’s coat)", ["Mara"]),
        ("J. R. stood there", ["J. R."]),
        ("", []),
    ],
)
def test_names_are_found_as_whole_words_in_the_order_they_appear(text: str, names: list[str]) -> None:
    cast = [entry("Mara"), entry("Pim", 2), entry("J. R.", 3)]
    assert [each.name for each in named_in(text, cast)] == names
