"""All sessions of the bot, and the way an event finds those that may hear it."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from sandbox.feed import Feed, Happening
from sandbox.gateway.intents import Intent, needed_for
from sandbox.gateway.session import Session
from sandbox.payloads.messages import without_content
from sandbox.wire import Json

Closer = Callable[[int | None], None]


class Hub:
    """Know the bot's sessions and sockets; dispatch events to them."""

    def __init__(self, feed: Feed, bot_id: int) -> None:
        self._feed = feed
        self._bot_id = bot_id
        self.sessions: dict[str, Session] = {}
        self._closers: dict[str, Closer] = {}

    @property
    def online(self) -> bool:
        """Say whether any session has a socket."""
        return bool(self._closers)

    def open(self, intents: Intent, shard: tuple[int, int]) -> Session:
        """Start a session after IDENTIFY; an older one of the same shard ends."""
        for old in [s for s in self.sessions.values() if s.shard == shard]:
            self.forget(old)
        session = Session(secrets.token_hex(16), intents, shard)
        self.sessions[session.id] = session
        return session

    def attach(self, session: Session, write: Callable[[Json], None], close: Closer) -> None:
        """Give a session its socket."""
        session.write = write
        self._closers[session.id] = close
        self._feed.tell(Happening("bot_status"))

    def detach(self, session: Session, write: Callable[[Json], None]) -> None:
        """Take a lost socket from its session; the session waits for a RESUME."""
        if session.write != write:
            return
        session.write = None
        self._closers.pop(session.id, None)
        self._feed.tell(Happening("bot_status"))

    def forget(self, session: Session) -> None:
        """End a session for good."""
        self.sessions.pop(session.id, None)

    def close_all(self, code: int | None) -> None:
        """Close every socket with a code; without one, cut them off."""
        for close in tuple(self._closers.values()):
            close(code)

    def send_raw(self, frame: Json) -> None:
        """Send a frame that is no event to every socket."""
        for session in self.sessions.values():
            if session.write:
                session.write(frame)

    def dispatch(self, event: str, data: Json, guild_id: int | None, author_id: int | None = None) -> None:
        """Send an event to the sessions whose shard and intents let it through."""
        for session in self.sessions.values():
            needed = needed_for(event, in_guild=guild_id is not None)
            if session.hears(guild_id) and needed in session.intents:
                session.dispatch(event, self._readable(event, data, session, guild_id, author_id))

    def _readable(self, event: str, data: Json, session: Session, guild_id: int | None, author_id: int | None) -> Json:
        """Blank a message that this bot may not read: no intent, not its own, not to it."""
        if event not in ("MESSAGE_CREATE", "MESSAGE_UPDATE") or guild_id is None:
            return data
        mentioned = any(user["id"] == str(self._bot_id) for user in data["mentions"])
        if Intent.MESSAGE_CONTENT in session.intents or author_id == self._bot_id or mentioned:
            return data
        return without_content(data)
