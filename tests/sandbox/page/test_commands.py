"""Slash commands: found, filled in, checked, sent, answered."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from tests.sandbox.page.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def begin(page: Page, typed: str) -> None:
    """Type into the message box key by key, as a person does."""
    await page.get_by_placeholder("Message #").press_sequentially(typed)


async def test_a_slash_offers_the_commands_and_typing_narrows_them(stage: Stage) -> None:
    page = await stage.visit()
    await begin(page, "/")
    await expect(page.get_by_role("option", name="/story start")).to_contain_text("Begin a story")
    await expect(page.get_by_role("option", name="/whisper")).to_be_visible()
    await page.keyboard.type("story")
    await expect(page.locator(".suggest-words > span")).to_have_text(["/story read", "/story start"])


async def test_a_command_is_taken_filled_in_and_answered_by_keyboard_alone(stage: Stage) -> None:
    page = await stage.visit()
    await begin(page, "/story")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("combobox", name="title: What it is called")).to_be_focused()
    await page.keyboard.type("The Lighthouse")
    await page.keyboard.press("Enter")
    message = page.locator(".message", has_text="Started The Lighthouse (plain, alone=False)")
    await expect(message.locator(".lead")).to_have_text("AAda used /story start")
    await expect(message.locator(".tag")).to_have_text("BOT")
    await expect(page.get_by_placeholder("Message #")).to_be_focused()


async def test_optional_options_are_added_on_wish_with_their_lists(stage: Stage) -> None:
    page = await stage.visit()
    await begin(page, "/story start ")
    await page.keyboard.type("Moss")
    await page.get_by_role("combobox", name="3 more options").click()
    await expect(page.get_by_role("option", name="style")).to_contain_text("How it sounds")
    await page.get_by_role("option", name="style").click()
    await page.keyboard.type("go")
    await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")
    await page.keyboard.type("alone:")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await page.keyboard.press("Enter")
    await expect(page.locator(".message")).to_contain_text("Started Moss (gothic, alone=True)")


async def test_a_missing_option_is_named_and_gets_the_focus(stage: Stage) -> None:
    page = await stage.visit()
    await begin(page, "/story start ")
    await page.get_by_role("button", name="Send /story start").click()
    await expect(page.get_by_role("alert").get_by_text("title: This option is required")).to_be_visible()
    await expect(page.get_by_role("combobox", name="title")).to_be_focused()
    await expect(page.get_by_role("combobox", name="title")).to_have_attribute("aria-invalid", "true")


async def test_a_number_outside_its_limits_is_refused_before_it_is_sent(stage: Stage) -> None:
    page = await stage.visit()
    await begin(page, "/roll ")
    sides = page.get_by_role("combobox", name="sides")
    complaints = {"1": "Between 2 and 20", "2.5": "Enter a whole number", "six": "Enter a number"}
    for typed, complaint in complaints.items():
        await sides.fill(typed)
        await page.keyboard.press("Enter")
        await expect(page.locator(".composer-error")).to_have_text(f"sides: {complaint}")
    await sides.fill("6")
    await page.keyboard.press("Enter")
    await expect(page.locator(".message")).to_contain_text("Rolled a die of 6")


async def test_what_no_option_is_called_is_not_sent(stage: Stage) -> None:
    page = await stage.visit()
    await begin(page, "/who ")
    await page.keyboard.type("colour")
    await page.keyboard.press("Enter")
    await expect(page.locator(".composer-error")).to_have_text('This command has no option "colour"')
    for _ in "colour":
        await page.keyboard.press("Backspace")
    await page.keyboard.press("Enter")
    await expect(page.locator(".message")).to_contain_text("It was nobody")


async def test_the_bot_completes_an_option_while_it_is_typed(stage: Stage) -> None:
    page = await stage.visit()
    await begin(page, "/story read ")
    await expect(page.get_by_role("option")).to_have_text(["The Lighthouse", "The Bees", "<b>Moss</b>"])
    await page.keyboard.type("bee")
    await expect(page.get_by_role("option")).to_have_text(["The Bees"])
    await page.keyboard.press("Enter")
    await page.keyboard.press("Enter")
    await expect(page.locator(".message")).to_contain_text("Reading The Bees")


async def test_escape_leaves_a_command_and_backspace_returns_to_its_name(stage: Stage) -> None:
    page = await stage.visit()
    await begin(page, "/story start ")
    await page.keyboard.press("Backspace")
    await expect(page.get_by_placeholder("Message #")).to_have_value("/story start")
    await page.keyboard.type(" ")
    await page.keyboard.press("Escape")
    await expect(page.get_by_placeholder("Message #")).to_have_value("")
    await expect(page.get_by_placeholder("Message #")).to_be_focused()


async def test_escape_asks_before_it_leaves_a_command_that_is_filled_in(stage: Stage) -> None:
    page = await stage.visit()
    await begin(page, "/story read ")
    await page.keyboard.type("bee")
    await expect(page.get_by_role("option")).to_have_text(["The Bees"])
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("option")).to_have_count(0)
    await page.keyboard.press("Escape")
    question = page.get_by_role("dialog", name="Leave /story read?")
    await question.get_by_role("button", name="Cancel").click()
    await expect(page.get_by_role("combobox", name="story")).to_have_value("bee")
    await expect(page.get_by_role("combobox", name="story")).to_be_focused()
    await page.keyboard.press("Escape")
    await page.keyboard.press("Escape")
    await question.get_by_role("button", name="Leave it").click()
    await expect(page.get_by_placeholder("Message #")).to_be_focused()


async def test_a_thinking_bot_is_shown_and_its_message_grows_in_place(stage: Stage) -> None:
    page = await stage.visit()
    await begin(page, "/think ")
    await page.keyboard.press("Enter")
    await expect(page.locator(".thinking")).to_have_text("Salon is thinking…")
    element = await page.locator(".message").element_handle()
    stage.bot.gate.set()
    await expect(page.locator(".message")).to_contain_text("Once upon a time")
    assert element is not None
    assert await element.evaluate("one => one.isConnected && one.textContent.includes('Once upon a time')")
    await expect(page.locator(".typing")).to_have_text("Salon is typing…")
    below = "one => one.scrollHeight - one.scrollTop - one.clientHeight"
    assert await page.locator(".scroller").evaluate(below) < 2


async def test_a_command_that_nobody_answers_says_so_to_the_one_who_used_it(stage: Stage) -> None:
    stage.hurry()
    ben, ada = await stage.visit("Ben"), await stage.visit("Ada")
    await begin(ada, "/silent ")
    await ada.keyboard.press("Enter")
    await expect(ada.locator(".note")).to_contain_text("Sending command…")
    await expect(ada.locator(".note.failed")).to_contain_text("The application did not respond")
    await expect(ben.locator(".note, .message")).to_have_count(0)
    await ada.get_by_role("button", name="Edit and send again").click()
    await expect(ada.get_by_role("form", name="/silent")).to_be_visible()
    await ada.keyboard.press("Enter")
    await ada.get_by_role("button", name="Dismiss message").click()
    await expect(ada.locator(".note")).to_have_count(0)


async def test_a_whisper_is_seen_by_its_member_only_until_it_is_put_away(stage: Stage) -> None:
    ben, ada = await stage.visit("Ben"), await stage.visit("Ada")
    await begin(ada, "/whisper ")
    await ada.keyboard.press("Enter")
    message = ada.locator(".message.ephemeral")
    await expect(message).to_contain_text("Only you can see this")
    await stage.discord.member("Esra").say(stage.discord.channel("lounge"), "After it")
    await expect(ben.locator(".message", has_text="After it")).to_be_visible()
    await expect(ben.locator(".message", has_text="Between us")).to_have_count(0)
    await message.get_by_role("button", name="Dismiss message").click()
    await expect(message).to_have_count(0)


async def test_a_command_on_a_message_is_offered_in_its_menu(stage: Stage) -> None:
    await stage.discord.member("Ben").say(stage.discord.channel("lounge"), "My poem")
    page = await stage.visit()
    await page.locator(".message").hover()
    await page.get_by_role("button", name="More").click()
    await page.get_by_role("menuitem", name="Critique this").click()
    await expect(page.locator(".message.ephemeral")).to_contain_text("Not bad: My poem")


async def test_an_empty_channel_offers_beginnings_that_fill_the_composer(stage: Stage) -> None:
    page = await stage.visit()
    welcome = page.get_by_role("region", name="Welcome")
    await expect(welcome).to_contain_text("This is a Discord on your own machine.")
    await expect(welcome.get_by_role("button")).to_have_count(6)
    await welcome.get_by_role("button", name="/story start").click()
    await expect(page.get_by_role("combobox", name="title: What it is called")).to_be_focused()
