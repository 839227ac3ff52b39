"""A story's cast book: everyone reads it, those in the story write it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.cast import rules
from bot.cast.entry import CastChange, CastEntry, NewEntry
from bot.cast.portrait import portrait
from bot.cast.store import CastStore
from bot.clock import Clock
from bot.database import Database
from bot.errors import BadInput, NotFound
from bot.people import Channel, Member
from bot.safety.pictures import PictureGuard
from bot.safety.prompts import check_prompt
from bot.safety.words import WordService
from bot.stories.service import StoryService
from bot.stories.story import Story


class CastService:
    """The cast of a channel's stories; `story_id=None` means the channel's current story."""

    def __init__(
        self,
        *,
        database: Database,
        cast: CastStore,
        stories: StoryService,
        words: WordService,
        guard: PictureGuard,
        clock: Clock,
    ) -> None:
        self._database = database
        self._cast = cast
        self._stories = stories
        self._words = words
        self._guard = guard
        self._clock = clock

    async def list(self, member: Member, channel: Channel, story_id: int | None = None) -> list[CastEntry]:
        """List a story's cast by name, people first."""
        return await self._cast.of_story((await self._stories.story(member, channel, story_id)).id)

    async def get(self, member: Member, channel: Channel, name: str, story_id: int | None = None) -> CastEntry:
        """Return an entry by its name in any case; raise `NotFound` for an unknown one."""
        return await self._found(await self._stories.story(member, channel, story_id), name)

    async def of_story(self, story_id: int) -> Sequence[CastEntry]:
        """List the cast of a story that somebody was let into before."""
        return await self._cast.of_story(story_id)

    async def picture(self, entry: CastEntry) -> bytes | None:
        """Return the encoded picture of an entry, or None."""
        return await self._cast.picture(entry.id) if entry.has_picture else None

    async def add(self, member: Member, channel: Channel, new: NewEntry, story_id: int | None = None) -> CastEntry:
        """Add a person or place; for those in the story."""
        new = replace(new, name=rules.checked_name(new.name), traits=rules.checked_traits(new.traits))
        await self._check_words(member, new.name, new.traits)
        if new.picture:
            new = replace(new, picture=await portrait(new.picture, self._guard))
        async with self._database.transaction():
            story = await self._stories.check_takes_part(member, channel, story_id)
            others = await self._cast.of_story(story.id)
            rules.check_new(new.name, others)
            rules.check_room(others)
            return await self._cast.append(story, new, member.id, self._clock())

    async def edit(
        self, member: Member, channel: Channel, name: str, change: CastChange, story_id: int | None = None
    ) -> CastEntry:
        """Change an entry; for the one who added it, the story's host and admins."""
        if change == CastChange():
            raise BadInput("cast.nothing_given")
        if change.picture:
            change = replace(change, picture=await portrait(change.picture, self._guard))
        async with self._database.transaction():
            entry = await self.check_may_change(member, channel, name, story_id)
            changed = await self._changed(member, entry, change)
            entry = await self._cast.rewrite(changed)
            if change.picture or change.drops_picture:
                entry = await self._cast.set_picture(entry, change.picture)
            return entry

    async def remove(self, member: Member, channel: Channel, name: str, story_id: int | None = None) -> CastEntry:
        """Take an entry out of the cast; for the one who added it, the story's host and admins."""
        async with self._database.transaction():
            entry = await self.check_may_change(member, channel, name, story_id)
            await self._cast.delete(entry.id)
            return entry

    async def check_may_change(
        self, member: Member, channel: Channel, name: str, story_id: int | None = None
    ) -> CastEntry:
        """Return an entry that the member may change; raise why not, before she has written."""
        story = await self._stories.story(member, channel, story_id)
        entry = await self._found(story, name)
        rules.check_may_change(member, story, entry)
        return entry

    async def _changed(self, member: Member, entry: CastEntry, change: CastChange) -> CastEntry:
        """Apply a change to everything but the picture."""
        changed = replace(
            entry,
            name=rules.checked_name(change.name or entry.name),
            traits=rules.checked_traits(change.traits or entry.traits),
            kind=change.kind or entry.kind,
        )
        await self._check_words(member, changed.name, changed.traits)
        others = [other for other in await self._cast.of_story(entry.story_id) if other.id != entry.id]
        rules.check_new(changed.name, others)
        return changed

    async def _check_words(self, member: Member, *texts: str) -> None:
        """Refuse at once what no picture would be drawn from later."""
        check_prompt("\n".join(texts), await self._words.words(member.server_id))

    async def _found(self, story: Story, name: str) -> CastEntry:
        entry = await self._cast.get(story.id, name)
        if entry is None:
            raise NotFound("cast.unknown", name=name)
        return entry
