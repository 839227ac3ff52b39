"""What a style may say and how far its numbers may go. Pure."""

from __future__ import annotations

from dataclasses import replace

from bot.errors import BadInput
from bot.safety import clean_line, clean_text
from bot.styles.style import Style

NAME_MAX = 32
DESCRIPTION_MAX = 100
INSTRUCTIONS_MAX = 1_000
STYLES_PER_SERVER_MAX = 50

# Inclusive bounds of each number.
RANGES = {
    "temperature": (0.0, 2.0),
    "top_p": (0.05, 1.0),
    "min_p": (0.0, 0.5),
    "dry_multiplier": (0.0, 5.0),
}


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
    name = checked_name(style.name)
    description = clean_line(style.description)
    if len(description) > DESCRIPTION_MAX:
        raise BadInput("styles.long_description", limit=DESCRIPTION_MAX)
    instructions = clean_text(style.instructions)
    if len(instructions) > INSTRUCTIONS_MAX:
        raise BadInput("styles.long_instructions", limit=INSTRUCTIONS_MAX)
    for field, (least, most) in RANGES.items():
        if not least <= getattr(style, field) <= most:
            raise BadInput("styles.out_of_range", field=field.replace("_", "-"), least=least, most=most)
    return replace(style, name=name, description=description, instructions=instructions, builtin=False)
