"""The ways a bot may answer: at once, later, only to one, with buttons, with forms, with files."""

from __future__ import annotations

import io

import discord
import pytest

from sandbox import Modal, NotAnswered, Refused, Sandbox
from tests.sandbox.bots import Bot, Start


class Counter(discord.ui.View):
    """A button that counts, a button that asks, and a select."""

    @discord.ui.button(label="Count", custom_id="count")
    async def count(self, interaction: discord.Interaction, button: discord.ui.Button[Counter]) -> None:
        await interaction.response.edit_message(content="one", view=self)

    @discord.ui.button(label="Ask…", custom_id="ask")
    async def ask(self, interaction: discord.Interaction, button: discord.ui.Button[Counter]) -> None:
        await interaction.response.send_modal(Question())

    @discord.ui.button(label="Whisper", emoji="🤫", custom_id="whisper")
    async def whisper(self, interaction: discord.Interaction, button: discord.ui.Button[Counter]) -> None:
        await interaction.response.send_message("only you", ephemeral=True)

    @discord.ui.button(label="Later", custom_id="later")
    async def later(self, interaction: discord.Interaction, button: discord.ui.Button[Counter]) -> None:
        await interaction.response.defer()
        await interaction.edit_original_response(content="later", view=None)

    @discord.ui.select(
        custom_id="colour",
        max_values=2,
        options=[discord.SelectOption(label="Red", value="r"), discord.SelectOption(label="Blue", value="b")],
    )
    async def colour(self, interaction: discord.Interaction, select: discord.ui.Select[Counter]) -> None:
        await interaction.response.send_message("+".join(select.values))


class People(discord.ui.View):
    """One select for each kind of thing that ids stand for."""

    @discord.ui.select(cls=discord.ui.UserSelect, custom_id="who")
    async def who(self, interaction: discord.Interaction, select: discord.ui.UserSelect[People]) -> None:
        await interaction.response.send_message(f"user {select.values[0].display_name}")

    @discord.ui.select(cls=discord.ui.ChannelSelect, custom_id="where")
    async def where(self, interaction: discord.Interaction, select: discord.ui.ChannelSelect[People]) -> None:
        await interaction.response.send_message(f"channel {select.values[0].name}")

    @discord.ui.select(cls=discord.ui.RoleSelect, custom_id="what")
    async def what(self, interaction: discord.Interaction, select: discord.ui.RoleSelect[People]) -> None:
        await interaction.response.send_message(f"role {select.values[0].name}")


class Question(discord.ui.Modal, title="A question"):
    """One short text and one long one."""

    first: discord.ui.TextInput[Question] = discord.ui.TextInput(label="Your name", custom_id="first", default="Ada")
    second: discord.ui.TextInput[Question] = discord.ui.TextInput(
        label="Why", custom_id="second", required=False, max_length=10, style=discord.TextStyle.long
    )

    async def on_submit(self, interaction: discord.Interaction) -> None:
        """Say what was typed."""
        await interaction.response.send_message(f"{self.first.value}: {self.second.value}")


