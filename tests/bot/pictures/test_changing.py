"""Pictures made out of pictures: edits, other styles, and what members bring for them."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from bot.pictures.picture import How, Spot, Upload
from bot.pictures.rules import size_like
from bot.policy import AiPolicy
from models.requests import ImageRequest, Shape
from tests.bot.pictures.atelier import SPOT, Atelier, a_photo
from tests.bot.refusing import refused
from tests.bot.stories.making import ANA, BEN, CHANNEL

ELSEWHERE = replace(BEN, server_id=2)


def asked(atelier: Atelier) -> ImageRequest:
    return atelier.engine.pictures[-1]


def looks(content: bytes | None) -> tuple[int, int]:
    assert content is not None
    with Image.open(BytesIO(content)) as image:
        size: tuple[int, int] = image.size
        return size


async def test_an_edit_begins_from_the_work_in_its_own_style(atelier: Atelier) -> None:
    before = await atelier.drawn("a red apple", style="Ink")
    (after,) = await atelier.works_from(await atelier.pictures.edit(BEN, SPOT, before.id, "a green apple", 0.3))
    assert asked(atelier).image == await atelier.pictures.content(before)
    assert (asked(atelier).strength, asked(atelier).prompt.startswith("an ink drawing of a green apple")) == (0.3, True)
    assert (after.how, after.parent_id, after.member_id, after.strength) == (How.EDIT, before.id, BEN.id, 0.3)
    claim = atelier.credentials.read(await atelier.pictures.content(after))
    assert claim is not None
    assert claim.claim is not None
    assert claim.claim.from_picture


async def test_a_photo_keeps_its_ratio_as_far_as_the_pipeline_draws_it(atelier: Atelier) -> None:
    assert atelier.engine.image_card is not None
    card = replace(atelier.engine.image_card, sizes={Shape.WIDE: (384, 256), Shape.SQUARE: (256, 256)})
    assert size_like((1_400, 1_000), card) == (368, 256)
    assert size_like((300, 200), card) == (384, 256)
    assert size_like((3_000, 1_000), card) == (384, 256)


async def test_without_words_a_strength_draws_the_works_own_words_again(atelier: Atelier) -> None:
    before = await atelier.drawn("a red apple")
    await atelier.works_from(await atelier.pictures.edit(ANA, SPOT, before.id, strength=0.9))
    assert asked(atelier).prompt == "a red apple"
    with refused("pictures.no_instruction"):
        await atelier.pictures.edit(ANA, SPOT, a_photo(), strength=0.9)


async def test_a_pipeline_that_takes_instructions_is_told_the_words_alone(atelier: Atelier) -> None:
    before = await atelier.drawn("a red apple", style="Ink")
    atelier.can(edits="instruction")
    await atelier.works_from(await atelier.pictures.edit(ANA, SPOT, before.id, "make it green"))
    assert asked(atelier).prompt == "make it green"
    with refused("pictures.no_strength"):
        await atelier.pictures.edit(ANA, SPOT, before.id, "make it green", 0.5)
    with refused("pictures.no_instruction"):
        await atelier.pictures.edit(ANA, SPOT, before.id)


async def test_a_brought_picture_is_kept_upright_without_metadata_and_drawn_in_the_shape_most_like_it(
    atelier: Atelier,
) -> None:
    photo = Image.new("RGB", (40, 60), "teal")
    exif = Image.Exif()
    exif[0x0112] = 6  # turn a quarter to the right
    exif[0x010E] = "taken at home"
    with BytesIO() as file:
        photo.save(file, "JPEG", exif=exif)
        upload = Upload(file.getvalue(), "photo.jpg")
    (work,) = await atelier.works_from(await atelier.pictures.edit(ANA, SPOT, upload, "a lake"))
    assert looks(asked(atelier).image) == (60, 40)
    assert (work.width, work.height) == atelier.image_card.sizes[Shape.WIDE]
    assert b"taken at home" not in (asked(atelier).image or b"")
    assert work.parent_id is None


async def test_a_large_picture_is_made_smaller_before_it_is_kept(atelier: Atelier) -> None:
    await atelier.works_from(await atelier.pictures.edit(ANA, SPOT, a_photo(3_000, 1_500), "a lake"))
    assert looks(asked(atelier).image) == (2_048, 1_024)


async def test_what_was_brought_waits_with_its_job(atelier: Atelier) -> None:
    atelier.engine.hold()
    job = await atelier.pictures.edit(ANA, SPOT, a_photo(), "a lake")
    assert [file.name for file in atelier.folder.root.glob("*/*")] == [job.asked["image"]]
    atelier.engine.release()
    await atelier.works_from(job)


@pytest.mark.parametrize("content", [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"PK\x03\x04 a zip.png"])
async def test_what_is_no_picture_is_refused_and_not_kept(atelier: Atelier, content: bytes) -> None:
    with refused("safety.not_a_picture"):
        await atelier.pictures.edit(ANA, SPOT, Upload(content, "picture.png"), "a lake")
    assert atelier.kept() == set()


async def test_nothing_sexual_is_drawn_over_a_photo_nor_over_what_was_made_from_one(atelier: Atelier) -> None:
    with refused("safety.forbidden_over_upload"):
        await atelier.pictures.edit(ANA, SPOT, a_photo(), "the same, naked")
    (first,) = await atelier.works_from(await atelier.pictures.edit(ANA, SPOT, a_photo(), "a lake"))
    (second,) = await atelier.works_from(await atelier.pictures.vary(ANA, SPOT, first.id))
    for change in (
        atelier.pictures.edit(ANA, SPOT, second.id, "the same, naked"),
        atelier.pictures.redraw(BEN, SPOT, second.id, "the same, naked"),
    ):
        with refused("safety.forbidden_over_upload"):
            await change
    drawn = await atelier.drawn("a statue")
    await atelier.works_from(await atelier.pictures.edit(ANA, SPOT, drawn.id, "a nude statue"))


async def test_nor_where_a_second_picture_is_looked_at(atelier: Atelier) -> None:
    atelier.can(edits="instruction")
    nude = await atelier.drawn("a nude statue")
    with refused("safety.forbidden_over_upload"):
        await atelier.pictures.restyle(ANA, SPOT, nude.id, style_source=a_photo())


async def test_a_work_is_drawn_anew_in_a_style_by_its_name(atelier: Atelier) -> None:
    before = await atelier.drawn("a red apple", style="Ink")
    (after,) = await atelier.works_from(await atelier.pictures.restyle(ANA, SPOT, before.id, "Watercolour"))
    assert asked(atelier).prompt.startswith("a watercolour painting of a red apple")
    assert (after.how, after.style, after.prompt) == (How.RESTYLE, "Watercolour", "a red apple")
    atelier.can(edits="instruction")
    await atelier.works_from(await atelier.pictures.restyle(ANA, SPOT, before.id, "Watercolour"))
    assert asked(atelier).prompt.startswith("Redraw this picture in this style: a watercolour painting of")


async def test_a_second_picture_can_be_the_style_where_the_pipeline_looks_at_some(atelier: Atelier) -> None:
    atelier.can(edits="instruction")
    before, model = await atelier.drawn("a red apple"), await atelier.drawn("waves")
    await atelier.works_from(await atelier.pictures.restyle(ANA, SPOT, before.id, style_source=model.id))
    assert asked(atelier).image == await atelier.pictures.content(before)
    assert asked(atelier).references == (await atelier.pictures.content(model),)
    assert "in the style of the second one" in asked(atelier).prompt
    atelier.can(references=0)
    with refused("pictures.no_references"):
        await atelier.pictures.restyle(ANA, SPOT, before.id, style_source=model.id)


async def test_a_restyled_photo_says_in_its_alternative_text_what_it_is(atelier: Atelier) -> None:
    (work,) = await atelier.works_from(await atelier.pictures.restyle(ANA, SPOT, a_photo(), "Ink"))
    assert work.prompt == ""
    assert "Ink" in work.alt


async def test_either_a_name_or_a_picture_is_the_style(atelier: Atelier) -> None:
    before = await atelier.drawn()
    for both in ({}, {"style": "Ink", "style_source": before.id}):
        with refused("pictures.one_style"):
            await atelier.pictures.restyle(ANA, SPOT, before.id, **both)  # type: ignore[arg-type]


async def test_a_pipeline_that_changes_nothing_says_so(atelier: Atelier) -> None:
    before = await atelier.drawn()
    atelier.can(edits=None)
    for change in (
        atelier.pictures.edit(ANA, SPOT, before.id, "x"),
        atelier.pictures.restyle(ANA, SPOT, before.id, "Ink"),
    ):
        with refused("pictures.cannot_edit"):
            await change


@pytest.mark.parametrize("strength", [-0.1, 0.0, 1.1, float("nan")])
async def test_a_strength_is_from_nothing_to_all(atelier: Atelier, strength: float) -> None:
    before = await atelier.drawn()
    with refused("pictures.bad_strength"):
        await atelier.pictures.edit(ANA, SPOT, before.id, "green", strength)


async def test_a_picture_of_another_server_is_not_there(atelier: Atelier) -> None:
    before = await atelier.drawn()
    for change in (
        atelier.pictures.edit(ELSEWHERE, SPOT, before.id, "green"),
        atelier.pictures.restyle(ELSEWHERE, SPOT, before.id, "Ink"),
        atelier.pictures.restyle(ELSEWHERE, SPOT, a_photo(), style_source=before.id),
    ):
        with refused("pictures.unknown"):
            await change


async def test_a_spoiler_stays_one_however_it_is_changed(atelier: Atelier) -> None:
    before = await atelier.drawn(spoiler=True)
    (after,) = await atelier.works_from(await atelier.pictures.edit(ANA, SPOT, before.id, "green"))
    assert after.is_spoiler


async def test_a_picture_that_is_deleted_while_its_edit_waits_is_missed_in_a_sentence(atelier: Atelier) -> None:
    before = await atelier.drawn()
    atelier.engine.hold()
    running = [await atelier.pictures.edit(by, SPOT, before.id, "green") for by in (ANA, BEN)]
    waiting = await atelier.pictures.edit(replace(ANA, id=9), SPOT, before.id, "blue")
    await atelier.engine.came(3)
    await atelier.pictures.delete(ANA, before.id)
    atelier.engine.release()
    assert await atelier.failed(waiting) == "pictures.file_gone"
    assert [work.parent_id for job in running for work in await atelier.works_from(job)] == [None, None]


async def test_people_only_channels_take_no_edits_and_keep_nothing_of_them(atelier: Atelier) -> None:
    await atelier.wants(AiPolicy.HUMAN_ONLY)
    with refused("channels.human_only"):
        await atelier.pictures.edit(ANA, Spot(CHANNEL, SPOT.reply), a_photo(), "a lake")
    assert atelier.kept() == set()
