"""Works to show."""

from __future__ import annotations

from typing import Any

from bot.pictures.picture import How, Work
from tests.cogs.conftest import AT


def work(id: int = 1, **fields: Any) -> Work:
    """Make a picture of a red boat that Ada asked for."""
    told: dict[str, Any] = {
        "sha256": "0" * 64, "format": "png", "size_bytes": 12_345, "width": 64, "height": 64, "server_id": 10,
        "channel_id": 100, "story_id": None, "passage_id": None, "member_id": 1, "member_name": "Ada", "job_id": 1,
        "how": How.IMAGINE, "prompt": "a red boat", "avoid": "", "style": "Ink", "seed": 7, "model": "small one",
        "steps": 4, "guidance": 2.0, "strength": None, "parent_id": None, "alt": "a red boat", "is_spoiler": False,
        "fingerprint": "0" * 16, "asked": "{}", "took_ms": 900.0, "id": id, "made_at": AT, "may_show": False,
        "is_spared": False, "has_file": True,
    }  # fmt: skip
    return Work(**told | fields)
