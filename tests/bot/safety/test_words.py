"""A server's lists of words and phrases: who changes them, what they take, and whose they are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.database import Database
from bot.people import Member
from bot.safety.phrases import Phrases
from bot.safety.store import PHRASES, WordStore
from bot.safety.words import WORD_MAX, WORDS_MAX, WordService
from tests.bot.refusing import refused

ADMIN = Member(1, "Ada", server_id=5, is_admin=True)
MEMBER = Member(2, "Ben", server_id=5)


@pytest.fixture
def store(database: Database) -> WordStore:
    return WordStore(database)


@pytest.fixture
def words(store: WordStore) -> WordService:
    return WordService(store)


async def test_a_server_begins_with_no_words(words: WordService) -> None:
    assert await words.words(5) == ()


async def test_each_line_is_a_word_or_phrase_and_none_is_kept_twice(words: WordService) -> None:
    changed = await words.change(ADMIN, "  spider \n\nfinal  boss\nSPIDER\n\u200b\n * *\n")
    assert changed == ("SPIDER", "final boss")
    assert await words.words(5) == changed
    assert await words.changeable(ADMIN) == changed


async def test_a_new_list_replaces_the_old_one_and_an_empty_one_clears_it(words: WordService) -> None:
    await words.change(ADMIN, "spider")
    await words.change(ADMIN, "snake")
    assert await words.words(5) == ("snake",)
    assert await words.change(ADMIN, " \n ") == ()
    assert await words.words(5) == ()


async def test_another_servers_list_is_its_own(words: WordService) -> None:
    await words.change(ADMIN, "spider")
    assert await words.words(6) == ()


async def test_a_member_may_neither_change_the_list_nor_have_it_shown_for_changing(words: WordService) -> None:
    with refused("safety.only_admins"):
        await words.change(MEMBER, "spider")
    with refused("safety.only_admins"):
        await words.changeable(MEMBER)


async def test_a_list_has_its_bounds(words: WordService) -> None:
    full = "\n".join(map(str, range(WORDS_MAX)))
    assert len(await words.change(ADMIN, full)) == WORDS_MAX
    with refused("safety.too_many_words"):
        await words.change(ADMIN, f"{full}\none more")
    await words.change(ADMIN, "x" * WORD_MAX)
    with refused("safety.word_too_long"):
        await words.change(ADMIN, "x" * (WORD_MAX + 1))
    assert await words.words(5) == ("x" * WORD_MAX,)


async def test_a_forgotten_admins_list_stays_without_her_name(words: WordService, store: WordStore) -> None:
    await words.change(ADMIN, "spider")
    await words.change(replace(ADMIN, server_id=6), "snake")
    told = await store.export(ADMIN.id, 5)
    assert told == {"word_lists_changed": [{"server_id": 5, "words": "spider"}]}
    await store.forget(ADMIN.id, 5)
    assert await store.export(ADMIN.id, 5) == {"word_lists_changed": []}
    assert len((await store.export(ADMIN.id))["word_lists_changed"]) == 1
    assert await words.words(5) == ("spider",)


async def test_phrases_are_a_list_of_their_own_and_kept_as_the_words_are(
    words: WordService, database: Database
) -> None:
    store = WordStore(database, PHRASES)
    phrases = Phrases(store)
    await words.change(ADMIN, "spider")
    await phrases.change(ADMIN, "a testament to\nshiver*")
    assert await phrases.of(5) == ("a testament to", "shiver*")
    assert await phrases.of(6) == ()
    assert await words.words(5) == ("spider",)
    assert await store.export(ADMIN.id) == {
        "phrase_lists_changed": [{"server_id": 5, "words": "a testament to\nshiver*"}]
    }
    await store.forget(ADMIN.id, None)
    assert await store.export(ADMIN.id) == {"phrase_lists_changed": []}
    assert await phrases.of(5) == ("a testament to", "shiver*")
