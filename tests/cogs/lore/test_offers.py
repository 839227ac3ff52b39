"""What members read of proposals where there is none to decide on."""

from __future__ import annotations

from bot.lore.offering import Offer
from bot.words import say
from cogs.lore.offers import offer_draft


def test_where_the_ai_found_nothing_it_says_so() -> None:
    assert offer_draft(Offer((), {}), "small").text == say("lore.offer_none")


def test_where_nothing_could_be_used_it_is_not_said_that_there_was_nothing_new() -> None:
    told = offer_draft(Offer((), {}, untrue=2), "small").text
    assert told.splitlines() == [say("lore.offer_unusable"), f"-# {say('lore.untrue', count=2)}"]
