"""One kind of styles, built in and a server's own: reading them is everyone's, making them is for admins."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic

from bot.database import Database
from bot.errors import BadInput, NotAllowed, NotFound
from bot.people import Member
from bot.styles.rules import STYLES_PER_SERVER_MAX, checked_name, name_key
from bot.styles.store import S, StyleTable


class StyleBook(Generic[S]):
    """The built-in styles of a kind and each server's own, under one roof.

    `checked` is the rule for new ones, `edited_by` the command that changes one.
    """

    def __init__(
        self,
        database: Database,
        table: StyleTable[S],
        builtin: Sequence[S],
        checked: Callable[[S], S],
        *,
        edited_by: str,
    ) -> None:
        self._database = database
        self._table = table
        self._builtin_styles = builtin
        self._checked = checked
        self._edited_by = edited_by

    async def list(self, server_id: int) -> list[S]:
        """List the built-in styles, then the server's own."""
        return [*self._builtin_styles, *await self._table.in_server(server_id)]

    async def get(self, server_id: int, name: str) -> S:
        """Return a style by its name in any case; raise `NotFound` for an unknown one."""
        style = self._builtin(name) or await self._table.get(server_id, name)
        if style is None:
            raise NotFound("styles.unknown", name=name)
        return style

    async def get_or_default(self, server_id: int, name: str | None) -> S:
        """Return a style, or the default one where none is named or the named one was deleted."""
        found = name and (self._builtin(name) or await self._table.get(server_id, name))
        return found or self._builtin_styles[0]

    async def changeable(self, member: Member, name: str) -> S:
        """Return a style of the server's own to be changed; admins only."""
        return self._changeable(member, await self.get(member.server_id, name))

    async def check_new(self, member: Member, name: str) -> None:
        """Raise what keeps the member from making a style of this name; admins only."""
        self._check_changeable(member, checked_name(name))
        own = await self._table.in_server(member.server_id)
        if name_key(name) in {name_key(other.name) for other in own}:
            raise BadInput("styles.name_taken", name=name, command=self._edited_by)
        if len(own) >= STYLES_PER_SERVER_MAX:
            raise BadInput("styles.too_many", limit=STYLES_PER_SERVER_MAX)

    async def create(self, member: Member, style: S) -> S:
        """Make a style of the server's own; admins only."""
        style = self._checked(style)
        async with self._database.transaction():
            await self.check_new(member, style.name)
            await self._table.put(member.server_id, style, member.id)
        return style

    async def edit(self, member: Member, style: S) -> S:
        """Replace the server's own style of that name; admins only."""
        style = self._changeable(member, self._checked(style))
        async with self._database.transaction():
            await self._own(member.server_id, style.name)
            await self._table.put(member.server_id, style, member.id)
        return style

    async def delete(self, member: Member, name: str) -> S:
        """Delete a style of the server's own; what was to be in that style goes on in the default one. Admins only."""
        async with self._database.transaction():
            style = await self.changeable(member, name)
            await self._table.delete(member.server_id, name)
        return style

    async def _own(self, server_id: int, name: str) -> S:
        style = await self._table.get(server_id, name)
        if style is None:
            raise NotFound("styles.unknown", name=name)
        return style

    def _builtin(self, name: str) -> S | None:
        key = name_key(name)
        return next((style for style in self._builtin_styles if name_key(style.name) == key), None)

    def _changeable(self, member: Member, style: S) -> S:
        self._check_changeable(member, style.name)
        return style

    def _check_changeable(self, member: Member, name: str) -> None:
        if not member.is_admin:
            raise NotAllowed("styles.only_admins")
        if self._builtin(name):
            raise NotAllowed("styles.builtin", name=name)
