"""Writing styles: reading them is everyone's, a server's own are made by its admins."""

from __future__ import annotations

from bot.database import Database
from bot.errors import BadInput, NotAllowed, NotFound
from bot.people import Member
from bot.styles.builtin import builtin_styles
from bot.styles.rules import STYLES_PER_SERVER_MAX, checked, checked_name, name_key
from bot.styles.store import StyleStore
from bot.styles.style import Style


class StyleService:
    """The built-in styles and each server's own, under one roof."""

    def __init__(self, database: Database, store: StyleStore) -> None:
        self._database = database
        self._store = store

    async def list(self, server_id: int) -> list[Style]:
        """List the built-in styles, then the server's own."""
        return [*builtin_styles(), *await self._store.in_server(server_id)]

    async def get(self, server_id: int, name: str) -> Style:
        """Return a style by its name in any case; raise `NotFound` for an unknown one."""
        style = _builtin(name) or await self._store.get(server_id, name)
        if style is None:
            raise NotFound("styles.unknown", name=name)
        return style

    async def get_or_default(self, server_id: int, name: str | None) -> Style:
        """Return a style, or the default one where none is named or the named one was deleted."""
        found = name and (_builtin(name) or await self._store.get(server_id, name))
        return found or builtin_styles()[0]

    async def changeable(self, member: Member, name: str) -> Style:
        """Return a style of the server's own to be changed; admins only."""
        return _changeable(member, await self.get(member.server_id, name))

    async def check_new(self, member: Member, name: str) -> None:
        """Raise what keeps the member from making a style of this name; admins only."""
        _check_changeable(member, checked_name(name))
        own = await self._store.in_server(member.server_id)
        if name_key(name) in {name_key(other.name) for other in own}:
            raise BadInput("styles.name_taken", name=name)
        if len(own) >= STYLES_PER_SERVER_MAX:
            raise BadInput("styles.too_many", limit=STYLES_PER_SERVER_MAX)

    async def create(self, member: Member, style: Style) -> Style:
        """Make a style of the server's own; admins only."""
        style = checked(style)
        async with self._database.transaction():
            await self.check_new(member, style.name)
            await self._store.put(member.server_id, style, member.id)
        return style

    async def edit(self, member: Member, style: Style) -> Style:
        """Replace the server's own style of that name; admins only."""
        style = _changeable(member, checked(style))
        async with self._database.transaction():
            await self._own(member.server_id, style.name)
            await self._store.put(member.server_id, style, member.id)
        return style

    async def delete(self, member: Member, name: str) -> Style:
        """Delete a style of the server's own; stories in that style go on in the default one. Admins only."""
        async with self._database.transaction():
            style = await self.changeable(member, name)
            await self._store.delete(member.server_id, name)
        return style

    async def _own(self, server_id: int, name: str) -> Style:
        style = await self._store.get(server_id, name)
        if style is None:
            raise NotFound("styles.unknown", name=name)
        return style


def _builtin(name: str) -> Style | None:
    key = name_key(name)
    return next((style for style in builtin_styles() if name_key(style.name) == key), None)


def _changeable(member: Member, style: Style) -> Style:
    _check_changeable(member, style.name)
    return style


def _check_changeable(member: Member, name: str) -> None:
    if not member.is_admin:
        raise NotAllowed("styles.only_admins")
    if _builtin(name):
        raise NotAllowed("styles.builtin", name=name)
