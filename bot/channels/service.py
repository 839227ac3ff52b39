"""What holds in a channel, and who may change it."""

from __future__ import annotations

from dataclasses import replace

from bot.channels.settings import ChannelSettings, OwnSettings
from bot.channels.store import ChannelStore
from bot.database import Database
from bot.errors import BadInput, NotAllowed
from bot.people import Channel, Member
from bot.policy import AiPolicy
from bot.styles.service import StyleService

TURN_SPACING_MAX = 10


class ChannelService:
    """Settings by channel; a thread takes from its parent what it does not decide itself."""

    def __init__(self, database: Database, store: ChannelStore, styles: StyleService) -> None:
        self._database = database
        self._store = store
        self._styles = styles

    async def settings(self, channel: Channel) -> ChannelSettings:
        """Return what holds in a channel."""
        parent_own = None if channel.parent_id is None else await self._store.get(channel.parent_id)
        parent = (parent_own or OwnSettings()).over(ChannelSettings())
        own = await self._store.get(channel.id)
        if own is None:
            return replace(parent, inherited=channel.parent_id is not None)
        return own.over(parent)

    async def change(
        self,
        member: Member,
        channel: Channel,
        *,
        ai_policy: AiPolicy | None = None,
        style: str | None = None,
        turn_spacing: int | None = None,
    ) -> ChannelSettings:
        """Change what is given and leave the rest; an empty `style` takes the choice back. Admins only."""
        _check_admin(member)
        if turn_spacing is not None and not 0 <= turn_spacing <= TURN_SPACING_MAX:
            raise BadInput("channels.bad_spacing", limit=TURN_SPACING_MAX)
        async with self._database.transaction():
            own = await self._store.get(channel.id) or OwnSettings()
            changed = OwnSettings(
                ai_policy=ai_policy or own.ai_policy,
                style=own.style if style is None else await self._style_name(channel.server_id, style),
                turn_spacing=own.turn_spacing if turn_spacing is None else turn_spacing,
            )
            await self._store.put(channel, changed, member.id)
            return await self.settings(channel)

    async def reset(self, member: Member, channel: Channel) -> ChannelSettings:
        """Take back everything the channel decided; a thread follows its parent again. Admins only."""
        _check_admin(member)
        await self._store.delete(channel.id)
        return await self.settings(channel)

    async def _style_name(self, server_id: int, style: str) -> str | None:
        return (await self._styles.get(server_id, style)).name if style else None


def _check_admin(member: Member) -> None:
    if not member.is_admin:
        raise NotAllowed("channels.only_admins")
