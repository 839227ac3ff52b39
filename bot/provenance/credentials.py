"""Content Credentials (C2PA): what Salon signs into its pictures, and what it reads out of any.

Nothing here asks the network: no timestamp authority, no revocation list, no manifest kept elsewhere.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib import metadata
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from bot.errors import Unavailable
from bot.provenance.certificates import CLAIM_SIGNING, KeyAndCertificates, kept_credentials

if TYPE_CHECKING:
    from c2pa import Context

Format = Literal["png", "webp", "jpeg"]

_WORK = "org.salon.work"
_SOURCES = "http://cv.iptc.org/newscodes/digitalsourcetype/"
_DRAWN, _CHANGED = _SOURCES + "trainedAlgorithmicMedia", _SOURCES + "compositeWithTrainedAlgorithmicMedia"
_OURS = {"signingCredential.trusted", "claimSignature.validated"}
_PIXELS_CHANGED = "assertion.dataHash.mismatch"


@dataclass(frozen=True, slots=True)
class Claim:
    """What Salon signs of a picture; who asked and in which words stays in its database, under the job.

    `from_picture` says that it was made out of a picture, not out of words alone.
    """

    job_id: int
    seed: int
    model: str
    made_at: datetime
    from_picture: bool = False


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a picture carries: the `claim` where this Salon signed it; `is_intact` says that nothing changed since.

    `signer` is what the signer calls itself.
    """

    signer: str
    is_intact: bool
    claim: Claim | None = None


class Credentials:
    """Signs with this Salon's own key and tells its signature from others'; its calls take some milliseconds."""

    def __init__(self, context: Context) -> None:
        self._context = context

    @classmethod
    def open(cls, data_dir: Path) -> Credentials:
        """Take the key of `data_dir`, made where there is none; raise `Unavailable` where nothing can be signed."""
        try:
            import c2pa
        except (ImportError, OSError, RuntimeError) as error:
            raise Unavailable("provenance.no_library", cause=str(error).partition("\n")[0]) from error
        kept = kept_credentials(data_dir)
        try:
            info = c2pa.C2paSignerInfo(c2pa.C2paSigningAlg.ES256, kept.signer + kept.authority, kept.key, None)
            return cls(c2pa.Context.from_dict(_settings(kept), c2pa.Signer.from_info(info)))
        except c2pa.C2paError as error:
            raise Unavailable("provenance.no_library", cause=type(error).__name__.strip("_")) from error

    def sign(self, content: bytes, format: Format, claim: Claim) -> bytes:
        """Return the encoded picture with a signed manifest in it, some 3 kB more."""
        from c2pa import Builder

        with Builder(_manifest(format, claim), self._context) as builder, BytesIO() as signed:
            builder.sign(f"image/{format}", BytesIO(content), signed)
            return signed.getvalue()

    def carry_over(self, original: bytes, content: bytes, format: Format) -> bytes:
        """Sign what a picture was encoded to anew as the original is; leave it where Salon did not sign that."""
        manifest = self.read(original)
        if manifest is None or manifest.claim is None or not manifest.is_intact:
            return content
        return self.sign(content, format, manifest.claim)

    def read(self, content: bytes) -> Manifest | None:
        """Return what a file carries; None where it carries nothing, or nothing that can be read."""
        from c2pa import C2paError, Reader

        try:
            reader = Reader.try_create(None, BytesIO(content), context=self._context)
            if reader is None:
                return None
            with reader:
                return _told(json.loads(reader.json()))
        except (C2paError, KeyError, ValueError):  # hostile bytes, or a manifest of a kind that is yet to come
            return None


def _settings(kept: KeyAndCertificates) -> dict[str, Any]:
    return {
        "version": 1,
        "trust": {"user_anchors": kept.authority.decode("ascii"), "trust_config": CLAIM_SIGNING},
        "verify": {"verify_trust": True, "ocsp_fetch": False, "remote_manifest_fetch": False},
        "builder": {"thumbnail": {"enabled": False}},
    }


def _manifest(format: Format, claim: Claim) -> dict[str, Any]:
    salon = {"name": "Salon", "version": metadata.version("salon-bot")}
    created = {
        "action": "c2pa.created",
        "when": claim.made_at.isoformat(),
        "softwareAgent": salon,
        "digitalSourceType": _CHANGED if claim.from_picture else _DRAWN,
        "parameters": {"model": claim.model},
    }
    work = {
        "job_id": claim.job_id,
        "seed": str(claim.seed),  # seeds may be larger than JSON's numbers are exact
        "model": claim.model,
        "made_at": claim.made_at.isoformat(),
        "from_picture": claim.from_picture,
    }
    return {
        "claim_generator_info": [salon],
        "format": f"image/{format}",
        "assertions": [
            {"label": "c2pa.actions", "data": {"actions": [created]}},
            {"label": _WORK, "data": work},
        ],
    }


def _told(report: Mapping[str, Any]) -> Manifest:
    """Read c2pa's report; a claim is believed where our signature holds and at most the pixels have changed."""
    manifest = report["manifests"][report["active_manifest"]]
    results = report["validation_results"]["activeManifest"]
    failures, successes = _codes(results["failure"]), _codes(results["success"])
    is_ours = successes >= _OURS and failures <= {_PIXELS_CHANGED}
    signer = manifest.get("signature_info", {}).get("issuer", "")
    is_intact = failures <= {"signingCredential.untrusted"}
    return Manifest(signer, is_intact, _claim(manifest) if is_ours else None)


def _codes(entries: list[Mapping[str, str]]) -> set[str]:
    return {entry["code"] for entry in entries}


def _claim(manifest: Mapping[str, Any]) -> Claim | None:
    work = next((entry["data"] for entry in manifest["assertions"] if entry["label"] == _WORK), None)
    if work is None:
        return None
    made_at = datetime.fromisoformat(work["made_at"])
    return Claim(work["job_id"], int(work["seed"]), work["model"], made_at, work["from_picture"])
