"""The composition root: settings → database → engine → services → client, one inside the other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass
from functools import partial

from bot.alive import beat, only_one
from bot.choosing.deadlines import Deadlines
from bot.client import SalonBot, use_discord_at
from bot.clock import Clock, utc_now
from bot.database import Database
from bot.delivery.delivery import Delivery
from bot.engine import local_engine, meaning_model
from bot.services import Services, build_services
from bot.settings import Settings
from cogs.installing import add_cogs, afterwards, presenters
from models.engine import Engine
from models.judge import NsfwJudge, PictureJudge
from models.loading import Progress, silent
from models.meaning import Meaning


@dataclass(frozen=True, slots=True)
class Salon:
    """Everything that was put together: for the command line, the scenarios and the benchmarks."""

    settings: Settings
    database: Database
    engine: Engine
    services: Services
    client: SalonBot


@asynccontextmanager
async def open_salon(
    settings: Settings,
    *,
    engine: Engine | None = None,
    judge: PictureJudge | None = None,
    meaning: Meaning | None = None,
    progress: Progress = silent,
    clock: Clock = utc_now,
    pushes_commands: bool = False,
) -> AsyncIterator[Salon]:
    """Open a Salon that works on its line and can be served; without an `engine` the settings' model is loaded.

    Without a `judge` of pictures it is the one that a package carries, without a `meaning` what the settings choose.
    `pushes_commands` pushes the slash commands at the login, as is fit for a sandbox only. Raises `Unavailable` and
    `EngineError`.
    """
    use_discord_at(settings.discord_api_url, settings.discord_gateway_url)
    with only_one(settings.data_dir):
        async with (
            Database.open(settings.database_path) as database,
            _engine_of(settings, engine, progress) as engine,
        ):
            services = build_services(
                settings, database, engine, judge or NsfwJudge(), meaning or meaning_model(settings), clock
            )
            await services.pictures.tidy()
            await services.chapters.catch_up()
            installed = partial(_installed, services, engine, clock, pushes_commands=pushes_commands)
            async with services.queue.running(), Deadlines(services.choosing).running(), SalonBot(installed) as client:
                yield Salon(settings, database, engine, services, client)


async def serve(salon: Salon, token: str) -> None:
    """Serve Discord until cancelled, with a heartbeat and a tidy folder; raise `Unavailable` if Discord refuses."""
    heart = asyncio.create_task(beat(salon.settings.data_dir, lambda: salon.client.is_connected))
    brooms = [asyncio.create_task(room.stay_tidy()) for room in (salon.services.pictures, salon.services.critiques)]
    try:
        await salon.client.serve(token)
    finally:
        heart.cancel()
        for broom in brooms:
            broom.cancel()


@asynccontextmanager
async def _installed(
    services: Services, engine: Engine, clock: Clock, bot: SalonBot, *, pushes_commands: bool
) -> AsyncIterator[None]:
    """Give the bot its face, and deliver what is done as long as it is connected."""
    await add_cogs(bot, services, engine)
    shown, followed = presenters(services, engine), afterwards(bot, services)
    delivery = Delivery(bot, services.queue, shown, followed, clock=clock)
    bot.add_dynamic_items(delivery.cancel_button, delivery.show_button)
    if pushes_commands:
        await bot.tree.sync()
    async with delivery.running():
        yield


def _engine_of(settings: Settings, given: Engine | None, progress: Progress) -> AbstractAsyncContextManager[Engine]:
    return local_engine(settings, progress) if given is None else nullcontext(given)
