from __future__ import annotations

import pytest

from bot.channels.service import ChannelService
from bot.channels.settings import ChannelSettings
from bot.channels.store import ChannelStore
from bot.database import Database
from bot.people import Channel, Member
from bot.policy import AiPolicy
from bot.styles.service import StyleService
from bot.styles.store import StyleStore
from tests.bot.refusing import refused

ADMIN = Member(1, "Ada", server_id=5, is_admin=True)
MEMBER = Member(2, "Ben", server_id=5)
CHANNEL = Channel(10, server_id=5)
THREAD = Channel(11, server_id=5, parent_id=10)


@pytest.fixture
def channels(database: Database) -> ChannelService:
    return ChannelService(database, ChannelStore(database), StyleService(database, StyleStore(database)))


async def test_at_first_the_ai_assists_and_everyone_writes_when_they_like(channels: ChannelService) -> None:
    assert await channels.settings(CHANNEL) == ChannelSettings(AiPolicy.ASSIST, style=None, turn_spacing=0)


async def test_a_change_changes_what_is_given_and_leaves_the_rest(channels: ChannelService) -> None:
    await channels.change(ADMIN, CHANNEL, ai_policy=AiPolicy.OPEN, style="noir")
    settings = await channels.change(ADMIN, CHANNEL, turn_spacing=2)
    assert settings == ChannelSettings(AiPolicy.OPEN, "Noir", 2)
    assert await channels.settings(CHANNEL) == settings


async def test_a_thread_takes_its_parents_settings(channels: ChannelService) -> None:
    await channels.change(ADMIN, CHANNEL, ai_policy=AiPolicy.HUMAN_ONLY)
    assert await channels.settings(THREAD) == ChannelSettings(AiPolicy.HUMAN_ONLY, inherited=True)


async def test_a_thread_decides_for_itself_and_takes_the_rest_from_its_parent(channels: ChannelService) -> None:
    await channels.change(ADMIN, CHANNEL, style="Noir", turn_spacing=3)
    assert await channels.change(ADMIN, THREAD, turn_spacing=0) == ChannelSettings(AiPolicy.ASSIST, "Noir", 0)
    assert (await channels.settings(CHANNEL)).turn_spacing == 3


async def test_a_thread_can_follow_its_parent_again(channels: ChannelService) -> None:
    await channels.change(ADMIN, THREAD, ai_policy=AiPolicy.HUMAN_ONLY)
    assert await channels.reset(ADMIN, THREAD) == ChannelSettings(inherited=True)


async def test_an_empty_style_takes_the_choice_back(channels: ChannelService) -> None:
    await channels.change(ADMIN, CHANNEL, style="Noir")
    assert (await channels.change(ADMIN, CHANNEL, style="")).style is None


async def test_only_admins_change_settings(channels: ChannelService) -> None:
    for change in (channels.change(MEMBER, CHANNEL, turn_spacing=1), channels.reset(MEMBER, CHANNEL)):
        with refused("channels.only_admins"):
            await change


async def test_what_cannot_be_is_refused_and_changes_nothing(channels: ChannelService) -> None:
    with refused("styles.unknown"):
        await channels.change(ADMIN, CHANNEL, ai_policy=AiPolicy.OPEN, style="nonesuch")
    for spacing in (-1, 11):
        with refused("channels.bad_spacing"):
            await channels.change(ADMIN, CHANNEL, turn_spacing=spacing)
    assert await channels.settings(CHANNEL) == ChannelSettings()
