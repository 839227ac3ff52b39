from __future__ import annotations

from dataclasses import replace

import pytest

from bot.database import Database
from bot.people import Member
from bot.stories.story import Length
from bot.styles.builtin import builtin_styles
from bot.styles.rules import STYLES_PER_SERVER_MAX, checked
from bot.styles.service import StyleService
from bot.styles.store import StyleStore
from bot.styles.style import Style
from tests.bot.refusing import refused

ADMIN = Member(1, "Ada", server_id=5, is_admin=True)
ELSEWHERE = Member(1, "Ada", server_id=6, is_admin=True)
MEMBER = Member(2, "Ben", server_id=5)
SALTY = Style(
    "Salty",
    "Of the sea",
    "Write like a sailor {with} ```braces```.",
    temperature=1.0,
    xtc_probability=0.25,
    length=Length.LINE,
)


@pytest.fixture
def styles(database: Database) -> StyleService:
    return StyleService(database, StyleStore(database))


def test_the_built_in_styles_pass_their_own_rules() -> None:
    assert 6 <= len(builtin_styles()) <= 8
    for style in builtin_styles():
        assert checked(style) == replace(style, builtin=False)


async def test_a_server_sees_the_built_in_styles_and_its_own(styles: StyleService) -> None:
    await styles.create(ADMIN, SALTY)
    assert await styles.list(5) == [*builtin_styles(), SALTY]
    assert await styles.list(6) == [*builtin_styles()]


async def test_a_style_is_found_by_its_name_in_any_case(styles: StyleService) -> None:
    await styles.create(ADMIN, SALTY)
    assert await styles.get(5, "sALTY ") == SALTY
    assert (await styles.get(5, "noir")).builtin
    with refused("styles.unknown"):
        await styles.get(6, "Salty")


async def test_a_style_that_is_gone_gives_way_to_the_default(styles: StyleService) -> None:
    assert await styles.get_or_default(5, "Salty") == builtin_styles()[0]
    assert await styles.get_or_default(5, None) == builtin_styles()[0]
    await styles.create(ADMIN, SALTY)
    assert await styles.get_or_default(5, "Salty") == SALTY


async def test_styles_are_made_changed_and_deleted_by_admins_only(styles: StyleService) -> None:
    await styles.create(ADMIN, SALTY)
    for change in (styles.create(MEMBER, SALTY), styles.edit(MEMBER, SALTY), styles.delete(MEMBER, "Salty")):
        with refused("styles.only_admins"):
            await change


async def test_a_style_can_be_changed_and_deleted(styles: StyleService) -> None:
    await styles.create(ADMIN, SALTY)
    saltier = replace(SALTY, temperature=1.5)
    assert await styles.edit(ADMIN, saltier) == saltier
    assert await styles.get(5, "Salty") == saltier
    await styles.delete(ADMIN, "salty")
    with refused("styles.unknown"):
        await styles.get(5, "Salty")


async def test_another_servers_style_can_neither_be_changed_nor_deleted(styles: StyleService) -> None:
    await styles.create(ADMIN, SALTY)
    for change in (styles.edit(ELSEWHERE, SALTY), styles.delete(ELSEWHERE, "Salty")):
        with refused("styles.unknown"):
            await change


async def test_built_in_styles_stay_as_they_are(styles: StyleService) -> None:
    noir = replace(SALTY, name="NOIR")
    for change in (styles.create(ADMIN, noir), styles.edit(ADMIN, noir), styles.delete(ADMIN, "noir")):
        with refused("styles.builtin"):
            await change


async def test_two_styles_of_a_server_may_not_share_a_name(styles: StyleService) -> None:
    await styles.create(ADMIN, SALTY)
    with refused("styles.name_taken"):
        await styles.create(ADMIN, replace(SALTY, name="salty"))
    await styles.create(ELSEWHERE, SALTY)


async def test_a_server_may_have_only_so_many_styles(styles: StyleService) -> None:
    for number in range(STYLES_PER_SERVER_MAX):
        await styles.create(ADMIN, replace(SALTY, name=f"Salty {number}"))
    with refused("styles.too_many"):
        await styles.create(ADMIN, SALTY)


@pytest.mark.parametrize(
    ("style", "key"),
    [
        (replace(SALTY, name=" \u200b"), "styles.bad_name"),
        (replace(SALTY, name="x" * 33), "styles.bad_name"),
        (replace(SALTY, description="x" * 101), "styles.long_description"),
        (replace(SALTY, instructions=""), "safety.empty"),
        (replace(SALTY, instructions="x" * 1_001), "styles.long_instructions"),
        (replace(SALTY, temperature=2.1), "styles.out_of_range"),
        (replace(SALTY, temperature=float("nan")), "styles.out_of_range"),
        (replace(SALTY, top_p=0.0), "styles.out_of_range"),
        (replace(SALTY, min_p=0.6), "styles.out_of_range"),
        (replace(SALTY, dry_multiplier=-1.0), "styles.out_of_range"),
        (replace(SALTY, xtc_probability=1.1), "styles.out_of_range"),
    ],
)
def test_a_style_keeps_within_its_bounds(style: Style, key: str) -> None:
    with refused(key):
        checked(style)
