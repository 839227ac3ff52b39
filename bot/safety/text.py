"""Text from people and models made fit to keep: one place for cleaning, judging and decoding it."""

from __future__ import annotations

import codecs
import re
import unicodedata

from bot.errors import BadInput

MAX_FILE_BYTES = 80_000

_NEWLINES = re.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")
_BLANK_LINES = re.compile(r"\n{4,}")
_MARKUP = frozenset("*_~`|>#-\\")
# Letters by their Unicode category that no font draws.
_FILLERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_BYTE_ORDER_MARK = "\ufeff"
_POP_EMBEDDING, _POP_ISOLATE = "\u202c", "\u2069"
_BIDI_CLOSER = dict.fromkeys("\u202a\u202b\u202d\u202e", _POP_EMBEDDING) | dict.fromkeys(
    "\u2066\u2067\u2068", _POP_ISOLATE
)
_BIDI_CONTROLS = frozenset(_BIDI_CLOSER) | {_POP_EMBEDDING, _POP_ISOLATE}
_ENCODINGS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def tidy(text: str) -> str:
    """Normalise without judging: NFC, plain newlines, no control characters, every bidi control closed in its line."""
    text = unicodedata.normalize("NFC", _NEWLINES.sub("\n", text))
    kept = "".join(character for character in text if character in "\n\t" or _is_storable(character))
    closed = "\n".join(map(_close_bidi, kept.split("\n")))
    return _BLANK_LINES.sub("\n\n\n", closed).strip()


def clean_text(text: str) -> str:
    """Return `text` tidied; raise `BadInput` where a reader would see nothing, or nothing but markup."""
    tidied = tidy(text)
    visible = {character for character in tidied if _is_visible(character)}
    if not visible:
        raise BadInput("safety.empty")
    if visible <= _MARKUP:
        raise BadInput("safety.only_markup")
    return tidied


def clean_optional(text: str) -> str:
    """Return `text` tidied, or the empty string where a reader would see nothing."""
    tidied = tidy(text)
    return tidied if any(map(_is_visible, tidied)) else ""


def clean_line(text: str) -> str:
    """Return `text` on one line without bidi controls, for titles and names; empty where nothing can be seen."""
    unmarked = "".join(character for character in clean_optional(text) if character not in _BIDI_CONTROLS)
    return " ".join(unmarked.split())


def check_file_size(size_bytes: int, most: int = MAX_FILE_BYTES) -> None:
    """Raise `BadInput` for a file too large to be a passage, or `most`, before anyone downloads it."""
    if size_bytes > most:
        raise BadInput("safety.file_too_large", limit=most // 1_000)


def decode_text_file(content: bytes, most: int = MAX_FILE_BYTES) -> str:
    """Read a text file in UTF-8, or in UTF-16 with its byte order mark; raise `BadInput` for anything else."""
    check_file_size(len(content), most)
    encoding = next((name for mark, name in _ENCODINGS if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise BadInput("safety.not_text") from error
    if any(unicodedata.category(character) == "Cc" and not character.isspace() for character in text):
        raise BadInput("safety.not_text")
    return text


def _is_storable(character: str) -> bool:
    return unicodedata.category(character) not in ("Cc", "Cs") and character != _BYTE_ORDER_MARK


def _is_visible(character: str) -> bool:
    return unicodedata.category(character)[0] not in "CZM" and character not in _FILLERS


def _close_bidi(line: str) -> str:
    """Drop closers without an opener and close what is left open, so that no line turns what follows it around."""
    awaited: list[str] = []
    kept: list[str] = []
    for character in line:
        if character in _BIDI_CLOSER:
            awaited.append(_BIDI_CLOSER[character])
        elif character in _BIDI_CONTROLS:
            if awaited[-1:] != [character]:
                continue
            awaited.pop()
        kept.append(character)
    return "".join(kept + awaited[::-1])
