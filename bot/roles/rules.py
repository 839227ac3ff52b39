"""How much a role may weigh, and what a member with several of them weighs. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from bot.errors import BadInput

WEIGHT_MIN = 0.25
WEIGHT_MAX = 8.0
USUAL_WEIGHT = 1.0
ROLES_PER_SERVER_MAX = 50


@dataclass(frozen=True, slots=True)
class RoleWeight:
    """A role, and how many times the usual share of the device its members get while others wait."""

    role_id: int
    weight: float


def check_weight(weight: float) -> None:
    """Raise `BadInput` for a weight that is too small, too large or no number."""
    if not WEIGHT_MIN <= weight <= WEIGHT_MAX:
        raise BadInput("roles.bad_weight", least=WEIGHT_MIN, most=WEIGHT_MAX)


def largest(weights: Iterable[RoleWeight], role_ids: Collection[int]) -> float:
    """Return the largest weight among these roles, or the usual one where none of them has a weight."""
    return max((role.weight for role in weights if role.role_id in role_ids), default=USUAL_WEIGHT)
