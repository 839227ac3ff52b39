"""`/verify` and the command on messages: whether a picture was made here, and by which request."""

from __future__ import annotations

from collections.abc import Sequence

import discord
from discord.app_commands import ContextMenu, guild_only
from discord.ext import commands

from bot.delivery.context import acknowledge, member_of
from bot.errors import BadInput
from bot.pictures.picture import Work
from bot.provenance.verifying import Finding, Trace, Verifier
from bot.safety import clean_line
from bot.words import say
from cogs.choices import shortened
from cogs.commands import command, message_command
from cogs.pictures.captions import details
from cogs.shown import COLOUR, add_field, plain
from cogs.uploads import pictures_of, read_picture

_NAME_CHARACTERS = 80
_TITLES = {
    Trace.EXACT: "made_here",
    Trace.SIGNED: "made_here",
    Trace.ALTERED: "altered",
    Trace.ALIKE: "alike",
    Trace.FOREIGN: "unknown",
    Trace.NOTHING: "unknown",
}


class Verify(commands.Cog):
    """Tell where a picture comes from; only the one who asks sees it."""

    def __init__(self, *, verifier: Verifier[Work]) -> None:
        self.verifier = verifier

    @command()
    @guild_only()
    async def verify(self, interaction: discord.Interaction, picture: discord.Attachment) -> None:
        """Look at one picture."""
        await acknowledge(interaction, ephemeral=True)
        await self._tell(interaction, [picture])

    async def verify_message(self, interaction: discord.Interaction, message: discord.Message) -> None:
        """Look at every picture of a message, in their order."""
        pictures = pictures_of(message)
        await acknowledge(interaction, ephemeral=True)
        await self._tell(interaction, pictures)

    def on_messages(self) -> Sequence[ContextMenu]:
        """Return the command on messages, which discord.py takes from no cog."""
        return [message_command("verify", self.verify_message)]

    async def _tell(self, interaction: discord.Interaction, pictures: Sequence[discord.Attachment]) -> None:
        """Answer with one message a picture: what is told of several does not fit into one."""
        for picture in pictures:
            try:
                finding = await self.verifier.verify(member_of(interaction), await read_picture(picture))
                embed = finding_page(finding)
            except BadInput as error:
                embed = discord.Embed(description=str(error), colour=COLOUR)
            if len(pictures) > 1:
                embed.set_author(name=shortened(picture.filename, _NAME_CHARACTERS))
            await interaction.followup.send(embed=embed, ephemeral=True)


def finding_page(finding: Finding[Work]) -> discord.Embed:
    """Say what was found, and all about the work where it is this server's."""
    work = finding.work
    embed = discord.Embed(colour=COLOUR) if work is None else details([work])
    embed.title, embed.description = say(f"verify.title_{_TITLES[finding.trace]}"), _sentence(finding)
    if work is not None:
        who = say("verify.asker", member=f"<@{work.member_id}>", channel=f"<#{work.channel_id}>")
        add_field(embed, say("verify.asked_by"), who)
    return embed


def _sentence(finding: Finding[Work]) -> str:
    signer = plain(shortened(clean_line(finding.signer), _NAME_CHARACTERS)) or say("verify.nameless")
    found = say(f"verify.{finding.trace}", signer=signer)
    if finding.is_elsewhere:
        return f"{found} {say('verify.elsewhere')}"
    if finding.trace in (Trace.SIGNED, Trace.ALTERED) and finding.work is None:
        return f"{found} {say('verify.gone')}"
    return found
