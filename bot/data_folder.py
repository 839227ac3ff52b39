"""The folder that SALON_DATA_DIR names: made and tried before anything is kept there, or said to be a wrong setting."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.setting_sentences import WrongSettings, sentence_for_wrong
from bot.settings import PREFIX, Settings


def make_folder(folder: Path) -> None:
    """Make a folder, with those above it, and see that it can be written to; raise `WrongSettings`."""
    with as_wrong_setting(folder):
        folder.mkdir(parents=True, exist_ok=True)
        _write_in(folder)


def try_folder(folder: Path) -> None:
    """See that a folder can be written to, or made where there is none, leaving nothing; raise `WrongSettings`."""
    with as_wrong_setting(folder):
        _write_in(nearest(folder))


def nearest(folder: Path) -> Path:
    """Return the folder, or the nearest above it that is there."""
    folder = folder.absolute()
    return next(there for there in (folder, *folder.parents) if there.exists())


@contextmanager
def as_wrong_setting(folder: Path) -> Iterator[None]:
    """Turn what the system says of a folder into the sentence about its setting."""
    try:
        yield
    except OSError as error:
        field = Settings.model_fields["data_dir"]
        raise WrongSettings([sentence_for_wrong(f"{PREFIX}DATA_DIR", field, folder)]) from error


def _write_in(folder: Path) -> None:
    with TemporaryDirectory(dir=folder, prefix=".salon-"):
        pass
