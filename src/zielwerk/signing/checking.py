"""The check of a signed file, in this process: for tests, and for :mod:`zielwerk.signing.apart`.

What it says holds of any file, also of one made to deceive: whatever cannot be read to its end
"cannot be judged", and never is valid.
"""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import pikepdf
from asn1crypto import x509 as asn1
from cryptography import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESIndeterminate
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import (
    PdfSignatureStatus,
    validate_pdf_signature,
    validate_pdf_timestamp,
)
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko_certvalidator import ValidationContext

from zielwerk.rulebook.refusal import Said
from zielwerk.signing import sentences as say
from zielwerk.signing.authorities import Authorities
from zielwerk.signing.keys import (
    Person,
    is_for_signing,
    is_marked,
    is_same_signer,
    person_of,
    printable,
)
from zielwerk.signing.kinds import unreadable
from zielwerk.signing.model import (
    DEMONSTRATION,
    HERE,
    Embedded,
    Later,
    Result,
    Signature,
    Verdict,
    hash_of,
    said,
)
from zielwerk.signing.revisions import (
    COVERED,
    WHOLE,
    Found,
    certificate_of,
    coverage,
    fields_of,
    is_usual,
    later,
    prepared_part,
    signed,
)
from zielwerk.signing.revocation import Standing, standing

MOST_SIGNATURES = 50
CLOCKS_DIFFER = timedelta(minutes=10)
RESULTS = (Result.INVALID, Result.UNCLEAR)  # the worst finding decides
OUTDATED = frozenset(
    {
        AdESIndeterminate.EXPIRED,
        AdESIndeterminate.NOT_YET_VALID,
        AdESIndeterminate.OUT_OF_BOUNDS_NO_POE,
        AdESIndeterminate.OUT_OF_BOUNDS_NOT_REVOKED,
    }
)


@dataclass(frozen=True)
class Finding:
    """Something that keeps a file from being valid."""

    result: Result
    said: Said


@dataclass(frozen=True)
class Checked:
    """One signature with what speaks against it."""

    signature: Signature
    certificate: x509.Certificate
    findings: tuple[Finding, ...]
    is_known: bool  # whether it was looked up in lists of what was revoked


def examine(
    pdf: bytes,
    authorities: Authorities,
    *,
    at: datetime,
    expected: Mapping[str, str] | None = None,
) -> Verdict:
    """The verdict about a file; never raises for what the file is.

    ``at`` is the moment for which it is judged: now, or when the file is known to have been there.
    ``expected`` says for fields who was to sign there.
    """
    if unread := unreadable(pdf):
        return Verdict(Result.UNCLEAR, (unread,))
    try:
        reader = PdfFileReader(io.BytesIO(pdf))
        if reader.encrypted:
            return Verdict(Result.UNCLEAR, (said(say.ENCRYPTED),))
        labels = {
            name: printable(str(field.get("/TU", ""))) for name, field in fields_of(reader).items()
        }
        signatures = signed(reader)
        if not signatures:
            return _unsigned(pdf, labels)
        return _judged(pdf, reader, signatures, labels, _Question(authorities, at, expected or {}))
    except Exception:  # a reader of spoilt files fails in more ways than it names
        return Verdict(Result.UNCLEAR, (said(say.DAMAGED),))


@dataclass(frozen=True)
class _Question:
    """What a file is asked."""

    authorities: Authorities
    at: datetime
    expected: Mapping[str, str]

    def context(self, at: datetime) -> ValidationContext:
        """Whom to believe, with nothing fetched from anywhere."""
        return ValidationContext(
            trust_roots=[asn1.Certificate.load(one) for one in self.authorities.certificates],
            moment=at,
            allow_fetching=False,
            revocation_mode="soft-fail",
        )


def _unsigned(pdf: bytes, labels: Mapping[str, str]) -> Verdict:
    missing = tuple(label or name for name, label in labels.items())
    return Verdict(
        Result.INVALID,
        (said(say.UNSIGNED), *(said(say.MISSING, label=label) for label in missing)),
        hash=hash_of(pdf),
        embedded=_embedded(pdf),
        missing=missing,
    )


