"""The gateway: what a bot hears, and how it finds back after a broken line."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
import discord
import pytest
from discord.gateway import DiscordWebSocket

from sandbox import Sandbox
from sandbox.gateway.socket import ACK_AFTER_S
from tests.sandbox.bots import Bot, Start


class Listening(Bot):
    """Keeps the messages it hears."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.messages_heard: asyncio.Queue[discord.Message] = asyncio.Queue()

        @self.tree.command(description="Say hello")
        async def hello(interaction: discord.Interaction) -> None:
            await interaction.response.send_message("hello")

    async def on_message(self, message: discord.Message) -> None:
        """Keep it."""
        await self.messages_heard.put(message)


@pytest.fixture
async def listening(start: Start) -> Listening:
    bot = Listening()
    await start(bot)
    return bot


async def test_a_bot_hears_what_people_say(sandbox: Sandbox, listening: Listening) -> None:
    await sandbox.member("Ben").say(sandbox.channel("lounge"), "good evening", files=[("a.txt", b"a")])
    message = await listening.messages_heard.get()
    assert (message.content, message.author.display_name) == ("good evening", "Ben")
    assert await message.attachments[0].read() == b"a"


async def test_without_the_intent_a_message_has_no_words(sandbox: Sandbox, start: Start) -> None:
    bot = Listening(intents=discord.Intents.default())
    await start(bot)
    ben, lounge = sandbox.member("Ben"), sandbox.channel("lounge")
    await ben.say(lounge, "a secret")
    await ben.say(lounge, f"{sandbox.bot.mention} listen")
    assert [(await bot.messages_heard.get()).content for _ in range(2)] == ["", f"{sandbox.bot.mention} listen"]


async def test_a_cut_line_is_resumed_and_nothing_is_missed(sandbox: Sandbox, listening: Listening) -> None:
    sandbox.faults.drop_gateway()
    await sandbox.member("Ben").say(sandbox.channel("lounge"), "are you there?")
    assert (await listening.messages_heard.get()).content == "are you there?"
    assert listening.resumed.is_set()
    assert listening.heard.count("READY") == 1


async def test_a_bot_reconnects_when_asked(sandbox: Sandbox, listening: Listening) -> None:
    sandbox.faults.reconnect()
    await listening.resumed.wait()
    assert (await sandbox.member("Ada").slash(sandbox.channel("lounge"), "hello")).content == "hello"


async def test_an_invalid_session_starts_anew(sandbox: Sandbox, listening: Listening) -> None:
    sandbox.faults.invalidate_session()
    await listening.wait_for("connect", timeout=10)
    assert not listening.resumed.is_set()
    assert listening.heard.count("READY") == 2


async def test_a_wrong_token_is_refused(sandbox: Sandbox, pointed_home: None) -> None:
    bot = Listening()
    async with bot:
        with pytest.raises(discord.LoginFailure):
            await bot.start("wrong")


async def test_members_are_sent_in_chunks_when_asked(sandbox: Sandbox, listening: Listening) -> None:
    guild = listening.get_guild(sandbox.guild_id())
    assert guild is not None
    found = await guild.query_members("es", limit=5)
    assert [member.display_name for member in found] == ["Esra"]
    by_id = await guild.query_members(user_ids=[sandbox.member("Femi").id, 1])
    assert [member.display_name for member in by_id] == ["Femi"]


class Sharded(discord.AutoShardedClient):
    """Two shards that identify at once."""

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Identify at once: the library's five seconds are for Discord's own limit."""


async def test_a_sharded_bot_hears_each_server_on_one_shard(sandbox: Sandbox, pointed_home: None) -> None:
    bot = Sharded(intents=discord.Intents.default(), shard_count=2, guild_ready_timeout=0.05)
    async with bot:
        await bot.login(sandbox.token)
        task = asyncio.create_task(bot.connect())
        await bot.wait_until_ready()
        assert len(bot.guilds) == 2
        assert all(guild.shard_id == (guild.id >> 22) % 2 for guild in bot.guilds)
    await asyncio.wait([task])


async def test_a_heartbeat_is_not_answered_before_its_sender_can_have_noted_when_it_was_sent(sandbox: Sandbox) -> None:
    now = asyncio.get_running_loop().time
    async with aiohttp.ClientSession() as session, session.ws_connect(sandbox.gateway_url) as socket:
        assert (await socket.receive_json())["op"] == 10
        sent = now()
        await socket.send_json({"op": 1, "d": None})
        assert (await socket.receive_json())["op"] == 11
        assert now() - sent >= ACK_AFTER_S


@pytest.mark.parametrize("compress", [True, False])
async def test_frames_come_compressed_or_plain(sandbox: Sandbox, pointed_home: None, compress: bool) -> None:
    bot = Listening()
    async with bot:
        await bot.login(sandbox.token)
        socket = await DiscordWebSocket.from_client(bot, compress=compress)
        while "READY" not in bot.heard:
            await socket.poll_event()
            await asyncio.sleep(0)
        await socket.close()


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ("this is no JSON", 4002),
        ('{"op": 99, "d": null}', 4003),
        ('{"op": 2, "d": {"token": "wrong"}}', 4004),
        ('{"op": 2, "d": {"token": "sandbox-bot-token", "intents": 0, "shard": [2, 2]}}', 4010),
    ],
)
async def test_a_bad_frame_closes_the_line_with_a_reason(sandbox: Sandbox, frame: str, code: int) -> None:
    async with aiohttp.ClientSession() as session, session.ws_connect(sandbox.gateway_url) as socket:
        assert (await socket.receive_json())["op"] == 10
        await socket.send_str(frame)
        await socket.receive()
        assert socket.close_code == code
