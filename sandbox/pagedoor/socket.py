"""One page, acting as one person: frames in, happenings out."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import WSMsgType, web

from sandbox import people
from sandbox.channels import direct_channel
from sandbox.core import Core
from sandbox.errors import ApiError, NotAnswered, Refused
from sandbox.feed import Happening
from sandbox.interactions.registry import Interaction
from sandbox.pagedoor.payloads import channel_json, components_with_html, hello_json, page_message_json
from sandbox.wire import Json
from sandbox.world import ChannelRecord, MessageRecord

PAGE_OF_HISTORY = 50


class PageSocket:
    """Serve one page; every frame with a nonce is answered with that nonce."""

    def __init__(self, core: Core, user_id: int) -> None:
        self._core, self._me = core, user_id
        self._socket = web.WebSocketResponse(heartbeat=30)
        self._outbox: asyncio.Queue[Json | None] = asyncio.Queue()
        self._tasks: set[asyncio.Task[None]] = set()
        self._actions: dict[str, Callable[[Json], Awaitable[Json]]] = {
            "history": self._history,
            "send_message": self._send_message,
            "delete_message": self._delete_message,
            "dismiss": self._dismiss,
            "command": self._command,
            "autocomplete": self._autocomplete,
            "component": self._component,
            "modal_submit": self._modal_submit,
            "context_command": self._context_command,
            "open_dm": self._open_dm,
        }

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """Serve until the page goes."""
        await self._socket.prepare(request)
        self._outbox.put_nowait(hello_json(self._core, self._me))
        self._core.feed.listeners.append(self._hear)
        writer = asyncio.create_task(self._write_all())
        try:
            async for message in self._socket:
                if message.type is WSMsgType.TEXT:
                    self._start(message.data)
        finally:
            self._core.feed.listeners.remove(self._hear)
            for task in self._tasks:
                task.cancel()
            self._outbox.put_nowait(None)
            await writer
        return self._socket

    async def _write_all(self) -> None:
        while (frame := await self._outbox.get()) is not None:
            try:
                await self._socket.send_str(json.dumps(frame, ensure_ascii=False))
            except ConnectionError:
                return

    def _start(self, text: str) -> None:
        """Act on a frame beside the others: a slow answer of the bot holds nothing else up."""
        try:
            frame = json.loads(text)
            action = self._actions[frame["type"]]
        except (ValueError, KeyError, TypeError):
            self._outbox.put_nowait({"type": "failed", "nonce": None, "reason": "The page sent something unknown."})
            return
        task = asyncio.create_task(self._act(action, frame))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _act(self, action: Callable[[Json], Awaitable[Json]], frame: Json) -> None:
        try:
            answer = await action(frame)
        except (Refused, NotAnswered) as refusal:
            answer = {"type": "failed", "reason": str(refusal)}
        except ApiError as error:
            answer = {"type": "failed", "reason": error.body["message"]}
        except (KeyError, ValueError, TypeError):
            answer = {"type": "failed", "reason": "That is not there."}
        self._outbox.put_nowait(answer | {"nonce": frame.get("nonce")})

    async def _history(self, frame: Json) -> Json:
        channel = self._channel(frame)
        before = int(frame["before"]) if frame.get("before") else None
        seen = [m for m in people.visible_messages(self._core, self._me, channel) if before is None or m.id < before]
        shown = [page_message_json(self._core, message) for message in seen[-PAGE_OF_HISTORY:]]
        has_more = len(seen) > PAGE_OF_HISTORY
        return {"type": "history", "channel_id": str(channel.id), "messages": shown, "has_more": has_more}

    async def _send_message(self, frame: Json) -> Json:
        uploads = [int(i) for i in frame.get("uploads") or []]
        people.say(self._core, self._me, self._channel(frame), frame.get("content") or "", uploads)
        return {"type": "ack"}

    async def _delete_message(self, frame: Json) -> Json:
        people.delete(self._core, self._me, self._message(frame))
        return {"type": "ack"}

    async def _dismiss(self, frame: Json) -> Json:
        for channel in self._core.world.channels.values():
            if message := channel.messages.get(int(frame["message_id"])):
                people.dismiss(self._core, self._me, message)
        return {"type": "ack"}

    async def _command(self, frame: Json) -> Json:
        channel = self._channel(frame)
        return self._outcome(
            await people.use_command(
                self._core, self._me, channel, self._pushed(frame), frame["path"], frame.get("options") or {}
            )
        )

    async def _autocomplete(self, frame: Json) -> Json:
        channel, options = self._channel(frame), frame.get("options") or {}
        choices = await people.complete(
            self._core, self._me, channel, self._pushed(frame), frame["path"], options, frame["focused"]
        )
        return {"type": "autocomplete", "choices": choices}

    async def _component(self, frame: Json) -> Json:
        channel, values = self._channel(frame), frame.get("values") or []
        message_id = int(frame["message_id"])
        return self._outcome(
            await people.use_component(self._core, self._me, channel, message_id, frame["custom_id"], values)
        )

    async def _modal_submit(self, frame: Json) -> Json:
        opened_by = self._core.interactions.by_id(int(frame["interaction_id"]))
        if opened_by is None:
            raise Refused("This form is not open any more.")
        return self._outcome(await people.submit(self._core, self._me, opened_by, frame.get("values") or {}))

    async def _context_command(self, frame: Json) -> Json:
        channel, target_id = self._channel(frame), int(frame["target_id"])
        return self._outcome(await people.use_on(self._core, self._me, channel, self._pushed(frame), target_id))

    async def _open_dm(self, frame: Json) -> Json:
        if int(frame["user_id"]) != self._core.world.bot_id:
            raise Refused("Only the bot takes direct messages here.")
        return {"type": "channel_create", "channel": channel_json(direct_channel(self._core, self._me))}

    def _outcome(self, interaction: Interaction) -> Json:
        """Say what an acknowledged interaction shows at once: a form, or nothing but what the channel shows."""
        if interaction.modal is None:
            return {"type": "ack"}
        modal = interaction.modal
        shown: Json = {"custom_id": modal["custom_id"], "title": modal["title"]}
        shown["components"] = components_with_html(self._core, modal["components"])
        return {"type": "modal", "interaction_id": str(interaction.id)} | shown

    def _channel(self, frame: Json) -> ChannelRecord:
        channel = self._core.world.channels.get(int(frame["channel_id"]))
        if channel is None or not people.sees(self._core, self._me, channel):
            raise Refused("You do not see this channel.")
        return channel

    def _message(self, frame: Json) -> MessageRecord:
        return self._channel(frame).messages[int(frame["message_id"])]

    def _pushed(self, frame: Json) -> Json:
        for command in self._core.commands.everything():
            if command["id"] == str(frame["command_id"]):
                return command
        raise Refused("There is no such command any more.")

    def _hear(self, happening: Happening) -> None:
        """Tell the page what its person sees."""
        if happening.kind == "bot_status":
            self._outbox.put_nowait({"type": "bot_status", "online": self._core.hub.online})
        elif happening.kind == "commands":
            self._outbox.put_nowait({"type": "commands", "commands": self._core.commands.everything()})
        elif happening.channel is not None and people.sees(self._core, self._me, happening.channel):
            self._hear_in(happening.channel, happening)

    def _hear_in(self, channel: ChannelRecord, happening: Happening) -> None:
        message = happening.message
        frame: dict[str, Any] = {"type": happening.kind}
        if message is not None and message.ephemeral_for not in (None, self._me):
            return
        if happening.kind == "message_delete" and message is not None:
            frame |= {"id": str(message.id), "channel_id": str(channel.id)}
        elif message is not None:
            frame["message"] = page_message_json(self._core, message)
        elif happening.kind == "typing":
            frame |= {"channel_id": str(channel.id), "user_id": str(happening.user_id)}
        else:
            frame["channel"] = channel_json(channel)
        self._outbox.put_nowait(frame)
