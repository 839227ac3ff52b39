"""The page's door, the files' door, and who is kept out."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import discord
import pytest

from sandbox import Sandbox
from tests.sandbox.bots import Bot, Start


class PageClient:
    """A page without a browser: sends frames and waits for those it expects."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket

    async def expect(self, kind: str, **fields: Any) -> dict[str, Any]:
        """Return the next frame of a type whose fields fit."""
        while True:
            frame: dict[str, Any] = await self._socket.receive_json(timeout=10)
            if frame["type"] == kind and all(frame.get(key) == value for key, value in fields.items()):
                return frame

    async def send(self, kind: str, **fields: Any) -> None:
        """Send a frame."""
        await self._socket.send_json({"type": kind} | fields)


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


@pytest.fixture
async def page(sandbox: Sandbox, session: aiohttp.ClientSession) -> AsyncIterator[PageClient]:
    """A page that acts as Ada."""
    address = f"{sandbox.url}/play/ws?member={sandbox.member('Ada').id}"
    async with session.ws_connect(address) as socket:
        yield PageClient(socket)


@pytest.fixture
async def talking(bot: Bot, start: Start) -> Bot:
    class Form(discord.ui.Modal, title="Form"):
        words: discord.ui.TextInput[Form] = discord.ui.TextInput(label="Words", custom_id="words")

        async def on_submit(self, interaction: discord.Interaction) -> None:
            await interaction.response.send_message(f"**{self.words.value}**", ephemeral=True)

    class Buttons(discord.ui.View):
        @discord.ui.button(label="Form", custom_id="form")
        async def form(self, interaction: discord.Interaction, button: discord.ui.Button[Buttons]) -> None:
            await interaction.response.send_modal(Form())

    @bot.tree.command(description="Say")
    async def say(interaction: discord.Interaction, words: str, file: discord.Attachment | None = None) -> None:
        name = file.filename if file else "nothing"
        await interaction.response.send_message(f"{words} {name}", view=Buttons(timeout=None))

    @say.autocomplete("words")
    async def complete(interaction: discord.Interaction, current: str) -> list[discord.app_commands.Choice[str]]:
        return [discord.app_commands.Choice(name=current * 2, value=current)]

    return await start(bot)


def command(hello: dict[str, Any], name: str) -> str:
    return next(str(c["id"]) for c in hello["commands"] if c["name"] == name)


async def test_the_page_is_greeted_with_its_world(sandbox: Sandbox, page: PageClient) -> None:
    hello = await page.expect("hello")
    assert hello["me"] == str(sandbox.member("Ada").id)
    assert [channel["name"] for channel in hello["channels"]][:3] == ["lounge", "story-night", "gallery"]
    assert {guild["name"] for guild in hello["guilds"]} == {"The Salon"}
    ada = next(member for member in hello["members"] if member["display_name"] == "Ada")
    assert (ada["bot"], hello["bot_online"]) == (False, False)


async def test_the_page_hears_who_may_manage_which_server(sandbox: Sandbox, page: PageClient) -> None:
    members = {member["display_name"]: member for member in (await page.expect("hello"))["members"]}
    salon, quiet = str(sandbox.guild_id()), str(sandbox.guild_id("Quiet Room"))
    assert members["Ada"]["admin_guild_ids"] == [salon]
    assert (members["Ben"]["guild_ids"], members["Ben"]["admin_guild_ids"]) == ([salon, quiet], [quiet])


async def test_a_message_goes_out_and_comes_back_rendered(sandbox: Sandbox, page: PageClient) -> None:
    lounge = str(sandbox.channel("lounge").id)
    await page.send("send_message", nonce="1", channel_id=lounge, content="**hi** <b>", uploads=[])
    created = await page.expect("message_create")
    assert created["message"]["html"].strip() == "<p><strong>hi</strong> &lt;b&gt;</p>"
    await page.expect("ack", nonce="1")
    await page.send("history", nonce="2", channel_id=lounge)
    history = await page.expect("history", nonce="2")
    assert [m["content"] for m in history["messages"]] == ["**hi** <b>"]
    assert not history["has_more"]
    await page.send("delete_message", nonce="3", channel_id=lounge, message_id=created["message"]["id"])
    assert (await page.expect("message_delete"))["id"] == created["message"]["id"]


