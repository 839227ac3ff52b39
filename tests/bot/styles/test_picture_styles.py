from __future__ import annotations

from dataclasses import replace

import pytest

from bot.database import Database
from bot.people import Member
from bot.styles.builtin import builtin_picture_styles
from bot.styles.picture_style import PictureStyle, Reset, left_to_pipeline, offered, usual
from bot.styles.rules import checked_picture
from bot.styles.service import StyleService
from bot.styles.store import StyleStore
from bot.styles.style import Style
from models.image.presets import presets
from models.requests import Shape
from tests.bot.refusing import refused

ADMIN = Member(1, "Ada", server_id=5, is_admin=True)
MEMBER = Member(2, "Ben", server_id=5)
SALTY = PictureStyle(
    "Salty", "Of the sea", "an etching of", "salt and {spray}", "land", 12, 5.0, "ana/etching", Shape.WIDE
)
EMBEDDED = presets()["embedded"].title


@pytest.fixture
def styles(database: Database) -> StyleService:
    return StyleService(database, StyleStore(database))


def test_the_built_in_picture_styles_pass_their_own_rules() -> None:
    for style in builtin_picture_styles():
        if style.name != "As asked":  # the one that is meant to add nothing
            assert checked_picture(style) == replace(style, builtin=False, pipeline=None)


async def test_a_server_sees_the_built_in_picture_styles_and_its_own(styles: StyleService) -> None:
    await styles.pictures.create(ADMIN, SALTY)
    assert await styles.pictures.list(5) == [*builtin_picture_styles(), SALTY]
    assert await styles.pictures.list(6) == [*builtin_picture_styles()]
    assert await styles.pictures.get(5, "SALTY") == SALTY


async def test_a_writing_and_a_picture_style_may_share_a_name(styles: StyleService) -> None:
    await styles.create(ADMIN, Style("Salty", "Of the sea", "Write like a sailor."))
    await styles.pictures.create(ADMIN, SALTY)
    await styles.pictures.delete(ADMIN, "salty")
    assert (await styles.get(5, "Salty")).instructions == "Write like a sailor."


async def test_picture_styles_are_made_changed_and_deleted_by_admins_only(styles: StyleService) -> None:
    await styles.pictures.create(ADMIN, SALTY)
    for change in (
        styles.pictures.create(MEMBER, SALTY),
        styles.pictures.edit(MEMBER, SALTY),
        styles.pictures.delete(MEMBER, "Salty"),
    ):
        with refused("styles.only_admins"):
            await change


async def test_a_taken_name_leads_to_the_command_that_changes_a_picture_style(styles: StyleService) -> None:
    await styles.pictures.create(ADMIN, SALTY)
    with refused("styles.name_taken") as caught:
        await styles.pictures.check_new(ADMIN, "salty")
    assert "/style picture edit changes it" in str(caught.value)


async def test_a_picture_style_can_be_changed_and_a_built_in_one_cannot(styles: StyleService) -> None:
    await styles.pictures.create(ADMIN, SALTY)
    calmer = replace(SALTY, steps=None, shape=None, lora=None)
    assert await styles.pictures.edit(ADMIN, calmer) == calmer
    assert await styles.pictures.get(5, "Salty") == calmer
    with refused("styles.builtin"):
        await styles.pictures.edit(ADMIN, replace(SALTY, name="watercolour"))


def test_each_part_of_the_drawing_can_be_left_to_the_pipeline_again_and_all_together() -> None:
    assert left_to_pipeline(SALTY, Reset.STEPS) == replace(SALTY, steps=None)
    assert left_to_pipeline(SALTY, Reset.GUIDANCE) == replace(SALTY, guidance=None)
    assert left_to_pipeline(SALTY, Reset.LORA) == replace(SALTY, lora=None)
    assert left_to_pipeline(SALTY, Reset.SHAPE) == replace(SALTY, shape=None)
    bare = PictureStyle(SALTY.name, SALTY.description, SALTY.before, SALTY.after, SALTY.avoid)
    assert left_to_pipeline(SALTY, Reset.ALL) == bare


def test_only_styles_that_suit_the_pipeline_are_offered_and_the_usual_one_first() -> None:
    styles = [*builtin_picture_styles(), SALTY]
    embedded = [style.name for style in offered(styles, EMBEDDED)]
    assert embedded == ["3D", "Salty", "Flat", "Soft", "Bold", "As asked"]
    others = [style.name for style in offered(styles, "sdxl")]
    assert others[:3] == ["As asked", "Salty", "Photograph"]
    assert not {"3D", "Flat", "Soft", "Bold"} & set(others)


def test_the_usual_style_is_one_the_pipeline_was_taught_and_else_the_members_own_words() -> None:
    styles = [SALTY, *builtin_picture_styles()]
    assert usual(styles, EMBEDDED).name == "3D"
    assert usual(styles, "sdxl").name == "As asked"
    assert usual(styles, None).name == "As asked"


@pytest.mark.parametrize(
    ("style", "key"),
    [
        (replace(SALTY, name="\u200b"), "styles.bad_name"),
        (replace(SALTY, description="x" * 101), "styles.long_description"),
        (replace(SALTY, after="x" * 301), "styles.long_words"),
        (replace(SALTY, avoid="x" * 301), "styles.long_words"),
        (replace(SALTY, steps=0), "styles.out_of_range"),
        (replace(SALTY, steps=101), "styles.out_of_range"),
        (replace(SALTY, guidance=float("nan")), "styles.out_of_range"),
        (replace(SALTY, lora="/etc/passwd"), "styles.bad_lora"),
        (PictureStyle("Salty", "Of the sea", before=" "), "styles.does_nothing"),
        (replace(SALTY, lora="../secret"), "styles.bad_lora"),
        (replace(SALTY, lora="a/b/c"), "styles.bad_lora"),
        (replace(SALTY, lora="ana/" + "x" * 100), "styles.bad_lora"),
    ],
)
def test_a_picture_style_keeps_within_its_bounds(style: PictureStyle, key: str) -> None:
    with refused(key):
        checked_picture(style)


async def test_who_changed_a_picture_style_is_told_to_her_and_forgotten(database: Database) -> None:
    store = StyleStore(database)
    await StyleService(database, store).pictures.create(ADMIN, SALTY)
    assert [style["name"] for style in (await store.export(ADMIN.id))["picture_styles_changed"]] == ["Salty"]
    await store.forget(ADMIN.id, None)
    assert (await store.export(ADMIN.id))["picture_styles_changed"] == []
