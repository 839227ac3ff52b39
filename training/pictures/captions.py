"""Say in words what a training picture shows; a few ways for each, so that members need not guess the one."""

from collections.abc import Iterator

from training.pictures.data import Concept, plain_words


def with_article(words: str, noun: str) -> str:
    """Put "a" or "an" before the words, unless the noun takes none."""
    if noun in plain_words():
        return words
    return f"{'an' if words[0] in 'aeiou' and not words.startswith(('uni', 'uf')) else 'a'} {words}"


def captions(concept: Concept, style: str, colour: str = "") -> Iterator[str]:
    """Yield captions for a concept's picture in a style; with a colour word where its colour was chosen."""
    for noun in (concept.noun, *concept.synonyms):
        words = f"{colour} {noun}" if colour else noun
        yield f"{with_article(words, noun)}, {style} style"
        yield f"{words}, {style} style"


def without_style(concept: Concept, colour: str = "") -> Iterator[str]:
    """Yield captions that leave the style open."""
    words = f"{colour} {concept.noun}" if colour else concept.noun
    yield with_article(words, concept.noun)
    yield words
