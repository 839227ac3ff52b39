"""Which cards matter after a story's last passages, and why; the AI is reminded of those that fit its budget."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.lore.card import Card, Priority, Standing
from bot.lore.matching import Spoken
from bot.lore.nearness import Nearness
from bot.lore.store import LoreStore
from bot.stories.remembering import Reminder
from bot.stories.story import Passage, Story
from bot.words import say
from models.engine import Engine

RECENT_CHARACTERS = 3_000
"""Keys are looked for in so much of a story's end: about two pages, what its readers still have in mind."""

NEAR_PASSAGES = 3
NEAR_CHARACTERS = 1_000
"""A card is compared in meaning with each of the last passages; of a long one with its end, as encoders read little."""

NEAR = 0.35
"""From here on a card is close in meaning to a passage. Measured with all-MiniLM-L6-v2 on 10 cards, 20 passages that
they matter for without naming them and 10 that no card matters for: 0.35 finds 13 of the 20, and 0 of the 100 pairs
with nothing in common; of the 180 pairs of a card and another card's passage, 3. At 0.30 those are 16, 1 and 8."""

BUDGET_SHARE = 1 / 8
"""The part of the model's window that cards may take."""

_BYTES_A_TOKEN = 3
_RANK = {priority: rank for rank, priority in enumerate(Priority)}


@dataclass(frozen=True, slots=True)
class Hit:
    """A card that matters, why in words for members, and how much among those of its priority (most is first)."""

    card: Card
    why: str
    weight: float


class Recall:
    """Implements `Lore` of bot/stories/remembering: by keys, and by meaning where an encoder is loaded."""

    def __init__(self, cards: LoreStore, nearness: Nearness, engine: Engine) -> None:
        self._cards = cards
        self._nearness = nearness
        self._engine = engine

    async def reminders(self, story: Story, path: Sequence[Passage]) -> Sequence[Reminder]:
        """Return the cards that matter and fit, the most important first."""
        standing = await self.standing(story, path)
        return [Reminder(one.card.title, told(one.card), one.why) for one in standing if one.why and one.has_room]

    async def standing(self, story: Story, path: Sequence[Passage]) -> list[Standing]:
        """Return how each card of a story stands now: those that matter, the most important first, then the others."""
        cards = await self._cards.of_story(story.id)
        hits = await self._hits(cards, path) if cards else []
        chosen = {hit.card.id for hit in _within(hits, self._engine.card.window_tokens * BUDGET_SHARE)}
        mattering = {hit.card.id for hit in hits}
        return [
            *(Standing(hit.card, hit.why, hit.card.id in chosen) for hit in hits),
            *(Standing(card) for card in cards if card.id not in mattering),
        ]

    async def _hits(self, cards: Sequence[Card], path: Sequence[Passage]) -> list[Hit]:
        recent = recent_texts(path)
        spoken, last = Spoken(recent), recent[-NEAR_PASSAGES:]
        near = await self._nearness.between(cards, [text[-NEAR_CHARACTERS:] for _, text in last])
        numbers = [number for number, _ in last]
        by_passage = (dict(zip(numbers, row, strict=True)) for row in near.tolist())
        found = (_hit(card, spoken, closeness) for card, closeness in zip(cards, by_passage, strict=True))
        return sorted(filter(None, found), key=lambda hit: (_RANK[hit.card.wording.priority], -hit.weight, hit.card.id))


def recent_texts(path: Sequence[Passage]) -> list[tuple[int, str]]:
    """Return the last passages with their numbers in the path, from 1, until they hold `RECENT_CHARACTERS`."""
    recent: list[tuple[int, str]] = []
    room = RECENT_CHARACTERS
    for number in range(len(path), 0, -1):
        passage = path[number - 1]
        if room <= 0:
            break
        if not passage.removed:
            recent.append((number, passage.text[-room:]))
            room -= len(passage.text)
    return recent[::-1]


def told(card: Card) -> str:
    """Return a card's words for the model, with who in the story knows it."""
    wording = card.wording
    if not wording.known_by:
        return f"{wording.title}. {wording.text}"
    *others, last = wording.known_by
    who = f"{', '.join(others)} and {last} know" if others else f"{last} knows"
    return f"{wording.title}. Only {who}: {wording.text}"


def tokens_in(text: str) -> int:
    """Estimate a text's tokens without asking a tokenizer, rather more than there are.

    English has about 4 bytes a token; a character of Chinese or Japanese has 3 and is about one.
    """
    return -(-len(text.encode()) // _BYTES_A_TOKEN)


def _hit(card: Card, spoken: Spoken, near: dict[int, float]) -> Hit | None:
    """Say whether and why a card matters: the strongest reason alone. A key that is named weighs more than nearness."""
    if card.wording.priority is Priority.ALWAYS:
        return Hit(card, say("lore.why_always"), 0)
    named = [(number, key) for key in card.wording.keys if (number := spoken.last_naming(key))]
    if named:
        number, key = max(named, key=lambda each: each[0])
        return Hit(card, say("lore.why_named", word=key, number=number), 1 + number)
    number, closeness = max(near.items(), key=lambda each: each[1], default=(0, 0.0))
    if closeness >= NEAR:
        return Hit(card, say("lore.why_near", number=number, closeness=f"{closeness:.2f}"), closeness)
    return None


def _within(hits: Iterable[Hit], budget: float) -> Iterator[Hit]:
    """Yield the hits that fit the budget in tokens together; a smaller one may fit where a larger did not."""
    for hit in hits:
        tokens = tokens_in(told(hit.card))
        if tokens <= budget:
            budget -= tokens
            yield hit
