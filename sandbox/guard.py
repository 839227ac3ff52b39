"""Only this machine's own pages may talk to the sandbox: a name that merely points here may not."""

from __future__ import annotations

from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler

LOOPBACK = ("127.0.0.1", "localhost", "::1")


@web.middleware
async def loopback_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse a Host or an Origin that is not loopback (DNS rebinding, other sites' pages)."""
    if not _is_loopback(f"//{request.host}") or not _is_loopback(request.headers.get("Origin")):
        raise web.HTTPForbidden(text="This sandbox answers its own machine only.")
    return await handler(request)


def _is_loopback(address: str | None) -> bool:
    """Say whether an address names this machine; no address at all is fine (a client that is no browser)."""
    return address is None or urlsplit(address).hostname in LOOPBACK
