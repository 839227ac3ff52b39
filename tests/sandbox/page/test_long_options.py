"""Commands that are given a lot to carry: prose in an option never moves the page, and finds its option by itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.sandbox.page.stage import PHONE, Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")

SENTENCE = "In the town of Vell every clock ran eleven minutes late, and only old Tomas knew why. "
# What is wider than the window, or has been moved out of it.
MOVED = """() => [...document.querySelectorAll("html, .app, .chat, .stage, .composer, .pills, .pill")]
    .filter((one) => one.scrollWidth > one.clientWidth + 1 || one.getBoundingClientRect().left < 0
        || one.getBoundingClientRect().right > innerWidth).map((one) => one.className || one.tagName)"""


def prose(length: int) -> str:
    """Write some English of this many characters."""
    return (SENTENCE * (length // len(SENTENCE) + 1))[:length].strip()


async def begin(page: Page, command: str) -> None:
    """Take a command as a person does."""
    await page.get_by_placeholder("Message #").press_sequentially(command)


@pytest.mark.parametrize("how", [{}, PHONE], ids=["desk", "phone"])
async def test_a_long_option_wraps_and_the_page_stays_where_it_is(
    stage: Stage, how: dict[str, Any], tmp_path: Path
) -> None:
    page = await stage.visit(**how)
    await begin(page, "/story start ")
    await page.keyboard.type("Vell")
    await page.get_by_role("combobox", name="3 more options").click()
    await page.get_by_role("option", name="opening").click()
    opening = page.get_by_role("combobox", name="opening")
    for words in (prose(88), prose(180), prose(3700), "x" * 3700):
        await opening.fill(words)
        assert await page.evaluate(MOVED) == []
        await expect(page.get_by_role("button", name="Send /story start")).to_be_in_viewport(ratio=1)
        await expect(page.locator(".command-chip")).to_be_attached()
        await page.screenshot(path=tmp_path / f"{len(words)}-{words[0]}.png")
    await opening.fill(prose(180))
    await page.get_by_role("button", name="Send /story start").click()
    await expect(page.locator(".message")).to_contain_text(prose(180))


async def test_prose_typed_where_options_are_named_goes_into_the_option_for_words(stage: Stage) -> None:
    page = await stage.visit()
    await begin(page, "/note ")
    await page.keyboard.type("The rain came late")
    await expect(page.get_by_role("combobox", name="text: What happens")).to_have_value("The rain came late")
    await page.keyboard.press("Enter")
    await expect(page.locator(".message")).to_contain_text("Noted by nobody: The rain came late")
    await begin(page, "/note ")
    await page.keyboard.type("Rain")
    await page.keyboard.press("Enter")
    await expect(page.locator(".message").last).to_contain_text("Noted by nobody: Rain")


async def test_pasted_lines_become_one_as_an_option_has_no_others(stage: Stage) -> None:
    page = await stage.visit()
    await begin(page, "/note ")
    await page.keyboard.type("text:")
    await page.keyboard.insert_text("One\nTwo\n\nThree")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.press("Enter")
    await expect(page.locator(".message")).to_contain_text("Noted by nobody: One Two Three")


async def test_what_no_option_takes_is_refused_without_saying_all_of_it_again(stage: Stage) -> None:
    page = await stage.visit()
    await begin(page, "/add ")
    await page.get_by_role("combobox", name="1 more options").fill(prose(3900))
    await page.keyboard.press("Enter")
    error = page.locator(".composer-error")
    await expect(error).to_have_text(f'This command has no option "{prose(3900)[:40]}…"')
    assert await page.evaluate(MOVED) == []


async def test_a_half_filled_command_waits_for_the_member_and_the_channel_it_was_begun_in(stage: Stage) -> None:
    page = await stage.visit("Ada")
    await begin(page, "/story start ")
    await page.keyboard.type("Adas own")
    channels = page.get_by_role("navigation", name="Channels")
    await channels.get_by_role("button", name="gallery").click()
    await page.get_by_placeholder("Message #gallery").fill("Half a sentence")
    await channels.get_by_role("button", name="lounge").click()
    await expect(page.get_by_role("combobox", name="title")).to_have_value("Adas own")
    await page.get_by_role("button", name="you are Ada").click()
    await page.get_by_role("menuitemradio", name="Ben").click()
    await expect(page.get_by_placeholder("Message #lounge")).to_have_value("")
    await expect(page.get_by_role("combobox", name="title")).to_have_count(0)
    await channels.get_by_role("button", name="gallery").click()
    await expect(page.get_by_placeholder("Message #gallery")).to_have_value("")
    await page.get_by_role("button", name="you are Ben").click()
    await page.get_by_role("menuitemradio", name="Ada").click()
    await expect(page.get_by_placeholder("Message #gallery")).to_have_value("Half a sentence")
