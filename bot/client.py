"""The bot's connection to Discord: which Discord, how it starts, and what happens while it cannot be reached."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, contextmanager
from functools import partial

import aiohttp
import discord
import structlog
import yarl
from discord.ext import commands

from bot.delivery.pace import retry_after_s
from bot.errors import Unavailable
from bot.tree import SalonTree
from bot.words import say

log = structlog.get_logger(__name__)

Installation = Callable[["SalonBot"], AbstractAsyncContextManager[None]]
Sleep = Callable[[float], Awaitable[None]]

UNREACHABLE = (OSError, TimeoutError, aiohttp.ClientError, discord.DiscordServerError, discord.GatewayNotFound)
READY_TIMEOUT_S = 2.0


def use_discord_at(api_url: str | None, gateway_url: str | None) -> None:
    """Point discord.py at another Discord (the sandbox); None leaves its own address."""
    if api_url is not None:
        discord.http.Route.BASE = api_url.rstrip("/")
    if gateway_url is not None:
        discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway_url)


class SalonBot(commands.AutoShardedBot):
    """Hold the connection; `installed` is entered once logged in (cogs, buttons, delivery) and left before closing.

    Commands are never pushed to Discord from here: `salon sync` and `salon play` do that on purpose.
    """

    def __init__(
        self, installed: Installation, *, sleep: Sleep = asyncio.sleep, ready_timeout_s: float = READY_TIMEOUT_S
    ) -> None:
        # Salon does not speak: discord.py need not warn that it could not.
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            tree_cls=SalonTree,
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            activity=discord.CustomActivity(say("delivery.presence")),
            guild_ready_timeout=ready_timeout_s,
        )
        self._installed = installed
        self._sleep = sleep
        self._rooms = AsyncExitStack()

    @property
    def is_connected(self) -> bool:
        """Say whether every shard has its line to Discord."""
        shards = self.shards.values()
        return self.is_ready() and bool(shards) and not any(shard.is_closed() for shard in shards)

    async def setup_hook(self) -> None:
        """Move in, after the login and before the first event."""
        await self._rooms.enter_async_context(self._installed(self))

    async def on_ready(self) -> None:
        """Log that the bot is in, at first and after each session that could not be resumed."""
        log.info("→ connected", servers=len(self.guilds), shards=len(self.shards))

    async def serve(self, token: str) -> None:
        """Log in and stay connected until closed; wait while Discord cannot be reached, `Unavailable` if it refuses."""
        with _refusals():
            await self._persist(partial(self._log_in, token), "login")
            await self._persist(self.connect, "gateway")

    async def push_commands(self, token: str, server_id: int | None = None) -> int:
        """Log in and push the commands, for all servers or for one; return how many. Raises `Unavailable`."""
        server = discord.Object(server_id) if server_id is not None else None
        try:
            with _refusals():
                await self.login(token)
                if server is not None:
                    self.tree.copy_global_to(guild=server)
                return len(await self.tree.sync(guild=server))
        except discord.Forbidden as error:
            raise Unavailable("cli.sync_no_access", server=server_id or 0) from error
        except UNREACHABLE as error:
            raise Unavailable("cli.sync_unreachable", cause=type(error).__name__) from error

    async def close(self) -> None:
        """Move out, then disconnect."""
        try:
            await self._rooms.aclose()
        finally:
            await super().close()

    async def _log_in(self, token: str) -> None:
        try:
            await self.login(token)
        except UNREACHABLE:
            # discord.py opens a new session at each login and would leave this one open.
            await self.http.close()
            self.http.connector = discord.utils.MISSING
            raise

    async def _persist(self, attempt: Callable[[], Awaitable[None]], what: str) -> None:
        for failures in itertools.count():
            try:
                await attempt()
                return
            except UNREACHABLE as error:
                wait_s = retry_after_s(failures)
                log.warning("! unreachable", what=what, cause=type(error).__name__, retry_s=wait_s)
                await self._sleep(wait_s)


@contextmanager
def _refusals() -> Iterator[None]:
    """Turn Discord's final word into a sentence."""
    try:
        yield
    except discord.LoginFailure as error:
        raise Unavailable("errors.token_refused") from error
    except discord.ConnectionClosed as error:
        raise Unavailable("errors.gateway_refused", code=error.code) from error
    except discord.PrivilegedIntentsRequired as error:
        raise Unavailable("errors.gateway_refused", code=4014) from error
