"""Looking at the pictures of a story, in the channel and in the files that it leaves the house in."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from bot.errors import SalonError
from bot.illustrations import rules
from bot.illustrations.desk import IllustrationDesk
from bot.illustrations.fitting import fitted
from bot.illustrations.picture import StoryPicture
from bot.people import Channel, Member
from bot.stories.illustration import Illustration
from bot.stories.story import ExportFile, ExportFormat, Passage
from bot.words import say

_PNG = b"\x89PNG"


class Showing(IllustrationDesk):
    """What changes nothing."""

    async def beside(self, path: Sequence[Passage]) -> dict[int, list[StoryPicture]]:
        """Return the pictures beside a branch's passages, by the passages' ids."""
        return rules.beside(path, await self.ties.of_story(path[0].story_id)) if path else {}

    async def content(self, picture: StoryPicture) -> bytes:
        """Return a picture's file; empty where it is gone."""
        try:
            if picture.work_id is None:
                return await self.ties.upload(picture.id) or b""
            return await self.pictures.content(await self.pictures.found(picture.server_id, picture.work_id))
        except SalonError:
            return b""

    async def export(
        self, member: Member, channel: Channel, format: ExportFormat, most_bytes: int, story_id: int | None = None
    ) -> ExportFile:
        """Return the current branch of a story as a file with its pictures, made smaller where they must be."""
        path = await self.stories.passages(member, channel, story_id)
        found = await self.beside(path)
        pictures = [picture for beside in found.values() for picture in beside]
        whole = [await self.content(each) for each in pictures]
        contents = await asyncio.to_thread(fitted, whole, _room(path, most_bytes), self.pictures.credentials)
        illustrations: dict[int, list[Illustration]] = {}
        for number, (picture, content) in enumerate(zip(pictures, contents, strict=True), start=1):
            illustrations.setdefault(picture.passage_id, []).append(_illustration(number, picture, content))
        return await self.stories.export(member, channel, format, story_id, illustrations)


def file_format(content: bytes) -> str:
    """Return the format of a picture that is kept here: works are PNG or WebP, uploads WebP."""
    return "png" if content.startswith(_PNG) else "webp"


def credit_of(picture: StoryPicture) -> str:
    """Say who or what made a picture."""
    if picture.by_ai:
        return say("illustrations.by_ai", model=picture.model or "")
    return say("illustrations.brought_by", name=picture.added_by_name)


def _room(path: Sequence[Passage], most_bytes: int) -> int:
    """Return how many bytes a story leaves for its pictures, a third of which a page of HTML spends on writing them."""
    words = sum(len(passage.text.encode()) for passage in path)
    return max(0, (most_bytes - 2 * words) * 7 // 10)


def _illustration(number: int, picture: StoryPicture, content: bytes) -> Illustration:
    file = f"pictures/{number}.{file_format(content)}"
    return Illustration(file, content, picture.alt, credit_of(picture), picture.is_spoiler)
