"""What a signed PDF is made of: the file as it was prepared, and what each signature added.

A signature is appended. It covers all that was there, itself included, but for the gap in which
its own bytes stand. What is appended later may be a further signature, or anything at all: that is
how shadow attacks hide and replace what was signed, so everything added is looked at.
"""

import logging
import re
from typing import Any

from cryptography import x509
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader
from pyhanko.sign.diff_analysis import (
    CatalogModificationRule,
    DiffResult,
    DocInfoRule,
    DSSCompareRule,
    FormUpdatingRule,
    MetadataUpdateRule,
    ModificationLevel,
    ObjectStreamRule,
    SigFieldCreationRule,
    SigFieldModificationRule,
    StandardDiffPolicy,
    SuspiciousModification,
    XrefStreamRule,
)
from pyhanko.sign.fields import FieldMDPSpec, MDPPerm, enumerate_sig_fields
from pyhanko.sign.validation import EmbeddedPdfSignature, SignatureCoverageLevel
from pyhanko.sign.validation.generic_cms import validate_sig_integrity

from zielwerk.signing.comparison import has_only_more_signatures
from zielwerk.signing.container import is_plain
from zielwerk.signing.model import Later

for _name in ("pyhanko", "pyhanko_certvalidator"):  # what they tell of a file, the verdict says
    logging.getLogger(_name).setLevel(logging.CRITICAL + 1)

Found = EmbeddedPdfSignature
WHOLE = SignatureCoverageLevel.ENTIRE_FILE
COVERED = frozenset({WHOLE, SignatureCoverageLevel.ENTIRE_REVISION})

_EOF = re.compile(rb"%%EOF(\r\n|\n|\r)?")
_STARTXREF = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_FORMAL = ModificationLevel.LTA_UPDATES


class OnlySignatures(StandardDiffPolicy):
    """Further signatures into fields that are there, time stamps, and what proves certificates.

    No values of other fields, no new field that one sees (it could lie over the text), nothing
    that is not used: an earlier version may have pointed at it before it was there.
    """

    def __init__(self) -> None:
        super().__init__(
            global_rules=[
                CatalogModificationRule(),
                XrefStreamRule().as_qualified(_FORMAL),
                ObjectStreamRule().as_qualified(_FORMAL),
                DSSCompareRule().as_qualified(_FORMAL),
            ],
            form_rule=FormUpdatingRule(
                [SigFieldCreationRule(), SigFieldModificationRule()], {"/Fields"}
            ),
            ignore_orphaned_objects=False,
            ignore_identical_objects=False,
        )

    def review_file(
        self,
        reader: PdfFileReader,
        base_revision: int | HistoricalResolver,
        field_mdp_spec: FieldMDPSpec | None = None,
        doc_mdp: MDPPerm | None = None,
    ) -> DiffResult | SuspiciousModification:
        """The review, as strict of signatures that ask for nothing as of those that do."""
        return super().review_file(reader, base_revision, field_mdp_spec, MDPPerm.FILL_FORMS)


STRICT = OnlySignatures()

# What other programs add beside a signature: metadata, fields of their own. It can mislead.
USUAL = StandardDiffPolicy(
    global_rules=[
        CatalogModificationRule(),
        DocInfoRule().as_qualified(_FORMAL),
        XrefStreamRule().as_qualified(_FORMAL),
        ObjectStreamRule().as_qualified(_FORMAL),
        DSSCompareRule().as_qualified(_FORMAL),
        MetadataUpdateRule().as_qualified(_FORMAL),
    ],
    form_rule=FormUpdatingRule(
        [SigFieldCreationRule(allow_new_visible_after_certify=True), SigFieldModificationRule()]
    ),
)


def fields_of(reader: PdfFileReader) -> dict[str, Any]:
    """All fields for signatures by name."""
    return {name: field.get_object() for name, _value, field in enumerate_sig_fields(reader)}


def signed(reader: PdfFileReader) -> list[Found]:
    """All signatures and time stamps in the order in which they were made."""
    return list(reader.embedded_signatures)


