"""The whole first job through the doors of the web: from a signed text to what is published."""

import re
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.journeys.programmes import EXAMPLES, HESSE, PROGRAMMES, Example, rotated
from tests.journeys.stages import publish, take_between
from tests.stage import signed_in
from tests.typesetting.validation import pdf_faults
from zielwerk.agreements.forms import ReviewForm
from zielwerk.agreements.models import Agreement, Intake
from zielwerk.config import world
from zielwerk.core import audit
from zielwerk.core.models import AuditEntry
from zielwerk.documents.models import StoredFile
from zielwerk.identity.models import User
from zielwerk.ledger import queries as ledger
from zielwerk.packs import loading as packs

WETTERAU = HESSE.file
LAHN_DILL = EXAMPLES / "zielvereinbarung-2024-lahn-dill-kreis.txt"


def recorders(cast: world.Cast, example: Example) -> tuple[User, User]:
    """The two persons who record documents of the example's body."""
    return cast.takers("recording", example.year, example.ags)


def upload(client: Client, content: bytes, name: str = "text.txt") -> Any:
    file = SimpleUploadedFile(name, content, "text/plain")
    return client.post("/arbeit/erfassungen/neu", {"file": file})


def answers(intake: Intake, person: User, **changes: str) -> dict[str, Any]:
    """The review form as a browser would send it, every doubt ticked."""
    form = ReviewForm(intake, user=person, today=date(2026, 11, 1))
    sent: dict[str, Any] = {"revision": intake.revision}
    for name in form.fields:
        field = form[name]
        value = field.value()
        if name.startswith("settled:"):
            sent[name] = "on"
        elif value not in (None, False):
            sent[name] = value
    return {**sent, **changes}


def test_from_a_signed_text_to_the_published_agreement(
    example: Example, played: world.Cast
) -> None:
    first, second = recorders(played, example)
    officer, head, public = signed_in(first), signed_in(second), Client()
    response = upload(officer, example.file.read_bytes())
    intake = Intake.objects.get()
    assert response["Location"] == f"/arbeit/erfassungen/{intake.pk}"
    assert intake.open_doubts()
    review = f"/arbeit/erfassungen/{intake.pk}/pruefen"
    page = officer.get(review).content.decode()
    assert "Zum ersten offenen Zweifel" in page
    read = intake.content.measures[0].title
    sent = answers(intake, first, **{"measures[0].title": "Berichtigter Titel"})
    asked = officer.post(review, {**sent, "accept": "1"})  # the wording still has what was read
    assert asked.status_code == 409
    intake.refresh_from_db()
    assert any(read in clause.text for clause in intake.content.clauses)
    chosen = {f"word:{read} → Berichtigter Titel": "everywhere"}
    sent = answers(intake, first, **chosen)
    assert officer.post(review, {**sent, "accept": "1"}).status_code == 302
    take_between(played, f"/arbeit/erfassungen/{intake.pk}", "recording", intake.year, intake.ags)
    confirm = f"/arbeit/erfassungen/{intake.pk}/bestaetigen"
    intake.refresh_from_db()
    seen = {"revision": intake.revision}
    assert officer.post(confirm, seen).status_code == 403
    assert head.post(confirm).status_code == 409
    assert head.post(confirm, seen).status_code == 302
    agreement = Agreement.objects.get()
    assert (agreement.programme, agreement.year) == (example.programme, example.year)
    assert (agreement.ags, agreement.amount_cents) == (example.ags, example.amount_cents)
    assert "Berichtigter Titel" in [one.title for one in agreement.measures.all()]
    assert public.get(example.page).status_code == 404
    publish(played, agreement)
    shown = public.get(example.page).content.decode()
    assert example.document in re.findall("<h1[^>]*>(.*?)</h1>", shown)[0]
    for said in (example.amount, example.authority, example.notice):
        assert said in shown
    is_signed_by_it = "ministry" in packs.programme(example.programme).document.sides
    assert (example.ministry in shown) == is_signed_by_it
    assert "Berichtigter Titel" in shown
    assert "In der Vorführung erfasst" in shown
    assert 'content="noindex"' in shown
    assert pdf_faults(public.get(f"{example.page}.pdf").content) == []
    assert list(audit.verify()) == []
    assert list(ledger.faults()) == []


def test_what_was_typed_survives_a_faulty_value(example: Example, played: world.Cast) -> None:
    first, _ = recorders(played, example)
    client = signed_in(first)
    upload(client, example.file.read_bytes())
    intake = Intake.objects.get()
    sent = answers(intake, first, budget_cents="1,140", meeting="Treffen im Oktober")
    page = client.post(f"/arbeit/erfassungen/{intake.pk}/pruefen", sent).content.decode()
    assert "1,140" in page
    assert "Treffen im Oktober" in page
    assert re.search(r"<title>\s*Fehler:", page)
    intake.refresh_from_db()
    assert intake.revision == 1


def test_the_line_ends_of_a_browser_are_no_correction(example: Example, played: world.Cast) -> None:
    first, _ = recorders(played, example)
    client = signed_in(first)
    upload(client, example.file.read_bytes())
    intake = Intake.objects.get()
    sent = {
        name: value.replace("\n", "\r\n") if isinstance(value, str) else value
        for name, value in answers(intake, first).items()
        if not name.startswith("settled:")
    }
    client.post(f"/arbeit/erfassungen/{intake.pk}/pruefen", sent)
    intake.refresh_from_db()
    assert intake.settled == []
    assert "\r" not in str(intake.terms)


