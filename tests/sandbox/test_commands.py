"""Slash commands: from a person's keyboard to a real discord.py bot and back."""

from __future__ import annotations

import discord
import pytest
from discord import app_commands

from sandbox import Refused, Sandbox
from tests.sandbox.bots import Bot, Start


async def test_a_bot_logs_in_and_knows_its_servers(sandbox: Sandbox, start: Start, bot: Bot) -> None:
    @bot.tree.command(description="Say hello")
    async def hello(interaction: discord.Interaction) -> None:
        await interaction.response.send_message(f"Hello, {interaction.user.display_name}!")

    await start(bot)
    assert sorted(guild.name for guild in bot.guilds) == ["Quiet Room", "The Salon"]
    salon = bot.get_guild(sandbox.guild_id())
    assert salon is not None
    assert salon.get_member(sandbox.member("Ada").id) is not None
    answer = await sandbox.member("Ada").slash(sandbox.channel("lounge"), "hello")
    assert answer.content == "Hello, Ada!"
    assert answer.author == sandbox.bot


async def test_every_type_of_option_arrives_as_what_it_is(sandbox: Sandbox, start: Start, bot: Bot) -> None:
    @bot.tree.command(description="Take everything")
    async def everything(
        interaction: discord.Interaction,
        text: app_commands.Range[str, 1, 20],
        whole: app_commands.Range[int, 1, 9],
        part: float,
        yes: bool,
        member: discord.Member,
        place: discord.TextChannel,
        role: discord.Role,
        either: discord.Member | discord.Role,
        file: discord.Attachment,
    ) -> None:
        said = [text, whole, part, yes, member.name, place.name, role.name, either.name, file.filename]
        await interaction.response.send_message(" ".join(map(str, said)))

    await start(bot)
    ada, lounge = sandbox.member("Ada"), sandbox.channel("lounge")
    ben, role_id = sandbox.member("Ben"), sandbox.guild_id()
    answer = await ada.slash(
        lounge, "everything", text="words", whole=3, part=0.5, yes=True, member=ben, place=sandbox.channel("gallery"),
        role=role_id, either=ben, file=("a.txt", b"a"),
    )  # fmt: skip
    assert answer.content == "words 3 0.5 True ben gallery @everyone ben a.txt"


