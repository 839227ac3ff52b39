"""Application commands, global and of one server."""

from __future__ import annotations

from sandbox.errors import missing_access
from sandbox.feed import Happening
from sandbox.rest.routes import Answer, Call, route
from sandbox.wire import Json

GLOBAL = "/applications/{application_id}/commands"
OF_GUILD = "/applications/{application_id}/guilds/{guild_id}/commands"


@route("GET", GLOBAL)
@route("GET", OF_GUILD)
def list_commands(call: Call) -> list[Json]:
    """Answer with the commands that were pushed."""
    return call.core.commands.listed(_place(call))


@route("PUT", GLOBAL)
@route("PUT", OF_GUILD)
def replace_commands(call: Call) -> list[Json]:
    """Put the pushed commands in the place of all former ones."""
    listed = call.core.commands.replace(_place(call), call.body or [])
    call.core.feed.tell(Happening("commands"))
    return listed


@route("POST", GLOBAL)
@route("POST", OF_GUILD)
def put_command(call: Call) -> Answer:
    """Add a command or replace its namesake."""
    place = _place(call)
    known = {(c["type"], c["name"]) for c in call.core.commands.listed(place)}
    command = call.core.commands.put(place, call.form())
    call.core.feed.tell(Happening("commands"))
    return Answer(200 if (command["type"], command["name"]) in known else 201, command)


@route("GET", GLOBAL + "/{command_id}")
@route("GET", OF_GUILD + "/{command_id}")
def get_command(call: Call) -> Json:
    """Answer with one command."""
    return call.core.commands.get(_place(call), call.id("command_id"))


@route("PATCH", GLOBAL + "/{command_id}")
@route("PATCH", OF_GUILD + "/{command_id}")
def edit_command(call: Call) -> Json:
    """Change what the body names of a command."""
    place = _place(call)
    before = call.core.commands.get(place, call.id("command_id"))
    command = call.core.commands.put(place, before | call.form())
    call.core.feed.tell(Happening("commands"))
    return command


@route("DELETE", GLOBAL + "/{command_id}")
@route("DELETE", OF_GUILD + "/{command_id}")
def delete_command(call: Call) -> None:
    """Take a command away."""
    call.core.commands.remove(_place(call), call.id("command_id"))
    call.core.feed.tell(Happening("commands"))


def _place(call: Call) -> int | None:
    """Return the server that the commands are for; a bot manages only its own application's."""
    if call.id("application_id") != call.core.world.application_id:
        raise missing_access()
    if "guild_id" not in call.params:
        return None
    if call.id("guild_id") not in call.core.world.guilds:
        raise missing_access()
    return call.id("guild_id")
