"""The AI's prompt for a story as it stands: what its rooms remind it of is asked for, and what fits is decided."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from bot.stories.prompts import Ask, build_request, passage_part, reminder_part, summary_part
from bot.stories.remembering import Memory, Recalled, Summary
from bot.stories.shortening import in_short
from bot.stories.story import Passage, Story
from bot.styles.style import Style
from models.engine import Engine
from models.requests import PromptPart, TextRequest


@dataclass(frozen=True, slots=True)
class Prompt:
    """What the AI is asked, and for what it is reminded of why."""

    request: TextRequest
    reasons: Mapping[PromptPart, str]


class Prompter:
    """Asks for the story word for word while that fits, and else for its beginning in short."""

    def __init__(self, engine: Engine, memory: Memory) -> None:
        self._engine = engine
        self._memory = memory

    async def prompt(
        self, request_id: str, story: Story, style: Style, path: Sequence[Passage], ask: Ask, seed: int
    ) -> Prompt:
        """Freeze what the AI is asked after the last passage of `path`. Raises `EngineError` where nothing fits."""
        recalled = Recalled(tuple(await self._memory.reminders(story, path)))
        request = build_request(request_id, story, style, path, ask, seed, recalled)
        summaries = await self._fitting(story, path, request)
        if summaries:
            recalled = replace(recalled, summaries=summaries)
            request = build_request(request_id, story, style, path, ask, seed, recalled)
        return Prompt(request, {reminder_part(each): each.why for each in recalled.reminders})

    async def _fitting(self, story: Story, path: Sequence[Passage], whole: TextRequest) -> tuple[Summary, ...]:
        """Return the summaries that stand in for passages; none while all of them fit."""
        layout = await self._engine.layout(whole)
        given_up = sum(count.tokens for count in layout.parts if count.dropped)
        summaries = tuple(await self._memory.summaries_of(story, path)) if given_up else ()
        if not summaries:
            return ()
        budget = layout.window_tokens - whole.max_new_tokens
        short = await self._lengths(whole, summaries)
        saved = _saved(path, summaries, short, {count.part: count.tokens for count in layout.parts})
        room = budget - sum(count.tokens for count in layout.parts if not count.part.droppable)
        wanted = in_short(saved, layout.tokens + given_up - budget, budget)
        return summaries[: min(wanted, bisect_right(short, room // 2))]

    async def _lengths(self, whole: TextRequest, summaries: Sequence[Summary]) -> list[int]:
        """Return how many tokens the first, the first two ... of the summaries are."""
        parts = tuple(replace(summary_part(one), droppable=True) for one in summaries)
        told = await self._engine.layout(replace(whole, parts=parts))
        return list(accumulate(count.tokens for count in told.parts))


def _saved(
    path: Sequence[Passage], summaries: Sequence[Summary], short: Sequence[int], sizes: Mapping[PromptPart, int]
) -> list[int]:
    """Return how many tokens the first, the first two ... of the summaries save."""
    ids = [passage.id for passage in path]
    whole = list(accumulate((sizes.get(passage_part(passage), 0) for passage in path), initial=0))
    return [whole[bisect_right(ids, one.last_id)] - tokens for one, tokens in zip(summaries, short, strict=True)]