def _judged(
    pdf: bytes,
    reader: PdfFileReader,
    signatures: list[Found],
    labels: Mapping[str, str],
    question: _Question,
) -> Verdict:
    filled = {name for name, field in fields_of(reader).items() if "/V" in field}
    if len(signatures) > MOST_SIGNATURES or filled != {one.fq_name for one in signatures}:
        return Verdict(Result.UNCLEAR, (said(say.OTHER_KIND),))
    checked = [
        _checked(pdf, one, labels.get(one.fq_name, ""), question)
        for one in signatures
        if one.sig_object_type == "/Sig"
    ]
    if not checked:
        return Verdict(Result.INVALID, (said(say.UNSIGNED),))
    findings = [finding for one in checked for finding in one.findings]
    findings += _of_clocks(pdf, signatures, question)
    findings += _twice(checked)
    content = prepared_part(pdf, reader, signatures)
    findings += _with_the_first(reader, signatures, content)
    missing = tuple(label or name for name, label in labels.items() if name not in filled)
    result = next((one for one in RESULTS if one in {each.result for each in findings}), None)
    told = _told(result or Result.VALID, checked, findings, missing)
    return Verdict(
        result or Result.VALID,
        tuple(told),
        tuple(one.signature for one in checked),
        hash_of(content) if content else "",
        _embedded(content or pdf),
        missing,
    )


def _checked(pdf: bytes, found: Found, label: str, question: _Question) -> Checked:
    """One signature: is it what it covers, what came later, and who vouches for the signer."""
    certificate = certificate_of(found)
    person = person_of(certificate)
    covers, added = coverage(pdf, found), later(pdf, found)
    status, time, is_proven = _status(found, question)
    is_intact = bool(status and status.intact and status.valid) and covers in COVERED
    signature = Signature(
        person.name,
        person.office,
        person.organisation,
        found.fq_name,
        label,
        time.astimezone(HERE) if time else None,
        is_proven,
        covers is WHOLE,
        added,
        is_intact,
        bool(is_intact and status and status.trusted),
    )
    findings: list[Finding] = []
    known = _standing(status, question)
    if not is_intact:
        findings.append(Finding(Result.INVALID, said(say.BROKEN, name=person.name)))
    elif added is Later.OTHER:
        findings.append(_of_addition(found, person))
    if status and is_intact:
        findings += _of_trust(status, certificate, signature, question)
        findings += _of_revocation(known, signature, question)
    wanted = question.expected.get(found.fq_name, "")
    if wanted and _folded(wanted) != _folded(person.name):
        params = {"label": label or found.fq_name, "wanted": wanted, "name": person.name}
        findings.append(Finding(Result.INVALID, said(say.WRONG_PERSON, params)))
    return Checked(signature, certificate, tuple(findings), known.is_known)


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _status(
    found: Found, question: _Question
) -> tuple[PdfSignatureStatus | None, datetime | None, bool]:
    """What pyHanko says of a signature, its time, and whether a service vouches for the time.

    Where one does, the certificate need not be good any longer than until then.
    """
    try:
        status = _validated(found, question.context(question.at), question)
        stamp = status.timestamp_validity
        if stamp is None or not stamp.trusted:
            return status, status.signer_reported_dt, False
        at = stamp.timestamp
        return _validated(found, question.context(at), question), at, True
    except (SignatureValidationError, SigningError, ValueError):
        return None, None, False


def _validated(found: Found, context: ValidationContext, question: _Question) -> PdfSignatureStatus:
    return validate_pdf_signature(found, context, question.context(question.at), skip_diff=True)


def _of_addition(found: Found, person: Person) -> Finding:
    if is_usual(found):
        return Finding(Result.UNCLEAR, said(say.ADDED, name=person.name))
    return Finding(Result.INVALID, said(say.ALTERED, name=person.name))


def _of_trust(
    status: PdfSignatureStatus,
    certificate: x509.Certificate,
    signature: Signature,
    question: _Question,
) -> Iterator[Finding]:
    """Whether somebody known vouches for the signer, at the time and until today."""
    begin, end = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    params = {"name": signature.name, "begin": begin.date(), "end": end.date()}
    time, stamp = signature.time, status.timestamp_validity
    if stamp and not (stamp.intact and stamp.valid):
        yield Finding(Result.INVALID, said(say.BROKEN_CLOCK, params))
    if time is None:
        yield Finding(Result.UNCLEAR, said(say.NO_TIME, params))
    elif not begin <= time <= end:
        yield Finding(Result.INVALID, said(say.OUTDATED, params, time=time))
        return
    elif time > question.at + CLOCKS_DIFFER:
        yield Finding(Result.UNCLEAR, said(say.FUTURE, params, time=time))
    if not status.trusted:
        yield Finding(Result.UNCLEAR, _reason(status, certificate, params, question))