@pytest.fixture
async def counting(bot: Bot, start: Start) -> Bot:
    @bot.tree.command(description="Post the buttons")
    async def counter(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("zero", view=Counter(timeout=None))

    @bot.tree.command(description="Post the selects")
    async def choosers(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("choose", view=People(timeout=None))

    @bot.tree.command(description="Open the form")
    async def form(interaction: discord.Interaction) -> None:
        await interaction.response.send_modal(Question())

    return await start(bot)


async def test_a_deferred_answer_grows_by_edits(sandbox: Sandbox, start: Start, bot: Bot) -> None:
    @bot.tree.command(description="Think, then speak")
    async def story(interaction: discord.Interaction) -> None:
        await interaction.response.defer()
        for text in ("Once", "Once upon", "Once upon a time"):
            await interaction.edit_original_response(content=text)

    await start(bot)
    answer = await sandbox.member("Ada").slash(sandbox.channel("lounge"), "story")
    final = await answer.until(lambda m: m.content.endswith("time"))
    assert final.edits == ["", "Once", "Once upon"]


async def test_a_button_edits_its_message(sandbox: Sandbox, counting: Bot) -> None:
    ada = sandbox.member("Ada")
    message = await ada.slash(sandbox.channel("lounge"), "counter")
    assert message.labels == ["Count", "Ask…", "Whisper", "Later"]
    assert await ada.press(message, "Count") == message
    assert message.content == "one"


async def test_a_button_may_be_noted_first_and_answered_later(sandbox: Sandbox, counting: Bot) -> None:
    ada = sandbox.member("Ada")
    message = await ada.slash(sandbox.channel("lounge"), "counter")
    await ada.press(message, "Later")
    await message.until(lambda m: m.content == "later")
    assert message.labels == []


async def test_an_ephemeral_note_is_seen_by_one_person_only(sandbox: Sandbox, counting: Bot) -> None:
    ada, ben, lounge = sandbox.member("Ada"), sandbox.member("Ben"), sandbox.channel("lounge")
    message = await ada.slash(lounge, "counter")
    note = await ben.press(message, "🤫")
    assert note.ephemeral
    assert note in ben.sees(lounge)
    assert note not in ada.sees(lounge)
    assert note.reference == message


async def test_a_modal_is_filled_in_and_submitted(sandbox: Sandbox, counting: Bot) -> None:
    ada = sandbox.member("Ada")
    modal = await ada.slash(sandbox.channel("lounge"), "form")
    assert isinstance(modal, Modal)
    assert modal.title == "A question"
    assert modal.values == {"first": "Ada", "second": ""}
    answer = await ada.submit(modal, second="because")
    assert answer.content == "Ada: because"


async def test_a_button_may_open_a_modal(sandbox: Sandbox, counting: Bot) -> None:
    ben = sandbox.member("Ben")
    message = await ben.slash(sandbox.channel("lounge"), "counter")
    answer = await ben.submit(await ben.press(message, "Ask…"), your_name="Ben", why="so")
    assert answer.content == "Ben: so"


async def test_a_text_over_its_limit_never_leaves_the_form(sandbox: Sandbox, counting: Bot) -> None:
    ada = sandbox.member("Ada")
    modal = await ada.slash(sandbox.channel("lounge"), "form")
    with pytest.raises(Refused, match="Why takes 0 to 10 characters"):
        await ada.submit(modal, second="x" * 11)


async def test_a_select_gives_its_values(sandbox: Sandbox, counting: Bot) -> None:
    ada = sandbox.member("Ada")
    message = await ada.slash(sandbox.channel("lounge"), "counter")
    assert (await ada.choose(message, ["r", "Blue"])).content == "r+b"


async def test_selects_offer_people_channels_and_roles(sandbox: Sandbox, counting: Bot) -> None:
    ada = sandbox.member("Ada")
    message = await ada.slash(sandbox.channel("lounge"), "choosers")
    chosen = [("who", sandbox.member("Ben")), ("where", sandbox.channel("gallery"))]
    answers = [(await ada.choose(message, [value], custom_id=name)).content for name, value in chosen]
    assert answers == ["user Ben", "channel gallery"]
    salon_hosts = next(g for g in counting.guilds if g.name == "The Salon").roles
    hosts = next(role for role in salon_hosts if role.name == "Hosts")
    assert (await ada.choose(message, [hosts.id], custom_id="what")).content == "role Hosts"


async def test_files_go_both_ways(sandbox: Sandbox, start: Start, bot: Bot) -> None:
    @bot.tree.command(description="Turn a text upside down")
    async def reverse(interaction: discord.Interaction, text: discord.Attachment) -> None:
        content = await text.read()
        file = discord.File(io.BytesIO(content[::-1]), "back.txt", description="the text, backwards")
        await interaction.response.send_message("done", file=file)

    await start(bot)
    answer = await sandbox.member("Ada").slash(sandbox.channel("lounge"), "reverse", text=("a.txt", b"abc"))
    assert [(f.filename, f.content, f.description) for f in answer.files] == [
        ("back.txt", b"cba", "the text, backwards")
    ]


async def test_an_edit_keeps_and_replaces_files(sandbox: Sandbox, start: Start, bot: Bot) -> None:
    @bot.tree.command(description="Change the files")
    async def files(interaction: discord.Interaction) -> None:
        both = [discord.File(io.BytesIO(b"1"), "one.txt"), discord.File(io.BytesIO(b"2"), "two.txt")]
        await interaction.response.send_message("two files", files=both)
        message = await interaction.original_response()
        new = discord.File(io.BytesIO(b"3"), "three.txt")
        await interaction.edit_original_response(content="changed", attachments=[message.attachments[1], new])

    await start(bot)
    answer = await sandbox.member("Ada").slash(sandbox.channel("lounge"), "files")
    await answer.until(lambda m: m.content == "changed")
    assert [f.filename for f in answer.files] == ["two.txt", "three.txt"]


async def test_the_first_follow_up_takes_the_place_of_thinking(sandbox: Sandbox, start: Start, bot: Bot) -> None:
    @bot.tree.command(description="Follow up twice")
    async def twice(interaction: discord.Interaction) -> None:
        await interaction.response.defer(ephemeral=True)
        await interaction.followup.send("first")
        await interaction.followup.send("second", ephemeral=True)

    await start(bot)
    ada, lounge = sandbox.member("Ada"), sandbox.channel("lounge")
    answer = await ada.slash(lounge, "twice")
    second = await ada.next_message(lounge, lambda m: m.content == "second")
    assert (answer.content, answer.ephemeral) == ("first", True)
    assert ada.sees(lounge) == [answer, second]


async def test_a_deferral_that_was_taken_back_is_followed_by_a_new_message(
    sandbox: Sandbox, start: Start, bot: Bot
) -> None:
    @bot.tree.command(description="Think again")
    async def again(interaction: discord.Interaction) -> None:
        await interaction.response.defer()
        await interaction.delete_original_response()
        await interaction.followup.send("anew")

    await start(bot)
    lounge = sandbox.channel("lounge")
    await sandbox.member("Ada").begin(lounge, "again")
    assert (await lounge.next_message()).content == "anew"


async def test_an_answer_can_be_read_and_taken_back(sandbox: Sandbox, start: Start, bot: Bot) -> None:
    @bot.tree.command(description="Regret")
    async def regret(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("oh")
        message = await interaction.original_response()
        assert message.content == "oh"
        await interaction.delete_original_response()

    await start(bot)
    lounge = sandbox.channel("lounge")
    answer = await sandbox.member("Ada").slash(lounge, "regret")
    await answer.until(lambda m: m.deleted)
    assert lounge.messages == []


async def test_a_bot_that_is_silent_for_three_seconds_has_lost(sandbox: Sandbox, start: Start, bot: Bot) -> None:
    @bot.tree.command(description="Sleep")
    async def sleep(interaction: discord.Interaction) -> None:
        sandbox.clock.advance(3.1)
        await interaction.response.send_message("too late")

    await start(bot)
    with pytest.raises(NotAnswered, match="The application did not respond"):
        await sandbox.member("Ada").slash(sandbox.channel("lounge"), "sleep")
    error = await bot.errors.get()
    assert isinstance(error, discord.NotFound)
    assert error.code == 10062
