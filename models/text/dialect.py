"""What a model's chat template accepts, and messages put the way it accepts them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from models.requests import PromptPart, Role
from models.text.dry import BREAKERS

Message = dict[str, str]


@dataclass(frozen=True, slots=True)
class Dialect:
    """What a template takes: a system turn first, system turns later, an assistant's turn first."""

    system: bool
    late_system: bool
    assistant_first: bool


def dialect_of(tokenizer: Any) -> Dialect | None:
    """Try a tokenizer's template with small conversations; None for a base model, which has none."""
    if not getattr(tokenizer, "chat_template", None):
        return None
    user, assistant, system = Role.USER, Role.ASSISTANT, Role.SYSTEM
    return Dialect(
        system=_takes(tokenizer, system, user),
        late_system=_takes(tokenizer, user, assistant, system, user),
        assistant_first=_takes(tokenizer, assistant, user),
    )


def control_tokens(tokenizer: Any) -> dict[str, int]:
    """Return every control token's mark and id; `all_special_tokens` alone lacks those that play no named part."""
    added = {str(mark): number for number, mark in tokenizer.added_tokens_decoder.items() if mark.special}
    return added | dict(zip(tokenizer.all_special_tokens, tokenizer.all_special_ids, strict=True))


def breakers_of(tokenizer: Any) -> frozenset[int]:
    """Collect the tokens that end a repetition: control tokens, and all whose text has a line end, quote or colon."""
    return _tokens_with(tokenizer, BREAKERS) | frozenset(control_tokens(tokenizer).values())


def line_ends_of(tokenizer: Any) -> frozenset[int]:
    """Collect the tokens that end a line."""
    return _tokens_with(tokenizer, ("\n",))


def disarmed(text: str, marks: Iterable[str]) -> str:
    """Break up control tokens in what people wrote, so that nobody can end a turn or speak as the system.

    Halves of characters, which no tokenizer takes, become question marks. A longer mark comes before its beginning.
    """
    text = text.encode(errors="replace").decode()
    for mark in sorted(marks, key=len, reverse=True):
        text = text.replace(mark, mark[0] + " " + mark[1:])
    return text


def messages(parts: Iterable[PromptPart], dialect: Dialect) -> list[Message]:
    """Turn parts into messages; neighbours with one role become one message, a blank line between them."""
    merged: list[Message] = []
    for part in parts:
        role = _spoken_as(part.role, dialect, first=not merged)
        if merged and role == Role.SYSTEM and merged[-1]["role"] != Role.SYSTEM and not dialect.late_system:
            role = Role.USER
        if merged and merged[-1]["role"] == role:
            merged[-1]["content"] += "\n\n" + part.text
        else:
            merged.append({"role": role.value, "content": part.text})
    return merged


def _spoken_as(role: Role, dialect: Dialect, *, first: bool) -> Role:
    if role is Role.SYSTEM and not dialect.system:
        return Role.USER
    if role is Role.ASSISTANT and first and not dialect.assistant_first:
        return Role.USER
    return role


def _takes(tokenizer: Any, *roles: Role) -> bool:
    """Say whether a template renders turns of these roles and leaves none out; templates raise what they like."""
    words = [f"probe{n}" for n in range(len(roles))]
    turns = [{"role": role.value, "content": word} for role, word in zip(roles, words, strict=True)]
    try:
        text = tokenizer.apply_chat_template(turns, tokenize=False, add_generation_prompt=True)
    except Exception:
        return False
    return all(word in text for word in words)


def _tokens_with(tokenizer: Any, marks: Iterable[str]) -> frozenset[int]:
    """Collect the tokens whose text has one of these marks in it."""
    ids = range(len(tokenizer))
    texts = tokenizer.batch_decode([[token] for token in ids])
    return frozenset(token for token, text in zip(ids, texts, strict=True) if any(mark in text for mark in marks))
