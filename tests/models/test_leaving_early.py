"""Whoever leaves while a model is still being loaded is not kept waiting for it."""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress

from models.device import DeviceThread
from models.errors import EngineError


class Idle:
    """Work that never has anything to do."""

    def step(self) -> bool:
        return False

    def fail_all(self, error: EngineError) -> None: ...


async def test_closing_while_the_model_loads_returns_at_once_and_harms_nothing() -> None:
    may_load = threading.Event()

    def build() -> Idle:
        may_load.wait()
        return Idle()

    thread = DeviceThread(build)
    waiting = asyncio.ensure_future(asyncio.wrap_future(thread.ready))
    await asyncio.sleep(0)
    waiting.cancel()
    with suppress(asyncio.CancelledError):
        await waiting
    thread.close()
    may_load.set()
    assert thread.ready.result(timeout=5) is None
    thread.close()
