"""A very small real bot: one command for each thing that the page must be able to show."""

from __future__ import annotations

import asyncio
import io
from typing import Any

import discord
from discord import app_commands
from PIL import Image

Interaction = discord.Interaction[discord.Client]
STORIES = ("The Lighthouse", "The Bees", "<b>Moss</b>")
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63606060f80f000104"
    "0100a2a4a1f40000000049454e44ae426082"
)


class SteerForm(discord.ui.Modal, title="Steer the story"):
    """A modal with a long and a short input."""

    wish: discord.ui.TextInput[SteerForm] = discord.ui.TextInput(
        label="Where should it go?", style=discord.TextStyle.paragraph, min_length=5, max_length=100
    )
    name: discord.ui.TextInput[SteerForm] = discord.ui.TextInput(
        label="Chapter", default="One", required=False, max_length=20
    )

    async def on_submit(self, interaction: Interaction) -> None:
        """Say back what was written."""
        await interaction.response.send_message(f"Steered: {self.wish.value}")


class Desk(discord.ui.View):
    """Buttons of all styles, and a select."""

    def __init__(self) -> None:
        super().__init__(timeout=None)
        self.add_item(discord.ui.Button(label="Docs", url="https://example.org/docs"))

    @discord.ui.button(label="Count", style=discord.ButtonStyle.primary, emoji="✨", custom_id="count")
    async def count(self, interaction: Interaction, button: discord.ui.Button[Desk]) -> None:
        """Edit the message in place."""
        assert interaction.message is not None
        number = int(interaction.message.content.split()[-1]) + 1
        await interaction.response.edit_message(content=f"Counted to {number}")

    @discord.ui.button(label="Steer…", style=discord.ButtonStyle.success, custom_id="steer")
    async def steer(self, interaction: Interaction, button: discord.ui.Button[Desk]) -> None:
        """Open a modal."""
        await interaction.response.send_modal(SteerForm())

    @discord.ui.button(label="Silent", style=discord.ButtonStyle.danger, custom_id="silent")
    async def silent(self, interaction: Interaction, button: discord.ui.Button[Desk]) -> None:
        """Never answer."""

    @discord.ui.button(label="Closed", style=discord.ButtonStyle.secondary, custom_id="closed", disabled=True)
    async def closed(self, interaction: Interaction, button: discord.ui.Button[Desk]) -> None:
        """Cannot be pressed."""

    @discord.ui.select(
        placeholder="Go to a branch",
        custom_id="branch",
        options=[
            discord.SelectOption(label="The storm", description="12 passages"),
            discord.SelectOption(label="Calm"),
        ],
    )
    async def branch(self, interaction: Interaction, select: discord.ui.Select[Desk]) -> None:
        """Say what was chosen."""
        await interaction.response.send_message(f"Went to {select.values[0]}")


