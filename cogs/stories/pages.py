"""A story as pages for reading: passages under their writers' names, cut where a passage ends if that is possible."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import discord

from bot.delivery.split import split
from bot.illustrations.picture import StoryPicture
from bot.illustrations.showing import credit_of
from bot.stories.story import Passage, Story
from bot.words import say
from cogs.choices import shortened
from cogs.shown import COLOUR, plain
from cogs.stories.controls import page_buttons

PAGE_CHARACTERS = 1_800
PAGE_PICTURES = 10  # as many files as a message holds
_GAP = "\n\n"
_ALT_CHARACTERS = 120

Beside = Mapping[int, Sequence[StoryPicture]]


@dataclass(frozen=True, slots=True)
class StoryPage:
    """The text of a page, and the pictures that it names."""

    text: str
    pictures: tuple[StoryPicture, ...] = ()

    def holds(self, piece: StoryPage) -> bool:
        """Say whether there is room below for another piece of the story."""
        characters = len(self.text) + len(_GAP) + len(piece.text)
        return characters <= PAGE_CHARACTERS and len(self.pictures) + len(piece.pictures) <= PAGE_PICTURES

    def above(self, piece: StoryPage) -> StoryPage:
        """Return the page with a piece below it."""
        return StoryPage(f"{self.text}{_GAP}{piece.text}", self.pictures + piece.pictures)


async def page_answer(
    story: Story,
    path: Sequence[Passage],
    since: int,
    page: int,
    beside: Beside,
    headings: Mapping[int, str] | None = None,
) -> tuple[dict[str, Any], Sequence[StoryPicture]]:
    """Answer with a page (counted from 0) of what follows the passage `since`, and its pictures; 0 is all of it."""
    ids = [passage.id for passage in path]
    passages = path[ids.index(since) + 1 :] if since in ids else path
    # A long story is laid out beside the line, not in it.
    laid_out = await asyncio.to_thread(pages, passages, beside, headings)
    page = min(page, len(laid_out) - 1)
    title = say("story.since", count=len(passages), title=plain(story.title)) if since else plain(story.title)
    embed = discord.Embed(title=title, description=laid_out[page].text, colour=COLOUR)
    embed.set_footer(text=say("story.page", page=page + 1, pages=len(laid_out)))
    view = page_buttons(story.id, since, page, len(laid_out))
    return {"embed": embed, "view": view}, laid_out[page].pictures


def pages(
    passages: Sequence[Passage], beside: Beside | None = None, headings: Mapping[int, str] | None = None
) -> list[StoryPage]:
    """Lay passages out in pages of at most `PAGE_CHARACTERS`; where there are none, one page says so.

    `headings` are the chapters' titles by their first passages.
    """
    laid_out: list[StoryPage] = []
    for piece in _pieces(passages, beside or {}, headings or {}):
        if laid_out and laid_out[-1].holds(piece):
            laid_out[-1] = laid_out[-1].above(piece)
        else:
            laid_out.append(piece)
    return laid_out or [StoryPage(say("story.nothing_to_read"))]


def _pieces(passages: Sequence[Passage], beside: Beside, headings: Mapping[int, str]) -> Iterator[StoryPage]:
    for passage in passages:
        writer = f"**{_writer(passage)}**\n"
        title = f"## {plain(headings[passage.id])}\n" if passage.id in headings else ""
        for number, piece in enumerate(split(passage.text, PAGE_CHARACTERS - len(title) - len(writer))):
            yield StoryPage(writer + piece if number else title + writer + piece)
        for picture in beside.get(passage.id, ()):
            yield StoryPage(_named(picture), (picture,))


def _named(picture: StoryPicture) -> str:
    """Say on one line what a picture shows, hidden where it is a spoiler, and who or what made it."""
    alt = plain(shortened(" ".join(picture.alt.split()), _ALT_CHARACTERS))
    key = "story.picture_covered" if picture.is_spoiler else "story.picture"
    return say(key, alt=alt, credit=plain(credit_of(picture)))


def _writer(passage: Passage) -> str:
    """Name who wrote a passage, the AI with its mark, and who changed its words."""
    if passage.removed:
        return say("story.byline_removed")
    by = say("story.byline_ai" if passage.by_ai else "story.byline", name=plain(passage.author_name))
    names = plain(", ".join(passage.reworded_by))
    return say("stories.reworded", by=by, names=names) if names else by
