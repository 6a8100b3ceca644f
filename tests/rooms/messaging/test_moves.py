"""Whoever owes a move in a negotiation or conclusion is reminded once; who has moved never is."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.utils.timezone import localdate

from tests import worlds
from tests.rooms.conclusion import made as concluded
from tests.rooms.messaging.conftest import files  # noqa: F401 - a fixture
from tests.rooms.messaging.test_calendar import address, of, read, unescaped
from tests.rooms.money import AT
from tests.rooms.negotiation import made
from tests.rooms.negotiation.made import Table
from zielwerk.conclusion import actions as conclusion
from zielwerk.core.audit import reference
from zielwerk.identity.models import User
from zielwerk.messaging import jobs
from zielwerk.messaging.actions import sweeping
from zielwerk.messaging.models import Mail, Recalled
from zielwerk.messaging.queries import calendar
from zielwerk.negotiation import actions as negotiation
from zielwerk.packs import loading as packs
from zielwerk.rulebook.calendar import add_working_days

pytestmark = pytest.mark.usefixtures("files")
PROGRAMMES = ("aqb_hessen", "lotsenfonds_nordmark", "kreisbudget_suedland")


@pytest.fixture
def table(settings: Any, db: None) -> Table:
    """A draft that was sent to the body."""
    settings.PROGRAMME = "aqb_hessen"
    table = worlds.put(made.table)
    made.sent(table)
    return table


def reminded_on(programme: str, year: int) -> date:
    days = packs.load(programme, year).move_reminder_days
    assert days
    return add_working_days(localdate(AT), days, packs.programme(programme).holidays)


def at(day: date) -> datetime:
    return AT.replace(year=day.year, month=day.month, day=day.day)


def every_day(first: date, last: date) -> None:
    while first <= last:
        for hour in (9, 12):
            sweeping.sweep(at(first).replace(hour=hour))
        first += timedelta(days=1)


def moves(person: User, case: Any) -> int:
    return Recalled.objects.filter(person=person, subject=reference(case)).count()


@pytest.mark.parametrize(
    "programme", ["aqb_hessen", "lotsenfonds_nordmark", "kreisbudget_suedland"]
)
def test_the_number_of_days_is_a_value_of_the_pack_and_called_an_assumption(programme: str) -> None:
    for year in packs.years(programme):
        parameters = packs.load(programme, year).parameters
        (one,) = [each for each in parameters if each.code == "move_reminder_working_days"]
        assert one.source.assumed
        assert packs.load(programme, year).move_reminder_days == int(one.value) > 0


def test_whoever_owes_the_move_is_reminded_once_and_who_has_moved_never(table: Table) -> None:
    day = reminded_on(configured.PROGRAMME, table.draft.year)
    every_day(localdate(AT), day - timedelta(days=1))
    assert moves(table.partner, table.draft) == 0
    every_day(day, day + timedelta(days=10))
    assert moves(table.partner, table.draft) == 1
    others = (table.drafter, table.second, table.cast.auditor, table.cast.provider)
    assert [moves(person, table.draft) for person in others] == [0, 0, 0, 0]


def test_the_mail_says_who_is_asked_for_what_and_names_no_body(table: Table, files: Path) -> None:  # noqa: F811
    day = reminded_on(configured.PROGRAMME, table.draft.year)
    sweeping.sweep(at(day))
    Mail.objects.exclude(kind=Mail.Kind.REMINDER).delete()
    assert jobs.send_waiting(at(day))
    sent = [path.read_text() for path in files.iterdir()]
    text = next(one for one in sent if f"To: {table.partner.email}" in one)
    assert f"{table.draft.file_number} wartet auf Ihren Zug" in text
    assert "Sie sind am Zug, seit dem" in text
    assert f"/arbeit/entwuerfe/{table.draft.pk}" in text
    assert "Frist" not in text
    assert str(table.draft.body_name) not in text


def test_the_reminder_goes_with_the_move(table: Table) -> None:
    day = reminded_on(configured.PROGRAMME, table.draft.year)
    sweeping.sweep(at(day))
    negotiation.answer(table.partner, table.now(), at=at(day))
    Mail.objects.exclude(kind=Mail.Kind.REMINDER).delete()
    jobs.send_waiting(at(day) + timedelta(hours=1))
    of_partner = Mail.objects.filter(person=table.partner, kind=Mail.Kind.REMINDER)
    assert {mail.state for mail in of_partner if "recalls" in mail.params} == {Mail.State.MOOT}


def test_the_next_move_is_one_of_its_own(table: Table) -> None:
    first = reminded_on(configured.PROGRAMME, table.draft.year)
    sweeping.sweep(at(first))
    negotiation.answer(table.partner, table.now(), at=at(first))
    negotiation.hand_over(table.drafter, table.now(), at=at(first + timedelta(days=1)))
    every_day(first + timedelta(days=2), first + timedelta(days=40))
    assert moves(table.partner, table.draft) == 2
    assert moves(table.drafter, table.draft) == 0


def test_whoever_may_not_take_a_stage_of_four_eyes_is_not_reminded_of_it(table: Table) -> None:
    made.answer_all(table)
    negotiation.accept(table.partner, table.now(), at=AT)
    day = reminded_on(configured.PROGRAMME, table.draft.year)
    sweeping.sweep(at(day))
    assert moves(table.drafter, table.draft) == 0  # who sent it cannot fix it
    assert moves(table.second, table.draft) == 1
    assert moves(table.partner, table.draft) == 0


def test_of_a_conclusion_those_are_reminded_whose_signature_is_missing(
    settings: Any, db: None
) -> None:
    settings.PROGRAMME = "aqb_hessen"
    desk = worlds.put(concluded.desk)
    case = concluded.begun(desk)
    of_ministry = [place for each in case.sides for place in each.places if place.side != "body"]
    for place in of_ministry:
        conclusion.enter(desk.first, concluded.new(case, place), at=concluded.SIGNED)
    day = reminded_on(settings.PROGRAMME, case.year) + timedelta(days=10)
    every_day(day, day + timedelta(days=5))
    assert moves(desk.body, case) == 1
    assert moves(desk.first, case) == 0


def test_the_calendar_has_the_day_as_long_as_the_move_is_owed(table: Table) -> None:
    name = f"{reference(table.draft)}#{calendar.MOVE}"
    today = localdate(AT)
    day = reminded_on(configured.PROGRAMME, table.draft.year)
    assert calendar.wanted([table.partner], today)[name] == day
    assert name not in calendar.wanted([table.drafter], today)
    event = of(table.draft.file_number, read(address(table.partner, AT)))
    assert unescaped(event["SUMMARY"]).startswith("Erinnerung: Sie sind am Zug bei")
    assert "angenommen" in event["DESCRIPTION"]
    negotiation.answer(table.partner, table.now(), at=AT)
    assert name not in calendar.wanted([table.partner], today)
    assert calendar.wanted([table.drafter], today)[name] == day
