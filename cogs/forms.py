"""Modal forms: a few fields of text, handed to whoever asked for them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

import discord

from bot.delivery.views import SalonModal

Submitted = Callable[[discord.Interaction, Mapping[str, str]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form; labels have up to 45 characters, values up to 4,000."""

    label: str
    name: str = "text"
    value: str = ""
    most: int = 4_000
    is_long: bool = True
    required: bool = True


class Form(SalonModal):
    """Ask for the fields and hand over what was written, by their names; a title has up to 45 characters."""

    def __init__(self, title: str, fields: Sequence[Field], submitted: Submitted) -> None:
        super().__init__(title=title)
        self._submitted = submitted
        self._inputs = {field.name: _input(field) for field in fields}
        for field in fields:
            self.add_item(discord.ui.Label(text=field.label, component=self._inputs[field.name]))

    async def on_submit(self, interaction: discord.Interaction, /) -> None:
        """Hand over what was written."""
        await self._submitted(interaction, {name: field.value for name, field in self._inputs.items()})


def _input(field: Field) -> discord.ui.TextInput[Form]:
    return discord.ui.TextInput(
        custom_id=field.name,
        style=discord.TextStyle.paragraph if field.is_long else discord.TextStyle.short,
        default=field.value or None,
        required=field.required,
        max_length=field.most,
    )
