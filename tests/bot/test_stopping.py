"""A signal ends the work kindly: what it holds is put away first."""

from __future__ import annotations

import asyncio
import os
import signal

import pytest

from bot.commands.stopping import until_stopped
from bot.words import say


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_a_signal_is_answered_and_lets_the_work_put_everything_away(
    number: signal.Signals, capsys: pytest.CaptureFixture[str]
) -> None:
    put_away = []

    async def work() -> None:
        try:
            os.kill(os.getpid(), number)
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            put_away.append(capsys.readouterr().err.strip())

    await until_stopped(work())
    assert put_away == [say("cli.stopping").strip()]


async def test_work_that_ends_by_itself_is_not_waited_for() -> None:
    async def work() -> None:
        return

    await until_stopped(work())


async def test_work_that_fails_says_so() -> None:
    async def work() -> None:
        raise RuntimeError("the gateway is closed")

    with pytest.raises(RuntimeError, match="gateway"):
        await until_stopped(work())
