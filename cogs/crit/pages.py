"""The messages of `/crit`: the line, a draft and a critique to read, a member's own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import discord

from bot.credits.credit import Prices
from bot.readers.draft import Desk, Draft, Taking
from bot.readers.rules import timestamp
from bot.stories.filenames import safe_name
from bot.words import say
from cogs.crit import captions
from cogs.crit.controls import desk_buttons, line_buttons, offer_buttons, taking_buttons, thank_button
from cogs.shown import COLOUR, FIELD_CHARACTERS, add_field, fitted, plain
from cogs.texts import text_file

PAGE_DRAFTS = 5
_PAGE_CHARACTERS = 3_500


def offer_card(draft: Draft) -> dict[str, Any]:
    """Show everyone what is offered."""
    notes = captions.notes_of(draft)
    notes.append(say("crit.offered_public" if draft.is_public else "crit.offered_private"))
    embed = discord.Embed(title=plain(draft.title), description="\n".join(notes), colour=COLOUR)
    embed.set_footer(text=say("crit.offered_footer"))
    said = say("crit.offered", name=plain(draft.author_name), words=captions.words(draft.words))
    return {"content": said, "embed": embed, "view": offer_buttons(draft)}


def line_page(drafts: Sequence[Draft], reader_id: int, page: int) -> dict[str, Any]:
    """Show a page (counted from 0) of the drafts that wait."""
    pages = max(1, -(-len(drafts) // PAGE_DRAFTS))
    page = min(page, pages - 1)
    shown = drafts[page * PAGE_DRAFTS : (page + 1) * PAGE_DRAFTS]
    description = fitted([captions.line_of(draft) for draft in shown]) if shown else say("crit.line_empty")
    embed = discord.Embed(title=say("crit.line_title", count=len(drafts)), description=description, colour=COLOUR)
    if pages > 1:
        embed.set_footer(text=say("crit.page", page=page + 1, pages=pages))
    return {"embed": embed, "view": line_buttons(shown, reader_id, page, pages)}


def draft_page(taking: Taking, text: str, prices: Prices) -> dict[str, Any]:
    """Give a reader the draft, with all that is agreed."""
    draft = taking.draft
    agreed = say(
        "crit.taken", title=plain(draft.title), name=plain(draft.author_name), until=timestamp(taking.due_at),
        words=captions.words(prices.words),
    )  # fmt: skip
    said = "\n".join([agreed, *captions.notes_of(draft)])
    return {"content": said, **_to_read(draft.title, text), "view": taking_buttons(taking)}


def critique_page(taking: Taking, viewer_id: int) -> dict[str, Any]:
    """Show a critique; to the draft's author with a way to say that it helped, until they have."""
    title, name = plain(taking.draft.title), plain(taking.reader_name)
    said = say("crit.critique", title=title, name=name, words=captions.words(taking.words))
    page = {"content": said, **_to_read(taking.draft.title, taking.critique or "")}
    may_thank = viewer_id == taking.draft.author_id and not taking.helpful_at
    return {**page, "view": thank_button(taking)} if may_thank else page


def desk_page(desk: Desk) -> dict[str, Any]:
    """Show a member all that is her own."""
    takings = {taking.draft.id: taking for taking in desk.takings}
    drafts = [captions.became_of(draft, takings.get(draft.id)) for draft in desk.drafts]
    title = say("crit.mine_title", count=desk.balance)
    embed = discord.Embed(title=title, description=captions.held(desk.held), colour=COLOUR)
    add_field(embed, say("crit.mine_drafts"), _listed(drafts) or say("crit.mine_no_drafts"))
    add_field(embed, say("crit.mine_read"), _listed(captions.reading_of(taking) for taking in desk.read))
    add_field(embed, say("crit.mine_entries"), _listed(map(captions.entry_of, desk.entries)))
    return {"embed": embed, "view": desk_buttons(desk)}


def prices_page(prices: Prices) -> discord.Embed:
    """Show what holds in a server."""
    lines = "\n".join(captions.prices_of(prices))
    return discord.Embed(title=say("crit.prices_title"), description=lines, colour=COLOUR)


def _to_read(title: str, text: str) -> dict[str, Any]:
    """Show a text that fits beside what is said of it; send a longer one as a file."""
    if len(text) <= _PAGE_CHARACTERS:
        return {"embed": discord.Embed(title=plain(title), description=text, colour=COLOUR)}
    return {"file": text_file(safe_name(title, "txt"), text)}


def _listed(lines: Iterable[str]) -> str:
    return fitted(lines, FIELD_CHARACTERS)
