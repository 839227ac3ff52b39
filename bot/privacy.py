"""What Salon knows of a member: telling it, and forgetting it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Protocol
from zipfile import ZIP_DEFLATED, ZipFile

from bot.clock import Clock
from bot.database import Database
from bot.people import Member
from bot.stories.story import ExportFile

FILES_MAX_BYTES = 9 * 2**20
"""What the files may take together: Discord sends 10 MiB everywhere, and the list of all is beside them."""


class PrivateStore(Protocol):
    """What every store can do for a member; `server_id` None means in all servers."""

    async def forget(self, member_id: int, server_id: int | None) -> object:
        """Take out everything about a member."""
        ...

    async def export(self, member_id: int, server_id: int | None = None) -> Mapping[str, Any]:
        """Tell everything about a member, as named lists of JSON values."""
        ...


class PrivateFiles(Protocol):
    """What keeps files for members."""

    async def files_about(self, member_id: int, server_id: int | None, most_bytes: int) -> Mapping[str, bytes]:
        """Return a member's files by name, as many as `most_bytes` hold."""
        ...


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many entries of each kind were taken out, by the names that the export gives them."""

    counts: Mapping[str, int]


class PrivacyService:
    """Every store's export and forgetting, for one member in one server."""

    def __init__(
        self, database: Database, stores: Mapping[str, PrivateStore], clock: Clock, files: PrivateFiles | None = None
    ) -> None:
        self._database = database
        self._stores = stores
        self._clock = clock
        self._files = files

    async def export(self, member: Member) -> ExportFile:
        """Return everything kept about a member in their server: a JSON file, zipped with their files if there are any.

        Of more files than fit one message the newest come along; the JSON tells of all.
        """
        files = await self._files.files_about(member.id, member.server_id, FILES_MAX_BYTES) if self._files else {}
        told = {
            "member": {"id": member.id, "name": member.name, "server_id": member.server_id},
            "exported_at": self._clock().isoformat(),
            **await self._told(member),
            "files": list(files),
        }
        text = json.dumps(told, ensure_ascii=False, indent=2, default=str).encode("utf-8")
        if not files:
            return ExportFile("salon-about-you.json", text)
        packed = await asyncio.to_thread(_zipped, {"salon-about-you.json": text, **files})
        return ExportFile("salon-about-you.zip", packed)

    async def forget(self, member: Member) -> Forgotten:
        """Forget a member in their server, in all stores or in none; their passages stay as "[removed]"."""
        async with self._database.transaction():
            told = await self._told(member)
            for store in self._stores.values():
                await store.forget(member.id, member.server_id)
        return Forgotten({kind: len(entries) for store in told.values() for kind, entries in store.items() if entries})

    async def _told(self, member: Member) -> dict[str, Mapping[str, Any]]:
        return {name: await store.export(member.id, member.server_id) for name, store in self._stores.items()}


def _zipped(files: Mapping[str, bytes]) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()
