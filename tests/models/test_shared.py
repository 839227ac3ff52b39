"""Batches that are scripted share a device: in turns, each alone with its failures, and parked where room is short."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from models.errors import EngineError, ModelFault, OutOfMemory
from models.outbox import Item
from models.parking import Parking, Tenant
from models.shared import Desk, SharedDevice
from models.turns import Side, Turns


@dataclass
class Task:
    ticket: int
    steps: int


@dataclass
class Room:
    """A device with a clock of its own, and a diary of what happened on it."""

    now_s: float = 0.0
    diary: list[str] = field(default_factory=list)
    heard: dict[int, EngineError] = field(default_factory=dict)

    def post(self, items: list[tuple[int, Item]]) -> None:
        for ticket, item in items:
            assert isinstance(item, EngineError)
            self.heard[ticket] = item


class Batch:
    """Works on one task after the other; each of its steps takes a second."""

    def __init__(self, name: str, room: Room) -> None:
        self.name = name
        self.tasks: deque[Task] = deque()
        self.breaks = self.cannot_come = self.cannot_go = False
        self._room = room

    @property
    def is_busy(self) -> bool:
        return bool(self.tasks)

    def is_urgent(self) -> bool:
        return any(task.steps == 3 for task in self.tasks)

    def submit(self, task: Task) -> None:
        self.tasks.append(task)

    def cancel(self, ticket: int) -> None:
        self.tasks = deque(task for task in self.tasks if task.ticket != ticket)

    def fail_all(self, error: EngineError) -> None:
        self._room.post([(task.ticket, error) for task in self.tasks])
        self.tasks.clear()

    def step(self) -> bool:
        if self.breaks:
            raise RuntimeError("boom")
        self._room.now_s += 1
        task = self.tasks[0]
        task.steps -= 1
        self._room.diary.append(f"{self.name} {task.ticket}")
        if not task.steps:
            self.tasks.popleft()
        return True

    def park(self) -> None:
        assert not self.is_busy
        if self.cannot_go:
            raise MemoryError("no room in the host")
        self._room.diary.append(f"park {self.name}")

    def fetch(self) -> None:
        if self.cannot_come:
            raise RuntimeError("no room")
        self._room.diary.append(f"fetch {self.name}")

    def desk(self, side: Side) -> Desk:
        return Desk(self.name, side, self, self.park, self.fetch, self.is_urgent)


class House:
    """Text, sight and pictures of size one each, in a device with so much room."""

    def __init__(self, room: float = 3) -> None:
        self.room = Room()
        self.text, self.sight, self.pictures = (Batch(name, self.room) for name in ("text", "sight", "pictures"))
        desks = [self.text.desk(Side.WORDS), self.sight.desk(Side.WORDS), self.pictures.desk(Side.PICTURES)]
        parking = Parking([Tenant(desk.name, 1) for desk in desks], room)
        self.device = SharedDevice(desks, Turns(0.5), parking, self.room.post, clock=lambda: self.room.now_s)

    def run(self, steps: int | None = None) -> list[str]:
        """Make so many steps, or all, and return what happened in them."""
        before = len(self.room.diary)
        while steps != 0 and self.device.step():
            steps = None if steps is None else steps - 1
        return self.room.diary[before:]


def test_a_picture_lets_first_words_pass_and_then_shares_with_those_who_write() -> None:
    house = House()
    house.device.submit("pictures", Task(1, 6))
    assert house.run(2) == ["pictures 1"] * 2
    house.device.submit("text", Task(2, 4))
    drawn, written = "pictures 1", "text 2"
    assert house.run() == [written, written, drawn, drawn, written, drawn, written, drawn]


def test_texts_and_readings_alternate() -> None:
    house = House()
    house.device.submit("text", Task(1, 2))
    house.device.submit("sight", Task(2, 3))
    assert house.run() == ["text 1", "sight 2", "text 1", "sight 2", "sight 2"]


def test_nothing_is_done_when_nobody_asked() -> None:
    assert not House().device.step()


def test_a_batch_that_breaks_loses_its_own_requests_and_no_others() -> None:
    house = House()
    house.device.submit("text", Task(1, 2))
    house.device.submit("pictures", Task(2, 2))
    house.pictures.breaks = True
    assert house.run() == ["text 1", "text 1"]
    assert {ticket: type(error) for ticket, error in house.room.heard.items()} == {2: ModelFault}


def test_a_parked_model_is_fetched_when_it_is_asked_for() -> None:
    house = House(room=2)
    house.device.submit("pictures", Task(1, 1))
    assert house.run() == ["park sight", "fetch pictures", "pictures 1"]
    house.device.submit("text", Task(2, 1))
    assert house.run() == ["text 2"]


def test_no_model_is_parked_in_the_middle_of_a_request() -> None:
    house = House(room=1)
    house.device.submit("text", Task(1, 3))
    house.device.submit("pictures", Task(2, 2))
    assert house.run() == [*["text 1"] * 3, "park text", "fetch pictures", *["pictures 2"] * 2]


def test_newcomers_wait_for_those_who_wait_for_a_parked_model() -> None:
    house = House(room=1)
    house.device.submit("text", Task(1, 3))
    house.device.submit("pictures", Task(2, 2))
    assert house.run(1) == ["text 1"]
    house.device.submit("text", Task(3, 1))
    house.device.submit("pictures", Task(4, 1))
    assert house.run() == [
        *["text 1", "text 1", "park text", "fetch pictures", "pictures 2", "pictures 2", "pictures 4"],
        *["park pictures", "fetch text", "text 3"],
    ]


def test_endless_work_on_either_side_starves_nobody_where_one_model_fits() -> None:
    house = House(room=1)
    for ticket in range(0, 40, 2):
        house.device.submit("text", Task(ticket, 2))
        house.device.submit("pictures", Task(ticket + 1, 2))
        house.run(3)
    done = house.run()
    assert not house.text.tasks
    assert not house.pictures.tasks
    assert house.room.diary.count("pictures 39") == 2
    assert done


def test_one_who_leaves_the_lobby_holds_nobody_up() -> None:
    house = House(room=1)
    house.device.submit("text", Task(1, 3))
    house.device.submit("pictures", Task(2, 2))
    house.run(1)
    house.device.submit("text", Task(3, 1))
    house.device.cancel(2)
    assert house.run() == ["text 1", "text 1", "text 3"]


def test_a_model_that_cannot_be_fetched_fails_those_who_came_for_it() -> None:
    house = House(room=1)
    house.pictures.cannot_come = True
    house.device.submit("pictures", Task(1, 1))
    assert house.run() == ["park text", "park pictures"]
    assert isinstance(house.room.heard[1], ModelFault)
    house.device.submit("text", Task(2, 1))
    assert house.run() == ["fetch text", "text 2"]


def test_a_model_that_cannot_be_parked_fails_those_who_came_for_another_and_goes_on_itself() -> None:
    house = House(room=1)
    house.text.cannot_go = True
    house.device.submit("text", Task(1, 3))
    house.device.submit("pictures", Task(2, 1))
    assert house.run(1) == ["text 1"]
    house.device.submit("text", Task(3, 1))
    assert house.run() == ["text 1", "text 1", "fetch text", "text 3"]
    assert {ticket: type(error) for ticket, error in house.room.heard.items()} == {2: OutOfMemory}
    house.text.cannot_go = False
    house.device.submit("pictures", Task(4, 1))
    assert house.run() == ["park text", "fetch pictures", "pictures 4"]


def test_a_model_that_can_neither_go_nor_stay_is_fetched_for_the_next_one_who_asks() -> None:
    house = House(room=1)
    house.text.cannot_go = house.text.cannot_come = True
    house.device.submit("pictures", Task(1, 1))
    assert house.run() == []
    assert isinstance(house.room.heard[1], ModelFault)
    house.text.cannot_go = house.text.cannot_come = False
    house.device.submit("text", Task(2, 1))
    assert house.run() == ["fetch text", "text 2"]


def test_a_model_that_can_neither_come_nor_be_put_back_fails_its_own_requests_and_no_others() -> None:
    house = House(room=2)
    house.pictures.cannot_come = house.pictures.cannot_go = True
    house.device.submit("text", Task(1, 2))
    house.device.submit("pictures", Task(2, 1))
    assert house.run() == ["park sight", "text 1", "text 1"]
    assert {ticket: type(error) for ticket, error in house.room.heard.items()} == {2: ModelFault}


def test_one_who_waited_longer_is_not_sent_away_for_a_model_that_cannot_come() -> None:
    house = House(room=1)
    house.device.submit("text", Task(1, 1))
    house.device.submit("pictures", Task(2, 1))
    assert house.run(1) == ["text 1"]
    house.device.submit("text", Task(3, 1))  # the doors are closed for the picture, which is given up now
    house.device.cancel(2)
    house.sight.cannot_come = True
    house.device.submit("sight", Task(4, 1))
    assert house.run() == ["text 3", "park text", "park sight"]
    assert set(house.room.heard) == {4}


def test_everyone_is_answered_at_the_end_in_the_lobby_too() -> None:
    house = House(room=1)
    house.device.submit("text", Task(1, 3))
    house.device.submit("pictures", Task(2, 2))
    house.device.fail_all(ModelFault("over"))
    assert set(house.room.heard) == {1, 2}
    assert not house.device.step()
