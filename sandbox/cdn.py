"""The CDN: attachments by their signed address."""

from __future__ import annotations

import mimetypes
from urllib.parse import quote

from aiohttp import web

from sandbox.addresses import is_signed
from sandbox.core import Core
from sandbox.errors import ApiError

INLINE = ("image/", "audio/", "video/")


def add_cdn(app: web.Application, core: Core) -> None:
    """Serve files at the addresses that messages carry."""

    async def serve(request: web.Request) -> web.StreamResponse:
        file_id, name = int(request.match_info["file_id"]), request.match_info["filename"]
        content = core.files.get(file_id) if is_signed(file_id, request.query) else None
        if content is None:
            raise web.HTTPNotFound(text="This content is no longer available.")
        try:
            await core.faults.before(request.method, request.path)
        except ApiError as refusal:
            return web.Response(status=refusal.status, text=refusal.body["message"])
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        shown = "inline" if kind.startswith(INLINE) and kind != "image/svg+xml" else "attachment"
        headers = {
            "Content-Type": kind,
            "Content-Disposition": f"{shown}; filename*=UTF-8''{quote(name)}",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; sandbox",
        }
        if core.faults.cuts(request.method, request.path):
            return await _half(request, content, headers)
        return web.Response(body=content, headers=headers)

    app.router.add_get(r"/cdn/attachments/{place_id:\d+}/{file_id:\d+}/{filename}", serve)


async def _half(request: web.Request, content: bytes, headers: dict[str, str]) -> web.StreamResponse:
    """Promise a whole file, send its first half and cut the line."""
    response = web.StreamResponse(headers=headers | {"Content-Length": str(len(content))})
    await response.prepare(request)
    await response.write(content[: len(content) // 2])
    if request.transport is not None:
        request.transport.close()
    return response
