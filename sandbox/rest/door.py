"""The door of REST: token, faults, rate limits, forms, errors, the log and the contract, for every route alike."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import BodyPartReader, web

from sandbox.core import Core, Exchange
from sandbox.errors import ApiError, entity_too_large
from sandbox.faults import LostAnswer
from sandbox.files import Upload
from sandbox.limits.messages import MAX_REQUEST_BYTES
from sandbox.limits.numbers import count
from sandbox.rest import channels, commands, guilds, interactions, messages, users  # noqa: F401  (they register routes)
from sandbox.rest.routes import ROUTES, Answer, Call, Handler

API = "/api/v10"
MAJOR = ("channel_id", "guild_id", "webhook_token", "interaction_token")
TOKEN_ROUTES = ("/webhooks/", "/interactions/")


def add_rest(app: web.Application, core: Core) -> None:
    """Put every REST route into an application; fixed words win over parameters."""
    for method, path, handler in sorted(ROUTES, key=lambda entry: (entry[1].count("{"), entry[1])):
        app.router.add_route(method, API + path, _endpoint(core, path, handler))
    app.router.add_route("*", API + "/{tail:.*}", _endpoint(core, "/", _not_found))


def _not_found(call: Call) -> None:
    raise ApiError(404, 0, "404: Not Found")


def _endpoint(core: Core, template: str, handler: Handler) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def endpoint(request: web.Request) -> web.Response:
        path = request.path.removeprefix(API)
        visit = _Visit(core, request, template, path)
        try:
            answer = await visit.answer(handler)
            core.faults.after(request.method, path)
        except ApiError as error:
            answer = Answer(error.status, error.body)
        except LostAnswer:
            visit.note(Answer(0))
            if request.transport is not None:
                request.transport.abort()
            return web.Response()
        visit.note(answer)
        return _response(answer, visit.headers)

    return endpoint


@dataclass(slots=True)
class _Visit:
    """One request on its way through the door."""

    core: Core
    request: web.Request
    template: str
    path: str
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)

    async def answer(self, handler: Handler) -> Answer:
        """Pass every check, then let the handler answer."""
        _check_token(self.core, self.request, self.template)
        if self.core.faults.cuts(self.request.method, self.path):
            await self.request.content.readany()
            raise LostAnswer
        self.body, uploads = await _read(self.request)
        await self.core.faults.before(self.request.method, self.path)
        if (refusal := self._limited()) is not None:
            return refusal
        params, query = dict(self.request.match_info), dict(self.request.query)
        result = handler(Call(self.core, params, query, self.body, uploads))
        if isinstance(result, Answer):
            return result
        return Answer(204) if result is None else Answer(200, result)

    def note(self, answer: Answer) -> None:
        """Log the exchange and hold it against the contract; status 0 is an answer that was never sent."""
        core, method = self.core, self.request.method
        core.log.append(Exchange(method, self.path, answer.status, self.body, answer.body, core.clock.now()))
        if core.contract and 200 <= answer.status < 500:
            core.contract.check(method, self.path, self.body, answer.status, answer.body)

    def _limited(self) -> Answer | None:
        """Count the request; a 429 where it was one too many."""
        params = self.request.match_info
        major = "/".join(params[name] for name in MAJOR if name in params)
        verdict = self.core.rates.meet(self.request.method, self.template, major, self.core.clock.now())
        self.headers.update(verdict.headers)
        return Answer(429, verdict.body) if verdict.retry_after_s is not None else None


def _check_token(core: Core, request: web.Request, template: str) -> None:
    """Refuse a wrong bot token; interaction routes carry their own."""
    if template.startswith(TOKEN_ROUTES):
        return
    if request.headers.get("Authorization") != f"Bot {core.token}":
        raise ApiError(401, 0, "401: Unauthorized")


async def _read(request: web.Request) -> tuple[Any, dict[int, Upload]]:
    """Read JSON, or a form of `payload_json` and `files[n]`."""
    if (request.content_length or 0) > MAX_REQUEST_BYTES:
        raise entity_too_large()
    if request.content_type == "multipart/form-data":
        return await _read_form(request)
    raw = await request.read()
    return (_parsed(raw) if raw else None), {}


def _parsed(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except ValueError as error:
        raise ApiError(400, 50109, "The request body contains invalid JSON.") from error


async def _read_form(request: web.Request) -> tuple[Any, dict[int, Upload]]:
    body: Any = {}
    uploads: dict[int, Upload] = {}
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            continue
        content = bytes(await part.read())
        if part.name == "payload_json":
            body = _parsed(content)
        elif part.name and part.name.startswith("files["):
            index = count(part.name[6:-1], part.name)
            uploads[index] = Upload(part.filename or "file", content, part.headers.get("Content-Type"))
    return body, uploads


def _response(answer: Answer, headers: dict[str, str]) -> web.Response:
    if answer.status == 429:
        headers = headers | {"Via": "1.1 sandbox", "Retry-After": str(int(answer.body["retry_after"]) + 1)}
    if answer.body is None:
        return web.Response(status=answer.status, headers=headers)
    # discord.py wants exactly this content type; aiohttp's own helper would add a charset.
    data = json.dumps(answer.body).encode()
    return web.Response(status=answer.status, headers=headers | {"Content-Type": "application/json"}, body=data)
