"""The real small model, which writes badly: bound to sentences of a draft it gives notes that hold."""

from __future__ import annotations

from bot.answers.asking import shaped
from bot.answers.reading import read
from bot.critique.ask import Ask
from bot.critique.checking import checked, sentences_of
from bot.critique.critique import Mode, Wish
from bot.critique.modes import ways
from bot.critique.prompts import part_request
from bot.critique.shapes import PartShape, shape_of
from bot.jobs.asker import Asker
from models.events import Finished
from models.local import LocalEngine
from models.text.config import TextModelConfig
from tests.models.conftest import embedded  # noqa: F401

DRAFT = "Nobody knew who had lit the lamp."


async def test_the_real_models_second_answer_quotes_a_sentence_as_it_stands(
    embedded: TextModelConfig,  # noqa: F811
) -> None:
    shape = shape_of(ways()[Mode.CRAFT], goes_on=False, sentences=sentences_of(DRAFT))
    ask = Ask(1, Wish(), Asker("Ada", None), (len(DRAFT),))
    async with LocalEngine.open(embedded) as engine:
        *_, last = [event async for event in engine.run(shaped(part_request("draft", ask, "", DRAFT, 7), shape))]
    assert isinstance(last, Finished)
    answer = read(last.text, shape)
    assert isinstance(answer, PartShape)
    notes, dropped = checked(DRAFT, (0, len(DRAFT)), answer.notes)
    assert ([note.quote for note in notes], dropped) == ([DRAFT], 0)
