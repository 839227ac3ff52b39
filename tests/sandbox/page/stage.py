"""One sandbox, its bot, and the browser windows in front of it."""

from __future__ import annotations

from contextlib import AsyncExitStack
from typing import Any

from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page

from sandbox import Sandbox
from tests.sandbox.page.tiny_bot import TinyBot

DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce"}
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 800},
    "reduced_motion": "reduce",
    "has_touch": True,
    "is_mobile": True,
}


class Stage:
    """What a test of the page holds; `complaints` are the scripts' errors, and each one fails the test."""

    def __init__(self, discord: Sandbox, bot: TinyBot, window: BrowserContext, stack: AsyncExitStack) -> None:
        self.discord, self.bot = discord, bot
        self._window, self._stack = window, stack
        self.complaints: list[str] = []

    def hurry(self) -> None:
        """Give the bot half a second for its answers, for tests in which it gives none."""
        self.discord.core.interactions.ack_within_s = 0.5

    async def visit(self, member: str = "Ada", **how: Any) -> Page:
        """Open the page as a member; `how` is for a browser with a size, a theme or other manners of its own.

        The page opened last is in front. A browser hardly draws the ones behind it, so that a click there takes a
        second: open the one that acts after those that only look on.
        """
        page = await self._open(how)
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._overhear)
        page.on("dialog", lambda dialog: self.complaints.append(f"a script opened a dialog: {dialog.message}"))
        await page.goto(f"{self.discord.url}/?member={self.discord.member(member).id}")
        await page.get_by_placeholder("Message #").wait_for()
        return page

    async def _open(self, how: dict[str, Any]) -> Page:
        """Share one browser context where it makes no difference: the sandbox's port keeps the tests apart."""
        if not how:
            page = await self._window.new_page()
            self._stack.push_async_callback(page.close)
            return page
        browser = self._window.browser
        assert isinstance(browser, Browser)
        context = await browser.new_context(**(DESK | how))
        self._stack.push_async_callback(context.close)
        return await context.new_page()

    def _overhear(self, said: ConsoleMessage) -> None:
        if said.type == "error":
            self.complaints.append(said.text)
