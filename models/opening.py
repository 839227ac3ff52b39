"""Load every model that one device serves, and put them behind its one thread. Called in that thread."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from models.choice import Choice
from models.engine import EngineStats
from models.errors import ModelUnavailable
from models.hardware import free_and_total, give_back, use_threads, weight_bytes
from models.loading import Progress
from models.outbox import Post
from models.outlook import outlook
from models.parking import PICTURES, SIGHT, TEXT, Parking, Tenant
from models.requests import ImageRequest, Request, SightRequest, TextRequest
from models.shared import Desk, SharedDevice, Ticketed
from models.text.engine import TextEngine
from models.text.engine import assemble as assemble_text
from models.text.loading import Load
from models.turns import Side, Turns

if TYPE_CHECKING:
    from models.image.config import ImageModelConfig
    from models.image.engine import ImageEngine
    from models.sight.config import SightConfig
    from models.sight.engine import SightEngine


@dataclass(frozen=True, slots=True)
class Models:
    """All that are loaded."""

    text: TextEngine
    image: ImageEngine | None
    sight: SightEngine | None

    def task(self, ticket: int, request: Request) -> tuple[str, Ticketed]:
        """Prepare a request (any thread) and name its desk; raises an `EngineError` for one that cannot be run."""
        match request:
            case TextRequest():
                return TEXT, self.text.sequence(ticket, request)
            case ImageRequest() if self.image:
                return PICTURES, self.image.drawing(ticket, request)
            case SightRequest() if self.sight:
                return SIGHT, self.sight.look(ticket, request)
        raise ModelUnavailable("no model is loaded for this kind of request")

    def seats(self, kind: type[Request]) -> int:
        """Say how many requests of a kind are worked on at once."""
        seats: Mapping[type[Request], int] = {
            TextRequest: self.text.slots,
            ImageRequest: self.image.seats if self.image else 0,
            SightRequest: self.sight.seats if self.sight else 0,
        }
        return seats[kind]

    def stats(self) -> EngineStats:
        """Report the text's speeds and loads, and how fast pictures are drawn."""
        stats = self.text.batch.stats()
        return replace(stats, image_step_ms=self.image.batch.step_ms) if self.image else stats

    def desks(self) -> list[Desk]:
        """Give every model its place."""
        writes = self.text.batch
        desks = [Desk(TEXT, Side.WORDS, writes, writes.park, writes.fetch, lambda: writes.waits_for_first_token)]
        if self.image:
            loaded, home = self.image.loaded, self.image.card.device
            park, fetch = (lambda: loaded.move("cpu")), (lambda: loaded.move(home))
            desks.append(Desk(PICTURES, Side.PICTURES, self.image.batch, park, fetch))
        if self.sight:
            looks = self.sight.batch
            desks.append(Desk(SIGHT, Side.WORDS, looks, looks.park, looks.fetch, lambda: looks.waits_for_first_token))
        return desks

    def tenants(self, working: Mapping[str, int]) -> list[Tenant]:
        """Measure the weights; `working` says what each model needs beside them, as it was reckoned."""
        weights = {TEXT: weight_bytes(self.text.loaded.model)}
        if self.image:
            weights[PICTURES] = weight_bytes(*_modules(self.image.loaded.drawing))
        if self.sight:
            weights[SIGHT] = weight_bytes(self.sight.loaded.model)
        return [Tenant(name, taken, working[name]) for name, taken in weights.items()]


def open_models(choice: Choice, post: Post, progress: Progress, load: Load) -> tuple[Models, SharedDevice]:
    """Load all models, the one that writes last: the room for its keys and values is what the others leave.

    Where not all fit, each is parked as soon as it was tried. Raises `ModelUnavailable` if one cannot be loaded.
    """
    use_threads(choice.text.threads)  # from the first model on
    seen = outlook(choice)
    is_crowded = bool(seen.plan.parked or seen.plan.too_large)
    image = _image(choice.image, post, progress) if choice.image else None
    if image and is_crowded:
        image.loaded.move("cpu")
    sight = _sight(choice.sight, post, progress) if choice.sight else None
    if sight and is_crowded:
        sight.batch.park()
    models = Models(assemble_text(load(choice.text, progress), choice.text, post), image, sight)
    working = {tenant.name: tenant.working_bytes for tenant in seen.tenants} | {TEXT: models.text.budget_bytes}
    here = {TEXT} if is_crowded else {tenant.name for tenant in seen.tenants}
    desks, tenants = models.desks(), models.tenants(working)
    parking = Parking(tenants, _room_bytes(models.text.card.device, tenants, here))
    _settle(desks, parking, here)
    return models, SharedDevice(desks, Turns(choice.picture_share), parking, post)


def _image(config: ImageModelConfig, post: Post, progress: Progress) -> ImageEngine:
    from models.image.engine import assemble
    from models.image.loading import load

    return assemble(load(config, progress), config, post)


def _sight(config: SightConfig, post: Post, progress: Progress) -> SightEngine:
    from models.sight.engine import assemble
    from models.sight.loading import load

    return assemble(load(config, progress), config, post)


def _modules(pipeline: Any) -> list[Any]:
    return [part for part in pipeline.components.values() if hasattr(part, "parameters")]


def _room_bytes(device: str, tenants: Sequence[Tenant], here: Collection[str]) -> float:
    """Say how much of the device is there for models: what is free, and what those who are there take by now."""
    if device == "cpu":
        return float("inf")
    give_back(device)
    return free_and_total(device)[0] + sum(tenant.weight_bytes for tenant in tenants if tenant.name in here)


def _settle(desks: Sequence[Desk], parking: Parking, here: Collection[str]) -> None:
    """Bring everyone where `parking` has them, those that leave first."""
    for desk in desks:
        if desk.name in here and desk.name not in parking.resident:
            desk.park()
    for desk in desks:
        if desk.name not in here and desk.name in parking.resident:
            desk.fetch()
