"""The phrases that the AI never says in a server: worn ones, or any others that its admins are tired of."""

from __future__ import annotations

from bot.safety.words import WordService


class Phrases(WordService):
    """A list a server, as the words are; it goes with every request for prose as `TextRequest.banned`."""

    async def of(self, server_id: int) -> tuple[str, ...]:
        """List what the AI is not to say in a server: whole words, or with `*` at the end every word that begins so."""
        return await self.words(server_id)
