"""What was public and was withdrawn says so under its address, in words fit for everybody."""

import json

import pytest
from django.test import Client
from django.utils import timezone

from tests.rooms.agreements.test_change_pages import PUBLIC, words
from tests.rooms.agreements.test_change_pages import recorded as changed
from tests.stage import release, signed_in, take_back
from zielwerk.agreements import actions
from zielwerk.agreements.actions import Ask
from zielwerk.agreements.models import Agreement
from zielwerk.config.world import Cast
from zielwerk.publication.models import Edition

LIST = "/zielvereinbarungen"
REASON = "Frau Kaya hat am Telefon den Kreis verwechselt"
TITLE = {"de": "Diese Veröffentlichung wurde zurückgezogen", "en": "This publication was withdrawn"}
BECAUSE = {
    "de": "Was darin stand, war irrtümlich erfasst; die Erfassung ist aufgehoben.",
    "en": "What it said was recorded by mistake; the recording is annulled.",
}


def annul(cast: Cast, record: Agreement) -> None:
    """Whoever confirmed asks, who accepted decides."""
    asked = actions.ask_annulment(cast.head, Ask(record, REASON), at=timezone.now())
    actions.annul(cast.officer, asked, at=timezone.now())


@pytest.mark.parametrize("kind", ["", ".pdf", ".json", ".csv", "/leichte-sprache"])
def test_every_address_of_an_annulled_agreement_says_that_it_is_gone(
    cast: Cast, main_kinzig: Agreement, kind: str
) -> None:
    assert Client().get(PUBLIC + kind).status_code == 200
    annul(cast, main_kinzig)
    answer = Client().get(PUBLIC + kind)
    assert answer.status_code == 410
    said = answer.content.decode()
    assert "irrtümlich erfasst" in said
    assert "1.600.100" not in said
    assert "Kaya" not in said


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_page_says_since_when_and_why_and_names_nobody(
    cast: Cast, main_kinzig: Agreement, language: str
) -> None:
    annul(cast, main_kinzig)
    visitor = Client()
    visitor.cookies["django_language"] = language
    page = words(visitor.get(PUBLIC))
    day = timezone.localdate()
    assert TITLE[language] in page
    assert BECAUSE[language] in page
    assert str(day.year) in page
    assert "Main-Kinzig-Kreis" in page
    for name in ("Kaya", "Telefon", cast.head.name, cast.officer.name):
        assert name not in page


def test_programs_get_a_problem_document_and_the_list_no_row(
    cast: Cast, main_kinzig: Agreement
) -> None:
    annul(cast, main_kinzig)
    answer = Client().get(f"{PUBLIC}.json")
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert json.loads(answer.content)["status"] == 410
    assert json.loads(b"".join(Client().get(f"{LIST}.json").streaming_content))["agreements"] == []
    assert "06435" not in b"".join(Client().get(f"{LIST}.csv").streaming_content).decode()
    assert PUBLIC not in Client().get(LIST).content.decode()


def test_what_was_withdrawn_for_another_reason_is_not_called_a_mistake(
    cast: Cast, main_kinzig: Agreement
) -> None:
    take_back(cast.officer, cast.head, main_kinzig)
    answer = Client().get(PUBLIC)
    assert answer.status_code == 410
    page = words(answer)
    assert "Die veröffentlichende Stelle hat sie zurückgenommen." in page
    assert "irrtümlich" not in page
    assert "Ein Betrag stimmt nicht" not in page  # written for colleagues


def test_an_annulled_change_gives_the_page_back_and_leaves_its_own_edition_gone(
    cast: Cast, main_kinzig: Agreement
) -> None:
    second = changed(cast, "1.500.000,00")
    officer = signed_in(cast.officer)
    assert officer.post("/arbeit/veroeffentlichen/2024/06435").status_code == 302
    release(cast.head)
    assert "1.500.000,00" in words(officer.get(PUBLIC))
    annul(cast, second)
    assert "1.600.100,00" in words(officer.get(PUBLIC))
    assert Client().get(f"{PUBLIC}/ausgabe-2").status_code == 410
    assert Client().get(f"{PUBLIC}/ausgabe-3").status_code == 404


def test_what_never_was_public_is_not_there(cast: Cast, main_kinzig: Agreement) -> None:
    assert Client().get("/zielvereinbarungen/2024/06411").status_code == 404
    assert Client().get("/zielvereinbarungen/2023/06435.json").status_code == 404
    Edition.objects.update(published_at=None, number=None, pdf=None, state="withdrawn")
    assert Client().get(PUBLIC).status_code == 404
