"""A text sent in is compared with the books: the allocation, the year's total, last year."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from tests.stage import AT, signed_in
from zielwerk.agreements import actions, queries
from zielwerk.agreements.actions import Answer, Review
from zielwerk.agreements.forms import ReviewForm, read_text
from zielwerk.agreements.models import Intake
from zielwerk.config import world
from zielwerk.language import sentence
from zielwerk.reading.known import Known
from zielwerk.rulebook.refusal import Refused

EXAMPLE = Path(__file__).parents[3] / "examples/zielvereinbarung-2024-wetteraukreis.txt"
WETTERAU = "06440"
TERMS = replace(
    world.main_kinzig(), ags=WETTERAU, body_name="Wetteraukreis", amount_cents=1_140_300_00
)


@pytest.fixture
def text() -> str:
    """The agreement of the Wetteraukreis for 2024 over 1.140.300 euros."""
    return EXAMPLE.read_text(encoding="utf-8")


def rules_of(text: str) -> set[str]:
    return {one["msgid"] for one in read_text("text.txt", text.encode()).reading["findings"]}


def test_of_an_empty_house_nothing_is_known(cast: world.Cast) -> None:
    assert queries.known("aqb_hessen", 2024, WETTERAU) == Known()


def test_what_is_agreed_and_last_year_s_agreement_are_known(cast: world.Cast) -> None:
    world.record_and_publish(cast, TERMS, False, AT)
    this_year = queries.known("aqb_hessen", 2024, WETTERAU)
    assert this_year.allocated_cents == 1_140_300_00
    assert this_year.before is None
    next_year = queries.known("aqb_hessen", 2025, WETTERAU)
    assert next_year.allocated_cents is None
    assert next_year.before is not None
    assert next_year.before.amount_cents == 1_140_300_00
    assert next_year.before.titles == tuple(measure.title for measure in TERMS.measures)


def test_an_amount_other_than_the_allocated_one_is_in_doubt(cast: world.Cast, text: str) -> None:
    world.record_and_publish(cast, TERMS, False, AT)
    assert "budget_cents" not in read_text("text.txt", text.encode()).doubts
    other = read_text("text.txt", text.replace("1.140.300", "1.410.300").encode())
    assert "budget_cents" in other.doubts
    (question,) = [one for one in other.reading["findings"] if "zugewiesen" in one["msgid"]]
    assert question["params"] == {
        "amount": {"cents": 1_410_300_00}, "allocated": {"cents": 1_140_300_00},
    }  # fmt: skip


def test_a_draft_is_asked_about_on_its_review(cast: world.Cast, text: str) -> None:
    client = signed_in(cast.officer)
    page = sent(client, f"Entwurf\n\n{text}")
    assert "Das Schriftstück ist ein Entwurf: Liegt die unterschriebene Fassung vor?" in page
    assert "<legend" in page
    assert "Schriftstück" in page
    assert "state" in Intake.objects.get().doubts


@pytest.mark.parametrize("line", ["Entwurf", "Muster", "Nicht zur Unterschrift bestimmt", ""])
def test_what_nobody_signed_is_accepted_for_a_reason_that_the_second_person_sees(
    cast: world.Cast, text: str, line: str
) -> None:
    """Its doubts may all be ticked, and the question about it done with: that is no reason."""
    unsigned = text[: text.index("Wiesbaden, den")]
    read = read_text("text.txt", (f"{line}\n\n{text}" if line else unsigned).encode())
    intake = actions.begin(cast.officer, read, at=AT)
    (number,) = (str(number) for number in queries.about_signing(intake))

    def reviewed(intake: Intake, text: str) -> Intake:
        answers = {number: Answer(text, done=True)}
        given = Review(intake.content, intake.doubts, intake.revision, answers)
        return actions.review(cast.officer, intake, given, at=AT)

    for nothing in ("", " \u200b "):
        intake = reviewed(intake, nothing)
        with pytest.raises(Refused) as refused:
            actions.accept(cast.officer, intake, at=AT)
        assert [one.rule for one in refused.value.refusals] == ["agreements.unsigned"]
        asked = sentence(refused.value.refusals[0])
        assert "Liegt die unterschriebene Fassung vor?" in asked
    intake = reviewed(intake, "Das Original liegt unterschrieben in der Akte 12.")
    intake = actions.accept(cast.officer, intake, at=AT)
    page = signed_in(cast.head).get(f"/arbeit/erfassungen/{intake.pk}/bestaetigen")
    shown = page.content.decode()
    assert shown.index("Nicht als unterschrieben gelesen") < shown.index("Was erfasst wird, und wo")
    assert "Das Original liegt unterschrieben in der Akte 12." in shown


def test_the_answer_that_accepting_needs_cannot_be_ticked_away(cast: world.Cast, text: str) -> None:
    intake = actions.begin(cast.officer, read_text("t.txt", f"Muster\n\n{text}".encode()), at=AT)
    form = ReviewForm(intake, user=cast.officer, today=AT.date())
    needed = [question for question in form.questions if question.is_needed]
    assert [question.index for question in needed] == queries.about_signing(intake)
    assert f"done:{needed[0].index}" not in form.fields
    page = signed_in(cast.officer).get(reverse("agreements:review", args=[intake.pk]))
    assert "Ohne Antwort wird nicht angenommen." in page.content.decode()


def test_an_amendment_is_sent_to_the_agreement_it_changes(cast: world.Cast, text: str) -> None:
    amended = text.replace("Zielvereinbarung", "Erste Änderung der Zielvereinbarung", 1)
    with pytest.raises(Refused) as refused:
        read_text("text.txt", amended.encode())
    assert refused.value.refusals[0].rule == "agreements.is_amendment"


def test_an_open_amount_is_entered_before_anything_is_accepted(cast: world.Cast, text: str) -> None:
    client = signed_in(cast.officer)
    page = sent(client, text.replace("1.140.300 Euro", "1,140 Euro"))
    intake = Intake.objects.get()
    assert intake.content.amount_cents == 0
    assert "budget_cents" in intake.doubts
    assert "1.140,00 €" in page.replace("\xa0", " ")
    assert "1,14 €" in page.replace("\xa0", " ")
    address = reverse("agreements:review", args=[intake.pk])
    form = ReviewForm(intake, user=cast.officer, today=AT.date())
    given = {name: form[name].value() or "" for name in form.fields}
    given |= {"meeting": "Treffen im Herbst", "budget_reading": "", "budget_cents": ""}
    assert client.post(address, given).status_code == 302  # an interim state is kept
    intake.refresh_from_db()
    assert (intake.content.meeting, intake.content.amount_cents) == ("Treffen im Herbst", 0)
    given |= {"revision": intake.revision, "accept": "1"}
    refused = client.post(address, given)
    assert refused.status_code == 422
    assert "Bitte einen der Beträge wählen oder den richtigen angeben." in refused.content.decode()


def test_both_places_of_a_contradiction_are_quoted_on_the_review(
    cast: world.Cast, text: str
) -> None:
    """The Wetteraukreis on the title page, the Main-Kinzig-Kreis beside the money."""
    assert "stellt dem Wetteraukreis" in text
    page = sent(
        signed_in(cast.officer),
        text.replace("stellt dem Wetteraukreis", "stellt dem Main-Kinzig-Kreis"),
    )
    assert "§ 4: „Main-Kinzig-Kreis“" in page
    assert "parties[1].ags" in Intake.objects.get().doubts


def sent(client: Client, text: str) -> str:
    """The review that a text sent in leads to."""
    answer = client.post(reverse("agreements:upload"), {"text": text}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()
