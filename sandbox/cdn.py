"""The CDN: attachments by address."""

from __future__ import annotations

import mimetypes
from urllib.parse import quote

from aiohttp import web

from sandbox.core import Core

INLINE = ("image/", "audio/", "video/")


def add_cdn(app: web.Application, core: Core) -> None:
    """Serve files at the addresses that messages carry."""

    async def serve(request: web.Request) -> web.Response:
        content = core.files.get(int(request.match_info["file_id"]))
        if content is None:
            raise web.HTTPNotFound(text="This content is no longer available.")
        name = request.match_info["filename"]
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        shown = "inline" if kind.startswith(INLINE) and kind != "image/svg+xml" else "attachment"
        headers = {
            "Content-Type": kind,
            "Content-Disposition": f"{shown}; filename*=UTF-8''{quote(name)}",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; sandbox",
        }
        return web.Response(body=content, headers=headers)

    app.router.add_get(r"/cdn/attachments/{place_id:\d+}/{file_id:\d+}/{filename}", serve)
