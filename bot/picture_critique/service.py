"""A picture's critique: the sheet and facts at once, notes by the models through the line."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image

from bot.errors import NotAllowed
from bot.jobs.job import Job
from bot.overlays.facts import facts, titles_for
from bot.overlays.measuring import Measured
from bot.overlays.sheet import sheet
from bot.people import Channel, Member
from bot.picture_critique.ask import NOTE, STUDY, PictureAsk, PictureWish
from bot.picture_critique.looking import Looking, Noting, RubricOf
from bot.pictures.ask import Asker
from bot.pictures.picture import Spot, Upload
from bot.pictures.service import PictureService
from bot.readers.service import ReaderService
from bot.safety import clean_line
from bot.safety.pictures import Verdict
from bot.safety.uploads import Upright, open_upload
from bot.stories.rules import check_length

WISH_MAX = 300


@dataclass(frozen=True, slots=True)
class Study:
    """What was measured of a picture: an encoded sheet that shows it, and the facts; one may have to be covered."""

    sheet: bytes
    facts: Sequence[str]
    is_spoiler: bool = False


class PictureCritiqueService:
    """Looks at pictures that members bring; nothing is kept of them but what a job for notes needs."""

    def __init__(self, pictures: PictureService, readers: ReaderService, rubric: RubricOf) -> None:
        self._pictures = pictures
        self._readers = readers
        pictures.queue.register(STUDY, Looking(pictures))
        pictures.queue.register(NOTE, Noting(pictures, readers, rubric))

    async def study(self, channel: Channel, content: bytes) -> Study:
        """Measure an upload; raise `BadInput` for what is no picture, `NotAllowed` for one that may not be shown."""
        upright = await asyncio.to_thread(open_upload, content)
        verdict = await self._pictures.guard.check(
            upright, is_age_restricted=channel.is_age_restricted, kind="critiqued"
        )
        if verdict is Verdict.BLOCKED:
            raise NotAllowed("picture_critique.explicit")
        drawn, told = await asyncio.to_thread(_studied, upright)
        return Study(drawn, told, verdict is Verdict.SPOILER)

    async def check_may_ask(self, member: Member, channel: Channel) -> int:
        """Return what notes cost; raise what keeps models from making them: none sees, people only, short credits."""
        await self._pictures.check_may_describe(channel)
        return await self._readers.check_ai_price(member)

    async def check_may_share(self, channel: Channel) -> None:
        """Raise `NotAllowed` where notes by an AI are not to be shown: a channel of people only."""
        await self._pictures.check_ai(channel)

    async def ask(self, member: Member, spot: Spot, upload: Upload, study: Study, wish: PictureWish) -> Job:
        """Ask for notes on a picture that was studied."""
        price = await self.check_may_ask(member, spot.channel)
        begun = await self._pictures.begun(member, upload)
        asked = PictureAsk(begun.file, tuple(study.facts), checked_wish(wish), Asker.at(member, spot), price)
        return await self._pictures.submit(STUDY, member, spot, asked.told)


def checked_wish(wish: PictureWish) -> PictureWish:
    """Return a wish on clean lines; raise `BadInput` for one that is too long."""
    lines = (
        check_length(clean_line(text), WISH_MAX, "picture_critique.long_wish") for text in (wish.intent, wish.focus)
    )
    return PictureWish(*lines)


def _studied(upright: Upright) -> tuple[bytes, Sequence[str]]:
    image = Image.frombytes("RGB", (upright.width, upright.height), upright.rgb)
    measured = Measured(image)
    return sheet(image, measured, titles_for(measured)), facts(measured)
