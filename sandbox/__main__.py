"""Start a sandbox by itself: `python -m sandbox --port 8080`."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import signal
import sys
from pathlib import Path

from sandbox import RateLimits, Sandbox, UnreadableState


def arguments() -> argparse.ArgumentParser:
    """Describe the command line."""
    parser = argparse.ArgumentParser(prog="python -m sandbox", description="A Discord on this machine.")
    parser.add_argument("--port", type=int, default=8080, help="the port on loopback (0: any free one)")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on")
    parser.add_argument("--state", type=Path, metavar="DIR", help="keep the world and its files in this folder")
    parser.add_argument("--rate-limits", choices=("realistic", "off"), default="realistic")
    return parser


async def serve(options: argparse.Namespace) -> None:
    """Serve until interrupted, and say what a bot needs to know."""
    limits = RateLimits.realistic() if options.rate_limits == "realistic" else RateLimits.off()
    state_file = options.state / "world.json" if options.state else None
    stop = asyncio.Event()
    for signum in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(signum, stop.set)
    async with Sandbox(options.port, host=options.host, limits=limits, state_file=state_file) as discord:
        sys.stdout.write(
            f"page         {discord.url}/\n"
            f"api_url      {discord.api_url}\n"
            f"gateway_url  {discord.gateway_url}\n"
            f"token        {discord.token}\n"
        )
        sys.stdout.flush()
        await stop.wait()


if __name__ == "__main__":
    try:
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(serve(arguments().parse_args()))
    except UnreadableState as error:
        sys.exit(str(error))
