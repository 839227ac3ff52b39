"""The rules of asking for pictures. Pure: each returns what follows, or raises the error that says why not."""

from __future__ import annotations

from math import log, sqrt

from bot.errors import BadInput, NotAllowed, Unavailable
from bot.people import Member
from bot.pictures.ask import SEEDS, Ask
from bot.pictures.picture import Work
from bot.safety import clean_optional, clean_text
from bot.styles.picture_style import PictureStyle
from models.engine import ImageCard, ModelCard
from models.requests import Shape

PROMPT_MAX = 1_000
AVOID_MAX = 500
COUNT_MAX = 4
ALT_MAX = 1_024  # Discord's bound on a file's description

_Size = tuple[int, int]
_GROWTH = 2.0  # how much longer the sides of a larger picture are, where the pipeline can
_MULTIPLE_PX = 16  # what every pipeline's sides are a multiple of
_SLACK = 1e-6  # px by which a side may fall short of a multiple, as roots are not exact


def checked_prompt(prompt: str) -> str:
    """Return a prompt tidied; raise `BadInput` where a reader would see nothing, or too much."""
    return _within(clean_text(prompt), PROMPT_MAX, "pictures.long_prompt")


def checked_maybe(prompt: str) -> str:
    """Return a prompt tidied, or the empty string where nothing can be seen of it."""
    return _within(clean_optional(prompt), PROMPT_MAX, "pictures.long_prompt")


def checked_avoid(avoid: str, card: ImageCard) -> str:
    """Return what is to be avoided; raise `BadInput` for too much of it, and where the pipeline cannot be told."""
    avoid = _within(clean_optional(avoid), AVOID_MAX, "pictures.long_avoid")
    if avoid and not card.takes_avoid:
        raise BadInput("pictures.no_avoid", model=card.name)
    return avoid


def check_count(count: int) -> None:
    """Bound how many pictures are asked for at once."""
    if not 1 <= count <= COUNT_MAX:
        raise BadInput("pictures.bad_count", limit=COUNT_MAX)


def checked_seed(seed: int) -> int:
    """Return a seed; raise `BadInput` for one that not every generator takes."""
    if not 0 <= seed < SEEDS:
        raise BadInput("pictures.bad_seed", limit=SEEDS - 1)
    return seed


def strength_for(card: ImageCard, asked: float | None, usual: float) -> float | None:
    """Return how much of a picture is drawn anew, None where the pipeline goes by words alone; raise `BadInput`."""
    if asked is not None and card.edits != "strength":
        raise BadInput("pictures.no_strength", model=card.name)
    if asked is not None and not 0.0 < asked <= 1.0:
        raise BadInput("pictures.bad_strength")
    if card.edits != "strength":
        return None
    return usual if asked is None else asked


def check_style(style: PictureStyle, card: ImageCard) -> None:
    """Refuse a style that needs an adapter where the pipeline takes none."""
    if style.lora and not card.takes_lora:
        raise BadInput("pictures.no_lora", style=style.name, model=card.name)


def check_draws(card: ImageCard | None) -> ImageCard:
    """Return the card of what draws; raise `Unavailable`, naming the setting, where nothing does."""
    if card is None:
        raise Unavailable("pictures.no_pipeline", setting="SALON_IMAGE_MODEL")
    return card


def check_sees(card: ModelCard | None) -> None:
    """Raise `Unavailable`, naming the setting, where no model looks at pictures."""
    if card is None:
        raise Unavailable("pictures.no_sight", setting="SALON_SIGHT_MODEL")


def check_edits(card: ImageCard) -> None:
    """Refuse to change a picture where the pipeline draws new ones only."""
    if card.edits is None:
        raise NotAllowed("pictures.cannot_edit", model=card.name)


def check_looks(card: ImageCard) -> None:
    """Refuse a second picture as the style where the pipeline looks at none."""
    if not card.references:
        raise NotAllowed("pictures.no_references", model=card.name)


def check_takes(ask: Ask, card: ImageCard) -> None:
    """Refuse what was asked of a pipeline that could, where the one that is loaded by now cannot."""
    if ask.image is not None:
        check_edits(card)
    if ask.references:
        check_looks(card)


def check_own(member: Member, work: Work) -> None:
    """Keep a work's deletion to its maker and the server's admins."""
    if work.member_id != member.id and not member.is_admin:
        raise NotAllowed("pictures.not_yours", name=work.member_name)


def check_consents(member: Member, work: Work) -> None:
    """Keep the consent to show a work to its maker alone."""
    if work.member_id != member.id:
        raise NotAllowed("pictures.only_maker", name=work.member_name)


def size_of(shape: Shape, card: ImageCard) -> _Size:
    """Return the pipeline's size of a shape; raise `BadInput` where it has none."""
    if shape not in card.sizes:
        raise BadInput("pictures.no_shape", shape=shape, shapes=", ".join(card.sizes))
    return card.sizes[shape]


def usual_size(style: PictureStyle, card: ImageCard) -> _Size:
    """Return the size of the style's shape where the pipeline has it, else of the first that it has."""
    return card.sizes.get(style.shape or Shape.SQUARE) or next(iter(card.sizes.values()))


def size_like(size: _Size, card: ImageCard) -> _Size:
    """Return a size of the same ratio, as large as the pipeline's own that is nearest to it.

    What would be narrower than that one is drawn at its ratio instead.
    """
    ratio = log(size[0] / size[1])
    own = min(card.sizes.values(), key=lambda own: abs(log(own[0] / own[1]) - ratio))
    scale = sqrt(own[0] * own[1] / (size[0] * size[1]))
    width, height = (int(side * scale + _SLACK) // _MULTIPLE_PX * _MULTIPLE_PX for side in size)
    return (width, height) if min(width, height) >= min(own) else own


def size_again(ask: Ask, card: ImageCard) -> _Size:
    """Return the size that was asked for, or the most alike where the pipeline is another by now."""
    draws = ask.size in card.sizes.values() or (ask.image is not None and _fits(ask.size, card.largest))
    return ask.size if draws else size_like(ask.size, card)


def larger_size(size: _Size, card: ImageCard) -> _Size:
    """Return twice the size, or as much as the pipeline can; raise what keeps it from being any larger."""
    if card.largest is None:
        raise NotAllowed("pictures.cannot_enlarge", model=card.name)
    growth = min(_GROWTH, card.largest[0] / size[0], card.largest[1] / size[1])
    width, height = (int(side * growth) // _MULTIPLE_PX * _MULTIPLE_PX for side in size)
    if width <= size[0] or height <= size[1]:
        raise NotAllowed("pictures.largest_already", width=size[0], height=size[1])
    return width, height


def _fits(size: _Size, largest: _Size | None) -> bool:
    return largest is not None and size[0] <= largest[0] and size[1] <= largest[1]


def _within(text: str, limit: int, key: str) -> str:
    if len(text) > limit:
        raise BadInput(key, limit=limit, length=len(text))
    return text
