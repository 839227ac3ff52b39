from __future__ import annotations

from dataclasses import replace
from math import nan

import pytest

from bot.database import Database
from bot.people import Member
from bot.roles.rules import ROLES_PER_SERVER_MAX, RoleWeight
from bot.roles.service import RoleService
from bot.roles.store import RoleStore
from tests.bot.refusing import refused

PATRONS, GUESTS, ARTISTS = 71, 72, 73
ADMIN = Member(1, "Ada", server_id=5, is_admin=True)
MEMBER = Member(2, "Ben", server_id=5, role_ids=(5, ARTISTS))  # everyone has the role with the server's id


@pytest.fixture
def roles(database: Database) -> RoleService:
    return RoleService(database, RoleStore(database))


def with_roles(*role_ids: int) -> Member:
    return replace(MEMBER, role_ids=(*MEMBER.role_ids, *role_ids))


async def test_without_a_weighted_role_a_member_has_the_usual_share(roles: RoleService) -> None:
    await roles.set_weight(ADMIN, PATRONS, 2.0)
    assert await roles.weight_of(MEMBER) == 1.0


async def test_a_role_gives_its_members_more_or_less(roles: RoleService) -> None:
    await roles.set_weight(ADMIN, PATRONS, 8.0)
    await roles.set_weight(ADMIN, GUESTS, 0.25)
    assert await roles.weight_of(with_roles(PATRONS)) == 8.0
    assert await roles.weight_of(with_roles(GUESTS)) == 0.25


async def test_of_several_roles_the_largest_weight_counts(roles: RoleService) -> None:
    await roles.set_weight(ADMIN, PATRONS, 2.0)
    await roles.set_weight(ADMIN, GUESTS, 0.5)
    assert await roles.weight_of(with_roles(GUESTS, PATRONS)) == 2.0


async def test_roles_are_listed_from_the_largest_weight_and_changed_in_place(roles: RoleService) -> None:
    for role_id, weight in ((GUESTS, 0.5), (PATRONS, 2.0), (ARTISTS, 1.5), (ARTISTS, 3.0)):
        await roles.set_weight(ADMIN, role_id, weight)
    assert await roles.list(5) == [RoleWeight(ARTISTS, 3.0), RoleWeight(PATRONS, 2.0), RoleWeight(GUESTS, 0.5)]


async def test_the_usual_weight_takes_a_roles_own_away(roles: RoleService) -> None:
    await roles.set_weight(ADMIN, PATRONS, 2.0)
    await roles.set_weight(ADMIN, PATRONS, 1.0)
    assert await roles.list(5) == []


async def test_a_deleted_role_weighs_nothing_any_more(roles: RoleService) -> None:
    await roles.set_weight(ADMIN, PATRONS, 2.0)
    await roles.role_deleted(5, PATRONS)
    assert await roles.list(5) == []


async def test_another_servers_roles_are_its_own(roles: RoleService) -> None:
    await roles.set_weight(replace(ADMIN, server_id=6), PATRONS, 2.0)
    assert await roles.list(5) == []
    assert await roles.weight_of(with_roles(PATRONS)) == 1.0


async def test_only_admins_give_weights(roles: RoleService) -> None:
    with refused("roles.only_admins"):
        await roles.set_weight(with_roles(PATRONS), PATRONS, 8.0)
    assert await roles.list(5) == []


@pytest.mark.parametrize("weight", [-1.0, 0.0, 0.24, 8.01, nan])
async def test_a_weight_has_bounds(roles: RoleService, weight: float) -> None:
    with refused("roles.bad_weight"):
        await roles.set_weight(ADMIN, PATRONS, weight)
    assert await roles.list(5) == []


async def test_what_everyone_gets_is_the_usual_share(roles: RoleService) -> None:
    with refused("roles.everyone"):
        await roles.set_weight(ADMIN, ADMIN.server_id, 2.0)


async def test_a_server_may_weigh_so_many_roles_and_still_change_those(roles: RoleService) -> None:
    for role_id in range(100, 100 + ROLES_PER_SERVER_MAX):
        await roles.set_weight(ADMIN, role_id, 2.0)
    with refused("roles.too_many"):
        await roles.set_weight(ADMIN, PATRONS, 2.0)
    await roles.set_weight(ADMIN, 100, 3.0)
    await roles.set_weight(ADMIN, 101, 1.0)
    await roles.set_weight(ADMIN, PATRONS, 2.0)
    assert len(await roles.list(5)) == ROLES_PER_SERVER_MAX
