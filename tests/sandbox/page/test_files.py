"""Files on their way into the sandbox."""

from __future__ import annotations

import pytest
from playwright.async_api import FilePayload, Page, expect

from tests.sandbox.page.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")

STORY: FilePayload = {"name": "story.txt", "mimeType": "text/plain", "buffer": b"Once"}
DROP = """(target, kind) => {
  const data = new DataTransfer();
  data.items.add(new File(["Once"], "story.txt", { type: "text/plain" }));
  const how = { bubbles: true, cancelable: true };
  const event = kind === "paste" ? new ClipboardEvent("paste", { clipboardData: data, ...how })
    : new DragEvent("drop", { dataTransfer: data, ...how });
  target.dispatchEvent(event);
}"""


async def choose_file(page: Page, button: str) -> None:
    """Press a button that opens the browser's dialog for files, and choose the story."""
    async with page.expect_file_chooser() as chooser:
        await page.get_by_role("button", name=button).click()
    await (await chooser.value).set_files(STORY)


async def test_a_file_goes_with_a_message(stage: Stage) -> None:
    ben, ada = await stage.visit("Ben"), await stage.visit("Ada")
    await choose_file(ada, "Upload a file")
    await expect(ada.get_by_role("list", name="Files to send")).to_contain_text("story.txt")
    await ada.get_by_placeholder("Message #").fill("Read this")
    await ada.keyboard.press("Enter")
    message = ben.locator(".message", has_text="Read this")
    await expect(message.locator(".file")).to_contain_text("story.txt")
    await expect(ada.get_by_role("list", name="Files to send")).to_have_count(0)
    await ben.bring_to_front()
    async with ben.expect_download() as download:
        await message.get_by_role("link", name="Download story.txt").click()
    assert (await (await download.value).path()).read_bytes() == b"Once"


@pytest.mark.parametrize("kind", ["paste", "drop"])
async def test_files_also_come_by_hand_and_can_be_taken_away_again(stage: Stage, kind: str) -> None:
    page = await stage.visit()
    await page.get_by_placeholder("Message #").evaluate(DROP, kind)
    await expect(page.get_by_role("list", name="Files to send")).to_contain_text("story.txt")
    await page.get_by_role("button", name="Remove story.txt").click()
    await expect(page.get_by_role("list", name="Files to send")).to_have_count(0)


@pytest.mark.parametrize("kind", ["dialog", "paste", "drop"])
async def test_a_file_fills_a_commands_option(stage: Stage, kind: str) -> None:
    page = await stage.visit()
    await page.get_by_placeholder("Message #").press_sequentially("/add ")
    if kind == "dialog":
        await choose_file(page, "file: A text")
    else:
        await page.get_by_role("button", name="file: A text").evaluate(DROP, kind)
    await page.get_by_role("combobox", name="1 more options").click()
    await page.get_by_role("option", name="by").click()
    await page.keyboard.type("ben")
    await page.keyboard.press("Enter")
    await page.keyboard.press("Enter")
    await expect(page.locator(".message")).to_contain_text("story.txt by ben: Once")


async def test_enter_sends_a_command_whose_file_is_chosen(stage: Stage) -> None:
    page = await stage.visit()
    await page.get_by_placeholder("Message #").press_sequentially("/add ")
    await choose_file(page, "file: A text")
    await expect(page.get_by_role("button", name="file: story.txt")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.locator(".message")).to_contain_text("story.txt by nobody: Once")


async def test_a_file_that_is_too_large_is_refused_by_name(stage: Stage) -> None:
    page = await stage.visit()
    large = "() => new Uint8Array(11 * 1024 * 1024)"
    await page.get_by_placeholder("Message #").evaluate(DROP.replace('["Once"]', f"[({large})()]"), "drop")
    await expect(page.locator(".composer-error")).to_contain_text("story.txt is too large: 11.00 MB")
    await expect(page.get_by_role("list", name="Files to send")).to_have_count(0)
