"""What may be critiqued, and by whom it may be asked for. Pure."""

from __future__ import annotations

from dataclasses import replace

from bot.critique.critique import Wish
from bot.errors import BadInput, NotAllowed
from bot.people import Member
from bot.quotes import words_in
from bot.safety import clean_optional, clean_text

DRAFT_MAX = 200_000
WORDS_MIN = 5
INTENT_MAX = 300
FOCUS_MAX = 200


def check_draft(text: str) -> str:
    """Return a draft made fit to keep; raise `BadInput` for one that is too long, or hardly one."""
    if len(text) > DRAFT_MAX:
        raise BadInput("critique.long_draft", limit=f"{DRAFT_MAX:,}", length=f"{len(text):,}")
    text = clean_text(text)
    if len(words_in(text)) < WORDS_MIN:
        raise BadInput("critique.short_draft", least=WORDS_MIN)
    return text


def checked_wish(wish: Wish) -> Wish:
    """Return a wish with its words cleaned; raise `BadInput` where they are too long."""
    intent, focus = clean_optional(wish.intent), clean_optional(wish.focus)
    if len(intent) > INTENT_MAX or len(focus) > FOCUS_MAX:
        raise BadInput("critique.long_wish", intent=INTENT_MAX, focus=FOCUS_MAX)
    return replace(wish, intent=intent, focus=focus)


def check_own(member: Member, author_id: int | None, author_name: str) -> None:
    """Raise `NotAllowed` for words of another person: who wrote them asks for their critique. An AI has no id."""
    if author_id is not None and author_id != member.id:
        raise NotAllowed("critique.not_your_words", author=author_name)
