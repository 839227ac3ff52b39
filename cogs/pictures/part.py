"""What all parts of `/picture` share: the service, where an answer goes, and which picture is meant."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import discord
from discord.app_commands import Choice, Command, Range, autocomplete
from discord.app_commands.commands import CommandCallback, GroupT, P, T
from discord.ext import commands

from bot.delivery.context import channel_of, member_of
from bot.errors import BadInput, NotFound
from bot.illustrations.service import IllustrationService
from bot.jobs.queue import JobQueue
from bot.pictures.picture import Source, Upload, Work
from bot.pictures.rules import AVOID_MAX, PROMPT_MAX
from bot.pictures.service import PictureService
from cogs.choices import MOST_CHOICES, id_in, value_of
from cogs.commands import command
from cogs.pictures.captions import line_of
from cogs.style_names import style_choices
from cogs.uploads import read_picture
from models.engine import Engine

Prompt = Range[str, 1, PROMPT_MAX]
Avoid = Range[str, 1, AVOID_MAX]
WorkOption = Range[str, 1, 100]


class Part(commands.Cog):
    """A part of the `/picture` group."""

    def __init__(
        self, *, pictures: PictureService, illustrations: IllustrationService, queue: JobQueue, engine: Engine
    ) -> None:
        self.pictures = pictures
        self.illustrations = illustrations
        self.queue = queue
        self.engine = engine

    async def source(
        self, interaction: discord.Interaction, picture: discord.Attachment | None, work: str | None
    ) -> Source:
        """Return the picture that is meant: a file, one of Salon's, or the last one drawn here."""
        if picture and work:
            raise BadInput("picture.one_source")
        if picture:
            return await upload_of(picture)
        return await self._work_id(interaction, work)

    async def each(self, work_ids: Sequence[int], do: Callable[[int], Awaitable[Work]]) -> list[Work]:
        """Do something with those works that are still there; raise `NotFound` where none is.

        A message that could not be reached when one of its pictures was deleted still shows it.
        """
        done, missing = [], None
        for work_id in work_ids:
            try:
                done.append(await do(work_id))
            except NotFound as error:
                missing = error
        if missing and not done:
            raise missing
        return done

    async def suggest_styles(self, interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
        """Offer the server's picture styles, those first that suit the pipeline."""
        return style_choices(await self.pictures.styles_for(member_of(interaction).server_id), typed)

    async def suggest_works(self, interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
        """Offer the channel's latest pictures."""
        works = await self.pictures.latest(member_of(interaction), channel_of(interaction), MOST_CHOICES)
        choices = [Choice(name=f"#{work.id} · {line_of(work)}", value=value_of(work.id)) for work in works]
        return [choice for choice in choices if typed.casefold() in choice.name.casefold()]

    async def _work_id(self, interaction: discord.Interaction, typed: str | None) -> int:
        if typed is None:
            latest = await self.pictures.latest(member_of(interaction), channel_of(interaction))
            if not latest:
                raise NotFound("picture.none_here")
            return latest[0].id
        picked = id_in(typed)
        if picked is None:
            raise NotFound("picture.not_found")
        return (await self.pictures.named(member_of(interaction), channel_of(interaction), picked)).id


async def upload_of(attachment: discord.Attachment) -> Upload:
    """Fetch a file that a member brought."""
    return Upload(await read_picture(attachment), attachment.filename)


_SUGGESTIONS: Mapping[str, Callable[..., Any]] = {"style": Part.suggest_styles, "work": Part.suggest_works}


def picture_command(function: CommandCallback[GroupT, P, T]) -> Command[GroupT, P, T]:
    """Make a command of `/picture`; options called style or work suggest themselves."""
    options = inspect.signature(function).parameters
    suggestions = {name: suggest for name, suggest in _SUGGESTIONS.items() if name in options}
    return command("picture")(autocomplete(**suggestions)(function))
