"""The composition root: settings → database → engine → services → client, one inside the other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass
from functools import partial

from bot.alive import beat, only_one
from bot.cast.service import CastService
from bot.cast.store import CastStore
from bot.channels.service import ChannelService
from bot.channels.store import ChannelStore
from bot.client import SalonBot, use_discord_at
from bot.clock import Clock, utc_now
from bot.database import Database
from bot.delivery.delivery import Delivery
from bot.engine import local_engine
from bot.forms.service import FormService
from bot.illustrations.service import IllustrationService
from bot.illustrations.store import StoryPictureStore
from bot.jobs.bounds import Bounds
from bot.jobs.queue import JobQueue
from bot.jobs.store import JobStore
from bot.pictures.folder import WorksFolder
from bot.pictures.picture import Work
from bot.pictures.room import Room
from bot.pictures.service import PictureService
from bot.pictures.store import PictureStore
from bot.privacy import PrivacyService, PrivateStore
from bot.provenance.credentials import Credentials
from bot.provenance.verifying import Verifier
from bot.roles.service import RoleService
from bot.roles.store import RoleStore
from bot.safety.pictures import PictureGuard
from bot.safety.store import WordStore
from bot.safety.words import WordService
from bot.settings import Settings
from bot.stories.service import StoryService
from bot.stories.store import StoryStore
from bot.styles.service import StyleService
from bot.styles.store import StyleStore
from cogs.installing import add_cogs, presenters
from models.engine import Engine
from models.judge import NsfwJudge, PictureJudge
from models.loading import Progress, silent


@dataclass(frozen=True, slots=True)
class Services:
    """What members can do, apart from Discord's face."""

    queue: JobQueue
    styles: StyleService
    channels: ChannelService
    roles: RoleService
    stories: StoryService
    pictures: PictureService
    cast: CastService
    illustrations: IllustrationService
    forms: FormService
    words: WordService
    verifier: Verifier[Work]
    privacy: PrivacyService


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
    progress: Progress = silent,
    clock: Clock = utc_now,
    pushes_commands: bool = False,
) -> AsyncIterator[Salon]:
    """Open a Salon that works on its line and can be served; without an `engine` the settings' model is loaded.

    Without a `judge` of pictures it is the one that a package carries. `pushes_commands` pushes the slash commands at
    the login, as is fit for a sandbox only. Raises `Unavailable` and `EngineError`.
    """
    use_discord_at(settings.discord_api_url, settings.discord_gateway_url)
    with only_one(settings.data_dir):
        async with (
            Database.open(settings.database_path) as database,
            _engine_of(settings, engine, progress) as engine,
        ):
            services = build_services(settings, database, engine, judge or NsfwJudge(), clock)
            await services.pictures.tidy()
            installed = partial(_installed, services, engine, clock, pushes_commands=pushes_commands)
            async with services.queue.running(), SalonBot(installed) as client:
                yield Salon(settings, database, engine, services, client)


async def serve(salon: Salon, token: str) -> None:
    """Serve Discord until cancelled, with a heartbeat and a tidy folder; raise `Unavailable` if Discord refuses."""
    heart = asyncio.create_task(beat(salon.settings.data_dir, lambda: salon.client.is_connected))
    broom = asyncio.create_task(salon.services.pictures.stay_tidy())
    try:
        await salon.client.serve(token)
    finally:
        heart.cancel()
        broom.cancel()


@asynccontextmanager
async def _installed(
    services: Services, engine: Engine, clock: Clock, bot: SalonBot, *, pushes_commands: bool
) -> AsyncIterator[None]:
    """Give the bot its face, and deliver what is done as long as it is connected."""
    await add_cogs(
        bot,
        engine=engine,
        queue=services.queue,
        styles=services.styles,
        channels=services.channels,
        roles=services.roles,
        stories=services.stories,
        pictures=services.pictures,
        cast=services.cast,
        illustrations=services.illustrations,
        forms=services.forms,
        words=services.words,
        verifier=services.verifier,
        privacy=services.privacy,
    )
    delivery = Delivery(
        bot, services.queue, presenters(services.stories, services.pictures, services.forms, engine), clock=clock
    )
    bot.add_dynamic_items(delivery.cancel_button)
    if pushes_commands:
        await bot.tree.sync()
    async with delivery.running():
        yield


def build_services(
    settings: Settings, database: Database, engine: Engine, judge: PictureJudge, clock: Clock
) -> Services:
    """Give every service what it works with."""
    story_store, style_store = StoryStore(database), StyleStore(database)
    channel_store, role_store, word_store = ChannelStore(database), RoleStore(database), WordStore(database)
    queue = JobQueue(JobStore(database), engine, bounds=line_bounds(settings), clock=clock)
    styles = StyleService(database, style_store)
    channels = ChannelService(database, channel_store, styles)
    roles = RoleService(database, role_store)
    stories = StoryService(database, queue, engine, story_store, styles, channels, roles, clock)
    words, works, folder = WordService(word_store), PictureStore(database), WorksFolder(settings.works_dir)
    credentials = Credentials.open(settings.data_dir)
    pictures = PictureService(
        database=database,
        queue=queue,
        engine=engine,
        works=works,
        folder=folder,
        room=Room(database, works, folder, settings.works_bytes),
        styles=styles,
        channels=channels,
        roles=roles,
        words=words,
        guard=PictureGuard(judge),
        credentials=credentials,
        clock=clock,
    )
    cast_store, ties = CastStore(database), StoryPictureStore(database)
    cast = CastService(database=database, cast=cast_store, stories=stories, words=words, clock=clock)
    illustrations = IllustrationService(database, ties, stories, cast, pictures, clock)
    forms = FormService(database, queue, engine, stories, styles, channels, roles)
    stores: dict[str, PrivateStore] = {
        "stories": story_store,
        "styles": style_store,
        "channels": channel_store,
        "roles": role_store,
        "words": word_store,
        "pictures": pictures,
        "cast": cast_store,
        "illustrations": ties,
        "jobs": queue,
    }
    privacy = PrivacyService(database, stores, clock, files=pictures)
    verifier = Verifier(credentials, works)
    return Services(
        queue, styles, channels, roles, stories, pictures, cast, illustrations, forms, words, verifier, privacy
    )


def line_bounds(settings: Settings) -> Bounds:
    """Say how long the line may grow."""
    return Bounds(
        per_member=settings.waiting_per_member, per_server=settings.waiting_per_server, total=settings.waiting_in_all
    )


def _engine_of(settings: Settings, given: Engine | None, progress: Progress) -> AbstractAsyncContextManager[Engine]:
    return local_engine(settings, progress) if given is None else nullcontext(given)
