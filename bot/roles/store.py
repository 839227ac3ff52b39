"""The table of the roles' weights."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.database import Database
from bot.roles.rules import RoleWeight


class RoleStore:
    """Reads and writes what roles weigh."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def in_server(self, server_id: int) -> list[RoleWeight]:
        """List a server's weighted roles, the largest weight first."""
        rows = await self._database.fetch_all(
            "SELECT role_id, weight FROM role_weights WHERE server_id = ? ORDER BY weight DESC, role_id", (server_id,)
        )
        return [RoleWeight(row["role_id"], row["weight"]) for row in rows]

    async def put(self, server_id: int, role_id: int, weight: float) -> None:
        """Write what a role weighs."""
        await self._database.execute(
            "INSERT OR REPLACE INTO role_weights (server_id, role_id, weight) VALUES (?, ?, ?)",
            (server_id, role_id, weight),
        )

    async def delete(self, server_id: int, role_id: int) -> None:
        """Take a role's weight away."""
        await self._database.execute(
            "DELETE FROM role_weights WHERE server_id = ? AND role_id = ?", (server_id, role_id)
        )

    async def forget(self, member_id: int, server_id: int | None) -> None:
        """Leave all as it is: who has a role is Discord's to know, and who gave it a weight is not kept."""

    async def export(self, member_id: int, server_id: int | None = None) -> Mapping[str, Any]:
        """Tell nothing, since nothing here is about a member."""
        return {}
