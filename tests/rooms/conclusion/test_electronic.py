"""Signed in the file itself: only the newest file with further, valid signatures counts."""

import io
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest

from tests.rooms.conclusion import electronic, made
from tests.rooms.conclusion.electronic import STRANGER, keep, key, newest, places, signed
from tests.rooms.conclusion.made import SIGNED, Desk
from tests.rooms.money import AT
from tests.typesetting.validation import pdf_faults
from zielwerk.agreements.models import Agreement
from zielwerk.conclusion import actions, letters, queries
from zielwerk.conclusion.models import Conclusion, Signature, SignatureVerdict, SignedFile
from zielwerk.config.demo_authority import issue
from zielwerk.core.models import AuditEntry
from zielwerk.documents.models import StoredFile
from zielwerk.negotiation.models import DraftDocument
from zielwerk.rulebook.conclusion import ConclusionState
from zielwerk.rulebook.refusal import Refused
from zielwerk.rulebook.signatures import Form, places_of
from zielwerk.signing import authorities
from zielwerk.signing.apart import verify
from zielwerk.signing.keys import Person
from zielwerk.signing.model import Result
from zielwerk.ui.tags.values import said


@pytest.fixture(autouse=True)
def _trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    electronic.trust(tmp_path / "stellen", monkeypatch)


def why(person: object, case: Conclusion, content: bytes) -> str:
    """Why a file is refused, in sentences; nothing of it is kept."""
    before = [model.objects.count() for model in (Signature, SignedFile, StoredFile, AuditEntry)]
    with pytest.raises(Refused) as refused:
        keep(person, case, content)  # type: ignore[arg-type]
    after = [model.objects.count() for model in (Signature, SignedFile, StoredFile, AuditEntry)]
    assert before == after
    return " ".join(said(one) for one in refused.value.refusals)


def test_the_prepared_file_has_a_labelled_field_for_each_place_in_order(desk: Desk) -> None:
    case = electronic.begun(desk)
    pdf = newest(case)
    assert pdf_faults(pdf) == []
    with pikepdf.open(io.BytesIO(pdf)) as document:
        fields = list(document.Root.AcroForm.Fields)
        names = [str(field.T) for field in fields]
        labels = [str(field.TU) for field in fields]
        boxes = [tuple(map(float, field.Rect)) for field in fields]
    there = places_of(case.sides)
    assert names == list(there)
    for label, place in zip(labels, there.values(), strict=True):
        assert place.office in label
    if len(boxes) > 1:  # side by side
        assert boxes[0][1] == pytest.approx(boxes[1][1], abs=60)
        assert boxes[0][2] < boxes[1][0]


def test_it_is_made_once_and_known_by_its_hash(hessian: Desk) -> None:
    case = electronic.begun(hessian)
    ready = queries.prepared(case)
    assert ready
    assert queries.newest(case) == ready.file
    assert not SignedFile.objects.exists()
    paper = electronic.signed(case, places(case)[0], key("Erika Beispiel"))
    verdict = verify(paper, authorities.load(authorities.folder()), at=SIGNED)
    assert verdict.hash == ready.file.sha256


def test_on_paper_nothing_is_prepared(hessian: Desk) -> None:
    assert queries.newest(made.begun(hessian, "paper")) is None


def test_signed_by_all_and_concluded_with_the_verdict_kept(desk: Desk) -> None:
    case = electronic.begun(desk)
    electronic.sign_all(desk, case)
    rows = queries.signatures(case)
    assert [each.name for each in rows] == list(made.NAMES[: len(rows)])
    assert {(each.form, each.office) for each in rows} == {(Form.QUALIFIED, "Landrätin")}
    assert {each.signed_on for each in rows} == {SIGNED.date()}
    kept = SignatureVerdict.objects.count()
    case = actions.conclude(desk.second, made.checked(desk, case), at=SIGNED)
    assert case.state == ConclusionState.CONCLUDED
    last = queries.verdict_row(case)
    assert last
    assert SignatureVerdict.objects.count() == kept + 1
    assert (last.result, last.file) == (Result.VALID, queries.newest(case))
    assert last.authorities["certificates"][0]["sha256"]
    assert last.verdict["sentences"]
    assert pdf_faults(signed_once(desk)) == []


