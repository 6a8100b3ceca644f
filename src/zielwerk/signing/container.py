"""The container of a signature (CMS): only what is signed itself, or follows from it.

A signature leaves a gap for its own bytes, and not all of these are signed in turn. So that no
byte of a file can be altered unseen, the others must be exactly what the signed ones make them.
"""

from typing import Any

from asn1crypto import cms
from cryptography import x509
from cryptography.exceptions import InvalidSignature


def is_plain(content: bytes) -> bool:
    """Whether a container, in the room reserved for it, holds one signature in its usual form."""
    container = cms.ContentInfo.load(content)
    parts = container["content_type"].dump() + container["content"].dump()
    if container.contents != parts or content[len(container.dump()) :].strip(b"\0"):
        return False
    data = container["content"]
    signer = data["signer_infos"][0]
    certificates = [one.chosen for one in data["certificates"]]
    return (
        len(data["signer_infos"]) == 1
        and [one.dump() for one in data["digest_algorithms"]] == [signer["digest_algorithm"].dump()]
        and _has_its_version(data, signer)
        and _has_no_more_than_its_time(signer)
        and any(_is_named(signer["sid"], one) for one in certificates)
        and _vouch_for_each_other([x509.load_der_x509_certificate(c.dump()) for c in certificates])
    )


def _has_no_more_than_its_time(signer: Any) -> bool:
    """Whether what stands beside the signature, unsigned, is at most one sound time stamp."""
    beside = signer["unsigned_attrs"]
    if not beside:
        return True
    kinds = [one["type"].native for one in beside]
    return (
        kinds == ["signature_time_stamp_token"]
        and len(beside[0]["values"]) == 1
        and is_plain(beside[0]["values"][0].dump())
    )


def _has_its_version(data: Any, signer: Any) -> bool:
    """Whether the versions are those that RFC 5652 (5.1, 5.3) gives for such a content."""
    by_number = signer["sid"].name == "issuer_and_serial_number"
    is_data = data["encap_content_info"]["content_type"].native == "data"
    of_signer = "v1" if by_number else "v3"
    is_empty = not is_data or data["encap_content_info"]["content"].native is None
    version = of_signer if is_data else "v3"
    return is_empty and (data["version"].native, signer["version"].native) == (version, of_signer)


def _is_named(who: Any, certificate: Any) -> bool:
    if who.name == "issuer_and_serial_number":
        said = who.chosen
        return bool(
            said["issuer"].dump() == certificate.issuer.dump()
            and said["serial_number"].dump()
            == certificate["tbs_certificate"]["serial_number"].dump()
        )
    return bool(who.chosen.native == certificate.key_identifier)


def _vouch_for_each_other(certificates: list[x509.Certificate]) -> bool:
    """Whether no certificate is spoilt whose issuer is here; the signer's own is checked anyway."""
    return all(
        _is_issued(one, issuer)
        for one in certificates
        for issuer in certificates
        if one.issuer == issuer.subject
    )


def _is_issued(one: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        one.verify_directly_issued_by(issuer)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True
