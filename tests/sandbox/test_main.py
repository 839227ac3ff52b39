"""The sandbox started by itself."""

from __future__ import annotations

import asyncio
import signal
import sys
from pathlib import Path

import aiohttp


async def test_it_says_what_a_bot_needs_and_stops_when_interrupted(tmp_path: Path) -> None:
    arguments = ["-m", "sandbox", "--port", "0", "--state", str(tmp_path), "--rate-limits", "off"]
    process = await asyncio.create_subprocess_exec(sys.executable, *arguments, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    said = dict([line.decode().split() for line in [await process.stdout.readline() for _ in range(4)]])
    headers = {"Authorization": f"Bot {said['token']}"}
    async with aiohttp.ClientSession(headers=headers) as session:
        async with session.get(f"{said['api_url']}/gateway/bot") as answer:
            assert (await answer.json())["url"] == said["gateway_url"]
        async with session.get(said["page"]) as answer:
            assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    process.send_signal(signal.SIGINT)
    assert await process.wait() == 0
    assert (tmp_path / "world.json").exists()
