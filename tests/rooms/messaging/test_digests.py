"""Digests at their hour on working days; reminders for whoever still has to act."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils.timezone import localdate

from tests.rooms.messaging.conftest import PostOffice
from tests.rooms.messaging.telling import Way, entered_by, told
from tests.stage import AT
from zielwerk.agreements import actions as agreements
from zielwerk.agreements.models import Intake
from zielwerk.config.cast import Cast
from zielwerk.identity import actions as identity
from zielwerk.identity.models import Post, User
from zielwerk.messaging import jobs
from zielwerk.messaging.actions import sweeping, telling
from zielwerk.messaging.models import Mail, Notice
from zielwerk.packs import loading as packs

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = date(2024, 9, 9)  # AT is the Tuesday before


def local(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=BERLIN).astimezone(UTC)


def digests(*people: User) -> int:
    return Mail.objects.filter(kind=Mail.Kind.DIGEST, person__in=people).count()


@pytest.fixture
def intake(cast: Cast, post_office: PostOffice) -> Intake:
    """A recording that waits for its second person."""
    return agreements.accept(cast.officer, entered_by(cast.officer), at=AT)


def test_a_digest_goes_out_at_its_hour_once_a_working_day(cast: Cast, intake: Intake) -> None:
    told(cast.head, Way.DIGEST, Way.DIGEST, hour=9)
    moments = [local(MONDAY, hour, minute) for hour in range(24) for minute in (0, 30)]
    came = []
    for at in moments:
        sweeping.sweep(at)
        came.append(digests(cast.head))
    assert came == [0] * 18 + [1] * 30  # from nine o'clock on
    weekend = [MONDAY + timedelta(days=days) for days in (5, 6)]
    for day in weekend:
        sweeping.sweep(local(day, 12))
    assert digests(cast.head) == 1


def test_no_digest_on_a_holiday_of_the_state(cast: Cast, intake: Intake) -> None:
    unity = date(2024, 10, 3)
    sweeping.sweep(local(unity, 12))
    assert digests(cast.head) == 0
    sweeping.sweep(local(unity + timedelta(days=1), 12))
    assert digests(cast.head) == 1


@pytest.mark.parametrize("day", [date(2024, 3, 29), date(2024, 10, 25), date(2024, 12, 2)])
def test_the_hour_is_one_of_local_time_in_summer_and_winter(cast: Cast, day: date) -> None:
    after = day + timedelta(days=3 if day.weekday() == 4 else 0)  # the Monday after the change
    after += timedelta(days=1 if after == date(2024, 4, 1) else 0)  # Easter Monday
    for at in (local(after, 6, 59), local(after, 7)):
        sweeping.sweep(at)
        assert (digests(cast.head) == 1) == (at == local(after, 7))


def test_it_says_all_that_waits_and_all_that_is_unread_and_nothing_where_there_is_none(
    cast: Cast, intake: Intake, post_office: PostOffice
) -> None:
    telling.tell_all(AT)
    Notice.objects.exclude(person=cast.body).update(read_at=AT)
    sweeping.sweep(local(MONDAY, 12))
    jobs.send_waiting(local(MONDAY, 12))
    by_person = {str(one["To"]): one.get_content() for one in post_office.taken}
    assert f"Erfassung {intake.file_number}: Bestätigen und erfassen" in by_person[cast.head.email]
    assert "Es gibt Neues: Ihre Stelle." in by_person[cast.body.email]
    assert by_person[cast.body.email].startswith("Vorführung – keine amtliche Anwendung")
    assert cast.officer.email not in by_person  # nothing waits for her, and she has read all
    assert Mail.objects.get(person=cast.officer).state == Mail.State.MOOT


def test_who_wants_no_mail_gets_none(cast: Cast, intake: Intake, post_office: PostOffice) -> None:
    told(cast.head, Way.NONE, Way.NONE, reminders=False)
    for days in range(10):
        jobs.work(lambda days=days: local(MONDAY + timedelta(days=days), 12))
    assert cast.head.email not in post_office.recipients


def test_a_worker_that_was_killed_before_it_was_done_makes_all_ready_the_next_time(
    cast: Cast, intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(sweeping.outbox, "forget_old", killed)
        with pytest.raises(KeyboardInterrupt):
            sweeping.sweep(local(MONDAY, 12))
    assert not Mail.objects.exists()
    sweeping.sweep(local(MONDAY, 12, 5))
    assert digests(cast.head) == 1


def test_what_is_long_done_with_is_removed(cast: Cast, intake: Intake) -> None:
    telling.tell_all(AT)
    sweeping.sweep(local(MONDAY, 12))
    Mail.objects.update(state=Mail.State.SENT, done_at=AT)
    Notice.objects.filter(person=cast.head).update(read_at=AT)
    sweeping.sweep(local(MONDAY + timedelta(days=80), 12))
    assert Mail.objects.filter(done_at=AT).exists()
    sweeping.sweep(local(MONDAY + timedelta(days=400), 12))
    assert not Mail.objects.filter(done_at=AT).exists()
    assert not Notice.objects.filter(person=cast.head).exists()
    assert Notice.objects.filter(person=cast.body).exists()  # nobody has read it


# --- reminders -----------------------------------------------------------------------------


def reminders(person: User) -> list[str]:
    rows = Mail.objects.filter(kind=Mail.Kind.REMINDER, person=person).order_by("pk")
    return [f"{row.params['due']} on {localdate(row.made_at)}" for row in rows]


@pytest.fixture
def due(intake: Intake, monkeypatch: pytest.MonkeyPatch) -> date:
    """The recording is due on a Monday: the programme says nothing of the kind for it."""
    monkeypatch.setattr(sweeping.Waiting, "due", MONDAY)
    return MONDAY


def every_day(first: date, last: date) -> None:
    while first <= last:
        for hour in (0, 8, 23):
            sweeping.sweep(local(first, hour))
        first += timedelta(days=1)


def test_people_are_reminded_once_three_working_days_before_and_not_who_did_it(
    cast: Cast, intake: Intake, due: date
) -> None:
    assert packs.load(intake.programme, intake.year).reminder_days == 3
    every_day(date(2024, 9, 2), MONDAY + timedelta(days=3))
    assert reminders(cast.head) == ["2024-09-09 on 2024-09-04"]  # the Wednesday before
    assert reminders(cast.officer) == []  # she has done her part
    assert reminders(cast.auditor) == []


def test_who_has_done_it_meanwhile_is_not_reminded(
    cast: Cast, intake: Intake, due: date, post_office: PostOffice
) -> None:
    sweeping.sweep(local(date(2024, 9, 5), 8))
    Mail.objects.exclude(kind=Mail.Kind.REMINDER).delete()
    agreements.confirm(cast.head, intake, at=local(date(2024, 9, 5), 9))
    jobs.send_waiting(local(date(2024, 9, 5), 10))
    assert post_office.taken == []
    assert Mail.objects.get(person=cast.head).state == Mail.State.MOOT
    every_day(date(2024, 9, 6), MONDAY)
    assert len(reminders(cast.head)) == 1


def test_who_stands_in_is_reminded_while_the_other_is_absent(
    cast: Cast, intake: Intake, due: date, post_office: PostOffice
) -> None:
    post = Post.objects.filter(person=cast.head, role__startswith="ministry").order_by("pk")[0]
    operator = identity.Operator("cli:test")
    enrolment = identity.Enrolment(
        email="neu@example.org",
        name="Neue Kollegin",
        function="",
        role="ministry_administrator",
        organisation=str(post.organisation),
    )
    deputy = identity.enrol(operator, enrolment, at=AT)
    days = (date(2024, 9, 4), date(2024, 9, 6))
    identity.deputise(operator, identity.NewDeputy(post, deputy, *days), at=AT)
    sweeping.sweep(local(date(2024, 9, 4), 8))
    jobs.send_waiting(local(date(2024, 9, 4), 8))
    assert reminders(deputy) == ["2024-09-09 on 2024-09-04"]
    (said,) = [
        one for one in post_office.taken if "Frist" in one["Subject"] and one["To"] == deputy.email
    ]
    assert "Sie erhalten diese Nachricht in Vertretung." in said.get_content()
    assert "Montag, 09.09.2024" in said["Subject"]


def test_a_deadline_that_moves_is_recalled_again(
    cast: Cast, intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping.Waiting, "due", MONDAY)
    every_day(date(2024, 9, 4), date(2024, 9, 6))
    monkeypatch.setattr(sweeping.Waiting, "due", MONDAY + timedelta(days=7))
    every_day(date(2024, 9, 7), MONDAY + timedelta(days=8))
    assert reminders(cast.head) == ["2024-09-09 on 2024-09-04", "2024-09-16 on 2024-09-11"]


@pytest.mark.parametrize(
    ("at", "is_in_time"),
    [
        (local(MONDAY, 23, 59), True),
        (local(MONDAY + timedelta(days=1), 0), False),
    ],
)
def test_the_deadline_counts_to_its_last_minute(
    cast: Cast,
    intake: Intake,
    due: date,
    post_office: PostOffice,
    at: datetime,
    is_in_time: bool,
) -> None:
    sweeping.sweep(local(MONDAY, 8))
    Mail.objects.exclude(kind=Mail.Kind.REMINDER).delete()
    Mail.objects.update(next_at=at)
    jobs.send_waiting(at)
    assert (cast.head.email in post_office.recipients) == is_in_time
