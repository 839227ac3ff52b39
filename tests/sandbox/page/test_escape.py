"""What people and bots write stays text: nothing of it becomes an element, an attribute or a script of the page."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from tests.sandbox.page.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")

ATTACK = '<img src=x onerror="window.broken=1">'


async def unbroken(page: Page) -> bool:
    """Say whether no script ran and no picture of the attack is on the page."""
    return bool(await page.evaluate("() => !window.broken && !document.querySelector('img[src=x], [onerror]')"))


async def test_markup_in_a_message_is_shown_as_it_was_written(stage: Stage) -> None:
    page = await stage.visit()
    frames = ("{}", "**{}**", "`{}`", "||{}||", "> {}", "# {}", "- {}", "```html\n{}\n```")
    for frame in frames:
        await stage.discord.member("Ben").say(stage.discord.channel("lounge"), frame.format(ATTACK))
    await expect(page.locator(".message .markup")).to_contain_text([ATTACK] * len(frames))
    assert await unbroken(page)


async def test_a_link_that_would_run_a_script_is_no_link(stage: Stage) -> None:
    page = await stage.visit()
    await stage.discord.member("Ben").say(stage.discord.channel("lounge"), "[press me](javascript:window.broken=1)")
    await expect(page.locator(".message .markup")).to_contain_text("press me")
    await expect(page.locator(".message .markup a")).to_have_count(0)


async def test_names_of_members_and_channels_are_text_everywhere(stage: Stage) -> None:
    stage.discord.core.world.user_named("Ben").display_name = ATTACK
    stage.discord.channel("gallery").record.name = ATTACK
    ben = stage.discord.member(ATTACK)
    await ben.say(stage.discord.channel("lounge"), f"I am {ben.mention}")
    page = await stage.visit("Ada")
    await expect(page.locator(".message .author")).to_have_text(ATTACK)
    await expect(page.locator(".message .mention")).to_have_text(f"@{ATTACK}")
    await expect(page.locator(".member-name", has_text=ATTACK)).to_be_visible()
    await page.locator(".channel-name", has_text=ATTACK).click()
    await expect(page.locator(".chat-title h2")).to_have_text(ATTACK)
    await page.get_by_role("button", name="you are Ada").click()
    await expect(page.get_by_role("menuitemradio", name=ATTACK)).to_be_visible()
    assert await unbroken(page)


async def test_cards_are_text_in_all_their_parts(stage: Stage) -> None:
    page = await stage.visit()
    await stage.discord.member("Ada").slash(stage.discord.channel("lounge"), "card", title=ATTACK)
    card = page.locator(".embed")
    for part in (".embed-author", ".embed-title", ".embed-text", "dt", "dd", "footer"):
        await expect(card.locator(part)).to_contain_text(ATTACK)
    assert await unbroken(page)


async def test_choices_and_completions_are_text(stage: Stage) -> None:
    page = await stage.visit()
    await page.get_by_placeholder("Message #").press_sequentially("/story read ")
    await expect(page.get_by_role("option", name="<b>Moss</b>")).to_be_visible()
    await page.get_by_role("combobox", name="story").fill(ATTACK)
    await page.keyboard.press("Enter")
    await expect(page.locator(".message")).to_contain_text(f"Reading {ATTACK}")
    assert await unbroken(page)


async def test_the_page_forbids_scripts_and_files_from_elsewhere(stage: Stage) -> None:
    page = await stage.visit()
    policy = page.locator("meta[http-equiv=Content-Security-Policy]")
    await expect(policy).to_have_attribute(
        "content", "default-src 'self'; base-uri 'none'; form-action 'none'; object-src 'none'"
    )
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    await page.reload()
    await page.get_by_placeholder("Message #").wait_for()
    assert requested
    assert all(address.startswith(stage.discord.url) for address in requested)
