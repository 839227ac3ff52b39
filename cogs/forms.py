"""Modal forms: a few fields of text and menus, handed to whoever asked for them."""

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


@dataclass(frozen=True, slots=True)
class Pick:
    """One menu of a form: labels by the value that each stands for, of which the first is chosen until another is."""

    label: str
    name: str
    options: Mapping[str, str]


class Form(SalonModal):
    """Ask for the fields and hand over what was written or picked, by their names; a title has up to 45 characters."""

    def __init__(self, title: str, fields: Sequence[Field | Pick], submitted: Submitted) -> None:
        super().__init__(title=title)
        self._submitted = submitted
        self._inputs = {field.name: _menu(field) if isinstance(field, Pick) else _input(field) for field in fields}
        for field in fields:
            self.add_item(discord.ui.Label(text=field.label, component=self._inputs[field.name]))

    async def on_submit(self, interaction: discord.Interaction, /) -> None:
        """Hand over what was written and picked."""
        await self._submitted(interaction, {name: _value(field) for name, field in self._inputs.items()})


def _input(field: Field) -> discord.ui.TextInput[Form]:
    return discord.ui.TextInput(
        custom_id=field.name,
        style=discord.TextStyle.paragraph if field.is_long else discord.TextStyle.short,
        default=field.value or None,
        required=field.required,
        max_length=field.most,
    )


def _menu(pick: Pick) -> discord.ui.Select[Form]:
    options = [
        discord.SelectOption(label=label, value=value, default=number == 0)
        for number, (value, label) in enumerate(pick.options.items())
    ]
    return discord.ui.Select(custom_id=pick.name, options=options)


def _value(field: discord.ui.TextInput[Form] | discord.ui.Select[Form]) -> str:
    return field.value if isinstance(field, discord.ui.TextInput) else field.values[0]
