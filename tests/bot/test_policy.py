from __future__ import annotations

import pytest

from bot.policy import AiPolicy, check_ai_may_speak
from tests.bot.refusing import refused


def test_a_channel_for_people_only_tells_the_ai_to_be_silent() -> None:
    with refused("channels.human_only"):
        check_ai_may_speak(AiPolicy.HUMAN_ONLY)


@pytest.mark.parametrize("policy", [AiPolicy.ASSIST, AiPolicy.OPEN])
def test_elsewhere_the_ai_may_speak(policy: AiPolicy) -> None:
    check_ai_may_speak(policy)


def test_only_in_an_open_channel_the_ai_answers_unasked() -> None:
    assert [policy for policy in AiPolicy if policy.answers_unasked] == [AiPolicy.OPEN]
