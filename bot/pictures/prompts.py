"""What the picture model reads: the style's words around the member's, and what to avoid. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace

import regex

from bot.pictures.ask import Ask
from bot.pictures.rules import ALT_MAX
from bot.words import say
from models.engine import ImageCard
from models.requests import ImageRequest

# English like the prompts of the models that read them.
RESTYLE = "Redraw this picture in this style:"
RESTYLE_AS = "Redraw the first picture in the style of the second one:"
VARY = "Draw a variation of this picture:"
LARGER = "Draw the same picture with finer detail:"

_EMOJI = regex.compile(r"\p{Extended_Pictographic}[\uFE0E\uFE0F\u200D\U0001F3FB-\U0001F3FF]*")
_CUSTOM_EMOJI = regex.compile(r"<a?:(\w+):\d+>")
_JOINTS = " ,;."


def build_request(
    request_id: str, ask: Ask, card: ImageCard, image: bytes | None, references: Sequence[bytes]
) -> ImageRequest:
    """Freeze what the model is asked; `image` and `references` are the encoded pictures that the ask names."""
    width, height = ask.size
    request = ImageRequest(
        id=request_id,
        prompt=words_of(ask),
        seeds=ask.seeds,
        width=width,
        height=height,
        avoid=avoided_of(ask) if card.takes_avoid else "",
        steps=ask.style.steps,
        guidance=ask.style.guidance,
        image=image,
        references=tuple(references),
        lora=ask.style.lora if card.takes_lora else None,
    )
    return request if ask.strength is None else replace(request, strength=ask.strength)


def words_of(ask: Ask) -> str:
    """Return all that the model reads of an ask: what to do with a picture, if there is one, and what to draw."""
    drawn = f"{ask.style.before} {spelled(ask.prompt)}".strip()
    return f"{ask.lead} {_joined(drawn, ask.style.after)}".strip()


def avoided_of(ask: Ask) -> str:
    """Return all that a picture is to be without."""
    return _joined(ask.style.avoid, ask.avoid)


def avoided(avoid: str, themes: Sequence[str]) -> str:
    """Return what a picture is to be without, with a story's themes added."""
    return _joined(avoid, *themes)


def alt_of(ask: Ask) -> str:
    """Return the alternative text of a picture that nobody described: the words it was drawn from."""
    alt = ask.prompt or say("pictures.alt_restyled", style=ask.style.name)
    return alt if len(alt) <= ALT_MAX else f"{alt[: ALT_MAX - 1]}…"


def spelled(prompt: str) -> str:
    """Return a prompt with each emoji as the words of its name, which models can read."""
    named = _CUSTOM_EMOJI.sub(lambda emoji: f" {emoji[1].replace('_', ' ')} ", prompt)
    return " ".join(_EMOJI.sub(_name_of, named).split())


def _name_of(emoji: regex.Match[str]) -> str:
    return f" {unicodedata.name(emoji[0][0], '').lower()} "


def _joined(*parts: str) -> str:
    """Join what is there with commas, without a full stop in the midst."""
    *firsts, last = [part for part in map(str.strip, parts) if part] or [""]
    return ", ".join([*(first.rstrip(_JOINTS) for first in firsts), last])
