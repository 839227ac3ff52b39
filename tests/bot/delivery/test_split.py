"""Long text is cut where a reader would pause and joins back to what it was."""

from __future__ import annotations

import regex
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.split import LIMIT, join, split, utf16_length

SENTENCE = "The lamp went out, and the sea went on without it. "

texts = st.lists(
    st.one_of(
        st.text(max_size=80),
        st.sampled_from(["```", "```python\n", "\n", "\n\n", " ", "word. "]),
        st.sampled_from(["\u200b", "\u2060", "👩\u200d👩\u200d👧", "e\u0301", "<@1>"]),
    ),
    max_size=120,
).map("".join)


@given(texts, st.integers(min_value=60, max_value=300))
def test_any_text_joins_back_to_what_it_was(text: str, limit: int) -> None:
    assert join(split(text, limit)) == text


@given(texts, st.integers(min_value=60, max_value=300))
def test_any_text_joins_back_after_discord_dropped_the_white_space_at_the_ends(text: str, limit: int) -> None:
    assert join(content.strip() for content in split(text, limit)) == text


@given(texts, st.integers(min_value=60, max_value=300))
def test_every_message_fits_and_none_is_empty(text: str, limit: int) -> None:
    contents = split(text, limit)
    assert all(0 < utf16_length(content) <= limit and content.strip() for content in contents)


def test_text_that_fits_is_one_message_exactly_as_it_is() -> None:
    text = "a" * LIMIT
    assert split(text) == [text]


def test_a_paragraph_is_the_first_choice() -> None:
    first = SENTENCE * 30
    assert join(split(f"{first}\n\n{SENTENCE * 20}")[:1]) == f"{first}\n\n"


def test_a_sentence_is_the_second() -> None:
    cut = split(SENTENCE * 60)
    assert all(join([content]).endswith("it. ") for content in cut)


def test_a_word_is_the_third() -> None:
    cut = split("lantern " * 400)
    assert all(join([content]).endswith("lantern ") for content in cut)


def test_text_without_spaces_is_cut_between_characters_as_people_see_them() -> None:
    family = "👩\u200d👩\u200d👧\u200d👦"
    for content in split(family * 300):
        assert set(regex.findall(r"\X", content)) == {family}


def test_a_code_fence_goes_to_the_next_message_whole_where_it_fits() -> None:
    fence = "```python\n" + "print('sea')\n" * 100 + "```\n"
    before, after = split(SENTENCE * 15 + "\n\n" + fence)
    assert "```" not in before
    assert after.startswith("```python\n")


def test_a_fence_too_long_for_one_message_is_closed_and_opened_again_with_its_language() -> None:
    text = "```python\n" + "print('sea')\n" * 400 + "```"
    first, *middle, last = split(text)
    assert first.startswith("```python\n") and "\n```\n" in first
    assert all(content.startswith("```python\n") for content in [*middle, last])
    assert join([first, *middle, last]) == text


def test_what_was_cut_stays_as_it_is_while_the_text_grows() -> None:
    grown = SENTENCE * 120
    assert split(grown)[0] == split(grown[:2500])[0] == split(grown[:4000])[0]


def test_empty_text_is_still_a_message() -> None:
    assert join(split("")) == ""
    assert len(split("")) == 1
