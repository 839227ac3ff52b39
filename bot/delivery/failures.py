"""One place where every failure of an interaction becomes a sentence for the member who met it."""

from __future__ import annotations

import functools
import secrets
from collections.abc import Callable, Coroutine
from datetime import timedelta
from functools import partial
from typing import Any, Concatenate, ParamSpec, TypeVar

import aiohttp
import discord
import structlog
from discord import app_commands

from bot.delivery.context import THINKS_IN_PUBLIC
from bot.delivery.draft import DraftFile
from bot.delivery.faults import fault_of
from bot.delivery.fields import file_of
from bot.delivery.split import LIMIT, utf16_length
from bot.errors import SalonError
from bot.jobs.failures import engine_failure
from bot.traces import trace_of
from bot.words import say
from models.errors import EngineError

Self = TypeVar("Self")
P = ParamSpec("P")
Callback = Callable[Concatenate[Self, discord.Interaction[Any], P], Coroutine[Any, Any, None]]

log = structlog.get_logger(__name__)


async def explain(interaction: discord.Interaction[Any], error: Exception, unsaved: str = "") -> None:
    """Tell the member what went wrong: a known failure by its sentence, an unknown one by an id that the log has.

    What she wrote and what is not kept is given back in the same message, which she alone sees.
    """
    cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
    command = interaction.command.qualified_name if interaction.command else interaction.type.name
    sentence = sentence_of(cause) or record_unknown(cause, command=command, server=interaction.guild_id)
    doors: list[partial[Coroutine[Any, Any, None]]] = [partial(answer_privately, **_with_unsaved(sentence, unsaved))]
    if _is_seen(interaction):
        doors.append(partial(_answer_in_channel, sentence=sentence))
    for answer in doors:
        try:
            await answer(interaction)
            return
        except (discord.HTTPException, aiohttp.ClientError, OSError) as unheard:
            log.warning("! answer", command=command, door=answer.func.__name__, fault=fault_of(unheard).name)


def _is_seen(interaction: discord.Interaction[Any]) -> bool:
    """Say whether all may know who asked: not of a private answer, nor of a press, as the X is to name nobody."""
    is_command = interaction.type is discord.InteractionType.application_command
    return bool(interaction.extras.get(THINKS_IN_PUBLIC, is_command))


def explained(callback: Callback[Self, P]) -> Callback[Self, P]:
    """Let a button's callback fail as a command may: with a sentence."""

    @functools.wraps(callback)
    async def guarded(self: Self, interaction: discord.Interaction[Any], /, *args: P.args, **kwargs: P.kwargs) -> None:
        try:
            await callback(self, interaction, *args, **kwargs)
        except Exception as error:
            await explain(interaction, error)

    return guarded


def sentence_of(error: Exception) -> str | None:
    """Say a known failure, or nothing of an unknown one."""
    return next((sentence(error) for kind, sentence in _SENTENCES if isinstance(error, kind)), None)


def _cooldown(error: app_commands.CommandOnCooldown) -> str:
    until = discord.utils.utcnow() + timedelta(seconds=error.retry_after)
    return say("errors.cooldown", when=discord.utils.format_dt(until, "R"))


def _member_lacks(error: app_commands.MissingPermissions) -> str:
    return say("errors.needs_permission", permissions=_in_words(error.missing_permissions))


def _bot_lacks(error: app_commands.BotMissingPermissions) -> str:
    return say("errors.bot_needs_permission", permissions=_in_words(error.missing_permissions))


def _engine_failure(error: EngineError) -> str:
    failure = engine_failure(error)
    return say(failure.key, **failure.values)


_SENTENCES: tuple[tuple[type[Exception], Callable[[Any], str]], ...] = (
    (SalonError, str),
    (EngineError, _engine_failure),
    (app_commands.CommandOnCooldown, _cooldown),
    (app_commands.MissingPermissions, _member_lacks),
    (app_commands.BotMissingPermissions, _bot_lacks),
    (app_commands.NoPrivateMessage, lambda _: say("errors.only_in_servers")),
    (app_commands.CheckFailure, lambda _: say("errors.not_allowed")),
    (app_commands.TransformerError, lambda _: say("errors.bad_option")),
    (app_commands.CommandNotFound, lambda _: say("errors.outdated")),
    (app_commands.CommandSignatureMismatch, lambda _: say("errors.outdated")),
    (discord.Forbidden, lambda _: say("errors.cannot_write_here")),
)


def _in_words(permissions: list[str]) -> str:
    return ", ".join(say(f"permissions.{permission}") for permission in permissions)


def record_unknown(error: Exception, **where: object) -> str:
    """Log an unknown failure without its message, which may quote what a member wrote; return what to tell them."""
    id = secrets.token_hex(4)
    log.error("! unknown", id=id, **where, trace=trace_of(error))
    return say("errors.unknown", id=id)


async def answer_privately(
    interaction: discord.Interaction[Any],
    sentence: str,
    view: discord.ui.View = discord.utils.MISSING,
    file: discord.File = discord.utils.MISSING,
) -> None:
    """Tell the member alone, as a response, else a follow-up; a "thinking" that everyone sees is taken away first."""
    if not interaction.response.is_done():
        await interaction.response.send_message(sentence, view=view, file=file, ephemeral=True)
        return
    if interaction.extras.pop(THINKS_IN_PUBLIC, False):
        # A follow-up to a "thinking" that was never filled is filed under it, and fails once that is gone.
        await interaction.edit_original_response(content="…")
        await interaction.delete_original_response()
    await interaction.followup.send(sentence, view=view, file=file, ephemeral=True)


def _with_unsaved(sentence: str, unsaved: str) -> dict[str, Any]:
    """Say what went wrong together with the words that are given back: below it where they fit, else in a file."""
    if not unsaved.strip():
        return {"sentence": sentence}
    told = f"{sentence}\n{say('delivery.given_back')}"
    whole = f"{told}\n```\n{unsaved}\n```"
    if "```" not in unsaved and utf16_length(whole) <= LIMIT:
        return {"sentence": whole}
    return {"sentence": told, "file": file_of(DraftFile("yours.txt", unsaved.encode()))}


async def _answer_in_channel(interaction: discord.Interaction[Any], sentence: str) -> None:
    """Call the member to the sentence where the interaction can no longer carry it."""
    if isinstance(interaction.channel, discord.abc.Messageable):
        called = discord.AllowedMentions(everyone=False, roles=False, users=[interaction.user])
        await interaction.channel.send(f"{interaction.user.mention} {sentence}", allowed_mentions=called)
