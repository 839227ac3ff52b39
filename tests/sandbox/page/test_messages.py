"""Reading and writing ordinary messages."""

from __future__ import annotations

import asyncio

import pytest
from playwright.async_api import Page, Route, expect

from tests.sandbox.page.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")

BELOW = "one => one.scrollHeight - one.scrollTop - one.clientHeight"


async def write(page: Page, text: str) -> None:
    """Type a message and send it."""
    await page.get_by_placeholder("Message #").fill(text)
    await page.keyboard.press("Enter")


async def test_what_one_member_writes_another_reads_at_once(stage: Stage) -> None:
    ben, ada = await stage.visit("Ben"), await stage.visit("Ada")
    await write(ada, "Good evening, **everyone**")
    message = ben.locator(".message", has_text="Good evening, everyone")
    await expect(message.locator(".author")).to_have_text("Ada")
    await expect(message.locator("strong")).to_have_text("everyone")


async def test_shift_and_enter_begin_a_new_line(stage: Stage) -> None:
    page = await stage.visit()
    await page.get_by_placeholder("Message #").fill("One")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("Two")
    await page.keyboard.press("Enter")
    await expect(page.locator(".message .markup")).to_have_text("One\nTwo", use_inner_text=True)


async def test_messages_of_one_author_stand_together_under_one_name(stage: Stage) -> None:
    page = await stage.visit()
    await stage.discord.member("Ben").say(stage.discord.channel("lounge"), "First")
    await stage.discord.member("Ben").say(stage.discord.channel("lounge"), "Second")
    await stage.discord.member("Esra").say(stage.discord.channel("lounge"), "Third")
    await expect(page.locator(".message")).to_have_count(3)
    await expect(page.locator(".message .author")).to_have_text(["Ben", "Esra"])


async def test_a_message_over_the_limit_stays_in_the_box_and_says_why(stage: Stage) -> None:
    page = await stage.visit()
    await write(page, "x" * 2001)
    await expect(page.locator(".composer-error")).to_have_text(
        "Your message is 1 character too long: 2,000 is the limit."
    )
    await expect(page.locator(".counter")).to_have_text("-1")
    await expect(page.get_by_placeholder("Message #")).to_have_value("x" * 2001)


async def test_a_reader_who_scrolled_up_is_left_in_peace_and_told_of_news(stage: Stage) -> None:
    lounge, ben = stage.discord.channel("lounge"), stage.discord.member("Ben")
    for number in range(40):
        await ben.say(lounge, f"Passage {number}")
    page = await stage.visit()
    await expect(page.locator(".message", has_text="Passage 39")).to_be_in_viewport()
    await page.locator(".scroller").evaluate("one => { one.scrollTop = 200; }")
    await expect(page.locator(".message", has_text="Passage 39")).not_to_be_in_viewport()
    await ben.say(lounge, "Something new")
    jump = page.get_by_role("button", name="1 new message")
    await expect(jump).to_be_visible()
    assert await page.locator(".scroller").evaluate("one => one.scrollTop") == 200
    await jump.click()
    await expect(page.locator(".message", has_text="Something new")).to_be_in_viewport()
    await expect(jump).to_have_count(0)


async def filled(stage: Stage) -> Page:
    """Open a channel that is longer than the window."""
    for number in range(40):
        await stage.discord.member("Ben").say(stage.discord.channel("lounge"), f"Passage {number}")
    page = await stage.visit()
    await expect(page.locator(".message", has_text="Passage 39")).to_be_in_viewport()
    return page


async def test_the_end_stays_in_view_while_a_picture_loads_into_its_place(stage: Stage) -> None:
    page, gate = await filled(stage), asyncio.Event()

    async def late(route: Route) -> None:
        await gate.wait()
        await route.continue_()

    await page.route("**/cdn/**", late)
    await stage.discord.member("Ada").slash(stage.discord.channel("lounge"), "drawing")
    picture = page.locator(".embed-image img")
    await expect(picture).to_be_in_viewport(ratio=1)
    reserved = await picture.bounding_box()
    gate.set()
    assert await picture.evaluate("one => one.decode().then(() => one.naturalWidth)") == 400
    assert await picture.bounding_box() == reserved
    assert reserved is not None
    assert (reserved["width"], reserved["height"]) == (400, 240)
    assert await page.locator(".scroller").evaluate(BELOW) < 2


async def test_what_grows_between_two_frames_does_not_push_the_reader_from_the_end(stage: Stage) -> None:
    page = await filled(stage)
    below = await page.locator(".scroller").evaluate("""async (scroller) => {
        const last = [...scroller.querySelectorAll(".message")].at(-1);
        last.style.paddingBottom = "300px";
        scroller.scrollTop = scroller.scrollHeight;
        last.style.paddingBottom = "900px";
        for (const _ of [1, 2, 3]) await new Promise(requestAnimationFrame);
        return scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
    }""")
    assert below < 2


