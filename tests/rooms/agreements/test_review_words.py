"""Words, questions and readings of an amount: decided in the review, seen by the second person."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.journeys.programmes import HESSE
from tests.stage import AT, signed_in
from zielwerk.agreements import actions, queries
from zielwerk.agreements.actions import Answer, Review
from zielwerk.agreements.forms import ReviewForm, read_text
from zielwerk.agreements.models import Intake
from zielwerk.config import world
from zielwerk.core.models import AuditEntry
from zielwerk.reading.everywhere import everywhere, standing
from zielwerk.rulebook.agreement import Clause
from zielwerk.rulebook.refusal import Refused

TITLE = "measures[9].title"
TEXT = HESSE.file.read_text(encoding="utf-8")


def begun(cast: world.Cast, text: str = TEXT) -> Intake:
    return actions.begin(cast.officer, read_text("text.txt", text.encode()), at=AT)


def sent(intake: Intake, cast: world.Cast, **changes: str) -> dict[str, Any]:
    """The review as a browser sends it, every box of a doubt ticked, with these changes."""
    form = ReviewForm(intake, user=cast.officer, today=AT.date())
    values = {name: form[name].value() for name in form.fields}
    filled = {name: value for name, value in values.items() if value not in (None, False, "")}
    ticked = {name: "on" for name in values if name.startswith("settled:")}
    return {**filled, **ticked, **changes}


def same_body() -> Any:
    """What is recorded for the body that the text is for."""
    return replace(world.main_kinzig(), ags="06440", body_name="Wetteraukreis")


def page(client: Client, intake: Intake, **data: Any) -> str:
    address = reverse("agreements:review", args=[intake.pk])
    answer = client.post(address, data, follow=True) if data else client.get(address)
    return answer.content.decode().replace("\xa0", " ")


def test_a_title_that_is_corrected_is_asked_about_where_the_word_stands_again(
    cast: world.Cast,
) -> None:
    """The title says Logistik; § 5 of what is published must not say Logisfik."""
    client, intake = signed_in(cast.officer), begun(cast)
    corrected = {TITLE: "Lager und Logistik kompakt"}
    shown = page(client, intake, **sent(intake, cast, **corrected, accept="1"))
    intake.refresh_from_db()
    assert intake.state == "review"
    assert "„Logisfik“ ist zu „Logistik“ berichtigt und steht noch an anderer Stelle." in shown
    assert "Berichtigte Wörter stehen noch an anderen Stellen" in shown
    choice = {"word:Logisfik → Logistik": "everywhere"}
    page(client, intake, **sent(intake, cast, **choice, accept="1"))
    intake.refresh_from_db()
    assert intake.state == "accept"
    section = intake.content.clauses[5].text
    assert "Logisfik" not in section
    assert "Lager und Logistik kompakt" in section
    assert "Logisfik" in intake.content.clauses[5].signed


def test_words_that_hold_up_the_acceptance_are_counted_beside_the_doubts(cast: world.Cast) -> None:
    client, intake = signed_in(cast.officer), begun(cast)
    assert "data-decided" not in page(client, intake)
    shown = page(client, intake, **sent(intake, cast, **{TITLE: "Lager und Logistik kompakt"}))
    intake.refresh_from_db()
    assert intake.open_doubts() == []
    assert "<strong data-decided>0</strong>\n        von 1" in shown
    shown = page(client, intake, **sent(intake, cast, **{"word:Logisfik → Logistik": "leave"}))
    assert "<strong data-decided>1</strong>\n        von 1" in shown


def test_whoever_confirms_sees_each_corrected_word_of_the_wording(cast: world.Cast) -> None:
    intake = begun(cast)
    address = f"/arbeit/erfassungen/{intake.pk}/bestaetigen"
    titles = "Was beim Prüfen am Wortlaut berichtigt wurde"
    choices = {"word:Ill → III": "everywhere", "word:inn → im": "everywhere"}
    page(signed_in(cast.officer), intake, **sent(intake, cast, **choices, accept="1"))
    shown = signed_in(cast.head).get(address).content.decode()
    told = shown[shown.index(titles) :]
    assert "§ 1: statt „Ill“ nun „III“" in told
    assert "§ 4: statt „inn“ nun „im“" in told


def test_what_cannot_be_confirmed_is_not_said_to_book(cast: world.Cast) -> None:
    intake = begun(cast)
    page(signed_in(cast.officer), intake, **sent(intake, cast, accept="1"))
    address = f"/arbeit/erfassungen/{intake.pk}/bestaetigen"
    free = signed_in(cast.head).get(address).content.decode()
    assert "Das bucht <strong>" in free
    world.record_and_publish(cast, same_body(), False, AT)
    blocked = signed_in(cast.head).get(address).content.decode()
    assert "Das bucht <strong>" not in blocked
    told = blocked[blocked.index("Das bucht jetzt nichts") :]
    assert "schon etwas erfasst" in told[:600]


def test_a_comparison_marks_what_was_read_in_doubt(cast: world.Cast) -> None:
    world.record_and_publish(cast, same_body(), False, AT)
    intake = begun(cast, TEXT.replace("1.140.300 Euro", "rund 1.140.300 Euro"))
    doubts = list(intake.doubts)
    assert "budget_cents" in doubts
    address = reverse("agreements:compare", args=[intake.pk])
    client = signed_in(cast.officer)
    shown = client.get(address).content.decode()
    assert "Unsicher gelesen und noch nicht geprüft" in shown
    assert "unsicher gelesen" in shown[shown.index("1.140.300,00") :][:400]
    review = Review(intake.content, doubts, intake.revision)
    actions.review(cast.officer, intake, review, at=AT)
    settled = client.get(address).content.decode()
    assert "nsicher gelesen" not in settled


def test_a_corrected_word_is_marked_in_the_text_where_it_was_read(cast: world.Cast) -> None:
    client, intake = signed_in(cast.officer), begun(cast)
    assert "zw-mark--mended" not in page(client, intake)
    corrected = {TITLE: "Lager und Logistik kompakt", "word:Logisfik → Logistik": "everywhere"}
    shown = page(client, intake, **sent(intake, cast, **corrected))
    mark = '<mark class="zw-mark--mended"><a href="#wert-measures-9">Logisfik</a></mark>'
    assert mark in shown


def test_a_word_may_stay_as_it_is_and_is_not_asked_about_again(cast: world.Cast) -> None:
    client, intake = signed_in(cast.officer), begun(cast)
    page(client, intake, **sent(intake, cast, **{TITLE: "Lager und Logistik kompakt"}))
    intake.refresh_from_db()
    assert queries.open_words(intake) == (("Logisfik", "Logistik"),)
    page(client, intake, **sent(intake, cast, **{"word:Logisfik → Logistik": "leave"}))
    intake.refresh_from_db()
    assert queries.open_words(intake) == ()
    assert "Logisfik" in intake.content.clauses[5].text
    assert actions.accept(cast.officer, intake, at=AT).state == "accept"


def test_a_proposed_word_is_taken_everywhere_with_one_choice_and_settles_the_doubt(
    cast: world.Cast,
) -> None:
    client, intake = signed_in(cast.officer), begun(cast)
    data = sent(intake, cast, **{"word:Ill → III": "everywhere"})
    for name in [name for name in data if name.startswith("settled:clauses")]:
        del data[name]
    page(client, intake, **data)
    intake.refresh_from_db()
    for number in (1, 2):
        assert "SGB II, III" in intake.content.clauses[number].text
        assert f"clauses[{number}].text" in intake.settled
    assert "clauses[3].text" in intake.open_doubts()


@pytest.mark.parametrize("how", ["everywhere", "leave"])
def test_what_was_decided_about_a_word_is_offered_again_only_where_it_stands(
    cast: world.Cast, how: str
) -> None:
    client, intake = signed_in(cast.officer), begun(cast)
    shown = page(client, intake, **sent(intake, cast, **{"word:inn → im": how}))
    assert ('name="word:inn → im"' in shown) == (how == "leave")


def test_answers_to_questions_are_kept_and_shown_to_the_second_person(cast: world.Cast) -> None:
    client, intake = signed_in(cast.officer), begun(cast)
    shown = page(client, intake)
    assert "Frage 1 von 6" in shown
    answers = {"answer:1": "Team für unter 25-Jährige, mit Begründung", "done:2": "on"}
    page(client, intake, **sent(intake, cast, **answers, accept="1"))
    intake.refresh_from_db()
    kept = intake.answers["questions"]
    assert kept["1"]["text"] == answers["answer:1"]
    assert kept["1"]["by"] == cast.officer.audit_name
    assert kept["2"]["done"]
    head = signed_in(cast.head)
    for route in ("agreements:intake", "agreements:confirm"):
        if route == "agreements:confirm":
            address = f"/arbeit/erfassungen/{intake.pk}/bestaetigen"
        else:
            address = reverse(route, args=[intake.pk])
        shown = head.get(address).content.decode()
        assert answers["answer:1"] in shown
        assert "erledigt" in shown


def test_an_answer_keeps_who_gave_it_until_it_changes(cast: world.Cast) -> None:
    intake = begun(cast)
    first = Review(intake.content, (), intake.revision, {"0": Answer("am 24.7.")})
    intake = actions.review(cast.officer, intake, first, at=AT)
    same = replace(first, revision=intake.revision)
    intake = actions.review(cast.head, intake, same, at=AT)
    assert intake.answers["questions"]["0"]["by"] == cast.officer.audit_name
    other = replace(first, revision=intake.revision, answers={"0": Answer("am 25.7.")})
    intake = actions.review(cast.head, intake, other, at=AT)
    assert intake.answers["questions"]["0"]["by"] == cast.head.audit_name
    assert AuditEntry.objects.latest("pk").verb == "agreements.review"


def test_the_second_person_sees_what_is_booked_its_passages_and_the_wording(
    cast: world.Cast,
) -> None:
    client, intake = signed_in(cast.officer), begun(cast)
    corrected = {TITLE: "Lager und Logistik kompakt", "word:Logisfik → Logistik": "everywhere"}
    page(client, intake, **sent(intake, cast, **corrected))
    intake.refresh_from_db()
    choice = {"word:Logisfik → Logistik": "everywhere"}
    page(client, intake, **sent(intake, cast, **choice, accept="1"))
    shown = signed_in(cast.head).get(f"/arbeit/erfassungen/{intake.pk}/bestaetigen")
    text = shown.content.decode().replace("\xa0", " ")
    assert "Das bucht <strong>1.140.300,00 €</strong>." in text
    assert "1.140.300 Euro" in text  # as the paper has it
    assert "Lager und Logisfik kompakt" in text  # the passage, beside what was corrected
    assert "berichtigt" in text
    assert "Beide Seiten setzen ihre Kompetenzen" in text


def test_each_reading_of_an_amount_can_be_chosen(cast: world.Cast) -> None:
    client, intake = signed_in(cast.officer), begun(cast, TEXT.replace("1.140.300", "1,140"))
    readings = intake.reading["budget_readings"]
    assert len(readings) == 2
    nothing = sent(intake, cast, accept="1")
    nothing.pop("budget_reading", None)
    assert "Bitte einen der Beträge wählen" in page(client, intake, **nothing)
    both = {"budget_reading": str(readings[0]), "budget_cents": "17,00"}
    assert "nur einen von beiden" in page(client, intake, **sent(intake, cast, **both))
    page(client, intake, **sent(intake, cast, budget_reading=str(readings[0])))
    intake.refresh_from_db()
    assert intake.content.amount_cents == readings[0]
    other = {"budget_reading": "", "budget_cents": "1.140.300,00"}
    page(client, intake, **sent(intake, cast, **other))
    intake.refresh_from_db()
    assert intake.content.amount_cents == 114_030_000


def test_the_body_is_chosen_from_the_programmes_bodies(cast: world.Cast) -> None:
    client, intake = signed_in(cast.officer), begun(cast)
    shown = page(client, intake, **sent(intake, cast, **{"parties[1].ags": "Wetterau"}))
    intake.refresh_from_db()
    assert intake.ags == HESSE.ags
    assert "zw-value" in shown


TERMS = world.main_kinzig()


def renamed(old: str, new: str) -> Any:
    titles = (replace(TERMS.measures[0], title=new), *TERMS.measures[1:])
    read = replace(TERMS, measures=(replace(TERMS.measures[0], title=old), *TERMS.measures[1:]))
    return read, replace(read, measures=titles)


def with_clause(terms: Any, text: str) -> Any:
    return replace(terms, clauses=(Clause("§ 5", "Ziele", text),))


@pytest.mark.parametrize(
    ("old", "new", "clause", "found"),
    [
        ("Logisfik", "Logistik", "Lager, Logisfik, Holz", [("Logisfik", "Logistik")]),
        ("Logisfik", "Logistik", "Logisfiker", []),
        ("Anlaut nehmen", "Anlauf nehmen", "• Anlaut nehmen", [("Anlaut nehmen", "Anlauf nehmen")]),
        ("Kurs am Morgen", "Werkstatt", "Ein Kurs hilft.", []),
        ("Holz", "", "Holz", []),
        ("Haus Neckelheim", "Guter Titel", "Der Kreis Neckelheim", []),
    ],
)
def test_where_a_corrected_word_still_stands(
    old: str, new: str, clause: str, found: list[tuple[str, str]]
) -> None:
    read, now = (with_clause(terms, clause) for terms in renamed(old, new))
    words = [word for word in standing(read, now, ()) if not word.is_proposal]
    assert [(word.before, word.after) for word in words] == found
    assert standing(read, everywhere(now, words), ()) == []


def test_nothing_is_accepted_while_a_word_is_open(cast: world.Cast) -> None:
    intake = begun(cast)
    measures = list(intake.content.measures)
    measures[9] = replace(measures[9], title="Lager und Logistik kompakt")
    corrected = replace(intake.content, measures=tuple(measures))
    review = Review(corrected, tuple(intake.doubts), intake.revision)
    intake = actions.review(cast.officer, intake, review, at=AT)
    with pytest.raises(Refused) as refused:
        actions.accept(cast.officer, intake, at=AT)
    assert [refusal.rule for refusal in refused.value.refusals] == ["agreements.open_words"]
