"""Notes to the file: who reads them, what stays, and that they stand on the page of the case."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from django.test import Client

from tests import worlds
from tests.rooms.money import AT, MILLION, YEAR, bodies, decided, enact
from tests.stage import html_of, moved, press, signed_in
from zielwerk.adjustments import actions as adjustments
from zielwerk.adjustments.models import Adjustment
from zielwerk.config import world
from zielwerk.core import audit, cases
from zielwerk.core.permissions import NotAllowed, OutOfScope
from zielwerk.notes import actions, queries
from zielwerk.notes.models import Note
from zielwerk.rulebook.adjustment import AdjustmentKind
from zielwerk.rulebook.planning import Fund
from zielwerk.rulebook.refusal import Refused

pytestmark = pytest.mark.django_db
TWIN = "Am selben Tag liegt ein gleicher Vorgang vor"


@pytest.fixture
def cast(programme: str, settings: pytest.FixtureRequest) -> world.Cast:
    settings.PROGRAMME = programme  # type: ignore[attr-defined]
    enact(programme, 27 * MILLION)
    people = worlds.put(world.enrol_cast)
    decided(programme)
    return people


@pytest.fixture
def waiver(cast: world.Cast, programme: str) -> Adjustment:
    """A waiver of the cast's own body, which its coordinator and the ministry see."""
    fund, ags = Fund(programme, YEAR), cast.body.ags
    move = adjustments.Move(AdjustmentKind.WAIVER, fund, ags, 1_000_00, "weniger Bedarf")
    return adjustments.declare(cast.body, move, at=AT)


def page(client: Client, case: Adjustment) -> str:
    return client.get(f"/arbeit/mittelaenderungen/{case.pk}").content.decode()


def written(client: Client, case: Adjustment, text: str, **more: object) -> int:
    """The status of the answer to a note sent from the page of the case."""
    there = f"/arbeit/vermerke/neu?zu={audit.reference(case)}"
    answer = client.post(there, {"leser": "internal", "text": text, **more})
    return int(answer.status_code)


def test_an_internal_note_stands_at_the_case_for_the_own_organisation_only(
    cast: world.Cast, waiver: Adjustment
) -> None:
    officer, body = signed_in(cast.officer), signed_in(cast.body)
    assert "keinen Vermerk" in page(officer, waiver)
    assert written(officer, waiver, "Telefonat mit der Kasse") == 302
    for person in (cast.officer, cast.head, cast.auditor):
        assert "Telefonat mit der Kasse" in page(signed_in(person), waiver)
        assert "Telefonat" in signed_in(person).get("/arbeit/vermerke").content.decode()
    for person in (cast.body, cast.authority):
        assert "Telefonat" not in page(signed_in(person), waiver)
        assert "Telefonat" not in signed_in(person).get("/arbeit/vermerke").content.decode()
        exported = signed_in(person).get("/arbeit/vermerke?export=csv").getvalue().decode()
        assert "Telefonat" not in exported
    note = Note.objects.get()
    assert body.get(f"/arbeit/vermerke/{note.pk}").status_code == 404


def test_a_note_is_shared_once_and_for_good(cast: world.Cast, waiver: Adjustment) -> None:
    officer, body = signed_in(cast.officer), signed_in(cast.body)
    written(officer, waiver, "Bitte bis Freitag")
    note = Note.objects.get()
    asked = officer.get(f"/arbeit/vermerke/{note.pk}/freigeben").content.decode()
    assert "Für alle freigeben, die den Vorgang sehen" in asked
    assert "Bitte bis Freitag" in asked
    assert press(officer, note, "freigeben").status_code == 302
    assert "Bitte bis Freitag" in page(body, waiver)
    assert press(officer, note, "zurueckziehen").status_code == 302
    assert "Bitte bis Freitag" in page(body, waiver)  # it was read: it stays, and says so
    assert "zurückgezogen" in page(body, waiver)


def test_another_body_sees_no_note_on_a_case_that_is_not_its_own(
    cast: world.Cast, waiver: Adjustment, programme: str
) -> None:
    new = actions.NewNote(waiver, "Für die Körperschaft", is_shared=True)
    note = actions.write(cast.officer, new, at=AT)
    assert queries.notes(cast.body, programme).get() == note
    other = next(one.ags for one in bodies(programme) if one.ags != waiver.ags)
    stranger = moved(cast.body, other)
    assert not queries.notes(stranger, programme).exists()
    with pytest.raises(Http404):
        cases.find(stranger, programme, audit.reference(waiver))
    with pytest.raises(OutOfScope):
        actions.write(stranger, actions.NewNote(waiver, "Fremdes"), at=AT)


