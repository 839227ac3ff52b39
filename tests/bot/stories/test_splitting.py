from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.stories.splitting import split_into_passages


def test_a_short_text_is_one_passage() -> None:
    assert split_into_passages("One.\n\nTwo.", 100) == ["One.\n\nTwo."]


def test_a_long_text_is_split_at_paragraphs() -> None:
    assert split_into_passages("One one.\n\nTwo two.\n\nThree.", 18) == ["One one.\n\nTwo two.", "Three."]


def test_a_long_paragraph_is_split_at_sentences() -> None:
    assert split_into_passages("First one. Second one. Third.", 24) == ["First one. Second one.", "Third."]


def test_a_sentence_that_ends_at_the_limit_stays_whole() -> None:
    assert split_into_passages("Twelve long. Then.", 12) == ["Twelve long.", "Then."]


def test_a_long_sentence_is_split_at_words_and_a_long_word_anywhere() -> None:
    assert split_into_passages("alpha beta gamma", 11) == ["alpha beta", "gamma"]
    assert split_into_passages("a" * 25, 10) == ["a" * 10, "a" * 10, "a" * 5]


@given(st.text(alphabet="ab. \n", min_size=1), st.integers(min_value=1, max_value=20))
def test_nothing_is_lost_and_nothing_is_too_long(text: str, limit: int) -> None:
    passages = split_into_passages(text, limit)
    assert all(0 < len(passage) <= limit for passage in passages)
    assert "".join("".join(passages).split()) == "".join(text.split())
