"""What was measured of a picture, in sentences: facts, no judgement. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args

from bot.overlays.measuring import Focus, Measured, Tones
from bot.overlays.sheet import Titles
from bot.words import say

Ninth = Literal[
    "upper left", "upper centre", "upper right",
    "middle left", "middle centre", "middle right",
    "lower left", "lower centre", "lower right",
]  # fmt: skip
"""A field of a grid of three by three over a picture."""

_RATIOS = ((1, 1), (5, 4), (4, 3), (3, 2), (16, 10), (16, 9), (2, 1), (21, 9))
_NEAR = 0.01


def titles_for(measured: Measured) -> Titles:
    """Return what stands on a picture's sheet."""
    darks, mids, lights = _shares(measured.tones)
    return Titles(
        thirds=say("overlays.thirds"),
        values=say("overlays.values"),
        edges=say("overlays.edges"),
        spread=say("overlays.spread"),
        darks=say("overlays.darks", percent=darks),
        mids=say("overlays.mids", percent=mids),
        lights=say("overlays.lights", percent=lights),
    )


def facts(measured: Measured) -> Sequence[str]:
    """Tell a picture's size, its values, and where its edges are."""
    size = say("overlays.size", width=measured.width, height=measured.height, ratio=_ratio(measured))
    return (size, _values(measured.tones), *(_edges(measured, measured.focus) if measured.focus else (_none(),)))


def _values(tones: Tones) -> str:
    darks, mids, lights = _shares(tones)
    low, high = _percent(tones.low), _percent(tones.high)
    return say("overlays.tones", darks=darks, mids=mids, lights=lights, low=low, high=high)


def _shares(tones: Tones) -> tuple[int, int, int]:
    """Return the percentages of darks, mids and lights, which sum to 100."""
    darks, lights = _percent(tones.darks), _percent(tones.lights)
    return darks, 100 - darks - lights, lights


def _edges(measured: Measured, focus: Focus) -> tuple[str, str]:
    third = f"{'upper' if focus.third[1] < 0.5 else 'lower'} {'left' if focus.third[0] < 0.5 else 'right'}"
    densest = say(
        "overlays.focus", across=_percent(focus.x), down=_percent(focus.y), third=say(_key(third)),
        from_third=_percent(focus.from_third), from_centre=_percent(focus.from_centre),
    )  # fmt: skip
    shares = measured.ninths.ravel()
    fullest = int(shares.argmax())
    left, upper = measured.edges_within(width=0.5), measured.edges_within(height=0.5)
    return densest, say(
        "overlays.ninths", ninth=say(_key(get_args(Ninth)[fullest])), share=_percent(float(shares[fullest])),
        left=_percent(left), upper=_percent(upper),
    )  # fmt: skip


def _none() -> str:
    return say("overlays.no_edges")


def _key(place: str) -> str:
    return f"overlays.{place.replace(' ', '_')}"


def _ratio(measured: Measured) -> str:
    """Name the ratio of the sides as photographers do, where it is one of those that have a name."""
    long, short = max(measured.width, measured.height), min(measured.width, measured.height)
    named = next(((a, b) for a, b in _RATIOS if abs(long / short * b / a - 1) < _NEAR), None)
    sides = (f"{named[0]}", f"{named[1]}") if named else (f"{long / short:.2f}", "1")
    return ":".join(sides if measured.width >= measured.height else sides[::-1])


def _percent(share: float) -> int:
    return round(100 * share)
