"""Whether a picture was made here: what gives it away, and who is told how much."""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

from bot.people import Member
from bot.provenance.credentials import Claim, Credentials
from bot.provenance.fingerprints import fingerprint
from bot.provenance.verifying import Finding, Trace, Verifier
from bot.safety.uploads import open_upload
from tests.bot.provenance.pictures import blobs, encoded
from tests.bot.refusing import refused

ANA = Member(1, "Ana", server_id=5)
STRANGER = Member(2, "Sam", server_id=6)
AT = datetime(2026, 11, 23, tzinfo=UTC)


@dataclass(frozen=True)
class Piece:
    """A work on record."""

    id: int
    server_id: int
    job_id: int
    seed: int
    sha256: str
    looks: str


class Shelf:
    """Works in memory, made as the studio makes them: signed, hashed, and looked at."""

    def __init__(self, credentials: Credentials) -> None:
        self.credentials = credentials
        self.pieces: list[Piece] = []

    def make(self, seed: int, server_id: int = 5) -> bytes:
        """Put a work on record and return its file."""
        number = len(self.pieces) + 1
        plain = encoded(blobs(seed))
        content = self.credentials.sign(plain, "png", Claim(number, seed, "emoji-64", AT))
        upright = open_upload(plain)
        looks = fingerprint(upright.width, upright.height, upright.rgb)
        self.pieces.append(Piece(number, server_id, number, seed, hashlib.sha256(content).hexdigest(), looks))
        return content

    async def by_sha256(self, sha256: str) -> Sequence[Piece]:
        return [piece for piece in self.pieces if piece.sha256 == sha256]

    async def of_job(self, job_id: int) -> Sequence[Piece]:
        return [piece for piece in self.pieces if piece.job_id == job_id]

    async def fingerprints(self) -> Sequence[tuple[int, str]]:
        return [(piece.id, piece.looks) for piece in self.pieces]

    async def work(self, work_id: int) -> Piece | None:
        return next((piece for piece in self.pieces if piece.id == work_id), None)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(Credentials.open(tmp_path))


@pytest.fixture
def verifier(shelf: Shelf) -> Verifier[Piece]:
    return Verifier(shelf.credentials, shelf)


async def test_a_work_is_known_by_its_bytes(shelf: Shelf, verifier: Verifier[Piece]) -> None:
    content = shelf.make(seed=1)
    shelf.make(seed=2)
    assert await verifier.verify(ANA, content) == Finding(Trace.EXACT, shelf.pieces[0])


async def test_another_file_of_a_work_is_known_by_its_signature(shelf: Shelf, verifier: Verifier[Piece]) -> None:
    shelf.make(seed=1)
    other = shelf.credentials.sign(encoded(blobs(1), "WEBP"), "webp", Claim(1, 1, "emoji-64", AT))
    assert await verifier.verify(ANA, other) == Finding(Trace.SIGNED, shelf.pieces[0])


async def test_of_a_jobs_pictures_the_signature_names_the_one(shelf: Shelf, verifier: Verifier[Piece]) -> None:
    shelf.make(seed=1)
    shelf.pieces.append(replace(shelf.pieces[0], id=2, seed=2, sha256="0"))
    other = shelf.credentials.sign(encoded(blobs(2)), "png", Claim(1, 2, "emoji-64", AT))
    assert (await verifier.verify(ANA, other)).work == shelf.pieces[1]


async def test_a_work_whose_record_was_deleted_is_ours_by_its_signature(
    shelf: Shelf, verifier: Verifier[Piece]
) -> None:
    content = shelf.make(seed=1)
    shelf.pieces.clear()
    assert await verifier.verify(ANA, content) == Finding(Trace.SIGNED)


async def test_a_work_saved_anew_is_known_by_its_looks(shelf: Shelf, verifier: Verifier[Piece]) -> None:
    for seed in range(5):
        shelf.make(seed)
    saved = encoded(blobs(3).resize((200, 200)), "JPEG", quality=60)
    assert await verifier.verify(ANA, saved) == Finding(Trace.ALIKE, shelf.pieces[3])


async def test_a_blank_picture_is_not_taken_for_a_blank_work(shelf: Shelf, verifier: Verifier[Piece]) -> None:
    blank = open_upload(encoded(Image.new("RGB", (64, 64), "teal")))
    looks = fingerprint(blank.width, blank.height, blank.rgb)
    shelf.pieces.append(Piece(1, 5, 1, 1, "0", looks))
    assert await verifier.verify(ANA, encoded(Image.new("RGB", (99, 99), "white"))) == Finding(Trace.NOTHING)


async def test_a_signed_work_that_was_changed_since_is_said_to_be_altered(
    shelf: Shelf, verifier: Verifier[Piece]
) -> None:
    content = shelf.make(seed=1)
    note = b"tEXt" + b"Comment\0not from here"
    chunk = struct.pack(">I", len(note) - 4) + note + struct.pack(">I", zlib.crc32(note))
    end = content.rindex(b"IEND") - 4
    altered = content[:end] + chunk + content[end:]
    assert await verifier.verify(ANA, altered) == Finding(Trace.ALTERED, shelf.pieces[0])


async def test_of_a_picture_from_elsewhere_nothing_is_known(shelf: Shelf, verifier: Verifier[Piece]) -> None:
    shelf.make(seed=1)
    assert await verifier.verify(ANA, encoded(blobs(2))) == Finding(Trace.NOTHING)


async def test_a_picture_that_someone_else_signed_is_theirs(
    shelf: Shelf, verifier: Verifier[Piece], tmp_path: Path
) -> None:
    others = Credentials.open(tmp_path / "another").sign(encoded(blobs(1)), "png", Claim(1, 1, "m", AT))
    assert await verifier.verify(ANA, others) == Finding(Trace.FOREIGN, signer="Salon")
    shelf.make(seed=1)
    assert await verifier.verify(ANA, others) == Finding(Trace.ALIKE, shelf.pieces[0])


@pytest.mark.parametrize("trace", [Trace.EXACT, Trace.SIGNED, Trace.ALIKE])
async def test_of_another_servers_work_nothing_is_told_but_that_it_is_one(
    shelf: Shelf, verifier: Verifier[Piece], trace: Trace
) -> None:
    content = shelf.make(seed=1)
    if trace is Trace.SIGNED:
        content = shelf.credentials.sign(encoded(blobs(1), "WEBP"), "webp", Claim(1, 1, "emoji-64", AT))
    if trace is Trace.ALIKE:
        content = encoded(blobs(1), "JPEG")
    assert await verifier.verify(STRANGER, content) == Finding(trace, is_elsewhere=True)


async def test_of_works_that_look_the_same_ones_own_servers_is_told(shelf: Shelf, verifier: Verifier[Piece]) -> None:
    shelf.make(seed=1)
    shelf.make(seed=1, server_id=6)
    assert await verifier.verify(STRANGER, encoded(blobs(1))) == Finding(Trace.ALIKE, shelf.pieces[1])


async def test_what_is_no_picture_is_refused(verifier: Verifier[Piece]) -> None:
    with refused("safety.not_a_picture"):
        await verifier.verify(ANA, b"hello")
