"""Drafts that members send as files: .txt, .md and .docx become text, after all that could be wrong with them."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePath
from zipfile import ZipFile

import docx
from docx.document import Document
from docx.oxml.ns import qn

from bot.errors import BadInput
from bot.safety.text import decode_text_file

MAX_DOCUMENT_BYTES = 8 * 2**20
MAX_UNZIPPED_BYTES = 16 * 2**20  # pictures do not shrink in a package, and the words of a draft are few beside them
MAX_ENTRIES = 1_000

_TEXT_ENDINGS = (".txt", ".md")
_PICTURE_ENDINGS = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".heic", ".bmp")
_PICTURE_MARKS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8")  # no text begins so, as one may with BM or RIFF
# Word wraps a document with a password into one of its old containers; so are old .doc files.
_OLD_CONTAINER = b"\xd0\xcf\x11\xe0"
_PIECE_BYTES = 2**16
_ENCRYPTED = 0x1
_PARAGRAPH, _TEXT = qn("w:p"), qn("w:t")
_SIGNS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
# What an editor added counts before it is accepted; what was moved away, boxes and the stops of tabs do not.
_APART = frozenset(map(qn, ("w:moveFrom", "w:txbxContent", "w:pPr")))


def check_document_size(size_bytes: int) -> None:
    """Raise `BadInput` for a file too large to be a draft, before anyone downloads it."""
    if size_bytes > MAX_DOCUMENT_BYTES:
        raise BadInput("documents.too_large", limit=MAX_DOCUMENT_BYTES // 2**20)


def read_document(name: str, content: bytes) -> str:
    """Return a file's text, its paragraphs apart by an empty line; raise `BadInput` for what is no draft.

    Takes some seconds for the worst: call it beside the event loop.
    """
    check_document_size(len(content))
    ending = PurePath(name.lower()).suffix
    if ending in _PICTURE_ENDINGS or content.startswith(_PICTURE_MARKS):
        raise BadInput("documents.picture")
    if ending in _TEXT_ENDINGS:
        return decode_text_file(content, MAX_DOCUMENT_BYTES)
    if ending not in (".docx", ".docm"):
        raise BadInput("documents.unknown_kind")
    _check_package(content)
    return _text_of(content)


def _check_package(content: bytes) -> None:
    """Raise `BadInput` for a package that is locked, broken, brings macros, or is larger inside than it may be."""
    if content.startswith(_OLD_CONTAINER):
        raise BadInput("documents.locked")
    try:
        with ZipFile(BytesIO(content)) as package:
            _check_entries(package)
    except BadInput:
        raise
    except Exception as error:  # zip files fail on hostile bytes in more ways than they document
        raise BadInput("documents.broken") from error


def _check_entries(package: ZipFile) -> None:
    entries = package.infolist()
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNZIPPED_BYTES:
        raise BadInput("documents.bomb")
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise BadInput("documents.locked")
    if any("vba" in PurePath(entry.filename.lower()).name for entry in entries):
        raise BadInput("documents.macros")
    if b"macroenabled" in package.read("[Content_Types].xml").lower():
        raise BadInput("documents.macros")
    _check_real_size(package)


def _check_real_size(package: ZipFile) -> None:
    """Unzip all of it piece by piece and keep nothing: what an entry says of its size need not be true."""
    left = MAX_UNZIPPED_BYTES
    for entry in package.infolist():
        with package.open(entry) as file:
            while piece := file.read(_PIECE_BYTES):
                left -= len(piece)
                if left < 0:
                    raise BadInput("documents.bomb")


def _text_of(content: bytes) -> str:
    try:
        return "\n\n".join(paragraph for paragraph in _paragraphs(docx.Document(BytesIO(content))) if paragraph.strip())
    except Exception as error:  # a sound package may still hold no sound document
        raise BadInput("documents.broken") from error


def _paragraphs(document: Document) -> Iterator[str]:
    """Yield the text of each paragraph, those of tables too.

    A merged cell says itself over how many columns it goes: whoever believed it would repeat its text so often.
    """
    pieces: list[str] = []
    for node in document.element.body.iter(_PARAGRAPH, _TEXT, *_SIGNS):
        if node.tag == _PARAGRAPH:
            yield "".join(pieces)
            pieces = []
        elif not any(around.tag in _APART for around in node.iterancestors()):
            pieces.append(_SIGNS.get(node.tag) or node.text or "")
    yield "".join(pieces)
