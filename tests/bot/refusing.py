"""Refusals by their key, with the check that their sentence can be said."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bot.errors import SalonError


@contextmanager
def refused(key: str) -> Iterator[pytest.ExceptionInfo[SalonError]]:
    """Expect a `SalonError` with this key."""
    with pytest.raises(SalonError) as caught:
        yield caught
    assert caught.value.key == key
    assert str(caught.value)
