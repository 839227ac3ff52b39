"""The answer to `/story branches`: the picture of the tree, and a menu of its ends."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Sequence
from typing import Any

import discord

from bot.delivery.views import SalonView
from bot.stories.drawing import draw_tree
from bot.stories.tree import Leaf, StoryTree
from bot.words import say
from cogs.buttons import Select, StateSelect
from cogs.choices import MOST_CHOICES, first_words
from cogs.shown import COLOUR, plain

_PICTURE = "branches.png"


async def branches_answer(tree: StoryTree) -> dict[str, Any]:
    """Answer with the newest ends of a story's branches, drawn and to choose from."""
    title = plain(tree.story.title)
    if not tree.leaves:
        return {"content": say("story.branches_none", title=title)}
    leaves = _newest(tree.leaves)
    embed = discord.Embed(title=say("story.branches_title", title=title), colour=COLOUR)
    if len(leaves) < len(tree.leaves):
        embed.set_footer(text=say("story.branches_more", count=len(tree.leaves), shown=len(leaves)))
    # A large tree takes a second to draw, and the line does not wait for it.
    picture = await asyncio.to_thread(draw_tree, tree, leaves)
    file = discord.File(io.BytesIO(picture.png), _PICTURE, description=picture.alt)
    return {"embed": embed.set_image(url=f"attachment://{_PICTURE}"), "file": file, "view": _menu(leaves)}


def _newest(leaves: Sequence[Leaf]) -> list[Leaf]:
    """Keep as many ends as a menu holds: the newest, in the order they are drawn."""
    newest = sorted(leaves, key=lambda leaf: leaf.passage.id)[-MOST_CHOICES:]
    return sorted(newest, key=lambda leaf: leaf.number)


def _menu(leaves: Sequence[Leaf]) -> SalonView:
    options = [
        discord.SelectOption(
            label=f"{leaf.number} · {first_words(leaf.passage, 90)}",
            value=str(leaf.passage.id),
            description=say("story.branches_here") if leaf.is_current else None,
        )
        for leaf in leaves
    ]
    return SalonView(StateSelect(Select(placeholder=say("story.branches_choose"), options=options), "go_to"))
