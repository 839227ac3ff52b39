"""A Salon at a sandbox, in this process."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.app import Salon, open_salon, serve
from bot.settings import Settings
from models.engine import Engine
from sandbox import Channel, Person, Sandbox
from sandbox.core import Core
from sandbox.world import ChannelRecord, ChannelType, Guild, GuildMember, User

SERVER = "The Salon"


def settings_for(data_dir: Path, api_url: str, gateway_url: str) -> Settings:
    """Set a Salon up for a sandbox, whatever the environment says."""
    return Settings(
        _env_file=None,
        data_dir=data_dir,
        discord_api_url=api_url,
        discord_gateway_url=gateway_url,
        waiting_per_member=1_000,
        waiting_per_server=1_000,
        waiting_in_all=1_000,
    )


@asynccontextmanager
async def salon_in(discord: Sandbox, data_dir: Path, engine: Engine) -> AsyncIterator[Salon]:
    """Serve the sandbox until the block ends."""
    settings = settings_for(data_dir, discord.api_url, discord.gateway_url)
    async with open_salon(settings, engine=engine, pushes_commands=True) as salon:
        serving = asyncio.create_task(serve(salon, discord.token))
        try:
            await discord.bot_ready()
            yield salon
        finally:
            await salon.client.close()
            await asyncio.wait([serving])


@dataclass(frozen=True, slots=True)
class Table:
    """A channel and the one who sits in it."""

    guest: Person
    channel: Channel


def set_tables(discord: Sandbox, count: int) -> list[Table]:
    """Give the sandbox's first server more channels and as many guests, before the bot comes."""
    return [_table(discord.core, discord.core.world.guilds[discord.guild_id(SERVER)], n) for n in range(1, count + 1)]


def _table(core: Core, guild: Guild, number: int) -> Table:
    guest = User(core.ids.next(), f"guest{number}", f"Guest {number}", "#3ba55d")
    channel = ChannelRecord(core.ids.next(), ChannelType.TEXT, f"table-{number}", guild.id)
    core.world.users[guest.id], core.world.channels[channel.id] = guest, channel
    guild.members[guest.id] = GuildMember(guest.id, [], core.clock.now())
    return Table(Person(core, guest), Channel(core, channel))
