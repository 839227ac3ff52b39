"""`/picture mine`: a member's own pictures, a page at a time, and their consent to have them shown."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import discord

from bot.delivery.context import acknowledge, member_of
from bot.delivery.draft import DraftFile, Page
from bot.delivery.fields import edited, sent
from bot.delivery.views import SalonView
from bot.errors import NotFound
from bot.pictures.contact_sheet import Tile, contact_sheet
from bot.pictures.picture import Work
from bot.words import say
from cogs.buttons import Button, Select, StateButton, StateSelect, pressed
from cogs.pictures.captions import line_of
from cogs.pictures.controls import own_picture_buttons, picture_option
from cogs.pictures.part import Part, picture_command
from cogs.shown import plain

PAGE_PICTURES = 12


class Shelf(Part):
    """A member's own pictures."""

    @picture_command
    async def mine(self, interaction: discord.Interaction) -> None:
        """Show the newest of the member's pictures."""
        await acknowledge(interaction, ephemeral=True)
        page = await self._page(interaction, 0)
        await interaction.followup.send(**sent(page, None), ephemeral=True)

    @pressed("picture_page")
    async def picture_page_pressed(self, interaction: discord.Interaction, page: int) -> None:
        """Turn to another page of the pictures as they are now."""
        await interaction.response.defer()
        await interaction.edit_original_response(**edited(await self._page(interaction, page)))

    @pressed("picture_show")
    async def show_pressed(self, interaction: discord.Interaction, work_id: int) -> None:
        """Allow a picture to be shown."""
        await self._let_show(interaction, work_id, may_show=True)

    @pressed("picture_hide")
    async def hide_pressed(self, interaction: discord.Interaction, work_id: int) -> None:
        """Take the consent back."""
        await self._let_show(interaction, work_id, may_show=False)

    async def _let_show(self, interaction: discord.Interaction, work_id: int, *, may_show: bool) -> None:
        await interaction.response.defer()
        work = await self.pictures.allow_showing(member_of(interaction), work_id, may_show)
        await interaction.edit_original_response(view=own_picture_buttons(work, self.engine.image_card))
        said = say("picture.may_show" if may_show else "picture.may_not_show", id=work.id)
        await interaction.followup.send(said, ephemeral=True)

    async def _page(self, interaction: discord.Interaction, page: int) -> Page:
        """Lay out a page (counted from 0); one beyond the end is the last."""
        member = member_of(interaction)
        count = await self.pictures.count_mine(member)
        if not count:
            return Page(notice=say("picture.mine_none"))
        pages = -(-count // PAGE_PICTURES)
        page = min(page, pages - 1)
        works = await self.pictures.mine(member, page * PAGE_PICTURES, PAGE_PICTURES)
        lines = [_line(number, work) for number, work in enumerate(works, start=1)]
        return Page(
            notice="\n".join([f"**{say('picture.mine_title')}**", *lines]),
            credit=say("picture.mine_page", page=page + 1, pages=pages),
            view=lambda: _buttons(works, page, pages),
            files=(await self._sheet(works),),
        )

    async def _sheet(self, works: Sequence[Work]) -> DraftFile:
        tiles = [Tile(await self._content(work), work.is_spoiler) for work in works]
        # Scaling a dozen pictures takes a while, and the line does not wait for it.
        sheet = await asyncio.to_thread(contact_sheet, tiles)
        return DraftFile("shelf.jpg", sheet, say("picture.mine_alt", count=len(works)))

    async def _content(self, work: Work) -> bytes | None:
        """Return a work's file; None where it is not kept any more, which is no reason to hide the others."""
        try:
            return await self.pictures.content(work)
        except NotFound:
            return None


def _line(number: int, work: Work) -> str:
    when = discord.utils.format_dt(work.made_at, "R")
    told = [plain(line_of(work)), plain(work.style), f"<#{work.channel_id}>", when]
    if work.may_show:
        told.append(say("picture.mine_shown"))
    return say("picture.mine_line", number=number, id=work.id, told=" · ".join(told))


def _buttons(works: Sequence[Work], page: int, pages: int) -> SalonView:
    options = [picture_option(f"{number} · {line_of(work)}", work.id) for number, work in enumerate(works, start=1)]
    view = SalonView(StateSelect(Select(placeholder=say("picture.choose_mine"), options=options), "picture_one"))
    for name, goal in (("earlier", page - 1), ("later", page + 1)):
        if 0 <= goal < pages:
            view.add_item(StateButton(Button(label=say(f"picture.button_{name}")), "picture_page", goal))
    return view
