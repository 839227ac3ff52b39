"""How much AI a channel wants, and what follows from it."""

from __future__ import annotations

from enum import StrEnum

from bot.errors import NotAllowed


class AiPolicy(StrEnum):
    """`human-only`: the AI is silent; `assist`: it speaks when asked; `open`: it also answers by itself."""

    HUMAN_ONLY = "human-only"
    ASSIST = "assist"
    OPEN = "open"

    @property
    def speaks_when_asked(self) -> bool:
        """Say whether members may have the AI write."""
        return self is not AiPolicy.HUMAN_ONLY

    @property
    def answers_unasked(self) -> bool:
        """Say whether the AI takes its turn after a member's, without being asked."""
        return self is AiPolicy.OPEN


def check_ai_may_speak(policy: AiPolicy) -> None:
    """Raise `NotAllowed` where the channel belongs to people only."""
    if not policy.speaks_when_asked:
        raise NotAllowed("channels.human_only")
