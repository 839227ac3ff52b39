"""A kind of job that draws: its pictures are gradients, and what may be seen of them meanwhile is up to the test."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import discord

from bot.delivery.draft import Draft, DraftFile
from bot.delivery.views import SalonView
from bot.jobs.handler import Glimpse, GoesOn, Handler
from bot.jobs.job import Job
from models.events import Drawn, Finished, Preview
from models.requests import ImageRequest, PromptPart, Request, Role, TextRequest

KIND = "test.draw"
SCENE = "test.scene"
CREDIT = "Drawn by AI"


class Easel(Handler):
    """Handles and presents jobs whose result are the seeds of pictures."""

    asks = ImageRequest

    def __init__(self) -> None:
        self.glimpse_of: Callable[[Preview], Glimpse | None] = lambda preview: Glimpse(preview.jpeg)
        self.content_of: Callable[[int], bytes] = lambda seed: f"picture {seed}".encode()
        self.seeds: tuple[int, ...] = (7,)
        self.is_spoiler = False

    async def prepare(self, job: Job) -> Request:
        return ImageRequest(f"draw-{job.id}", "a boat", self.seeds, 64, 64)

    async def finish(self, job: Job, product: Drawn) -> Mapping[str, Any]:
        return {"seeds": [picture.seed for picture in product.pictures]}

    async def glimpse(self, job: Job, preview: Preview) -> Glimpse | None:
        return self.glimpse_of(preview)

    async def opening(self, job: Job) -> Sequence[Draft]:
        return [Draft(f"To be seen: {job.asked['scene']}", heads=True)] if "scene" in job.asked else []

    async def present(self, job: Job) -> Draft:
        assert job.result is not None
        files = tuple(self._file(seed) for seed in job.result["seeds"])
        return Draft("A boat", CREDIT, view=partial(SalonView, discord.ui.Button(label="Again")), files=files)

    def _file(self, seed: int) -> DraftFile:
        return DraftFile(f"boat-{seed}.png", self.content_of(seed), f"A boat, the {seed}th", self.is_spoiler)


class Scene(Handler):
    """Handles and presents jobs that say what is to be seen, and go on as a drawing of it."""

    async def prepare(self, job: Job) -> Request:
        return TextRequest(f"scene-{job.id}", (PromptPart("story", Role.USER, "What is to be seen?"),))

    async def finish(self, job: Job, product: Finished) -> GoesOn:
        return GoesOn(KIND, {"scene": product.text})

    async def opening(self, job: Job) -> Sequence[Draft]:
        return [Draft("Ada wants to see the scene", heads=True)]

    async def present(self, job: Job) -> Draft:
        raise AssertionError("a scene ends as a drawing")
