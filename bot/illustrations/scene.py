"""A scene in words that a picture can be drawn from: what the language model is asked, and what its answer becomes.

Pure. The model says in one sentence what is seen. How the cast looks is added by rule, word for word: a model would
leave some of it out and invent the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.cast.entry import CastEntry
from bot.cast.rules import named_in
from bot.safety import clean_line
from bot.stories.shares import count_words
from bot.stories.splitting import SENTENCE_END
from bot.stories.story import Passage
from bot.words import say
from models.events import Finished, FinishReason
from models.requests import PromptPart, Role, Sampling, TextRequest

MAX_NEW_TOKENS = 40
SCENE_MAX = 1_200  # characters of a story that the model reads
SEEN_MAX = 160

# One example teaches a model of 135M parameters what a longer explanation does not.
_RULES = (
    "You describe illustrations for a book. Say in one short sentence what the picture shows:"
    " who or what is seen, where, and in what light."
)
_EXAMPLE = "The old king walked alone through the snow. His crown was gone, and wolves howled behind the trees."
_EXAMPLE_SEEN = "An old king without a crown walks through deep snow, dark trees behind him, in cold evening light."
_QUESTION = "What does the picture show?"

_PREAMBLE = re.compile(
    r"(?i)\A(?:(?:the|this) (?:picture|image|scene|illustration) (?:shows|depicts|is of)|\w+:)[\s:]*"
)
_CLOSED = re.compile(r"[.!?…\u3002\uff01\uff1f][\"'”’»)\]]*\Z")
_QUOTES = "\"'“”„«»*_` "
_LEAST_WORDS, _LEAST_LETTERS = 3, 8


@dataclass(frozen=True, slots=True)
class Scene:
    """What is to be drawn: a passage, what leads up to it, the story's cast, and what the member wants to see."""

    passage: str
    before: str = ""
    cast: tuple[CastEntry, ...] = ()
    steer: str = ""


def scene_at(path: Sequence[Passage], cast: Iterable[CastEntry], steer: str) -> Scene:
    """Return the scene that the last passage of a path tells."""
    *before, last = [passage.text for passage in path if not passage.removed]
    return Scene(last, "\n\n".join(before)[-SCENE_MAX:], tuple(cast), steer)


def build_request(request_id: str, scene: Scene, seed: int) -> TextRequest:
    """Freeze what the language model is asked about a scene."""
    rules, request = say("stories.part_rules"), say("stories.part_request")
    parts = (
        PromptPart(rules, Role.SYSTEM, _RULES),
        PromptPart(rules, Role.USER, f"Scene: {_EXAMPLE}\n{_QUESTION}"),
        PromptPart(rules, Role.ASSISTANT, _EXAMPLE_SEEN),
        PromptPart(request, Role.USER, _told(scene)),
    )
    sampling = Sampling(temperature=0.4, top_p=0.9, seed=seed)
    return TextRequest(request_id, parts, MAX_NEW_TOKENS, sampling, stop=("\n",))


def written_prompt(finished: Finished, scene: Scene, limit: int) -> str:
    """Return the prompt for a picture, of at most `limit` characters.

    First comes what the model saw or, where that is of no use, the passage's last sentence; then what the member wants
    to see; then who and what of the cast is there, as many as fit.
    """
    seen = _seen(finished) or _last_sentence(scene.passage)
    prompt = ""
    for part in (seen, scene.steer, *map(looks, _present(scene, seen))):
        longer = f"{prompt} {_closed(part)}".strip()
        prompt = longer if part and len(longer) <= limit else prompt
    return prompt


def looks(entry: CastEntry) -> str:
    """Write an entry as every prompt has it."""
    return f"{entry.name}: {entry.traits}"


def _present(scene: Scene, seen: str = "") -> list[CastEntry]:
    """Return who and what of the cast is in a scene: named in it or, if nobody is, in what leads up to it."""
    told = "\n".join((scene.passage, scene.steer, seen))
    return named_in(told, scene.cast) or named_in(scene.before, scene.cast)


def _told(scene: Scene) -> str:
    """Tell the model the scene: the end of its passage and, where there is room, of what leads up to it."""
    passage = scene.passage[-SCENE_MAX:]
    room = SCENE_MAX - len(passage)
    before = scene.before[-room:] if room else ""
    steer = f"The picture: {scene.steer}" if scene.steer else ""
    lines = (*map(looks, _present(scene)), f"Scene: {before} {passage}", steer, _QUESTION)
    return "\n".join(" ".join(line.split()) for line in lines if line)


def _seen(finished: Finished) -> str:
    """Return the first sentence of what the model wrote; nothing where that is none, or is the example's."""
    line = _PREAMBLE.sub("", clean_line(finished.text).strip(_QUOTES)).lstrip(_QUOTES)
    end = SENTENCE_END.search(line)
    line = line[: end.end()] if end else line
    line = _short(line.rstrip(_QUOTES), is_broken=not end and finished.reason is FinishReason.LENGTH)
    return f"{line[0].upper()}{line[1:]}" if _is_of_use(line) else ""


def _is_of_use(line: str) -> bool:
    """Say whether a line has enough words to be drawn, of the model's own."""
    letters = sum(map(str.isalpha, line))
    return letters >= _LEAST_LETTERS and count_words(line) >= _LEAST_WORDS and line != _EXAMPLE_SEEN


def _last_sentence(passage: str) -> str:
    """Return a passage's last sentence, or as much of it as fits."""
    line = clean_line(passage)
    starts = [match.end() for match in SENTENCE_END.finditer(line) if match.end() < len(line)]
    return _short((line[starts[-1] :] if starts else line).strip(_QUOTES))


def _short(line: str, *, is_broken: bool = False) -> str:
    """End a line that is too long, or was broken off, after its last whole part that fits, else after a word."""
    if len(line) <= SEEN_MAX and not is_broken:
        return line
    line = line[:SEEN_MAX]
    part = line.rpartition(",")[0]
    return part if len(part) * 2 >= len(line) else line.rpartition(" ")[0] or line


def _closed(part: str) -> str:
    """End a part of a prompt with a full stop, if it has no end of its own."""
    return part if not part or _CLOSED.search(part) else f"{part}."
