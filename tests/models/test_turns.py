"""Words and pictures share a simulated device, for thousands of steps and arrivals."""

from __future__ import annotations

import random
from collections import deque
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.turns import CATCH_UP, LAG_S, Side, Turns

CHUNK_S, TOKEN_S, STEP_S = 0.3, 0.04, 0.1
"""One chunk of a prompt, one token for everybody who writes, one denoising step."""
HORIZON_S = 2_000.0


@dataclass
class Story:
    """A request for text: chunks of its prompt, then tokens."""

    came_s: float
    chunks: int
    tokens: int
    first_words_s: float | None = None


@dataclass
class Device:
    """A device with prompts that are read one after the other, texts that are written together, and pictures."""

    turns: Turns
    now_s: float = 0.0
    prompts: deque[Story] = field(default_factory=deque)
    writing: list[Story] = field(default_factory=list)
    picture_steps: int = 0
    took_s: dict[Side, float] = field(default_factory=lambda: dict.fromkeys(Side, 0.0))
    worst_lag_s: float = 0.0
    longest_step_s: float = 0.0

    def step(self) -> bool:
        words = bool(self.prompts or self.writing)
        side = self.turns.next(words=words, first_words=bool(self.prompts), pictures=self.picture_steps > 0)
        if side is None:
            return False
        seconds = self.draw() if side is Side.PICTURES else self.write()
        self.now_s += seconds
        self.turns.charge(side, seconds)
        self.took_s[side] += seconds
        self.worst_lag_s = max(self.worst_lag_s, self.turns.owed_s)
        return True

    def draw(self) -> float:
        self.picture_steps -= 1
        return STEP_S

    def write(self) -> float:
        if not self.prompts:
            for story in self.writing:
                story.tokens -= 1
            self.writing = [story for story in self.writing if story.tokens]
            return TOKEN_S
        story = self.prompts[0]
        story.chunks -= 1
        if not story.chunks:
            story.first_words_s = self.now_s + CHUNK_S
            self.writing.append(self.prompts.popleft())
        return CHUNK_S

    def play(self, stories: list[Story], pictures: list[tuple[float, int]]) -> None:
        """Let stories and pictures (when, steps) come at their times, until all is done."""
        coming, drawings = deque(stories), deque(pictures)
        while True:
            while coming and coming[0].came_s <= self.now_s:
                self.prompts.append(coming.popleft())
            while drawings and drawings[0][0] <= self.now_s:
                self.picture_steps += drawings.popleft()[1]
            if not self.step():
                ahead = [coming[0].came_s] if coming else []
                ahead += [drawings[0][0]] if drawings else []
                if not ahead:
                    return
                self.now_s = min(ahead)

    @property
    def picture_share(self) -> float:
        return self.took_s[Side.PICTURES] / sum(self.took_s.values())


def arrivals(chance: random.Random, a_second: float, until_s: float = HORIZON_S) -> list[Story]:
    """Let stories come at random, with prompts of one or two chunks and up to forty tokens."""
    now_s, stories = 0.0, []
    while (now_s := now_s + chance.expovariate(a_second)) < until_s:
        stories.append(Story(now_s, chance.randint(1, 2), chance.randint(1, 40)))
    return stories


ENDLESS = 10**9


@pytest.mark.parametrize("seed", range(5))
def test_a_first_word_waits_for_one_step_of_a_picture_at_most(seed: int) -> None:
    stories = arrivals(random.Random(seed), a_second=0.4)
    beside, alone = Device(Turns()), Device(Turns())
    beside.play(stories, [(0.0, 10**5)])
    again = arrivals(random.Random(seed), a_second=0.4)
    alone.play(again, [])
    assert len(stories) > 700
    # Those who come while another's prompt is read wait for that prompt, in both worlds alike.
    met_nobody = [n for n in range(1, len(stories)) if stories[n].came_s - stories[n - 1].came_s > 4]
    assert len(met_nobody) > 50
    for n in met_nobody:
        first, without = stories[n].first_words_s, again[n].first_words_s
        assert first is not None
        assert without is not None
        assert first - without <= STEP_S + TOKEN_S + 1e-6


