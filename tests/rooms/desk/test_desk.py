"""The desk: what waits, the case file."""

import pytest

from tests.stage import AT, html_of, signed_in
from zielwerk.agreements import actions
from zielwerk.agreements.models import Agreement
from zielwerk.config import world
from zielwerk.identity.models import User


def test_what_waits_is_counted_and_leads_to_it(cast: world.Cast) -> None:
    entered = actions.HandEntry(world.main_kinzig(), "Brief")
    intake = actions.begin_by_hand(cast.officer, entered, at=AT)
    assert "Erfassung ist zu prüfen" in signed_in(cast.head).get("/arbeit/").content.decode()
    intake = actions.accept(cast.officer, intake, at=AT)
    page = signed_in(cast.head).get("/arbeit/").content.decode()
    assert "angenommene Erfassung wartet auf Bestätigung" in page
    assert "?stand=accept" in page
    actions.confirm(cast.head, intake, at=AT)
    page = signed_in(cast.head).get("/arbeit/").content.decode()
    assert "erfasste Vereinbarung ist nicht veröffentlicht (2024)" in page
    assert "Alle vorlegen" in page


@pytest.mark.parametrize(
    ("function", "said"), [("", "Mara Lindner – Hess"), ("Referat", "Mara Lindner, Referat – Hess")]
)
def test_the_desk_says_whose_it_is_with_or_without_a_function(
    cast: world.Cast, function: str, said: str
) -> None:
    User.objects.filter(pk=cast.officer.pk).update(function=function)
    assert said in html_of(signed_in(cast.officer).get("/arbeit/").content)


def test_the_case_file_says_who_recorded_what_and_where_the_money_is(
    cast: world.Cast, main_kinzig: Agreement
) -> None:
    page = signed_in(cast.auditor).get("/arbeit/vereinbarungen/2024/06435").content.decode()
    for said in ("Mara Lindner", "Jonas Acker", "ZV-2024-0001", "1.600.100,00", "vereinbart"):
        assert said in page
    assert "Veröffentlichung zurückziehen" not in page


def test_an_unknown_date_names_who_recorded_it_and_from_what(cast: world.Cast) -> None:
    received = actions.Received("alt.txt", b"x", world.main_kinzig(), {"evidence": {}}, ())
    intake = actions.begin(cast.officer, received, at=AT)
    intake = actions.accept(cast.officer, intake, at=AT)
    actions.confirm(cast.head, intake, at=AT)
    page = signed_in(cast.head).get("/arbeit/vereinbarungen/2024/06435").content.decode()
    assert "Datum unbekannt, erfasst von Mara Lindner nach der Quelle „alt.txt“" in page
