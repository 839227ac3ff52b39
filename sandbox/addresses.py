"""Where files lie: addresses that are signed as Discord's are, so that a bot has to keep them whole."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from urllib.parse import quote

KEY = b"the sandbox's files"
LIFE_S = 24 * 60 * 60
"""How long an address says that it holds; here it holds for as long as the file does."""


def file_address(base_url: str, place_id: int, file_id: int, filename: str, now: float) -> str:
    """Return a file's address with when it ends, when it was issued, and the signature over both."""
    issued, ends = f"{int(now):x}", f"{int(now + LIFE_S):x}"
    path = f"{base_url}/cdn/attachments/{place_id}/{file_id}/{quote(filename)}"
    return f"{path}?ex={ends}&is={issued}&hm={_signature(file_id, ends, issued)}&"


def is_signed(file_id: int, query: Mapping[str, str]) -> bool:
    """Say whether the query of an address is the one that it was given out with."""
    expected = _signature(file_id, query.get("ex", ""), query.get("is", ""))
    return hmac.compare_digest(expected, query.get("hm", ""))


def _signature(file_id: int, ends: str, issued: str) -> str:
    return hmac.new(KEY, f"{file_id} {ends} {issued}".encode(), hashlib.sha256).hexdigest()
