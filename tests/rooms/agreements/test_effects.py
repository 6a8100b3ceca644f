"""What the second person reads before she confirms: amounts, books, the public page, what is open.

Each figure on the page is compared with what confirming really books.
"""

from dataclasses import replace

import pytest
from django.test import Client
from django.utils import timezone

from tests.journeys.pages import press
from tests.rooms.agreements.test_change_pages import CASE, begun, words
from tests.stage import signed_in
from zielwerk.agreements import actions
from zielwerk.agreements.models import Agreement, Intake
from zielwerk.config import world
from zielwerk.config.world import Cast
from zielwerk.ledger.models import Transfer
from zielwerk.rulebook.money import format_euro


def accepted(client: Client, euros: str) -> Intake:
    """A change to this amount, accepted and waiting for the second person."""
    begun(client)
    intake = Intake.objects.latest("pk")
    door = f"/arbeit/erfassungen/{intake.pk}/pruefen"
    press(client, door, door, budget_cents=euros, accept="1")
    intake.refresh_from_db()
    assert intake.accepted_by
    return intake


def asked(cast: Cast, euros: str) -> tuple[Intake, str]:
    intake = accepted(signed_in(cast.officer), euros)
    return intake, words(signed_in(cast.head).get(address(intake)))


def address(intake: Intake) -> str:
    return f"/arbeit/erfassungen/{intake.pk}/bestaetigen"


def confirmed(cast: Cast, intake: Intake) -> set[tuple[str, str, int]]:
    """What confirming books in fact: from, to, cents."""
    known = Transfer.objects.count()
    answer = signed_in(cast.head).post(address(intake), {"revision": intake.revision})
    assert answer.status_code == 302
    booked = Transfer.objects.order_by("pk")[known:]
    return {(one.source.place, one.target.place, one.amount_cents) for one in booked}


def test_less_is_told_with_both_amounts_and_what_becomes_free(
    cast: Cast, main_kinzig: Agreement
) -> None:
    intake, page = asked(cast, "1.500.100,00")
    assert "Betrag 1.600.100 € 1.500.100 € -100.000 €" in page.replace("−", "-")
    assert "vereinbart zugewiesen, nicht vereinbart" in page
    assert "sodass darauf verzichtet werden kann: 100.000,00 €" in page
    assert "Öffentlich bleibt Ausgabe 1 mit 1.600.100,00 €. Sie ist damit überholt" in page
    assert "ungedeckt" not in page.lower()
    assert "nicht mehr geändert" not in page
    assert confirmed(cast, intake) == {("agreed", "allocated", 100_000_00)}
    after = words(signed_in(cast.officer).get(CASE))
    assert "Öffentlich ist noch, was vor der Änderung galt: Ausgabe 1" in after


def test_more_than_is_allocated_is_told_with_the_amount_that_will_be_uncovered(
    cast: Cast, main_kinzig: Agreement
) -> None:
    intake, page = asked(cast, "2.000.000,00")
    assert "+399.900 €" in page
    assert "Zugesagt wird mehr, als zugewiesen ist." in page
    assert "bis jemand deckt oder die Zusage ändert: 399.900,00 €" in page
    assert confirmed(cast, intake) == {("uncovered", "agreed", 399_900_00)}


def test_a_change_of_words_says_that_the_books_stay(cast: Cast, main_kinzig: Agreement) -> None:
    intake, page = asked(cast, "1.600.100,00")
    assert "In den Büchern ändert sich nichts" in page
    assert "Was in den Büchern geschieht" not in page
    assert confirmed(cast, intake) == set()


def test_signatures_and_days_that_nobody_entered_are_named(
    cast: Cast, main_kinzig: Agreement
) -> None:
    _, page = asked(cast, "1.500.100,00")
    assert "Was nicht bekannt ist" in page
    assert "Für Main-Kinzig-Kreis ist keine Unterschrift angegeben." in page
    assert page.count("ist keine Unterschrift angegeben") == 2
    assert "Der Tag der letzten Unterschrift ist nicht bekannt" in page


def test_a_purpose_that_is_named_without_an_amount_says_so(
    cast: Cast, main_kinzig: Agreement
) -> None:
    first, second = main_kinzig.content.earmarks
    assert (first.amount_cents, second.amount_cents) == (None, None)
    intake, _ = asked(cast, "1.500.100,00")
    content = replace(intake.content, earmarks=(second,))
    intake = actions.send_back(cast.head, intake, note="Bitte prüfen", at=timezone.now())
    review = actions.Review(content, [], intake.revision)
    intake = actions.review(cast.officer, intake, review, at=timezone.now())
    actions.accept(cast.officer, intake, at=timezone.now())
    page = words(signed_in(cast.head).get(address(intake)))
    assert "ohne Betrag genannt nicht genannt" in page
    assert "Teilzeitausbildung ohne Betrag genannt ohne Betrag genannt" in page


def test_a_new_record_is_told_with_its_amount_and_what_is_booked(cast: Cast) -> None:
    terms = world.invented()[0]
    intake = actions.begin_by_hand(
        cast.officer, actions.HandEntry(terms, "Original auf Papier"), at=world.recorded_from(2024)
    )
    intake = actions.accept(cast.officer, intake, at=world.recorded_from(2024))
    page = words(signed_in(cast.head).get(address(intake)))
    amount = format_euro(terms.amount_cents).replace("\N{NO-BREAK SPACE}", " ")
    assert f"Betrag {amount.replace(',00', '')}" in page
    assert f"Als Eröffnung gebucht werden: {amount}" in page
    assert "Öffentlich wird damit nichts" in page
    assert "Bisher" not in page
    assert confirmed(cast, intake) == {
        ("opening", "allocated", terms.amount_cents),
        ("allocated", "agreed", terms.amount_cents),
    }


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_page_speaks_one_language(cast: Cast, main_kinzig: Agreement, language: str) -> None:
    intake = accepted(signed_in(cast.officer), "1.500.100,00")
    head = signed_in(cast.head)
    head.cookies["django_language"] = language
    page = words(head.get(address(intake)))
    assert ("What happens in the books" in page) == (language == "en")
    assert ("Was in den Büchern geschieht" in page) == (language == "de")
