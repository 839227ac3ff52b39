"""Interaction callbacks, and the webhook that answers go through afterwards."""

from __future__ import annotations

from sandbox import messages
from sandbox.errors import unknown_message, unknown_webhook
from sandbox.interactions.callbacks import Callback, acknowledge, reply
from sandbox.interactions.registry import Interaction
from sandbox.payloads.messages import message_json
from sandbox.rest.routes import Call, route
from sandbox.wire import Json
from sandbox.world import MessageRecord

WEBHOOK = "/webhooks/{webhook_id}/{webhook_token}"


@route("POST", "/interactions/{interaction_id}/{interaction_token}/callback")
def callback(call: Call) -> Json | None:
    """Take the bot's acknowledgement."""
    interaction = call.core.interactions.to_acknowledge(call.id("interaction_id"), call.params["interaction_token"])
    response = acknowledge(call.core, interaction, call.form(), call.uploads)
    wanted = call.query.get("with_response", "").lower() in ("1", "true")
    return response if wanted else None


@route("POST", WEBHOOK)
def follow_up(call: Call) -> Json:
    """Post a further answer; the first one after a deferral takes the place of "is thinking"."""
    interaction = _interaction(call)
    original = interaction.original
    is_deferred = interaction.answer_type == Callback.DEFERRED_MESSAGE
    if is_deferred and original is not None and original.is_thinking and _is_there(call, original):
        message = messages.edit(call.core, original, call.form(), call.uploads)
    else:
        message = reply(call.core, interaction, call.form(), call.uploads)
    return message_json(call.core.world, message)


@route("GET", WEBHOOK + "/messages/{message_id}")
def get_answer(call: Call) -> Json:
    """Answer with one of the interaction's messages."""
    return message_json(call.core.world, _message(call, _interaction(call)))


@route("PATCH", WEBHOOK + "/messages/{message_id}")
def edit_answer(call: Call) -> Json:
    """Change one of the interaction's messages."""
    message = _message(call, _interaction(call))
    return message_json(call.core.world, messages.edit(call.core, message, call.form(), call.uploads))


@route("DELETE", WEBHOOK + "/messages/{message_id}")
def delete_answer(call: Call) -> None:
    """Take one of the interaction's messages away."""
    messages.delete(call.core, _message(call, _interaction(call)))


def _interaction(call: Call) -> Interaction:
    if call.id("webhook_id") != call.core.world.application_id:
        raise unknown_webhook()
    return call.core.interactions.by_token(call.params["webhook_token"])


def _message(call: Call, interaction: Interaction) -> MessageRecord:
    """Find a message of this interaction that still is there."""
    if call.params["message_id"] == "@original":
        found = interaction.original
    else:
        known = [*interaction.messages, *([interaction.source] if interaction.source else [])]
        found = next((m for m in known if m.id == call.id("message_id")), None)
    if found is None or not _is_there(call, found):
        raise unknown_message()
    return found


def _is_there(call: Call, message: MessageRecord) -> bool:
    return call.core.world.message(message.channel_id, message.id) is message