def test_accepting_with_open_doubts_saves_the_work_and_says_what_is_missing(
    example: Example, played: world.Cast
) -> None:
    first, _ = recorders(played, example)
    client = signed_in(first)
    upload(client, example.file.read_bytes())
    intake = Intake.objects.get()
    sent = {
        name: value
        for name, value in answers(intake, first).items()
        if not name.startswith("settled:")
    }
    sent["meeting"] = "Treffen im Oktober"
    response = client.post(f"/arbeit/erfassungen/{intake.pk}/pruefen", {**sent, "accept": "1"})
    assert response.status_code == 409
    assert "noch unsichere Stellen zu prüfen" in response.content.decode()
    intake.refresh_from_db()
    assert intake.content.meeting == "Treffen im Oktober"


def test_a_text_for_an_agreement_that_is_there_is_compared_and_kept(cast: world.Cast) -> None:
    terms = next(one for one in world.invented() if one.ags == "06532")
    world.record_and_publish(cast, terms, True, timezone.now())
    client = signed_in(cast.officer)
    upload(client, LAHN_DILL.read_bytes())
    intake = Intake.objects.latest("pk")
    page = client.get(f"/arbeit/erfassungen/{intake.pk}", follow=True).content.decode()
    assert "Vergleich" in page
    for different in ("Solartechnik für den Neustart", "Landrätin", "Datum unbekannt"):
        assert different in page
    assert (
        client.post(
            f"/arbeit/erfassungen/{intake.pk}/aufbewahren", {"revision": intake.revision}
        ).status_code
        == 302
    )
    assert Agreement.objects.get().amount_cents == terms.amount_cents
    again = upload(client, LAHN_DILL.read_bytes(), "anders.txt").content.decode()
    assert "schon bekannt" in again
    assert Intake.objects.count() == 2


# What becomes of the others does not ask for the programme: each is tried on one of them.
BY_PROGRAMME = {"keine Vereinbarung", "unbekannte Gebietskörperschaft", "Jahr ohne Regelwerk"}


def bad_texts(example: Example) -> dict[str, bytes]:
    text = example.file.read_text()
    return {
        "leer": b"",
        "nur Leerraum": b" \n\t ",
        "kein Text": b"%PDF-1.7 \x00\x01",
        "Binärdaten": bytes(range(256)) * 20,
        "keine Vereinbarung": b"Sehr geehrte Damen und Herren, anbei die Rechnung.",
        "unbekannte Gebietskörperschaft": re.sub(example.place, "Quasselstr", text).encode(),
        "Jahr ohne Regelwerk": text.replace(str(example.year), "2031").encode(),
        "abgebrochen": text[:300].encode(),
        "zu groß": b"Zielvereinbarung " * 130_000,
    }


@pytest.mark.parametrize(
    ("example", "fault"),
    list(rotated(PROGRAMMES, bad_texts(HESSE), every=BY_PROGRAMME)),
    indirect=["example"],
    ids=str,
)
def test_a_bad_upload_gets_a_sentence_and_stores_nothing(
    example: Example, played: world.Cast, fault: str
) -> None:
    assert_refused(recorders(played, example)[0], bad_texts(example)[fault])


def test_two_agreements_in_one_text_are_refused(cast: world.Cast) -> None:
    assert_refused(cast.officer, WETTERAU.read_bytes() + b"\n\f\n" + LAHN_DILL.read_bytes())


def assert_refused(person: User, content: bytes) -> None:
    entries = AuditEntry.objects.count()
    response = upload(signed_in(person), content)
    assert response.status_code in (200, 422)
    errors = response.context["form"].errors
    assert errors
    assert all(len(sentence) > 20 for row in errors.values() for sentence in row)
    assert not Intake.objects.exists()
    assert not StoredFile.objects.exists()
    assert AuditEntry.objects.count() == entries


def test_a_text_of_another_programme_is_refused(example: Example, played: world.Cast) -> None:
    others = [other for other in PROGRAMMES if other != example]
    for other in others:
        assert_refused(recorders(played, example)[0], other.file.read_bytes())


def test_a_file_of_any_size_is_refused_with_its_limit(cast: world.Cast) -> None:
    response = upload(signed_in(cast.officer), b"x" * 12_500_000)
    assert "text.txt ist zu groß; gelesen werden bis zu 2 MB." in response.content.decode()


def test_neither_file_nor_text_or_both_is_told(cast: world.Cast) -> None:
    client = signed_in(cast.officer)
    for sent in ({}, {"file": SimpleUploadedFile("a.txt", b"a"), "text": "b"}):
        response = client.post("/arbeit/erfassungen/neu", sent)
        assert "entweder eine Datei oder einen Text" in response.content.decode()


def test_the_text_is_given_back_byte_for_byte(cast: world.Cast) -> None:
    client = signed_in(cast.officer)
    upload(client, WETTERAU.read_bytes())
    response = client.get(f"/arbeit/erfassungen/{Intake.objects.get().pk}/text")
    assert response.content == WETTERAU.read_bytes()
