"""Long text as message contents, cut where a reader would pause, and back again without losing a character.

Discord drops white space at both ends of a message, so an end that must survive is covered with a zero-width
character. A cut inside a code fence closes the fence and opens it again in the next message; the invisible `SEAM`
after the closing fence tells `join` to take both out again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import regex

LIMIT = 2_000
KEEP = "\u200b"
SEAM = "\u2060"

_CLOSE = f"\n```\n{SEAM}"
_FENCE = regex.compile(r"```")
_OPENING = regex.compile(r"```[\w+.#-]{0,32}(?=\n)")
_CLUSTER = regex.compile(r"\X")
_LONGEST_CLUSTER = 64
_PARAGRAPH = regex.compile(r"\n\s*\n")
# Latin, Arabic, Urdu and Hindi sentences end with a space after the quotes; Chinese and Japanese ones need none.
_SPACED = r"""[.!?…\u061f\u06d4\u0964]["'”’»)\]*_~]*\s+"""
_UNSPACED = r"[\u3002\uff01\uff1f]+[”’\u300d\u300f\uff09]*\s*"
_SENTENCE = regex.compile(rf"{_SPACED}|{_UNSPACED}|\n")
_LINE = regex.compile(r"\n")
_WORD = regex.compile(r"\s+")


def split(text: str, limit: int = LIMIT) -> list[str]:
    """Cut `text` into message contents of at most `limit` UTF-16 code units (Discord counts no more than those)."""
    contents: list[str] = []
    start, opening = 0, ""
    while True:
        last = opening + _covered(text[start:], is_opened=bool(opening))
        if utf16_length(last) <= limit:
            return [*contents, last]
        room = limit - utf16_length(opening) - len(KEEP) - len(_CLOSE)
        end = _cut(text, start, _reach(text, start, room))
        reopening = _open_fence(text, end)
        piece = _covered(text[start:end], is_opened=bool(opening), is_closed=bool(reopening))
        contents.append(opening + piece + (_CLOSE if reopening else ""))
        start, opening = end, reopening


def join(contents: Iterable[str]) -> str:
    """Give back the text that `split` cut."""
    pieces: list[str] = []
    is_opened = False
    for content in contents:
        piece = content.partition("\n")[2] if is_opened else content.removeprefix(KEEP)
        is_opened = piece.endswith(_CLOSE)
        pieces.append(piece.removesuffix(_CLOSE if is_opened else KEEP))
    return "".join(pieces)


def utf16_length(text: str) -> int:
    """Count UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _covered(piece: str, *, is_opened: bool = False, is_closed: bool = False) -> str:
    head = KEEP if not is_opened and (not piece or _is_exposed(piece[0])) else ""
    tail = KEEP if not is_closed and piece and _is_exposed(piece[-1]) else ""
    return f"{head}{piece}{tail}"


def _is_exposed(character: str) -> bool:
    """Say whether an end could be dropped, or taken for a mark of ours (`<` begins a mention)."""
    return character.isspace() or character in (KEEP, SEAM, "<")


def _reach(text: str, start: int, units: int) -> int:
    """Return the position up to which `text` fits into so many UTF-16 code units."""
    for position in range(start, len(text)):
        units -= utf16_length(text[position])
        if units < 0:
            return position
    return len(text)


def _cut(text: str, start: int, furthest: int) -> int:
    """Find where a piece ends: at a paragraph, else a sentence, else (also inside a fence) a line, else a word."""
    edges = {match.end() for match in _CLUSTER.finditer(text, start, furthest + _LONGEST_CLUSTER)}
    middle = (start + furthest) // 2
    # A fence that does not fit should go to the next message whole, even if this one then stays short.
    least = start if _open_fence(text, furthest) else middle
    tries = ((_PARAGRAPH, least, False), (_SENTENCE, least, False), (_LINE, middle, True), (_WORD, middle, True))
    for pattern, first, may_be_fenced in tries:
        for end in _ends(pattern, text, first, furthest):
            if end in edges and (may_be_fenced or not _open_fence(text, end)):
                return end
    return max((edge for edge in edges if edge <= furthest), default=furthest)


def _ends(pattern: regex.Pattern[str], text: str, first: int, furthest: int) -> Iterator[int]:
    return reversed([match.end() for match in pattern.finditer(text, first, furthest)])


def _open_fence(text: str, position: int) -> str:
    """Return the line that opens the code fence around `position`, or nothing outside of one."""
    fences = [match.start() for match in _FENCE.finditer(text, 0, position)]
    if len(fences) % 2 == 0:
        return ""
    opening = _OPENING.match(text, fences[-1])
    return (opening[0] if opening else "```") + "\n"
