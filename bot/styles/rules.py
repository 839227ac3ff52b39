"""What a style may say and how far its numbers may go. Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.errors import BadInput
from bot.safety import clean_line, clean_text
from bot.styles.picture_style import PictureStyle
from bot.styles.style import Style

NAME_MAX = 32
DESCRIPTION_MAX = 100
INSTRUCTIONS_MAX = 1_000
WORDS_MAX = 300
LORA_MAX = 100
STYLES_PER_SERVER_MAX = 50

# Inclusive bounds of each number.
RANGES = {
    "temperature": (0.0, 2.0),
    "top_p": (0.05, 1.0),
    "min_p": (0.0, 0.5),
    "dry_multiplier": (0.0, 5.0),
    "xtc_probability": (0.0, 1.0),
}
PICTURE_RANGES = {"steps": (1, 100), "guidance": (0.0, 30.0)}

# An id on the hub and nothing else: a path would let a server's admins name folders of the host's machine.
_HUB_ID = re.compile(r"[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*", re.ASCII)


def name_key(name: str) -> str:
    """Return what two names share when a reader would take them for the same."""
    return clean_line(name).casefold()


def checked_name(name: str) -> str:
    """Return a style's name on one clean line; raise `BadInput` where nothing is left or too much."""
    name = clean_line(name)
    if not name or len(name) > NAME_MAX:
        raise BadInput("styles.bad_name", limit=NAME_MAX)
    return name


def checked(style: Style) -> Style:
    """Return a server's style with its texts cleaned; raise `BadInput` for what is too long or out of range."""
    instructions = clean_text(style.instructions)
    if len(instructions) > INSTRUCTIONS_MAX:
        raise BadInput("styles.long_instructions", limit=INSTRUCTIONS_MAX)
    for field, (least, most) in RANGES.items():
        _check_range(field, getattr(style, field), least, most)
    return replace(
        style,
        name=checked_name(style.name),
        description=_checked_description(style.description),
        instructions=instructions,
        builtin=False,
    )


def checked_picture(style: PictureStyle) -> PictureStyle:
    """Return a server's picture style with its texts cleaned; raise `BadInput` as `checked` does.

    One that changes nothing about a picture is refused too.
    """
    for field, (least, most) in PICTURE_RANGES.items():
        _check_range(field, getattr(style, field), least, most)
    style = replace(
        style,
        name=checked_name(style.name),
        description=_checked_description(style.description),
        before=_checked_words(style.before),
        after=_checked_words(style.after),
        avoid=_checked_words(style.avoid),
        lora=_checked_lora(style.lora),
        builtin=False,
        pipeline=None,
    )
    if style == PictureStyle(style.name, style.description):
        raise BadInput("styles.does_nothing")
    return style


def _checked_description(description: str) -> str:
    description = clean_line(description)
    if len(description) > DESCRIPTION_MAX:
        raise BadInput("styles.long_description", limit=DESCRIPTION_MAX)
    return description


def _checked_words(words: str) -> str:
    words = clean_line(words)
    if len(words) > WORDS_MAX:
        raise BadInput("styles.long_words", limit=WORDS_MAX, length=len(words))
    return words


def _checked_lora(lora: str | None) -> str | None:
    lora = clean_line(lora or "")
    if lora and (len(lora) > LORA_MAX or not _HUB_ID.fullmatch(lora)):
        raise BadInput("styles.bad_lora")
    return lora or None


def _check_range(field: str, number: float | None, least: float, most: float) -> None:
    if number is not None and not least <= number <= most:
        raise BadInput("styles.out_of_range", field=field.replace("_", "-"), least=least, most=most)
