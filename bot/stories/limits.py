"""Lines and veils: the themes that a story leaves out, and those that it only hints at. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.errors import BadInput
from bot.safety import clean_line
from bot.safety.folding import fold, readings_of
from bot.safety.terms import terms_of

LIMITS_MAX = 500
_LEAST_PLURAL = 4  # letters
_ENDINGS = {"s": "", "ies": "y", "ches": "ch", "shes": "sh", "xes": "x", "sses": "ss"}


@dataclass(frozen=True, slots=True)
class Limits:
    """`lines` never appear; `veils` happen off-screen, and are at most hinted at."""

    lines: tuple[str, ...] = ()
    veils: tuple[str, ...] = ()

    @property
    def themes(self) -> tuple[str, ...]:
        """Return all that is not to be seen: lines and veils alike, as what a picture shows is never off-screen."""
        return self.lines + self.veils

    def are_crossed_by(self, text: str) -> bool:
        """Say whether a text names a line's theme word for word, however it is spelled."""
        return _names(text, self.lines)

    def are_shown_by(self, prompt: str) -> bool:
        """Say whether a picture's prompt names what is not to be seen."""
        return _names(prompt, self.themes)


def themes_in(text: str) -> tuple[str, ...]:
    """Return the themes of a text, one a line and none twice; raise `BadInput` if too long or only signs."""
    if len(text) > LIMITS_MAX:
        raise BadInput("stories.long_limits", limit=LIMITS_MAX, length=len(text))
    themes = tuple({line.casefold(): line for line in map(clean_line, text.splitlines()) if line}.values())
    if not all(any(map(str.isalnum, theme)) for theme in themes):
        raise BadInput("stories.no_theme")
    return themes


def _names(text: str, themes: tuple[str, ...]) -> bool:
    """Say whether a text names a theme, be there one or many of its kind: who lists spiders means each."""
    forms = themes + tuple(singular for theme in themes for singular in _singulars(theme.casefold()))
    return bool(themes) and terms_of(forms).found_in(readings_of(fold(text)))


def _singulars(theme: str) -> Iterator[str]:
    """Yield what an English plural may be one of: of "zombies" also "zomby", as of "bodies" it is "body"."""
    if len(theme) < _LEAST_PLURAL or theme.endswith("ss"):
        return
    for plural, singular in _ENDINGS.items():
        if theme.endswith(plural):
            yield theme.removesuffix(plural) + singular
