"""A Discord on this machine: starts, stops, and hands out what a test or a page holds."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from aiohttp import web

from sandbox.cdn import add_cdn
from sandbox.clock import Clock
from sandbox.core import Core, Exchange
from sandbox.defaults import default_world
from sandbox.faults import Faults
from sandbox.files import FileStore
from sandbox.gateway.socket import add_gateway
from sandbox.guard import loopback_only
from sandbox.handles import Channel, NeverHappened
from sandbox.ids import Snowflakes
from sandbox.limits.messages import MAX_REQUEST_BYTES
from sandbox.pagedoor.app import add_page
from sandbox.person import Person
from sandbox.ratelimits import RateLimits
from sandbox.rest.door import add_rest
from sandbox.storage import Keeper, load, restore

if TYPE_CHECKING:
    from sandbox.contract import Contract

ACK_WITHIN_S = 3.0


class Sandbox:
    """Serve REST, gateway, CDN and page on one loopback port, as an `async with` block.

    `state_file` keeps the world between runs, `limits` sets rate limits, `validate` collects breaches of Discord's
    own API description in `violations`; `ack_within_s` is how long the bot has for its first answer.
    """

    def __init__(
        self,
        port: int = 0,
        *,
        host: str = "127.0.0.1",
        limits: RateLimits | None = None,
        state_file: Path | None = None,
        validate: bool = False,
        clock: Clock | None = None,
        ack_within_s: float = ACK_WITHIN_S,
    ) -> None:
        self._host, self._port, self._state_file = host, port, state_file
        self.clock = clock or Clock()
        saved = load(state_file) if state_file else None
        ids = Snowflakes(self.clock.now, last=saved.last_id if saved else 0)
        self.core = Core(
            saved.world if saved else default_world(),
            clock=self.clock,
            ids=ids,
            files=FileStore(state_file.parent / f"{state_file.stem}-files" if state_file else None),
            rates=limits or RateLimits.off(),
            contract=_contract() if validate else None,
            ack_within_s=ack_within_s,
        )
        self._saved = saved
        self._keeper = Keeper(self.core, state_file) if state_file else None

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=MAX_REQUEST_BYTES, middlewares=[loopback_only])
        add_rest(app, self.core)
        add_cdn(app, self.core)
        add_page(app, self.core)
        add_gateway(app, self.core)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, self._host, self._port)
        await site.start()
        port = self._runner.addresses[0][1]
        reachable = "127.0.0.1" if self._host == "0.0.0.0" else self._host
        self.core.base_url = f"http://{reachable}:{port}"
        if self._saved:
            restore(self.core, self._saved)
        if self._keeper:
            self._keeper.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.core.hub.close_all(1001)
        await self._runner.cleanup()
        if self._keeper:
            await self._keeper.close()

    @property
    def url(self) -> str:
        """Return the page's address."""
        return self.core.base_url

    @property
    def api_url(self) -> str:
        """Return where REST is, with its version."""
        return self.core.api_url

    @property
    def gateway_url(self) -> str:
        """Return where the gateway is."""
        return self.core.gateway_url

    @property
    def token(self) -> str:
        """Return the bot's token."""
        return self.core.token

    @property
    def faults(self) -> Faults:
        """Return what can be made to go wrong."""
        return self.core.faults

    @property
    def limits(self) -> RateLimits:
        """Return the rate limits; `limits.provoked` counts the 429s by cause."""
        return self.core.rates

    @property
    def log(self) -> list[Exchange]:
        """Return every request of the bot with its answer, oldest first."""
        return list(self.core.log)

    @property
    def violations(self) -> list[str]:
        """Return where bot or sandbox left Discord's API description (with `validate=True`)."""
        return self.core.contract.violations if self.core.contract else []

    def member(self, name: str) -> Person:
        """Return a person by display name or username."""
        return Person(self.core, self.core.world.user_named(name))

    @property
    def bot(self) -> Person:
        """Return the bot, as its messages' author."""
        return Person(self.core, self.core.world.users[self.core.world.bot_id])

    def channel(self, name: str, *, server: str | None = None) -> Channel:
        """Return a channel or thread by name; `server` chooses between namesakes."""
        for record in self.core.world.channels.values():
            guild = self.core.world.guilds[record.guild_id] if record.guild_id is not None else None
            if record.name == name and server in (None, guild.name if guild else None):
                return Channel(self.core, record)
        raise KeyError(f"there is no channel {name!r}")

    def guild_id(self, name: str = "The Salon") -> int:
        """Return a server's id by its name."""
        return next(guild.id for guild in self.core.world.guilds.values() if guild.name == name)

    async def bot_ready(self, timeout_s: float = 20.0) -> None:
        """Wait until the bot is online and has pushed commands."""

        def look() -> bool | None:
            return True if self.core.hub.online and self.core.commands.everything() else None

        try:
            await self.core.feed.wait(look, timeout_s)
        except TimeoutError as error:
            raise NeverHappened(f"the bot was not ready after {timeout_s} s") from error


def _contract() -> Contract:
    """Load the contract only where it is asked for: its validator is a package for development."""
    from sandbox.contract import Contract

    return Contract()
