"""What a member's requests weigh in the line, and who may change it."""

from __future__ import annotations

from bot.database import Database
from bot.errors import BadInput, NotAllowed
from bot.people import Member
from bot.roles.rules import ROLES_PER_SERVER_MAX, USUAL_WEIGHT, RoleWeight, check_weight, largest
from bot.roles.store import RoleStore


class RoleService:
    """Weights by role: while others wait, device time is shared out in their proportion."""

    def __init__(self, database: Database, store: RoleStore) -> None:
        self._database = database
        self._store = store

    async def weight_of(self, member: Member) -> float:
        """Return the largest weight among a member's roles; 1.0 where none of them has one."""
        return largest(await self._store.in_server(member.server_id), member.role_ids)

    async def list(self, server_id: int) -> list[RoleWeight]:
        """List a server's weighted roles, the largest weight first."""
        return await self._store.in_server(server_id)

    async def set_weight(self, member: Member, role_id: int, weight: float) -> None:
        """Give the members of a role a weight, from their next request on; 1.0 takes it away. Admins only."""
        if not member.is_admin:
            raise NotAllowed("roles.only_admins")
        if role_id == member.server_id:  # @everyone has its server's id, and what everyone gets is the usual share
            raise BadInput("roles.everyone")
        check_weight(weight)
        if weight == USUAL_WEIGHT:
            await self._store.delete(member.server_id, role_id)
        else:
            await self._put(member.server_id, role_id, weight)

    async def role_deleted(self, server_id: int, role_id: int) -> None:
        """Drop the weight of a role that the server no longer has."""
        await self._store.delete(server_id, role_id)

    async def _put(self, server_id: int, role_id: int, weight: float) -> None:
        async with self._database.transaction():
            others = {role.role_id for role in await self._store.in_server(server_id)} - {role_id}
            if len(others) >= ROLES_PER_SERVER_MAX:
                raise BadInput("roles.too_many", limit=ROLES_PER_SERVER_MAX)
            await self._store.put(server_id, role_id, weight)