async def test_a_command_with_a_file_a_button_and_a_form(
    sandbox: Sandbox, talking: Bot, page: PageClient, session: aiohttp.ClientSession
) -> None:
    hello, lounge = await page.expect("hello"), str(sandbox.channel("lounge").id)
    form = aiohttp.FormData()
    form.add_field("file", b"words", filename="a.txt", content_type="text/plain")
    async with session.post(f"{sandbox.url}/play/upload", data=form) as answer:
        uploaded = await answer.json()
    where = {"channel_id": lounge, "command_id": command(hello, "say"), "path": ["say"]}
    await page.send("autocomplete", nonce="1", **where, options={"words": "ha"}, focused="words")
    assert (await page.expect("autocomplete", nonce="1"))["choices"] == [{"name": "haha", "value": "ha"}]
    await page.send("command", nonce="2", **where, options={"words": "see", "file": uploaded["id"]})
    message = (await page.expect("message_create"))["message"]
    assert message["content"] == "see a.txt"
    await page.expect("ack", nonce="2")
    await page.send("component", nonce="3", channel_id=lounge, message_id=message["id"], custom_id="form")
    modal = await page.expect("modal", nonce="3")
    await page.send("modal_submit", nonce="4", interaction_id=modal["interaction_id"], values={"words": "so"})
    note = (await page.expect("message_create"))["message"]
    assert note["html"].strip() == "<p><strong>so</strong></p>"
    assert note["ephemeral_for"] == str(sandbox.member("Ada").id)
    await page.send("dismiss", nonce="5", message_id=note["id"])
    assert (await page.expect("message_delete"))["id"] == note["id"]


async def test_what_fails_says_why(sandbox: Sandbox, talking: Bot, page: PageClient) -> None:
    hello, lounge = await page.expect("hello"), str(sandbox.channel("lounge").id)
    where = {"channel_id": lounge, "command_id": command(hello, "say"), "path": ["say"]}
    await page.send("command", nonce="1", **where, options={})
    assert (await page.expect("failed", nonce="1"))["reason"] == "The option words is required."
    await page.send("component", nonce="2", channel_id=lounge, message_id="1", custom_id="x")
    assert (await page.expect("failed", nonce="2"))["reason"] == "This message is gone."
    await page.send("nonsense", nonce="3")
    assert (await page.expect("failed"))["reason"] == "The page sent something unknown."
    await page.send("send_message", nonce="4", channel_id=lounge, content="x" * 2001)
    assert (await page.expect("failed", nonce="4"))["reason"] == "Invalid Form Body"


async def test_a_bot_that_goes_silent_is_shown(sandbox: Sandbox, talking: Bot, page: PageClient) -> None:
    hello, lounge = await page.expect("hello"), str(sandbox.channel("lounge").id)
    assert hello["bot_online"]
    await talking.close()
    assert not (await page.expect("bot_status"))["online"]
    sandbox.core.interactions.ack_within_s = 0.05
    where = {"channel_id": lounge, "command_id": command(hello, "say"), "path": ["say"]}
    await page.send("command", nonce="1", **where, options={"words": "hello?"})
    assert (await page.expect("failed", nonce="1"))["reason"] == "The application did not respond"


async def test_direct_messages_are_opened_from_the_page(sandbox: Sandbox, page: PageClient) -> None:
    await page.send("open_dm", nonce="1", user_id=str(sandbox.bot.id))
    assert (await page.expect("channel_create", nonce="1"))["channel"]["type"] == 1


async def test_another_persons_note_stays_hers(sandbox: Sandbox, talking: Bot, page: PageClient) -> None:
    ben, lounge = sandbox.member("Ben"), sandbox.channel("lounge")
    message = await ben.slash(lounge, "say", words="x")
    note = await ben.submit(await ben.press(message, "Form"), words="mine")
    await page.send("history", nonce="1", channel_id=str(lounge.id))
    shown = await page.expect("history", nonce="1")
    assert str(note.id) not in [m["id"] for m in shown["messages"]]


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Host": "evil.example"}, {"Origin": "null"}])
async def test_other_sites_are_kept_out(
    sandbox: Sandbox, session: aiohttp.ClientSession, headers: dict[str, str]
) -> None:
    async with session.get(f"{sandbox.url}/play/ws", headers=headers) as answer:
        assert answer.status == 403


@pytest.mark.parametrize("path", ["..%2f__init__.py", "%2e%2e/person.py", "..%2f..%2fREADME.md", "/etc/passwd", "js"])
async def test_no_path_leads_out_of_the_page(sandbox: Sandbox, session: aiohttp.ClientSession, path: str) -> None:
    async with session.get(f"{sandbox.url}/play/static/{path}") as answer:
        assert answer.status == 404


async def test_files_never_run_in_the_page(sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
    said = await sandbox.member("Ada").say(sandbox.channel("lounge"), files=[("a.html", b"<script>"), ("é.png", b"x")])
    async with session.get(said.record.attachments[0].url) as answer:
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    async with session.get(said.record.attachments[1].url) as answer:
        assert answer.status == 200
    async with session.get(f"{sandbox.url}/cdn/attachments/1/2/a.txt") as answer:
        assert answer.status == 404


async def test_rest_wants_the_bots_token(sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
    async with session.get(f"{sandbox.api_url}/users/@me") as answer:
        assert (answer.status, await answer.json()) == (401, {"message": "401: Unauthorized", "code": 0})
    headers = {"Authorization": f"Bot {sandbox.token}"}
    async with session.get(f"{sandbox.api_url}/nowhere", headers=headers) as answer:
        assert answer.status == 404
    sandbox.violations.clear()