def test_only_the_author_shares_and_only_her_house_withdraws(
    cast: world.Cast, waiver: Adjustment
) -> None:
    note = actions.write(cast.officer, actions.NewNote(waiver, "Meins"), at=AT)
    with pytest.raises(NotAllowed, match="wer den Vermerk geschrieben hat"):
        actions.share(cast.head, note, at=AT)
    with pytest.raises(OutOfScope):
        actions.withdraw(cast.body, note, at=AT)
    note = actions.share(cast.officer, note, at=AT)
    with pytest.raises(NotAllowed, match="für das Haus des Verfassers"):
        actions.withdraw(cast.body, note, at=AT)
    actions.withdraw(cast.head, note, at=AT)  # the author may have left


def test_two_notes_alike_on_a_day_are_told_of(cast: world.Cast, waiver: Adjustment) -> None:
    officer = signed_in(cast.officer)
    assert written(officer, waiver, "Telefonat") == 302
    assert written(officer, waiver, "Telefonat am Nachmittag") == 302
    assert TWIN not in officer.get("/arbeit/").content.decode()
    assert written(officer, waiver, "Telefonat") == 302
    assert TWIN in officer.get("/arbeit/").content.decode()
    first, other, second = Note.objects.order_by("pk")
    for note, twin in ((first, second), (second, first)):
        page = html_of(officer.get(f"/arbeit/vermerke/{note.pk}").content)
        assert TWIN in page
        assert f'<a href="/arbeit/vermerke/{twin.pk}">{twin.file_number}</a>' in page
    actions.withdraw(cast.officer, second, at=AT)
    for note in (first, other, second):
        assert TWIN not in officer.get(f"/arbeit/vermerke/{note.pk}").content.decode()


def test_there_is_no_note_on_a_note(cast: world.Cast, waiver: Adjustment) -> None:
    note = actions.write(cast.officer, actions.NewNote(waiver, "Eins"), at=AT)
    with pytest.raises(OutOfScope):
        actions.write(cast.officer, actions.NewNote(note, "Zwei"), at=AT)


def test_every_house_that_writes_may_attach_a_file(cast: world.Cast, waiver: Adjustment) -> None:
    for person in (cast.officer, cast.authority, cast.body):
        file = SimpleUploadedFile("Beleg.pdf", b"%PDF-", "application/pdf")
        assert written(signed_in(person), waiver, "Siehe Anlage", anlage=file) == 302
    assert Note.objects.exclude(attachment=None).count() == 3


def test_an_attachment_goes_to_those_who_may_read_the_note(
    cast: world.Cast, waiver: Adjustment
) -> None:
    officer = signed_in(cast.officer)
    file = SimpleUploadedFile("Prüfvermerk.html", b"<script>alert(1)</script>", "text/html")
    assert written(officer, waiver, "Siehe Anlage", anlage=file) == 302
    note = Note.objects.get()
    answer = officer.get(f"/arbeit/vermerke/{note.pk}/anlage")
    assert answer.content == b"<script>alert(1)</script>"
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert signed_in(cast.body).get(f"/arbeit/vermerke/{note.pk}/anlage").status_code == 404


def test_a_note_without_text_keeps_the_choice_and_says_why(
    cast: world.Cast, waiver: Adjustment
) -> None:
    officer = signed_in(cast.officer)
    there = f"/arbeit/vermerke/neu?zu={audit.reference(waiver)}"
    answer = officer.post(there, {"leser": "shared", "text": " "})
    assert answer.status_code == 422
    assert re.search(r'value="shared"[^>]* checked', answer.content.decode())
    with pytest.raises(Refused):
        actions.write(cast.officer, actions.NewNote(waiver, " "), at=AT)
    assert not Note.objects.exists()


def test_a_note_changed_past_the_log_is_neither_shared_nor_withdrawn(
    cast: world.Cast, waiver: Adjustment
) -> None:
    note = actions.write(cast.officer, actions.NewNote(waiver, "Eins"), at=AT)
    Note.objects.filter(pk=note.pk).update(text="Zwei")
    with pytest.raises(Refused) as refused:
        actions.share(cast.officer, note, at=AT)
    assert [why.rule for why in refused.value.refusals] == ["cases.tampered"]
    assert "audit.changed" in {fault.rule for fault in audit.verify()}
