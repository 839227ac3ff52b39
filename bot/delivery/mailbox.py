"""The messages of one reply: sent, edited and deleted by whichever door is open."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import discord

from bot.clock import Clock
from bot.delivery.draft import Page
from bot.delivery.fields import edited, sent
from bot.delivery.gate import Gate
from bot.delivery.parts import MOST_MESSAGES, continues
from bot.jobs.job import ReplyPlace

TOKEN_MARGIN = timedelta(seconds=30)
"""A token is left alone this long before it dies, so that no edit is under way when it does."""


class Mailbox:
    """Write through the interaction's webhook while its token lives, and as the bot itself afterwards."""

    def __init__(self, client: discord.Client, reply: ReplyPlace, gate: Gate, clock: Clock) -> None:
        self._client = client
        self._channel = client.get_partial_messageable(reply.channel_id)
        self._token = reply.interaction_token
        self._token_expires_at = reply.token_expires_at
        self._began_with_token = bool(reply.interaction_token)
        self._sent_as_bot: set[int] = set()
        self._gate = gate
        self._clock = clock

    @property
    def is_late(self) -> bool:
        """Say whether the reply's token has died: what comes now should call the member with a message of its own."""
        return self._began_with_token and self._webhook() is None

    @property
    def has_token(self) -> bool:
        """Say whether the reply's token lives."""
        return self._webhook() is not None

    def forget_token(self) -> None:
        """Take Discord's word that the token is dead before its time."""
        self._token = None

    def become_ordinary(self) -> None:
        """Go on with a message that the bot sent by itself: there is no token to be late for."""
        self._token = None
        self._began_with_token = False

    async def send(self, page: Page, nonce: str, mention: int | None = None, reply_to: int | None = None) -> int:
        """Send a message to the channel and return its id; one sent twice with the same nonce is one message."""
        await self._gate.turn()
        fields = sent(page, mention)
        if reply_to is not None:
            # A head that somebody deletes meanwhile must not take its continuation with it.
            channel_id = self._channel.id
            fields["reference"] = discord.MessageReference(
                message_id=reply_to, channel_id=channel_id, fail_if_not_exists=False
            )
        message = await self._channel.send(**fields, nonce=nonce)
        self._sent_as_bot.add(message.id)
        return message.id

    async def follow_up(self, page: Page) -> int | None:
        """Send a message through the webhook, where the bot itself may not write; None without a living token."""
        webhook = self._webhook()
        if webhook is None:
            return None
        await self._gate.turn()
        message: discord.WebhookMessage = await webhook.send(**sent(page, None), wait=True)
        return message.id

    async def follow_up_privately(self, page: Page) -> int:
        """Send an ephemeral message by the token, in its last seconds too: no other door keeps what it says private."""
        await self._gate.turn()
        assert self._token is not None, "the message before this one was edited by the same token"
        webhook = self._webhook_by(self._token)
        message: discord.WebhookMessage = await webhook.send(**sent(page, None), ephemeral=True, wait=True)
        return message.id

    async def edit(self, message_id: int, page: Page) -> None:
        """Make a message say what the page says, and nothing else."""
        await self._gate.turn()
        webhook = self._webhook_of(message_id)
        if webhook is not None:
            await webhook.edit_message(message_id, **edited(page))
        else:
            await self._channel.get_partial_message(message_id).edit(**edited(page))

    async def delete(self, message_id: int) -> None:
        """Take a message back."""
        await self._gate.turn()
        webhook = self._webhook_of(message_id)
        if webhook is not None:
            await webhook.delete_message(message_id)
        else:
            await self._channel.get_partial_message(message_id).delete()

    async def replies_to(self, message_id: int) -> list[int]:
        """Find our own messages that continue a message, oldest first."""
        await self._gate.turn()
        head = discord.Object(message_id)
        found = self._channel.history(after=head, limit=MOST_MESSAGES, oldest_first=True)
        bot_id = self._client.user.id if self._client.user else 0
        ids = [message.id async for message in found if continues(message, message_id, bot_id)]
        self._sent_as_bot.update(ids)
        return ids

    async def send_privately(self, member_id: int, page: Page, nonce: str) -> int:
        """Send a direct message and return its id."""
        await self._gate.turn()
        channel = await self._client.create_dm(discord.Object(member_id))
        await self._gate.turn()
        message = await channel.send(**sent(page, None), nonce=nonce)
        return message.id

    def _webhook_of(self, message_id: int) -> discord.Webhook | None:
        """Return the webhook if a message belongs to it: it may not touch what the bot sent by itself."""
        return None if message_id in self._sent_as_bot else self._webhook()

    def _webhook(self) -> discord.Webhook | None:
        expires_at = self._token_expires_at
        if self._token is None or (expires_at is not None and self._clock() >= expires_at - TOKEN_MARGIN):
            return None
        return self._webhook_by(self._token)

    def _webhook_by(self, token: str) -> discord.Webhook:
        if self._client.application_id is None:
            raise RuntimeError("The client is not logged in")
        webhook = discord.Webhook.partial(self._client.application_id, token, client=self._client)
        webhook.type = discord.WebhookType.application  # any other may send nothing ephemeral
        return webhook


def nonce_of(*parts: object) -> str:
    """Derive a message's nonce (at most 25 characters) from what makes it the same message."""
    return hashlib.sha256("/".join(map(str, parts)).encode()).hexdigest()[:24]
