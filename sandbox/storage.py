"""Yesterday's channel, today: the world in one JSON file, written whole or not at all."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sandbox.core import Core
from sandbox.feed import Happening
from sandbox.wire import Json
from sandbox.world import (
    Attachment,
    ChannelRecord,
    Guild,
    GuildMember,
    MessageFlag,
    MessageRecord,
    Overwrite,
    Role,
    User,
    World,
)

VERSION = 1
SAVE_AFTER_S = 1.0


class UnreadableState(Exception):
    """A state file is broken or another version's; it stays as it is, for whoever wants its messages back."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What a state file holds."""

    world: World
    last_id: int
    base_url: str
    commands: dict[int | None, list[Json]]


def load(path: Path) -> Saved | None:
    """Read a state file; nothing where there is none yet. Raises `UnreadableState`."""
    try:
        return _saved(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, LookupError, AttributeError) as error:
        raise UnreadableState(f"{path} is no world that this sandbox can read: move it away") from error


def _saved(state: Any) -> Saved:
    if state["version"] != VERSION:
        raise ValueError(f"version {state['version']}, not {VERSION}")
    commands = {int(key) if key else None: listed for key, listed in state["commands"].items()}
    return Saved(_world(state["world"]), state["last_id"], state["base_url"], commands)


def snapshot(core: Core) -> Json:
    """Return the world as it is now, as a state file holds it."""
    return {
        "version": VERSION,
        "last_id": core.ids.last,
        "base_url": core.base_url,
        "commands": {str(key or ""): listed for key, listed in core.commands.by_guild.items()},
        "world": _world_json(core.world),
    }


def write(state: Json, path: Path) -> None:
    """Write a state beside its file and put it in its place in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    with draft.open("w", encoding="utf-8") as file:
        json.dump(state, file, ensure_ascii=False)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


class Keeper:
    """Save the world a moment after it changed, and when the sandbox closes."""

    def __init__(self, core: Core, path: Path) -> None:
        self._core, self._path = core, path
        self._changed = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._writing: asyncio.Future[None] | None = None

    def start(self) -> None:
        """Begin to listen."""
        self._core.feed.listeners.append(self._note)
        self._task = asyncio.create_task(self._save_when_changed())

    async def close(self) -> None:
        """Save once more and stop."""
        self._core.feed.listeners.remove(self._note)
        if self._task:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        if self._writing:
            await self._writing
        write(snapshot(self._core), self._path)

    def _note(self, happening: Happening) -> None:
        if happening.kind not in ("typing", "bot_status"):
            self._changed.set()

    async def _save_when_changed(self) -> None:
        while True:
            await self._changed.wait()
            await asyncio.sleep(SAVE_AFTER_S)  # many changes in a row are one save
            self._changed.clear()
            self._writing = asyncio.ensure_future(asyncio.to_thread(write, snapshot(self._core), self._path))
            await asyncio.shield(self._writing)


def _world_json(world: World) -> Json:
    """Write the world without what does not outlive a run: ephemeral notes, deferrals, earlier contents."""
    state = dataclasses.asdict(world)
    for key in ("users", "guilds", "channels"):
        state[key] = list(state[key].values())
    for guild in state["guilds"]:
        guild["roles"], guild["members"] = list(guild["roles"].values()), list(guild["members"].values())
    for channel in state["channels"]:
        kept = [m for m in channel["messages"].values() if not (m["ephemeral_for"] or m["flags"] & MessageFlag.LOADING)]
        channel["messages"] = [message | {"edits": []} for message in kept]
    return state


def _world(state: Json) -> World:
    world = World(state["application_id"], state["bot_id"])
    world.users = {user["id"]: User(**user) for user in state["users"]}
    world.guilds = {guild["id"]: _guild(guild) for guild in state["guilds"]}
    world.channels = {channel["id"]: _channel(channel) for channel in state["channels"]}
    return world


def _guild(state: Json) -> Guild:
    roles = {role["id"]: Role(**role) for role in state["roles"]}
    members = {member["user_id"]: GuildMember(**member) for member in state["members"]}
    return Guild(**(state | {"roles": roles, "members": members}))


def _channel(state: Json) -> ChannelRecord:
    messages = {message["id"]: _message(message) for message in state["messages"]}
    overwrites = [Overwrite(**overwrite) for overwrite in state["overwrites"]]
    return ChannelRecord(**(state | {"messages": messages, "overwrites": overwrites}))


def _message(state: Json) -> MessageRecord:
    attachments = [Attachment(**attachment) for attachment in state["attachments"]]
    return MessageRecord(**(state | {"attachments": attachments}))


def restore(core: Core, saved: Saved) -> None:
    """Bring back the pushed commands, move the addresses of files to where the sandbox is now, and drop stray files."""
    core.commands.by_guild = saved.commands
    for channel in core.world.channels.values():
        for message in channel.messages.values():
            message.embeds = _moved(message.embeds, saved.base_url, core.base_url)
            message.components = _moved(message.components, saved.base_url, core.base_url)
            for attachment in message.attachments:
                attachment.url = attachment.url.replace(saved.base_url, core.base_url)
    messages = [message for channel in core.world.channels.values() for message in channel.messages.values()]
    core.files.keep_only([attachment.id for message in messages for attachment in message.attachments])


def _moved(value: Any, old: str, new: str) -> Any:
    """Return JSON with every address at an old base moved to a new one."""
    if isinstance(value, str):
        return new + value.removeprefix(old) if value.startswith(old) else value
    if isinstance(value, list):
        return [_moved(item, old, new) for item in value]
    return {key: _moved(item, old, new) for key, item in value.items()} if isinstance(value, dict) else value
