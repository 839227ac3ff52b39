"""A list of words that a server's admins keep: which they want in no prompt, for one, and who may change them."""

from __future__ import annotations

from bot.errors import BadInput, NotAllowed
from bot.people import Member
from bot.safety.store import WordStore
from bot.safety.text import clean_line

LIST_MAX = 4_000  # characters, as many as a form's field has
WORDS_MAX = 300
WORD_MAX = 60


class WordService:
    """A list a server, replaced as a whole."""

    def __init__(self, store: WordStore) -> None:
        self._store = store

    async def words(self, server_id: int) -> tuple[str, ...]:
        """List a server's words, for `check_prompt`."""
        return await self._store.in_server(server_id)

    async def changeable(self, member: Member) -> tuple[str, ...]:
        """List the words of a member's server for being changed. Admins only."""
        _check_admin(member)
        return await self._store.in_server(member.server_id)

    async def change(self, member: Member, text: str) -> tuple[str, ...]:
        """Replace the list by the lines of `text`, none of them twice; an empty text clears it. Admins only."""
        _check_admin(member)
        words = words_in(text)
        if words:
            await self._store.put(member.server_id, words, member.id)
        else:
            await self._store.delete(member.server_id)
        return words


def words_in(text: str) -> tuple[str, ...]:
    """Return the words of a text, one a line, in their order; raise `BadInput` for too many or too long ones."""
    lines = [line for line in map(clean_line, text.splitlines()) if line.strip("* ")]
    words = tuple({line.casefold(): line for line in lines}.values())
    if len(words) > WORDS_MAX:
        raise BadInput("safety.too_many_words", limit=WORDS_MAX)
    for word in words:
        if len(word) > WORD_MAX:
            raise BadInput("safety.word_too_long", limit=WORD_MAX)
    return words


def _check_admin(member: Member) -> None:
    if not member.is_admin:
        raise NotAllowed("safety.only_admins")
