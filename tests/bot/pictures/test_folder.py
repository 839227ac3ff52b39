from __future__ import annotations

import errno
import os
from hashlib import sha256
from pathlib import Path

import pytest

from bot.pictures.folder import WorksFolder
from tests.bot.refusing import refused


@pytest.fixture
def folder(tmp_path: Path) -> WorksFolder:
    return WorksFolder(tmp_path / "works")


def test_a_file_is_named_after_its_content_and_read_again(folder: WorksFolder) -> None:
    name = folder.put(b"a picture", "png")
    assert name == f"{sha256(b'a picture').hexdigest()}.png"
    assert folder.read(name) == b"a picture"
    assert (folder.root / name[:2] / name).is_file()


def test_the_same_content_is_one_file(folder: WorksFolder) -> None:
    assert folder.put(b"a picture", "png") == folder.put(b"a picture", "png")
    assert len([file for file in folder.root.rglob("*") if file.is_file()]) == 1


def test_a_file_that_is_gone_is_told_of(folder: WorksFolder) -> None:
    name = folder.put(b"a picture", "png")
    folder.remove(name)
    folder.remove(name)
    with refused("pictures.file_gone"):
        folder.read(name)


@pytest.mark.parametrize(
    ("code", "key"),
    [
        (errno.ENOSPC, "pictures.folder_full"),
        (errno.EDQUOT, "pictures.folder_full"),
        (errno.EROFS, "pictures.folder_closed"),
        (errno.EACCES, "pictures.folder_closed"),
        (errno.EIO, "pictures.folder_closed"),
    ],
)
def test_a_folder_that_takes_no_file_is_a_sentence_and_leaves_no_half_of_one(
    folder: WorksFolder, monkeypatch: pytest.MonkeyPatch, code: int, key: str
) -> None:
    def fail(file: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", fail)
    with refused(key):
        folder.put(b"a picture", "png")
    assert [file for file in folder.root.rglob("*") if file.is_file()] == []


def test_checking_the_folder_makes_it_and_leaves_nothing_in_it(folder: WorksFolder) -> None:
    folder.check()
    assert list(folder.root.iterdir()) == []
    folder.root.rmdir()
    folder.root.write_text("a file in its place", encoding="utf-8")
    with refused("pictures.folder_closed"):
        folder.check()


def test_only_what_is_named_is_kept(folder: WorksFolder) -> None:
    folder.keep_only([])
    kept, dropped = folder.put(b"kept", "png"), folder.put(b"dropped", "webp")
    folder.keep_only([kept])
    assert folder.read(kept) == b"kept"
    with refused("pictures.file_gone"):
        folder.read(dropped)


def test_what_is_young_is_spared_and_what_is_put_again_is_young(folder: WorksFolder) -> None:
    young, old, again = (folder.put(content, "png") for content in (b"young", b"old", b"again"))
    for name in (old, again):
        os.utime(folder.root / name[:2] / name, (0, 0))
    folder.put(b"again", "png")
    folder.keep_only([], spare_s=60.0)
    assert folder.names() == {young, again}