async def test_the_line_above_a_reply_names_whom_it_mentions_and_keeps_spoilers(stage: Stage) -> None:
    lounge, ada = stage.discord.channel("lounge"), stage.discord.member("Ada")
    said = await ada.say(lounge, f"{stage.discord.member('Ben').mention} **they** only ||drowned||")
    page = await stage.visit()
    await stage.bot.get_partial_messageable(lounge.id).get_partial_message(said.id).reply("So it was")
    await expect(page.locator(".lead-line .snippet")).to_have_text("@Ben they only (spoiler)")


async def test_the_line_above_a_reply_ends_within_its_message_however_long_the_words(stage: Stage) -> None:
    lounge, ada = stage.discord.channel("lounge"), stage.discord.member("Ada")
    said = await ada.say(lounge, "The lamp was dark, and nobody came. " * 20)
    page = await stage.visit()
    await stage.bot.get_partial_messageable(lounge.id).get_partial_message(said.id).reply("So it was")
    line = page.locator(".lead-line")
    await expect(line).to_be_visible()
    assert await line.evaluate(
        "one => one.getBoundingClientRect().right <= one.closest('.lead').getBoundingClientRect().right + 1"
    )


async def test_older_messages_come_when_one_scrolls_up(stage: Stage) -> None:
    lounge, ben = stage.discord.channel("lounge"), stage.discord.member("Ben")
    for number in range(130):
        await ben.say(lounge, f"Passage {number:03}")
    page = await stage.visit()
    await expect(page.locator(".message", has_text="Passage 129")).to_be_in_viewport()
    await expect(page.locator(".message", has_text="Passage 000")).to_have_count(0)
    while not await page.locator(".message", has_text="Passage 000").count():
        oldest = page.locator(".message").first
        before = await oldest.inner_text()
        await page.locator(".scroller").evaluate("one => { one.scrollTop = 0; }")
        await expect(oldest).not_to_have_text(before)
    await expect(page.locator(".message")).to_have_count(130)
    await expect(page.get_by_role("heading", name="Welcome to #lounge!")).to_have_count(1)


async def test_a_spoiler_opens_by_click_and_by_key(stage: Stage) -> None:
    page = await stage.visit()
    await write(page, "The keeper ||drowned||, and the lamp ||went out||")
    spoilers = page.locator(".spoiler")
    await spoilers.nth(0).click()
    await spoilers.nth(1).focus()
    await page.keyboard.press("Enter")
    await expect(page.locator(".spoiler.revealed")).to_have_count(2)


async def test_a_member_may_delete_her_own_message_after_a_question(stage: Stage) -> None:
    page = await stage.visit("Ben")
    await write(page, "Forget this")
    await page.locator(".message").click(button="right")
    await page.get_by_role("menuitem", name="Delete message").click()
    await page.get_by_role("button", name="Delete", exact=True).click()
    await expect(page.locator(".message")).to_have_count(0)


async def test_nobody_is_offered_to_delete_what_another_wrote(stage: Stage) -> None:
    await stage.discord.member("Ada").say(stage.discord.channel("lounge"), "Mine")
    page = await stage.visit("Esra")
    await page.locator(".message").click(button="right")
    await expect(page.get_by_role("menuitem", name="Copy text")).to_be_visible()
    await expect(page.get_by_role("menuitem", name="Delete message")).to_have_count(0)


async def test_a_mention_is_picked_from_a_list_and_marks_the_message_for_the_one_meant(stage: Stage) -> None:
    ben, ada = await stage.visit("Ben"), await stage.visit("Ada")
    await ada.get_by_placeholder("Message #").press_sequentially("Look, @be")
    await ada.get_by_role("option", name="Ben").click()
    await ada.keyboard.type("it is lit")
    await ada.keyboard.press("Enter")
    await expect(ben.locator(".message.mentions-me .mention")).to_have_text("@Ben")
    await expect(ada.locator(".message.mentions-me")).to_have_count(0)


async def test_news_in_another_channel_is_marked_and_opens_at_the_first_unread(stage: Stage) -> None:
    page = await stage.visit()
    await stage.discord.member("Ben").say(stage.discord.channel("gallery"), "A picture")
    unread = page.get_by_role("button", name="gallery unread")
    await unread.click()
    await expect(page.locator(".divider-line.news + *, .message:has(.divider-line.news)")).to_contain_text("A picture")
    await expect(unread).to_have_count(0)
