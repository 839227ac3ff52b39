"""A channel's settings as a frozen value."""

from __future__ import annotations

from dataclasses import dataclass

from bot.policy import AiPolicy


@dataclass(frozen=True, slots=True)
class ChannelSettings:
    """What holds in a channel; `turn_spacing` is how many other people write before a member writes again.

    `style` is the default for new stories (None: the first built-in one). `inherited` says that a thread decided
    nothing itself.
    """

    ai_policy: AiPolicy = AiPolicy.ASSIST
    style: str | None = None
    turn_spacing: int = 0
    inherited: bool = False


@dataclass(frozen=True, slots=True)
class OwnSettings:
    """What one channel decided itself; None is left to the parent channel, and above it to the house."""

    ai_policy: AiPolicy | None = None
    style: str | None = None
    turn_spacing: int | None = None

    def over(self, parent: ChannelSettings) -> ChannelSettings:
        """Return what holds when `parent` decides the rest."""
        return ChannelSettings(
            ai_policy=self.ai_policy or parent.ai_policy,
            style=self.style or parent.style,
            turn_spacing=parent.turn_spacing if self.turn_spacing is None else self.turn_spacing,
        )
