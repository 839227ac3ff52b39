"""What `/lore list` shows: each card, whether the AI is told of it now, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import discord

from bot.delivery.views import SalonView
from bot.lore.card import Card, Priority, Standing
from bot.stories.story import Story
from bot.words import say
from cogs.buttons import Button, StateButton
from cogs.lore.part import priority_name
from cogs.shown import COLOUR, plain

PAGE_CHARACTERS = 3_500
_GAP = "\n\n"


def lore_page(story: Story, standing: Sequence[Standing], unread: int, page: int) -> dict[str, Any]:
    """Answer with a page (counted from 0) of a story's cards, those that matter now first."""
    pages = _pages([_shown(one) for one in standing]) or [say("lore.list_none")]
    page = min(page, len(pages) - 1)
    embed = discord.Embed(title=say("lore.list_title", title=plain(story.title)), colour=COLOUR)
    embed.description = pages[page]
    footer = [say("lore.page", page=page + 1, pages=len(pages))] if len(pages) > 1 else []
    if unread:
        footer.append(say("lore.list_unread_one" if unread == 1 else "lore.list_unread", count=unread))
    if footer:
        embed.set_footer(text="\n".join(footer))
    return {"embed": embed, "view": _page_buttons(story.id, page, len(pages))}


def details(card: Card) -> str:
    """Say in one small line what calls a card to mind, how much it matters, who knows it and who wrote it."""
    wording = card.wording
    facts = [say("lore.list_keys", keys=plain(", ".join(wording.keys)))]
    if wording.priority is not Priority.NORMAL:
        facts.append(say("lore.list_priority", priority=priority_name(wording.priority)))
    if wording.known_by:
        facts.append(say("lore.list_known_by", names=plain(", ".join(wording.known_by))))
    if card.model:
        facts.append(say("lore.list_by_ai", model=card.model))
    return f"-# {' · '.join(facts)}"


def _shown(one: Standing) -> str:
    if one.why is None:
        now = say("lore.list_quiet")
    else:
        now = say("lore.list_why" if one.has_room else "lore.list_no_room", why=plain(one.why))
    return f"**{plain(one.card.title)}**\n{plain(one.card.wording.text)}\n{details(one.card)}\n-# {now}"


def _pages(blocks: Sequence[str]) -> list[str]:
    pages: list[str] = []
    for block in blocks:
        if pages and len(pages[-1]) + len(_GAP) + len(block) <= PAGE_CHARACTERS:
            pages[-1] += _GAP + block
        else:
            pages.append(block)
    return pages


def _page_buttons(story_id: int, page: int, count: int) -> SalonView:
    """Offer the way through pages; a single page needs none."""
    view = SalonView()
    for name, goal in (("earlier", page - 1), ("later", page + 1)) if count > 1 else ():
        is_there = 0 <= goal < count
        button = Button(label=say(f"lore.button_{name}"), disabled=not is_there)
        view.add_item(StateButton(button, "lore_page", story_id, max(goal, 0), int(name == "later")))
    return view
