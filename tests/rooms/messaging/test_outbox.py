"""Mail: sent at least once and told of honestly, whatever the server does; never past moot."""

from datetime import datetime, timedelta

import pytest

from tests.rooms.granting import made
from tests.rooms.messaging.conftest import SENDER, PostOffice
from tests.rooms.messaging.telling import entered_by, told
from tests.stage import AT
from zielwerk.agreements import actions as agreements
from zielwerk.agreements.models import Intake
from zielwerk.config.cast import Cast
from zielwerk.granting import actions as granting
from zielwerk.messaging import jobs
from zielwerk.messaging.actions import telling
from zielwerk.messaging.models import Mail

LATER = timedelta(minutes=1)
State = Mail.State


@pytest.fixture
def intake(cast: Cast, post_office: PostOffice) -> Intake:
    """A recording that has just begun to wait for its second person, who wants to know at once."""
    begun = entered_by(cast.officer)
    telling.tell_all(AT)
    assert not Mail.objects.exists()  # nobody chose to be told at once yet
    told(cast.head)
    return agreements.accept(cast.officer, begun, at=AT + LATER)


def sent(at: datetime) -> int:
    telling.tell_all(at)
    return jobs.send_waiting(at)


def test_who_is_asked_is_told_at_once_what_waits_where_and_until_when(
    cast: Cast, intake: Intake, post_office: PostOffice
) -> None:
    assert sent(AT + LATER) == 1
    (message,) = post_office.taken
    assert (message["To"], message["From"]) == (cast.head.email, SENDER)
    assert message["Subject"] == f"Zielwerk: {intake.file_number} wartet auf Sie"
    body = message.get_content()
    assert f"Erfassung {intake.file_number}: Bestätigen und erfassen" in body
    assert "(Frist war Sonntag, 01.09.2024)" in body
    assert f"/arbeit/erfassungen/{intake.pk}" in body
    assert message.get_content_type() == "text/plain"
    for secret in ("Main-Kinzig", "1.600.100", cast.head.name, cast.officer.name):
        assert secret not in body
    assert Mail.objects.get().state == State.SENT
    assert sent(AT + 2 * LATER) == 0
    assert len(post_office.taken) == 1


def test_the_text_is_in_the_language_of_the_person(
    cast: Cast, intake: Intake, post_office: PostOffice
) -> None:
    told(cast.head, language="en")
    sent(AT + LATER)
    body = post_office.taken[0].get_content()
    assert "Waiting for you:" in body
    assert "Sunday, 1 September 2024)" in body


def test_a_server_that_is_away_for_a_day_loses_nothing_and_doubles_nothing(
    cast: Cast, intake: Intake, post_office: PostOffice
) -> None:
    post_office.close()
    at, tried = AT + LATER, 0
    while at < AT + timedelta(days=1):
        before = Mail.objects.values_list("attempts", flat=True).first() or 0
        assert sent(at) == 0
        tried += Mail.objects.get().attempts - before
        at += timedelta(minutes=5)
    mail = Mail.objects.get()
    assert mail.state == State.WAITING
    assert "refused" in mail.fault
    assert 5 < tried < 15  # with growing waits
    post_office.open()
    assert sent(mail.next_at) == 1
    assert sent(mail.next_at + timedelta(days=1)) == 0
    assert post_office.recipients == [cast.head.email]
    assert post_office.taken[0]["Message-ID"] == mail.message_id


def test_what_is_done_while_the_server_is_away_is_not_mailed_any_more(
    cast: Cast, intake: Intake, post_office: PostOffice
) -> None:
    post_office.close()
    sent(AT + LATER)
    agreements.confirm(cast.head, intake, at=AT + 2 * LATER)
    post_office.open()
    telling.tell_all(AT + 3 * LATER)
    jobs.send_waiting(AT + timedelta(days=1))
    of_intake = Mail.objects.get(params__of=f"intake:{intake.pk}#confirm")
    assert of_intake.state == State.MOOT
    assert intake.file_number not in "".join(one.get_content() for one in post_office.taken)


