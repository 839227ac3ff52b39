"""The table of channel settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.channels.settings import OwnSettings
from bot.database import Database
from bot.people import Channel
from bot.policy import AiPolicy


class ChannelStore:
    """Reads and writes what channels decided themselves."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, channel_id: int) -> OwnSettings | None:
        """Return what a channel decided, or None where it decided nothing."""
        row = await self._database.fetch_one(
            "SELECT ai_policy, style, turn_spacing FROM channel_settings WHERE channel_id = ?", (channel_id,)
        )
        if row is None:
            return None
        policy = AiPolicy(row["ai_policy"]) if row["ai_policy"] else None
        return OwnSettings(policy, row["style"], row["turn_spacing"])

    async def put(self, channel: Channel, own: OwnSettings, changed_by: int) -> None:
        """Write what a channel decided."""
        await self._database.execute(
            "INSERT OR REPLACE INTO channel_settings"
            " (channel_id, server_id, ai_policy, style, turn_spacing, changed_by) VALUES (?, ?, ?, ?, ?, ?)",
            (channel.id, channel.server_id, own.ai_policy, own.style, own.turn_spacing, changed_by),
        )

    async def delete(self, channel_id: int) -> None:
        """Take back everything a channel decided."""
        await self._database.execute("DELETE FROM channel_settings WHERE channel_id = ?", (channel_id,))

    async def forget(self, member_id: int, server_id: int | None) -> None:
        """Drop who last changed a channel's settings; the settings are the server's and stay."""
        await self._database.execute(
            "UPDATE channel_settings SET changed_by = NULL WHERE changed_by = ?1 AND (?2 IS NULL OR server_id = ?2)",
            (member_id, server_id),
        )

    async def export(self, member_id: int, server_id: int | None = None) -> Mapping[str, Any]:
        """Tell which channels' settings a member was the last to change."""
        rows = await self._database.fetch_all(
            "SELECT server_id, channel_id, ai_policy, style, turn_spacing FROM channel_settings"
            " WHERE changed_by = ?1 AND (?2 IS NULL OR server_id = ?2)",
            (member_id, server_id),
        )
        return {"channels_changed": [dict(row) for row in rows]}
