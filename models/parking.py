"""Which models lie on the device and which are parked in host memory, where not all fit (pure)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

TEXT, PICTURES, SIGHT = "text", "pictures", "sight"
"""The models of a house by the names that they are parked under."""

BUS_BYTES_PER_S = 20e9
"""What a card's bus moves to or from host memory (PCIe 4 with 16 lanes); a swap is reckoned with it."""


@dataclass(frozen=True, slots=True)
class Tenant:
    """A model that wants to lie on the device, in bytes: its weights, and what it needs to work with them.

    `working_bytes` are keys and values, or what the largest step takes beside the weights.
    """

    name: str
    weight_bytes: int
    working_bytes: int = 0

    @property
    def needed_bytes(self) -> int:
        """Bytes of the device that it takes while it works."""
        return self.weight_bytes + self.working_bytes


@dataclass(frozen=True, slots=True)
class Plan:
    """Who lies on the device at the start, who is parked, who fits in no case, and what fetching a parked one takes."""

    resident: tuple[str, ...]
    parked: tuple[str, ...] = ()
    too_large: tuple[str, ...] = ()
    swap_s: float = 0.0


class Parking:
    """Who lies on the device now. Where room is short the least recently used goes, and nobody who is at work."""

    def __init__(self, tenants: Sequence[Tenant], room_bytes: float = float("inf")) -> None:
        """Let tenants in by their order, as long as there is room; the first ones count as used last."""
        self._tenants = {tenant.name: tenant for tenant in tenants}
        self._room_bytes = room_bytes
        self._resident: list[str] = []  # the least recently used first
        for tenant in tenants:
            if self._taken() + tenant.needed_bytes <= room_bytes:
                self._resident.insert(0, tenant.name)

    @property
    def resident(self) -> tuple[str, ...]:
        """Those on the device, the least recently used first."""
        return tuple(self._resident)

    def use(self, name: str) -> None:
        """Count one that lies on the device as used just now."""
        self._resident.remove(name)
        self._resident.append(name)

    def leaving(self, name: str, busy: Collection[str] = ()) -> tuple[str, ...]:
        """Say who has to go before a parked one can come: those at work only if the others are not enough."""
        free = self._room_bytes - self._taken() - self._tenants[name].needed_bytes
        going: list[str] = []
        for other in sorted(self._resident, key=lambda other: other in busy):
            if free >= 0:
                break
            going.append(other)
            free += self._tenants[other].needed_bytes
        return tuple(going)

    def left(self, name: str) -> None:
        """Note that one was parked."""
        self._resident.remove(name)

    def came(self, name: str) -> None:
        """Note that one was fetched; it counts as used just now."""
        self._resident.append(name)

    def _taken(self) -> int:
        return sum(self._tenants[name].needed_bytes for name in self._resident)


def plan(tenants: Sequence[Tenant], room_bytes: float) -> Plan:
    """Say what `Parking` will do with tenants, the most important first."""
    parking = Parking(tenants, room_bytes)
    parked = [tenant for tenant in tenants if tenant.name not in parking.resident]
    fitting = [tenant for tenant in parked if tenant.needed_bytes <= room_bytes]
    weights = {tenant.name: tenant.weight_bytes for tenant in tenants}
    moved = [tenant.weight_bytes + sum(weights[name] for name in parking.leaving(tenant.name)) for tenant in fitting]
    return Plan(
        parking.resident[::-1],
        tuple(tenant.name for tenant in fitting),
        tuple(tenant.name for tenant in parked if tenant not in fitting),
        max(moved, default=0) / BUS_BYTES_PER_S,
    )
