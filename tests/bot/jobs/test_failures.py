"""Every way the device can fail has a sentence, and what nobody foresaw has an id to quote."""

from __future__ import annotations

from structlog.testing import capture_logs

import models.errors
from bot.errors import NotFound
from bot.jobs.failures import ENGINE_SENTENCES, Failure, failure_of
from bot.words import say
from models.errors import EngineError, InvalidRequest, ModelFault
from tests.bot.jobs.simulation import job


def test_every_error_of_the_engine_has_a_sentence() -> None:
    named = {each for each in vars(models.errors).values() if isinstance(each, type) and issubclass(each, EngineError)}
    assert set(ENGINE_SENTENCES) == named - {EngineError}
    assert all(say(key) for key in ENGINE_SENTENCES.values())


def test_a_known_refusal_keeps_its_key_and_values() -> None:
    assert failure_of(NotFound("jobs.not_found", name="x"), job(1, 1)) == Failure("jobs.not_found", {"name": "x"})


def test_what_no_model_can_do_is_a_rule_and_what_a_model_cannot_help_is_traced() -> None:
    with capture_logs() as logged:
        assert failure_of(InvalidRequest("a LoRA of another family"), job(7, 1)) == Failure("jobs.invalid_request")
        assert logged == []
        failure_of(ModelFault("broken"), job(8, 1))
    assert [(line["job"], "ModelFault" in line["trace"]) for line in logged] == [(8, True)]


def test_what_nobody_foresaw_is_logged_without_its_message_under_the_id_that_the_member_reads() -> None:
    error = ZeroDivisionError("by the moon")
    with capture_logs() as logged:
        failure = failure_of(error, job(7, 1))
    assert (logged[0]["id"], logged[0]["job"]) == (failure.values["id"], 7)
    assert "moon" not in str(logged[0])
    assert "ZeroDivisionError" in logged[0]["trace"]
    assert str(failure.values["id"]) in say(failure.key, **failure.values)