def signed_once(desk: Desk) -> bytes:
    """The file after its first signature."""
    file = SignedFile.objects.filter(conclusion=desk.now()).earliest("pk").file
    return bytes(file.content)


def test_a_signature_is_judged_before_and_again_when_it_is_concluded(
    hessian: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An authority that is trusted no longer by then vouches for nobody."""
    case = electronic.begun(hessian)
    electronic.sign_all(hessian, case)
    case = made.checked(hessian, case)
    electronic.trust(tmp_path / "andere", monkeypatch, STRANGER)
    with pytest.raises(Refused) as refused:
        actions.conclude(hessian.second, case, at=SIGNED)
    assert refused.value.refusals[0].rule == "conclusion.file_not_valid"
    assert not Agreement.objects.filter(concluded_as=case.file_number).exists()


def test_two_who_sign_at_one_moment_the_later_signs_the_newest_file(hessian: Desk) -> None:
    case = electronic.begun(hessian)
    first, second, _ = places(case)
    one = signed(case, first, key("Erika Beispiel"))
    other = signed(case, second, key("Petra Muster"))
    looked_at = queries.examined(case, other, at=SIGNED)
    keep(hessian.first, case, one)
    told = why(hessian.body, case, other)
    assert "unterschrieben von Erika Beispiel" in told
    assert "unterschreiben Sie diese" in told
    with pytest.raises(Refused) as refused:  # her page was shown before
        actions.keep_signed(hessian.body, looked_at, at=SIGNED)
    assert refused.value.refusals[0].rule == "conclusion.signed_older_file"
    keep(hessian.body, case, signed(case, second, key("Petra Muster")))
    assert {each.place for each in queries.signatures(case)} == {first, second}


def test_an_older_file_and_one_without_a_new_signature_say_so(hessian: Desk) -> None:
    case = electronic.begun(hessian)
    first, second, _ = places(case)
    empty = newest(case)
    assert "keine neue Unterschrift" in why(hessian.first, case, empty)
    keep(hessian.first, case, signed(case, first, key("Erika Beispiel")))
    once = newest(case)
    keep(hessian.body, case, signed(case, second, key("Petra Muster")))
    for older in (empty, once):
        assert "liegt hier schon" in why(hessian.body, case, older)
    assert "keine neue Unterschrift" in why(hessian.body, case, newest(case))


def test_one_who_signs_twice_is_told(hessian: Desk) -> None:
    case = electronic.begun(hessian)
    first, second, _ = places(case)
    keep(hessian.first, case, signed(case, first, key("Erika Beispiel")))
    with pytest.raises(Refused) as refused:  # signing itself refuses the same certificate
        signed(case, second, key("Erika Beispiel"))
    assert refused.value.refusals[0].rule == "signing.signer_twice"
    again = issue(electronic.AUTHORITY, Person("Erika  BEISPIEL", "Ministerin", "Land"), AT)
    told = why(hessian.body, case, signed(case, second, again))
    assert "schon an anderer Stelle unterschrieben" in told


def test_an_unknown_and_an_expired_certificate_are_told(hessian: Desk) -> None:
    case = electronic.begun(hessian)
    first = places(case)[0]
    unknown = signed(case, first, key("Erika Beispiel", STRANGER))
    assert "kommt von keiner Prüfstelle" in why(hessian.first, case, unknown)
    short = issue(electronic.AUTHORITY, Person("Kurt Kurz", "", ""), AT, life=timedelta(days=1))
    expired = signed(case, first, short, moment=AT + timedelta(hours=1))
    assert "ist abgelaufen" in why(hessian.first, case, expired)


def test_a_file_of_another_conclusion_and_no_pdf_are_told(hessian: Desk) -> None:
    case = electronic.begun(hessian)
    other = signed(case, places(case)[0], key("Erika Beispiel"))
    actions.abandon(hessian.first, hessian.now(), note="Eine Zahl fehlt", at=SIGNED)
    draft = DraftDocument.objects.get(pk=case.draft_id)
    again = actions.begin(hessian.first, actions.NewConclusion(draft, "electronic"), at=SIGNED)
    assert "nicht die, die für diesen Abschluss" in why(hessian.first, again, other)
    assert "ZIP-Archiv" in why(hessian.first, again, b"PK\x03\x04")
    assert "leer" in why(hessian.first, again, b"")


def test_a_file_that_was_altered_is_told(hessian: Desk) -> None:
    case = electronic.begun(hessian)
    paper = signed(case, places(case)[0], key("Erika Beispiel"))
    later = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper)) as document:
        document.docinfo["/Title"] = "Anderes"
        document.save(later)
    assert "nicht die, die für diesen Abschluss" in why(hessian.first, case, later.getvalue())
    flipped = bytearray(paper)
    flipped[len(newest(case)) + 200] ^= 1
    assert why(hessian.first, case, bytes(flipped))
    assert why(hessian.first, case, paper + b"\n% noch etwas\n")


def test_a_signature_of_the_other_side_is_brought_by_whoever_concludes(hessian: Desk) -> None:
    case = electronic.begun(hessian)
    ministry, district, _ = places(case)
    theirs = signed(case, ministry, key("Erika Beispiel"))
    found = queries.examined(case, theirs, at=SIGNED)
    with pytest.raises(Refused):
        actions.keep_signed(hessian.body, found, at=SIGNED)
    assert not Signature.objects.exists()
    keep(hessian.first, case, signed(case, district, key("Petra Muster")))
    assert Signature.objects.get().is_for_other


def test_what_stands_in_the_file_is_neither_entered_nor_struck(hessian: Desk) -> None:
    case = electronic.begun(hessian)
    place = places_of(case.sides)[places(case)[0]]
    entered = made.new(case, place, form=Form.QUALIFIED)
    with pytest.raises(Refused) as refused:
        actions.enter(hessian.first, entered, at=SIGNED)
    assert refused.value.refusals[0].rule == "conclusion.from_the_file"
    keep(hessian.first, case, signed(case, place.id, key("Erika Beispiel")))
    signature = Signature.objects.get()
    with pytest.raises(Refused) as refused:
        actions.strike(hessian.first, actions.NewStrike(signature, "Falsch"), at=SIGNED)
    assert refused.value.refusals[0].rule == "conclusion.in_the_file"
    new = actions.NewFile(case, "a.pdf", b"%PDF-1.7")
    with pytest.raises(Refused) as refused:
        actions.keep_file(hessian.first, new, at=SIGNED)
    assert refused.value.refusals[0].rule == "conclusion.unread"


def test_cut_off_after_the_signature_nothing_of_the_file_is_kept(
    hessian: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if the process were killed between the signature and its file."""
    case = electronic.begun(hessian)
    found = queries.examined(case, signed(case, places(case)[0], key("Erika Beispiel")), at=SIGNED)

    def ends(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("zielwerk.conclusion.actions.electronic.keep_verdict", ends)
        with pytest.raises(KeyboardInterrupt):
            actions.keep_signed(hessian.first, found, at=SIGNED)
    assert not Signature.objects.exists()
    assert not SignedFile.objects.exists()
    actions.keep_signed(hessian.first, found, at=SIGNED)
    assert Signature.objects.count() == SignedFile.objects.count() == 1


def test_the_name_of_the_file_says_which_conclusion_it_is(hessian: Desk) -> None:
    case = electronic.begun(hessian)
    ready = queries.prepared(case)
    assert ready
    assert ready.file.name == letters.file_name(case, "pdf")
