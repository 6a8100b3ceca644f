"""Who signs: a certificate, the chain that vouches for it, and the private key."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from zielwerk.rulebook.refusal import Refusal, Refused, msg

Private = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey

MOST_CHARACTERS = 300


@dataclass(frozen=True)
class Person:
    """Whom a certificate names; ``office`` is empty in most."""

    name: str
    office: str
    organisation: str


@dataclass(frozen=True)
class Key:
    """What a person signs with; ``chain`` are the authorities between her and a trusted one."""

    certificate: x509.Certificate
    private: Private
    chain: Sequence[x509.Certificate] = ()

    @property
    def person(self) -> Person:
        return person_of(self.certificate)


def key_of(store: bytes, password: str) -> Key:
    """The key in a PKCS #12 file (.p12, .pfx)."""
    try:
        private, certificate, chain = pkcs12.load_key_and_certificates(store, password.encode())
    except ValueError as error:
        raise Refused(Refusal("signing.no_key", _NO_KEY)) from error
    if certificate is None or not isinstance(private, Private):
        raise Refused(Refusal("signing.no_key", _NO_KEY))
    return Key(certificate, private, tuple(chain))


def person_of(certificate: x509.Certificate) -> Person:
    """Name, office and organisation as the certificate says them."""
    return Person(
        _said(certificate, NameOID.COMMON_NAME)
        or _said(certificate, NameOID.PSEUDONYM)
        or printable(certificate.subject.rfc4514_string()),
        _said(certificate, NameOID.TITLE),
        _said(certificate, NameOID.ORGANIZATION_NAME),
    )


def is_marked(certificate: x509.Certificate, mark: str) -> bool:
    """Whether a part of the subject is the mark."""
    return any(str(part.value) == mark for part in certificate.subject)


def is_for_signing(certificate: x509.Certificate) -> bool:
    """Whether what is signed with it binds its holder (non-repudiation)."""
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return False
    return usage.content_commitment


def is_same_signer(one: x509.Certificate, other: x509.Certificate) -> bool:
    """Whether two certificates are those of one person: the same key, or the same full name."""
    return one.public_key() == other.public_key() or one.subject == other.subject


def refuse_outdated(certificate: x509.Certificate, moment: datetime) -> None:
    """Refuse a certificate that is not good at the moment."""
    begin, end = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if not begin <= moment <= end:
        params = {"name": person_of(certificate).name, "begin": begin.date(), "end": end.date()}
        raise Refused(Refusal("signing.outdated", _OUTDATED, params))


def _said(certificate: x509.Certificate, part: x509.ObjectIdentifier) -> str:
    values = certificate.subject.get_attributes_for_oid(part)
    return printable(", ".join(str(value.value).strip() for value in values))


def printable(text: str) -> str:
    """A text of a file of others, in one line, without characters that a screen would obey."""
    shown = "".join(one if one.isprintable() else "\ufffd" for one in " ".join(text.split()))
    return shown if len(shown) <= MOST_CHARACTERS else shown[:MOST_CHARACTERS] + "…"


_NO_KEY = msg("Die Datei enthält keinen Schlüssel, oder das Kennwort ist ein anderes.")
_OUTDATED = msg(
    "Das Zertifikat von {name} gilt vom {begin} bis {end}; damit kann jetzt niemand unterschreiben."
)
