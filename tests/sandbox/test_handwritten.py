"""Requests that no library would send: each is refused with Discord's code, and none upsets the sandbox."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest

from sandbox import Sandbox

PLACES: dict[str, tuple[str, str, Any, str]] = {
    "channel": ("GET", "/channels/abc", None, "channel_id"),
    "negative": ("GET", "/channels/-5", None, "channel_id"),
    "other digits": ("GET", "/users/٣", None, "user_id"),
    "message": ("GET", "/channels/{lounge}/messages/@first", None, "message_id"),
    "window": ("GET", "/channels/{lounge}/messages?before=now", None, "before"),
    "limit": ("GET", "/channels/{lounge}/messages?limit=many", None, "limit"),
    "members": ("GET", "/guilds/{guild}/members?after=x", None, "after"),
    "recipient": ("POST", "/users/@me/channels", {}, "recipient_id"),
    "reply": ("POST", "/channels/{lounge}/messages", {"message_reference": {"message_id": "x"}}, "message_reference"),
    "bulk": ("POST", "/channels/{lounge}/messages/bulk-delete", {"messages": ["x", "y"]}, "messages"),
    "mentions": (
        "POST",
        "/channels/{lounge}/messages",
        {"content": "hi", "allowed_mentions": {"users": ["Ada"]}},
        "allowed_mentions",
    ),
    "both": (
        "POST",
        "/channels/{lounge}/messages",
        {"content": "hi", "allowed_mentions": {"parse": ["users"], "users": ["1"]}},
        "allowed_mentions",
    ),
}


@pytest.mark.parametrize(("method", "path", "body", "field"), PLACES.values(), ids=PLACES)
async def test_what_is_no_id_is_named_as_a_mistake_in_the_form(
    sandbox: Sandbox, method: str, path: str, body: Any, field: str
) -> None:
    where = sandbox.api_url + path.format(lounge=sandbox.channel("lounge").id, guild=sandbox.guild_id())
    headers = {"Authorization": f"Bot {sandbox.token}"}
    async with aiohttp.request(method, where, json=body, headers=headers) as answer:
        error = await answer.json()
    assert (answer.status, error["code"], list(error["errors"])) == (400, 50035, [field])
    assert sandbox.channel("lounge").messages == []


async def test_a_form_with_broken_json_is_refused(sandbox: Sandbox) -> None:
    form = aiohttp.FormData({"payload_json": "{"}, default_to_multipart=True)
    headers = {"Authorization": f"Bot {sandbox.token}"}
    where = f"{sandbox.api_url}/channels/{sandbox.channel('lounge').id}/messages"
    async with aiohttp.request("POST", where, data=form, headers=headers) as answer:
        assert (answer.status, (await answer.json())["code"]) == (400, 50109)
