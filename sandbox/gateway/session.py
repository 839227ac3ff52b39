"""One identified session: its sequence, its intents, and what to play again after a RESUME."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from sandbox.gateway.intents import Intent
from sandbox.wire import Json

REPLAY_EVENTS = 1000


@dataclass(slots=True)
class Session:
    """A bot's session; it outlives its socket, and events of the meantime wait in `sent`."""

    id: str
    intents: Intent
    shard: tuple[int, int]
    sequence: int = 0
    sent: deque[Json] = field(default_factory=lambda: deque(maxlen=REPLAY_EVENTS))
    write: Callable[[Json], None] | None = None

    def hears(self, guild_id: int | None) -> bool:
        """Say whether a server's events belong to this shard; direct messages go to shard 0."""
        shard_id, shards = self.shard
        return ((guild_id or 0) >> 22) % shards == shard_id

    def dispatch(self, event: str, data: Json) -> None:
        """Send an event now, and keep it for a RESUME."""
        self.sequence += 1
        frame: Json = {"op": 0, "s": self.sequence, "t": event, "d": data}
        self.sent.append(frame)
        if self.write:
            self.write(frame)

    def can_resume_from(self, sequence: int) -> bool:
        """Say whether nothing after a sequence number was lost."""
        oldest = self.sent[0]["s"] if self.sent else self.sequence + 1
        return oldest - 1 <= sequence <= self.sequence

    def replay(self, sequence: int) -> None:
        """Send everything after a sequence number again."""
        if self.write:
            for frame in [frame for frame in self.sent if frame["s"] > sequence]:
                self.write(frame)
