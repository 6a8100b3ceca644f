"""Before a strategy runs out its body is reminded, and the ministry where the programme says so."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.rooms.messaging.conftest import files  # noqa: F401 - a fixture
from tests.rooms.messaging.telling import told
from tests.rooms.strategy.made import FIRST, LAST, in_force, laid_down, new
from tests.stage import html_of, moved, signed_in
from zielwerk.config.world import Cast
from zielwerk.identity.models import User
from zielwerk.messaging import jobs
from zielwerk.messaging.actions import sweeping
from zielwerk.messaging.models import Mail, Recalled
from zielwerk.packs import loading as packs
from zielwerk.packs.model import RegionalStrategy
from zielwerk.strategy import actions

pytestmark = pytest.mark.usefixtures("files")
NEXT = {"valid_from": LAST + timedelta(days=1), "valid_until": date(2026, 12, 31)}


def at(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def charter() -> RegionalStrategy:
    found = packs.programme(django_settings.PROGRAMME).strategy
    assert found
    return found


def every_day(first: date, last: date, *, is_long: bool = False) -> None:
    """The worker looks every day, as often as it likes: in short where something is due."""
    due = [LAST - timedelta(days=days) for days in (*stages_due(), 0)]
    while first <= last:
        is_near = any(abs(day - first) <= timedelta(days=1) for day in due)
        for hour in (5, 9, 9, 22) if is_long or is_near else (9,):
            sweeping.sweep(at(first, hour))
        first += timedelta(days=1)


def stages_due() -> list[int]:
    """How many days before its end a strategy is reminded of."""
    return [charter().reminder_days, *charter().reminded_again]


def mails(person: User) -> list[Mail]:
    rows = Mail.objects.filter(kind=Mail.Kind.REMINDER, person=person).order_by("pk")
    return [row for row in rows if "recalls" in row.params]


def stages(person: User) -> list[int]:
    rows = Recalled.objects.filter(person=person).order_by("pk")
    return list(rows.values_list("stage", flat=True))


def test_each_stage_once_and_only_those_whom_the_programme_names(
    people: Cast, pytestconfig: pytest.Config
) -> None:
    in_force(people)
    is_long = bool(pytestconfig.getoption("--exhaustive"))
    every_day(LAST - timedelta(days=100), LAST + timedelta(days=10), is_long=is_long)
    expected = stages_due()
    assert stages(people.body) == expected
    assert len(mails(people.body)) == len(expected)
    of_ministry = expected if "ministry" in charter().reminded else []
    assert stages(people.officer) == of_ministry
    for other in (people.authority, people.provider, people.auditor):
        assert mails(other) == []


def test_the_mail_says_what_runs_out_when_and_where_and_no_name(people: Cast, files: Path) -> None:  # noqa: F811
    version = in_force(people)
    day = LAST - timedelta(days=20)
    sweeping.sweep(at(day))
    Mail.objects.exclude(kind=Mail.Kind.REMINDER).delete()
    assert jobs.send_waiting(at(day))
    sent = [path.read_text() for path in files.iterdir()]
    text = next(one for one in sent if f"To: {people.body.email}" in one)
    assert version.file_number in text
    assert "31.12.2025" in text
    assert f"/arbeit/strategien/{version.pk}" in text
    assert str(version.body_name) not in text


def test_whoever_began_the_next_version_is_reminded_no_more(people: Cast) -> None:
    in_force(people)
    first = LAST - timedelta(days=charter().reminder_days)
    every_day(first, first + timedelta(days=4))
    assert len(mails(people.body)) == 1
    said = new(people, **NEXT)
    draft = actions.draft(people.body, said, at=at(first + timedelta(days=4)))
    Mail.objects.exclude(kind=Mail.Kind.REMINDER).delete()
    assert jobs.send_waiting(at(first + timedelta(days=5))) == 0  # moot meanwhile
    assert {mail.state for mail in mails(people.body)} == {Mail.State.MOOT}
    every_day(first + timedelta(days=5), LAST)
    assert len(mails(people.body)) == 1
    desk = html_of(signed_in(people.body).get(f"/arbeit/strategien/{draft.pk}").content)
    assert draft.file_number in desk


def test_a_version_that_follows_without_a_gap_ends_the_reminders(people: Cast) -> None:
    in_force(people)
    in_force(people, at(date(2025, 9, 1)), **NEXT)
    every_day(LAST - timedelta(days=100), LAST)
    assert mails(people.body) == []


def test_who_wants_no_reminders_gets_none(people: Cast) -> None:
    in_force(people)
    told(people.body, reminders=False)
    every_day(LAST - timedelta(days=30), LAST - timedelta(days=20))
    assert mails(people.body) == []


def test_what_was_told_before_mails_are_forgotten_is_not_told_again(people: Cast) -> None:
    in_force(people)
    day = LAST - timedelta(days=10)
    every_day(day, day + timedelta(days=1))
    told_before = len(stages(people.body))
    Mail.objects.all().delete()
    every_day(day + timedelta(days=2), LAST)
    again = [days for days in stages(people.body)[told_before:] if days >= 10]
    assert again == []


def test_several_that_run_out_are_one_mail_and_as_many_queries(people: Cast, settings: Any) -> None:
    bodies = [body.ags for body in packs.bodies_on(settings.PROGRAMME, FIRST)]
    coordinator, number = people.body, 0

    def lay_down(keys: list[str]) -> None:
        nonlocal coordinator
        for ags in keys:
            coordinator = moved(coordinator, ags)
            laid_down(people, coordinator)

    def asked(day: date) -> int:
        sweeping.sweep(at(day - timedelta(days=1)))  # what is made ready once a day
        Recalled.objects.all().delete()
        with CaptureQueriesContext(connection) as found:
            sweeping.sweep(at(day))
        return len(found)

    lay_down(bodies[:1])
    few = asked(date(2025, 12, 17))
    lay_down(bodies[1:6])
    number = asked(date(2025, 12, 18))
    assert number <= few
    if "ministry" in charter().reminded:
        newest = mails(people.officer)[-1]
        assert len(newest.params["recalls"]) == 6


def test_the_desk_of_the_body_says_that_it_runs_out_and_who_works_on_it(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_force(people, valid_from=date(2025, 1, 1), valid_until=_soon())
    desk = html_of(signed_in(people.body).get("/arbeit/").content)
    assert f"läuft am {_soon():%d.%m.%Y} aus" in desk
    after = {"valid_from": _soon() + timedelta(days=1), "valid_until": _soon() + timedelta(400)}
    draft = actions.draft(people.body, new(people, **after), at=datetime.now(UTC))
    desk = html_of(signed_in(people.body).get("/arbeit/").content)
    assert f"aus, {draft.file_number} ist in Arbeit" in desk


def _soon() -> date:
    return datetime.now(UTC).date() + timedelta(days=20)