def _reason(
    status: PdfSignatureStatus,
    certificate: x509.Certificate,
    params: Mapping[str, object],
    question: _Question,
) -> Said:
    """Why nobody known vouches for a signer."""
    if not question.authorities.certificates:
        return said(say.NO_AUTHORITIES)
    if not is_for_signing(certificate):
        return said(say.NOT_FOR_SIGNING, params)
    if status.trust_problem_indic in OUTDATED:
        return said(say.EXPIRED, params)
    is_unknown = status.trust_problem_indic is AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND
    return said(say.UNKNOWN if is_unknown else say.NOT_TRUSTED, params)


def _standing(status: PdfSignatureStatus | None, question: _Question) -> Standing:
    """What the lists of what was revoked say of a signer and who vouches for her."""
    if not (status and status.validation_path):
        return Standing(None, is_known=False)
    path = [x509.load_der_x509_certificate(one.dump()) for one in status.validation_path]
    return standing(path, question.authorities, question.at)


def _of_revocation(known: Standing, signature: Signature, question: _Question) -> Iterator[Finding]:
    """Revoked before it signed is not good; after, where the time is proven, it was good."""
    if known.revoked is None or known.revoked > question.at or signature.time is None:
        return
    params = {"name": signature.name, "day": known.revoked.astimezone(HERE)}
    if known.revoked <= signature.time:
        yield Finding(Result.INVALID, said(say.REVOKED, params))
    elif not signature.time_is_proven:
        yield Finding(Result.UNCLEAR, said(say.REVOKED_LATER, params))


def _of_clocks(pdf: bytes, signatures: list[Found], question: _Question) -> Iterator[Finding]:
    """Time stamps of the whole file: what they cover must be as it was, too."""
    for found in signatures:
        if found.sig_object_type == "/Sig":
            continue
        status = validate_pdf_timestamp(found, question.context(question.at), skip_diff=True)
        is_sound = status.intact and status.valid and coverage(pdf, found) in COVERED
        if not is_sound or later(pdf, found) is Later.OTHER:
            yield Finding(Result.UNCLEAR, said(say.CLOCK))


def _twice(checked: list[Checked]) -> Iterator[Finding]:
    for place, one in enumerate(checked):
        if any(is_same_signer(one.certificate, other.certificate) for other in checked[:place]):
            yield Finding(Result.INVALID, said(say.TWICE, name=one.signature.name))


def _with_the_first(
    reader: PdfFileReader, signatures: list[Found], content: bytes
) -> Iterator[Finding]:
    """What came with the first signature, where the file had been prepared for signatures."""
    before = signatures[0].signed_revision - 1
    if not content and before >= 0 and "/AcroForm" in reader.get_historical_root(before):
        yield Finding(Result.UNCLEAR, said(say.WITH_THE_FIRST))


def _embedded(pdf: bytes) -> tuple[Embedded, ...]:
    """The files within a PDF."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return tuple(
            Embedded(file.filename or name, hash_of(file.get_file().read_bytes()))
            for name, file in document.attachments.items()
        )


def _told(
    result: Result,
    checked: list[Checked],
    findings: list[Finding],
    missing: tuple[str, ...],
) -> Iterator[Said]:
    """The verdict in sentences: the result, the reasons, then each signature."""
    yield said(say.RESULTS[result], count=len(checked))
    reasons = [finding.said for finding in findings]
    yield from (one for place, one in enumerate(reasons) if one not in reasons[:place])
    for one in checked:
        yield from say.of(one.signature)
        if is_marked(one.certificate, DEMONSTRATION):
            yield said(say.SHOWN, name=one.signature.name)
    for label in missing:
        yield said(say.MISSING, label=label)
    if result is not Result.INVALID and not all(one.is_known for one in checked):
        yield said(say.NO_REVOCATIONS)
