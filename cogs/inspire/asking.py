"""`/inspire`, and "Inspire me" on a message: a source becomes what a member brings."""

from __future__ import annotations

from contextlib import suppress

import discord
from discord.app_commands import Choice, Range, autocomplete, guild_only

from bot.delivery.context import channel_of, member_of
from bot.errors import BadInput, NotFound
from bot.inspiration.lens import moods
from bot.inspiration.service import MOOD_MAX, Brought
from bot.stories.rules import PASSAGE_MAX
from cogs.choices import id_in, passage_choices
from cogs.commands import command
from cogs.inspire.captions import mood_name
from cogs.inspire.part import Part
from cogs.pictures.files import source_on
from cogs.pictures.part import upload_of
from cogs.spots import spot_of
from cogs.texts import document_of, giving_back
from cogs.uploads import is_picture, pictures_of

Text = Range[str, 1, PASSAGE_MAX]
PassageOption = Range[str, 1, 100]
MoodOption = Range[str, 1, MOOD_MAX]


class Asking(Part):
    """Asking for directions."""

    async def suggest_moods(self, _: discord.Interaction, typed: str) -> list[Choice[str]]:
        """Offer moods; a member may write any other."""
        named = [Choice(name=mood_name(key), value=key) for key in moods()]
        return [choice for choice in named if typed.casefold() in choice.name.casefold()]

    async def suggest_passages(self, interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
        """Offer the passages of the channel's story, the newest first; none where there is no story."""
        try:
            passages = await self.stories.passages(member_of(interaction), channel_of(interaction))
        except NotFound:
            return []
        return passage_choices(passages, typed)

    @command()
    @guild_only()
    @autocomplete(mood=suggest_moods, passage=suggest_passages)
    async def inspire(
        self,
        interaction: discord.Interaction,
        text: Text | None = None,
        mood: MoodOption = "",
        file: discord.Attachment | None = None,
        passage: PassageOption | None = None,
    ) -> None:
        """Look at a source through three lenses."""
        spot = await spot_of(interaction)
        async with giving_back(interaction, text or "") as unsaved:
            brought = await _brought(text, mood, file, passage)
            await self.inspirations.inspire(member_of(interaction), spot, brought)
            unsaved.clear()

    async def inspire_message(self, interaction: discord.Interaction, message: discord.Message) -> None:
        """Look at what somebody posted: its first picture where a model sees, else its text."""
        spot = await spot_of(interaction)
        said = "\n".join([message.content, *(snapshot.content for snapshot in message.message_snapshots)]).strip()
        if said and not self._shows_something(message):
            brought = Brought(text=said)
        else:
            brought = Brought(picture=await source_on(interaction, message, 0))
        await self.inspirations.inspire(member_of(interaction), spot, brought)

    def _shows_something(self, message: discord.Message) -> bool:
        """Say whether there is a picture on a message, and a model that sees it."""
        with suppress(NotFound):
            return bool(pictures_of(message)) and self.inspirations.engine.sight_card is not None
        return False


async def _brought(text: str | None, mood: str, file: discord.Attachment | None, passage: str | None) -> Brought:
    """Return what a member gave, with a file read as what it is."""
    passage_id = id_in(passage) if passage else None
    if passage and passage_id is None:
        raise NotFound("story.passage_not_found")
    if file and text:
        raise BadInput("inspiration.one_source")
    if file and is_picture(file):
        return Brought(None, passage_id, await upload_of(file), mood)
    return Brought(await document_of(file) if file else text, passage_id, None, mood)
