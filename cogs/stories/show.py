"""How passages look: their text exactly, and beside it who wrote it and what can be done with it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any

import discord

from bot.delivery.draft import Draft, Page, final_pages
from bot.delivery.fields import edited, sent
from bot.delivery.parts import parts_before
from bot.stories.story import Passage
from bot.words import say
from cogs.choices import shortened
from cogs.stories.controls import passage_buttons, redo_button

Send = Callable[..., Awaitable[Any]]

_STEER_CHARACTERS = 200
_MESSAGE_CHARACTERS = 2_000


def draft_of(passage: Passage, *, ai_speaks: bool = True) -> Draft:
    """Draft a passage's messages: the AI's with its mark, a member's with their name, both with their buttons."""
    buttons = partial(passage_buttons, passage, ai_speaks=ai_speaks)
    mark = say("delivery.goes_on") if passage.by_ai else ""
    return Draft(passage.text, credit_of(passage), mark, buttons)


def credit_of(passage: Passage) -> str:
    """Say who wrote a passage and who changed its words; for the AI also with which model, style and steering."""
    if passage.removed:
        return say("story.credit_removed")
    names = ", ".join(passage.reworded_by)
    edited = names and say("story.credit_edited", name=names)
    if not passage.by_ai:
        return " · ".join(filter(None, [say("story.credit", name=passage.author_name), edited]))
    steer = passage.steer and say("story.credit_steer", steer=shortened(passage.steer, _STEER_CHARACTERS))
    return " · ".join(filter(None, [say("story.credit_ai", model=passage.model or ""), passage.style, steer, edited]))


def own_draft(passages: Sequence[Passage], *, ai_speaks: bool = True) -> Draft:
    """Draft what a member wrote at once: a passage, or the first of a file's with how many there are."""
    first, count = passages[0], len(passages)
    draft = draft_of(first, ai_speaks=ai_speaks)
    return draft if count == 1 else replace(draft, credit=_file_credit(first, count))


def edited_draft(passage: Passage, name: str, *, ai_speaks: bool) -> Draft:
    """Draft a passage as it now reads, with who reworded it."""
    draft = draft_of(replace(passage, reworded_by=()), ai_speaks=ai_speaks)
    return replace(draft, credit=f"{draft.credit} · {say('story.credit_edited', name=name)}")


async def send_draft(send: Send, draft: Draft) -> None:
    """Send a draft in as many messages as it takes."""
    for page in final_pages(draft):
        await send(**sent(page, None))


async def show_in_place(interaction: discord.Interaction, before: Passage, now: Passage, *, ai_speaks: bool) -> None:
    """Show one passage where another was; what does not fit into one message is said anew, below."""
    draft = draft_of(now, ai_speaks=ai_speaks)
    pages = final_pages(draft)
    if len(pages) == len(final_pages(draft_of(before))) == 1:
        await interaction.edit_original_response(**edited(pages[0]))
    else:
        await interaction.edit_original_response(view=None)
        await send_draft(interaction.followup.send, draft)


def taken_back(passage: Passage, name: str) -> Page:
    """Show in a passage's last message that it was taken back, with a button to bring it back."""
    *before, last = final_pages(draft_of(passage))
    credit = say("story.taken_back_whole" if before else "story.taken_back", name=name)
    return Page(_struck(last.content), credit=credit, view=partial(redo_button, passage.id))


async def mark_earlier(last: discord.Message | None, *, taken_back: bool) -> None:
    """Say beside a long passage's messages before its last what became of it, wherever they are found and can be."""
    marks = say("delivery.goes_on"), say("story.part_taken_back")
    old, new = marks if taken_back else reversed(marks)
    with suppress(discord.HTTPException):
        for part in await parts_before(last) if last else ():
            if part.embeds and part.embeds[0].footer.text == old:
                await part.edit(embed=part.embeds[0].set_footer(text=new))


def last_page(passage: Passage, *, ai_speaks: bool) -> Page:
    """Return the last message of a passage: the one with the buttons."""
    return final_pages(draft_of(passage, ai_speaks=ai_speaks))[-1]


def _struck(text: str) -> str:
    """Strike text out line by line, where that fits and the text brings no marks of its own that would undo it."""
    struck = "\n".join(f"~~{line}~~" if line.strip() else line for line in text.split("\n"))
    return text if "~~" in text or "```" in text or len(struck) > _MESSAGE_CHARACTERS else struck


def _file_credit(first: Passage, count: int) -> str:
    return say("story.credit_file", name=first.author_name, count=count)
