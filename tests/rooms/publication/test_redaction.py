"""What tells of a person is found before it is public, and decided by whoever asks for it."""

import json
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any

import jsonschema
import pikepdf
import pypdfium2
import pytest
from django.test import Client
from django.utils import timezone

from tests.rooms.publication.test_years import words
from tests.stage import AT, html_of, press, release, signed_in
from zielwerk.agreements.models import Agreement
from zielwerk.config import world
from zielwerk.core import audit
from zielwerk.core.jobs import run
from zielwerk.core.models import Job
from zielwerk.publication import actions, letters, queries
from zielwerk.publication.models import Edition
from zielwerk.rulebook.agreement import Clause, Measure, Signature, Terms
from zielwerk.rulebook.refusal import Refused

ONE = "/zielvereinbarungen/2024/06435"
BEGIN = "/arbeit/veroeffentlichen/2024/06435"
TITLE = "Kurs bei Frau Roth (06051 85-1234)"
WORDING = "Rückfragen beantwortet roth@mkk.de."
BLACK = {"stelle-1": "schwaerzen", "stelle-2": "schwaerzen", "stelle-3": "schwaerzen"}


def telling() -> Terms:
    """The agreement of the Main-Kinzig-Kreis, with a name, a number and an address in its text."""
    terms = world.main_kinzig()
    return replace(
        terms,
        measures=(*terms.measures[:2], Measure("qualification", TITLE)),
        clauses=(Clause("§ 7", "Auskunft", WORDING),),
    )


def record(cast: world.Cast, terms: Terms) -> Agreement:
    entered = world.agreements.HandEntry(terms, world.PUBLIC_FACTS)
    intake = world.agreements.begin_by_hand(cast.officer, entered, at=AT)
    intake = world.agreements.accept(cast.officer, intake, at=AT)
    agreement = world.agreements.confirm(cast.head, intake, at=AT).agreement
    assert agreement
    return agreement


@pytest.fixture
def agreement(cast: world.Cast) -> Agreement:
    return record(cast, telling())


def test_each_place_is_asked_for_and_black_by_itself(
    cast: world.Cast, agreement: Agreement
) -> None:
    page = html_of(signed_in(cast.officer).get(BEGIN).content)
    for asked in (
        "Maßnahme 3: Name einer Person „Roth“",
        "Maßnahme 3: Telefonnummer „06051 85-1234“",
        "Wortlaut, Klausel 1: E-Mail-Adresse „roth@mkk.de“",
    ):
        assert asked in page
    assert page.count(" checked") == 3
    preview = page[page.index("Genau das wird öffentlich") :]
    assert "Kurs bei Frau [geschwärzt] ([geschwärzt])" in preview
    assert "Roth" not in preview


def test_what_is_black_is_black_in_every_form(
    cast: world.Cast, client: Client, agreement: Agreement
) -> None:
    assert signed_in(cast.officer).post(BEGIN, BLACK).status_code == 302
    release(cast.head)
    for kind in ("", ".json", ".csv"):
        text = client.get(ONE + kind).getvalue().decode()
        assert "[geschwärzt]" in text
        assert not [each for each in ("Roth", "85-1234", "roth@mkk") if each in text], kind
    pdf = client.get(f"{ONE}.pdf").content
    pages = " ".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf))
    assert "[geschwärzt]" in pages
    assert "Roth" not in pages
    with pikepdf.open(BytesIO(pdf)) as opened:
        (attached,) = opened.attachments.values()
        assert b"Roth" not in attached.get_file().read_bytes()
    data = json.loads(client.get(f"{ONE}.json").content)
    jsonschema.validate(data, letters.schema())
    assert data["redactions"][0] == {"place": "Maßnahme 3", "kind": "Name einer Person"}
    for asked, number in (("roth", 0), ("kurs", 1)):
        found = client.get(f"/zielvereinbarungen?suche={asked}")
        assert found.context["listed"].total == number
    assert "Geschwärzt" in words(client, ONE)


def test_what_is_published_for_a_reason_stays(
    cast: world.Cast, client: Client, agreement: Agreement
) -> None:
    officer = signed_in(cast.officer)
    kept = {**BLACK, "stelle-3": "belassen"}
    answer = officer.post(BEGIN, kept)
    assert answer.status_code == 422
    assert "warum das öffentlich werden darf" in answer.content.decode()
    assert officer.post(BEGIN, {**kept, "grund-3": "Funktionspostfach"}).status_code == 302
    release(cast.head)
    page = client.get(ONE).content.decode()
    assert "roth@mkk.de" in page
    assert "Frau Roth" not in page
    assert "Funktionspostfach" not in page  # written for colleagues


def test_what_nobody_decided_is_refused(cast: world.Cast, agreement: Agreement) -> None:
    with pytest.raises(Refused) as refused:
        actions.begin(cast.officer, agreement, at=AT)
    assert [each.rule for each in refused.value.refusals] == ["publication.undecided"]
    assert signed_in(cast.officer).post(BEGIN, {}).status_code == 422
    assert not Edition.objects.exists()


