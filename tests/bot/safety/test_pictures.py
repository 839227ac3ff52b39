"""Which pictures are shown, where, and what is written down of those that are not."""

from __future__ import annotations

import io

import pytest
import structlog
from PIL import Image

from bot.safety.pictures import EXPLICIT_FROM, PictureGuard, Verdict, verdict_of
from models.errors import ModelFault
from models.events import DrawnPicture, Preview
from tests.judges import ScriptedJudge

PICTURE = DrawnPicture(2, 1, bytes(2 * 1 * 3), seed=1)


class SeeingJudge(ScriptedJudge):
    """Remembers what it was shown."""

    def __init__(self, found: float) -> None:
        super().__init__(found)
        self.seen: list[tuple[int, int, bytes]] = []

    async def score(self, width: int, height: int, rgb: bytes) -> float:
        self.seen.append((width, height, rgb))
        return await super().score(width, height, rgb)


class FailingJudge(ScriptedJudge):
    async def score(self, width: int, height: int, rgb: bytes) -> float:
        raise ModelFault("broken")


@pytest.mark.parametrize(
    ("score", "outside", "inside"),
    [
        (0.0, Verdict.OK, Verdict.OK),
        (EXPLICIT_FROM - 0.01, Verdict.OK, Verdict.OK),
        (EXPLICIT_FROM, Verdict.BLOCKED, Verdict.SPOILER),
        (1.0, Verdict.BLOCKED, Verdict.SPOILER),
    ],
)
def test_explicit_pictures_are_blocked_outside_and_covered_inside_age_restricted_channels(
    score: float, outside: Verdict, inside: Verdict
) -> None:
    assert verdict_of(score, is_age_restricted=False) is outside
    assert verdict_of(score, is_age_restricted=True) is inside


async def test_a_blocked_picture_is_counted_in_the_log_and_not_described() -> None:
    judge = SeeingJudge(0.912)
    with structlog.testing.capture_logs() as logged:
        verdict = await PictureGuard(judge).check(PICTURE, is_age_restricted=False, job_id=7, kind="picture.draw")
    assert verdict is Verdict.BLOCKED
    assert judge.seen == [(2, 1, PICTURE.rgb)]
    assert logged == [
        {"event": "⊘ picture blocked", "log_level": "warning", "job": 7, "kind": "picture.draw", "score": 0.91}
    ]


@pytest.mark.parametrize(("found", "is_age_restricted"), [(0.1, False), (0.9, True)])
async def test_what_is_shown_is_not_logged(found: float, is_age_restricted: bool) -> None:
    guard = PictureGuard(ScriptedJudge(found))
    with structlog.testing.capture_logs() as logged:
        await guard.check(PICTURE, is_age_restricted=is_age_restricted, job_id=7, kind="picture.draw")
    assert logged == []


async def test_a_preview_is_judged_by_its_pixels() -> None:
    judge = SeeingJudge(0.9)
    with io.BytesIO() as file:
        Image.new("L", (8, 4), 255).save(file, "JPEG")
        verdict = await PictureGuard(judge).check_preview(Preview(file.getvalue()), is_age_restricted=True)
    assert verdict is Verdict.SPOILER
    assert judge.seen == [(8, 4, b"\xff" * 8 * 4 * 3)]


@pytest.mark.parametrize("explicit", range(4))
async def test_of_several_in_a_preview_each_is_judged_and_the_worst_counts(explicit: int) -> None:
    scores = [0.0] * 4
    scores[explicit] = 0.9
    guard = PictureGuard(ScriptedJudge(first=scores))
    with io.BytesIO() as file:
        Image.new("RGB", (16, 16)).save(file, "JPEG")
        preview = Preview(file.getvalue(), columns=2, rows=2)
    assert await guard.check_preview(preview, is_age_restricted=False) is Verdict.BLOCKED


async def test_the_parts_of_a_preview_are_its_pictures() -> None:
    judge = SeeingJudge(0.0)
    with io.BytesIO() as file:
        sheet = Image.new("L", (32, 32))
        sheet.paste(255, (16, 16, 32, 32))
        sheet.save(file, "JPEG")
        await PictureGuard(judge).check_preview(Preview(file.getvalue(), 2, 2), is_age_restricted=False)
    shades = {rgb[0] for _, _, rgb in judge.seen}
    assert ([size[:2] for size in judge.seen], shades) == ([(16, 16)] * 4, {0, 255})


async def test_where_the_judge_fails_nothing_is_let_through() -> None:
    guard = PictureGuard(FailingJudge())
    with pytest.raises(ModelFault):
        await guard.check(PICTURE, is_age_restricted=True, job_id=7, kind="picture.draw")
