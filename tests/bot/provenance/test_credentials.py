"""What Salon signs into its pictures, and what it reads out of its own, of others', and of broken ones."""

from __future__ import annotations

import io
import json
import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import c2pa
import pytest
from PIL import Image

from bot.provenance.certificates import CLAIM_SIGNING, FILE_NAME, kept_credentials
from bot.provenance.credentials import Claim, Credentials, Format, Manifest
from tests.bot.refusing import refused

AT = datetime(2026, 11, 23, 20, 15, 0, 123_000, tzinfo=UTC)
CLAIM = Claim(job_id=7, seed=2**63 - 1, model="emoji-64", made_at=AT)
FORMATS: tuple[Format, ...] = get_args(Format)


@pytest.fixture
def credentials(tmp_path: Path) -> Credentials:
    return Credentials.open(tmp_path)


def picture(format: Format = "png") -> bytes:
    with io.BytesIO() as file:
        Image.linear_gradient("L").convert("RGB").save(file, format)
        return file.getvalue()


def report(content: bytes) -> str:
    """What any reader of Content Credentials sees."""
    with c2pa.Reader(None, io.BytesIO(content)) as reader:
        return str(reader.json())


@pytest.mark.parametrize("format", FORMATS)
def test_a_signed_picture_tells_who_made_it(credentials: Credentials, format: Format) -> None:
    assert credentials.read(credentials.sign(picture(format), format, CLAIM)) == Manifest("Salon", True, CLAIM)


@pytest.mark.parametrize("format", FORMATS)
def test_signing_leaves_the_pixels_as_they_are_and_adds_little(credentials: Credentials, format: Format) -> None:
    plain, signed = picture(format), credentials.sign(picture(format), format, CLAIM)
    assert Image.open(io.BytesIO(signed)).tobytes() == Image.open(io.BytesIO(plain)).tobytes()
    assert len(signed) - len(plain) < 5_000


def test_every_reader_sees_that_an_ai_made_it_and_with_what(credentials: Credentials) -> None:
    told = json.loads(report(credentials.sign(picture(), "png", CLAIM)))
    (manifest,) = told["manifests"].values()
    (actions,) = (entry["data"] for entry in manifest["assertions"] if entry["label"].startswith("c2pa.actions"))
    (action,) = actions["actions"]
    assert (action["action"], action["softwareAgent"]["name"]) == ("c2pa.created", "Salon")
    assert action["digitalSourceType"].endswith("/trainedAlgorithmicMedia")
    assert action["parameters"]["model"] == "emoji-64"
    assert "thumbnail" not in manifest


def test_one_made_from_a_picture_says_so(credentials: Credentials) -> None:
    claim = replace(CLAIM, from_picture=True)
    signed = credentials.sign(picture(), "png", claim)
    assert "compositeWithTrainedAlgorithmicMedia" in report(signed)
    assert credentials.read(signed) == Manifest("Salon", True, claim)


def test_another_start_of_the_same_salon_knows_its_works(credentials: Credentials, tmp_path: Path) -> None:
    signed = credentials.sign(picture(), "png", CLAIM)
    assert Credentials.open(tmp_path).read(signed) == Manifest("Salon", True, CLAIM)


def test_another_salons_works_are_not_its_own(credentials: Credentials, tmp_path: Path) -> None:
    signed = Credentials.open(tmp_path / "another").sign(picture(), "png", CLAIM)
    assert credentials.read(signed) == Manifest("Salon", True, None)


@pytest.mark.parametrize(("format", "place"), [("png", -30), ("jpeg", -30), ("webp", 60)])
def test_a_picture_that_was_changed_is_ours_and_not_intact(
    credentials: Credentials, format: Format, place: int
) -> None:
    signed = bytearray(credentials.sign(picture(format), format, CLAIM))
    signed[place] ^= 1
    assert credentials.read(bytes(signed)) == Manifest("Salon", False, CLAIM)


def test_a_claim_that_was_changed_is_not_believed(credentials: Credentials) -> None:
    signed = credentials.sign(picture(), "png", CLAIM)
    forged = signed.replace(b"emoji-64", b"emoji-65")
    assert forged != signed
    read = credentials.read(forged)
    assert read is not None
    assert (read.is_intact, read.claim) == (False, None)


@pytest.mark.parametrize("content", [b"", b"hello", picture(), picture("webp"), picture()[:200]])
def test_what_carries_nothing_is_read_as_nothing(credentials: Credentials, content: bytes) -> None:
    assert credentials.read(content) is None


@pytest.mark.parametrize("whose", ["another's", "our own"])
def test_a_signed_picture_that_is_no_work_of_salons_makes_no_claim(
    credentials: Credentials, tmp_path: Path, whose: str
) -> None:
    kept = kept_credentials(tmp_path if whose == "our own" else tmp_path / "another")
    action = {"action": "c2pa.created", "digitalSourceType": "http://c2pa.org/digitalsourcetype/empty"}
    manifest = {"assertions": [{"label": "c2pa.actions", "data": {"actions": [action]}}]}
    signer = c2pa.C2paSignerInfo(c2pa.C2paSigningAlg.ES256, kept.signer + kept.authority, kept.key, None)
    context = c2pa.Context.from_dict({"trust": {"trust_config": CLAIM_SIGNING}}, c2pa.Signer.from_info(signer))
    with c2pa.Builder(manifest, context) as builder, io.BytesIO() as signed:
        builder.sign("image/png", io.BytesIO(picture()), signed)
        assert credentials.read(signed.getvalue()) == Manifest("Salon", True, None)


def test_many_are_signed_and_read_at_once(credentials: Credentials) -> None:
    claims = [replace(CLAIM, job_id=number) for number in range(40)]
    with ThreadPoolExecutor(8) as threads:
        signed = list(threads.map(lambda claim: credentials.sign(picture(), "png", claim), claims))
        read = list(threads.map(credentials.read, signed))
    assert [manifest.claim for manifest in read if manifest] == claims


def test_the_key_is_for_nobody_else_to_read(credentials: Credentials, tmp_path: Path) -> None:
    (kept,) = tmp_path.iterdir()
    assert kept.name == FILE_NAME
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


@pytest.mark.parametrize("damage", [b"", b"nonsense"])
def test_a_damaged_key_is_said_to_be_one_and_never_replaced(
    credentials: Credentials, tmp_path: Path, damage: bytes
) -> None:
    (tmp_path / FILE_NAME).write_bytes(damage)
    with refused("provenance.credentials_unreadable"):
        Credentials.open(tmp_path)
    assert (tmp_path / FILE_NAME).read_bytes() == damage


def test_a_key_with_anothers_certificates_is_refused(credentials: Credentials, tmp_path: Path) -> None:
    Credentials.open(tmp_path / "another")
    own, others = ((folder / FILE_NAME).read_bytes() for folder in (tmp_path, tmp_path / "another"))
    begin = b"-----BEGIN CERTIFICATE-----"
    (tmp_path / FILE_NAME).write_bytes(own[: own.index(begin)] + others[others.index(begin) :])
    with refused("provenance.credentials_unreadable"):
        Credentials.open(tmp_path)


def test_where_nothing_can_be_kept_the_start_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with refused("provenance.credentials_unreadable"):
        Credentials.open(tmp_path / "file")


def test_where_the_library_does_not_load_the_start_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "c2pa", None)
    with refused("provenance.no_library"):
        Credentials.open(tmp_path)
