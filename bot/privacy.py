"""What Salon knows of a member: telling it, and forgetting it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from bot.clock import Clock
from bot.database import Database
from bot.people import Member
from bot.stories.story import ExportFile


class PrivateStore(Protocol):
    """What every store can do for a member; `server_id` None means in all servers."""

    async def forget(self, member_id: int, server_id: int | None) -> object:
        """Take out everything about a member."""
        ...

    async def export(self, member_id: int, server_id: int | None = None) -> Mapping[str, Any]:
        """Tell everything about a member, as named lists of JSON values."""
        ...


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many entries of each kind were taken out, by the names that the export gives them."""

    counts: Mapping[str, int]


class PrivacyService:
    """Every store's export and forgetting, for one member in one server."""

    def __init__(self, database: Database, stores: Mapping[str, PrivateStore], clock: Clock) -> None:
        self._database = database
        self._stores = stores
        self._clock = clock

    async def export(self, member: Member) -> ExportFile:
        """Return a JSON file of everything kept about a member in their server."""
        told = {
            "member": {"id": member.id, "name": member.name, "server_id": member.server_id},
            "exported_at": self._clock().isoformat(),
            **await self._told(member),
        }
        text = json.dumps(told, ensure_ascii=False, indent=2, default=str)
        return ExportFile("salon-about-you.json", text.encode("utf-8"))

    async def forget(self, member: Member) -> Forgotten:
        """Forget a member in their server, in all stores or in none; their passages stay as "[removed]"."""
        async with self._database.transaction():
            told = await self._told(member)
            for store in self._stores.values():
                await store.forget(member.id, member.server_id)
        return Forgotten({kind: len(entries) for store in told.values() for kind, entries in store.items() if entries})

    async def _told(self, member: Member) -> dict[str, Mapping[str, Any]]:
        return {name: await store.export(member.id, member.server_id) for name, store in self._stores.items()}
