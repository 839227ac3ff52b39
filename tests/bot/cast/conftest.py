from __future__ import annotations

from tests.bot.illustrations.conftest import gallery

__all__ = ["gallery"]
