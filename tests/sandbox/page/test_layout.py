"""How the page stands in its window: on a desk and on a phone, dark and light."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.sandbox.page.stage import PHONE, Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")

# Every visible text against the nearest ground behind it, by the formula of WCAG 2: what stays below 4.5 to 1.
POOR_CONTRAST = (Path(__file__).parent / "contrast.js").read_text()
LONG = "Donaudampfschifffahrtsgesellschaft" * 6


async def furnished(stage: Stage, **how: Any) -> Page:
    """Open a page on which most kinds of things can be seen."""
    ada, lounge = stage.discord.member("Ada"), stage.discord.channel("lounge")
    words = f"Good evening {ada.mention}, it is <t:1795449600:F>, `code`, ||hidden||, {LONG}\n> a quote"
    await stage.discord.member("Ben").say(lounge, words)
    stage.discord.member("Ben").start_thread(lounge, "The Lighthouse at the end of the world, and what it saw there")
    for command in ("card", "whisper", "desk"):
        await ada.slash(lounge, command)
    page = await stage.visit("Ada", **how)
    await expect(page.get_by_role("button", name="Count")).to_be_visible()
    return page


async def sticks_out(page: Page) -> list[str]:
    """Name what is wider than its window."""
    wide = """() => ["html", ".scroller", ".composer"].map((selector) => document.querySelector(selector))
        .filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.className || one.tagName)"""
    return list(await page.evaluate(wide))


@pytest.mark.parametrize("theme", ["dark", "light"])
async def test_every_text_can_be_read_in_both_themes(stage: Stage, theme: str, tmp_path: Path) -> None:
    page = await furnished(stage, color_scheme=theme)
    await expect(page.locator("html")).to_have_attribute("data-theme", theme)
    assert await page.evaluate(POOR_CONTRAST) == []
    await page.get_by_placeholder("Message #").press_sequentially("/story")
    await expect(page.get_by_role("option", name="/story start")).to_be_visible()
    assert await page.evaluate(POOR_CONTRAST) == []
    assert await sticks_out(page) == []
    picture = await page.screenshot(path=tmp_path / f"{theme}.png")
    assert len(picture) > 20_000


async def test_the_theme_can_be_turned_and_is_remembered(stage: Stage) -> None:
    page = await stage.visit(color_scheme="dark")
    await page.get_by_role("button", name="Switch to the light theme").click()
    await expect(page.locator("html")).to_have_attribute("data-theme", "light")
    await page.reload()
    await expect(page.locator("html")).to_have_attribute("data-theme", "light")


async def test_on_a_phone_nothing_sticks_out_and_the_sides_are_drawers(stage: Stage, tmp_path: Path) -> None:
    page = await furnished(stage, **PHONE)
    assert await sticks_out(page) == []
    assert await page.locator(".timestamp").evaluate("one => one.getClientRects().length") == 1
    await page.screenshot(path=tmp_path / "phone.png")
    await expect(page.get_by_role("navigation", name="Channels")).to_be_hidden()
    await page.get_by_role("button", name="Channels").tap()
    await expect(page.get_by_role("navigation", name="Channels")).to_be_visible()
    await page.get_by_role("button", name="gallery").tap()
    await expect(page.get_by_placeholder("Message #gallery")).to_be_visible()
    await expect(page.get_by_role("navigation", name="Channels")).to_be_hidden()
    await page.get_by_role("button", name="Members").tap()
    await expect(page.get_by_role("complementary", name="Members")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("complementary", name="Members")).to_be_hidden()
    await expect(page.get_by_role("button", name="Members")).to_be_focused()


async def test_a_command_can_be_given_on_a_phone(stage: Stage, tmp_path: Path) -> None:
    page = await stage.visit(**PHONE)
    await page.get_by_placeholder("Message #").fill("/story")
    await page.get_by_role("option", name="/story start").tap()
    await page.get_by_role("combobox", name="title").fill("On the way")
    assert await sticks_out(page) == []
    await page.screenshot(path=tmp_path / "phone-command.png")
    await page.get_by_role("button", name="Send /story start").tap()
    await expect(page.locator(".message")).to_contain_text("Started On the way")


async def test_a_long_touch_opens_a_messages_menu(stage: Stage) -> None:
    await stage.discord.member("Ada").say(stage.discord.channel("lounge"), "Hold me")
    page = await stage.visit("Ada", **PHONE)
    await page.clock.install()
    await page.locator(".message .markup").dispatch_event("pointerdown", {"pointerType": "touch", "clientX": 90})
    await page.clock.fast_forward(600)
    await expect(page.get_by_role("menuitem", name="Copy text")).to_be_visible()


async def test_whoever_wants_no_motion_gets_none(stage: Stage) -> None:
    page = await stage.visit()
    await stage.discord.member("Ada").begin(stage.discord.channel("lounge"), "think")
    await expect(page.locator(".thinking")).to_be_visible()
    assert await page.evaluate("() => document.getAnimations().length") == 0