def test_a_name_that_a_correction_cuts_in_two_is_found(cast: world.Cast, client: Client) -> None:
    """The word is corrected, the address before it is not; what was signed tells the name, too."""
    clause = Clause("§ 7", "Auskunft", "Auskunft gibt Frau Roth.", "Auskunft gibt Frau Rolh.")
    record(cast, replace(world.main_kinzig(), clauses=(clause,)))
    officer = signed_in(cast.officer)
    page = html_of(officer.get(BEGIN).content)
    assert "„Roth“" in page
    assert "„Rolh“" in page
    assert officer.post(BEGIN, BLACK).status_code == 302
    release(cast.head)
    public = client.get(f"{ONE}.json").content.decode()
    assert "Auskunft gibt Frau" in public
    assert "Roth" not in public
    assert "Rolh" not in public


def test_the_name_of_a_signatory_is_never_kept(cast: world.Cast, client: Client) -> None:
    terms = world.main_kinzig()
    record(cast, replace(terms, measures=(Measure("qualification", "Kurs von Thorsten Stolz"),)))
    officer = signed_in(cast.officer)
    kept = {"stelle-1": "belassen", "grund-1": "steht so im Titel"}
    assert officer.post(BEGIN, kept).status_code == 409
    assert officer.post(BEGIN, {"stelle-1": "schwaerzen"}).status_code == 302
    release(cast.head)
    assert "Stolz" not in client.get(ONE).content.decode()


def test_the_second_person_sees_what_is_black_and_why_something_is_not(
    cast: world.Cast, agreement: Agreement
) -> None:
    answers = {**BLACK, "stelle-3": "belassen", "grund-3": "Funktionspostfach"}
    assert signed_in(cast.officer).post(BEGIN, answers).status_code == 302
    edition = Edition.objects.get()
    head = signed_in(cast.head)
    page = words(head, f"/arbeit/veroeffentlichungen/{edition.pk}")
    assert "Kurs bei Frau Roth (06051 85-1234) geschwärzt" in page
    assert "wird veröffentlicht Funktionspostfach" in page
    assert "Kurs bei Frau [geschwärzt] ([geschwärzt])" in page
    assert press(head, edition, "veroeffentlichen").status_code == 302
    assert list(audit.verify()) == []
    stored = json.dumps(edition.redactions)
    assert "Roth" not in stored  # a copy would be one more place to erase a person from


def test_a_whole_year_leaves_out_what_somebody_has_to_look_at(
    cast: world.Cast, agreement: Agreement
) -> None:
    record(cast, world.invented()[0])
    officer = signed_in(cast.officer)
    door = "/arbeit/veroeffentlichen/2024?stufe=vorlegen"
    page = words(officer, door)
    assert "Nicht dabei, weil jemand hinsehen muss Main-Kinzig-Kreis" in page
    assert officer.post(door).status_code == 302
    run.call(Job.objects.get().pk)
    assert Job.objects.get().state == "done"
    release(cast.head)
    assert [each.ags for each in queries.current_editions()] == [world.invented()[0].ags]


def unsigned() -> Terms:
    terms = world.main_kinzig()
    return replace(terms, signatures=terms.signatures[:1])


def signed_later() -> Terms:
    terms = world.main_kinzig()
    tomorrow = str(timezone.localdate() + timedelta(days=1))
    late = Signature("region", None, "Landrat", "Gelnhausen", tomorrow)
    return replace(terms, signatures=(terms.signatures[0], late))


@pytest.mark.parametrize("terms", [unsigned, signed_later])
def test_nothing_is_public_before_all_have_signed(cast: world.Cast, terms: Any) -> None:
    agreement = record(cast, terms())
    page = words(signed_in(cast.officer), BEGIN)
    assert "Eine Unterschrift fehlt oder trägt einen späteren Tag: Gebietskörperschaft." in page
    with pytest.raises(Refused):
        actions.begin(cast.officer, agreement, at=timezone.now())


def test_an_embargo_is_shown_and_holds_until_its_day(
    cast: world.Cast, client: Client, recorded: Agreement
) -> None:
    day = timezone.localdate() + timedelta(days=3)
    officer, head = signed_in(cast.officer), signed_in(cast.head)
    assert officer.post(BEGIN, {"sperrfrist": f"{day:%d.%m.%Y}"}).status_code == 302
    edition = Edition.objects.get()
    page = words(head, f"/arbeit/veroeffentlichungen/{edition.pk}")
    assert f"öffentlich frühestens ab {day:%d.%m.%Y}" in page
    assert f"Öffentlich werden darf das erst ab {day:%d.%m.%Y}." in page
    assert press(head, edition, "veroeffentlichen").status_code == 409
    assert client.get(ONE).status_code == 404
    assert queries.to_release(cast.head, edition.programme, 2024, timezone.localdate()) == []
    assert queries.to_release(cast.head, edition.programme, 2024, day) == [edition]
    edition.refresh_from_db()
    at = timezone.now() + timedelta(days=3)
    actions.publish(cast.head, edition, actions.typeset(edition, at), at=at)
    assert client.get(ONE).status_code == 200


@pytest.mark.usefixtures("at_once")
def test_whoever_publishes_at_once_is_asked_for_no_embargo(
    cast: world.Cast, recorded: Agreement
) -> None:
    assert "Sperrfrist" not in signed_in(cast.officer).get(BEGIN).content.decode()
