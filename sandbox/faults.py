"""What can go wrong, on demand: for tests that ask what the bot does then."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING

from sandbox.errors import ApiError
from sandbox.permissions import WRITING, Permission
from sandbox.world import Overwrite

if TYPE_CHECKING:
    from sandbox.core import Core
    from sandbox.handles import Channel, Message

OP_RECONNECT, OP_INVALID_SESSION = 7, 9


class LostAnswer(Exception):
    """The line is cut before the answer; the request was carried out, unless its upload was cut."""


class _Cut(Enum):
    """Where the line of a request is cut."""

    MIDWAY = auto()
    AFTER = auto()


@dataclass(slots=True)
class _Fault:
    """Something that happens to the next requests on a route."""

    method: str
    path: str
    times: float
    error: ApiError | None = None
    retry_after_s: float | None = None
    seconds: float = 0.0
    cut: _Cut | None = None

    def meets(self, method: str, path: str) -> bool:
        """Count a request if this fault is for it."""
        if self.times <= 0 or method != self.method or self.path not in path:
            return False
        self.times -= 1
        return True


@dataclass(slots=True)
class Faults:
    """Break one thing at a time; every fault ends by itself or by `clear`."""

    core: Core
    _planned: list[_Fault] = field(default_factory=list)

    def refuse(
        self,
        method: str,
        path: str,
        *,
        status: int = 500,
        times: int = 1,
        code: int = 0,
        message: str = "Internal Server Error",
        retry_after_s: float = 1.0,
    ) -> None:
        """Answer the next requests whose path contains `path` with an error (429 carries `retry_after_s`)."""
        fault = _Fault(method, path, times, error=ApiError(status, code, message), retry_after_s=retry_after_s)
        self._planned.append(fault)

    def delay(self, method: str, path: str, *, seconds: float, times: float = float("inf")) -> None:
        """Let requests wait before they are carried out."""
        self._planned.append(_Fault(method, path, times, seconds=seconds))

    def lose_answer(self, method: str, path: str, *, times: int = 1) -> None:
        """Carry the next requests out and cut the line before the answer."""
        self._planned.append(_Fault(method, path, times, cut=_Cut.AFTER))

    def cut(self, method: str, path: str, *, times: int = 1) -> None:
        """Cut the line in the middle of the next uploads to a route, or downloads of a file under `/cdn`."""
        self._planned.append(_Fault(method, path, times, cut=_Cut.MIDWAY))

    def clear(self) -> None:
        """Take back every planned fault on routes."""
        self._planned.clear()

    def drop_gateway(self, code: int | None = None) -> None:
        """Cut the gateway's line; with a code, close it properly."""
        self.core.hub.close_all(code)

    def reconnect(self) -> None:
        """Ask the bot to reconnect and resume (op 7)."""
        self.core.hub.send_raw({"op": OP_RECONNECT, "s": None, "t": None, "d": None})

    def invalidate_session(self, *, resumable: bool = False) -> None:
        """Tell the bot that its session is over (op 9)."""
        self.core.hub.send_raw({"op": OP_INVALID_SESSION, "s": None, "t": None, "d": resumable})
        if not resumable:
            self.core.hub.sessions.clear()

    def expire_token(self, message: Message) -> None:
        """End the fifteen minutes of the interaction that a message answers."""
        self.core.interactions.expire(message.id)

    def forbid(self, channel: Channel, *, see: bool = True) -> None:
        """Take from the bot the right to write in a channel; with `see=False` also to see it."""
        denied = WRITING if see else WRITING | Permission.VIEW_CHANNEL
        self._overwrite(channel, int(denied))

    def allow(self, channel: Channel) -> None:
        """Give the bot its rights in a channel back."""
        self._overwrite(channel, 0)

    def delete(self, message: Message) -> None:
        """Delete a message behind the bot's back: no event tells it."""
        self.core.announce.forget_silently(message.record)

    async def before(self, method: str, path: str) -> None:
        """Let planned delays and refusals happen to a request; ApiError where it is refused."""
        for fault in [f for f in self._planned if f.cut is None and f.meets(method, path)]:
            if fault.seconds:
                await asyncio.sleep(fault.seconds)
            if fault.error:
                raise self._refusal(fault)

    def after(self, method: str, path: str) -> None:
        """Cut the line of a request that was carried out, if that was planned."""
        if self._is_cut(_Cut.AFTER, method, path):
            raise LostAnswer

    def cuts(self, method: str, path: str) -> bool:
        """Say whether the line of a request is to be cut in the middle."""
        return self._is_cut(_Cut.MIDWAY, method, path)

    def _is_cut(self, where: _Cut, method: str, path: str) -> bool:
        return any(f.cut is where and f.meets(method, path) for f in self._planned)

    @staticmethod
    def _refusal(fault: _Fault) -> ApiError:
        assert fault.error is not None
        if fault.error.status != 429:
            return fault.error
        refusal = ApiError(429, 0, "You are being rate limited.")
        refusal.body |= {"retry_after": fault.retry_after_s, "global": False}
        return refusal

    def _overwrite(self, channel: Channel, deny: int) -> None:
        record, bot_id = self.core.world.parent_of(channel.record), self.core.world.bot_id
        others = [o for o in record.overwrites if o.id != bot_id]
        record.overwrites = others + ([Overwrite(bot_id, type=1, deny=deny)] if deny else [])
        self.core.announce.channel_updated(record)
