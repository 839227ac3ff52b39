"""Being somebody else, and what the page remembers and tells of the connection."""

from __future__ import annotations

import pytest
from playwright.async_api import WebSocketRoute, expect

from tests.sandbox.page.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")


class Wire:
    """The page's connections, which a test can cut."""

    def __init__(self) -> None:
        self.is_cut = False
        self._links: list[WebSocketRoute] = []

    async def serve(self, link: WebSocketRoute) -> None:
        """Let a connection through, unless the wire is cut."""
        if self.is_cut:
            await link.close()
        else:
            link.connect_to_server()
            self._links.append(link)

    async def cut(self) -> None:
        """Break all connections, and refuse new ones until `is_cut` is taken back."""
        self.is_cut = True
        for link in self._links:
            await link.close()


async def test_one_becomes_another_member_at_any_time_and_stays_her(stage: Stage) -> None:
    page = await stage.visit("Ada")
    ada = stage.discord.member("Ada")
    await ada.slash(stage.discord.channel("lounge"), "whisper")
    await expect(page.locator(".message.ephemeral")).to_have_count(1)
    await page.get_by_role("button", name="you are Ada").click()
    await page.get_by_role("menuitemradio", name="Ben").click()
    await expect(page.get_by_role("button", name="you are Ben")).to_be_visible()
    await expect(page.locator(".message.ephemeral")).to_have_count(0)
    await page.get_by_placeholder("Message #").fill("It is me")
    await page.keyboard.press("Enter")
    await expect(page.locator(".message .author")).to_have_text("Ben")
    await page.goto(stage.discord.url)
    await expect(page.get_by_role("button", name="you are Ben")).to_be_visible()


async def test_a_member_is_found_again_in_the_channel_where_she_was(stage: Stage) -> None:
    page = await stage.visit("Ada")
    await page.get_by_role("button", name="gallery").click()
    await page.reload()
    await expect(page.get_by_placeholder("Message #gallery")).to_be_visible()
    await page.goto(stage.discord.url)
    await expect(page.get_by_placeholder("Message #gallery")).to_be_visible()
    await page.goto(f"{stage.discord.url}/#{stage.discord.channel('lounge').id}")
    await expect(page.get_by_placeholder("Message #lounge")).to_be_visible()


async def test_the_members_stand_by_role_and_the_bot_is_marked(stage: Stage) -> None:
    page = await stage.visit()
    members = page.get_by_role("complementary", name="Members")
    await expect(members.get_by_role("heading", name="Admins")).to_be_visible()
    await expect(members.get_by_role("button", name="Ada")).to_contain_text("YOU")
    await expect(members.get_by_role("button", name="Salon")).to_contain_text("BOT")


async def test_one_who_manages_another_server_is_an_ordinary_member_of_this_one(stage: Stage) -> None:
    await stage.discord.member("Ada").say(stage.discord.channel("lounge"), "Mine")
    page = await stage.visit("Ben")
    in_role = page.get_by_role("complementary", name="Members").locator("section")
    await expect(in_role.filter(has_text="Members —")).to_contain_text("Ben")
    await page.locator(".message").hover()
    await page.get_by_role("button", name="More").click()
    await expect(page.get_by_role("menuitem", name="Copy text")).to_be_visible()
    await expect(page.get_by_role("menuitem", name="Delete message")).to_have_count(0)
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Quiet Room").click()
    await expect(in_role.filter(has_text="Admins —")).to_contain_text("Ben")


async def test_the_bot_can_be_written_to_alone(stage: Stage) -> None:
    page = await stage.visit()
    await page.get_by_role("complementary", name="Members").get_by_role("button", name="Salon").click()
    await page.get_by_role("menuitem", name="Message Salon").click()
    await expect(page.get_by_role("heading", name="Direct messages", level=1)).to_be_visible()
    await page.get_by_placeholder("Message Salon").press_sequentially("/story start ")
    await page.keyboard.type("Alone")
    await page.keyboard.press("Enter")
    await expect(page.locator(".message")).to_contain_text("Started Alone")


async def test_a_bot_that_goes_away_is_shown_as_offline(stage: Stage) -> None:
    page = await stage.visit()
    await stage.bot.close()
    await expect(page.locator("#banner")).to_contain_text("The bot is offline.")
    members = page.get_by_role("complementary", name="Members")
    await expect(members.get_by_role("button", name="Salon")).to_contain_text("offline")


async def test_the_page_connects_again_by_itself_and_catches_up(stage: Stage) -> None:
    page = await stage.visit()
    wire = Wire()
    await page.route_web_socket("**/play/ws*", wire.serve)
    await page.reload()
    await page.get_by_placeholder("Message #lounge").fill("A draft")
    await wire.cut()
    await expect(page.locator("#banner")).to_contain_text("Not connected. Trying again…")
    await page.keyboard.press("Enter")
    await expect(page.locator(".composer-error")).to_contain_text("You are not connected right now.")
    await expect(page.get_by_placeholder("Message #lounge")).to_have_value("A draft")
    await stage.discord.member("Ben").say(stage.discord.channel("lounge"), "You missed this")
    wire.is_cut = False
    await expect(page.locator(".message")).to_contain_text("You missed this")
    await expect(page.locator("#banner")).to_be_hidden()
    await expect(page.locator(".composer-error")).to_be_empty()


async def test_threads_stand_under_their_channel(stage: Stage) -> None:
    page = await stage.visit()
    lounge = stage.discord.channel("lounge")
    stage.discord.member("Ben").start_thread(lounge, "The Lighthouse")
    threads = page.get_by_role("list", name="Threads of lounge")
    await threads.get_by_role("button", name="The Lighthouse").click()
    await expect(page.get_by_placeholder("Message The Lighthouse")).to_be_visible()
    await expect(page.locator(".chat-title")).to_contain_text("lounge")
    await expect(page.locator(".beginning")).to_contain_text("This is the beginning of the thread.")
