"""The parts of a sandbox and how they are put together."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sandbox.announce import Announcer
from sandbox.clock import Clock
from sandbox.commands import Commands
from sandbox.faults import Faults
from sandbox.feed import Feed
from sandbox.files import FileStore
from sandbox.gateway.hub import Hub
from sandbox.ids import Snowflakes
from sandbox.interactions.registry import Interactions
from sandbox.ratelimits import RateLimits
from sandbox.world import Attachment, World

if TYPE_CHECKING:
    from sandbox.contract import Contract

MAX_LOG = 5_000


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request of the bot and its answer; `at` is the sandbox's time in seconds since 1970."""

    method: str
    path: str
    status: int
    body: Any
    answer: Any
    at: float


class Core:
    """Hold one of everything; what people and the bot do are functions on this."""

    token = "sandbox-bot-token"

    def __init__(
        self,
        world: World,
        *,
        clock: Clock,
        ids: Snowflakes,
        files: FileStore,
        rates: RateLimits,
        contract: Contract | None,
        ack_within_s: float,
    ) -> None:
        self.world = world
        self.clock = clock
        self.ids = ids
        self.files = files
        self.rates = rates
        self.contract = contract
        self.base_url = ""
        self.feed = Feed()
        self.hub = Hub(self.feed, world.bot_id)
        self.commands = Commands(ids, world.application_id)
        self.interactions = Interactions(clock, ids, ack_within_s)
        self.announce = Announcer(world, self.hub, self.feed)
        self.faults = Faults(self)
        self.uploads: dict[int, Attachment] = {}
        self.marks: dict[int, int] = {}
        self.log: deque[Exchange] = deque(maxlen=MAX_LOG)

    @property
    def api_url(self) -> str:
        """Where REST is."""
        return f"{self.base_url}/api/v10"

    @property
    def gateway_url(self) -> str:
        """Where the gateway is."""
        return f"{self.base_url.replace('http', 'ws', 1)}/gateway"
