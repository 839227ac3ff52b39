"""The contract itself: what it lets pass and what it reports."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.contract import Contract, with_string_ids


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "answer", "words"),
    [
        ("GET", "/users/@me", None, 200, {"id": "1"}, "is a required property"),
        ("GET", "/nowhere", None, 200, {}, "is not described"),
        ("POST", "/channels/1/messages", {"content": 5}, 204, None, "request: \\$.content: 5 is not of type"),
        ("POST", "/channels/1/messages", {"content": "x"}, 302, {}, "has a status that is not described"),
        ("GET", "/users/@me", None, 401, {"message": "no"}, "'code' is a required property"),
        (
            "POST",
            "/channels/1/messages",
            {"components": [{"type": 1, "components": [{"type": 2, "style": 1, "custom_id": "x" * 101}]}]},
            204,
            None,
            "custom_id",
        ),
    ],
)
def test_what_does_not_fit_is_told_in_a_sentence(
    method: str, path: str, body: Any, status: int, answer: Any, words: str
) -> None:
    contract = Contract()
    contract.check(method, path, body, status, answer)
    with pytest.raises(AssertionError, match=words):
        assert contract.violations == []


def test_what_fits_is_silent() -> None:
    contract = Contract()
    contract.check("POST", "/channels/1/messages", {"content": "x", "message_reference": {"message_id": 7}}, 204, None)
    assert contract.violations == []


def test_only_ids_become_strings() -> None:
    body = {
        "message_reference": {"message_id": 7},
        "attachments": [{"id": 0}],
        "allowed_mentions": {"users": [1]},
        "components": [{"id": 3, "type": 1}],
    }
    assert with_string_ids(body) == {
        "message_reference": {"message_id": "7"},
        "attachments": [{"id": "0"}],
        "allowed_mentions": {"users": ["1"]},
        "components": [{"id": 3, "type": 1}],
    }