def certificate_of(signature: Found) -> x509.Certificate:
    """The certificate of whoever signed."""
    return x509.load_der_x509_certificate(signature.signer_cert.dump())


def prepared_part(pdf: bytes, reader: PdfFileReader, signatures: list[Found]) -> bytes:
    """The file as it was before the first signature; all of it where nobody signed.

    Empty where the file does not hold it: it was signed as it was made, or something else than a
    signature came with the first one.
    """
    if not signatures:
        return pdf
    before = signatures[0].signed_revision - 1
    if before < 0:
        return b""
    section = reader.xrefs.get_xref_container_info(before)
    end = _EOF.search(pdf, section.end_location)
    part = pdf[: end.end()] if end else b""
    said = _STARTXREF.search(part)
    is_its_end = said and int(said[1]) == reader.xrefs.get_startxref_for_revision(before)
    return part if is_its_end and _only_signatures(part, pdf, reader, before) else b""


def later(pdf: bytes, signature: Found) -> Later:
    """What was added to the file after a signature.

    The last one ends the file: what follows it, nobody signed.
    """
    if coverage(pdf, signature) is WHOLE:
        return Later.NOTHING
    others = signed(signature.reader)
    if coverage(pdf, others[-1]) is not WHOLE or _is_forbidden(signature, others):
        return Later.OTHER
    end = int(signature.byte_range[2]) + int(signature.byte_range[3])
    is_fine = _only_signatures(pdf[:end], pdf, signature.reader, signature.signed_revision)
    return Later.SIGNATURES if is_fine else Later.OTHER


def _only_signatures(part: bytes, pdf: bytes, reader: PdfFileReader, revision: int) -> bool:
    if has_only_more_signatures(part, pdf):
        return True
    try:
        return not isinstance(STRICT.review_file(reader, revision), SuspiciousModification)
    except RecursionError:  # pyHanko follows chains as long as the document
        return False


def _is_forbidden(signature: Found, others: list[Found]) -> bool:
    """Whether a signature says that nothing, or not this, may be signed after it."""
    if signature.docmdp_level is MDPPerm.NO_CHANGES:
        return True
    locked, place = signature.fieldmdp, others.index(signature)
    return locked is not None and any(locked.is_locked(one.fq_name) for one in others[place + 1 :])


def is_untouched(pdf: bytes, signature: Found) -> bool:
    """Whether what a signature covers is what was signed, and only signatures came later."""
    intact, valid = validate_sig_integrity(
        signature.signer_info,
        signature.signer_cert,
        expected_content_type="data",
        actual_digest=signature.compute_digest(),
    )
    is_intact = intact and valid and coverage(pdf, signature) in COVERED
    return is_intact and later(pdf, signature) is not Later.OTHER


def is_usual(signature: Found) -> bool:
    """Whether programs commonly add what was added after a signature, or nobody can tell."""
    try:
        change = USUAL.review_file(signature.reader, signature.signed_revision)
    except RecursionError:
        return True
    return not isinstance(change, SuspiciousModification)


def coverage(pdf: bytes, signature: Found) -> SignatureCoverageLevel:
    """What a signature covers; nothing counts where its gap holds more than its own bytes."""
    if not _is_gap_its_own(pdf, signature):
        return SignatureCoverageLevel.UNCLEAR
    return signature.evaluate_signature_coverage()


def _is_gap_its_own(pdf: bytes, signature: Found) -> bool:
    """Whether the gap that a signature leaves is its value in plain form and nothing else."""
    bounds = [int(bound) for bound in signature.byte_range]
    if len(bounds) != 4 or bounds[0] != 0:
        return False
    gap = pdf[bounds[1] : bounds[2]]
    written = gap[1:-1]
    content = signature.pkcs7_content
    return (
        (gap[:1], gap[-1:]) == (b"<", b">")
        and written in (content.hex().encode(), content.hex().upper().encode())
        and is_plain(content)
        and bounds[2] + bounds[3] <= len(pdf)
    )
