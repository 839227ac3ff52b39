"""Users, the application, the gateway's address, and direct messages."""

from __future__ import annotations

from sandbox.channels import direct_channel
from sandbox.errors import cannot_message_user, unknown_user
from sandbox.limits.numbers import snowflake
from sandbox.payloads.applications import application_json
from sandbox.payloads.channels import channel_json
from sandbox.payloads.users import own_user_json, user_json
from sandbox.rest.routes import Call, route
from sandbox.wire import Json

STARTS_A_DAY = 1000


@route("GET", "/users/@me")
def me(call: Call) -> Json:
    """Answer who the bot is."""
    return own_user_json(call.core.world.users[call.bot_id])


@route("GET", "/users/{user_id}")
def user(call: Call) -> Json:
    """Answer who someone is."""
    found = call.core.world.users.get(call.id("user_id"))
    if found is None:
        raise unknown_user()
    return user_json(found)


@route("POST", "/users/@me/channels")
def open_direct_channel(call: Call) -> Json:
    """Answer with the channel of direct messages with a person."""
    core, user_id = call.core, snowflake(call.form().get("recipient_id"), "recipient_id")
    if user_id not in core.world.users:
        raise unknown_user()
    if user_id == call.bot_id:
        raise cannot_message_user()
    return channel_json(core.world, direct_channel(core, user_id))


@route("GET", "/oauth2/applications/@me")
@route("GET", "/applications/@me")
def application(call: Call) -> Json:
    """Answer which application the bot belongs to."""
    return application_json(call.core.world)


@route("GET", "/gateway")
def gateway(call: Call) -> Json:
    """Answer where the gateway is."""
    return {"url": call.core.gateway_url}


@route("GET", "/gateway/bot")
def gateway_for_bots(call: Call) -> Json:
    """Answer where the gateway is and how many shards it takes."""
    limit = {"total": STARTS_A_DAY, "remaining": STARTS_A_DAY, "reset_after": 86_400_000, "max_concurrency": 1}
    return {"url": call.core.gateway_url, "shards": 1, "session_start_limit": limit}
