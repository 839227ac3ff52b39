"""Ctrl-C and SIGTERM ask once, kindly, and are answered at once; a second Ctrl-C does not ask."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

from bot.words import say

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


async def until_stopped(work: Coroutine[Any, Any, None]) -> None:
    """Do `work` until it ends or a signal comes; then cancel it and wait until it has put everything away."""
    task = asyncio.ensure_future(work)
    loop = asyncio.get_running_loop()

    def stop() -> None:
        for number in _SIGNALS:
            loop.remove_signal_handler(number)
        # What runs on the device and what is still to be stored take some seconds to be put away.
        print(say("cli.stopping"), file=sys.stderr, flush=True)
        task.cancel()

    with suppress(NotImplementedError):  # Windows has no such handlers: there Ctrl-C raises KeyboardInterrupt
        for number in _SIGNALS:
            loop.add_signal_handler(number, stop)
    with suppress(asyncio.CancelledError):
        await task
