"""How Chinese verse sounds: lines, tones with their history, rhymes of today."""

from __future__ import annotations

import pytest

from bot.forms.hanzi import Tone, rhyme_groups, tones, units_in

LEVEL, OBLIQUE = {Tone.LEVEL}, {Tone.OBLIQUE}


def test_lines_end_at_marks_and_line_breaks() -> None:
    assert units_in("白日依山尽，黄河入海流。\n欲穷、千里目!") == ["白日依山尽", "黄河入海流", "欲穷千里目"]


def test_text_without_characters_has_no_lines() -> None:
    assert units_in("A haiku, 12 words. \U0001f319") == []


@pytest.mark.parametrize(
    ("character", "expected"),
    [("山", LEVEL), ("河", LEVEL), ("海", OBLIQUE), ("日", OBLIQUE), ("白", {*Tone}), ("看", {*Tone}), ("国", {*Tone})],
)
def test_a_character_stands_for_the_tones_it_is_or_was_read_with(character: str, expected: set[Tone]) -> None:
    assert tones(character) == expected


def test_simplified_and_traditional_characters_sound_alike() -> None:
    assert [tones(one) == tones(other) for one, other in ("国國", "学學", "说說", "发發")] == [True] * 4


@pytest.mark.parametrize("pair", ["流楼", "间还", "枝思", "斜家", "归飞", "东中", "新人", "绿居"])
def test_characters_of_one_group_rhyme(pair: str) -> None:
    assert rhyme_groups(pair[0]) & rhyme_groups(pair[1])


@pytest.mark.parametrize("pair", ["流山", "知西", "月天", "新声", "波家"])
def test_characters_of_two_groups_do_not_rhyme(pair: str) -> None:
    assert not rhyme_groups(pair[0]) & rhyme_groups(pair[1])


def test_what_has_no_reading_may_stand_for_any_tone_and_rhymes_with_nothing() -> None:
    assert tones("\U0002a6d6") == {*Tone}
    assert rhyme_groups("\U0002a6d6") == frozenset()
