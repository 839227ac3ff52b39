"""A cast entry's picture, made fit to keep, to be shown to others and to be looked at by a pipeline."""

from __future__ import annotations

import asyncio

from bot.errors import NotAllowed
from bot.safety.pictures import PictureGuard, Verdict
from bot.safety.uploads import open_upload

LONGEST_PX = 768


async def portrait(content: bytes, guard: PictureGuard) -> bytes:
    """Return an uploaded picture as a small WebP.

    Raises `BadInput` for what is none and, in every channel, `NotAllowed` for an explicit one: a pipeline would draw
    who is on it.
    """
    upright = await asyncio.to_thread(open_upload, content)
    if await guard.check(upright, is_age_restricted=False, kind="in_cast") is Verdict.BLOCKED:
        raise NotAllowed("cast.explicit")
    return await asyncio.to_thread(upright.as_webp, LONGEST_PX)
