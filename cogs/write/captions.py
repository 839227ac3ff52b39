"""What is said with pieces: who asked for what, what of the form holds, how a piece was made, a text's changes."""

from __future__ import annotations

from collections.abc import Iterable

import discord

from bot.delivery.draft import DraftFile
from bot.forms.ask import Ask, Piece
from bot.forms.edits import Change
from bot.forms.polishing import Polished
from bot.forms.verdict import Verdict
from bot.words import say
from cogs.choices import shortened
from cogs.shown import COLOUR, add_field, fitted, plain

_VERDICT_CHARACTERS = 1_200
_GUESSED_SHOWN = 8
_DIFF_CHARACTERS = 3_000


def asked(ask: Ask) -> str:
    """Say who asked for what; of a text that is turned into another only what it becomes."""
    told = {"name": plain(ask.asker.name), "form": form_name(ask)}
    about = plain(" ".join(ask.wish.about.split()))
    if ask.material is None:
        return say("write.asks", about=about, **told)
    return say("write.asks_adapted_about" if about else "write.asks_adapted", about=about, **told)


def form_name(ask: Ask) -> str:
    """Return what a form is called."""
    return say(f"forms.name_{ask.wish.form}")


def in_words(verdict: Verdict, piece: Piece) -> str:
    """Say in small lines what holds, what does not, and how many tries it took."""
    lines = [say("write.holds", merits=plain("; ".join(map(str, verdict.merits))))] if verdict.merits else []
    lines += [say("write.misses", fault=plain(str(fault))) for fault in verdict.faults]
    if verdict.guessed:
        words = ", ".join(verdict.guessed[:_GUESSED_SHOWN])
        lines.append(say("write.guessed", words=plain(words), count=len(verdict.guessed)))
    if piece.is_bound:
        lines.append(say("write.bound", count=piece.tries - 1))
    if not verdict.holds:
        lines.append(say("write.best_of", count=piece.tries, number=piece.number))
    return fitted([f"-# {line}" for line in lines], _VERDICT_CHARACTERS)


def credit_of(ask: Ask, piece: Piece) -> str:
    """Say that an AI wrote it, in which form and, where one was asked for, style."""
    credit = say("write.credit", model=piece.model, form=form_name(ask))
    return f"{credit} · {piece.style}" if piece.style else credit


def details(ask: Ask, piece: Piece) -> discord.Embed:
    """Tell all about how a piece was made."""
    embed = discord.Embed(title=say("write.details_title"), colour=COLOUR)
    add_field(embed, say("write.details_about"), plain(ask.wish.about))
    add_field(embed, say("write.details_form"), form_name(ask), inline=True)
    add_field(embed, say("write.details_style"), plain(piece.style or ""), inline=True)
    add_field(embed, say("write.details_language"), plain(ask.wish.language), inline=True)
    add_field(embed, say("write.details_seed"), str(piece.seed), inline=True)
    add_field(embed, say("write.details_model"), plain(piece.model), inline=True)
    add_field(embed, say("write.details_tries"), say("write.details_try", number=piece.number, count=piece.tries))
    return embed


def diff(polished: Polished) -> str:
    """Show the sentences that change, before and after, and say how many larger changes are not offered."""
    return _larger(polished, diff_of(polished.changes) if polished.edits else say("write.no_changes"))


def diff_of(changes: Iterable[Change]) -> str:
    """Show sentences before and after, as many as there is room for."""
    body = _within(_diff_lines(changes))
    return f"```diff\n{body}\n```"


def diff_file(changes: Iterable[Change]) -> DraftFile | None:
    """Make a file of all sentences before and after, where there is not room for all of them."""
    lines = _diff_lines(changes)
    whole = "\n".join(lines)
    return None if _within(lines) == whole else DraftFile("line-edit.diff", whole.encode())


def _diff_lines(changes: Iterable[Change]) -> list[str]:
    return [line for change in changes for line in _shown(change)]


def _shown(change: Change) -> list[str]:
    """Write a change as a diff does, line by line; a fence inside would end the one around it."""
    signs = (("-", change.before), ("+", change.after))
    place = [] if change.paragraph is None else [f"@@ {say('critique.place', paragraph=change.paragraph)} @@"]
    return place + [f"{sign} {line}".replace("```", "'''") for sign, text in signs for line in text.splitlines()]


def _within(lines: list[str]) -> str:
    """Join as many whole lines as fit, with how many more there are; one that is longer than all the room is cut."""
    return fitted([shortened(line, _DIFF_CHARACTERS // 2) for line in lines], _DIFF_CHARACTERS)


def _larger(polished: Polished, text: str) -> str:
    return f"{text}\n-# {say('write.larger', count=polished.larger)}" if polished.larger else text
