"""A person's calendar: whole days, versions that rise, what is moot is told, and a secret address.

It is read here without the library that writes it.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests import worlds
from tests.rooms.conclusion import made as concluding
from tests.rooms.messaging.telling import entered_by
from tests.rooms.strategy.made import in_force
from tests.stage import AT, moved, signed_in
from zielwerk.agreements import actions as agreements
from zielwerk.agreements.models import Intake
from zielwerk.config.cast import Cast
from zielwerk.identity.models import User
from zielwerk.messaging import letters
from zielwerk.messaging.actions import NewAddress, calendar, renew_address, revoke_address
from zielwerk.messaging.models import CalendarAddress, CalendarDay
from zielwerk.messaging.queries import open_steps
from zielwerk.packs import loading as packs
from zielwerk.packs.model import Deadline
from zielwerk.strategy import actions as strategies
from zielwerk.strategy.models import Strategy

Event = dict[str, str]
PAGE = "/arbeit/konto/zustellung"
FIELD = re.compile(r'([A-Z-]+)((?:;[A-Z-]+=(?:"[^"]*"|[^;:"]*))*):(.*)', re.DOTALL)


def lines(content: bytes) -> Iterator[str]:
    """The lines of a calendar as RFC 5545 (3.1) says: folded after 75 bytes, ended by CRLF."""
    assert content.endswith(b"\r\n")
    raw = content[:-2].split(b"\r\n")
    assert all(len(line) <= 75 for line in raw)
    assert b"\r" not in content.replace(b"\r\n", b"")
    assert b"\n" not in content.replace(b"\r\n", b"")
    yield from content[:-2].replace(b"\r\n ", b"").decode().split("\r\n")


def events(content: bytes) -> list[Event]:
    """The events of a calendar, each property with its parameters in the name."""
    found: list[Event] = []
    inside = False
    for line in lines(content):
        match = FIELD.fullmatch(line)
        assert match, line
        name, parameters, value = match.groups()
        if (name, value) == ("BEGIN", "VEVENT"):
            found.append({})
            inside = True
        elif (name, value) == ("END", "VEVENT"):
            inside = False
        elif inside:
            assert name + parameters not in found[-1], f"{name} twice"
            found[-1][name + parameters] = value
    return found


def unescaped(text: str) -> str:
    return re.sub(r"\\([\\;,nN])", lambda m: "\n" if m[1] in "nN" else m[1], text)


def of(number: str, content: bytes) -> Event:
    (event,) = [one for one in events(content) if number in unescaped(one["SUMMARY"])]
    return event


@pytest.fixture
def intake(cast: Cast) -> Intake:
    """A recording that waits for its second person."""
    return agreements.accept(cast.officer, entered_by(cast.officer), at=AT)


def address(person: User, at: datetime = AT, language: str = "de") -> str:
    return renew_address(person, NewAddress(person, language), at=at)


def read(path: str) -> bytes:
    answer = Client().get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return answer.content


def kept_up(at: datetime) -> None:
    """The worker brings all calendars up to date; days that are moot stay told for a while."""
    calendar.keep_all(at)


def test_a_deadline_is_a_whole_day_with_all_that_a_program_needs(
    cast: Cast, intake: Intake
) -> None:
    path = address(cast.head)
    content = read(path)
    event = of(intake.file_number, content)
    assert event["DTSTART;VALUE=DATE"] == "20240901"
    assert event["DTEND;VALUE=DATE"] == "20240902"  # the end does not belong to it any more
    assert event["SEQUENCE"] == "0"
    assert event["STATUS"] == "CONFIRMED"
    assert event["DTSTAMP"] == "20240903T090000Z"
    assert event["SUMMARY"] == f"Frist: {intake.file_number} – Bestätigen und erfassen"
    uris = [value for name, value in event.items() if name.startswith("URL")]
    assert uris == [f"http://localhost:8000/arbeit/erfassungen/{intake.pk}"]
    assert "VTIMEZONE" not in content.decode()
    assert next(lines(content)) == "BEGIN:VCALENDAR"
    assert "VERSION:2.0" in lines(content)
    assert cast.head.name not in content.decode()


def test_every_deadline_of_the_programme_years_that_is_not_long_past_stands_in_it(
    cast: Cast,
) -> None:
    content = read(address(cast.body, timezone.now()))
    today = timezone.localdate()
    years = [packs.load("aqb_hessen", year) for year in packs.years("aqb_hessen")]
    labels = {
        f"Frist: {deadline.label} ({rules.year})"
        for rules in years
        for deadline in rules.deadlines
        if deadline.is_day and deadline.day_in(rules.year) >= today
    }
    assert labels
    assert labels <= {unescaped(event["SUMMARY"]) for event in events(content)}


def test_what_is_done_is_cancelled_under_a_higher_version_and_told_for_some_time(
    cast: Cast, intake: Intake
) -> None:
    path = address(cast.head, timezone.now())
    before = of(intake.file_number, read(path))
    agreements.confirm(cast.head, intake, at=AT)
    later = timezone.now() + timedelta(hours=1)
    kept_up(later)
    after = of(intake.file_number, read(path))
    assert after["UID"] == before["UID"]
    assert (after["STATUS"], after["SEQUENCE"]) == ("CANCELLED", "1")
    assert after["DTSTART;VALUE=DATE"] == before["DTSTART;VALUE=DATE"]
    kept_up(later + timedelta(hours=1))
    assert of(intake.file_number, read(path)) == after  # nothing has changed since
    CalendarDay.objects.update(cancelled_at=timezone.now() - timedelta(days=61))
    assert intake.file_number not in read(path).decode()


def test_a_day_that_moves_and_one_that_comes_back_have_a_higher_version(
    cast: Cast, intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, now = address(cast.head, timezone.now()), timezone.now()
    uid = of(intake.file_number, read(path))["UID"]
    monkeypatch.setattr(open_steps.Waiting, "due", date(2024, 10, 31))
    kept_up(now + timedelta(hours=1))
    moved = of(intake.file_number, read(path))
    assert (moved["DTSTART;VALUE=DATE"], moved["SEQUENCE"]) == ("20241031", "1")
    monkeypatch.setattr(open_steps.Waiting, "due", None)
    kept_up(now + timedelta(hours=2))
    assert of(intake.file_number, read(path))["STATUS"] == "CANCELLED"
    monkeypatch.setattr(open_steps.Waiting, "due", date(2024, 10, 31))
    kept_up(now + timedelta(hours=3))
    back = of(intake.file_number, read(path))
    assert (back["STATUS"], back["SEQUENCE"], back["UID"]) == ("CONFIRMED", "3", uid)


def test_long_and_odd_texts_are_folded_and_escaped(
    cast: Cast, intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    label = "Größe; Maß, \\ und ein sehr langer Name einer Frist – ü" * 5
    deadlines = packs.load("aqb_hessen", 2026).deadlines
    odd = tuple(
        deadline.model_copy(update={"label": label}) if deadline.is_day else deadline
        for deadline in deadlines
    )
    assert any(isinstance(one, Deadline) and one.label == label for one in odd)
    path = address(cast.head, timezone.now())
    monkeypatch.setattr(calendar.calendar, "_deadlines", lambda year: odd if year == 2026 else ())
    found = {unescaped(event["SUMMARY"]) for event in events(read(path))}
    assert f"Frist: {label} (2026)" in found


def test_the_name_of_a_day_outlives_an_address_and_is_of_this_installation_alone(
    cast: Cast, intake: Intake, settings: Any
) -> None:
    path = address(cast.head, timezone.now())
    before = of(intake.file_number, read(path))["UID"]
    elsewhere = replace(settings.ENVIRONMENT, hosts=["zielwerk.example", "testserver"])
    settings.ENVIRONMENT = elsewhere
    assert of(intake.file_number, read(path))["UID"] == before
    User.objects.filter(pk=cast.head.pk).update(seal_key="0" * 64)  # the same number elsewhere
    assert of(intake.file_number, read(path))["UID"] != before


def test_the_calendar_of_a_demo_says_so(cast: Cast, settings: Any) -> None:
    path = address(cast.head, timezone.now())
    assert "X-WR-CALNAME:Fristen in Zielwerk · Vorführung" in read(path).decode()
    settings.DEMO = False
    assert "Vorführung" not in read(path).decode()


def test_a_program_that_has_it_is_told_that_nothing_changed(cast: Cast, intake: Intake) -> None:
    path = address(cast.head, timezone.now())
    first = Client().get(path)
    again = Client().get(path, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    agreements.confirm(cast.head, intake, at=AT)
    kept_up(timezone.now() + timedelta(hours=1))
    assert Client().get(path, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_the_address_is_shown_once_renewed_and_revoked(cast: Cast) -> None:
    client = signed_in(cast.head)
    shown = client.post("/arbeit/konto/kalender").content.decode()
    (link,) = re.findall(r"<pre[^>]*>([^<]+)</pre>", shown)
    path = link.removeprefix("http://testserver")
    assert read(path)
    key = path.partition("=")[2]
    assert key not in client.get(PAGE).content.decode()
    assert not CalendarAddress.objects.filter(digest=key).exists()
    client.post("/arbeit/konto/kalender")
    assert Client().get(path).status_code == 404
    newer = address(cast.head, timezone.now())
    client.post("/arbeit/konto/kalender/widerrufen")
    assert Client().get(newer).status_code == 404
    assert Client().get("/kalender.ics").status_code == 404


def test_nobody_reads_the_calendar_of_who_has_left(cast: Cast) -> None:
    path = address(cast.head, timezone.now())
    cast.head.posts.update(ended_at=timezone.now())
    assert Client().get(path).status_code == 404
    revoke_address(cast.head, cast.head, at=AT)


def test_the_calendar_speaks_the_language_in_which_it_was_asked_for(
    cast: Cast, intake: Intake
) -> None:
    event = of(intake.file_number, read(address(cast.head, timezone.now(), "en")))
    assert event["SUMMARY"] == f"Deadline: {intake.file_number} – Confirm and record"


# --- days that cases have of themselves ------------------------------------------------------


def summaries(path: str) -> dict[str, Event]:
    return {unescaped(event["SUMMARY"]): event for event in events(read(path))}


def test_the_days_of_strategies_stand_in_the_calendar_and_move_with_them(
    cast: Cast, settings: Any
) -> None:
    settings.PROGRAMME = "aqb_hessen"
    now = timezone.now()
    today = timezone.localdate(now)
    first = today - timedelta(days=10)
    days = {"valid_from": first, "valid_until": today + timedelta(days=400)}
    strategy = in_force(cast, now, title="Strategie", **days)
    for person in (cast.head, cast.body):
        path = address(person, now)
        found = summaries(path)
        begins = found[f"{strategy.file_number} gilt ab heute"]
        ends = found[f"{strategy.file_number} gilt heute zuletzt"]
        assert begins["DTSTART;VALUE=DATE"] == f"{first:%Y%m%d}"
        assert ends["DTSTART;VALUE=DATE"] == f"{days['valid_until']:%Y%m%d}"
        assert begins["UID"] != ends["UID"]
        assert f"/arbeit/strategien/{strategy.pk}" in str(begins)
    later = timezone.now() + timedelta(hours=1)
    strategies.withdraw(cast.head, Strategy.objects.get(pk=strategy.pk), note="Irrtum", at=later)
    kept_up(later + timedelta(hours=1))
    moved = summaries(path)[f"{strategy.file_number} gilt heute zuletzt"]
    assert moved["UID"] == ends["UID"]
    assert int(moved["SEQUENCE"]) > int(ends["SEQUENCE"])


def test_the_day_of_a_conclusion_falls_away_with_its_agreement(db: None, settings: Any) -> None:
    settings.PROGRAMME = "aqb_hessen"
    desk = worlds.put(concluding.desk)
    case = concluding.concluded(desk)
    other = moved(desk.body, next(o.ags for o in packs.bodies("aqb_hessen") if o.ags != case.ags))
    at, said = case.state_since + timedelta(days=1), f"{case.file_number} geschlossen"
    path, elsewhere = address(desk.first, at), address(other, at)
    before = summaries_at(path, at)[said]
    assert before["DTSTART;VALUE=DATE"] == f"{timezone.localdate(case.state_since):%Y%m%d}"
    assert said not in summaries_at(elsewhere, at)
    assert case.agreement
    asked = agreements.ask_annulment(desk.second, agreements.Ask(case.agreement, "Irrtum"), at=at)
    agreements.annul(desk.first, asked, at=at)
    kept_up(at + timedelta(hours=1))
    gone = summaries_at(path, at + timedelta(hours=1))[said]
    assert (gone["STATUS"], gone["UID"]) == ("CANCELLED", before["UID"])
    assert int(gone["SEQUENCE"]) == int(before["SEQUENCE"]) + 1


def summaries_at(path: str, now: datetime) -> dict[str, Event]:
    """The calendar as a program reads it at a moment."""
    person, _ = calendar.calendar.owner(path.partition("=")[2], timezone.localdate(now)) or (0, 0)
    content = letters.feed(person, "de", now)  # type: ignore[arg-type]
    return {unescaped(event["SUMMARY"]): event for event in events(content)}


def test_a_day_that_is_long_past_is_not_told_to_have_fallen_away(cast: Cast, settings: Any) -> None:
    settings.PROGRAMME = "aqb_hessen"
    day = date(2024, 3, 4)
    days = {"valid_from": day, "valid_until": date(2026, 12, 31)}
    strategy = in_force(cast, AT, title="Strategie", **days)
    CalendarDay.objects.all().delete()
    path = address(cast.body, AT - timedelta(days=180))
    said = f"{strategy.file_number} gilt ab heute"
    assert said in summaries_at(path, AT)
    kept_up(AT + timedelta(days=200))
    assert summaries_at(path, AT + timedelta(days=200))[said]["STATUS"] == "CONFIRMED"
