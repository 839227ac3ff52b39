"""The bot's acknowledgement of an interaction: what each callback type does."""

from __future__ import annotations

from enum import IntEnum

from sandbox import messages
from sandbox.core import Core
from sandbox.errors import ApiError, FormErrors
from sandbox.files import Upload
from sandbox.interactions.registry import Interaction, Kind
from sandbox.limits.commands import MAX_CHOICES
from sandbox.limits.modals import check_modal
from sandbox.payloads.messages import message_json
from sandbox.payloads.users import user_json
from sandbox.wire import Json
from sandbox.world import MessageFlag, MessageRecord, MessageType


class Callback(IntEnum):
    """The callback types that a bot may answer with."""

    MESSAGE = 4
    DEFERRED_MESSAGE = 5
    DEFERRED_UPDATE = 6
    UPDATE = 7
    AUTOCOMPLETE = 8
    MODAL = 9


def acknowledge(core: Core, interaction: Interaction, body: Json, uploads: dict[int, Upload]) -> Json:
    """Do what a callback says and return Discord's answer to it."""
    kind, data = _callback_type(interaction, body), body.get("data") or {}
    if kind is Callback.MESSAGE:
        interaction.original = reply(core, interaction, data, uploads)
    elif kind is Callback.DEFERRED_MESSAGE:
        interaction.original = _think(core, interaction, data)
    elif kind is Callback.DEFERRED_UPDATE:
        interaction.original = interaction.source
    elif kind is Callback.UPDATE:
        assert interaction.source is not None
        messages.edit(core, interaction.source, data, uploads)
        interaction.original = interaction.source
    elif kind is Callback.AUTOCOMPLETE:
        interaction.choices = _choices(data)
    else:
        check_modal(data)
        interaction.modal = data
    interaction.answer_type = kind
    interaction.answered.set()
    return _response(core, interaction)


def reply(core: Core, interaction: Interaction, body: Json, uploads: dict[int, Upload]) -> MessageRecord:
    """Post a message that answers an interaction: the first answer or a follow-up."""
    attributes = _attributes(core, interaction, (body.get("flags") or 0) & MessageFlag.EPHEMERAL)
    channel = core.world.channels[interaction.channel_id]
    message = messages.create(core, channel, core.world.bot_id, body, uploads, **attributes)
    interaction.messages.append(message)
    return message


def _think(core: Core, interaction: Interaction, data: Json) -> MessageRecord:
    attributes = _attributes(core, interaction, (data.get("flags") or 0) & MessageFlag.EPHEMERAL)
    channel = core.world.channels[interaction.channel_id]
    message = messages.think(core, channel, core.world.bot_id, **attributes)
    interaction.messages.append(message)
    return message


def _callback_type(interaction: Interaction, body: Json) -> Callback:
    """Read the callback's type; 50035 where it does not fit what the person did."""
    errors = FormErrors()
    try:
        kind = Callback(body.get("type", 0))
    except ValueError as error:
        errors.add(("type",), "UNION_TYPE_CHOICES", "Value of field 'type' must be one of (4, 5, 6, 7, 8, 9).")
        raise ApiError(400, 50035, "Invalid Form Body", errors.tree) from error
    on_autocomplete = interaction.kind is Kind.AUTOCOMPLETE
    fits = (kind is Callback.AUTOCOMPLETE) == on_autocomplete
    fits = fits and not (kind is Callback.MODAL and interaction.kind is Kind.MODAL)
    fits = fits and not (kind is Callback.UPDATE and interaction.source is None)
    fits = fits and not (kind is Callback.DEFERRED_UPDATE and interaction.kind is Kind.COMMAND)
    if not fits:
        text = "The specified interaction response type is invalid for this interaction."
        errors.add(("type",), "INTERACTION_RESPONSE_TYPE_INVALID", text)
    errors.check()
    return kind


def _choices(data: Json) -> list[Json]:
    choices = data.get("choices") or []
    errors = FormErrors()
    errors.bad_length(("data", "choices"), choices, 0, MAX_CHOICES)
    for index, choice in enumerate(choices):
        errors.bad_length(("data", "choices", index, "name"), choice.get("name"), 1, 100)
        errors.too_long(("data", "choices", index, "value"), choice.get("value"), 100)
    errors.check()
    return choices


def _attributes(core: Core, interaction: Interaction, ephemeral: int) -> Json:
    """Return what marks a message as an answer: its type, whom it is for, which interaction it answers."""
    metadata = dict(interaction.metadata)
    about: Json = {"interaction_metadata": metadata}
    if interaction.original is not None and interaction.messages:
        metadata["original_response_message_id"] = str(interaction.original.id)
    kind = MessageType.DEFAULT
    if interaction.kind is Kind.COMMAND:
        user = user_json(core.world.users[interaction.user_id])
        about["interaction"] = {"id": str(interaction.id), "type": 2, "name": metadata["name"], "user": user}
        slash = interaction.command_type == 1
        kind = MessageType.CHAT_INPUT_COMMAND if slash else MessageType.CONTEXT_MENU_COMMAND
    metadata.pop("name", None)
    reference_id = interaction.source.id if interaction.kind is Kind.COMPONENT and interaction.source else None
    return {
        "type": MessageType.REPLY if reference_id else kind,
        "flags": ephemeral,
        "ephemeral_for": interaction.user_id if ephemeral else None,
        "interaction": about,
        "reference_id": reference_id,
    }


def _response(core: Core, interaction: Interaction) -> Json:
    channel = core.world.channels[interaction.channel_id]
    about: Json = {"id": str(interaction.id), "type": int(interaction.kind), "channel_id": str(channel.id)}
    if channel.guild_id is not None:
        about["guild_id"] = str(channel.guild_id)
    if interaction.original is not None:
        about["response_message_id"] = str(interaction.original.id)
        about["response_message_loading"] = interaction.original.is_thinking
        about["response_message_ephemeral"] = interaction.original.ephemeral_for is not None
    response: Json = {"interaction": about}
    if interaction.answer_type in (Callback.MESSAGE, Callback.UPDATE) and interaction.original:
        message = message_json(core.world, interaction.original)
        response["resource"] = {"type": int(interaction.answer_type), "message": message}
    return response
