"""What Discord's refusals mean for a message of ours."""

from __future__ import annotations

from enum import Enum, auto

import aiohttp
import discord

from bot.errors import Unavailable


class Fault(Enum):
    """What is wrong, as far as it decides what to try next."""

    TOKEN_DEAD = auto()
    MESSAGE_GONE = auto()
    CHANNEL_CLOSED = auto()
    TOO_LARGE = auto()
    TEMPORARY = auto()
    REFUSED = auto()


_BY_CODE = {
    10003: Fault.CHANNEL_CLOSED,  # unknown channel
    10008: Fault.MESSAGE_GONE,  # unknown message
    10015: Fault.TOKEN_DEAD,  # unknown webhook
    30046: Fault.MESSAGE_GONE,  # too many edits of a message older than an hour
    40005: Fault.TOO_LARGE,  # the request or one of its files
    50001: Fault.CHANNEL_CLOSED,  # missing access
    50005: Fault.MESSAGE_GONE,  # written by someone else
    50007: Fault.CHANNEL_CLOSED,  # this member takes no direct messages
    50013: Fault.CHANNEL_CLOSED,  # missing permissions
    50027: Fault.TOKEN_DEAD,  # invalid webhook token
    50083: Fault.CHANNEL_CLOSED,  # the thread is archived
}


def fault_of(error: Exception) -> Fault:
    """Classify what came of a request to Discord, or of storing what came of it."""
    if isinstance(error, discord.HTTPException) and not isinstance(error, discord.DiscordServerError):
        return _BY_CODE.get(error.code) or _by_status(error.status)
    known = (discord.DiscordServerError, discord.RateLimited, aiohttp.ClientError, OSError, TimeoutError, Unavailable)
    return Fault.TEMPORARY if isinstance(error, known) else Fault.REFUSED


def _by_status(status: int) -> Fault:
    if status == 401:
        return Fault.TOKEN_DEAD
    if status == 403:
        return Fault.CHANNEL_CLOSED
    if status == 404:
        return Fault.MESSAGE_GONE
    if status == 413:
        return Fault.TOO_LARGE
    return Fault.TEMPORARY if status == 429 or status >= 500 else Fault.REFUSED
