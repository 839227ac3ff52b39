from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.safety import (
    MAX_FILE_BYTES,
    check_file_size,
    clean_line,
    clean_optional,
    clean_text,
    decode_text_file,
    tidy,
)
from tests.bot.refusing import refused

FAMILY = "\N{MAN}\u200d\N{WOMAN}\u200d\N{GIRL}"
RTL_OVERRIDE, POP_EMBEDDING = "\u202e", "\u202c"
RTL_ISOLATE, POP_ISOLATE = "\u2067", "\u2069"


@pytest.mark.parametrize(
    "text", ["", "  \n\t ", "\u200b\u200d\ufeff", "\u2800\u3164", "\x00\x07", "\ufe0f", "\u2067\u2069"]
)
def test_a_text_without_anything_to_read_is_refused(text: str) -> None:
    with refused("safety.empty"):
        clean_text(text)


@pytest.mark.parametrize("text", ["**", "```\n```", "> # -", "||~~||", "***\n___"])
def test_a_text_of_markup_alone_is_refused(text: str) -> None:
    with refused("safety.only_markup"):
        clean_text(text)


@pytest.mark.parametrize("text", ["…", "?!", "@everyone", "*a*", "שלום", "🙂", FAMILY, "e\u0301", "{title} %s ```x```"])
def test_what_a_reader_can_see_is_kept(text: str) -> None:
    assert clean_text(text) == unicodedata.normalize("NFC", text)


def test_control_characters_and_lone_surrogates_go_but_tabs_and_lines_stay() -> None:
    assert clean_text("a\x00b\x1b\tc\r\nd\re\u2028f\ud800") == "ab\tc\nd\ne\nf"


def test_letters_and_their_accents_become_one_character() -> None:
    assert clean_text("e\u0301") == "é"


def test_more_than_two_blank_lines_become_two() -> None:
    assert clean_text("a" + "\n" * 50 + "b") == "a\n\n\nb"


def test_an_override_left_open_is_closed_in_its_line() -> None:
    assert clean_text(f"a{RTL_OVERRIDE}b\nc") == f"a{RTL_OVERRIDE}b{POP_EMBEDDING}\nc"


def test_a_closer_without_an_opener_is_dropped() -> None:
    assert clean_text(f"a{POP_ISOLATE}b{POP_EMBEDDING}") == "ab"


def test_right_to_left_text_with_balanced_marks_is_left_alone() -> None:
    text = f"{RTL_ISOLATE}שלום{POP_ISOLATE} עולם"
    assert clean_text(text) == text


def test_marks_that_cross_are_closed_in_the_right_order() -> None:
    crossed = f"{RTL_ISOLATE}{RTL_OVERRIDE}a{POP_ISOLATE}b"
    assert tidy(crossed) == f"{RTL_ISOLATE}{RTL_OVERRIDE}ab{POP_EMBEDDING}{POP_ISOLATE}"


@given(st.text())
def test_tidying_twice_changes_nothing_more(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


@given(st.text(alphabet=st.sampled_from("ab\n\u202a\u202e\u202c\u2066\u2067\u2069")))
def test_no_line_leaves_a_bidi_mark_open(text: str) -> None:
    for line in tidy(text).split("\n"):
        openers = sum(line.count(mark) for mark in "\u202a\u202e\u2066\u2067")
        closers = sum(line.count(mark) for mark in "\u202c\u2069")
        assert openers == closers


def test_an_optional_text_may_be_empty() -> None:
    assert clean_optional(" \u200b ") == ""
    assert clean_optional(" so ") == "so"


def test_a_title_is_one_line_without_bidi_marks() -> None:
    assert clean_line(f" The\n {RTL_OVERRIDE}Sea\t") == "The Sea"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_text_file_is_read_in_the_usual_encodings(encoding: str) -> None:
    assert decode_text_file("Grüße, 世界 🙂\r\n".encode(encoding)) == "Grüße, 世界 🙂\r\n"


@pytest.mark.parametrize(
    "content",
    [b"\x89PNG\r\n\x1a\n\x00\x00", b"a\x00b", b"caf\xe9", b"\xff\xfea", "abc".encode("utf-32"), b"MZ\x90\x00"],
)
def test_a_file_that_is_no_text_is_refused(content: bytes) -> None:
    with refused("safety.not_text"):
        decode_text_file(content)


def test_a_text_file_of_three_megabytes_is_refused_before_and_after_its_download() -> None:
    for refuse in (lambda: check_file_size(3_000_000), lambda: decode_text_file(b"a" * 3_000_000)):
        with refused("safety.file_too_large") as caught:
            refuse()
        assert "80 kB" in str(caught.value)


def test_a_file_at_the_limit_is_read() -> None:
    assert len(decode_text_file(b"a" * MAX_FILE_BYTES)) == MAX_FILE_BYTES
