"""No altered file is ever called valid, however it was altered."""

import io
import random
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from asn1crypto import cms
from cryptography import x509
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigFieldSpec
from pyhanko.sign.validation.generic_cms import (
    extract_certs_for_validation,
    validate_sig_integrity,
)

from tests.signing.cast import (
    AUTHORITY,
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
from tests.signing.foreign import (
    CHANGES,
    Writer,
    another_title,
    appended,
    bare_sign,
    cover_the_text,
    fill_in,
    keep_the_promise,
    move_an_empty_field,
    overwrite_the_text,
    with_a_note,
    with_a_promise,
    with_a_text_field,
)
from tests.signing.test_verify import told
from zielwerk.rulebook.refusal import Refused
from zielwerk.signing.checking import examine
from zielwerk.signing.container import is_plain
from zielwerk.signing.fields import prepare
from zielwerk.signing.keys import Person
from zielwerk.signing.model import Later, Result, hash_of
from zielwerk.signing.signing import sign

FLIPS = 60
TODAY = datetime.now(UTC)


def result(pdf: bytes) -> Result:
    return examine(pdf, TRUSTED, at=LATER).result


def flipped(pdf: bytes, place: int, bit: int) -> bytes:
    altered = bytearray(pdf)
    altered[place] ^= 1 << bit
    return bytes(altered)


def test_one_bit_anywhere_is_noticed() -> None:
    chance, pdf = random.Random(14), signed_twice()
    for _ in range(FLIPS):
        place, bit = chance.randrange(len(pdf)), chance.randrange(8)
        assert result(flipped(pdf, place, bit)) is not Result.VALID, (place, bit)


@settings(max_examples=25)
@given(place=st.integers(0, len(signed_once()) - 1), new=st.binary(max_size=40))
def test_bytes_replaced_put_in_or_left_out_are_noticed(place: int, new: bytes) -> None:
    pdf = signed_once()
    for rest in (pdf[place:], pdf[place + len(new) :]):
        altered = pdf[:place] + new + rest
        assert altered == pdf or result(altered) is not Result.VALID


def test_no_bit_of_the_container_of_a_signature_can_be_altered_unseen() -> None:
    """It is the one part of a file that the last signature does not cover: every bit is tried."""
    signature = PdfFileReader(io.BytesIO(signed_twice())).embedded_signatures[-1]
    digest, content = signature.compute_digest(), signature.pkcs7_content

    def is_accepted(altered: bytes) -> bool:
        try:
            if not is_plain(altered):
                return False
            data = cms.ContentInfo.load(altered)["content"]
            signer = extract_certs_for_validation(data).signer_cert
            sound = validate_sig_integrity(data["signer_infos"][0], signer, "data", digest)
            certificate = x509.load_der_x509_certificate(signer.dump())
            certificate.verify_directly_issued_by(AUTHORITY.certificate)
        except Exception:  # as a check of the whole file takes it
            return False
        return sound == (True, True)

    assert is_accepted(content)
    used = len(cms.ContentInfo.load(content).dump())
    unseen = [
        (place, bit)
        for place in range(used + 8)
        for bit in range(8)
        if is_accepted(flipped(content, place, bit))
    ]
    assert unseen == []


def test_what_is_written_behind_the_end_is_noticed() -> None:
    for more in (b"\n", b" ", b"%", b"%%EOF\n", b"\0" * 100, prepared().pdf):
        assert result(signed_twice() + more) is not Result.VALID


def test_letters_of_another_case_in_a_signature_are_noticed() -> None:
    pdf = signed_twice()
    begin = pdf.rindex(b"/Contents <") + len(b"/Contents <")
    for place in range(begin, begin + 200):
        if chr(pdf[place]).isalpha():
            assert result(flipped(pdf, place, 5)) is not Result.VALID


@pytest.mark.parametrize("pdf", [signed_once(), signed_twice()], ids=["one", "two"])
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_what_comes_after_a_signature_is_looked_at(
    pdf: bytes, change: Callable[[Writer], None]
) -> None:
    verdict = examine(appended(pdf, change), TRUSTED, at=LATER)
    assert verdict.result is not Result.VALID
    assert all(one.later is Later.OTHER for one in verdict.signatures)


def test_a_replaced_or_covered_text_is_called_altered() -> None:
    for change in (overwrite_the_text, cover_the_text):
        verdict = examine(appended(signed_once(), change), TRUSTED, at=LATER)
        assert verdict.result is Result.INVALID
        assert "Nach der Unterschrift von Dr. Erika Muster wurde die Datei geändert" in told(
            verdict
        )


def test_a_change_between_two_signatures_is_the_second_signers_and_told() -> None:
    for change in (overwrite_the_text, cover_the_text, another_title, move_an_empty_field):
        changed = appended(signed_once(), change)
        with pytest.raises(Refused):
            sign(changed, KREIS, key(MAX), prepared=prepared().hash, moment=LATER)
        verdict = examine(bare_sign(changed, KREIS, key(MAX)), TRUSTED, at=TODAY)
        assert verdict.result is not Result.VALID
        assert verdict.signatures[0].later is Later.OTHER
        assert verdict.hash != prepared().hash


def test_a_change_with_the_first_signature_is_told() -> None:
    changed = appended(prepared().pdf, overwrite_the_text)
    verdict = examine(bare_sign(changed, LAND, key()), TRUSTED, at=TODAY)
    assert verdict.hash != prepared().hash  # so nobody takes it for what was approved
    metadata = examine(bare_sign(prepared().pdf, LAND, key()), TRUSTED, at=TODAY)
    assert (metadata.result, metadata.hash) == (Result.UNCLEAR, "")
    assert "auch sonst geändert" in told(metadata)


def test_a_field_of_ones_own_that_may_lie_over_the_text_is_for_a_person_to_look_at() -> None:
    over = SigFieldSpec("mehr", on_page=0, box=(70, 200, 520, 700))
    verdict = examine(bare_sign(signed_once(), "mehr", key(MAX), over), TRUSTED, at=TODAY)
    assert verdict.result is Result.UNCLEAR
    assert "muss ein Mensch ansehen" in told(verdict)


def test_a_field_that_is_filled_in_after_a_signature_is_a_change() -> None:
    form = prepare(with_a_text_field(paper()), PLACES)
    signed = sign(form.pdf, LAND, key(), prepared=form.hash, moment=NOW)
    assert result(signed) is Result.VALID
    verdict = examine(appended(signed, fill_in), TRUSTED, at=LATER)
    assert verdict.result is Result.INVALID


def test_what_a_paper_points_at_before_it_is_there_is_a_change_once_it_comes() -> None:
    shadow = with_a_promise(prepare(with_a_note(paper()), PLACES).pdf)
    signed = sign(shadow, LAND, key(), prepared=hash_of(shadow), moment=NOW)
    assert result(signed) is Result.VALID
    assert result(appended(signed, keep_the_promise)) is Result.INVALID


def test_a_signature_of_another_paper_is_none_of_this_one() -> None:
    other = prepare(paper(2), PLACES)
    signed = sign(
        other.pdf, LAND, key(Person("Wer anders", "", "")), prepared=other.hash, moment=NOW
    )

    def value(pdf: bytes) -> tuple[int, bytes]:
        begin = pdf.rindex(b"/Contents <") + len(b"/Contents <")
        return begin, pdf[begin : pdf.index(b">", begin)]

    begin, own = value(signed_once())
    _, foreign = value(signed)
    put = foreign.rstrip(b"0").ljust(len(own), b"0")[: len(own)]
    verdict = examine(
        signed_once()[:begin] + put + signed_once()[begin + len(own) :], TRUSTED, at=LATER
    )
    assert verdict.result is Result.INVALID


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"/ByteRange", b"/XyteRange"),
        (b"/ByteRange [0 ", b"/ByteRange [1 "),
        (b"/Sig", b"/Sug"),
        (b"ETSI.CAdES.detached", b"ETSI.CAdES.detachee"),
        (b"/SubFilter", b"/SubFilt3r"),
        (b"/Contents <30", b"/Contents <00"),
    ],
)
def test_a_signature_that_is_hidden_from_checks_does_not_make_a_file_valid(
    old: bytes, new: bytes
) -> None:
    place = signed_twice().rindex(old)
    altered = signed_twice()[:place] + new + signed_twice()[place + len(old) :]
    assert result(altered) is not Result.VALID
