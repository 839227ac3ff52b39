"""What the pickers of options offer: a channel's stories, a story's passages, and fixed choices by key."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from itertools import islice

from discord.app_commands import Choice

from bot.stories.story import Passage, Story
from bot.words import say
from cogs.commands import told

MOST_CHOICES = 25
_NAME_CHARACTERS = 100
_CHOSEN_ID = re.compile(r"#[0-9]{1,18}")  # SQLite's numbers end with the nineteenth digit


def choices_of(kind: type[StrEnum]) -> list[Choice[str]]:
    """Offer the members of an enumeration under the words of `commands.kind_member`."""
    prefix = kind.__name__.lower()
    return [Choice(name=told(f"{prefix}_{member.name.lower()}"), value=member.value) for member in kind]


def story_choices(stories: Iterable[Story]) -> list[Choice[str]]:
    """Offer stories by title; the value is the id with a `#`, so that a title of digits is no id."""
    return [Choice(name=shortened(story.title, _NAME_CHARACTERS), value=value_of(story.id)) for story in stories]


def passage_choices(passages: Sequence[Passage], typed: str) -> list[Choice[str]]:
    """Offer the newest passages that contain what was typed, with their writers' names."""
    wanted = typed.casefold()
    found = (one for one in reversed(passages) if wanted in one.text.casefold() and not one.removed)
    return [Choice(name=first_words(one), value=value_of(one.id)) for one in islice(found, MOST_CHOICES)]


def first_words(passage: Passage, most: int = _NAME_CHARACTERS) -> str:
    """Say who wrote a passage and how it begins, on one line of at most `most` characters."""
    name = say("story.ai_name") if passage.by_ai else passage.author_name
    return shortened(f"{name}: {' '.join(passage.text.split())}", most)


def shortened(text: str, most: int) -> str:
    """Cut text at a word with an ellipsis where it is longer than `most` characters."""
    if len(text) <= most:
        return text
    head, _, _ = text[: most - 1].rpartition(" ")
    return f"{head or text[: most - 1]}…"


def value_of(id: int) -> str:
    """Return the value of the choice of an id."""
    return f"#{id}"


def id_in(value: str) -> int | None:
    """Read the id out of a choice's value; None for what is no id, as anything may be typed by hand."""
    return int(value[1:]) if _CHOSEN_ID.fullmatch(value) else None
