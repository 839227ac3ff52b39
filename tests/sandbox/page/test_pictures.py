"""Pictures of messages: how they stand, hide, open, change and are acted upon."""

from __future__ import annotations

import asyncio
import io
from itertools import combinations
from typing import Any

import discord
import pytest
from PIL import Image
from playwright.async_api import FilePayload, Locator, Page, Route, expect

from tests.sandbox.page.stage import PHONE, Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")

COLOURS = ("teal", "tomato", "gold", "navy", "plum", "olive", "coral", "indigo", "salmon", "orchid")
# Every frame, until it is told to stop: is there a picture that is drawn, and where does it stand?
WATCH = """() => {
  window.frames_seen = [];
  const look = () => {
    const image = document.querySelector(".pictures img");
    const { width, height } = image?.getBoundingClientRect() ?? {};
    window.frames_seen.push([Boolean(image?.complete && image.naturalWidth), width, height].join());
    window.watching = requestAnimationFrame(look);
  };
  look();
}"""
SEEN = "() => { cancelAnimationFrame(window.watching); return [...new Set(window.frames_seen)]; }"


def drawing(colour: str = "teal", name: str = "", size: tuple[int, int] = (128, 128)) -> discord.File:
    """Draw a plain picture whose name and words are its colour's."""
    content = io.BytesIO()
    Image.new("RGB", size, colour).save(content, "PNG")
    content.seek(0)
    return discord.File(content, name or f"{colour}.png", description=f"A {colour} field")


def lounge(stage: Stage) -> discord.PartialMessageable:
    """Where the bot posts."""
    return stage.bot.get_partial_messageable(stage.discord.channel("lounge").id)


async def boxes(elements: Locator) -> list[dict[str, float]]:
    """Tell where elements stand, in pixels."""
    script = """all => all.map((one) => {
        const { left, top, right, bottom } = one.getBoundingClientRect();
        return { left, top, right, bottom };
    })"""
    found: list[dict[str, float]] = await elements.evaluate_all(script)
    return found


def area(box: dict[str, float]) -> float:
    """Tell how large a box is."""
    return (box["right"] - box["left"]) * (box["bottom"] - box["top"])


def overlap(one: dict[str, float], other: dict[str, float]) -> bool:
    """Say whether two boxes cover each other in part."""
    beside = one["right"] <= other["left"] or other["right"] <= one["left"]
    return not (beside or one["bottom"] <= other["top"] or other["bottom"] <= one["top"])


async def test_several_pictures_fill_one_frame_without_overlapping(stage: Stage) -> None:
    page = await stage.visit()
    for count in range(2, 11):
        await lounge(stage).send(str(count), files=[drawing(colour) for colour in COLOURS[:count]])
        message = page.locator(".message").last
        await expect(message.locator(".picture")).to_have_count(count)
        (frame,), cells = await boxes(message.locator(".pictures")), await boxes(message.locator(".picture"))
        assert not [pair for pair in combinations(cells, 2) if overlap(*pair)]
        assert sum(map(area, cells)) > 0.95 * area(frame)


async def test_of_three_pictures_the_first_is_large_and_four_stand_two_by_two(stage: Stage) -> None:
    page = await stage.visit()
    await lounge(stage).send(files=[drawing(colour) for colour in COLOURS[:3]])
    large, above, below = await boxes(page.locator(".pictures .picture"))
    assert (above["left"], above["top"]) == (below["left"], large["top"])
    assert large["bottom"] == pytest.approx(below["bottom"], abs=1)
    await lounge(stage).send(files=[drawing(colour) for colour in COLOURS[:4]])
    four = await boxes(page.locator(".message").last.locator(".picture"))
    assert len({cell["left"] for cell in four}) == len({cell["top"] for cell in four}) == 2


@pytest.mark.parametrize("how", [{}, PHONE])
async def test_a_hidden_picture_is_blurred_and_unnamed_until_it_is_pressed(stage: Stage, how: dict[str, Any]) -> None:
    page = await stage.visit(**how)
    await lounge(stage).send(file=drawing(name="SPOILER_teal.png"))
    cover = page.get_by_role("button", name="Spoiler, press to reveal")
    hidden = await boxes(page.locator(".picture"))
    await expect(page.locator(".behind")).to_have_css("filter", "blur(44px)")
    await expect(page.locator(".behind")).to_have_attribute("inert", "")
    await cover.click()
    await expect(page.get_by_role("img", name="A teal field")).to_be_visible()
    (before,), (after,) = hidden, await boxes(page.locator(".picture"))
    assert after == pytest.approx(before, abs=1)


async def test_a_file_marked_as_a_spoiler_is_hidden_whatever_it_is_called(stage: Stage) -> None:
    page = await stage.visit()
    await stage.discord.member("Ben").say(stage.discord.channel("lounge"), files=[("a.png", drawing().fp.read())])
    stage.discord.channel("lounge").messages[0].record.attachments[0].is_spoiler = True
    await page.reload()
    await expect(page.get_by_role("button", name="Spoiler, press to reveal")).to_have_text("SPOILER")


async def test_the_pictures_of_a_message_are_walked_through_but_not_those_that_are_hidden(stage: Stage) -> None:
    page = await stage.visit()
    await lounge(stage).send(files=[drawing("teal"), drawing("gold", "SPOILER_gold.png"), drawing("navy")])
    await page.get_by_role("button", name="Enlarge image: A navy field").click()
    large = page.get_by_role("dialog").get_by_role("img")
    await expect(large).to_have_attribute("alt", "A navy field")
    await expect(page.get_by_role("dialog")).to_contain_text("2 of 2")
    await page.get_by_role("button", name="Next image").click()
    await expect(large).to_have_attribute("alt", "A teal field")
    await page.keyboard.press("ArrowLeft")
    await expect(large).to_have_attribute("alt", "A navy field")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("button", name="Enlarge image: A navy field")).to_be_focused()


