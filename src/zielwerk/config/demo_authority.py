"""An authority for demos and tests: it vouches for whoever it is told to, and says so.

Every certificate carries "Vorführung, nicht gültig". The keys are made anew for each demo, stay in
its data folder, and are nowhere else. Only config and the tests reach this: an installation that
is none for showing has no such authority.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from zielwerk.signing.keys import Key, Person, Private
from zielwerk.signing.model import DEMO_KEYS, DEMONSTRATION

NAME = "Prüfstelle für Vorführungen"
FILE, KEYS = "vorfuehrung.pem", DEMO_KEYS
MOST_BYTES = 64  # of a part of a name, by X.520
LIFE = timedelta(days=3650)


@dataclass(frozen=True)
class Authority:
    """A certificate that vouches for others, and its key."""

    certificate: x509.Certificate
    private: Private


def make_authority(at: datetime, name: str = NAME, *, life: timedelta = LIFE) -> Authority:
    """A root of its own, good from the day before."""
    private = ec.generate_private_key(ec.SECP256R1())
    subject = _subject(Person(name, "", ""))
    usage = _usage(key_cert_sign=True, crl_sign=True)
    certificate = (
        _begun(subject, subject, private, at, life)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .sign(private, SHA256())
    )
    return Authority(certificate, private)


def issue(
    authority: Authority,
    person: Person,
    at: datetime,
    *,
    life: timedelta = LIFE,
    private: Private | None = None,
    is_clock: bool = False,
) -> Key:
    """A person's key with a certificate of the authority; a clock's vouches for times alone."""
    held = private or ec.generate_private_key(ec.SECP256R1())
    begun = _begun(_subject(person), authority.certificate.subject, held, at, life)
    begun = begun.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    begun = begun.add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.private.public_key()),
        critical=False,
    )
    begun = begun.add_extension(
        _usage(digital_signature=True, content_commitment=not is_clock), critical=True
    )
    if is_clock:
        only = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        begun = begun.add_extension(only, critical=True)
    return Key(begun.sign(authority.private, SHA256()), held)


def revoked(authority: Authority, keys: Mapping[datetime, Key], at: datetime) -> bytes:
    """The authority's list of what was revoked when, as DER."""
    begun = x509.CertificateRevocationListBuilder(
        issuer_name=authority.certificate.subject, last_update=at, next_update=at + LIFE
    )
    for moment, key in keys.items():
        begun = begun.add_revoked_certificate(
            x509.RevokedCertificateBuilder(
                serial_number=key.certificate.serial_number, revocation_date=moment
            ).build()
        )
    begun = begun.add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.private.public_key()),
        critical=False,
    ).add_extension(x509.CRLNumber(1), critical=False)
    return begun.sign(authority.private, SHA256()).public_bytes(Encoding.DER)


def keep(data: Path, people: Mapping[str, Person], at: datetime) -> None:
    """Give a demo its authority, and each of its people, by their ids, a key; once."""
    trusted, keys = data / "authorities", data / KEYS
    if (trusted / FILE).exists():
        return
    authority = make_authority(at)
    for folder in (trusted, keys):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for id_, person in people.items():
        _write(keys / f"{id_}.p12", store_of(issue(authority, person, at)))
    _write(trusted / FILE, authority.certificate.public_bytes(Encoding.PEM))


def store_of(key: Key) -> bytes:
    """A key as a PKCS #12 file without a password."""
    name = key.person.name.encode()
    return pkcs12.serialize_key_and_certificates(
        name, key.private, key.certificate, list(key.chain) or None, NoEncryption()
    )


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)


def _subject(person: Person) -> x509.Name:
    parts = (
        (NameOID.COUNTRY_NAME, "DE"),
        (NameOID.ORGANIZATION_NAME, person.organisation),
        (NameOID.ORGANIZATIONAL_UNIT_NAME, DEMONSTRATION),
        (NameOID.TITLE, person.office),
        (NameOID.COMMON_NAME, person.name),
    )
    return x509.Name([x509.NameAttribute(kind, _fitting(said)) for kind, said in parts if said])


def _fitting(said: str) -> str:
    """As much of a text as a certificate may hold."""
    while len(said.encode()) > MOST_BYTES:
        said = said.rstrip("…")[:-1].rstrip() + "…"
    return said


def _begun(
    subject: x509.Name, issuer: x509.Name, private: Private, at: datetime, life: timedelta
) -> x509.CertificateBuilder:
    public = private.public_key()
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(days=1))
        .not_valid_after(at + life)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )


def _usage(
    *,
    digital_signature: bool = False,
    content_commitment: bool = False,
    key_cert_sign: bool = False,
    crl_sign: bool = False,
) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=digital_signature,
        content_commitment=content_commitment,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=key_cert_sign,
        crl_sign=crl_sign,
        encipher_only=False,
        decipher_only=False,
    )
