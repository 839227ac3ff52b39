"""The bound for keys and values: never whatever is left."""

from __future__ import annotations

import pytest

from models import hardware
from models.errors import ModelUnavailable
from models.hardware import MIB
from models.text import memory
from models.text.memory import MemoryPlan, measured_budget, plan


def test_with_room_enough_everything_is_granted() -> None:
    assert plan(1000 * MIB, 1024, 8, 4096) == MemoryPlan(8, 4096, 1000 * MIB)


def test_fewer_rows_come_before_a_shorter_window() -> None:
    assert plan(16 * MIB, 1024, 8, 4096).slots == 3
    short = plan(2 * MIB, 1024, 8, 4096)
    assert (short.slots, short.window_tokens) == (1, 1536)


@pytest.mark.parametrize("mib", range(1, 40, 3))
def test_the_rows_leave_a_part_of_the_bound_for_warm_ones(mib: int) -> None:
    fitted = plan(mib * MIB, 2048, 8, 4096)
    assert fitted.slots * fitted.window_tokens * 2048 <= 0.75 * mib * MIB


def test_a_bound_that_holds_nothing_is_refused() -> None:
    with pytest.raises(ModelUnavailable, match="1 MiB for keys and values hold fewer than 256 tokens"):
        plan(MIB, 128 * 1024, 8, 4096)


def test_the_measured_bound_is_a_share_with_a_cap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "free_and_total", lambda _device: (8 * 1024 * MIB, 999 * 1024 * MIB))
    assert measured_budget("cpu") == 2 * 1024 * MIB
    monkeypatch.setattr(memory, "free_and_total", lambda _device: (999 * 1024 * MIB, 999 * 1024 * MIB))
    assert measured_budget("cpu") == 4 * 1024 * MIB


def test_peak_memory_is_measured() -> None:
    assert hardware.peak_bytes("cpu") > 10 * MIB
