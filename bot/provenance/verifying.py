"""Telling whether a picture was made here: by its bytes, its signature or its looks; else nothing is known of it."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from heapq import nsmallest
from typing import Generic, Protocol, TypeVar

from bot.people import Member
from bot.provenance.credentials import Credentials, Manifest
from bot.provenance.fingerprints import SAME_WITHIN, distance, fingerprint, has_features
from bot.safety.uploads import open_upload

_MOST_ALIKE = 20


class Kept(Protocol):
    """What verifying needs to know of a work."""

    @property
    def server_id(self) -> int:
        """Say where it was made."""
        ...

    @property
    def seed(self) -> int:
        """Say which of its job's pictures it is."""
        ...


W = TypeVar("W", bound=Kept)
W_co = TypeVar("W_co", bound=Kept, covariant=True)


class Works(Protocol[W_co]):
    """The works on record, in all servers."""

    async def by_sha256(self, sha256: str) -> Sequence[W_co]:
        """List the works with this very file."""
        ...

    async def of_job(self, job_id: int) -> Sequence[W_co]:
        """List a job's works."""
        ...

    async def fingerprints(self) -> Sequence[tuple[int, str]]:
        """List what every work looks like, by its id."""
        ...

    async def work(self, work_id: int) -> W_co | None:
        """Return a work by its id."""
        ...


class Trace(StrEnum):
    """What gave a picture away, the surest first; `ALTERED`: signed here, and other pixels since."""

    EXACT = "exact"
    SIGNED = "signed"
    ALTERED = "altered"
    ALIKE = "alike"
    FOREIGN = "foreign"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Finding(Generic[W]):
    """What can be told of a picture to a member.

    `work` is its record where it is of her server; `is_elsewhere` says that there is one in another, of which nothing
    is told. `signer` is what someone else calls themselves who signed it.
    """

    trace: Trace
    work: W | None = None
    is_elsewhere: bool = False
    signer: str = ""


@dataclass(frozen=True, slots=True)
class Evidence(Generic[W]):
    """What was found: the works with these bytes, a manifest, the works it names, and those that look the same."""

    exact: Sequence[W] = ()
    manifest: Manifest | None = None
    signed: Sequence[W] = ()
    alike: Sequence[W] = ()


def finding_of(evidence: Evidence[W], server_id: int) -> Finding[W]:
    """Judge by the surest evidence there is, for a member of a server."""
    manifest = evidence.manifest
    if evidence.exact:
        return _found(Trace.EXACT, evidence.exact, server_id)
    if manifest and manifest.claim:
        if manifest.is_intact:
            return _found(Trace.SIGNED, evidence.signed, server_id)
        return _found(Trace.ALTERED, evidence.alike, server_id)
    if evidence.alike:
        return _found(Trace.ALIKE, evidence.alike, server_id)
    return Finding(Trace.FOREIGN, signer=manifest.signer) if manifest else Finding(Trace.NOTHING)


class Verifier(Generic[W]):
    """Looks for a picture among this Salon's works."""

    def __init__(self, credentials: Credentials, works: Works[W]) -> None:
        self._credentials = credentials
        self._works = works

    async def verify(self, member: Member, content: bytes) -> Finding[W]:
        """Say what is known of a picture; raise `BadInput` where it is none."""
        looks = await asyncio.to_thread(_looks, content)
        manifest = await asyncio.to_thread(self._credentials.read, content)
        evidence = Evidence(
            exact=await self._works.by_sha256(hashlib.sha256(content).hexdigest()),
            manifest=manifest,
            signed=await self._signed(manifest),
            alike=await self._alike(looks),
        )
        return finding_of(evidence, member.server_id)

    async def _signed(self, manifest: Manifest | None) -> list[W]:
        if manifest is None or manifest.claim is None:
            return []
        seed = manifest.claim.seed
        return [work for work in await self._works.of_job(manifest.claim.job_id) if work.seed == seed]

    async def _alike(self, looks: str) -> list[W]:
        known = await self._works.fingerprints()
        nearest = await asyncio.to_thread(_nearest, looks, known)
        works = [await self._works.work(work_id) for work_id in nearest]
        return [work for work in works if work is not None]


def _found(trace: Trace, works: Sequence[W], server_id: int) -> Finding[W]:
    own = next((work for work in works if work.server_id == server_id), None)
    return Finding(trace, own, is_elsewhere=own is None and bool(works))


def _looks(content: bytes) -> str:
    upright = open_upload(content)
    return fingerprint(upright.width, upright.height, upright.rgb)


def _nearest(looks: str, known: Sequence[tuple[int, str]]) -> list[int]:
    """Return the ids of the works that look the same, the nearest first."""
    if not has_features(looks):
        return []
    apart = ((distance(looks, other), work_id) for work_id, other in known)
    near = ((bits, work_id) for bits, work_id in apart if bits <= SAME_WITHIN)
    return [work_id for _, work_id in nsmallest(_MOST_ALIKE, near)]