async def held_back(page: Page, name: str) -> asyncio.Event:
    """Let no picture of this name through until the event is set."""
    gate = asyncio.Event()

    async def late(route: Route) -> None:
        await gate.wait()
        await route.continue_()

    await page.route(f"**/{name}.png**", late)
    return gate


async def shows(page: Page, colour: str) -> None:
    """Wait until the newest picture is of this colour."""
    await expect(page.locator(".pictures img").last).to_have_attribute("alt", f"A {colour} field")


async def test_a_picture_that_gets_clearer_is_there_in_every_frame(stage: Stage) -> None:
    page = await stage.visit()
    message = await lounge(stage).send(file=drawing("teal"))
    await shows(page, "teal")
    await page.locator(".pictures img").evaluate("one => one.decode()")
    gate = await held_back(page, "gold")
    await page.evaluate(WATCH)
    await message.edit(content="Step 2", attachments=[drawing("gold")])
    await expect(page.locator(".message")).to_contain_text("Step 2")
    await shows(page, "teal")
    gate.set()
    await shows(page, "gold")
    await message.edit(attachments=[drawing("navy")])
    await shows(page, "navy")
    assert await page.evaluate(SEEN) == ["true,128,128"]


async def test_a_newer_picture_overtakes_one_that_is_still_loading(stage: Stage) -> None:
    page = await stage.visit()
    message = await lounge(stage).send(file=drawing("teal"))
    await shows(page, "teal")
    gate = await held_back(page, "gold")
    async with page.expect_request("**/gold.png**"):
        await message.edit(attachments=[drawing("gold")])
    await message.edit(attachments=[drawing("navy")])
    await shows(page, "navy")
    async with page.expect_request_finished(lambda request: "gold.png" in request.url):
        gate.set()
    await page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    await shows(page, "navy")


async def test_the_focus_stays_on_a_picture_that_changes(stage: Stage) -> None:
    page = await stage.visit()
    message = await lounge(stage).send(file=drawing("teal"))
    await page.get_by_role("button", name="Enlarge image: A teal field").focus()
    await message.edit(attachments=[drawing("gold")])
    await expect(page.get_by_role("button", name="Enlarge image: A gold field")).to_be_focused()


async def test_what_cannot_be_drawn_is_a_file_to_download(stage: Stage) -> None:
    page = await stage.visit()
    await lounge(stage).send(file=discord.File(io.BytesIO(b"no picture"), "broken.png"))
    await expect(page.get_by_role("link", name="Download broken.png")).to_be_visible()
    await expect(page.locator(".picture")).to_have_count(0)


async def test_apps_are_used_on_a_message_from_its_picture(stage: Stage) -> None:
    page = await stage.visit()
    await lounge(stage).send("By the sea", file=drawing())
    await page.get_by_role("button", name="Enlarge image: A teal field").click(button="right")
    await page.get_by_role("menuitem", name="Critique").click()
    await expect(page.locator(".message.ephemeral")).to_contain_text("Not bad: By the sea")
    await expect(page.locator(".message.ephemeral .lead")).to_have_text("AAda used Critique this")


async def test_a_long_touch_on_a_picture_opens_the_menu_and_not_the_picture(stage: Stage) -> None:
    page = await stage.visit(**PHONE)
    await lounge(stage).send("By the sea", file=drawing())
    picture = page.get_by_role("button", name="Enlarge image: A teal field")
    await picture.dispatch_event("pointerdown", {"pointerType": "touch", "clientX": 90, "clientY": 300})
    await expect(page.get_by_role("menuitem", name="Critique")).to_be_visible()
    await picture.dispatch_event("pointerup", {"pointerType": "touch"})
    await picture.dispatch_event("click")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await page.get_by_role("menuitem", name="Critique").click()
    await expect(page.locator(".message.ephemeral")).to_contain_text("Not bad: By the sea")


async def test_a_command_shows_the_picture_that_was_chosen_for_it(stage: Stage) -> None:
    page = await stage.visit()
    await page.get_by_placeholder("Message #").press_sequentially("/add ")
    async with page.expect_file_chooser() as chooser:
        await page.get_by_role("button", name="file: A text").click()
    chosen: FilePayload = {"name": "teal.png", "mimeType": "image/png", "buffer": drawing().fp.read()}
    await (await chooser.value).set_files(chosen)
    assert await page.locator(".pill img").evaluate("one => one.decode().then(() => one.naturalWidth)") == 128


async def test_a_place_for_adults_says_so_and_so_does_a_thread_in_it(stage: Stage) -> None:
    after_dark = stage.discord.channel("after-dark")
    stage.discord.member("Ada").start_thread(after_dark, "Later")
    page = await stage.visit()
    mark = page.locator(".chat-title").get_by_title("Age-restricted")
    await expect(mark).to_have_count(0)
    for name in ("after-dark", "Later"):
        await page.get_by_role("navigation", name="Channels").get_by_role("button", name=name).click()
        await expect(page.locator(".chat-title h2")).to_have_text(name)
        await expect(mark).to_have_text("18+")


async def test_only_a_picture_with_words_is_marked_as_having_them(stage: Stage) -> None:
    page = await stage.visit()
    await stage.discord.member("Ben").say(stage.discord.channel("lounge"), files=[("a.png", drawing().fp.read())])
    await lounge(stage).send(file=drawing())
    await expect(page.get_by_role("img", name="a.png")).to_be_visible()
    await expect(page.locator(".alt-mark")).to_have_count(1)
