"""Works to show."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from bot.pictures.ask import Ask
from bot.pictures.picture import How, Work
from bot.styles.picture_style import PictureStyle
from tests.cogs.conftest import AT

ASK = Ask(How.IMAGINE, "a red boat", PictureStyle("Ink", "", after="hatching"), seed=7, size=(64, 64))


def work(id: int = 1, **fields: Any) -> Work:
    """Make a picture of a red boat that Ada asked for."""
    told: dict[str, Any] = {
        "sha256": "0" * 64, "format": "png", "size_bytes": 12_345, "width": 64, "height": 64, "server_id": 10,
        "channel_id": 100, "story_id": None, "passage_id": None, "member_id": 1, "member_name": "Ada", "job_id": 1,
        "how": How.IMAGINE, "prompt": "a red boat", "avoid": "", "style": "Ink", "seed": 7, "model": "small one",
        "steps": 4, "guidance": 2.0, "strength": None, "parent_id": None, "alt": "a red boat", "is_spoiler": False,
        "fingerprint": "0" * 16, "asked": json.dumps(asdict(ASK)), "took_ms": 900.0, "id": id, "made_at": AT,
        "may_show": False, "is_spared": False, "has_file": True,
    }  # fmt: skip
    return Work(**told | fields)
