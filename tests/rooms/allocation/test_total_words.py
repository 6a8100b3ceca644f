"""The sum that is shared out is called alike everywhere, and is never the sum before a cut."""

import pytest

from tests.rooms.allocation.scenario_page import LIST, page, text_of, typed, url
from tests.rooms.money import (
    MILLION,
    YEAR,
    decided,
    enact,
    key,
    put_forward,
    scenario,
)
from tests.stage import html_of, signed_in
from zielwerk.allocation.models import BodyAllocation
from zielwerk.config.world import Cast

pytestmark = pytest.mark.django_db


def said_on(html: str) -> str:
    """The text of a page, its amounts without cents where they have none."""
    return text_of(html).replace(",00 €", " €")


def test_a_cut_across_the_board_is_told_with_what_is_shared_out(
    people: Cast, programme: str
) -> None:
    enact(programme)
    one = scenario(programme, 28 * MILLION, key=key(programme, across_percent="-5"))
    officer, head = signed_in(people.officer), signed_in(people.head)
    assert "(26.600.000 € für" in said_on(page(officer, url(one, "/verwerfen")))
    sent = officer.post(url(one, "/vorlegen"), {"revision": one.revision}, follow=True)
    assert "Grundfall“, 26.600.000 € für" in said_on(html_of(sent.content))
    one.refresh_from_db()
    if one.state == "propose" and programme == "lotsenfonds_nordmark":
        heard = {"note": "keine Einwände", "revision": one.revision}
        officer.post(url(one, "/beirat-hoeren"), heard)
        one.refresh_from_db()
    asked = said_on(page(head, url(one, "/entscheiden")))
    assert f"die Körperschaften für {one.year} danach zusammen 26.600.000 €;" in asked
    done = head.post(url(one, "/entscheiden"), {"revision": one.revision}, follow=True)
    said = said_on(html_of(done.content))
    assert f"haben für {one.year} jetzt zusammen 26.600.000 €." in said
    assert "Ausgangssumme 28.000.000 €" in said
    assert "Zu verteilen 26.600.000 €" in said
    listed = said_on(page(officer, LIST))
    assert "26.600.000 €" in listed
    assert "28.000.000 €" not in listed
    booked = BodyAllocation.objects.values_list("amount_cents", flat=True)
    assert sum(booked) == 26_600_000_00


def test_who_decides_is_told_what_is_booked_and_not_what_was_to_be_shared_out(
    people: Cast, programme: str
) -> None:
    """Of 900,055 whole hundreds are booked; 55 remain."""
    enact(programme)
    one = put_forward(scenario(programme, 900_055_00))
    head = signed_in(people.head)
    assert "danach zusammen 900.000 €;" in said_on(page(head, url(one, "/entscheiden")))
    done = head.post(url(one, "/entscheiden"), {"revision": one.revision}, follow=True)
    assert "jetzt zusammen 900.000 €." in said_on(html_of(done.content))
    assert "Rest unter einer Rundungseinheit 55 €" in said_on(html_of(done.content))


def test_what_is_typed_as_a_change_counts_at_once_and_when_it_is_kept(hesse: Cast) -> None:
    one = scenario("aqb_hessen", 28 * MILLION)
    officer = signed_in(hesse.officer)
    tried = page(officer, url(one, "?anteil=-5"))
    assert "Ausgangssumme 28.000.000 € Zu verteilen 26.600.000 €" in said_on(tried)
    officer.post(url(one, "/speichern"), {**typed(tried), "anteil": "−5 %"})
    one.refresh_from_db()
    assert (one.total_cents, one.end_cents) == (28 * MILLION, 26_600_000_00)


def test_a_new_scenario_begins_with_what_was_last_decided(people: Cast, programme: str) -> None:
    enact(programme)
    last = decided(programme, 28 * MILLION, key=key(programme, across_percent="-5"))
    scenario(programme, 9 * MILLION, data=last.data)
    begun = page(signed_in(people.officer), f"{LIST}/neu?jahr={YEAR}&zweck=")
    assert 'value="26.600.000,00' in begun
    assert 'value="9.000.000,00' not in begun
