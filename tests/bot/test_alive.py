"""One Salon a folder, and how others see that it is alive."""

from __future__ import annotations

import asyncio
import os
import time
from pathlib import Path

import pytest

from bot.alive import HEARTBEAT_OLD_S, beat, heartbeat_age_s, only_one
from bot.data_folder import make_folder, try_folder
from bot.errors import Unavailable
from bot.setting_sentences import WrongSettings


def test_a_second_salon_on_the_same_folder_is_refused(tmp_path: Path) -> None:
    with only_one(tmp_path), pytest.raises(Unavailable, match="already"), only_one(tmp_path):
        pass


def test_when_the_first_has_ended_the_next_may_start(tmp_path: Path) -> None:
    with only_one(tmp_path):
        pass
    with only_one(tmp_path):
        pass


def test_the_folder_is_made_where_there_is_none(tmp_path: Path) -> None:
    with only_one(tmp_path / "new" / "folder"):
        assert (tmp_path / "new" / "folder").is_dir()


@pytest.mark.parametrize("unusable", ["file", "file/below", "n" * 300])
def test_a_folder_that_cannot_be_kept_in_is_a_wrong_setting(tmp_path: Path, unusable: str) -> None:
    (tmp_path / "file").touch()
    for use in (make_folder, try_folder, heartbeat_age_s):
        with pytest.raises(WrongSettings, match=r'SALON_DATA_DIR is ".+", but must be a folder'):
            use(tmp_path / unusable)


def test_a_folder_that_is_only_tried_is_left_as_it_was(tmp_path: Path) -> None:
    try_folder(tmp_path / "new" / "folder")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_the_right_to_write_is_a_wrong_setting(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    for use in (make_folder, try_folder):
        for folder in (tmp_path, tmp_path / "below"):
            with pytest.raises(WrongSettings, match="SALON_DATA_DIR"):
                use(folder)


def test_nobody_has_been_alive_in_a_new_folder(tmp_path: Path) -> None:
    assert heartbeat_age_s(tmp_path) is None


async def beat_once(folder: Path, *, is_well: bool) -> None:
    beating = asyncio.create_task(beat(folder, lambda: is_well))
    await asyncio.sleep(0)
    beating.cancel()


async def test_the_heart_beats_while_all_is_well(tmp_path: Path) -> None:
    await beat_once(tmp_path, is_well=True)
    age_s = heartbeat_age_s(tmp_path)
    assert age_s is not None
    assert age_s < HEARTBEAT_OLD_S


async def test_it_does_not_while_something_is_wrong_and_an_old_beat_counts_no_more(tmp_path: Path) -> None:
    (tmp_path / "heartbeat").touch()
    await beat_once(tmp_path, is_well=False)
    assert heartbeat_age_s(tmp_path) is None


async def test_the_heart_beats_on_after_the_disk_failed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.alive.HEARTBEAT_EVERY_S", 0.0)
    folder = tmp_path / "unmounted"
    beating = asyncio.create_task(beat(folder, lambda: True))
    await asyncio.sleep(0)
    assert heartbeat_age_s(folder) is None
    folder.mkdir()
    while heartbeat_age_s(folder) is None:
        assert not beating.done()
        await asyncio.sleep(0)
    beating.cancel()


def test_a_beat_grows_old(tmp_path: Path) -> None:
    heartbeat = tmp_path / "heartbeat"
    heartbeat.touch()
    os.utime(heartbeat, (time.time() - 100, time.time() - 100))
    age_s = heartbeat_age_s(tmp_path)
    assert age_s == pytest.approx(100, abs=5)
