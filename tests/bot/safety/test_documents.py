"""Files become drafts, or one sentence says why not."""

from __future__ import annotations

import struct
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import docx
import pytest

from bot.errors import BadInput
from bot.safety.documents import MAX_DOCUMENT_BYTES, MAX_ENTRIES, MAX_UNZIPPED_BYTES, check_document_size, read_document
from tests.bot.refusing import refused

CONTENT_TYPES = "[Content_Types].xml"
MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def document(*paragraphs: str, cells: tuple[str, ...] = ()) -> bytes:
    made = docx.Document()
    for paragraph in paragraphs:
        made.add_paragraph(paragraph)
    if cells:
        row = made.add_table(rows=1, cols=len(cells)).rows[0]
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    file = BytesIO()
    made.save(file)
    return file.getvalue()


def written(body: str) -> bytes:
    """Make a document of this body."""
    told = f"<w:document xmlns:w='{MAIN}'><w:body>{body}</w:body></w:document>"
    return changed(document(), **{"word/document.xml": told.encode()})


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def changed(content: bytes, **entries: bytes) -> bytes:
    """Put other entries into a package, in place of those of their names."""
    file = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(file, "w", ZIP_DEFLATED) as new:
        kept = {entry: old.read(entry) for entry in old.namelist()}
        for name, data in {**kept, **entries}.items():
            new.writestr(name, data)
    return file.getvalue()


@pytest.mark.parametrize("name", ["draft.txt", "Draft.MD"])
def test_text_files_are_read_as_they_are(name: str) -> None:
    assert read_document(name, "One.\n\nTwo – ü.".encode()) == "One.\n\nTwo – ü."


def test_a_word_document_keeps_its_paragraphs_and_the_text_of_its_tables() -> None:
    content = document("The lamp was lit.", "", "Nobody came.\nNot one.", cells=("a cell", "another"))
    assert read_document("draft.docx", content) == "The lamp was lit.\n\nNobody came.\nNot one.\n\na cell\n\nanother"


def test_what_an_editor_added_counts_and_what_they_took_or_moved_away_does_not() -> None:
    added, taken = f"<w:ins>{run('was ')}</w:ins>", "<w:del><w:r><w:delText>is </w:delText></w:r></w:del>"
    content = written(f"<w:p>{run('It ')}{added}{taken}<w:moveFrom>{run('so ')}</w:moveFrom>{run('dark.')}</w:p>")
    assert read_document("draft.docx", content) == "It was dark."


def test_words_in_a_frame_for_content_and_in_tables_within_tables_are_read() -> None:
    framed = f"<w:sdt><w:sdtContent><w:p>{run('Framed.')}</w:p></w:sdtContent></w:sdt>"
    inner = f"<w:tbl><w:tr><w:tc><w:p>{run('Within.')}</w:p></w:tc></w:tr></w:tbl>"
    content = written(f"{framed}<w:tbl><w:tr><w:tc>{inner}<w:p>{run('Around.')}</w:p></w:tc></w:tr></w:tbl>")
    assert read_document("draft.docx", content) == "Framed.\n\nWithin.\n\nAround."


def test_tabs_and_line_breaks_are_read_and_the_stops_of_tabs_are_not() -> None:
    stops = "<w:pPr><w:tabs><w:tab w:val='left' w:pos='720'/></w:tabs></w:pPr>"
    content = written(f"<w:p>{stops}{run('One')}<w:r><w:tab/><w:br/></w:r>{run('two')}</w:p>")
    assert read_document("draft.docx", content) == "One\t\ntwo"


def test_a_cell_that_claims_a_billion_columns_is_read_once() -> None:
    wide = f"<w:tc><w:tcPr><w:gridSpan w:val='1000000000'/></w:tcPr><w:p>{run('Wide.')}</w:p></w:tc>"
    assert read_document("draft.docx", written(f"<w:tbl><w:tr>{wide}</w:tr></w:tbl>")) == "Wide."


