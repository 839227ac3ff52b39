"""An evening without a mouse, and what is told to those who listen instead of looking."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.sandbox.page.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_whole_evening_is_played_without_a_mouse(stage: Stage) -> None:
    page = await stage.visit()
    await page.keyboard.type("/desk ")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("button", name="Count")).to_be_visible()
    await page.keyboard.press("ArrowUp")
    await expect(page.locator(".message")).to_be_focused()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("button", name="Count")).to_be_focused()
    await page.keyboard.press("Space")
    await expect(page.locator(".message")).to_contain_text("Counted to 1")
    await page.keyboard.type("Written without looking for the box")
    await page.keyboard.press("Enter")
    await expect(page.locator(".message")).to_have_count(2)
    await page.keyboard.press("ArrowUp")
    await page.keyboard.press("ArrowUp")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("menu", name="Message actions")).to_be_visible()
    await page.keyboard.press("c")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Escape")
    await expect(page.locator(".message").first).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.get_by_placeholder("Message #")).to_be_focused()


async def test_another_member_and_another_channel_are_reached_by_keys(stage: Stage) -> None:
    page = await stage.visit()
    await page.get_by_role("button", name="you are Ada").focus()
    await page.keyboard.press("Enter")
    await page.keyboard.press("d")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("button", name="you are Dmitri")).to_be_visible()
    gallery = page.get_by_role("navigation", name="Channels").get_by_role("button", name="gallery")
    await gallery.focus()
    await page.keyboard.press("Enter")
    await expect(gallery).to_be_focused()
    await expect(gallery).to_have_attribute("aria-current", "page")
    await page.keyboard.type("Hello")
    await expect(page.get_by_placeholder("Message #gallery")).to_have_value("Hello")


async def test_the_first_tab_leads_past_the_lists_to_the_message_box(stage: Stage) -> None:
    page = await stage.visit()
    await page.locator(".skip").focus()
    await expect(page.locator(".skip")).to_be_in_viewport()
    await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")
    assert await page.evaluate("() => !!document.activeElement.closest('#composer')")


async def test_new_messages_are_told_to_a_screen_reader_once(stage: Stage) -> None:
    page = await stage.visit()
    await stage.discord.member("Ben").say(stage.discord.channel("lounge"), "Do you hear me?")
    await expect(page.get_by_role("log", name="New messages")).to_have_text("Ben: Do you hear me?")


async def test_everything_that_can_be_pressed_has_a_name(stage: Stage) -> None:
    page = await stage.visit()
    for command in ("desk", "card", "whisper"):
        await stage.discord.member("Ada").slash(stage.discord.channel("lounge"), command)
    await expect(page.locator(".message")).to_have_count(3)
    nameless = """() => [...document.querySelectorAll("button, a, input, textarea")]
        .filter((one) => !(one.ariaLabel || one.textContent.trim())).map((one) => one.outerHTML)"""
    assert await page.evaluate(nameless) == []
