"""The rules of lore. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from bot.errors import BadInput, NotAllowed
from bot.lore.card import Card, CardState, Typed, Wording
from bot.lore.matching import words_of
from bot.people import Member
from bot.safety import clean_line, clean_optional
from bot.stories.rules import check_length, is_host
from bot.stories.story import Story

TITLE_MAX = 60
TEXT_MAX = 1_000
KEY_MAX = 40
KEY_WORDS_MAX = 6
KEYS_MAX = 12
NAME_MAX = 40
NAMES_MAX = 10
CARDS_PER_STORY_MAX = 300

_COMMAS = re.compile("[,;\n\uff0c\u3001\uff1b]")
_IN_KEY = frozenset(" '\u2019.-\u2010&\u00b7\u30fb")
_EVERYONE = frozenset({"everyone", "everybody", "all"})


def title_key(title: str) -> str:
    """Return what two titles share when a reader would take them for the same."""
    return clean_line(title).casefold()


def checked(typed: Typed) -> Wording:
    """Return what a member typed as a card's wording; raise `BadInput` with what is wrong first."""
    title = clean_line(typed.title)
    if not any(map(str.isalnum, title)) or len(title) > TITLE_MAX:
        raise BadInput("lore.bad_title", limit=TITLE_MAX)
    text = check_length(clean_optional(typed.text), TEXT_MAX, "lore.long_text")
    if not any(map(str.isalnum, text)):
        raise BadInput("lore.no_text")
    return Wording(title, _keys(typed.keys), text, _names(typed.known_by), typed.priority)


def check_title(title: str, cards: Iterable[Card]) -> None:
    """Keep titles apart within a story; `cards` are the others that are kept."""
    if title_key(title) in {title_key(card.title) for card in cards}:
        raise BadInput("lore.title_taken", title=title)


def check_room(cards: Sequence[Card]) -> None:
    """Bound a story's lore."""
    if len(cards) >= CARDS_PER_STORY_MAX:
        raise BadInput("lore.too_many", limit=CARDS_PER_STORY_MAX)


def check_may_change(member: Member, story: Story, card: Card) -> None:
    """Let members change what they added, and the story's host and admins everything."""
    if card.added_by != member.id and not is_host(member, story):
        raise NotAllowed("lore.not_yours", title=card.title)


def check_state(card: Card, state: CardState) -> None:
    """Refuse what somebody else has decided meanwhile."""
    if card.state is not state:
        raise NotAllowed(f"lore.is_{card.state}", title=card.title)


def is_known(wording: Wording, cards: Iterable[Card]) -> bool:
    """Say whether one of these cards has the title already, or all the keys."""
    keys = _folded(wording)
    return any(title_key(card.title) == title_key(wording.title) or keys <= _folded(card.wording) for card in cards)


def is_plain(key: str) -> bool:
    """Say whether a key is a word or short phrase: letters, digits, and what stands inside of names."""
    is_written = all(unicodedata.category(sign)[0] in "LMN" or sign in _IN_KEY for sign in key)
    return is_written and len(key) <= KEY_MAX and 0 < len(key.split()) <= KEY_WORDS_MAX and bool(words_of(key))


def _folded(wording: Wording) -> set[str]:
    return {" ".join(words_of(key)) for key in wording.keys}


def _keys(typed: str) -> tuple[str, ...]:
    keys = _listed(typed)
    if not keys:
        raise BadInput("lore.no_keys")
    for key in keys:
        if not is_plain(key):
            raise BadInput("lore.bad_key", word=key[:KEY_MAX], limit=KEY_MAX, words=KEY_WORDS_MAX)
    return _each_once(keys, KEYS_MAX, "lore.many_keys")


def _names(typed: str) -> tuple[str, ...]:
    names = _listed(typed)
    for name in names:
        if not any(map(str.isalnum, name)) or len(name) > NAME_MAX:
            raise BadInput("lore.bad_name", limit=NAME_MAX)
    return () if _EVERYONE & set(map(title_key, names)) else _each_once(names, NAMES_MAX, "lore.many_names")


def _listed(typed: str) -> list[str]:
    """Return what stands between commas."""
    return list(filter(None, map(clean_line, _COMMAS.split(typed))))


def _each_once(listed: Iterable[str], limit: int, too_many: str) -> tuple[str, ...]:
    """Return words as they were first written, each once; raise `BadInput` for more than `limit`."""
    first: dict[str, str] = {}
    for words in listed:
        first.setdefault(" ".join(words_of(words)), words)
    if len(first) > limit:
        raise BadInput(too_many, limit=limit)
    return tuple(first.values())
