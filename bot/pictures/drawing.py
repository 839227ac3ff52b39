"""The drawing of pictures: freezing what the device is asked, and making works of what it drew."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any, ClassVar

from bot.errors import NotAllowed
from bot.jobs.handler import Glimpse, Handler
from bot.jobs.job import Job
from bot.pictures.ask import Ask, Asker, channel_of
from bot.pictures.desk import PictureDesk
from bot.pictures.encoding import Encoded, Format, encoded
from bot.pictures.picture import NewWork
from bot.pictures.prompts import alt_of, build_request
from bot.pictures.rules import check_draws, check_takes
from bot.provenance.credentials import Claim
from bot.provenance.fingerprints import fingerprint
from bot.safety.pictures import Verdict
from models.events import Drawn, DrawnPicture, Preview, Result
from models.requests import ImageRequest, Request

# Discord takes 25 MiB a message; what stands beside the files is small.
MESSAGE_MAX_BYTES = 24 * 2**20


@dataclass(frozen=True, slots=True)
class Digested:
    """The works whose files are kept, and how many pictures were held back."""

    works: tuple[NewWork, ...]
    blocked: int


class Drawing(Handler):
    """Handles the jobs that draw, whatever was pressed or typed for them."""

    asks: ClassVar[type[Request]] = ImageRequest

    def __init__(self, desk: PictureDesk) -> None:
        self._desk = desk

    async def prepare(self, job: Job) -> ImageRequest:
        """Freeze the request; the rules are asked again, as they may have changed, and the folder must be writable."""
        desk, ask = self._desk, Ask.read(job.asked)
        card = await desk.pipeline_for(channel_of(job))
        check_takes(ask, card)
        ask = await desk.within_limits(channel_of(job), ask)
        await asyncio.to_thread(desk.folder.check)
        image = await self._read(ask.image) if ask.image else None
        references = [await self._read(file) for file in ask.references]
        return build_request(f"job-{job.id}", ask, card, image, references)

    async def digest(self, job: Job, result: Result) -> Digested:
        """Have every picture judged, and make signed files of those that may be shown; the rest is dropped unseen."""
        assert isinstance(result, Drawn)
        verdicts = [await self._judged(job, picture) for picture in result.pictures]
        judged = zip(result.pictures, verdicts, strict=True)
        shown = [(picture, verdict) for picture, verdict in judged if verdict is not Verdict.BLOCKED]
        blocked = len(verdicts) - len(shown)
        if not shown:
            raise NotAllowed("pictures.blocked", count=blocked)
        most_bytes = min(Asker.of(job).upload_limit_bytes, MESSAGE_MAX_BYTES // len(shown))
        works = [await self._made(job, result, picture, verdict, most_bytes) for picture, verdict in shown]
        return Digested(tuple(works), blocked)

    async def finish(self, job: Job, product: Digested) -> Mapping[str, Any]:
        """Store the works; the result names them and counts what was held back."""
        at = self._desk.clock()
        works = [await self._desk.works.append(new, at) for new in product.works]
        for follow in self._desk.followers:
            await follow(job, works)
        return {"work_ids": [work.id for work in works], "blocked": product.blocked}

    async def glimpse(self, job: Job, preview: Preview) -> Glimpse | None:
        """Show what a picture looks like so far, unless it would be blocked if it were finished."""
        restricted = Asker.of(job).is_age_restricted
        verdict = await self._desk.guard.check_preview(preview, is_age_restricted=restricted)
        if verdict is Verdict.BLOCKED:
            return None
        return Glimpse(preview.jpeg, Ask.read(job.asked).is_spoiler or verdict is Verdict.SPOILER)

    async def _read(self, file: str) -> bytes:
        return await asyncio.to_thread(self._desk.folder.read, file)

    async def _judged(self, job: Job, picture: DrawnPicture) -> Verdict:
        restricted = Asker.of(job).is_age_restricted
        return await self._desk.guard.check(picture, is_age_restricted=restricted, kind=job.kind, job_id=job.id)

    async def _made(self, job: Job, drawn: Drawn, picture: DrawnPicture, verdict: Verdict, most_bytes: int) -> NewWork:
        ask, model = Ask.read(job.asked), check_draws(self._desk.engine.image_card).name
        claim = Claim(job.id, picture.seed, model, self._desk.clock(), from_picture=ask.image is not None)
        file = await asyncio.to_thread(self._encoded, picture, claim, most_bytes)
        await self._desk.room.make(len(file.content))
        name = await asyncio.to_thread(self._desk.folder.put, file.content, file.format)
        looks = await asyncio.to_thread(fingerprint, picture.width, picture.height, picture.rgb)
        return NewWork(
            sha256=name.partition(".")[0],
            format=file.format,
            size_bytes=len(file.content),
            width=picture.width,
            height=picture.height,
            server_id=job.server_id,
            channel_id=job.reply.channel_id,
            story_id=ask.story_id,
            passage_id=ask.passage_id,
            member_id=job.member_id,
            member_name=Asker.of(job).member_name,
            job_id=job.id,
            how=ask.how,
            prompt=ask.prompt,
            avoid=ask.avoid,
            style=ask.style.name,
            seed=picture.seed,
            model=model,
            steps=drawn.steps,
            guidance=drawn.guidance,
            strength=ask.strength,
            parent_id=ask.parent_id,
            alt=alt_of(ask),
            is_spoiler=ask.is_spoiler or verdict is Verdict.SPOILER,
            fingerprint=looks,
            asked=json.dumps(asdict(ask)),
            took_ms=drawn.device_ms / len(drawn.pictures),
        )

    def _encoded(self, picture: DrawnPicture, claim: Claim, most_bytes: int) -> Encoded:
        sign = partial(self._signed, claim)
        return encoded(picture.width, picture.height, picture.rgb, most_bytes, sign)

    def _signed(self, claim: Claim, content: bytes, format: Format) -> bytes:
        return self._desk.credentials.sign(content, format, claim)
