"""What all chosen models would take of their device, and who has to be parked, said before they are loaded."""

from __future__ import annotations

from dataclasses import dataclass

from models.choice import Choice
from models.hardware import GIB
from models.image.outlook import ImageOutlook
from models.image.outlook import outlook as image_outlook
from models.parking import PICTURES, SIGHT, TEXT, Plan, Tenant, plan
from models.sight import outlook as sight_outlook
from models.text.outlook import Outlook
from models.text.outlook import outlook as text_outlook

LEAST_CACHE_BYTES = 2 * GIB
"""What a card should have left for keys and values where nobody set a bound for them."""


@dataclass(frozen=True, slots=True)
class DeviceOutlook:
    """The device as the language model finds it, what draws, and what each model takes where that is known.

    A model of `unknown` size is reckoned without its weights.
    """

    device: Outlook
    image: ImageOutlook | None
    tenants: tuple[Tenant, ...]
    unknown: tuple[str, ...]
    plan: Plan

    @property
    def needed_bytes(self) -> int | None:
        """Bytes that all models take together; None where that is not known of each."""
        return None if self.unknown else sum(tenant.needed_bytes for tenant in self.tenants)


def outlook(choice: Choice) -> DeviceOutlook:
    """Look at the device and the models. Raises `ModelUnavailable` if the device is not there or does not answer."""
    device = text_outlook(choice.text)
    image = image_outlook(choice.image) if choice.image else None
    is_cpu = device.device == "cpu"
    cache = device.cache_bytes or (0 if is_cpu else LEAST_CACHE_BYTES)
    asked: list[tuple[str, int | None, int]] = [(TEXT, device.weight_bytes, cache)]
    if image:
        asked.append((PICTURES, image.weight_bytes, image.working_bytes))
    if choice.sight:
        asked.append((SIGHT, sight_outlook.weight_bytes(choice.sight), sight_outlook.WORKING_BYTES))
    tenants = tuple(Tenant(name, weights or 0, working) for name, weights, working in asked)
    unknown = tuple(name for name, weights, _ in asked if weights is None)
    # Main memory is not given out: what is more than it holds goes to the swap file, slowly, and the verdict says so.
    room = float("inf") if is_cpu else device.free_bytes
    return DeviceOutlook(device, image, tenants, unknown, plan(tenants, room))
