"""The page's routes: its files, its socket, its uploads."""

from __future__ import annotations

from pathlib import Path

from aiohttp import BodyPartReader, web

from sandbox import people
from sandbox.core import Core
from sandbox.files import Upload
from sandbox.limits.messages import MAX_FILE_BYTES
from sandbox.pagedoor.socket import PageSocket
from sandbox.payloads.messages import attachment_json
from sandbox.world import User

PAGE = Path(__file__).parents[1] / "page"
POLICY = "default-src 'self'; base-uri 'none'; form-action 'none'; object-src 'none'; frame-ancestors 'none'"


def add_page(app: web.Application, core: Core) -> None:
    """Put the page into an application."""

    async def index(request: web.Request) -> web.StreamResponse:
        return web.FileResponse(PAGE / "index.html", headers=_headers())

    async def static(request: web.Request) -> web.StreamResponse:
        path = (PAGE / request.match_info["path"]).resolve()
        if not path.is_relative_to(PAGE) or not path.is_file():
            raise web.HTTPNotFound
        return web.FileResponse(path, headers=_headers())

    async def socket(request: web.Request) -> web.WebSocketResponse:
        return await PageSocket(core, _who(core, request).id).serve(request)

    async def upload(request: web.Request) -> web.Response:
        file = await _uploaded(request)
        if len(file.content) > MAX_FILE_BYTES:
            raise web.HTTPRequestEntityTooLarge(MAX_FILE_BYTES, len(file.content), text="This file is too big.")
        attachment = people.upload(core, core.world.application_id, file)
        shown = attachment_json(attachment)
        return web.json_response({key: shown[key] for key in ("id", "filename", "size", "content_type", "url")})

    app.router.add_get("/", index)
    app.router.add_get("/play/static/{path:.+}", static)
    app.router.add_get("/play/ws", socket)
    app.router.add_post("/play/upload", upload)


def _who(core: Core, request: web.Request) -> User:
    """Return the person that a page acts as: the one it names, else the first."""
    people_here = {str(user.id): user for user in core.world.users.values() if not user.bot}
    return people_here.get(request.query.get("member", ""), next(iter(people_here.values())))


async def _uploaded(request: web.Request) -> Upload:
    async for part in await request.multipart():
        if isinstance(part, BodyPartReader) and part.name == "file":
            return Upload(part.filename or "file", bytes(await part.read()), part.headers.get("Content-Type"))
    raise web.HTTPBadRequest(text="There is no file in this form.")


def _headers() -> dict[str, str]:
    return {"Cache-Control": "no-cache", "Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff"}
