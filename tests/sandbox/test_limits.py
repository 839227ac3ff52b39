"""Discord's limits on messages, with Discord's own error codes."""

from __future__ import annotations

import io
from collections.abc import Awaitable, Callable

import discord
import pytest

from sandbox import Sandbox
from tests.sandbox.bots import Bot, Start

Send = Callable[[discord.TextChannel], Awaitable[object]]


@pytest.fixture
async def lounge(sandbox: Sandbox, start: Start, bot: Bot) -> discord.TextChannel:
    """#lounge, as the bot holds it."""

    @bot.tree.command(description="Say hello")
    async def hello(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("hello")

    await start(bot)
    channel = bot.get_channel(sandbox.channel("lounge").id)
    assert isinstance(channel, discord.TextChannel)
    return channel


def buttons(count: int) -> discord.ui.View:
    view = discord.ui.View()
    for index in range(count):
        view.add_item(discord.ui.Button(label="Go", custom_id=f"go{index % 20}"))
    return view


def big_embeds(count: int) -> list[discord.Embed]:
    return [discord.Embed(description="x" * 3100) for _ in range(count)]


def file(size: int) -> discord.File:
    return discord.File(io.BytesIO(b"x" * size), "big.bin")


@pytest.mark.parametrize(
    ("send", "status", "code", "words"),
    [
        (lambda c: c.send("x" * 2001), 400, 50035, "Must be 2000 or fewer in length"),
        (lambda c: c.send(""), 400, 50006, "Cannot send an empty message"),
        (lambda c: c.send(" \n "), 400, 50006, "Cannot send an empty message"),
        (lambda c: c.send(embeds=big_embeds(2)), 400, 50035, "Embed size exceeds maximum size of 6000"),
        (lambda c: c.send(embed=discord.Embed(title="x" * 257)), 400, 50035, "Must be 256 or fewer"),
        (lambda c: c.send(view=buttons(21)), 400, 50035, "custom id cannot be duplicated"),
        (lambda c: c.send("x", file=file(10 * 2**20 + 1)), 413, 40005, "Request entity too large"),
        (lambda c: c.fetch_message(1), 404, 10008, "Unknown Message"),
        (lambda c: c.create_thread(name="x" * 101), 400, 50035, "Must be between 1 and 100"),
    ],
)
async def test_a_message_over_a_limit_is_refused(
    lounge: discord.TextChannel, send: Send, status: int, code: int, words: str
) -> None:
    with pytest.raises(discord.HTTPException, match=words) as refused:
        await send(lounge)
    assert (refused.value.status, refused.value.code) == (status, code)


async def test_two_thousand_characters_are_fine(sandbox: Sandbox, lounge: discord.TextChannel) -> None:
    await lounge.send("é" * 2000)
    assert len(sandbox.channel("lounge").messages[0].content) == 2000


async def test_an_edit_has_the_same_limits(lounge: discord.TextChannel) -> None:
    message = await lounge.send("short")
    with pytest.raises(discord.HTTPException, match="2000"):
        await message.edit(content="x" * 2001)
    with pytest.raises(discord.HTTPException, match="empty message"):
        await message.edit(content="")
    assert (await lounge.fetch_message(message.id)).content == "short"


async def test_a_layout_of_components_stands_alone(sandbox: Sandbox, lounge: discord.TextChannel) -> None:
    view = discord.ui.LayoutView()
    box: discord.ui.Container[discord.ui.LayoutView] = discord.ui.Container(
        discord.ui.TextDisplay("# A story"),
        discord.ui.Separator(),
        discord.ui.Section("words", accessory=discord.ui.Button(label="Go", custom_id="go")),
        discord.ui.MediaGallery(discord.MediaGalleryItem("attachment://a.txt")),
        accent_colour=discord.Colour.red(),
    )
    view.add_item(box)
    message = await lounge.send(view=view, file=discord.File(io.BytesIO(b"a"), "a.txt"))
    assert sandbox.channel("lounge").messages[0].labels == ["Go"]
    with pytest.raises(discord.HTTPException, match="cannot be used when using"):
        await message.edit(content="old style")


async def test_a_bot_edits_only_its_own_messages(sandbox: Sandbox, lounge: discord.TextChannel) -> None:
    said = await sandbox.member("Ben").say(sandbox.channel("lounge"), "mine")
    with pytest.raises(discord.Forbidden) as refused:
        await lounge.get_partial_message(said.id).edit(content="yours")
    assert refused.value.code == 50005


async def test_a_nonce_makes_a_message_once(sandbox: Sandbox, lounge: discord.TextChannel) -> None:
    path = discord.http.Route("POST", "/channels/{channel_id}/messages", channel_id=lounge.id)
    body = {"content": "once", "nonce": "job-7", "enforce_nonce": True}
    first = await lounge._state.http.request(path, json=body)
    second = await lounge._state.http.request(path, json=body)
    assert first["id"] == second["id"]
    assert len(sandbox.channel("lounge").messages) == 1


async def test_only_allowed_mentions_ping(sandbox: Sandbox, lounge: discord.TextChannel) -> None:
    ada, ben = sandbox.member("Ada"), sandbox.member("Ben")
    text = f"{ada.mention} {ben.mention} @everyone"
    await lounge.send(text, allowed_mentions=discord.AllowedMentions.none())
    await lounge.send(text, allowed_mentions=discord.AllowedMentions(everyone=False, users=[discord.Object(ada.id)]))
    await lounge.send(text)
    assert [m.mentions for m in sandbox.channel("lounge").messages] == [[], [ada], [ada, ben]]


async def test_a_reply_names_what_it_answers(sandbox: Sandbox, lounge: discord.TextChannel) -> None:
    said = await sandbox.member("Ben").say(sandbox.channel("lounge"), "a question")
    answer = await lounge.get_partial_message(said.id).reply("an answer", mention_author=False)
    assert answer.reference is not None
    assert sandbox.channel("lounge").messages[-1].reference == said
    with pytest.raises(discord.HTTPException, match="Unknown message"):
        await lounge.get_partial_message(1).reply("to nobody")


async def test_history_is_read_in_pages(sandbox: Sandbox, lounge: discord.TextChannel) -> None:
    ben = sandbox.member("Ben")
    for number in range(5):
        await ben.say(sandbox.channel("lounge"), str(number))
    newest = [message async for message in lounge.history(limit=2)]
    assert [m.content for m in newest] == ["4", "3"]
    assert [m.content async for m in lounge.history(before=newest[-1], limit=2)] == ["2", "1"]
    assert [m.content async for m in lounge.history(after=newest[-1], oldest_first=True)] == ["4"]


async def test_the_bot_reacts_types_and_deletes(sandbox: Sandbox, lounge: discord.TextChannel) -> None:
    said = await sandbox.member("Ben").say(sandbox.channel("lounge"), "a joke")
    message = await lounge.fetch_message(said.id)
    await message.add_reaction("😀")
    assert said.record.reactions == {"😀": [sandbox.bot.id]}
    await message.remove_reaction("😀", lounge.guild.me)
    await lounge.typing()
    await message.delete()
    assert said.deleted


async def test_an_interaction_is_acknowledged_once(sandbox: Sandbox, start: Start, bot: Bot) -> None:
    @bot.tree.command(description="Answer twice")
    async def twice(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("once")
        interaction.response._response_type = None
        await interaction.response.send_message("twice")

    await start(bot)
    await sandbox.member("Ada").slash(sandbox.channel("lounge"), "twice")
    error = await bot.errors.get()
    assert isinstance(error, discord.HTTPException)
    assert error.code == 40060


async def test_a_token_lives_fifteen_minutes(sandbox: Sandbox, start: Start, bot: Bot) -> None:
    @bot.tree.command(description="Take very long")
    async def long(interaction: discord.Interaction) -> None:
        await interaction.response.defer()
        sandbox.clock.advance(minutes=14)
        await interaction.edit_original_response(content="just in time")
        sandbox.clock.advance(minutes=2)
        await interaction.edit_original_response(content="too late")

    await start(bot)
    answer = await sandbox.member("Ada").slash(sandbox.channel("lounge"), "long")
    error = await bot.errors.get()
    assert isinstance(error, discord.HTTPException)
    assert (error.status, error.code) == (401, 50027)
    assert answer.content == "just in time"


async def test_autocomplete_offers_at_most_25(sandbox: Sandbox, start: Start, bot: Bot) -> None:
    @bot.tree.command(description="Offer too much")
    async def much(interaction: discord.Interaction, what: str) -> None:
        await interaction.response.send_message(what)

    @much.autocomplete("what")
    async def offer(interaction: discord.Interaction, current: str) -> list[discord.app_commands.Choice[str]]:
        choices = [discord.app_commands.Choice(name=str(i), value=str(i)) for i in range(26)]
        with pytest.raises(discord.HTTPException, match="Must be between 0 and 25"):
            await interaction.response.autocomplete(choices)
        interaction.response._response_type = None
        return choices[:25]

    await start(bot)
    choices = await sandbox.member("Ada").autocomplete(sandbox.channel("lounge"), "much", focused="what")
    assert len(choices) == 25
