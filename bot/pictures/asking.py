"""Asking for pictures: new ones, changed ones, and what is to be seen on one."""

from __future__ import annotations

from dataclasses import asdict
from secrets import randbelow

from bot.errors import BadInput
from bot.jobs.job import Job
from bot.people import Channel, Member
from bot.pictures import rules
from bot.pictures.ask import SEEDS, Ask, Asker
from bot.pictures.desk import Begun, PictureDesk
from bot.pictures.picture import DESCRIBE, How, Purpose, Source, Spot, Wish
from bot.pictures.prompts import RESTYLE, RESTYLE_AS
from bot.styles.builtin import builtin_picture_styles
from bot.styles.picture_style import PictureStyle, offered, usual
from models.engine import ImageCard

EDIT_STRENGTH = 0.6
RESTYLE_STRENGTH = 0.55


class Asking(PictureDesk):
    """What puts a request for a picture into the line."""

    async def styles_for(self, server_id: int) -> list[PictureStyle]:
        """List the picture styles that suit the loaded pipeline, the server's own among them, the usual one first."""
        card = self.engine.image_card
        return offered(await self.styles.pictures.list(server_id), card.name if card else None)

    async def imagine(self, member: Member, spot: Spot, wish: Wish) -> Job:
        """Ask for new pictures."""
        card = await self.pipeline_for(spot.channel)
        rules.check_count(wish.count)
        style = await self.chosen_style(member, wish.style, card)
        ask = Ask(
            How.IMAGINE,
            rules.checked_prompt(wish.prompt),
            style,
            dice() if wish.seed is None else rules.checked_seed(wish.seed),
            rules.size_of(wish.shape, card) if wish.shape else rules.usual_size(style, card),
            avoid=rules.checked_avoid(wish.avoid, card),
            count=wish.count,
            is_spoiler=wish.spoiler,
        )
        return await self.draw(member, spot, ask)

    async def edit(
        self,
        member: Member,
        spot: Spot,
        source: Source,
        instruction: str = "",
        strength: float | None = None,
        spoiler: bool = False,
    ) -> Job:
        """Ask for a changed picture: by an instruction, or by how much of it a pipeline draws anew (0 to 1).

        Without words of her own, a pipeline that takes a strength draws a work's own words again.
        """
        card = await self.check_may_edit(spot.channel)
        strength = rules.strength_for(card, strength, EDIT_STRENGTH)
        prompt = rules.checked_maybe(instruction)
        begun = await self.begun(member, source)
        if card.edits == "strength" and begun.work:
            prompt = prompt or begun.work.prompt
        if not prompt:
            raise BadInput("pictures.no_instruction")
        style = await self._style_of(begun, card)
        ask = _changed(How.EDIT, prompt, style, begun, card, strength, spoiler)
        return await self.draw(member, spot, ask)

    async def restyle(
        self,
        member: Member,
        spot: Spot,
        source: Source,
        style: str | None = None,
        style_source: Source | None = None,
        spoiler: bool = False,
    ) -> Job:
        """Ask for a picture in another style: one by its name, or that of a second picture."""
        card = await self.check_may_edit(spot.channel)
        if (style is None) == (style_source is None):
            raise BadInput("pictures.one_style")
        chosen = await self.chosen_style(member, style, card) if style else plain_style()
        if style_source is not None:
            rules.check_looks(card)
        begun = await self.begun(member, source)
        model = (await self.begun(member, style_source)).file if style_source is not None else None
        ask = _changed(
            How.RESTYLE,
            begun.work.prompt if begun.work else "",
            chosen,
            begun,
            card,
            rules.strength_for(card, None, RESTYLE_STRENGTH),
            spoiler,
            lead=RESTYLE_AS if model else RESTYLE,
            references=(model,) if model else (),
        )
        return await self.draw(member, spot, ask)

    async def describe(self, member: Member, spot: Spot, source: Source, purpose: Purpose) -> Job:
        """Ask what is to be seen on a picture, in the words that the purpose wants."""
        await self.check_may_describe(spot.channel)
        begun = await self.begun(member, source)
        asked = {
            "how": "describe",
            "purpose": purpose,
            "image": begun.file,
            "work_id": begun.work.id if begun.work else None,
            "asker": asdict(Asker.at(member, spot)),
        }
        return await self.submit(DESCRIBE, member, spot, asked)

    async def check_may_edit(self, channel: Channel) -> ImageCard:
        """Return the card of what changes pictures for a channel; raise why not, before a member has written."""
        card = await self.pipeline_for(channel)
        rules.check_edits(card)
        return card

    async def check_may_describe(self, channel: Channel) -> None:
        """Raise what keeps pictures from being described in a channel."""
        await self.check_ai(channel)
        rules.check_sees(self.engine.sight_card)

    async def chosen_style(self, member: Member, name: str | None, card: ImageCard) -> PictureStyle:
        """Return the style of a name, or the usual one without; raise `BadInput` where the pipeline cannot draw it."""
        if name is None:
            return usual(await self.styles.pictures.list(member.server_id), card.name)
        style = await self.styles.pictures.get(member.server_id, name)
        rules.check_style(style, card)
        return style

    async def _style_of(self, begun: Begun, card: ImageCard) -> PictureStyle:
        """Return the style to change a picture in: its own, or none where the words are an instruction."""
        if card.edits == "instruction":
            return plain_style()
        return Ask.of(begun.work).style if begun.work else usual(builtin_picture_styles(), card.name)


def dice() -> int:
    """Return any seed."""
    return randbelow(SEEDS)


def plain_style() -> PictureStyle:
    """Return the style that adds nothing to a member's words."""
    return usual(builtin_picture_styles(), None)


def _changed(
    how: How,
    prompt: str,
    style: PictureStyle,
    begun: Begun,
    card: ImageCard,
    strength: float | None,
    is_spoiler: bool,
    *,
    lead: str = "",
    references: tuple[str, ...] = (),
) -> Ask:
    """Ask for one picture made out of another; only a pipeline that takes instructions is told what to do."""
    return Ask(
        how,
        prompt,
        style,
        dice(),
        rules.size_like(begun.size, card),
        lead=lead if card.edits == "instruction" else "",
        image=begun.file,
        references=references,
        strength=strength,
        parent_id=begun.work.id if begun.work else None,
        is_spoiler=is_spoiler or bool(begun.work and begun.work.is_spoiler),
        is_over_upload=begun.is_over_upload,
    )
