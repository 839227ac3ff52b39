"""A story as pages for reading: passages under their writers' names, cut where a passage ends if that is possible."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from typing import Any

import discord

from bot.delivery.split import split
from bot.stories.story import Passage, Story
from bot.words import say
from cogs.shown import COLOUR, plain
from cogs.stories.controls import page_buttons

PAGE_CHARACTERS = 1_800
_GAP = "\n\n"


async def page_answer(story: Story, path: Sequence[Passage], since: int, page: int) -> dict[str, Any]:
    """Answer with a page (counted from 0) of what follows the passage `since`; 0 is all of the story."""
    ids = [passage.id for passage in path]
    passages = path[ids.index(since) + 1 :] if since in ids else path
    laid_out = await asyncio.to_thread(pages, passages)  # a long story is laid out beside the line, not in it
    page = min(page, len(laid_out) - 1)
    title = say("story.since", count=len(passages), title=plain(story.title)) if since else plain(story.title)
    embed = discord.Embed(title=title, description=laid_out[page], colour=COLOUR)
    embed.set_footer(text=say("story.page", page=page + 1, pages=len(laid_out)))
    return {"embed": embed, "view": page_buttons(story.id, since, page, len(laid_out))}


def pages(passages: Sequence[Passage]) -> list[str]:
    """Lay passages out in pages of at most `PAGE_CHARACTERS`; where there are none, one page says so."""
    laid_out: list[str] = []
    for piece in _pieces(passages):
        if laid_out and len(laid_out[-1]) + len(_GAP) + len(piece) <= PAGE_CHARACTERS:
            laid_out[-1] += _GAP + piece
        else:
            laid_out.append(piece)
    return laid_out or [say("story.nothing_to_read")]


def _pieces(passages: Sequence[Passage]) -> Iterator[str]:
    for passage in passages:
        heading = f"**{_writer(passage)}**\n"
        for piece in split(passage.text, PAGE_CHARACTERS - len(heading)):
            yield heading + piece


def _writer(passage: Passage) -> str:
    """Name who wrote a passage, the AI with its mark."""
    if passage.removed:
        return say("story.byline_removed")
    return say("story.byline_ai" if passage.by_ai else "story.byline", name=plain(passage.author_name))
