"""Keeping works: looking at one's own, deleting, consent, privacy, and what is not needed any more."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any

import structlog

from bot.errors import NotFound, SalonError
from bot.people import Channel, Member
from bot.pictures import rules
from bot.pictures.desk import Follow, PictureDesk
from bot.pictures.picture import Work
from bot.safety.pictures import Verdict
from bot.safety.uploads import open_upload

log = structlog.get_logger(__name__)

UPLOADS_KEPT = timedelta(days=30)
TIDIED_EVERY = timedelta(days=1)
UNDER_WAY = timedelta(hours=1)

Sleep = Callable[[float], Awaitable[None]]


class Keeping(PictureDesk):
    """What becomes of pictures once they are drawn."""

    def on_drawn(self, follow: Follow) -> None:
        """Call `follow` with every job whose works are stored from now on, in that transaction."""
        self.followers.append(follow)

    async def work(self, member: Member, work_id: int) -> Work:
        """Return a work of the member's server."""
        return await self.found(member.server_id, work_id)

    async def named(self, member: Member, channel: Channel, work_id: int) -> Work:
        """Return a work that a member names in a channel: her own or one drawn there, as others may be none of hers."""
        work = await self.found(member.server_id, work_id)
        if work.member_id != member.id and work.channel_id != channel.id:
            raise NotFound("pictures.unknown")
        return work

    async def works_of(self, job_id: int) -> list[Work]:
        """List the works of a job in the order of their seeds."""
        return await self.works.of_job(job_id)

    async def content(self, work: Work) -> bytes:
        """Return a work's file; raise `NotFound` where it is not kept any more."""
        if not work.has_file:
            raise NotFound("pictures.file_gone")
        return await asyncio.to_thread(self.folder.read, work.file)

    async def content_in(self, channel: Channel, work: Work) -> bytes | None:
        """Return a work's file to be shown in a channel; None where it made room, or may not be seen there."""
        if not work.has_file:
            return None
        content = await self.content(work)
        return content if await self._may_be_seen(channel, work, content) else None

    async def mine(self, member: Member, skip: int = 0, most: int = 10) -> list[Work]:
        """List the member's own works in her server, the newest first."""
        return await self.works.of_member(member.id, member.server_id, skip, most)

    async def count_mine(self, member: Member) -> int:
        """Count the member's own works in her server."""
        return await self.works.count_of_member(member.id, member.server_id)

    async def latest(self, member: Member, channel: Channel, most: int = 1) -> list[Work]:
        """List the works of a channel of the member's server, the newest first."""
        return await self.works.of_channel(channel.id, member.server_id, most)

    async def delete(self, member: Member, work_id: int) -> Work:
        """Delete a work, its row and its file: one's own, or as an admin any of the server. Return what it was."""
        async with self.database.transaction():
            work = await self.check_may_delete(member, work_id)
            await self.works.delete(work.id)
            await self.room.let_go(work.file)
        return work

    async def check_may_delete(self, member: Member, work_id: int) -> Work:
        """Return a work that the member may delete; raise why not, before she is asked whether she means it."""
        work = await self.found(member.server_id, work_id)
        rules.check_own(member, work)
        return work

    async def allow_showing(self, member: Member, work_id: int, may_show: bool) -> Work:
        """Write whether a work may be shown elsewhere; that is for its maker alone to say."""
        async with self.database.transaction():
            work = await self.found(member.server_id, work_id)
            rules.check_consents(member, work)
            await self.works.let_show(work.id, may_show)
            return await self.found(member.server_id, work_id)

    async def spare(self, work_id: int, is_spared: bool = True) -> None:
        """Keep a work's file when others make room, because it stands somewhere; or do so no more."""
        await self.works.spare(work_id, is_spared)

    async def stay_tidy(self, sleep: Sleep = asyncio.sleep) -> None:
        """Put the folder in order every day, until cancelled, while work goes on."""
        while True:
            await sleep(TIDIED_EVERY.total_seconds())
            await self.tidy(spare=UNDER_WAY)

    async def tidy(self, spare: timedelta = timedelta(0)) -> None:
        """Put the folder in order: drop what is not needed any more, and keep the bound.

        A file is there before its row. What is younger than `spare` may yet get one, or was left by a job that was
        cancelled or forgotten meanwhile, and goes the next time. Before work begins, nothing has to be spared.
        """
        try:
            await self.works.drop_uploads(self.clock() - UPLOADS_KEPT)
            needed = await self.works.files()
            await asyncio.to_thread(self.folder.keep_only, needed, spare.total_seconds())
            await self.room.make()
        except (OSError, SalonError) as error:
            log.warning("! works folder not tidied", cause=type(error).__name__)

    async def forget(self, member_id: int, server_id: int | None = None) -> None:
        """Delete a member's works and what she brought, with their files."""
        async with self.database.transaction():
            files = [file for _, file in await self.works.files_of(member_id, server_id)]
            await self.works.forget(member_id, server_id)
            await self.room.let_go(*files)

    async def export(self, member_id: int, server_id: int | None = None) -> Mapping[str, Any]:
        """Tell what a member had drawn and what she brought."""
        return await self.works.export(member_id, server_id)

    async def _may_be_seen(self, channel: Channel, work: Work, content: bytes) -> bool:
        """Judge a work once more where it may be explicit and was not drawn for this channel."""
        if not work.is_spoiler or channel.is_age_restricted:
            return True
        upright = await asyncio.to_thread(open_upload, content)
        verdict = await self.guard.check(upright, is_age_restricted=False, kind="mine", job_id=work.job_id)
        return verdict is not Verdict.BLOCKED

    async def files_about(self, member_id: int, server_id: int | None, most_bytes: int) -> dict[str, bytes]:
        """Return a member's files by name, the newest first, as many as `most_bytes` hold."""
        found: dict[str, bytes] = {}
        for name, file in await self.works.files_of(member_id, server_id):
            try:
                content = await asyncio.to_thread(self.folder.read, file)
            except SalonError:
                continue  # gone meanwhile, or unreadable: the list beside the files names it all the same
            if len(content) <= most_bytes:
                found[name] = content
                most_bytes -= len(content)
        return found
