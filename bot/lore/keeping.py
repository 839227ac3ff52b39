"""Keeping a story's cards: everyone reads them, those in the story write them."""

from __future__ import annotations

from bot.errors import NotFound
from bot.lore import rules
from bot.lore.card import Card, CardState, Edited, NewCard, Standing, Typed, Wording
from bot.lore.desk import LoreDesk
from bot.people import Channel, Member


class Keeping(LoreDesk):
    """The cards of a channel's stories; `story_id=None` means the channel's current story."""

    async def of_story(self, member: Member, channel: Channel, story_id: int | None = None) -> list[Card]:
        """List a story's cards by title."""
        return await self.cards.of_story((await self.stories.story(member, channel, story_id)).id)

    async def standing(self, member: Member, channel: Channel, story_id: int | None = None) -> list[Standing]:
        """List a story's cards, those that the AI would be reminded of now first, with the reason."""
        story = await self.stories.story(member, channel, story_id)
        return await self.recall.standing(story, await self.stories.passages(member, channel, story.id))

    async def add(self, member: Member, channel: Channel, typed: Typed, story_id: int | None = None) -> Card:
        """Add a card; for those in the story."""
        wording = rules.checked(typed)
        async with self.database.transaction():
            story = await self.stories.check_takes_part(member, channel, story_id)
            await self._check_new(story, wording.title)
            return await self.cards.append(story.id, story.server_id, NewCard(wording), member.id, self.clock())

    async def edit(self, member: Member, channel: Channel, card_id: int, typed: Typed) -> Edited:
        """Reword a card and keep what it said; for the one who added it, the story's host and admins."""
        wording = rules.checked(typed)
        async with self.database.transaction():
            return await self._reword(member, channel, card_id, wording)

    async def take_back_edit(self, member: Member, channel: Channel, card_id: int, version_id: int) -> Edited:
        """Let a card say again what it said before a change; what it says now is kept as well."""
        async with self.database.transaction():
            before = await self.cards.version(card_id, version_id)
            if before is None:
                raise NotFound("lore.gone")
            return await self._reword(member, channel, card_id, before)

    async def remove(self, member: Member, channel: Channel, title: str, story_id: int | None = None) -> Card:
        """Take a card out of the lore; it is kept and can be put back."""
        async with self.database.transaction():
            card = await self.check_may_change(member, channel, title, story_id)
            return await self.cards.put(card, CardState.REMOVED, card.added_by)

    async def put_back(self, member: Member, channel: Channel, card_id: int) -> Card:
        """Put a removed card back; for those who may remove it."""
        async with self.database.transaction():
            card = await self._card(card_id)
            story = await self.stories.story(member, channel, card.story_id)
            rules.check_may_change(member, story, card)
            rules.check_state(card, CardState.REMOVED)
            await self._check_new(story, card.title)
            return await self.cards.put(card, CardState.KEPT, card.added_by)

    async def check_may_change(self, member: Member, channel: Channel, title: str, story_id: int | None = None) -> Card:
        """Return a card that the member may change; raise why not, before she has written."""
        story = await self.stories.story(member, channel, story_id)
        card = await self.cards.titled(story.id, title)
        if card is None:
            raise NotFound("lore.unknown", title=title)
        rules.check_may_change(member, story, card)
        return card

    async def _reword(self, member: Member, channel: Channel, card_id: int, wording: Wording) -> Edited:
        card = await self._card(card_id)
        story = await self.stories.story(member, channel, card.story_id)
        rules.check_may_change(member, story, card)
        rules.check_state(card, CardState.KEPT)
        await self._check_new(story, wording.title, but=card)
        version_id = await self.cards.rewrite(card, wording, member.id, self.clock())
        return Edited(await self._card(card.id), version_id)
