"""Pictures made small enough to go together into one file."""

from __future__ import annotations

from collections.abc import Sequence

from bot.provenance.credentials import Credentials
from bot.safety.uploads import open_upload

_LONGEST_PX = (1_024, 768, 512)


def fitted(contents: Sequence[bytes], most_bytes: int, credentials: Credentials) -> list[bytes]:
    """Return encoded pictures that together have at most `most_bytes`, in their order: as they are if that fits.

    Else each gets an equal share: what is larger is made smaller, and empty where that is not enough. What Salon signed
    is signed again. Takes up to a second a picture.
    """
    if sum(map(len, contents)) <= most_bytes:
        return list(contents)
    share = most_bytes // len(contents)
    return [content if len(content) <= share else _smaller(content, share, credentials) for content in contents]


def _smaller(content: bytes, most_bytes: int, credentials: Credentials) -> bytes:
    upright = open_upload(content)
    tries = (credentials.carry_over(content, upright.as_webp(longest_px), "webp") for longest_px in _LONGEST_PX)
    return next((smaller for smaller in tries if len(smaller) <= most_bytes), b"")