async def test_subcommands_lie_in_groups(sandbox: Sandbox, start: Start, bot: Bot) -> None:
    group = app_commands.Group(name="story", description="Stories")
    inner = app_commands.Group(name="note", description="Notes", parent=group)

    @group.command(description="Start")
    async def begin(interaction: discord.Interaction, title: str) -> None:
        await interaction.response.send_message(title)

    @inner.command(description="Show")
    async def show(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("a note")

    bot.tree.add_command(group)
    await start(bot)
    ada, lounge = sandbox.member("Ada"), sandbox.channel("lounge")
    assert (await ada.slash(lounge, "story begin", title="The Lighthouse")).content == "The Lighthouse"
    assert (await ada.slash(lounge, "story note show")).content == "a note"
    with pytest.raises(Refused, match="needs a subcommand"):
        await ada.slash(lounge, "story")


@app_commands.command(description="Draw")
@app_commands.choices(size=[app_commands.Choice(name="small", value=1), app_commands.Choice(name="large", value=2)])
async def draw(interaction: discord.Interaction, what: app_commands.Range[str, 3, 5], size: int = 1) -> None:
    await interaction.response.send_message(f"{what} {size}")


@draw.autocomplete("what")
async def complete_what(interaction: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
    words = ("tree", "train", "boat")
    return [app_commands.Choice(name=word.title(), value=word) for word in words if word.startswith(current)]


@pytest.fixture
async def drawing(bot: Bot, start: Start) -> Bot:
    bot.tree.add_command(draw)
    return await start(bot)


async def test_choices_are_taken_by_name_or_value(sandbox: Sandbox, drawing: Bot) -> None:
    ada, lounge = sandbox.member("Ada"), sandbox.channel("lounge")
    assert (await ada.slash(lounge, "draw", what="tree", size="large")).content == "tree 2"
    assert (await ada.slash(lounge, "draw", what="tree", size=2)).content == "tree 2"


async def test_autocomplete_offers_what_fits_so_far(sandbox: Sandbox, drawing: Bot) -> None:
    choices = await sandbox.member("Ada").autocomplete(sandbox.channel("lounge"), "draw", focused="what", what="tr")
    assert [choice["value"] for choice in choices] == ["tree", "train"]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({}, "what is required"),
        ({"what": "tr"}, "takes 3 to 5 characters"),
        ({"what": "tree", "size": "huge"}, "huge is no choice"),
        ({"what": "tree", "colour": "red"}, "no such option: colour"),
    ],
)
async def test_discords_client_refuses_what_does_not_fit(
    sandbox: Sandbox, drawing: Bot, options: dict[str, str], sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        await sandbox.member("Ada").slash(sandbox.channel("lounge"), "draw", **options)


async def test_context_commands_work_on_messages_and_people(sandbox: Sandbox, start: Start, bot: Bot) -> None:
    @bot.tree.context_menu(name="Critique this")
    async def critique(interaction: discord.Interaction, message: discord.Message) -> None:
        await interaction.response.send_message(f"about {message.content}")

    @bot.tree.context_menu(name="Greet")
    async def greet(interaction: discord.Interaction, member: discord.Member) -> None:
        await interaction.response.send_message(f"hello {member.display_name}")

    await start(bot)
    ada, ben, lounge = sandbox.member("Ada"), sandbox.member("Ben"), sandbox.channel("lounge")
    message = await ben.say(lounge, "my poem")
    assert (await ada.use_on(message, "Critique this")).content == "about my poem"
    assert (await ada.use_on(ben, "Greet", lounge)).content == "hello Ben"


async def test_commands_are_offered_to_those_who_may_use_them(sandbox: Sandbox, start: Start, bot: Bot) -> None:
    @bot.tree.command(description="For hosts")
    @app_commands.default_permissions(manage_guild=True)
    async def settings(interaction: discord.Interaction) -> None:
        assert interaction.permissions.manage_guild
        await interaction.response.send_message("settings")

    @bot.tree.command(description="For adults", nsfw=True)
    async def dark(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("dark")

    @bot.tree.command(description="Not in direct messages")
    @app_commands.guild_only()
    async def here(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("here")

    await start(bot)
    ada, ben, lounge = sandbox.member("Ada"), sandbox.member("Ben"), sandbox.channel("lounge")
    assert ada.commands(lounge) == ["settings", "here"]
    assert ben.commands(lounge) == ["here"]
    assert ben.commands(sandbox.channel("after-dark")) == ["dark", "here"]
    assert ben.commands(ben.direct()) == ["settings", "dark"]
    with pytest.raises(Refused, match="no such command"):
        await ben.slash(lounge, "settings")


async def test_commands_work_in_direct_messages(sandbox: Sandbox, start: Start, bot: Bot) -> None:
    @bot.tree.command(description="Where are we")
    async def where(interaction: discord.Interaction) -> None:
        await interaction.response.send_message(str(interaction.guild))

    await start(bot)
    ada = sandbox.member("Ada")
    assert (await ada.slash(ada.direct(), "where")).content == "None"


async def test_a_servers_own_commands_exist_only_there(sandbox: Sandbox, start: Start, bot: Bot) -> None:
    salon = discord.Object(sandbox.guild_id())

    @bot.tree.command(description="Only in The Salon", guild=salon)
    async def local(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("local")

    @bot.tree.command(description="Everywhere")
    async def everywhere(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("everywhere")

    await start(bot)
    await bot.tree.sync(guild=salon)
    ben = sandbox.member("Ben")
    assert ben.commands(sandbox.channel("lounge")) == ["local", "everywhere"]
    assert ben.commands(sandbox.channel("library")) == ["everywhere"]
    assert (await ben.slash(sandbox.channel("lounge"), "local")).content == "local"
