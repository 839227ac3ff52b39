"""What a finished picture can be asked for once more: another one, a variation, a larger one, other words."""

from __future__ import annotations

from dataclasses import replace

from bot.errors import NotAllowed
from bot.jobs.job import Job
from bot.people import Member
from bot.pictures import rules
from bot.pictures.ask import Ask
from bot.pictures.asking import dice
from bot.pictures.desk import PictureDesk
from bot.pictures.picture import How, Spot, Work
from bot.pictures.prompts import LARGER, VARY
from models.engine import ImageCard

VARY_STRENGTH = 0.6
LARGER_STRENGTH = 0.35


class Remaking(PictureDesk):
    """The buttons under a picture. Who presses asks, and pays with her own turn; anyone in the server may."""

    async def again(self, member: Member, spot: Spot, work_id: int) -> Job:
        """Ask for what the work's job was asked, with other seeds."""
        work, card = await self._to_remake(member, spot, work_id)
        ask = Ask.of(work)
        return await self._remake(member, spot, work, replace(ask, how=How.AGAIN, size=rules.size_again(ask, card)))

    async def vary(self, member: Member, spot: Spot, work_id: int) -> Job:
        """Ask for a picture like this one."""
        work, card = await self._to_remake(member, spot, work_id)
        if card.edits is None:
            raise NotAllowed("pictures.cannot_vary", model=card.name)
        strength = rules.strength_for(card, None, VARY_STRENGTH)
        ask = await self._over(member, work, card, How.VARY, VARY, strength)
        return await self._remake(member, spot, work, replace(ask, size=rules.size_again(ask, card)))

    async def larger(self, member: Member, spot: Spot, work_id: int) -> Job:
        """Ask for the same picture with more pixels."""
        work, card = await self._to_remake(member, spot, work_id)
        size = rules.larger_size((work.width, work.height), card)
        if card.edits is None:
            ask = replace(Ask.of(work), how=How.LARGER, count=1)
        else:
            strength = rules.strength_for(card, None, LARGER_STRENGTH)
            ask = await self._over(member, work, card, How.LARGER, LARGER, strength)
        return await self._remake(member, spot, work, replace(ask, size=size), seed=work.seed)

    async def redraw(self, member: Member, spot: Spot, work_id: int, prompt: str, avoid: str = "") -> Job:
        """Ask for the work's picture in other words; the seed stays, so that the words alone make the difference."""
        work, card = await self._to_remake(member, spot, work_id)
        before = Ask.of(work)
        ask = replace(
            before,
            how=How.IMAGINE if before.image is None else How.EDIT,
            prompt=rules.checked_prompt(prompt),
            avoid=rules.checked_avoid(avoid, card),
            size=rules.size_again(before, card),
            parent_id=work.id,
        )
        is_same = (ask.prompt, ask.avoid) == (before.prompt, before.avoid)
        return await self.draw(member, spot, replace(ask, seed=dice()) if is_same else ask)

    async def _to_remake(self, member: Member, spot: Spot, work_id: int) -> tuple[Work, ImageCard]:
        card = await self.pipeline_for(spot.channel)
        return await self.found(member.server_id, work_id), card

    async def _over(
        self, member: Member, work: Work, card: ImageCard, how: How, lead: str, strength: float | None
    ) -> Ask:
        """Ask for one picture that begins from the work itself."""
        begun = await self.begun(member, work.id)
        return replace(
            Ask.of(work),
            how=how,
            size=begun.size,
            count=1,
            lead=lead if card.edits == "instruction" else "",
            image=begun.file,
            references=(),
            strength=strength,
        )

    async def _remake(self, member: Member, spot: Spot, work: Work, ask: Ask, seed: int | None = None) -> Job:
        """Ask once more, one press at a time: the second of two quick ones is told that the first one waits."""
        ask = replace(ask, seed=dice() if seed is None else seed, parent_id=work.id)
        return await self.draw(member, spot, ask, lane=f"{ask.how}:{work.id}")
