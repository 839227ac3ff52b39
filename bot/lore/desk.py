"""The desk everything about lore is done at: its collaborators, and finding a card a member may touch."""

from __future__ import annotations

from dataclasses import dataclass

from bot.channels.service import ChannelService
from bot.clock import Clock
from bot.database import Database
from bot.errors import NotFound
from bot.jobs.queue import JobQueue
from bot.lore import rules
from bot.lore.card import Card, CardState
from bot.lore.nearness import Nearness
from bot.lore.recall import Recall
from bot.lore.store import LoreStore
from bot.people import Channel, Member
from bot.policy import check_ai_may_speak
from bot.roles.service import RoleService
from bot.stories.service import StoryService
from bot.stories.story import Story
from models.engine import Engine


@dataclass(frozen=True)
class LoreDesk:
    """What keeping cards and proposing them share."""

    database: Database
    queue: JobQueue
    engine: Engine
    cards: LoreStore
    nearness: Nearness
    recall: Recall
    stories: StoryService
    channels: ChannelService
    roles: RoleService
    clock: Clock

    async def check_ai(self, channel: Channel) -> None:
        """Raise `NotAllowed` where a channel belongs to people only."""
        check_ai_may_speak((await self.channels.settings(channel)).ai_policy)

    async def _card(self, card_id: int) -> Card:
        card = await self.cards.get(card_id)
        if card is None:
            raise NotFound("lore.gone")
        return card

    async def _check_new(self, story: Story, title: str, but: Card | None = None) -> None:
        """Keep titles apart and the number of cards bounded, for a card that is to be kept."""
        others = [card for card in await self.cards.of_story(story.id) if but is None or card.id != but.id]
        rules.check_title(title, others)
        rules.check_room(others)

    async def _proposed(self, member: Member, channel: Channel, card_id: int) -> tuple[Story, Card]:
        """Return a proposal that the member may decide on, as she may add a card."""
        card = await self._card(card_id)
        story = await self.stories.check_takes_part(member, channel, card.story_id)
        rules.check_state(card, CardState.PROPOSED)
        return story, card
