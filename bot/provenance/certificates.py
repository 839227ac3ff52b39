"""The key that signs this Salon's works, and the certificates that vouch for it: made once, and kept in one file.

C2PA takes no certificate that has signed itself, so there are two: the Salon's own authority, whose key is forgotten at
once, and the signer that it vouches for. Nobody outside trusts the authority; it lets this Salon know its own works.
"""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from cryptography.x509.oid import NameOID, ObjectIdentifier

from bot.errors import Unavailable

FILE_NAME = "credentials.pem"
CLAIM_SIGNING = "1.3.6.1.4.1.62558.2.1"  # C2PA's purpose for keys that sign claims

_FROM = datetime(2026, 1, 1, tzinfo=UTC)
# A work's signature is worth as much as its certificate's dates: there is no timestamp authority to call.
_UNTIL = datetime(2126, 1, 1, tzinfo=UTC)
_USAGES = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)


@dataclass(frozen=True, slots=True, repr=False)
class KeyAndCertificates:
    """All three in PEM; the key is secret."""

    key: bytes
    signer: bytes
    authority: bytes


def kept_credentials(data_dir: Path) -> KeyAndCertificates:
    """Read the key and its certificates, made where there are none; raise `Unavailable` where that cannot be."""
    path = data_dir / FILE_NAME
    try:
        if not path.exists():
            data_dir.mkdir(parents=True, exist_ok=True)
            _keep(path, _made())
        return _read(path.read_bytes())
    except (OSError, ValueError) as error:
        raise Unavailable("provenance.credentials_unreadable", file=str(path)) from error


def _keep(path: Path, content: bytes) -> None:
    """Write the file whole or not at all; nobody else may read it, from the first byte on."""
    file, temporary = tempfile.mkstemp(dir=path.parent, prefix=".salon-")  # made with mode 0600
    try:
        with os.fdopen(file, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _read(content: bytes) -> KeyAndCertificates:
    """Take a file apart; raise `ValueError` where its key and certificates do not belong together."""
    key = load_pem_private_key(content, password=None)
    signer, authority = x509.load_pem_x509_certificates(content)
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.public_key() != signer.public_key():
        raise ValueError("the certificate is another key's")
    signer.verify_directly_issued_by(authority)
    return KeyAndCertificates(_key_pem(key), _pem(signer), _pem(authority))


def _made() -> bytes:
    authority_key, signer_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    vouching, signing = _name("Salon's own authority"), _name("Salon's works")
    authority = (
        _begun(vouching, vouching, authority_key.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage("key_cert_sign", "crl_sign"), critical=True)
        .sign(authority_key, SHA256())
    )
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key())
    signer = (
        _begun(signing, vouching, signer_key.public_key())
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage("digital_signature"), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ObjectIdentifier(CLAIM_SIGNING)]), critical=False)
        .add_extension(issuer, critical=False)
        .sign(authority_key, SHA256())
    )
    return _key_pem(signer_key) + _pem(signer) + _pem(authority)


def _begun(subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
    begun = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key)
    dated = begun.serial_number(x509.random_serial_number()).not_valid_before(_FROM).not_valid_after(_UNTIL)
    return dated.add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)


def _name(common_name: str) -> x509.Name:
    # C2PA's validators show the organisation as the one who signed.
    names = ((NameOID.ORGANIZATION_NAME, "Salon"), (NameOID.COMMON_NAME, common_name))
    return x509.Name([x509.NameAttribute(kind, name) for kind, name in names])


def _usage(*granted: str) -> x509.KeyUsage:
    return x509.KeyUsage(**{usage: usage in granted for usage in _USAGES})


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.PEM)


def _key_pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
