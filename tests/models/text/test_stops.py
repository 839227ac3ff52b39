"""Text leaves in whole characters, and never with the beginning of a stop string."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from models.text.stops import Detokenizer, StopFilter


def as_bytes(tokens: list[int]) -> str:
    """Decode like a model whose tokens are single bytes."""
    return bytes(tokens).decode(errors="replace")


def pieces(text: str) -> list[str]:
    detokenizer = Detokenizer(as_bytes)
    return [detokenizer.feed(byte) for byte in text.encode()] + [detokenizer.rest()]


def through(stops: tuple[str, ...], parts: list[str]) -> str:
    stop_filter = StopFilter(stops)
    return "".join([stop_filter.feed(part) for part in parts] + [stop_filter.rest()])


def test_a_character_of_four_tokens_appears_once_it_is_whole() -> None:
    assert pieces("\N{WHALE}!") == ["", "", "", "\N{WHALE}", "!", ""]


def test_half_a_character_at_the_end_is_never_shown() -> None:
    detokenizer = Detokenizer(as_bytes)
    shown = [detokenizer.feed(byte) for byte in "a\N{WHALE}".encode()[:-1]]
    assert "".join(shown) + detokenizer.rest() == "a"


@given(st.text())
def test_the_pieces_are_the_text(text: str) -> None:
    assert "".join(pieces(text)) == text.rstrip("\N{REPLACEMENT CHARACTER}")


def test_what_may_be_a_stop_string_waits() -> None:
    stop_filter = StopFilter(("###",))
    assert [stop_filter.feed(part) for part in ("one #", "#", " two ##", "# three")] == ["one ", "", "## two ", ""]
    assert stop_filter.stopped


def test_the_earliest_of_several_stop_strings_counts() -> None:
    assert through(("two", "one"), ["zero one two"]) == "zero "


def test_what_looked_like_a_stop_string_is_shown_at_the_end() -> None:
    assert through(("###",), ["text ##"]) == "text ##"


@given(st.lists(st.text("ab", max_size=3)), st.lists(st.text("ab", min_size=1, max_size=4), max_size=3))
def test_however_text_is_cut_it_ends_before_the_first_stop(parts: list[str], stops: list[str]) -> None:
    whole = "".join(parts)
    ends = [at for stop in stops if (at := whole.find(stop)) >= 0]
    shown = through(tuple(stops), parts)
    assert whole.startswith(shown)
    assert not any(stop in shown for stop in stops)
    # A stop found early may begin after a longer one that was still growing, never before the first.
    assert len(shown) >= min(ends, default=len(whole))
