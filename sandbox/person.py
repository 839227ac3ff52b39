"""A person at the keyboard, for tests: acts through the same code as the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sandbox import people
from sandbox.channels import direct_channel, thread_in
from sandbox.core import Core
from sandbox.errors import Refused
from sandbox.files import Upload
from sandbox.handles import TIMEOUT_S, Channel, Message, Modal, NeverHappened, Test
from sandbox.interactions.registry import Interaction
from sandbox.limits.components import SELECTS, walk
from sandbox.wire import Json
from sandbox.world import MessageRecord, User

NamedFile = tuple[str, bytes]


class Person:
    """Someone in the sandbox; every method that asks the bot raises NotAnswered when it is too slow."""

    def __init__(self, core: Core, user: User) -> None:
        self._core, self.user = core, user

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Person) and other.id == self.id

    def __hash__(self) -> int:
        return hash(self.id)

    def __repr__(self) -> str:
        return f"<Person {self.name}>"

    @property
    def id(self) -> int:
        """Return the user's id."""
        return self.user.id

    @property
    def name(self) -> str:
        """Return the display name."""
        return self.user.display_name

    @property
    def bot(self) -> bool:
        """Say whether this is the bot itself."""
        return self.user.bot

    @property
    def mention(self) -> str:
        """Return what pings this person in a text."""
        return f"<@{self.id}>"

    def sees(self, channel: Channel) -> list[Message]:
        """Return every message this person sees in a channel, in order."""
        return [Message(self._core, m) for m in people.visible_messages(self._core, self.id, channel.record)]

    def commands(self, channel: Channel) -> list[str]:
        """Return the names of the commands that are offered in a channel."""
        return [c["name"] for c in people.usable_commands(self._core, self.id, channel.record)]

    async def say(
        self, channel: Channel, content: str = "", *, files: Sequence[NamedFile] = (), reply_to: Message | None = None
    ) -> Message:
        """Post a message."""
        self._mark(channel)
        uploads = [self._upload(file) for file in files]
        reply = reply_to.record if reply_to else None
        return self._message(people.say(self._core, self.id, channel.record, content, uploads, reply))

    async def delete(self, message: Message) -> None:
        """Delete a message."""
        people.delete(self._core, self.id, message.record)

    def leave(self) -> None:
        """Leave the guild for good."""
        people.leave(self._core, self.id)

    async def slash(self, channel: Channel, command: str, /, **options: Any) -> Any:
        """Use a slash command and return the bot's first visible answer: a `Message`, or the `Modal` it opens."""
        return await self._visible(await self.begin(channel, command, **options))

    async def begin(self, channel: Channel, command: str, /, **options: Any) -> Interaction:
        """Use a slash command and return as soon as the bot has acknowledged it."""
        self._mark(channel)
        path, values = command.split(), {name: self._value(value) for name, value in options.items()}
        found = people.find_command(self._core, self.id, channel.record, path[0])
        return await people.use_command(self._core, self.id, channel.record, found, path, values)

    async def autocomplete(self, channel: Channel, command: str, /, *, focused: str, **options: Any) -> list[Json]:
        """Return the choices the bot offers for an option while it is typed."""
        path, values = command.split(), {name: self._value(value) for name, value in options.items()}
        found = people.find_command(self._core, self.id, channel.record, path[0])
        return await people.complete(self._core, self.id, channel.record, found, path, values, focused)

    async def press(self, message: Message, label: str) -> Any:
        """Press a button by its label, emoji or custom_id; the answer is as `slash`'s, or the message itself.

        The message itself comes back when the bot edits it or only takes note.
        """
        return await self._use(message, self._button(message, label))

    async def choose(self, message: Message, values: Sequence[Any], *, custom_id: str | None = None) -> Any:
        """Choose in a message's select (its only one, or the one of `custom_id`), by values or labels."""
        selects = [c for _, c in walk(message.components) if c["type"] in SELECTS]
        found = [c for c in selects if custom_id in (None, c["custom_id"])]
        if len(found) != 1:
            raise Refused(f"This message has {len(found)} such selects.")
        return await self._use(message, found[0]["custom_id"], [self._value(value) for value in values])

    async def submit(self, modal: Modal, values: Mapping[str, Any] | None = None, /, **fields: Any) -> Any:
        """Fill in a modal by custom_ids or labels and submit it; the answer is as `slash`'s."""
        self._mark(self._channel(modal.interaction.channel_id))
        typed = {modal.named(name)["custom_id"]: value for name, value in {**(values or {}), **fields}.items()}
        return await self._visible(await people.submit(self._core, self.id, modal.interaction, typed))

    async def use_on(self, target: Message | Person, command: str, channel: Channel | None = None) -> Any:
        """Use a context command on a message, or on a person in a channel."""
        kind = people.ON_MESSAGE if isinstance(target, Message) else people.ON_USER
        place = target.channel if isinstance(target, Message) else channel
        assert place is not None, "a command on a person is used in a channel"
        self._mark(place)
        found = people.find_command(self._core, self.id, place.record, command, kind)
        return await self._visible(await people.use_on(self._core, self.id, place.record, found, target.id))

    async def next_message(
        self, channel: Channel, test: Test = lambda message: True, timeout_s: float = TIMEOUT_S
    ) -> Message:
        """Wait for a message as `Channel.next_message` does; this person's ephemeral notes count too."""
        return await channel.next_message(test, timeout_s, seen_by=self.id)

    def direct(self) -> Channel:
        """Return the direct messages between this person and the bot."""
        return Channel(self._core, direct_channel(self._core, self.id))

    def start_thread(self, channel: Channel, name: str, *, private: bool = False) -> Channel:
        """Start a thread in a channel."""
        return Channel(self._core, thread_in(self._core, channel.record, self.id, {"name": name}, private=private))

    async def _use(self, message: Message, custom_id: str, values: Sequence[Any] = ()) -> Any:
        channel = message.channel
        self._mark(channel)
        interaction = await people.use_component(self._core, self.id, channel.record, message.id, custom_id, values)
        return await self._visible(interaction)

    async def _visible(self, interaction: Interaction) -> Any:
        """Wait until an acknowledged interaction shows something."""
        if interaction.modal is not None:
            return Modal(interaction)
        message = self._message(interaction.original or await self._first_answer(interaction))
        return await message.until(lambda m: not m.thinking or m.deleted)

    async def _first_answer(self, interaction: Interaction) -> MessageRecord:
        """Wait for the first follow-up to a form that was only taken note of."""
        there = self._channel(interaction.channel_id).record.messages
        try:
            return await self._core.feed.wait(
                lambda: next((m for m in there.values() if m.answers(interaction.id)), None), TIMEOUT_S
            )
        except TimeoutError as error:
            raise NeverHappened("the bot acknowledged with nothing that a person can see") from error

    @staticmethod
    def _button(message: Message, label: str) -> str:
        for button in message.buttons:
            emoji = (button.get("emoji") or {}).get("name")
            if label in (button.get("label"), emoji, button.get("custom_id")):
                return str(button.get("custom_id"))
        raise Refused(f"There is no button {label!r}; there are {message.labels}.")

    def _value(self, value: Any) -> Any:
        """Turn what tests hold (people, channels, files) into what is sent: ids."""
        if isinstance(value, tuple):
            return self._upload(value)
        return value.id if hasattr(value, "id") else value

    def _upload(self, file: NamedFile) -> int:
        return people.upload(self._core, self.id, Upload(*file)).id

    def _message(self, record: MessageRecord) -> Message:
        return Message(self._core, record)

    def _channel(self, channel_id: int) -> Channel:
        return Channel(self._core, self._core.world.channels[channel_id])

    def _mark(self, channel: Channel) -> None:
        """Remember where the conversation was before this person acted, for `next_message`."""
        self._core.marks[channel.id] = self._core.ids.next()
