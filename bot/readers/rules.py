"""The rules of the readers' line. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime

from bot.clock import to_ms
from bot.errors import BadInput, NotAllowed
from bot.people import Channel, Member
from bot.readers.draft import Draft, NewDraft, Taking
from bot.safety import clean_line, clean_text
from bot.stories.rules import TITLE_MAX, check_length
from bot.stories.shares import count_words

DRAFT_MAX = 40_000
CRITIQUE_MAX = 20_000
WISH_MAX = 300
WARNING_MAX = 200
DRAFT_WORDS_MIN = 5
OPEN_DRAFTS_MAX = 5


def checked(new: NewDraft) -> NewDraft:
    """Return a draft fit to be kept; raise `BadInput` for one without a title or words, or with too many."""
    title = clean_line(new.title)
    if not any(map(str.isalnum, title)) or len(title) > TITLE_MAX:
        raise BadInput("readers.bad_title", limit=TITLE_MAX)
    text = check_length(clean_text(new.text), DRAFT_MAX, "readers.long_draft")
    if count_words(text) < DRAFT_WORDS_MIN:
        raise BadInput("readers.short_draft", least=DRAFT_WORDS_MIN)
    wish = check_length(clean_line(new.wish), WISH_MAX, "readers.long_wish")
    warning = check_length(clean_line(new.warning), WARNING_MAX, "readers.long_warning")
    return replace(new, title=title, text=text, wish=wish, warning=warning)


def checked_critique(text: str, least_words: int) -> str:
    """Return a critique fit to be kept; raise `BadInput` for one that is shorter than agreed, or too long."""
    text = check_length(clean_text(text), CRITIQUE_MAX, "readers.long_critique")
    count = count_words(text)
    if count < least_words:
        raise BadInput("readers.short_critique", words=count, least=least_words)
    return text


def check_room(open_drafts: int) -> None:
    """Bound how much of the line is one member's."""
    if open_drafts >= OPEN_DRAFTS_MAX:
        raise NotAllowed("readers.too_many_drafts", limit=OPEN_DRAFTS_MAX)


def seen_in(channel: Channel, drafts: Iterable[Draft]) -> list[Draft]:
    """Return the drafts that may be shown in a channel: what was offered behind an age gate stays behind one."""
    return [draft for draft in drafts if channel.is_age_restricted or not draft.is_age_restricted]


def check_may_show(channel: Channel, draft: Draft) -> None:
    """Keep what was offered behind an age gate there, also from who is reading it."""
    if not seen_in(channel, [draft]):
        raise NotAllowed("readers.behind_gate", title=draft.title)


def next_for(member: Member, line: Iterable[Draft], tried: Collection[int]) -> Draft | None:
    """Return the draft that has waited longest for this reader; one she put back comes after all others."""
    others = [draft for draft in line if draft.author_id != member.id]
    return next((draft for draft in others if draft.id not in tried), others[0] if others else None)


def check_may_take(member: Member, draft: Draft) -> None:
    """Keep authors from reading their own."""
    if draft.author_id == member.id:
        raise NotAllowed("readers.own_draft")


def check_may_withdraw(member: Member, draft: Draft, taking: Taking | None) -> None:
    """Let a draft be withdrawn by its author and by admins, unless somebody is spending their time on it."""
    if draft.author_id != member.id and not member.is_admin:
        raise NotAllowed("readers.not_your_draft")
    if draft.outcome is not None:
        raise NotAllowed("readers.left_line")
    if taking:
        raise NotAllowed("readers.being_read", name=taking.reader_name, until=timestamp(taking.due_at))


def check_may_read(member: Member, taking: Taking) -> None:
    """Keep a critique to the draft's author and its reader, unless the draft was offered so that all may read it."""
    if not taking.draft.is_public and member.id not in (taking.draft.author_id, taking.reader_id):
        raise NotAllowed("readers.not_your_critique")


def check_may_thank(member: Member, taking: Taking) -> None:
    """Let the author say that a critique helped, once."""
    if taking.draft.author_id != member.id:
        raise NotAllowed("readers.only_author_thanks")
    if taking.helpful_at:
        raise NotAllowed("readers.thanked_before")


def timestamp(time: datetime) -> str:
    """Write a time as everyone reads it in their own zone."""
    return f"<t:{to_ms(time) // 1_000}:R>"
