"""Whether a finished picture may be shown: everywhere, behind a spoiler, or not at all."""

from __future__ import annotations

import asyncio
from enum import StrEnum
from io import BytesIO
from itertools import product

import structlog
from PIL import Image

from bot.safety.uploads import Upright
from models.events import DrawnPicture, Preview
from models.judge import PictureJudge

log = structlog.get_logger(__name__)

# The classifier's authors call scores below 0.2 safe and above 0.8 unsafe, both with high probability. The embedded
# model draws emoji: of 400 real ones none scores above 0.63.
EXPLICIT_FROM = 0.7


class Verdict(StrEnum):
    """`SPOILER`: only behind one; `BLOCKED`: shown to nobody."""

    OK = "ok"
    SPOILER = "spoiler"
    BLOCKED = "blocked"


def verdict_of(score: float, *, is_age_restricted: bool) -> Verdict:
    """Let explicit pictures be seen in age-restricted channels alone, and there by those who choose to."""
    if score < EXPLICIT_FROM:
        return Verdict.OK
    return Verdict.SPOILER if is_age_restricted else Verdict.BLOCKED


class PictureGuard:
    """Has every picture judged before anyone sees it. A judge that fails is an `EngineError`: nothing is shown."""

    def __init__(self, judge: PictureJudge) -> None:
        self._judge = judge

    async def check(
        self, picture: DrawnPicture | Upright, *, is_age_restricted: bool, kind: str, job_id: int | None = None
    ) -> Verdict:
        """Judge a picture; one that is blocked is counted in the log, without what it is or who asked."""
        score = await self._judge.score(picture.width, picture.height, picture.rgb)
        verdict = verdict_of(score, is_age_restricted=is_age_restricted)
        if verdict is Verdict.BLOCKED:
            log.warning("⊘ picture blocked", job=job_id, kind=kind, score=round(score, 2))
        return verdict

    async def check_preview(self, preview: Preview, *, is_age_restricted: bool) -> Verdict:
        """Judge what pictures look like so far, each for itself: among harmless ones an explicit one looks harmless."""
        parts = await asyncio.to_thread(_parts_of, preview)
        worst = max([await self._judge.score(*part) for part in parts])
        return verdict_of(worst, is_age_restricted=is_age_restricted)


def _parts_of(preview: Preview) -> list[tuple[int, int, bytes]]:
    with Image.open(BytesIO(preview.jpeg), formats=("JPEG",)) as sheet:
        pixels = sheet.convert("RGB")
    width, height = pixels.width // preview.columns, pixels.height // preview.rows
    corners = product(range(0, width * preview.columns, width), range(0, height * preview.rows, height))
    boxes = [(left, top, left + width, top + height) for left, top in corners]
    return [(width, height, pixels.crop(box).tobytes()) for box in boxes]
