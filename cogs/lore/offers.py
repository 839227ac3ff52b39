"""How what the AI proposes looks: a card at a time, with the words it rests on, and what became of those before."""

from __future__ import annotations

from functools import partial

import discord

from bot.delivery.draft import Draft
from bot.delivery.views import SalonView
from bot.lore.card import Card, CardState
from bot.lore.offering import Offer
from bot.words import say
from cogs.buttons import Button, StateButton
from cogs.lore.pages import details
from cogs.shown import plain

_WORDS_SHOWN = 200


def offer_draft(offer: Offer, model: str) -> Draft:
    """Draft the proposal to decide on next, below those that are decided."""
    if offer.text:
        return Draft(offer.text, say("lore.credit_offer", model=model))
    decided = [_decided(card) for card in offer.cards if card.state is not CardState.PROPOSED]
    following = offer.next
    shown = _shown(offer, following) if following else [_ended(offer)]
    text = "\n".join([*decided, *shown, *_left_out(offer)])
    view = partial(offer_buttons, following.id) if following else None
    return Draft(text, say("lore.credit_offer", model=model), view=view)


def offer_buttons(card_id: int) -> SalonView:
    """Offer to accept a proposal, to word it anew, or to decline it."""
    return SalonView(*(_button(name, card_id) for name in ("accept", "edit", "decline")))


def _shown(offer: Offer, card: Card) -> list[str]:
    place = offer.cards.index(card) + 1
    return [
        say("lore.offer", place=place, count=len(offer.cards), title=plain(card.title)),
        f"> {plain(' '.join(card.wording.text.split()))}",
        details(card),
        f"-# {_ground(offer, card)}",
    ]


def _ended(offer: Offer) -> str:
    if offer.cards:
        return say("lore.offer_done")
    return say("lore.offer_unusable" if offer.untrue or offer.unfit else "lore.offer_none")


def _ground(offer: Offer, card: Card) -> str:
    ground = offer.grounds.get(card.id)
    if ground is None:
        return say("lore.offer_groundless")
    words = plain(" ".join(ground.words.split())[:_WORDS_SHOWN])
    return say("lore.offer_ground", words=words, number=ground.number, author=plain(ground.author))


def _decided(card: Card) -> str:
    return say(
        "lore.offer_declined" if card.state is CardState.DECLINED else "lore.offer_accepted", title=plain(card.title)
    )


def _left_out(offer: Offer) -> list[str]:
    counts = {"untrue": offer.untrue, "unfit": offer.unfit}
    return [
        f"-# {say(f'lore.{name}_one' if count == 1 else f'lore.{name}', count=count)}"
        for name, count in counts.items()
        if count
    ]


def _button(name: str, card_id: int) -> StateButton:
    style = discord.ButtonStyle.primary if name == "accept" else discord.ButtonStyle.secondary
    return StateButton(Button(label=say(f"lore.button_{name}"), style=style), f"lore_{name}", card_id)
