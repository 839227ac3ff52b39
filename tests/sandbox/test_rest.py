"""Routes that a bot needs now and then: single commands, thread members, many deletes."""

from __future__ import annotations

from typing import Any

import discord
import pytest

from sandbox import Sandbox
from tests.sandbox.bots import Bot, Start


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


async def test_single_commands_are_added_changed_and_removed(
    sandbox: Sandbox, bot: Bot, lounge: discord.TextChannel
) -> None:
    http, application_id = bot.http, bot.application_id
    assert application_id is not None
    payload: Any = {"name": "wave", "description": "Wave", "type": 1}
    added = await http.upsert_global_command(application_id, payload)
    changed = await http.edit_global_command(application_id, int(added["id"]), {"description": "Wave back"})
    assert (changed["id"], changed["description"]) == (added["id"], "Wave back")
    assert [command.name for command in await bot.tree.fetch_commands()] == ["hello", "wave"]
    assert (await bot.tree.fetch_command(int(added["id"]))).name == "wave"
    await http.delete_global_command(application_id, int(added["id"]))
    with pytest.raises(discord.NotFound) as refused:
        await bot.tree.fetch_command(int(added["id"]))
    assert refused.value.code == 10063


async def test_a_command_keeps_its_id_when_it_is_pushed_again(bot: Bot, lounge: discord.TextChannel) -> None:
    (before,) = await bot.tree.fetch_commands()
    (after,) = await bot.tree.sync()
    assert before.id == after.id


async def test_people_come_and_go_in_threads(sandbox: Sandbox, bot: Bot, lounge: discord.TextChannel) -> None:
    thread = await lounge.create_thread(name="Talk", type=discord.ChannelType.public_thread)
    esra = sandbox.member("Esra")
    await thread.add_user(discord.Object(esra.id))
    assert {member.id for member in await thread.fetch_members()} == {sandbox.bot.id, esra.id}
    await thread.remove_user(discord.Object(esra.id))
    await thread.leave()
    assert await thread.fetch_members() == []
    await thread.join()
    assert [member.id for member in await thread.fetch_members()] == [sandbox.bot.id]


async def test_many_messages_are_deleted_at_once(sandbox: Sandbox, lounge: discord.TextChannel) -> None:
    sent = [await lounge.send(str(number)) for number in range(3)]
    await lounge.delete_messages(sent[:2])
    assert [m.content for m in sandbox.channel("lounge").messages] == ["2"]


async def test_follow_ups_are_read_changed_and_deleted(sandbox: Sandbox, lounge: discord.TextChannel, bot: Bot) -> None:
    @bot.tree.command(description="Follow up")
    async def follow(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("first")
        message = await interaction.followup.send("second", wait=True)
        assert (await interaction.followup.fetch_message(message.id)).content == "second"
        await message.edit(content="changed")
        await message.delete()
        await interaction.edit_original_response(content="done")

    await bot.tree.sync()
    answer = await sandbox.member("Ada").slash(sandbox.channel("lounge"), "follow")
    await answer.until(lambda m: m.content == "done")
    assert sandbox.channel("lounge").messages == [answer]


async def test_a_form_may_be_noted_and_followed_up(sandbox: Sandbox, lounge: discord.TextChannel, bot: Bot) -> None:
    class Form(discord.ui.Modal, title="Form"):
        words: discord.ui.TextInput[Form] = discord.ui.TextInput(label="Words")

        async def on_submit(self, interaction: discord.Interaction) -> None:
            await interaction.response.defer()
            await interaction.followup.send(self.words.value, ephemeral=True)

    @bot.tree.command(description="Open a form")
    async def form(interaction: discord.Interaction) -> None:
        await interaction.response.send_modal(Form())

    await bot.tree.sync()
    ada = sandbox.member("Ada")
    answer = await ada.submit(await ada.slash(sandbox.channel("lounge"), "form"), words="mine")
    assert (answer.content, answer.ephemeral) == ("mine", True)


async def test_a_form_with_labels_takes_choices_too(sandbox: Sandbox, lounge: discord.TextChannel, bot: Bot) -> None:
    class Form(discord.ui.Modal, title="Form"):
        mood: discord.ui.Label[Form] = discord.ui.Label(
            text="Mood", component=discord.ui.Select(options=[discord.SelectOption(label="Glad", value="g")])
        )
        about: discord.ui.Label[Form] = discord.ui.Label(text="About", component=discord.ui.TextInput(required=False))

        async def on_submit(self, interaction: discord.Interaction) -> None:
            mood, about = self.mood.component, self.about.component
            assert isinstance(mood, discord.ui.Select)
            assert isinstance(about, discord.ui.TextInput)
            await interaction.response.send_message(f"{mood.values[0]} {about.value}")

    @bot.tree.command(description="Open a form")
    async def form(interaction: discord.Interaction) -> None:
        await interaction.response.send_modal(Form())

    await bot.tree.sync()
    ada = sandbox.member("Ada")
    modal = await ada.slash(sandbox.channel("lounge"), "form")
    assert [field["label"] for field in modal.fields] == ["Mood", "About"]
    assert (await ada.submit(modal, mood="Glad", about="rain")).content == "g rain"


async def test_a_locked_thread_takes_nothing(sandbox: Sandbox, lounge: discord.TextChannel) -> None:
    thread = await lounge.create_thread(name="Over", type=discord.ChannelType.public_thread)
    await thread.edit(archived=True, locked=True)
    with pytest.raises(discord.HTTPException) as refused:
        await thread.send("one more")
    assert refused.value.code == 50083


async def test_in_an_archived_thread_nothing_is_changed_until_a_message_wakes_it(lounge: discord.TextChannel) -> None:
    thread = await lounge.create_thread(name="Asleep", type=discord.ChannelType.public_thread)
    message = await thread.send("one")
    await thread.edit(archived=True)
    with pytest.raises(discord.HTTPException) as refused:
        await message.edit(content="two")
    assert refused.value.code == 50083
    await thread.send("awake")
    assert (await message.edit(content="two")).content == "two"
