"""Credits: the ledger adds up whatever happens, and prices are the admins'."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest

from bot.credits.credit import Prices, Reason
from bot.credits.service import CreditService
from bot.credits.store import CreditStore
from bot.database import Database
from bot.readers.service import ReaderService
from bot.readers.store import ReaderStore
from tests.bot.refusing import refused
from tests.bot.stories.making import ADMIN, ANA, BEN, NOON, SERVER


@pytest.fixture
def store(database: Database) -> CreditStore:
    return CreditStore(database)


@pytest.fixture
def ledger(database: Database, store: CreditStore) -> CreditService:
    return CreditService(database, store, clock=lambda: NOON)


async def test_a_newcomer_has_what_everyone_starts_with_once(ledger: CreditService) -> None:
    assert await ledger.balance(SERVER, ANA.id) == 1
    await ledger.earn(SERVER, ANA.id, 2, Reason.GIVEN, 7)
    await ledger.change_prices(ADMIN, {"start": 5})
    assert await ledger.balance(SERVER, ANA.id) == 3
    assert await ledger.balance(SERVER, BEN.id) == 5
    assert [(entry.amount, entry.balance, entry.reason) for entry in await ledger.latest(ANA, 10)] == [
        (2, 3, Reason.GIVEN),
        (1, 1, Reason.START),
    ]


async def test_who_began_with_nothing_begins_only_once(ledger: CreditService) -> None:
    await ledger.change_prices(ADMIN, {"start": 0})
    await ledger.earn(SERVER, ANA.id, 1, Reason.GIVEN, 7)
    await ledger.change_prices(ADMIN, {"start": 5})
    await ledger.earn(SERVER, ANA.id, 1, Reason.GIVEN, 8)
    assert await ledger.balance(SERVER, ANA.id) == 2


async def test_nothing_is_earned_or_paid_twice_for_the_same(ledger: CreditService) -> None:
    for _ in range(2):
        await ledger.earn(SERVER, ANA.id, 1, Reason.GIVEN, 7)
        await ledger.pay(SERVER, ANA.id, 2, Reason.ASKED, 7)
    assert await ledger.balance(SERVER, ANA.id) == 0


async def test_what_is_not_there_cannot_be_paid_even_past_the_rules(ledger: CreditService) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        await ledger.pay(SERVER, ANA.id, 2, Reason.ASKED, 7)
    assert await ledger.latest(ANA, 10) == []


async def test_an_entry_is_never_changed(ledger: CreditService, database: Database) -> None:
    await ledger.earn(SERVER, ANA.id, 1, Reason.GIVEN, 7)
    with pytest.raises(sqlite3.IntegrityError):
        await database.execute("UPDATE credits SET amount = 9")


async def test_what_was_paid_comes_back_once_at_the_price_it_had(ledger: CreditService) -> None:
    await ledger.pay(SERVER, ANA.id, 1, Reason.ASKED, 7)
    await ledger.change_prices(ADMIN, {"asking": 3})
    assert await ledger.give_back(SERVER, ANA.id, 7) == 1
    assert await ledger.give_back(SERVER, ANA.id, 7) == 1
    assert await ledger.give_back(SERVER, ANA.id, 8) == 0
    assert await ledger.balance(SERVER, ANA.id) == 1


async def test_an_ai_critique_is_free_unless_the_admins_say_otherwise(
    ledger: CreditService, database: Database
) -> None:
    readers = ReaderService(database, ReaderStore(database), ledger, clock=lambda: NOON)
    assert await readers.check_ai_price(ANA) == 0
    await readers.charge_ai(SERVER, ANA.id, 0, 1)
    assert await ledger.balance(SERVER, ANA.id) == 1


async def test_an_ai_critique_is_paid_once_a_job_and_in_full(ledger: CreditService, database: Database) -> None:
    readers = ReaderService(database, ReaderStore(database), ledger, clock=lambda: NOON)
    await ledger.change_prices(ADMIN, {"ai": 1})
    assert await readers.check_ai_price(ANA) == 1
    for job_id in (1, 1, 2):
        await readers.charge_ai(SERVER, ANA.id, 1, job_id)
    assert await ledger.balance(SERVER, ANA.id) == -1
    with refused("readers.short_for_ai"):
        await readers.check_ai_price(ANA)
    await ledger.earn(SERVER, ANA.id, 1, Reason.GIVEN, 7)
    assert await ledger.balance(SERVER, ANA.id) == 0


async def test_what_is_free_is_free_to_who_has_debts_too(ledger: CreditService, database: Database) -> None:
    readers = ReaderService(database, ReaderStore(database), ledger, clock=lambda: NOON)
    await readers.charge_ai(SERVER, ANA.id, 3, 1)
    with refused("readers.short_for_asking"):
        await readers.check_may_offer(ANA)
    await ledger.change_prices(ADMIN, {"asking": 0})
    await readers.check_may_offer(ANA)
    assert await readers.check_ai_price(ANA) == 0


async def test_prices_are_changed_by_admins_and_within_bounds(ledger: CreditService) -> None:
    with refused("credits.only_admins"):
        await ledger.change_prices(ANA, {"asking": 0})
    with refused("credits.out_of_bounds"):
        await ledger.change_prices(ADMIN, {"asking": 2, "hours": 0})
    assert await ledger.prices(SERVER) == Prices()
    assert await ledger.change_prices(ADMIN, {"asking": 2}) == replace(Prices(), asking=2)
    await ledger.change_prices(ADMIN, {"words": 50})
    assert await ledger.prices(SERVER) == replace(Prices(), asking=2, words=50)
    assert await ledger.prices(2) == Prices()


async def test_a_members_credits_are_told_and_forgotten_and_the_prices_stay(
    ledger: CreditService, store: CreditStore
) -> None:
    await ledger.earn(SERVER, ADMIN.id, 2, Reason.GIVEN, 7)
    await ledger.change_prices(ADMIN, {"words": 50})
    told = await store.export(ADMIN.id, SERVER)
    assert [(entry["amount"], entry["reason"], entry["at"]) for entry in told["credits"]] == [
        (1, "start", NOON.isoformat()),
        (2, "given", NOON.isoformat()),
    ]
    assert [prices["words"] for prices in told["credit_prices_changed"]] == [50]
    await store.forget(ADMIN.id, 2)
    assert await store.export(ADMIN.id) == told
    await store.forget(ADMIN.id, SERVER)
    assert await store.export(ADMIN.id) == {"credits": [], "credit_prices_changed": []}
    assert (await ledger.prices(SERVER)).words == 50
