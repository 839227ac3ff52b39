"""What tests hold in their hands: messages, channels and modals of a running sandbox."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sandbox.interactions.registry import Interaction
from sandbox.limits.components import BUTTON, LABEL, TEXT_INPUT, walk
from sandbox.wire import Json
from sandbox.world import Attachment, ChannelRecord, MessageFlag, MessageRecord

if TYPE_CHECKING:
    from sandbox.core import Core
    from sandbox.person import Person

TIMEOUT_S = 20.0
Test = Callable[["Message"], bool]


class NeverHappened(AssertionError):
    """What a test waited for did not come; the message says what was there instead."""


class File:
    """A file on a message."""

    def __init__(self, core: Core, record: Attachment) -> None:
        self._core, self.record = core, record
        self.filename, self.description, self.content_type = record.filename, record.description, record.content_type
        self.width, self.height, self.is_spoiler = record.width, record.height, record.is_spoiler

    @property
    def content(self) -> bytes:
        """Return its bytes."""
        return self._core.files.get(self.record.id) or b""


class Message:
    """A message that follows every edit: its fields say how it stands now."""

    def __init__(self, core: Core, record: MessageRecord) -> None:
        self._core, self.record = core, record

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Message) and other.id == self.id

    def __hash__(self) -> int:
        return hash(self.id)

    def __repr__(self) -> str:
        return f"<Message {self.content[:200]!r} labels={self.labels}{' thinking' if self.thinking else ''}>"

    @property
    def id(self) -> int:
        """Return its id."""
        return self.record.id

    @property
    def content(self) -> str:
        """Return its text."""
        return self.record.content

    @property
    def embeds(self) -> list[Json]:
        """Return its embeds in Discord's JSON."""
        return self.record.embeds

    @property
    def components(self) -> list[Json]:
        """Return its rows in Discord's JSON."""
        return self.record.components

    @property
    def buttons(self) -> list[Json]:
        """Return its buttons in Discord's JSON, in reading order."""
        return [c for _, c in walk(self.components) if c["type"] == BUTTON]

    @property
    def labels(self) -> list[str]:
        """Return what stands on its buttons: the label, or the emoji of one without."""
        return [b.get("label") or (b.get("emoji") or {}).get("name", "") for b in self.buttons]

    @property
    def files(self) -> list[File]:
        """Return its files."""
        return [File(self._core, attachment) for attachment in self.record.attachments]

    @property
    def ephemeral(self) -> bool:
        """Say whether only one person sees it."""
        return self.record.ephemeral_for is not None

    @property
    def thinking(self) -> bool:
        """Say whether it still is a deferred answer."""
        return bool(self.record.flags & MessageFlag.LOADING)

    @property
    def deleted(self) -> bool:
        """Say whether it is gone."""
        return self._core.world.message(self.record.channel_id, self.id) is not self.record

    @property
    def author(self) -> Person:
        """Return who wrote it."""
        return self._person(self.record.author_id)

    @property
    def mentions(self) -> list[Person]:
        """Return whom it pings."""
        return [self._person(i) for i in self.record.mention_ids]

    @property
    def reference(self) -> Message | None:
        """Return the message it replies to, if that is still there."""
        found = self._core.world.message(self.record.channel_id, self.record.reference_id or 0)
        return Message(self._core, found) if found else None

    @property
    def channel(self) -> Channel:
        """Return where it stands."""
        return Channel(self._core, self._core.world.channels[self.record.channel_id])

    @property
    def edits(self) -> list[str]:
        """Return its earlier contents, oldest first."""
        return self.record.edits

    async def until(self, test: Test, timeout_s: float = TIMEOUT_S) -> Message:
        """Wait until a test holds, asked now and after every edit; NeverHappened when time is up."""
        try:
            return await self._core.feed.wait(lambda: self if test(self) else None, timeout_s)
        except TimeoutError as error:
            raise NeverHappened(f"after {timeout_s} s the message still was {self!r}") from error

    def _person(self, user_id: int) -> Person:
        from sandbox.person import Person  # the two kinds of handle lead to each other

        return Person(self._core, self._core.world.users[user_id])


class Channel:
    """A channel, thread or direct message."""

    def __init__(self, core: Core, record: ChannelRecord) -> None:
        self._core, self.record = core, record

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Channel) and other.id == self.id

    def __hash__(self) -> int:
        return hash(self.id)

    def __repr__(self) -> str:
        return f"<Channel #{self.name}>"

    @property
    def id(self) -> int:
        """Return its id."""
        return self.record.id

    @property
    def name(self) -> str:
        """Return its name."""
        return self.record.name

    @property
    def messages(self) -> list[Message]:
        """Return what everyone sees there, in order."""
        return [Message(self._core, m) for m in self.record.messages.values() if m.ephemeral_for is None]

    @property
    def threads(self) -> list[Channel]:
        """Return its threads, oldest first."""
        found = [c for c in self._core.world.channels.values() if c.parent_id == self.id]
        return [Channel(self._core, c) for c in sorted(found, key=lambda c: c.id)]

    async def next_message(
        self, test: Test = lambda message: True, timeout_s: float = TIMEOUT_S, *, seen_by: int | None = None
    ) -> Message:
        """Wait for a message of the bot that is newer than the last thing a person did here, and not yet returned.

        "Is thinking" does not count until it is filled. `seen_by` (a user's id) also lets their ephemeral notes in.
        """
        marks = self._core.marks
        readable = (None, seen_by)

        def look() -> Message | None:
            for record in self.record.messages.values():
                fresh = record.id > marks.get(self.id, 0) and record.author_id == self._core.world.bot_id
                if fresh and not record.is_thinking and record.ephemeral_for in readable:
                    message = Message(self._core, record)
                    if test(message):
                        return message
            return None

        try:
            found = await self._core.feed.wait(look, timeout_s)
        except TimeoutError as error:
            there = [Message(self._core, m) for m in list(self.record.messages.values())[-5:]]
            raise NeverHappened(f"no such message in {self!r} after {timeout_s} s; the last ones: {there}") from error
        marks[self.id] = max(marks.get(self.id, 0), found.id)
        return found


class Modal:
    """A form that the bot opened for one person."""

    def __init__(self, interaction: Interaction) -> None:
        assert interaction.modal is not None
        self.interaction, self.record = interaction, interaction.modal

    @property
    def title(self) -> str:
        """Return its title."""
        return str(self.record["title"])

    @property
    def fields(self) -> list[Json]:
        """Return its fields in Discord's JSON, each with the label that a person reads."""
        found = []
        for component in self.record["components"]:
            label = component.get("label") if component["type"] == LABEL else None
            inner = [component["component"]] if component["type"] == LABEL else component.get("components") or []
            found += [{"label": label} | {k: v for k, v in c.items() if v is not None} for c in inner]
        return found

    def named(self, name: str) -> Json:
        """Return the field of this custom_id or label; a field's label may be written_with_underscores."""
        wanted = name.casefold().replace("_", " ")
        for field in self.fields:
            if name == field["custom_id"] or wanted == str(field.get("label")).casefold():
                return field
        known = [(f["custom_id"], f.get("label")) for f in self.fields]
        raise KeyError(f"the form {self.title!r} has no field {name!r}; it has {known}")

    @property
    def values(self) -> dict[str, str]:
        """Return what already stands in its text fields, by custom_id."""
        texts = [f for f in self.fields if f["type"] == TEXT_INPUT]
        return {field["custom_id"]: field.get("value") or "" for field in texts}
