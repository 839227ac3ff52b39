"""Buttons, selects, modals and cards."""

from __future__ import annotations

import pytest
from playwright.async_api import Locator, Page, expect

from tests.sandbox.page.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def answer_to(stage: Stage, page: Page, command: str) -> Locator:
    """Let Ada use a command and return the bot's message on the page."""
    await stage.discord.member("Ada").slash(stage.discord.channel("lounge"), command)
    return page.locator(".message").first


async def test_a_pressed_button_edits_its_message_in_place_and_keeps_the_focus(stage: Stage) -> None:
    page = await stage.visit()
    message = await answer_to(stage, page, "desk")
    button = message.get_by_role("button", name="Count")
    await button.focus()
    await page.keyboard.press("Enter")
    await expect(message).to_contain_text("Counted to 1")
    await expect(button).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(message).to_contain_text("Counted to 2")
    await expect(message.locator(".edited")).to_have_count(1)


async def test_buttons_show_their_styles_and_what_cannot_be_pressed(stage: Stage) -> None:
    message = await answer_to(stage, await stage.visit(), "desk")
    await expect(message.get_by_role("button", name="Count")).to_have_class("button primary")
    await expect(message.get_by_role("button", name="Count")).to_contain_text("✨")
    await expect(message.get_by_role("button", name="Steer…")).to_have_class("button success")
    await expect(message.get_by_role("button", name="Silent")).to_have_class("button danger")
    await expect(message.get_by_role("button", name="Closed")).to_be_disabled()
    await expect(message.get_by_role("link", name="Docs")).to_have_attribute("href", "https://example.org/docs")


async def test_a_button_that_nobody_answers_says_so_below_it(stage: Stage) -> None:
    message = await answer_to(stage, await stage.visit(), "desk")
    stage.hurry()
    await message.get_by_role("button", name="Silent").click()
    await expect(message.get_by_role("alert")).to_contain_text("did not respond")


async def test_a_select_is_opened_and_chosen_from_by_keyboard(stage: Stage) -> None:
    page = await stage.visit()
    message = await answer_to(stage, page, "desk")
    await message.get_by_role("button", name="Go to a branch").focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("option", name="The storm")).to_contain_text("12 passages")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(page.locator(".message").last).to_contain_text("Went to Calm")
    await expect(message.get_by_role("button", name="Go to a branch: Calm")).to_be_focused()


async def test_a_modal_is_checked_submitted_and_gives_the_focus_back(stage: Stage) -> None:
    page = await stage.visit()
    message = await answer_to(stage, page, "desk")
    await message.get_by_role("button", name="Steer…").click()
    form = page.get_by_role("dialog", name="Steer the story")
    wish = form.get_by_label("Where should it go?")
    await expect(wish).to_be_focused()
    await expect(form.get_by_label("Chapter")).to_have_value("One")
    await wish.fill("sea")
    await expect(form).to_contain_text("3 / at least 5")
    await form.get_by_role("button", name="Submit").click()
    await expect(form).to_contain_text("At least 5 characters, and this has 3.")
    await expect(wish).to_be_focused()
    await wish.fill("A storm comes up")
    await form.get_by_role("button", name="Submit").click()
    await expect(page.locator(".message").last).to_contain_text("Steered: A storm comes up")
    await expect(form).to_have_count(0)
    await expect(message.get_by_role("button", name="Steer…")).to_be_focused()


async def test_a_modal_is_submitted_by_enter_and_from_a_long_text_with_ctrl(stage: Stage) -> None:
    page = await stage.visit()
    message = await answer_to(stage, page, "desk")
    form = page.get_by_role("dialog", name="Steer the story")
    for field, key in (("Where should it go?", "Control+Enter"), ("Chapter", "Enter")):
        await message.get_by_role("button", name="Steer…").click()
        await form.get_by_label("Where should it go?").fill(f"Sent by {key}")
        await form.get_by_label(field).press(key)
        await expect(page.locator(".message").last).to_contain_text(f"Steered: Sent by {key}")
        await expect(form).to_have_count(0)


async def test_the_tab_key_stays_inside_a_modal_and_escape_closes_it(stage: Stage) -> None:
    page = await stage.visit()
    message = await answer_to(stage, page, "desk")
    await message.get_by_role("button", name="Steer…").click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    for _ in range(6):
        await page.keyboard.press("Tab")
        assert await page.evaluate(
            "document.activeElement === document.body || !!document.activeElement.closest('dialog')"
        )
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(message.get_by_role("button", name="Steer…")).to_be_focused()


async def test_a_card_shows_its_parts_and_its_files(stage: Stage) -> None:
    page = await stage.visit()
    message = await answer_to(stage, page, "card")
    card = message.locator(".embed")
    await expect(card.locator(".embed-title")).to_have_text("The Lighthouse")
    await expect(card.locator(".embed-text strong")).to_have_text("The Lighthouse")
    await expect(card.locator("dt")).to_have_text("The Lighthouse")
    await expect(card.locator("dd em")).to_have_text("The Lighthouse")
    await expect(card.locator("footer")).to_have_text("The Lighthouse")
    assert await card.evaluate("one => getComputedStyle(one).borderLeftColor") == "rgb(230, 126, 34)"
    await expect(message.locator(".file")).to_contain_text("4 bytes")
    await expect(message.get_by_role("link", name="Download story.txt")).to_have_attribute("download", "story.txt")


async def test_a_picture_has_its_words_and_opens_large(stage: Stage) -> None:
    page = await stage.visit()
    message = await answer_to(stage, page, "card")
    await message.get_by_role("button", name="Enlarge image: A violet evening").click()
    large = page.get_by_role("dialog", name="A violet evening")
    await expect(large.get_by_role("img", name="A violet evening")).to_be_visible()
    assert await large.get_by_role("img").evaluate("one => one.decode().then(() => one.naturalWidth)") == 1
    await page.keyboard.press("Escape")
    await expect(large).to_have_count(0)
