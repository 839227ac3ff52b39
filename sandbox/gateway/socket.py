"""One gateway connection: HELLO, IDENTIFY or RESUME, heartbeats, and the way out."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from typing import Any

from aiohttp import WSCloseCode, WSMsgType, web

from sandbox.core import Core
from sandbox.gateway.compression import compressor_for
from sandbox.gateway.intents import Intent
from sandbox.gateway.members import members_chunks
from sandbox.gateway.session import Session
from sandbox.payloads.applications import INTENT_FLAGS
from sandbox.payloads.guilds import guild_create_json
from sandbox.payloads.users import own_user_json
from sandbox.wire import Json

HEARTBEAT_MS = 41_250
# discord.py notes when it sent a heartbeat from a thread, after sending. An answer that comes sooner than any network's
# is measured from the heartbeat before, and the bot believes that it is 41 s behind.
ACK_AFTER_S = 0.05
MAX_EVENTS, EVENTS_WINDOW_S = 120, 60.0
UNKNOWN_OP, DECODE_ERROR, NOT_AUTHENTICATED, WRONG_TOKEN = 4001, 4002, 4003, 4004
ALREADY_AUTHENTICATED, RATE_LIMITED, INVALID_SHARD = 4005, 4008, 4010


class Refusal(Exception):
    """The connection is closed with a gateway code."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code


class Connection:
    """Speak the gateway's protocol over one WebSocket."""

    def __init__(self, core: Core, request: web.Request) -> None:
        self._core = core
        self._request = request
        self._socket = web.WebSocketResponse(max_msg_size=4096 * 4, compress=False)
        self._compress = compressor_for(request.query.get("compress"))
        self._session: Session | None = None
        self._outbox: asyncio.Queue[Json | int] = asyncio.Queue()
        self._received: deque[float] = deque(maxlen=MAX_EVENTS)

    async def serve(self) -> web.WebSocketResponse:
        """Serve until either side closes."""
        await self._socket.prepare(self._request)
        self._write({"op": 10, "s": None, "t": None, "d": {"heartbeat_interval": HEARTBEAT_MS, "_trace": []}})
        writer = asyncio.create_task(self._write_all())
        try:
            await self._read_all()
        except Refusal as refusal:
            self._close(refusal.code)
        finally:
            if self._session:
                self._core.hub.detach(self._session, self._write)
            self._close(WSCloseCode.OK)
            await writer
        return self._socket

    async def _write_all(self) -> None:
        """Send frames in order; a number closes the socket with that code."""
        while True:
            frame = await self._outbox.get()
            if isinstance(frame, int):
                await self._socket.close(code=frame)
                return
            text = json.dumps(frame)
            try:
                if self._compress:
                    await self._socket.send_bytes(self._compress(text.encode()))
                else:
                    await self._socket.send_str(text)
            except ConnectionError:
                return

    async def _read_all(self) -> None:
        async for message in self._socket:
            if message.type is WSMsgType.ERROR:
                return
            self._count_event()
            try:
                frame = json.loads(message.data)
                code, data = frame["op"], frame.get("d")
            except (ValueError, TypeError, KeyError) as error:
                raise Refusal(DECODE_ERROR, "Decode error.") from error
            self._handle(code, data)

    def _count_event(self) -> None:
        now = self._core.clock.now()
        if len(self._received) == MAX_EVENTS and now - self._received[0] < EVENTS_WINDOW_S:
            raise Refusal(RATE_LIMITED, "You are being rate limited.")
        self._received.append(now)

    def _handle(self, code: int, data: Any) -> None:
        if code == 1:
            ack: Json = {"op": 11, "s": None, "t": None, "d": None}
            asyncio.get_running_loop().call_later(ACK_AFTER_S, self._write, ack)
        elif code == 2:
            self._identify(data)
        elif code == 6:
            self._resume(data)
        elif self._session is None:
            raise Refusal(NOT_AUTHENTICATED, "Not authenticated.")
        elif code == 8:
            for chunk in members_chunks(self._core.world, data):
                self._session.dispatch("GUILD_MEMBERS_CHUNK", chunk)
        elif code not in (3, 4):
            raise Refusal(UNKNOWN_OP, "Unknown opcode.")

    def _identify(self, data: Json) -> None:
        if self._session is not None:
            raise Refusal(ALREADY_AUTHENTICATED, "Already authenticated.")
        self._check_token(data)
        shard_id, shards = data.get("shard") or (0, 1)
        if not 0 <= shard_id < shards:
            raise Refusal(INVALID_SHARD, "Invalid shard.")
        session = self._core.hub.open(Intent(data.get("intents", 0)), (shard_id, shards))
        self._attach(session)
        self._welcome(session)

    def _welcome(self, session: Session) -> None:
        """Send READY, then every server of the shard."""
        world = self._core.world
        guilds = [guild for guild in world.guilds.values() if session.hears(guild.id)]
        ready: Json = {
            "v": 10,
            "user": own_user_json(world.users[world.bot_id]),
            "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
            "session_id": session.id,
            "resume_gateway_url": self._core.gateway_url,
            "session_type": "normal",
            "private_channels": [],
            "shard": list(session.shard),
            "application": {"id": str(world.application_id), "flags": INTENT_FLAGS},
        }
        session.dispatch("READY", ready)
        if Intent.GUILDS in session.intents:
            all_members = Intent.GUILD_MEMBERS in session.intents
            for guild in guilds:
                session.dispatch("GUILD_CREATE", guild_create_json(world, guild, all_members=all_members))

    def _resume(self, data: Json) -> None:
        self._check_token(data)
        session = self._core.hub.sessions.get(data["session_id"])
        if session is None or not session.can_resume_from(data["seq"]):
            self._write({"op": 9, "s": None, "t": None, "d": False})
            return
        self._attach(session)
        session.replay(data["seq"])
        session.dispatch("RESUMED", {"_trace": []})

    def _attach(self, session: Session) -> None:
        self._session = session
        self._core.hub.attach(session, self._write, self._close)

    def _check_token(self, data: Json) -> None:
        if data.get("token") != self._core.token:
            raise Refusal(WRONG_TOKEN, "Authentication failed.")

    def _write(self, frame: Json) -> None:
        self._outbox.put_nowait(frame)

    def _close(self, code: int | None) -> None:
        """Close with a code after what was already said; without one, cut the line."""
        if code is not None:
            self._outbox.put_nowait(code)
        elif self._request.transport is not None:
            self._request.transport.abort()


def add_gateway(app: web.Application, core: Core) -> None:
    """Serve the gateway's address."""

    async def serve(request: web.Request) -> web.WebSocketResponse:
        return await Connection(core, request).serve()

    app.router.add_get("/gateway", serve)
    app.router.add_get("/gateway/", serve)
