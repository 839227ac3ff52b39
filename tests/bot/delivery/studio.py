"""The smallest bot that has everything delivery needs: one command that asks the AI, a real line, a real database."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from typing import Any, Self

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import SalonBot
from bot.clock import Clock, utc_now
from bot.database import Database
from bot.delivery.context import acknowledge, member_of
from bot.delivery.delivery import Delivery
from bot.delivery.draft import Draft, DraftFile, Presenter
from bot.delivery.views import SalonView
from bot.jobs.bounds import Bounds
from bot.jobs.handler import Handler
from bot.jobs.job import Job, NewJob
from bot.jobs.queue import JobQueue
from bot.jobs.store import JobStore
from models.events import Finished
from models.requests import PromptPart, Request, Role, TextRequest
from sandbox import Sandbox
from tests.bot.delivery import easel
from tests.scripted import ScriptedEngine

KIND = "test.write"
CREDIT = "Written by AI"
MARK = "AI"


class Writing(Handler):
    """Handles and presents jobs whose result is the text itself."""

    def __init__(self) -> None:
        self.failure: Exception | None = None
        self.files: tuple[DraftFile, ...] = ()
        self.opening_text = ""

    async def prepare(self, job: Job) -> Request:
        return TextRequest(str(job.id), (PromptPart("story", Role.USER, "Once"),))

    async def finish(self, job: Job, finished: Finished) -> Mapping[str, Any]:
        return {"text": finished.text}

    async def opening(self, job: Job) -> Sequence[Draft]:
        return [Draft(self.opening_text, "Written by Ada")] if self.opening_text else []

    async def present(self, job: Job) -> Draft:
        if self.failure:
            raise self.failure
        assert job.result is not None
        buttons = partial(SalonView, discord.ui.Button(label="Continue"))
        return Draft(job.result["text"], CREDIT, MARK, buttons, self.files)


class WritingCog(commands.Cog):
    """`/write`, `/draw` and `/illustrate` ask the AI; `/fail` fails as it is told."""

    def __init__(self, queue: JobQueue) -> None:
        self.queue = queue
        self.error: Exception = RuntimeError()

    @app_commands.command(description="Let the AI write")
    async def write(self, interaction: discord.Interaction) -> None:
        await self._ask(interaction, KIND)

    @app_commands.command(description="Let the AI write to you alone")
    async def confide(self, interaction: discord.Interaction) -> None:
        await self._ask(interaction, KIND, ephemeral=True)

    @app_commands.command(description="Let the AI draw")
    async def draw(self, interaction: discord.Interaction) -> None:
        await self._ask(interaction, easel.KIND)

    @app_commands.command(description="Let the AI write what is to be seen, and draw it")
    async def illustrate(self, interaction: discord.Interaction) -> None:
        await self._ask(interaction, easel.SCENE)

    @app_commands.command(description="Fail before the answer")
    async def fail(self, interaction: discord.Interaction) -> None:
        raise self.error

    @app_commands.command(description="Fail after the answer was promised")
    async def fail_late(self, interaction: discord.Interaction) -> None:
        await acknowledge(interaction)
        raise self.error

    async def _ask(self, interaction: discord.Interaction, kind: str, *, ephemeral: bool = False) -> None:
        reply = await acknowledge(interaction, ephemeral=ephemeral)
        member = member_of(interaction)
        await self.queue.submit(NewJob(kind, member.server_id, member.id, reply, {"about": "rain"}))


class Pauses:
    """Stands in for sleeping between retries: counts, and waits for nothing."""

    def __init__(self) -> None:
        self.taken: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.taken.append(seconds)
        await asyncio.sleep(0)


class Studio:
    """The bot, started against a sandbox; entering it a second time is a restart."""

    def __init__(
        self,
        sandbox: Sandbox,
        database: Database,
        engine: ScriptedEngine,
        clock: Clock = utc_now,
        interval_s: float = 0.0,
    ) -> None:
        self.sandbox = sandbox
        self.store = JobStore(database)
        self.engine = engine
        self.clock = clock
        self.interval_s = interval_s
        self.writing = Writing()
        self.easel = easel.Easel()
        self.scene = easel.Scene()
        self.pauses = Pauses()

    async def __aenter__(self) -> Self:
        self._stack = AsyncExitStack()
        self.queue = JobQueue(self.store, self.engine, bounds=Bounds(), clock=self.clock)
        self.queue.register(KIND, self.writing)
        self.queue.register(easel.KIND, self.easel)
        self.queue.register(easel.SCENE, self.scene)
        self.cog = WritingCog(self.queue)
        await self._stack.enter_async_context(self.queue.running())
        self.bot = SalonBot(self._installed, ready_timeout_s=0.05, sleep=self.pauses)
        serving = asyncio.create_task(self.bot.serve(self.sandbox.token))
        self._stack.push_async_callback(asyncio.wait, [serving])
        self._stack.push_async_callback(self.bot.close)
        await self.sandbox.bot_ready()
        await self.bot.wait_until_ready()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    @asynccontextmanager
    async def _installed(self, bot: SalonBot) -> AsyncIterator[None]:
        presenters: dict[str, Presenter] = {KIND: self.writing, easel.KIND: self.easel, easel.SCENE: self.scene}
        self.delivery = Delivery(
            bot, self.queue, presenters, {}, least_interval_s=self.interval_s, clock=self.clock, sleep=self.pauses
        )
        await bot.add_cog(self.cog)
        await bot.tree.sync()
        bot.add_dynamic_items(self.delivery.cancel_button, self.delivery.show_button)
        async with self.delivery.running():
            yield
