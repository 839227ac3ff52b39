"""Live interactions, with their three seconds and their fifteen minutes."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from sandbox.clock import Clock
from sandbox.errors import already_acknowledged, invalid_webhook_token, unknown_interaction, unknown_webhook
from sandbox.ids import Snowflakes
from sandbox.wire import Json
from sandbox.world import MessageRecord

TOKEN_LIFE_S = 15 * 60


class Kind(IntEnum):
    """What the person did."""

    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL = 5


@dataclass(slots=True)
class Interaction:
    """One thing a person did, and what became of it."""

    id: int
    token: str
    kind: Kind
    user_id: int
    channel_id: int
    created_at: float
    metadata: Json = field(default_factory=dict)
    command_type: int | None = None
    source: MessageRecord | None = None
    answered: asyncio.Event = field(default_factory=asyncio.Event)
    answer_type: int | None = None
    original: MessageRecord | None = None
    modal: Json | None = None
    choices: list[Json] = field(default_factory=list)
    messages: list[MessageRecord] = field(default_factory=list)
    expired: bool = False


class Interactions:
    """Open interactions and find them again by id or token, while their time lasts."""

    def __init__(self, clock: Clock, ids: Snowflakes, ack_within_s: float) -> None:
        self._clock, self._ids = clock, ids
        self.ack_within_s = ack_within_s
        self._by_token: dict[str, Interaction] = {}

    def open(self, kind: Kind, user_id: int, channel_id: int, **more: Any) -> Interaction:
        """Start an interaction now."""
        self._drop_old()
        token = secrets.token_urlsafe(48)
        interaction = Interaction(self._ids.next(), token, kind, user_id, channel_id, self._clock.now(), **more)
        self._by_token[token] = interaction
        return interaction

    async def wait_for_answer(self, interaction: Interaction) -> bool:
        """Wait until the bot acknowledges; False when its time is over."""
        return await self._clock.wait(interaction.answered, interaction.created_at + self.ack_within_s)

    def to_acknowledge(self, interaction_id: int, token: str) -> Interaction:
        """Find the interaction that a callback is for; ApiError when it is unknown, late or answered."""
        interaction = self._by_token.get(token)
        if interaction is None or interaction.id != interaction_id or self._is_over(interaction):
            raise unknown_interaction()
        if interaction.answered.is_set():
            raise already_acknowledged()
        if self._clock.now() - interaction.created_at > self.ack_within_s:
            raise unknown_interaction()
        return interaction

    def by_token(self, token: str) -> Interaction:
        """Find the interaction that a webhook request is for; ApiError when its token is unknown or dead."""
        interaction = self._by_token.get(token)
        if interaction is None or not interaction.answered.is_set():
            raise unknown_webhook()
        if self._is_over(interaction):
            raise invalid_webhook_token()
        return interaction

    def by_id(self, interaction_id: int) -> Interaction | None:
        """Find an interaction, or nothing."""
        return next((i for i in self._by_token.values() if i.id == interaction_id), None)

    def expire(self, message_id: int) -> None:
        """End the token of the interaction whose answer a message is; KeyError when there is none."""
        for interaction in self._by_token.values():
            if any(message.id == message_id for message in interaction.messages):
                interaction.expired = True
                return
        raise KeyError(f"message {message_id} answers no interaction")

    def _is_over(self, interaction: Interaction) -> bool:
        return interaction.expired or self._clock.now() - interaction.created_at > TOKEN_LIFE_S

    def _drop_old(self) -> None:
        """Forget tokens a while after their end, so that a late request still reads the right error."""
        now = self._clock.now()
        old = [token for token, i in self._by_token.items() if now - i.created_at > 4 * TOKEN_LIFE_S]
        for token in old:
            del self._by_token[token]
