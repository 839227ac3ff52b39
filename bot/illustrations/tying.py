"""Putting pictures beside passages, and taking them out again."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence

from bot.errors import NotAllowed, NotFound
from bot.illustrations import rules
from bot.illustrations.desk import IllustrationDesk
from bot.illustrations.picture import NewStoryPicture, StoryPicture, Tied
from bot.jobs.job import Job
from bot.people import Channel, Member
from bot.pictures.picture import How, Source, Upload, Work
from bot.pictures.rules import ALT_MAX
from bot.safety import clean_line
from bot.safety.pictures import Verdict
from bot.safety.uploads import Upright, open_upload
from bot.words import say

UPLOAD_MAX_PX = 1_536


class Tying(IllustrationDesk):
    """What changes which pictures a story has."""

    async def tie(
        self,
        member: Member,
        channel: Channel,
        source: Source,
        alt: str = "",
        passage_id: int | None = None,
        story_id: int | None = None,
    ) -> Tied:
        """Put a work or a file beside a passage, without an id the one the story stands at; anyone may, as in writing.

        A work that stands there already is not put there twice. `alt` tells what is to be seen on a file.
        """
        new = await self._judged(member, channel, await self._sought(member, source), alt)
        async with self.database.transaction():
            story, passage = await self._place(member, channel, story_id, passage_id)
            there = await self.ties.of_work(passage.id, new.work_id) if new.work_id else None
            if there:
                return Tied(there, story, passage, is_new=False)
            await self._check_room(passage)
            return Tied(await self._append(new, story.id, passage.id, member), story, passage)

    async def untie(self, member: Member, channel: Channel, tie_id: int) -> Tied:
        """Take a picture out of its story; for who put it in, the story's host and admins. Return what it was."""
        async with self.database.transaction():
            picture = await self.ties.get(tie_id)
            if picture is None or picture.server_id != member.server_id:
                raise NotFound("illustrations.unknown")
            story = await self.stories.story(member, channel, picture.story_id)
            rules.check_may_untie(member, story, picture)
            await self.ties.delete(picture.id)
            if picture.work_id is not None and not await self.ties.is_anywhere(picture.work_id):
                await self.pictures.spare(picture.work_id, is_spared=False)
            return Tied(picture, story, await self.stories.passage(member, picture.passage_id))

    async def tie_drawn(self, job: Job, works: Sequence[Work]) -> None:
        """Put what was drawn as a scene beside its passage, in the transaction that stores it."""
        for work in works:
            if work.how is How.ILLUSTRATE and work.story_id is not None and work.passage_id is not None:
                by = Member(work.member_id, work.member_name, work.server_id)
                await self._append(_of(work, work.is_spoiler), work.story_id, work.passage_id, by)

    async def _append(self, new: NewStoryPicture, story_id: int, passage_id: int, by: Member) -> StoryPicture:
        if new.work_id is not None:
            await self.pictures.spare(new.work_id)
        return await self.ties.append(new, story_id, passage_id, by, self.clock())

    async def _sought(self, member: Member, source: Source) -> Work | Upload:
        """Return what is meant; a file that was drawn here is the work that it is, whoever brings it."""
        if not isinstance(source, Upload):
            return await self.pictures.work(member, source)
        sha256 = await asyncio.to_thread(lambda: hashlib.sha256(source.content).hexdigest())
        known = await self.pictures.works.by_sha256(sha256)
        return next((work for work in known if work.server_id == member.server_id), source)

    async def _judged(self, member: Member, channel: Channel, sought: Work | Upload, alt: str) -> NewStoryPicture:
        """Return a picture as it goes into a story, if it may be seen in this channel."""
        if isinstance(sought, Upload):
            upright = await asyncio.to_thread(open_upload, sought.content)
            is_spoiler = await self._is_covered(channel, upright)
            told = clean_line(alt)[:ALT_MAX] or say("illustrations.brought_alt", name=member.name)
            return NewStoryPicture(told, is_spoiler, upload=await asyncio.to_thread(upright.as_webp, UPLOAD_MAX_PX))
        await self.pictures.check_ai(channel)
        upright = await asyncio.to_thread(open_upload, await self.pictures.content(sought))
        return _of(sought, sought.is_spoiler or await self._is_covered(channel, upright))

    async def _is_covered(self, channel: Channel, upright: Upright) -> bool:
        """Say whether a picture is shown here behind a spoiler only; raise `NotAllowed` where it is not at all."""
        restricted = channel.is_age_restricted
        verdict = await self.pictures.guard.check(upright, is_age_restricted=restricted, kind="in_story")
        if verdict is Verdict.BLOCKED:
            raise NotAllowed("illustrations.belongs_elsewhere")
        return verdict is Verdict.SPOILER


def _of(work: Work, is_spoiler: bool) -> NewStoryPicture:
    return NewStoryPicture(work.alt, is_spoiler, work.id, work.model)