class TinyBot(discord.Client):
    """Answers its few commands and nothing else; `gate` holds back the end of `/think`."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents.default(), guild_ready_timeout=0, max_messages=None)
        self.tree = app_commands.CommandTree(self)
        self.gate = asyncio.Event()
        commands: list[Any] = [story, think, whisper, desk, card, drawing, silent, roll, add, note, who]
        for command in commands:
            self.tree.add_command(command)
        self.tree.add_command(app_commands.ContextMenu(name="Critique this", callback=critique))

    async def setup_hook(self) -> None:
        """Push the commands."""
        await self.tree.sync()


story = app_commands.Group(name="story", description="Stories written together")


@story.command(name="start", description="Begin a story")
@app_commands.describe(
    title="What it is called", opening="Its first words", style="How it sounds", alone="Only for you"
)
@app_commands.choices(style=[app_commands.Choice(name=n, value=n.lower()) for n in ("Plain", "Gothic", "<i>Odd</i>")])
async def start(
    interaction: Interaction,
    title: app_commands.Range[str, 1, 40],
    opening: str = "",
    style: str = "plain",
    alone: bool = False,
) -> None:
    """Say what was asked."""
    await interaction.response.send_message(f"Started {title} ({style}, alone={alone}): {opening}")


@story.command(name="read", description="Read a story back")
@app_commands.describe(story="Which one")
async def read(interaction: Interaction, story: str) -> None:
    """Say which."""
    await interaction.response.send_message(f"Reading {story}", allowed_mentions=discord.AllowedMentions.none())


@read.autocomplete("story")
async def stories(interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
    """Offer the stories that fit."""
    return [app_commands.Choice(name=n, value=n) for n in STORIES if current.lower() in n.lower()]


@app_commands.command(description="Think for as long as the test wants")
async def think(interaction: Interaction) -> None:
    """Defer, show the first words, then the rest."""
    await interaction.response.defer()
    assert isinstance(interaction.client, TinyBot)
    await interaction.client.gate.wait()
    await interaction.edit_original_response(content="Once")
    await interaction.edit_original_response(content="Once upon a time\n" * 60)
    assert isinstance(interaction.channel, discord.TextChannel)
    await interaction.channel.typing()


@app_commands.command(description="Say something to one person only")
async def whisper(interaction: Interaction) -> None:
    """Answer privately."""
    await interaction.response.send_message("Between us", ephemeral=True)


@app_commands.command(description="Show every kind of control")
async def desk(interaction: Interaction) -> None:
    """Answer with buttons."""
    await interaction.response.send_message("Counted to 0", view=Desk())


@app_commands.command(description="Show a card")
@app_commands.describe(title="Its title")
async def card(interaction: Interaction, title: str = "The Lighthouse") -> None:
    """Answer with an embed and files."""
    embed = discord.Embed(title=title, description=f"**{title}**", colour=0xE67E22)
    embed.set_author(name=title).set_footer(text=title).add_field(name=title, value=f"*{title}*")
    files = [
        discord.File(io.BytesIO(PIXEL), "evening.png", description="A violet evening"),
        discord.File(io.BytesIO(b"once"), "story.txt"),
    ]
    await interaction.response.send_message(embed=embed, files=files)


@app_commands.command(description="Show a drawing")
async def drawing(interaction: Interaction) -> None:
    """Answer with a large picture in an embed."""
    large = io.BytesIO()
    Image.new("RGB", (400, 240), "teal").save(large, "PNG")
    large.seek(0)
    embed = discord.Embed(title="A drawing").set_image(url="attachment://drawing.png")
    await interaction.response.send_message(embed=embed, file=discord.File(large, "drawing.png"))


@app_commands.command(description="Never answer")
async def silent(interaction: Interaction) -> None:
    """Let the three seconds pass."""


@app_commands.command(description="Roll a die")
@app_commands.describe(sides="How many sides")
async def roll(interaction: Interaction, sides: app_commands.Range[int, 2, 20]) -> None:
    """Say how many sides there were."""
    await interaction.response.send_message(f"Rolled a die of {sides}")


@app_commands.command(description="Add a file")
@app_commands.describe(file="A text", by="Who wrote it")
async def add(interaction: Interaction, file: discord.Attachment, by: discord.User | None = None) -> None:
    """Read the file."""
    words = (await file.read()).decode()
    await interaction.response.send_message(f"{file.filename} by {by.name if by else 'nobody'}: {words}")


@app_commands.command(description="Note what happens")
@app_commands.describe(by="Who saw it", text="What happens")
async def note(interaction: Interaction, by: discord.User | None = None, text: str = "") -> None:
    """Say what was noted."""
    await interaction.response.send_message(f"Noted by {by.name if by else 'nobody'}: {text}")


@app_commands.command(description="Point at somebody")
@app_commands.describe(member="Whom")
async def who(interaction: Interaction, member: discord.User | None = None) -> None:
    """Name the member."""
    await interaction.response.send_message(f"It was {member.name if member else 'nobody'}")


async def critique(interaction: Interaction, message: discord.Message) -> None:
    """Judge a message."""
    await interaction.response.send_message(f"Not bad: {message.content}", ephemeral=True)
