"""A cast entry's picture, made fit to keep in the database and to be looked at by a pipeline."""

from __future__ import annotations

from bot.safety.uploads import open_upload

LONGEST_PX = 768


def portrait(content: bytes) -> bytes:
    """Return an uploaded picture as a small WebP; raise `BadInput` for what is none. Call it beside the event loop."""
    return open_upload(content).as_webp(LONGEST_PX)
