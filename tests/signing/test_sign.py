"""Several people sign one paper, and others agree that they did."""

import io
import subprocess
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import PdfSignatureStatus, validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from tests.signing.cast import (
    AUTHORITY,
    ERIKA,
    KREIS,
    LAND,
    LATER,
    MAX,
    NOW,
    PLACES,
    TRUSTED,
    key,
    paper,
    prepared,
    signed_once,
    signed_twice,
)
from tests.signing.foreign import appended, certificate_of, overwrite_the_text
from tests.typesetting.validation import pdf_faults
from zielwerk.config.demo_authority import issue, store_of
from zielwerk.rulebook.refusal import Refused
from zielwerk.signing.checking import examine
from zielwerk.signing.fields import prepare
from zielwerk.signing.keys import Key, Person, key_of
from zielwerk.signing.model import Result
from zielwerk.signing.signing import sign

# Of a signature that another one follows: it covers the file as it was, and no file can be grown
# without. The rule is one of the validator's profile for PDF/A.
INHERENT = "PDFA3A-SIGNATURE-BYTERANGE-001"


def test_a_signed_paper_keeps_what_it_promises() -> None:
    assert pdf_faults(signed_once()) == []
    assert [fault.split(":")[0] for fault in pdf_faults(signed_twice())] == [INHERENT]


def test_signing_appends_and_changes_nothing_that_was_there() -> None:
    assert signed_once().startswith(prepared().pdf)
    assert signed_twice().startswith(signed_once())


def pyhanko_says(pdf: bytes) -> list[PdfSignatureStatus]:
    """What pyHanko's own validation, with its own rules of what may change, finds."""
    context = ValidationContext(
        trust_roots=[certificate_of(Key(AUTHORITY.certificate, AUTHORITY.private))],
        allow_fetching=False,
        moment=LATER,
    )
    found = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    return [validate_pdf_signature(one, context) for one in found]


def test_pyhanko_finds_every_signature_whole_and_trusted() -> None:
    (alone,) = pyhanko_says(signed_once())
    first, second = pyhanko_says(signed_twice())
    for status in (alone, first, second):
        assert status.bottom_line
        assert status.docmdp_ok
    assert first.modification_level is ModificationLevel.FORM_FILLING
    assert second.modification_level is ModificationLevel.NONE


def test_pdfsig_finds_every_signature_valid(tmp_path: Path) -> None:
    file = tmp_path / "agreement.pdf"
    file.write_bytes(signed_twice())
    told = pdfsig(file)
    assert told.count("Signature is Valid.") == 2
    assert told.count("ETSI.CAdES.detached") == 2
    assert "Dr. Erika Muster" in told.split("Signature #2")[0]
    assert "Max Beispiel" in told.split("Signature #2")[1]
    assert "Total document signed" in told.split("Signature #2")[1]
    altered = bytearray(signed_twice())
    altered[3000] ^= 1
    file.write_bytes(altered)
    assert "Signature is Valid." not in pdfsig(file)


def pdfsig(file: Path) -> str:
    done = subprocess.run(
        ["pdfsig", "-nocert", str(file)], capture_output=True, text=True, check=False
    )
    return done.stdout


def test_a_stamp_says_who_signed_as_what_and_when() -> None:
    with pikepdf.open(io.BytesIO(signed_twice())) as document:
        for field, place in zip(document.Root.AcroForm.Fields, PLACES, strict=True):
            box = [float(side) for side in field.AP.N.BBox]
            width = place.rectangle[2] - place.rectangle[0]
            assert box[2] - box[0] == pytest.approx(width)
            assert b" Do" in field.AP.N.read_bytes()


@pytest.mark.parametrize("kind", ["rsa", "ed25519"])
def test_other_kinds_of_keys_sign_as_well(kind: str) -> None:
    private = (
        rsa.generate_private_key(public_exponent=65537, key_size=2048)
        if kind == "rsa"
        else ed25519.Ed25519PrivateKey.generate()
    )
    own = issue(AUTHORITY, ERIKA, NOW, private=private)
    signed = sign(prepared().pdf, LAND, own, prepared=prepared().hash, moment=NOW)
    verdict = examine(signed, TRUSTED, at=NOW)
    assert (verdict.result, verdict.hash) == (Result.VALID, prepared().hash)


def test_a_key_is_read_from_its_file() -> None:
    assert key_of(store_of(key()), "").person == ERIKA
    for spoilt in (b"", b"no key", store_of(key())[:200]):
        with pytest.raises(Refused):
            key_of(spoilt, "")


def refused(pdf: bytes, field: str, own: Key, **more: object) -> str:
    question = {"prepared": prepared().hash, "moment": LATER, **more}
    with pytest.raises(Refused) as found:
        sign(pdf, field, own, **question)  # type: ignore[arg-type]
    return found.value.refusals[0].rule


def test_nobody_signs_where_somebody_signed_nor_twice() -> None:
    assert refused(signed_once(), LAND, key(MAX)) == "signing.field_signed"
    assert refused(signed_once(), KREIS, key()) == "signing.signer_twice"
    renewed = issue(AUTHORITY, ERIKA, NOW)  # another key, the same person
    assert refused(signed_once(), KREIS, renewed) == "signing.signer_twice"
    assert refused(prepared().pdf, "bund", key()) == "signing.no_field"


def test_no_certificate_signs_out_of_its_time() -> None:
    short = issue(AUTHORITY, ERIKA, NOW, life=timedelta(days=1))
    assert refused(prepared().pdf, LAND, short) == "signing.outdated"
    early = NOW - timedelta(days=2)
    assert refused(prepared().pdf, LAND, short, moment=early) == "signing.outdated"


def test_only_what_was_prepared_is_signed() -> None:
    other = prepare(paper(2), PLACES)
    assert refused(other.pdf, LAND, key()) == "signing.other_version"
    assert refused(paper(), LAND, key()) == "signing.other_version"
    again = sign(other.pdf, LAND, key(), prepared=other.hash, moment=NOW)
    assert refused(again, KREIS, key(MAX)) == "signing.other_version"
    swapped = appended(prepared().pdf, overwrite_the_text)
    assert refused(swapped, LAND, key()) == "signing.other_version"
    assert refused(b"", LAND, key()) == "signing.unreadable"
    assert refused(b"PK\x03\x04", LAND, key()) == "signing.unreadable"


def test_what_was_altered_after_a_signature_is_not_signed() -> None:
    altered = bytearray(signed_once())
    altered[3000] ^= 1
    assert refused(bytes(altered), KREIS, key(MAX)).startswith("signing.")
    swapped = appended(signed_once(), overwrite_the_text)
    assert refused(swapped, KREIS, key(MAX)) in ("signing.altered", "signing.other_version")


def test_a_name_in_any_script_is_drawn() -> None:
    own = key(Person("Łukasz 王 Müller-Lüdenscheidt " * 3, "Bürgermeister", "Stadt"))
    signed = sign(prepared().pdf, LAND, own, prepared=prepared().hash, moment=NOW)
    assert pdf_faults(signed) == []
