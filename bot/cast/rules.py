"""The rules of the cast book. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bot.cast.entry import CastEntry
from bot.errors import BadInput, NotAllowed
from bot.people import Member
from bot.safety import clean_line
from bot.stories.rules import is_host
from bot.stories.story import Story

NAME_MAX = 40
TRAITS_MAX = 200
ENTRIES_PER_STORY_MAX = 50


def name_key(name: str) -> str:
    """Return what two names share when a reader would take them for the same."""
    return clean_line(name).casefold()


def checked_name(name: str) -> str:
    """Return a name on one clean line; raise `BadInput` where nothing is left or too much."""
    name = clean_line(name)
    if not any(map(str.isalnum, name)) or len(name) > NAME_MAX:
        raise BadInput("cast.bad_name", limit=NAME_MAX)
    return name


def checked_traits(traits: str) -> str:
    """Return traits on one clean line, as they stand in every prompt; raise `BadInput` for none or too many."""
    traits = clean_line(traits)
    if not any(map(str.isalnum, traits)):
        raise BadInput("cast.no_traits")
    if len(traits) > TRAITS_MAX:
        raise BadInput("cast.long_traits", limit=TRAITS_MAX, length=len(traits))
    return traits


def check_new(name: str, entries: Iterable[CastEntry]) -> None:
    """Keep names apart within a story; `entries` are the others of its cast."""
    if name_key(name) in {name_key(entry.name) for entry in entries}:
        raise BadInput("cast.name_taken", name=name)


def check_room(entries: Sequence[CastEntry]) -> None:
    """Bound a story's cast."""
    if len(entries) >= ENTRIES_PER_STORY_MAX:
        raise BadInput("cast.too_many", limit=ENTRIES_PER_STORY_MAX)


def check_may_change(member: Member, story: Story, entry: CastEntry) -> None:
    """Let members change what they added, and the story's host and admins everything."""
    if entry.added_by != member.id and not is_host(member, story):
        raise NotAllowed("cast.not_yours", name=entry.name)


def named_in(text: str, entries: Iterable[CastEntry]) -> list[CastEntry]:
    """Return the entries whose names stand in a text as whole words, in any case, in the order they appear."""
    places = ((_place(entry.name, text), entry) for entry in entries)
    found = [(place, entry) for place, entry in places if place is not None]
    return [entry for _, entry in sorted(found, key=lambda each: each[0])]


def _place(name: str, text: str) -> int | None:
    match = re.search(rf"(?<!\w){re.escape(name_key(name))}(?!\w)", text.casefold())
    return match.start() if match else None
