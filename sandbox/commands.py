"""The application's commands: what the bot pushed, globally and for single servers."""

from __future__ import annotations

from sandbox.errors import unknown_command
from sandbox.ids import Snowflakes
from sandbox.limits.commands import GROUP, SUBCOMMAND, check_commands
from sandbox.wire import Json

EVERYWHERE = [0, 1, 2]


class Commands:
    """Keep Discord's own command objects, by the server they are for (None: everywhere)."""

    def __init__(self, ids: Snowflakes, application_id: int) -> None:
        self._ids = ids
        self._application_id = application_id
        self.by_guild: dict[int | None, list[Json]] = {}

    def listed(self, guild_id: int | None) -> list[Json]:
        """Return the commands that were pushed for a server, or globally."""
        return self.by_guild.get(guild_id, [])

    def usable_in(self, guild_id: int | None) -> list[Json]:
        """Return every command that exists in a server; in direct messages only global ones."""
        own = self.listed(guild_id) if guild_id is not None else []
        return own + self.listed(None)

    def everything(self) -> list[Json]:
        """Return all commands of all servers."""
        return [command for commands in self.by_guild.values() for command in commands]

    def replace(self, guild_id: int | None, pushed: list[Json]) -> list[Json]:
        """Put a whole list in the place of the old one; a command keeps its id by its name and type."""
        check_commands(pushed)
        before = {(c["type"], c["name"]): c for c in self.listed(guild_id)}
        self.by_guild[guild_id] = [self._command_json(guild_id, command, before) for command in pushed]
        return self.by_guild[guild_id]

    def put(self, guild_id: int | None, pushed: Json) -> Json:
        """Add one command, or replace the one of its name."""
        kind = pushed.get("type") or 1
        others = [c for c in self.listed(guild_id) if (c["type"], c["name"]) != (kind, pushed["name"])]
        return self.replace(guild_id, [*map(_as_pushed, others), pushed])[-1]

    def get(self, guild_id: int | None, command_id: int) -> Json:
        """Return one command."""
        for command in self.listed(guild_id):
            if command["id"] == str(command_id):
                return command
        raise unknown_command()

    def remove(self, guild_id: int | None, command_id: int) -> None:
        """Take one command away."""
        gone = self.get(guild_id, command_id)
        self.by_guild[guild_id] = [c for c in self.listed(guild_id) if c is not gone]

    def _command_json(self, guild_id: int | None, pushed: Json, before: dict[tuple[int, str], Json]) -> Json:
        kind = pushed.get("type") or 1
        old = before.get((kind, pushed["name"]))
        permissions = pushed.get("default_member_permissions")
        shown: Json = {
            "id": old["id"] if old else str(self._ids.next()),
            "application_id": str(self._application_id),
            "version": str(self._ids.next()),
            "type": kind,
            "name": pushed["name"],
            "name_localizations": pushed.get("name_localizations"),
            "description": pushed.get("description") or "",
            "description_localizations": pushed.get("description_localizations"),
            "default_member_permissions": None if permissions is None else str(permissions),
            "nsfw": bool(pushed.get("nsfw")),
            "integration_types": pushed.get("integration_types") or [0],
            "options": [_option_json(option) for option in pushed.get("options") or []],
        }
        if guild_id is not None:
            return shown | {"guild_id": str(guild_id)}
        in_dms = pushed.get("dm_permission") is not False
        return shown | {"dm_permission": in_dms, "contexts": pushed.get("contexts") or _contexts(in_dms)}


def _contexts(in_dms: bool) -> list[int]:
    return EVERYWHERE if in_dms else [0]


def _option_json(option: Json) -> Json:
    shown = {key: value for key, value in option.items() if value is not None}
    if option["type"] in (SUBCOMMAND, GROUP):
        return shown | {"options": [_option_json(inner) for inner in option.get("options") or []]}
    return shown


def _as_pushed(command: Json) -> Json:
    return {key: value for key, value in command.items() if key not in ("id", "application_id", "version")}