@pytest.mark.parametrize("text", ["BMX bikes rolled by.", "RIFFRAFF, the lot of them."])
def test_a_draft_may_begin_as_some_pictures_do(text: str) -> None:
    assert read_document("draft.txt", text.encode()) == text


def test_a_text_file_longer_than_a_passage_is_read() -> None:
    assert len(read_document("novel.txt", b"word " * 40_000)) == 200_000


@pytest.mark.parametrize(
    ("name", "content", "key"),
    [
        ("draft.docx", b"not a zip at all", "documents.broken"),
        ("draft.docx", document("One.")[:-200], "documents.broken"),
        ("draft.docx", changed(document("One."), **{"word/document.xml": b"<w:document"}), "documents.broken"),
        ("draft.docx", changed(document("One."), **{CONTENT_TYPES: b"<a/>"}), "documents.broken"),
        ("draft.docx", b"\xd0\xcf\x11\xe0" + bytes(600), "documents.locked"),
        ("draft.docx", changed(document("One."), **{"word/vbaProject.bin": b"x"}), "documents.macros"),
        (
            "draft.docm",
            changed(document("One."), **{CONTENT_TYPES: b"application/vnd.ms-word.document.macroEnabled.main+xml"}),
            "documents.macros",
        ),
        ("draft.png", b"", "documents.picture"),
        ("draft.docx", b"\x89PNG\r\n\x1a\n", "documents.picture"),
        ("draft.txt", b"\xff\xd8\xff\xe0", "documents.picture"),
        ("draft.pdf", b"%PDF-1.7", "documents.unknown_kind"),
        ("draft", b"text", "documents.unknown_kind"),
        ("draft.txt", b"\x00\x01\x02", "safety.not_text"),
    ],
)
def test_what_is_no_draft_gets_one_sentence(name: str, content: bytes, key: str) -> None:
    with refused(key) as caught:
        read_document(name, content)
    assert len(str(caught.value).splitlines()) == 1


def test_a_bomb_is_told_by_what_it_says_of_its_size() -> None:
    bomb = changed(document("One."), **{"word/media/image1.png": bytes(MAX_UNZIPPED_BYTES)})
    assert len(bomb) < 200_000
    with refused("documents.bomb"):
        read_document("draft.docx", bomb)


def test_a_bomb_that_lies_about_its_size_goes_off_nowhere() -> None:
    bomb = changed(document("One."), **{"word/media/image1.png": bytes(2**20)})
    lying = bomb.replace(struct.pack("<L", 2**20), struct.pack("<L", 10))
    assert lying != bomb
    with refused("documents.broken"):
        read_document("draft.docx", lying)


def test_a_package_of_too_many_entries_is_not_opened() -> None:
    crowd = changed(document("One."), **{f"word/{number}.xml": b"" for number in range(MAX_ENTRIES)})
    with refused("documents.bomb"):
        read_document("draft.docx", crowd)


def test_an_entry_with_a_password_is_told() -> None:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_STORED) as package:
        package.writestr(CONTENT_TYPES, b"<a/>")
    content = bytearray(file.getvalue())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + offset] |= 1
    with refused("documents.locked"):
        read_document("draft.docx", bytes(content))


def test_an_entity_that_grows_is_not_followed() -> None:
    entities = b'<!DOCTYPE x [<!ENTITY a "lol">' + b"".join(
        b'<!ENTITY %c "%s">' % (letter, b"&%c;" % (letter - 1) * 10) for letter in range(98, 108)
    )
    body = entities + f"]><w:document xmlns:w='{MAIN}'>".encode()
    body += b"<w:body><w:p><w:r><w:t>&k;</w:t></w:r></w:p></w:body></w:document>"
    laughing = changed(document("One."), **{"word/document.xml": body})
    try:
        assert len(read_document("draft.docx", laughing)) < 1_000
    except BadInput as refusal:
        assert refusal.key == "documents.broken"


def test_a_file_too_large_is_refused_before_it_is_fetched() -> None:
    with refused("documents.too_large"):
        check_document_size(MAX_DOCUMENT_BYTES + 1)
