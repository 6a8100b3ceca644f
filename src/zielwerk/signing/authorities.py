"""The authorities whose word about signers is taken: certificates in one folder."""

import os
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from zielwerk.packs.opening import content
from zielwerk.rulebook.refusal import Refusal, Refused, msg

CERTIFICATES = frozenset({".pem", ".crt", ".cer", ".der"})
REVOCATIONS = frozenset({".crl"})
NOTES = frozenset({".md", ".txt"})
MOST_BYTES = 20_000_000  # lists of what was revoked are long


@dataclass(frozen=True)
class Authorities:
    """Certificates of authorities, and their lists of what was revoked; all as DER."""

    certificates: tuple[bytes, ...] = ()
    revocations: tuple[bytes, ...] = ()

    def to_json(self) -> dict[str, list[dict[str, str]] | int]:
        """Which they are: names and fingerprints (SHA-256), and how many lists there were."""
        found = [x509.load_der_x509_certificate(one) for one in self.certificates]
        return {
            "certificates": [
                {"name": one.subject.rfc4514_string(), "sha256": one.fingerprint(SHA256()).hex()}
                for one in found
            ],
            "revocation_lists": len(self.revocations),
        }


def folder() -> Path:
    """``ZIELWERK_AUTHORITIES``, else the folder of that name among the data."""
    data = Path(os.environ.get("ZIELWERK_DATA") or "var")
    return Path(
        os.environ.get("ZIELWERK_AUTHORITIES", "").strip() or data / "authorities"
    ).resolve()


def load(place: Path) -> Authorities:
    """What a folder holds; a folder that is not there trusts nobody.

    Files end in .pem, .crt, .cer, .der or .crl, PEM or DER. Notes (.md, .txt) and hidden files are
    passed over. Raises Refused for any other file: it was meant to be something.
    """
    if not place.is_dir():
        return Authorities()
    certificates: list[bytes] = []
    revocations: list[bytes] = []
    for file in sorted(place.iterdir()):
        kind = file.suffix.lower()
        if file.name.startswith(".") or kind in NOTES:
            continue
        data = content(file, MOST_BYTES) if kind in CERTIFICATES | REVOCATIONS else None
        try:
            if data is None or len(data) > MOST_BYTES:
                raise ValueError
            if kind in REVOCATIONS:
                revocations.append(_list(data).public_bytes(Encoding.DER))
            else:
                certificates += [one.public_bytes(Encoding.DER) for one in _certificates(data)]
        except ValueError as error:
            kinds, lists = ", ".join(sorted(CERTIFICATES)), ", ".join(REVOCATIONS)
            params = {"file": str(file), "kinds": kinds, "lists": lists}
            raise Refused(Refusal("signing.odd_authority", _ODD, params)) from error
    return Authorities(tuple(dict.fromkeys(certificates)), tuple(dict.fromkeys(revocations)))


def _certificates(data: bytes) -> list[x509.Certificate]:
    if b"-----BEGIN" in data:
        return x509.load_pem_x509_certificates(data)
    return [x509.load_der_x509_certificate(data)]


def _list(data: bytes) -> x509.CertificateRevocationList:
    if b"-----BEGIN" in data:
        return x509.load_pem_x509_crl(data)
    return x509.load_der_x509_crl(data)


_ODD = msg(
    "{file} ist weder ein Zertifikat ({kinds}) noch eine Sperrliste ({lists}). Nehmen Sie die"
    " Datei aus dem Ordner der Prüfstellen."
)
