"""What was revoked, by the lists at hand: nothing is fetched, and no list is no proof."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from cryptography import x509
from cryptography.exceptions import InvalidSignature

from zielwerk.signing.authorities import Authorities


@dataclass(frozen=True)
class Standing:
    """Since when a certificate, or one that vouches for it, is revoked; whether all was looked up.

    ``is_known`` where each of them is on a current list of its issuer or is missing there.
    """

    revoked: datetime | None
    is_known: bool


def standing(path: Sequence[x509.Certificate], authorities: Authorities, at: datetime) -> Standing:
    """The standing of a path of certificates, from the trusted one down to the signer's."""
    lists = [x509.load_der_x509_crl(one) for one in authorities.revocations]
    days: list[datetime] = []
    known = 0
    for issuer, one in pairwise(path):
        own = [each for each in lists if _is_of(each, issuer)]
        entries = [each.get_revoked_certificate_by_serial_number(one.serial_number) for each in own]
        days += [entry.revocation_date_utc for entry in entries if entry]
        known += any(each.next_update_utc is None or each.next_update_utc >= at for each in own)
    return Standing(min(days, default=None), known == len(path) - 1)


def _is_of(listed: x509.CertificateRevocationList, issuer: x509.Certificate) -> bool:
    if listed.issuer != issuer.subject:
        return False
    try:
        return listed.is_signature_valid(issuer.public_key())  # type: ignore[arg-type]
    except (InvalidSignature, TypeError, ValueError):
        return False
