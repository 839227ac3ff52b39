"""The desk everything about pictures is done at: its collaborators, and finding a picture a member may begin from."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.channels.service import ChannelService
from bot.clock import Clock
from bot.database import Database
from bot.errors import BadInput, Forbidden, NotAllowed, NotFound
from bot.jobs.job import Job, NewJob
from bot.jobs.queue import JobQueue
from bot.people import Channel, Member
from bot.pictures import rules
from bot.pictures.ask import Ask, Asker, told
from bot.pictures.folder import WorksFolder
from bot.pictures.picture import DRAW, Source, Spot, Upload, Work
from bot.pictures.prompts import avoided, avoided_of, words_of
from bot.pictures.room import Room
from bot.pictures.store import PictureStore
from bot.policy import check_ai_may_speak
from bot.provenance.credentials import Credentials
from bot.roles.service import RoleService
from bot.safety.pictures import PictureGuard
from bot.safety.prompts import check_prompt
from bot.safety.uploads import open_upload
from bot.safety.words import WordService
from bot.stories.limits import Limits
from bot.styles.service import StyleService
from models.engine import Engine, ImageCard

BROUGHT_MAX_PX = 2_048

LimitsAt = Callable[[Channel, int | None], Awaitable[Limits]]
"""Returns the limits of a story by its id, or of the one that a channel is on."""

Follow = Callable[[Job, Sequence[Work]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Begun:
    """A picture to begin from: its file in the works folder, its size in px, and the work it is, if it is one."""

    file: str
    size: tuple[int, int]
    work: Work | None = None

    @property
    def is_over_upload(self) -> bool:
        """Say whether a member brought it, or what it was made from."""
        return self.work is None or Ask.of(self.work).is_over_upload


@dataclass(frozen=True)
class PictureDesk:
    """What asking, drawing and keeping share; `followers` are called where works are stored, in that transaction."""

    database: Database
    queue: JobQueue
    engine: Engine
    works: PictureStore
    folder: WorksFolder
    room: Room
    styles: StyleService
    channels: ChannelService
    roles: RoleService
    words: WordService
    guard: PictureGuard
    credentials: Credentials
    clock: Clock
    limits_at: LimitsAt
    followers: list[Follow] = field(default_factory=list)

    async def check_ai(self, channel: Channel) -> None:
        """Raise `NotAllowed` where a channel belongs to people only."""
        check_ai_may_speak((await self.channels.settings(channel)).ai_policy)

    async def pipeline_for(self, channel: Channel) -> ImageCard:
        """Return the card of what draws for a channel; raise what keeps it from drawing there."""
        await self.check_ai(channel)
        return rules.check_draws(self.engine.image_card)

    async def within_limits(self, channel: Channel, ask: Ask) -> Ask:
        """Return what may be drawn of an ask: without what the story leaves out that it, or its channel, is of.

        Raises `Forbidden` for words that no picture is drawn from, in this story, here or anywhere.
        """
        limits = await self.limits_at(channel, ask.story_id)
        ask = replace(ask, avoid=avoided(ask.avoid, limits.themes))
        # A LoRA's name tells what it draws; and references may be uploads, as those of a story's cast are.
        text, is_over_upload = f"{words_of(ask)}\n{ask.style.lora or ''}", ask.is_over_upload or bool(ask.references)
        words = await self.words.words(channel.server_id)
        check_prompt(text, words, avoid=avoided_of(ask), is_over_upload=is_over_upload)
        if limits.are_shown_by(text):
            raise Forbidden("stories.within_limits")
        return ask

    async def found(self, server_id: int, work_id: int) -> Work:
        """Return a work of a server; another server's is as if it were not."""
        work = await self.works.work(work_id)
        if work is None or work.server_id != server_id:
            raise NotFound("pictures.unknown")
        return work

    async def begun(self, member: Member, source: Source) -> Begun:
        """Return the picture to begin from, with a brought one kept first: what is asked may outlive this process."""
        if isinstance(source, Upload):
            return await self._brought(member, source)
        work = await self.found(member.server_id, source)
        if not work.has_file:
            raise NotFound("pictures.file_gone")
        return Begun(work.file, (work.width, work.height), work)

    async def draw(self, member: Member, spot: Spot, ask: Ask, lane: str | None = None) -> Job:
        """Let a drawing wait in the line; a lane lets in one at a time, and the next one gets a sentence."""
        if not words_of(ask):
            raise BadInput("safety.empty")
        rules.check_takes(ask, rules.check_draws(self.engine.image_card))
        await self.within_limits(spot.channel, ask)
        return await self.submit(DRAW, member, spot, told(ask, Asker.at(member, spot)), lane, ask.story_id)

    async def submit(
        self,
        kind: str,
        member: Member,
        spot: Spot,
        asked: Mapping[str, object],
        lane: str | None = None,
        story_id: int | None = None,
    ) -> Job:
        """Store what a member asks for as a job in the line."""
        async with self.database.transaction():
            if lane and self.queue.is_pending(kind, lane):
                raise NotAllowed(f"pictures.{asked['how']}_waits")
            return await self.queue.submit(
                NewJob(
                    kind=kind,
                    server_id=member.server_id,
                    member_id=member.id,
                    reply=spot.reply,
                    asked=asked,
                    lane=lane,
                    story_id=story_id,
                    weight=await self.roles.weight_of(member),
                )
            )

    async def _brought(self, member: Member, upload: Upload) -> Begun:
        upright = await asyncio.to_thread(open_upload, upload.content)
        content = await asyncio.to_thread(upright.as_webp, BROUGHT_MAX_PX)
        async with self.database.transaction():  # so that the same picture, if it is let go now, is put here after that
            await self.room.make(len(content))
            file = await asyncio.to_thread(self.folder.put, content, "webp")
            await self.works.keep_upload(file, len(content), member.server_id, member.id, self.clock())
        return Begun(file, (upright.width, upright.height))
