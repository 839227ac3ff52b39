"""One Salon a data folder, and a file that says it is alive: what a health check looks at."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from bot.data_folder import as_wrong_setting, make_folder
from bot.errors import Unavailable

HEARTBEAT_EVERY_S = 10.0
HEARTBEAT_OLD_S = 60.0


@contextmanager
def only_one(data_dir: Path) -> Iterator[None]:
    """Hold the folder's lock, which ends with the process however that dies; raise `Unavailable` if it is held.

    The folder is made where there is none; raises `WrongSettings` if it cannot be kept in.
    """
    make_folder(data_dir)
    lock = FileLock(data_dir / "salon.lock", blocking=False)
    try:
        lock.acquire()
    except Timeout:
        raise Unavailable("cli.already_running", folder=str(data_dir)) from None
    try:
        yield
    finally:
        lock.release()


async def beat(data_dir: Path, is_well: Callable[[], bool]) -> None:
    """Touch the heartbeat file again and again, as long as all is well; a disk that fails shows in its age."""
    heartbeat = _heartbeat(data_dir)
    with suppress(OSError):
        heartbeat.unlink(missing_ok=True)
    while True:
        if is_well():
            with suppress(OSError):
                heartbeat.touch()
        await asyncio.sleep(HEARTBEAT_EVERY_S)


def heartbeat_age_s(data_dir: Path) -> float | None:
    """Say how many seconds ago all was well; None if that was never so. Raises `WrongSettings`."""
    with as_wrong_setting(data_dir):
        try:
            return time.time() - _heartbeat(data_dir).stat().st_mtime
        except FileNotFoundError:
            return None


def _heartbeat(data_dir: Path) -> Path:
    return data_dir / "heartbeat"
