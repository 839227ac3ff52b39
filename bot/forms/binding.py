"""Grammars that let a model write nothing but a form: syllables and rhymes, or characters, tones and rhymes. Pure.

In the notation of Lark. What a grammar cannot say (a refrain, a line that comes again) has none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import islice
from random import Random

from bot.forms.english import rhyming_part, syllables
from bot.forms.form import Form
from bot.forms.hanzi import Tone, rhyme_groups, tones

_MOST_SYLLABLES = 5
_RHYME_WORDS, _RHYME_SYLLABLES = 12, 3
_RHYME_CHARACTERS = 40
_COMMA, _STOP = "\uff0c", "\u3002"

Choices = Mapping[int, Sequence[str]]
"""Words by their number of syllables."""


def binding_of(form: Form, seed: int) -> str | None:
    """Return the grammar of a form; None where it has none. The seed chooses the rhymes."""
    return _BINDINGS[form.check](form, Random(seed)) if can_bind(form) else None


def can_bind(form: Form) -> bool:
    """Say whether a grammar can say all of a form."""
    return form.check in _BINDINGS and "again" not in form.rules


def _bind_metre(form: Form, chance: Random) -> str:
    """Write each line as words that come to its syllables, the last of them one of those that rhyme."""
    counts = [least + (least < most) for least, most in form.rules["syllables"]]
    scheme = form.rules["rhymes"]["schemes"][0] if "rhymes" in form.rules else ""
    ends = _rhymes_of(scheme, chance) if scheme else [None] * form.lines
    names = [f"l{at}_" for at in range(form.lines)]
    start = ' "\\n" '.join(f"{name}{count}" for name, count in zip(names, counts, strict=True))
    lines = [_line(*line) for line in zip(names, counts, ends, strict=True)]
    words = [f"W{count}: {_one_of(chosen)}" for count, chosen in _common_words().items()]
    return "\n".join([f"start: {start}", *lines, *words, "SEP: /,? /", "END: /[.,;:!?]?/"])


def _line(name: str, count: int, ends: Choices | None) -> str:
    """Write the rules of a line of `count` syllables, and of what is left of it after each word."""
    own = {} if ends is None else {size: words for size, words in ends.items() if size <= count}
    last = {size: f"{name.upper()}{size}" for size in own} or {size: f"W{size}" for size in _common_words()}
    rules = []
    for left in range(1, count + 1):
        ways = [f"W{size} SEP {name}{left - size}" for size in _common_words() if size < left]
        ways += [f"{last[left]} END"] if left in last else []
        rules.append(f"{name}{left}: {' | '.join(ways)}")
    return "\n".join([*rules, *(f"{last[size]}: {_one_of(words)}" for size, words in own.items())])


def _rhymes_of(scheme: str, chance: Random) -> list[Choices]:
    """Choose a rhyme for each letter, and for each line its own share of the words that have it."""
    letters = sorted(set(scheme))
    families = dict(zip(letters, chance.sample(_families(), len(letters)), strict=True))
    return [
        _by_syllables(families[letter][scheme[:at].count(letter) :: scheme.count(letter)])
        for at, letter in enumerate(scheme)
    ]


@cache
def _families() -> list[Sequence[str]]:
    """Return the words that rhyme, family by family, as far as there are enough of them; the common ones first."""
    families: dict[str, list[str]] = {}
    for count, words in _common_words().items():
        for word in words if count <= _RHYME_SYLLABLES else ():
            families.setdefault(rhyming_part(word), []).append(word)
    # A line must be able to end with one syllable: then any number of others can come before it.
    return [words for words in families.values() if sum(1 in syllables(word) for word in words) >= _RHYME_WORDS]


@cache
def _common_words() -> Choices:
    listed = files(__package__).joinpath("common_words.txt").read_text(encoding="utf-8").splitlines()
    return _by_syllables([word for line in listed if not line.startswith("#") for word in line.split()])


def _by_syllables(words: Sequence[str]) -> Choices:
    found: dict[int, list[str]] = {}
    for word in words:
        (count,) = syllables(word)
        if count <= _MOST_SYLLABLES:
            found.setdefault(count, []).append(word)
    return dict(sorted(found.items()))


def _bind_regulated(form: Form, chance: Random) -> str:
    """Write four lines of characters in the tones of their places."""
    characters = form.rules["characters"]
    start = chance.choice(list(Tone))
    rhyming = _rhyme_characters(Tone.LEVEL, chance)
    lines = []
    for at, first in enumerate((start, start.opposite, start.opposite, start)):
        wanted = [
            first if place % 4 == 1 else first.opposite if place % 4 == 3 else None for place in range(characters)
        ]
        classes = [_characters_of(tone) for tone in wanted[:-1]]
        last = rhyming[at // 2 :: 2] if at % 2 else _characters_of(Tone.OBLIQUE if at == 2 else None)
        lines.append("".join(f"[{one}]" for one in (*classes, last)))
    return f"start: /{lines[0]}{_COMMA}{lines[1]}{_STOP}\\n{lines[2]}{_COMMA}{lines[3]}{_STOP}/"


def _bind_tune(form: Form, chance: Random) -> str:
    """Write lines of so many characters, those that rhyme with an end of their own each."""
    rhymed = form.rules["rhymed"]
    rhyming = _rhyme_characters(Tone(form.rules["tone"]), chance)
    lines = []
    for number, characters in enumerate(form.rules["characters"], start=1):
        at = rhymed.index(number) if number in rhymed else None
        last = _characters_of(None) if at is None else rhyming[at :: len(rhymed)]
        mark = _COMMA if at is None else _STOP
        lines.append(f"[{_characters_of(None)}]{{{characters - 1}}}[{last}]{mark}")
    return f"start: /{''.join(lines)}/"


def _rhyme_characters(tone: Tone, chance: Random) -> str:
    """Choose a group of rhymes, and return its characters of this tone."""
    groups: dict[str, list[str]] = {}
    for character in _characters_of(tone):
        for group in rhyme_groups(character):
            groups.setdefault(group, []).append(character)
    return "".join(chance.choice([found for found in groups.values() if len(found) >= _RHYME_CHARACTERS]))


@cache
def _characters_of(tone: Tone | None) -> str:
    """Return the common characters that may stand for a tone, or for any."""
    return "".join(one for one in _common_characters() if tone is None or tone in tones(one))


def _common_characters() -> str:
    """Return the 3,755 characters of the first level of GB 2312: those in daily use."""
    rows = (bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    return b"".join(islice(rows, 3_755)).decode("gb2312")


def _one_of(words: Sequence[str]) -> str:
    return f"/{'|'.join(words)}/"


_BINDINGS: Mapping[str, Callable[[Form, Random], str]] = {
    "metre": _bind_metre,
    "regulated": _bind_regulated,
    "tune": _bind_tune,
}