def test_pictures_keep_their_share_though_first_words_are_wanted_without_end() -> None:
    device = Device(Turns(0.5))
    device.picture_steps = ENDLESS
    for _ in range(50_000):
        device.prompts = device.prompts or deque([Story(device.now_s, 1, 1)])
        device.writing.clear()
        device.step()
    assert device.worst_lag_s <= LAG_S + CHUNK_S
    assert device.picture_share == pytest.approx(0.5, abs=0.01)


def test_words_keep_their_share_though_pictures_never_end() -> None:
    device = Device(Turns(0.5))
    device.picture_steps = ENDLESS
    device.writing = [Story(0.0, 0, ENDLESS)]
    lowest_s = 0.0
    for _ in range(50_000):
        device.step()
        lowest_s = min(lowest_s, device.turns.owed_s)
    assert lowest_s >= -STEP_S
    assert device.picture_share == pytest.approx(0.5, abs=0.01)


@given(share=st.floats(0.05, 0.95), seed=st.integers(0, 10**6))
@settings(max_examples=40, deadline=None)
def test_shares_come_to_the_setting_whatever_the_steps_take(share: float, seed: int) -> None:
    chance, turns, took = random.Random(seed), Turns(share), dict.fromkeys(Side, 0.0)
    token_s, step_s = chance.uniform(0.005, 0.2), chance.uniform(0.01, 0.8)
    for _ in range(4_000):
        side = turns.next(words=True, first_words=chance.random() < 0.1, pictures=True)
        assert side is not None
        seconds = (step_s if side is Side.PICTURES else token_s) * chance.uniform(0.5, 1.5)
        turns.charge(side, seconds)
        took[side] += seconds
    total_s = sum(took.values())
    assert abs(took[Side.PICTURES] - share * total_s) <= LAG_S + 1.2
    assert abs(turns.owed_s - (share * total_s - took[Side.PICTURES])) < 1e-6


def test_what_pictures_are_behind_is_made_up_for_without_stopping_those_who_write() -> None:
    turns = Turns(0.5)
    for _ in range(10):
        assert turns.next(words=True, first_words=True, pictures=True) is Side.WORDS
        turns.charge(Side.WORDS, 0.3)
    assert turns.owed_s == pytest.approx(1.5)
    spans_s = [0.0]  # that pictures held the device in one go
    while turns.owed_s > 0:
        side = turns.next(words=True, first_words=False, pictures=True)
        assert side is not None
        turns.charge(side, 0.1 if side is Side.PICTURES else 0.04)
        if side is Side.PICTURES:
            spans_s[-1] += 0.1
        else:
            spans_s.append(0.0)
    assert len(spans_s) > 10
    assert spans_s[0] <= CATCH_UP * 0.3 + STEP_S  # after the last chunk of a prompt
    assert max(spans_s[1:]) <= STEP_S + 1e-9  # after a token


@pytest.mark.parametrize("alone", list(Side))
def test_who_had_no_work_is_owed_nothing(alone: Side) -> None:
    turns = Turns(0.5)
    for _ in range(1_000):
        side = turns.next(words=alone is Side.WORDS, first_words=False, pictures=alone is Side.PICTURES)
        assert side is alone
        turns.charge(side, 0.1)
    assert turns.owed_s == 0


def test_pictures_that_were_behind_are_made_up_to_while_nobody_writes() -> None:
    turns = Turns(0.5)
    turns.next(words=True, first_words=True, pictures=True)
    turns.charge(Side.WORDS, 2.0)
    for _ in range(10):
        assert turns.next(words=False, first_words=False, pictures=True) is Side.PICTURES
        turns.charge(Side.PICTURES, 0.1)
    assert turns.owed_s == pytest.approx(0.5)


def test_the_device_is_never_idle_while_anyone_has_work() -> None:
    chance = random.Random(3)
    stories = arrivals(chance, a_second=1.0, until_s=500)
    pictures = sorted((chance.uniform(0, 500), chance.randint(4, 20)) for _ in range(200))
    device = Device(Turns(0.3))
    device.play(stories, pictures)
    assert all(story.first_words_s is not None for story in stories)
    assert device.took_s[Side.PICTURES] == pytest.approx(sum(steps for _, steps in pictures) * STEP_S)


def test_nobody_is_next_when_nobody_has_work() -> None:
    assert Turns().next(words=False, first_words=False, pictures=False) is None


@pytest.mark.parametrize("share", [0.0, 1.0, -1.0, float("nan")])
def test_a_share_leaves_something_to_either_side(share: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        Turns(share)