def test_a_step_that_was_skipped_meanwhile_sends_no_mail(
    cast: Cast, post_office: PostOffice
) -> None:
    """Who put a notice forward takes it back before the officer is told that it waits."""
    notice = made.drafted(cast)
    clerk, head, at = made.clerk(cast, notice), made.head(cast, notice), made.at(1)
    telling.tell_all(made.at())
    told(head)
    notice = granting.put_forward(clerk, notice, at=at)
    telling.tell_all(at)
    of_step = Mail.objects.filter(params__of=f"grant_notice:{notice.pk}#issue")
    assert of_step.get(person=head).state == State.WAITING
    granting.take_back(clerk, notice, at=at + LATER)
    sent(at + 2 * LATER)
    assert of_step.get().state == State.MOOT
    assert "Bescheid erlassen" not in "".join(one.get_content() for one in post_office.taken)


def test_one_refused_address_stops_nobody_else(
    cast: Cast, intake: Intake, post_office: PostOffice
) -> None:
    post_office.answers[cast.head.email] = "550 no such user"
    told(cast.officer)
    begun = entered_by(cast.head)  # another one: it waits for both
    assert sent(AT + 2 * LATER) == 1
    assert post_office.recipients == [cast.officer.email]
    assert begun.file_number in post_office.taken[0].get_content()
    refused = Mail.objects.filter(person=cast.head)
    assert {(mail.state, mail.fault) for mail in refused} == {(State.FAILED, "550 no such user")}


def test_an_address_that_is_put_off_is_tried_again_by_itself(
    cast: Cast, intake: Intake, post_office: PostOffice
) -> None:
    post_office.answers[cast.head.email] = "451 try later"
    assert sent(AT + LATER) == 0
    mail = Mail.objects.get()
    assert (mail.state, mail.fault) == (State.WAITING, "451 try later")
    del post_office.answers[cast.head.email]
    assert sent(mail.next_at) == 1


def test_nobody_tries_for_ever(cast: Cast, intake: Intake, post_office: PostOffice) -> None:
    post_office.answer_to_data = "452 full"
    at = AT + LATER
    while Mail.objects.filter(state=State.FAILED).count() == 0:
        sent(at)
        at = Mail.objects.get().next_at
    assert timedelta(days=5) <= at - AT < timedelta(days=6)
    assert post_office.taken == []


def test_who_was_killed_after_the_server_took_it_sends_again_under_the_same_message_id(
    cast: Cast, intake: Intake, post_office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    telling.tell_all(AT + LATER)

    def killed(*args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(jobs.outbox, "end", killed)
        with pytest.raises(KeyboardInterrupt):
            jobs.send_waiting(AT + LATER)
    assert len(post_office.taken) == 1
    assert jobs.send_waiting(AT + 2 * LATER) == 0  # whoever took it up may be at it still
    mail = Mail.objects.get()
    assert jobs.send_waiting(mail.next_at) == 1
    first, second = post_office.taken
    assert first["Message-ID"] == second["Message-ID"] == mail.message_id


def test_a_heading_has_one_line_whatever_stands_in_it(
    cast: Cast, intake: Intake, post_office: PostOffice
) -> None:
    Intake.objects.update(file_number="ERF-1\r\nBcc: x@y")
    jobs_made = telling.tell_all(AT + LATER)
    assert jobs_made
    jobs.send_waiting(AT + LATER)
    (message,) = post_office.taken
    assert message["Bcc"] is None
    assert message["Subject"] == "Zielwerk: ERF-1 Bcc: x@y wartet auf Sie"


def test_a_demo_writes_files_and_reaches_for_no_server(cast: Cast, files) -> None:  # type: ignore[no-untyped-def]
    begun = entered_by(cast.officer)
    telling.tell_all(AT)
    told(cast.head)
    agreements.accept(cast.officer, begun, at=AT + LATER)
    assert sent(AT + LATER) == 1
    (file,) = files.iterdir()
    assert f"To: {cast.head.email}" in file.read_text()
