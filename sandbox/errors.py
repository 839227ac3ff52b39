"""Discord's refusals, each with its status, its code and its words."""

from __future__ import annotations

from typing import Any

from sandbox.wire import Json


class ApiError(Exception):
    """A refusal that a REST client reads: an HTTP status and Discord's JSON error."""

    def __init__(self, status: int, code: int, message: str, errors: Json | None = None) -> None:
        super().__init__(f"{status} {code} {message}")
        self.status = status
        self.body: Json = {"message": message, "code": code} | ({"errors": errors} if errors else {})


class Refused(Exception):
    """What Discord's own client tells a person before anything reaches the bot: one sentence."""


class NotAnswered(Exception):
    """The bot did not acknowledge an interaction in time; the person reads this sentence."""


def unknown_channel() -> ApiError:
    """There is no such channel."""
    return ApiError(404, 10003, "Unknown Channel")


def unknown_guild() -> ApiError:
    """There is no such server."""
    return ApiError(404, 10004, "Unknown Guild")


def unknown_member() -> ApiError:
    """That user is not in that server."""
    return ApiError(404, 10007, "Unknown Member")


def unknown_message() -> ApiError:
    """The message is gone or never was."""
    return ApiError(404, 10008, "Unknown Message")


def unknown_user() -> ApiError:
    """There is no such user."""
    return ApiError(404, 10013, "Unknown User")


def unknown_webhook() -> ApiError:
    """The webhook's id is not this application's."""
    return ApiError(404, 10015, "Unknown Webhook")


def unknown_interaction() -> ApiError:
    """The interaction is unknown, or its three seconds are over."""
    return ApiError(404, 10062, "Unknown interaction")


def unknown_command() -> ApiError:
    """There is no such application command."""
    return ApiError(404, 10063, "Unknown application command")


def already_acknowledged() -> ApiError:
    """An interaction is acknowledged once."""
    return ApiError(400, 40060, "Interaction has already been acknowledged.")


def thread_exists() -> ApiError:
    """A message carries one thread."""
    return ApiError(400, 160004, "A thread has already been created for this message")


def entity_too_large() -> ApiError:
    """The request or one of its files is over the limit."""
    return ApiError(413, 40005, "Request entity too large")


def missing_access() -> ApiError:
    """The bot cannot see this."""
    return ApiError(403, 50001, "Missing Access")


def not_the_author() -> ApiError:
    """Only the author edits a message."""
    return ApiError(403, 50005, "Cannot edit a message authored by another user")


def empty_message() -> ApiError:
    """A message needs something in it."""
    return ApiError(400, 50006, "Cannot send an empty message")


def cannot_message_user() -> ApiError:
    """The person takes no direct messages from the bot."""
    return ApiError(403, 50007, "Cannot send messages to this user")


def missing_permissions() -> ApiError:
    """The bot sees it and may not do it."""
    return ApiError(403, 50013, "Missing Permissions")


def wrong_channel_type() -> ApiError:
    """This cannot be done in this kind of channel."""
    return ApiError(400, 50024, "Cannot execute action on this channel type")


def invalid_webhook_token() -> ApiError:
    """The interaction's fifteen minutes are over."""
    return ApiError(401, 50027, "Invalid Webhook Token")


def thread_is_archived() -> ApiError:
    """Nothing is changed in an archived thread; a new message alone wakes it, unless it is locked."""
    return ApiError(400, 50083, "Thread is archived")


class FormErrors:
    """Collect what is wrong with a form, by the path of each field, and raise it in one piece."""

    def __init__(self) -> None:
        self.tree: Json = {}

    def add(self, path: tuple[Any, ...], code: str, message: str) -> None:
        """Note one mistake at a path such as ("embeds", 0, "title")."""
        node = self.tree
        for step in path:
            node = node.setdefault(str(step), {})
        node.setdefault("_errors", []).append({"code": code, "message": message})

    def too_long(self, path: tuple[Any, ...], value: object, maximum: int) -> None:
        """Note a text that is over its limit."""
        if isinstance(value, str) and len(value) > maximum:
            self.add(path, "BASE_TYPE_MAX_LENGTH", f"Must be {maximum} or fewer in length.")

    def bad_length(self, path: tuple[Any, ...], value: object, minimum: int, maximum: int) -> None:
        """Note a text or list whose length is out of range."""
        size = len(value) if isinstance(value, (str, list)) else 0
        if not minimum <= size <= maximum:
            self.add(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {minimum} and {maximum} in length.")

    def required(self, path: tuple[Any, ...], value: object) -> None:
        """Note a field that must be there and is not."""
        if value is None or value == "":
            self.add(path, "BASE_TYPE_REQUIRED", "This field is required")

    def check(self) -> None:
        """Raise 50035 if anything was noted."""
        if self.tree:
            raise ApiError(400, 50035, "Invalid Form Body", self.tree)
