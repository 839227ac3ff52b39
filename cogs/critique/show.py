"""How a critique looks: strength, issue, then each note with the words it is about. Its quotes stand as they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial

from bot.critique.critique import Critique, Mode, Note
from bot.delivery.draft import Draft, ViewFactory
from bot.forms.edits import Change
from bot.words import say
from cogs.critique.controls import critique_controls
from cogs.critique.part import beginning_of, mode_name
from cogs.shown import DESCRIPTION_CHARACTERS, plain
from cogs.write.captions import diff_file, diff_of


def draft_of(critique: Critique) -> Draft:
    """Draft a critique for its author, with what can be done with it."""
    return _framed(critique, partial(critique_controls, critique))


def shared_draft(critique: Critique, name: str) -> Draft:
    """Draft a critique as its author shares it."""
    draft = _framed(critique, None)
    heading = say("critique.shared", name=plain(name), begins=plain(beginning_of(critique)))
    return replace(draft, text=f"{heading}\n{draft.text}".strip())


def body_of(critique: Critique) -> str:
    """Say all of a critique."""
    its = critique.findings
    sections = [_section("strength", its.strength), _section("issue", its.issue), plain(its.plain)]
    sections += [_diff(critique)] if critique.wish.mode is Mode.LINE else [_noted(note) for note in its.notes]
    return "\n\n".join(section for section in (*sections, "\n".join(_small(critique))) if section)


def _framed(critique: Critique, view: ViewFactory | None) -> Draft:
    body, credit = body_of(critique), say("critique.credit", model=critique.model, mode=mode_name(critique.wish.mode))
    whole = diff_file(_changes(critique))
    files = (whole,) if whole else ()
    if len(body) <= DESCRIPTION_CHARACTERS:
        return Draft("", credit, view=view, files=files, notice=body)
    return Draft(body, credit, credit, view, files)


def _section(name: str, text: str) -> str:
    return f"**{say(f'critique.{name}')}**\n{plain(text)}" if text else ""


def _noted(note: Note) -> str:
    quote = "\n".join(f"> {plain(line)}" for line in note.quote.splitlines())
    kind = say(f"critique.kind_{note.kind.replace(' ', '_')}")
    head = f"**{kind}** · {say('critique.place', paragraph=note.paragraph)}"
    said = [plain(note.effect), f"→ {plain(note.advice)}"]
    lines = [line for line, text in zip(said, (note.effect, note.advice), strict=True) if not _repeats(text, note.kind)]
    return "\n".join([head, quote, *lines])


def _repeats(text: str, kind: str) -> bool:
    """Say whether a text says nothing but the kind of its note, as a small model's may."""
    return text.strip(" .,:;!?").casefold() == kind.casefold()


def _diff(critique: Critique) -> str:
    changes = _changes(critique)
    return diff_of(changes) if changes else say("critique.no_edits")


def _changes(critique: Critique) -> Sequence[Change]:
    is_edit = critique.wish.mode is Mode.LINE
    notes = critique.findings.notes if is_edit else ()
    return [Change(note.quote, note.advice, paragraph=note.paragraph) for note in notes]


def _small(critique: Critique) -> Iterable[str]:
    """Say in small lines what was left out, and what of the draft was read."""
    its = critique.findings
    if critique.wish.mode is not Mode.LINE and not its.notes and not its.plain:
        yield f"-# {say('critique.no_notes')}"
    if its.dropped:
        yield f"-# {say('critique.dropped', count=its.dropped)}"
    if its.larger:
        yield f"-# {say('critique.larger', count=its.larger)}"
    read = "critique.read_whole" if critique.is_whole else "critique.read_to"
    yield f"-# {say(read, paragraph=critique.read_to)}"
