"""Run Salon and a Discord for it in one process, with a page in the browser."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import psutil

from bot.app import Salon, open_salon, serve
from bot.commands.browser import open_page
from bot.commands.progress import ProgressBar
from bot.commands.stopping import until_stopped
from bot.data_folder import make_folder
from bot.errors import Unavailable
from bot.logs import configure_logs
from bot.people import Channel, Member
from bot.policy import AiPolicy
from bot.settings import Settings
from bot.words import say
from sandbox import RateLimits, Sandbox, UnreadableState


async def main(arguments: argparse.Namespace, settings: Settings) -> int:
    """Play until told to stop; the world and its stories stay in a folder of their own."""
    make_folder(settings.data_dir)
    configure_logs(settings.log_level, settings.log_format)
    threads = settings.cpu_threads or all_but_one(psutil.cpu_count(logical=False))
    own = settings.model_copy(update={"data_dir": settings.data_dir / "play", "cpu_threads": threads})
    await until_stopped(_play(own, arguments.port, opens_page=arguments.open))
    return 0


def all_but_one(cores: int | None) -> int:
    """Leave a core to the bot, the page and the browser: the model's threads are slow when one of them has to wait."""
    return max(1, (cores or 1) - 1)


async def _play(settings: Settings, port: int, *, opens_page: bool) -> None:
    is_new = not _world_file(settings).exists()
    async with _discord(settings, port) as discord:
        here = {"discord_api_url": discord.api_url, "discord_gateway_url": discord.gateway_url}
        async with open_salon(settings.model_copy(update=here), progress=ProgressBar(), pushes_commands=True) as salon:
            if is_new:
                await keep_people_only(salon, discord)
            welcome = asyncio.create_task(_welcome(salon, discord, opens_page=opens_page))
            try:
                await serve(salon, discord.token)
            finally:
                welcome.cancel()


async def keep_people_only(salon: Salon, discord: Sandbox) -> None:
    """Set a new world's channel for people only to what its topic says."""
    channel, host = discord.channel("no-ai").record, discord.member("Ada")
    assert channel.guild_id is not None, "a channel of the default world is in its server"
    admin = Member(host.id, "Ada", channel.guild_id, is_admin=True)
    here = Channel(channel.id, channel.guild_id)
    await salon.services.channels.change(admin, here, ai_policy=AiPolicy.HUMAN_ONLY)


def _world_file(settings: Settings) -> Path:
    return settings.data_dir / "world.json"


@asynccontextmanager
async def _discord(settings: Settings, port: int) -> AsyncIterator[Sandbox]:
    """Open the sandbox; raise `Unavailable` if its port is taken or its world cannot be read."""
    make_folder(settings.data_dir)
    world = _world_file(settings)
    try:
        sandbox = Sandbox(port, state_file=world, limits=RateLimits.realistic())
    except UnreadableState as error:
        raise Unavailable("cli.play_unreadable", file=str(world)) from error
    async with AsyncExitStack() as opened:
        try:
            await opened.enter_async_context(sandbox)
        except OSError as error:
            raise Unavailable("cli.play_port_taken", port=port) from error
        yield sandbox


async def _welcome(salon: Salon, discord: Sandbox, *, opens_page: bool) -> None:
    """Say where the page is, once the bot is in."""
    await discord.bot_ready()
    engine = salon.engine
    pictures = say("cli.play_pictures", model=engine.image_card.name) if engine.image_card else ""
    print(say("cli.play_welcome", url=discord.url, model=engine.card.name, pictures=pictures), flush=True)
    if opens_page:
        await asyncio.to_thread(open_page, discord.url)
