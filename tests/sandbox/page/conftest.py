"""A sandbox with a small real bot behind it, and a browser in front of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest
import pytest_asyncio
from playwright.async_api import BrowserContext, async_playwright

from sandbox import Sandbox
from tests.sandbox.bots import point_home
from tests.sandbox.page.stage import DESK, Stage
from tests.sandbox.page.tiny_bot import TinyBot

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--process-per-site"]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def window(chromium: str) -> AsyncIterator[BrowserContext]:
    """One Chromium for all tests of the page."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield await browser.new_context(**DESK)
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def stage(window: BrowserContext, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    """A fresh sandbox and bot; no script of the page may have complained at the end."""
    async with AsyncExitStack() as stack, Sandbox() as sandbox:
        point_home(sandbox, monkeypatch)
        bot = await stack.enter_async_context(TinyBot())
        running = asyncio.create_task(bot.start(sandbox.token))
        await sandbox.bot_ready()
        opened = await stack.enter_async_context(AsyncExitStack())
        stage = Stage(sandbox, bot, window, opened)
        yield stage
        await opened.aclose()
        await bot.close()
        await running
        assert stage.complaints == []
