"""What is said of drafts, readers and credits, a line each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from bot.credits.credit import Entry, Prices
from bot.readers.draft import Draft, DraftOutcome, Taking
from bot.readers.rules import timestamp
from bot.words import say
from cogs.shown import plain


def words(count: int) -> str:
    """Say how long a text is."""
    return say("crit.words", count=count)


def choice_of(draft: Draft) -> str:
    """Name a draft where markup is not read: its title, length and author."""
    return f"{draft.title} · {words(draft.words)} · {draft.author_name}"


def line_of(draft: Draft) -> str:
    """Tell a draft that waits: what it is, since when it waits, what to know before one takes it."""
    head = say("crit.line", waits=timestamp(draft.offered_at), **_told(draft))
    return "\n".join([head, *notes_of(draft)])


def notes_of(draft: Draft) -> list[str]:
    """Say what a reader should know first, and what the author wants to know, where they said so."""
    notes = [say("crit.warning", warning=plain(draft.warning))] if draft.warning else []
    return [*notes, say("crit.wish", wish=plain(draft.wish))] if draft.wish else notes


def became_of(draft: Draft, taking: Taking | None) -> str:
    """Tell what became of a draft; `taking` is the one that goes on or ended in a critique."""
    return say("crit.mine_line", title=plain(draft.title), words=words(draft.words), state=_state(draft, taking))


def reading_of(taking: Taking) -> str:
    """Tell a critique that somebody gave, and whether it helped."""
    key = "crit.read_line_helped" if taking.helpful_at else "crit.read_line"
    return say(key, count=taking.words, **_names(taking))


def held(taking: Taking | None) -> str:
    """Tell what a member is reading."""
    if taking is None:
        return say("crit.mine_no_held")
    return say("crit.mine_held", title=plain(taking.draft.title), until=timestamp(taking.due_at))


def entry_of(entry: Entry) -> str:
    """Tell where credits came from or went."""
    reason = say(f"crit.reason_{entry.reason}")
    return say("crit.entry", amount=f"{entry.amount:+d}", reason=reason, when=timestamp(entry.at))


def prices_of(prices: Prices) -> list[str]:
    """Tell all that holds in a server."""
    return [say(f"crit.price_{name}", count=value) for name, value in asdict(prices).items()]


def _state(draft: Draft, taking: Taking | None) -> str:
    if draft.outcome is DraftOutcome.CRITIQUED and taking:
        return say("crit.state_critiqued", name=plain(taking.reader_name), words=words(taking.words))
    if draft.outcome:
        return say(f"crit.state_{draft.outcome}")
    if taking:
        return say("crit.state_taken", name=plain(taking.reader_name), until=timestamp(taking.due_at))
    return say("crit.state_waits", since=timestamp(draft.offered_at))


def _told(draft: Draft) -> Mapping[str, str]:
    return {"title": plain(draft.title), "name": plain(draft.author_name), "words": words(draft.words)}


def _names(taking: Taking) -> Mapping[str, str]:
    return {"title": plain(taking.draft.title), "name": plain(taking.draft.author_name)}
