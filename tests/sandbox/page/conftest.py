"""A sandbox with a small real bot behind it, and browsers in front of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import discord
import pytest
import pytest_asyncio
import yarl
from playwright.async_api import Browser, ConsoleMessage, Page, async_playwright

from sandbox.sandbox import Sandbox
from tests.sandbox.page.tiny_bot import TinyBot

DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 800}


class Stage:
    """One sandbox with its bot; `visit` opens the page as a member."""

    def __init__(self, discord: Sandbox, bot: TinyBot, browser: Browser, stack: AsyncExitStack) -> None:
        self.discord, self.bot = discord, bot
        self._browser, self._stack = browser, stack
        self.complaints: list[str] = []

    def _overhear(self, said: ConsoleMessage) -> None:
        if said.type == "error":
            self.complaints.append(said.text)

    def hurry(self) -> None:
        """Give the bot half a second for its answers, for tests in which it gives none."""
        self.discord.core.interactions.ack_within_s = 0.5

    async def visit(self, member: str = "Ada", *, channel: str = "lounge", phone: bool = False, **how: Any) -> Page:
        """Open the page as a member, at a channel, in a browser window of her own."""
        size = {"viewport": PHONE, "has_touch": True, "is_mobile": True} if phone else {"viewport": DESKTOP}
        context = await self._browser.new_context(**size, **how)
        self._stack.push_async_callback(context.close)
        context.set_default_timeout(10_000)
        page = await context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._overhear)
        page.on("dialog", lambda dialog: self.complaints.append(f"a script opened a dialog: {dialog.message}"))
        await page.goto(f"{self.discord.url}/?member={self.discord.member(member).id}")
        await page.get_by_placeholder("Message #").wait_for()
        if channel != "lounge":
            await page.get_by_role("navigation", name="Channels").get_by_role("button", name=channel).click()
        return page


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(chromium: str) -> AsyncIterator[Browser]:
    """One Chromium for all tests of the page."""
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=chromium, args=arguments)
        yield launched
        await launched.close()


@pytest_asyncio.fixture(loop_scope="session")
async def stage(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    """A fresh sandbox and bot; no script of the page may have complained at the end."""
    async with AsyncExitStack() as stack, Sandbox() as sandbox:
        monkeypatch.setattr(discord.http.Route, "BASE", sandbox.api_url)
        monkeypatch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(sandbox.gateway_url))
        bot = await stack.enter_async_context(TinyBot())
        running = asyncio.create_task(bot.start(sandbox.token))
        await sandbox.bot_ready()
        opened = await stack.enter_async_context(AsyncExitStack())
        stage = Stage(sandbox, bot, browser, opened)
        yield stage
        await opened.aclose()
        await bot.close()
        await running
        assert stage.complaints == []
