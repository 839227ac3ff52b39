"""A page as discord.py's keyword arguments."""

from __future__ import annotations

import io
from typing import Any

import discord

from bot.delivery.draft import DraftFile, Page


def sent(page: Page, mention: int | None) -> dict[str, Any]:
    """Return what to send a page with; at most the one member to mention is called by it."""
    called = [discord.Object(mention)] if mention is not None else False
    fields: dict[str, Any] = {
        "content": page.content,
        "files": _files(page),
        "allowed_mentions": discord.AllowedMentions(everyone=False, roles=False, replied_user=False, users=called),
    }
    if page.view is not None:
        fields["view"] = page.view()
    embed = _embed(page)
    if embed is not None:
        fields["embed"] = embed
    return fields


def edited(page: Page) -> dict[str, Any]:
    """Return what to edit a message with so that it says what the page says, and nothing else."""
    return {
        "content": page.content or None,
        "embed": _embed(page),
        "view": page.view() if page.view else None,
        "attachments": _files(page),
        "allowed_mentions": discord.AllowedMentions.none(),
    }


def _embed(page: Page) -> discord.Embed | None:
    if not (page.notice or page.credit):
        return None
    embed = discord.Embed(description=page.notice or None, colour=discord.Colour.blurple())
    return embed.set_footer(text=page.credit) if page.credit else embed


def _files(page: Page) -> list[discord.File]:
    return [file_of(file) for file in page.files]


def file_of(file: DraftFile) -> discord.File:
    """Return a file as discord.py sends it, which puts a spoiler into its name."""
    return discord.File(io.BytesIO(file.content), file.name, spoiler=file.is_spoiler, description=file.alt or None)
