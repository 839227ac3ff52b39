"""From a wish to a work: what is frozen, what is drawn, and what is kept of it."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from io import BytesIO

import pytest
from PIL import Image

from bot.people import Channel
from bot.pictures.picture import How, Spot, Wish
from bot.policy import AiPolicy
from bot.roles.rules import RoleWeight
from bot.styles.picture_style import PictureStyle
from models.requests import Shape
from tests.bot.pictures.atelier import SALTY, SPOT, Atelier
from tests.bot.refusing import refused
from tests.bot.stories.making import ADMIN, ANA, BEN, CHANNEL, NOON


async def test_a_wish_becomes_a_work_with_all_that_made_it(atelier: Atelier) -> None:
    work = await atelier.drawn("a red apple", avoid="worms", seed=7)
    assert (work.prompt, work.avoid, work.style, work.seed, work.how) == (
        "a red apple",
        "worms",
        "As asked",
        7,
        How.IMAGINE,
    )
    assert (work.width, work.height, work.steps, work.guidance) == (64, 64, 4, 2.0)
    assert (work.model, work.member_id, work.member_name, work.channel_id) == (
        "scripted pictures",
        ANA.id,
        "Ana",
        CHANNEL.id,
    )
    assert (work.alt, work.is_spoiler, work.may_show, work.has_file) == ("a red apple", False, False, True)
    assert (work.made_at, work.took_ms, work.parent_id) == (NOON, 100.0, None)


async def test_the_file_is_the_picture_by_its_hash_and_carries_a_signature(atelier: Atelier) -> None:
    work = await atelier.drawn(seed=7)
    content = await atelier.pictures.content(work)
    assert sha256(content).hexdigest() == work.sha256
    assert len(content) == work.size_bytes
    with Image.open(BytesIO(content)) as image:
        assert (image.format, image.size) == ("PNG", (64, 64))
    manifest = atelier.credentials.read(content)
    assert manifest is not None
    assert manifest.is_intact
    assert manifest.claim is not None
    assert (manifest.claim.job_id, manifest.claim.seed, manifest.claim.made_at) == (work.job_id, 7, NOON)


async def test_four_pictures_have_four_seeds_and_share_the_devices_time(atelier: Atelier) -> None:
    works = await atelier.works_from(await atelier.pictures.imagine(ANA, SPOT, Wish("apples", count=4, seed=2**32 - 2)))
    assert [work.seed for work in works] == [2**32 - 2, 2**32 - 1, 0, 1]
    assert [work.took_ms for work in works] == [25.0] * 4
    assert len({work.sha256 for work in works}) == 4
    assert await atelier.pictures.works_of(works[0].job_id) == works


async def test_the_style_stands_around_the_words_and_says_how_it_is_drawn(atelier: Atelier) -> None:
    await atelier.styles.pictures.create(ADMIN, SALTY)
    await atelier.drawn("a harbour.", style="salty", avoid="ships")
    (request,) = atelier.engine.pictures
    assert request.prompt == "an etching of a harbour, salt and spray"
    assert (request.avoid, request.steps, request.guidance, request.lora) == ("land, ships", 12, 5.0, "ana/etching")
    assert (request.width, request.height) == atelier.image_card.sizes[Shape.WIDE]


async def test_a_style_that_is_deleted_while_waiting_is_drawn_in_all_the_same(atelier: Atelier) -> None:
    await atelier.styles.pictures.create(ADMIN, SALTY)
    atelier.engine.hold()
    running = [await atelier.pictures.imagine(by, SPOT, Wish("a hill")) for by in (ADMIN, BEN)]
    job = await atelier.pictures.imagine(ANA, SPOT, Wish("a harbour", style="Salty"))
    await atelier.styles.pictures.delete(ADMIN, "Salty")
    atelier.engine.release()
    (work,) = await atelier.works_from(job)
    assert work.style == "Salty"
    assert atelier.engine.pictures[-1].prompt == "an etching of a harbour, salt and spray"
    for other in running:
        await atelier.ended(other)


@pytest.mark.parametrize("shape", list(Shape))
async def test_a_picture_has_the_shape_that_was_asked_for(atelier: Atelier, shape: Shape) -> None:
    work = await atelier.drawn(shape=shape)
    assert (work.width, work.height) == atelier.image_card.sizes[shape]


async def test_the_members_role_weighs_in_the_line(atelier: Atelier) -> None:
    await atelier.roles.set_weight(ADMIN, 55, 2.0)
    job = await atelier.pictures.imagine(replace(ANA, role_ids=(55,)), SPOT, Wish("an apple"))
    assert job.weight == RoleWeight(55, 2.0).weight


async def test_the_same_wish_with_the_same_seed_is_asked_in_the_same_words(atelier: Atelier) -> None:
    one, other = await atelier.drawn(seed=5), await atelier.drawn(seed=5)
    first, second = atelier.engine.pictures
    assert replace(first, id=second.id) == second
    assert one.fingerprint == other.fingerprint


async def test_a_seed_that_nobody_chose_is_kept_so_that_the_picture_can_be_had_again(atelier: Atelier) -> None:
    seeds = {(await atelier.drawn()).seed for _ in range(3)}
    assert len(seeds) == 3


async def test_emoji_are_read_to_the_model_and_kept_as_they_were_written(atelier: Atelier) -> None:
    work = await atelier.drawn("🍎🔥")
    assert atelier.engine.pictures[0].prompt == "red apple fire"
    assert work.prompt == "🍎🔥"


async def test_nul_bytes_are_taken_out_of_a_prompt(atelier: Atelier) -> None:
    assert (await atelier.drawn("a red\0 apple\0")).prompt == "a red apple"


@pytest.mark.parametrize(
    ("wish", "key"),
    [
        (Wish(""), "safety.empty"),
        (Wish(" \0\u200b"), "safety.empty"),
        (Wish("***"), "safety.only_markup"),
        (Wish("x" * 4_000), "pictures.long_prompt"),
        (Wish("apple", avoid="x" * 501), "pictures.long_avoid"),
        (Wish("apple", count=0), "pictures.bad_count"),
        (Wish("apple", count=5), "pictures.bad_count"),
        (Wish("apple", seed=-1), "pictures.bad_seed"),
        (Wish("apple", seed=2**32), "pictures.bad_seed"),
        (Wish("apple", style="Unheard of"), "styles.unknown"),
    ],
)
async def test_a_wish_that_cannot_be_is_refused_before_it_waits(atelier: Atelier, wish: Wish, key: str) -> None:
    with refused(key):
        await atelier.pictures.imagine(ANA, SPOT, wish)
    assert await atelier.queue.undelivered() == []


async def test_a_shape_the_pipeline_lacks_is_refused_and_a_styles_gives_way(atelier: Atelier) -> None:
    atelier.can(sizes={Shape.SQUARE: (64, 64)})
    with refused("pictures.no_shape"):
        await atelier.pictures.imagine(ANA, SPOT, Wish("apple", shape=Shape.WIDE))
    await atelier.styles.pictures.create(ADMIN, SALTY)
    assert (await atelier.drawn(style="Salty")).width == 64


async def test_what_to_avoid_is_refused_where_the_pipeline_cannot_be_told_and_a_styles_is_left_out(
    atelier: Atelier,
) -> None:
    atelier.can(takes_avoid=False)
    with refused("pictures.no_avoid"):
        await atelier.pictures.imagine(ANA, SPOT, Wish("apple", avoid="worms"))
    await atelier.styles.pictures.create(ADMIN, SALTY)
    await atelier.drawn(style="Salty")
    assert atelier.engine.pictures[0].avoid == ""


async def test_a_style_with_a_lora_is_refused_where_the_pipeline_takes_none(atelier: Atelier) -> None:
    await atelier.styles.pictures.create(ADMIN, SALTY)
    atelier.can(takes_lora=False)
    with refused("pictures.no_lora"):
        await atelier.pictures.imagine(ANA, SPOT, Wish("apple", style="Salty"))


async def test_without_a_pipeline_the_sentence_names_the_setting_that_loads_one(atelier: Atelier) -> None:
    atelier.engine.image_card = None
    with refused("pictures.no_pipeline") as error:
        await atelier.pictures.imagine(ANA, SPOT, Wish("apple"))
    assert "SALON_IMAGE_MODEL" in str(error.value)


async def test_a_channel_of_peoples_own_draws_nothing_nor_do_its_threads(atelier: Atelier) -> None:
    await atelier.wants(AiPolicy.HUMAN_ONLY)
    thread = Spot(Channel(11, CHANNEL.server_id, parent_id=CHANNEL.id), SPOT.reply)
    for spot in (SPOT, thread):
        with refused("channels.human_only"):
            await atelier.pictures.imagine(ANA, spot, Wish("apple"))


async def test_words_on_the_servers_list_are_refused(atelier: Atelier) -> None:
    await atelier.words.change(ADMIN, "broccoli")
    with refused("safety.forbidden_word"):
        await atelier.pictures.imagine(ANA, SPOT, Wish("a dish of Broccoli"))
    assert (await atelier.drawn("a dish of carrots")).prompt == "a dish of carrots"


@pytest.mark.parametrize("adds", [{"after": "nude"}, {"avoid": "clothes"}, {"lora": "ana/nude-xl"}])
async def test_what_a_style_adds_is_judged_with_the_words(atelier: Atelier, adds: dict[str, str]) -> None:
    await atelier.styles.pictures.create(ADMIN, PictureStyle("Odd", "", **adds))  # type: ignore[arg-type]
    await atelier.pictures.imagine(ANA, SPOT, Wish("a statue", "Odd"))
    with refused("safety.forbidden_prompt"):
        await atelier.pictures.imagine(ANA, SPOT, Wish("a girl", "Odd"))


async def test_what_is_to_be_avoided_is_judged_as_well(atelier: Atelier) -> None:
    with refused("safety.forbidden_prompt"):
        await atelier.pictures.imagine(ANA, SPOT, Wish("a girl", avoid="clothes"))
