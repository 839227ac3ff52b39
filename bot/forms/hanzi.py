"""How Chinese verse sounds: lines, tones and rhymes of characters by `pypinyin`, with every reading of each. Pure.

Rhymes are those of the modern fourteen groups (zhonghua xinyun). A tone is level or oblique by the modern reading; a
character that had the entering tone (`entering_tones.txt`) may also stand as oblique, as it does in Tang verse.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files

_HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_NOT_HAN = re.compile(rf"[^{_HAN}]")
# Where a line of verse ends; the enumeration comma only parts words within one.
_BREAK = re.compile(r"[\s,.!?;:\uff0c\u3002\uff01\uff1f\uff1b\uff1a\uff0e]+")
_HUMMED = re.compile(r"(?:[zcs]h?|r)i\d?")

_GROUPS: Mapping[str, str] = {
    final: finals.split()[0]
    for finals in (
        "a ia ua", "o e uo", "ie ve", "ai uai", "ei uei", "ao iao", "ou iou", "an ian uan van", "en in uen vn",
        "ang iang uang", "eng ing ueng ong iong", "i v er", "u",
    )
    for final in finals.split()
}  # fmt: skip


class Tone(StrEnum):
    """The two kinds of tones that verse tells apart."""

    LEVEL = "level"
    OBLIQUE = "oblique"

    @property
    def opposite(self) -> Tone:
        """Return the other one."""
        return Tone.OBLIQUE if self is Tone.LEVEL else Tone.LEVEL


def units_in(text: str) -> list[str]:
    """Return the lines of a poem, characters alone: what stands between two marks or line breaks."""
    bare = (_NOT_HAN.sub("", unit) for unit in _BREAK.split(text))
    return [unit for unit in bare if unit]


@lru_cache(maxsize=4_096)
def tones(character: str) -> frozenset[Tone]:
    """Return the tones that a character may stand for; both where it has no reading."""
    found = {_tone(reading) for reading in _readings(character)} - {None}
    if character in _entering_tones():
        found.add(Tone.OBLIQUE)
    return frozenset(tone for tone in found if tone) or frozenset(Tone)


@lru_cache(maxsize=4_096)
def rhyme_groups(character: str) -> frozenset[str]:
    """Return the groups of rhymes that a character belongs to."""
    from pypinyin.contrib.tone_convert import to_finals

    readings = _readings(character)
    hummed = {"-i" for reading in readings if _HUMMED.fullmatch(reading)}
    finals = {to_finals(reading, strict=True) for reading in readings if not _HUMMED.fullmatch(reading)}
    return frozenset(hummed | {_GROUPS[final] for final in finals if final in _GROUPS})


def _tone(reading: str) -> Tone | None:
    """Return the tone of a reading such as `shan1`; None for the neutral one."""
    number = reading[-1]
    return Tone.LEVEL if number in "12" else Tone.OBLIQUE if number in "34" else None


@lru_cache(maxsize=4_096)
def _readings(character: str) -> tuple[str, ...]:
    """Return the readings of a character with the number of the tone; `pypinyin` is large and imported late."""
    from pypinyin import Style, pinyin

    (readings,) = pinyin(character, style=Style.TONE3, heteronym=True, errors="ignore", v_to_u=False) or [[]]
    return tuple(readings)


@cache
def _entering_tones() -> frozenset[str]:
    listed = files(__package__).joinpath("entering_tones.txt").read_text(encoding="utf-8")
    return frozenset("".join(line for line in listed.splitlines() if not line.startswith("#")))
