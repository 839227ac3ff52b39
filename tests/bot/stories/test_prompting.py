"""The AI's prompt for a story as it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.stories.prompting import Prompt, Prompter
from bot.stories.prompts import Ask
from bot.stories.remembering import Memory, Reminder, Summary
from bot.stories.story import Passage, Story
from bot.styles.builtin import builtin_styles
from models.engine import PromptLayout
from models.requests import TextRequest
from tests.bot.stories.making import ANA, a_story, by
from tests.scripted import ScriptedEngine

PATH = [by(ANA, number, "word " * 99) for number in range(1, 31)]  # with the writer's name 100 words each
SCENES = [Summary(f"scene {first}", "They walked on.", first, first + 4) for first in range(1, 26, 5)]


class SmallWindow(ScriptedEngine):
    """A window of 2,048 words, the oldest of which give way."""

    async def layout(self, request: TextRequest) -> PromptLayout:
        laid_out = await super().layout(request)
        excess = laid_out.tokens + request.max_new_tokens - laid_out.window_tokens
        parts = []
        for count in laid_out.parts:
            dropped = excess > 0 and count.part.droppable
            excess -= count.tokens if dropped else 0
            parts.append(replace(count, dropped=dropped))
        kept = sum(count.tokens for count in parts if not count.dropped)
        return replace(laid_out, tokens=kept, parts=tuple(parts))


class Scenes:
    """Tells five passages at a time in short."""

    def __init__(self, summaries: Sequence[Summary] = SCENES) -> None:
        self._summaries = summaries

    async def of_path(self, story: Story, path: Sequence[Passage]) -> Sequence[Summary]:
        return [summary for summary in self._summaries if summary.last_id <= path[-1].id]


class Cards:
    async def reminders(self, story: Story, path: Sequence[Passage]) -> Sequence[Reminder]:
        return [Reminder("Mara", "Mara fears the sea.", "always")]


async def prompted(memory: Memory, path: Sequence[Passage] = PATH) -> Prompt:
    prompter = Prompter(SmallWindow(), memory)
    return await prompter.prompt("job-1", a_story(), builtin_styles()[0], path, Ask(), seed=1)


def labels(prompt: Prompt) -> list[str]:
    return [part.label for part in prompt.request.parts]


async def test_a_story_that_fits_is_read_word_for_word() -> None:
    prompt = await prompted(Memory(summaries=Scenes()), PATH[:10])
    assert labels(prompt) == ["rules and memory", *["Ana"] * 10, "request"]


async def test_of_a_long_story_the_beginning_is_read_in_short() -> None:
    prompt = await prompted(Memory(summaries=Scenes()))
    told = [label for label in labels(prompt) if label.startswith("in short")]
    assert told == ["in short: scene 1", "in short: scene 6", "in short: scene 11"]
    assert labels(prompt).count("Ana") == 15


async def test_the_boundary_stays_for_some_turns() -> None:
    long = [*PATH, *(by(ANA, number, "word " * 9) for number in range(31, 41))]
    memory = Memory(summaries=Scenes())
    prompts = [await prompted(memory, long[:count]) for count in range(30, 41)]
    assert len({prompt.request.parts[:10] for prompt in prompts}) <= 2


async def test_what_is_told_in_short_leaves_half_of_the_window_to_the_words_themselves() -> None:
    long = [replace(one, text="They walked on. " * 140) for one in SCENES]
    prompt = await prompted(Memory(summaries=Scenes(long)))
    told = [part for part in prompt.request.parts if part.label.startswith("in short")]
    assert [part.label for part in told] == ["in short: scene 1", "in short: scene 6"]
    layout = await SmallWindow().layout(prompt.request)
    assert not any(count.dropped for count in layout.parts if count.part in told)
    assert layout.tokens <= layout.window_tokens
    assert any(count.dropped for count in layout.parts)


async def test_without_summaries_the_oldest_passages_give_way_as_ever() -> None:
    prompt = await prompted(Memory(summaries=Scenes(())))
    assert labels(prompt).count("Ana") == 30


async def test_what_the_ai_is_reminded_of_says_why() -> None:
    prompt = await prompted(Memory(lore=Cards()), PATH[:3])
    assert [(part.text, why) for part, why in prompt.reasons.items()] == [("[To know: Mara fears the sea.]", "always")]
    assert set(prompt.reasons) <= set(prompt.request.parts)
