"""The pages: how one is told, and the outbox for whoever sees to it that mail goes out."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.rooms.identity.people import MINISTRY, OPERATOR, enrolled
from tests.rooms.messaging.conftest import PostOffice
from tests.rooms.messaging.telling import Way, entered_by
from tests.stage import AT, html_of, signed_in
from zielwerk.agreements import actions as agreements
from zielwerk.config.cast import Cast
from zielwerk.core.models import AuditEntry
from zielwerk.identity import actions as identity
from zielwerk.identity.models import OneTimeLink, User
from zielwerk.messaging import jobs
from zielwerk.messaging.actions import NewAddress, outbox, renew_address, telling
from zielwerk.messaging.models import Mail, MailChoice, Notice
from zielwerk.messaging.queries import notices_for

CHOICE, OUTBOX = "/arbeit/konto/zustellung", "/arbeit/postausgang"
State = Mail.State


@pytest.fixture
def administrator(cast: Cast) -> User:
    return enrolled("verwaltung", "ministry_administrator", MINISTRY)


def waiting(person: User, number: int = 1) -> Mail:
    mail = outbox.mail(person, Mail.Kind.DIGEST, f"digest {number}", AT)
    mail.save()
    return mail


def test_what_one_chooses_is_kept_and_shown_again(cast: Cast, post_office: PostOffice) -> None:
    client = signed_in(cast.body)
    typed = {"handlungen": "at_once", "mitteilungen": "none", "stunde": "16", "sprache": "en"}
    assert client.post(CHOICE, typed).status_code == 302
    choice = MailChoice.objects.get(person=cast.body)
    assert (choice.actions, choice.information) == (Way.AT_ONCE, Way.NONE)
    assert (choice.hour, choice.language, choice.has_reminders) == (16, "en", False)
    page = html_of(client.get(CHOICE).content)
    assert '<option value="16" selected>' in page
    assert AuditEntry.objects.latest("pk").verb == "messaging.choose"
    assert client.post(CHOICE, {**typed, "stunde": "25"}).status_code == 422


def test_the_page_says_where_mail_goes(cast: Cast, settings, post_office: PostOffice) -> None:  # type: ignore[no-untyped-def]
    client = signed_in(cast.body)
    assert "keine E-Mails gesendet" not in client.get(CHOICE).content.decode()
    settings.MAIL = None
    assert "keine E-Mails gesendet" in client.get(CHOICE).content.decode()


def test_who_keeps_the_outbox_sees_what_failed_and_why_and_nobody_else_does(
    cast: Cast, administrator: User, post_office: PostOffice
) -> None:
    mail = waiting(cast.head)
    outbox.end(mail, State.FAILED, AT, "550 no such user")
    client = signed_in(administrator)
    page = client.get(OUTBOX).content.decode()
    assert "550 no such user" in page
    assert "1 E-Mail ist gescheitert" in page
    assert "Noch einmal versuchen" in client.get(f"{OUTBOX}/{mail.pk}").content.decode()
    for person in (cast.officer, cast.body, cast.auditor):
        assert signed_in(person).get(OUTBOX).status_code == 403
    english = client.get(OUTBOX, headers={"Accept-Language": "en"}).content.decode()
    assert "1 e-mail failed" in english


def test_a_failed_mail_is_tried_again_and_a_dropped_one_has_a_reason(
    cast: Cast, administrator: User, post_office: PostOffice
) -> None:
    agreements.accept(cast.officer, entered_by(cast.officer), at=AT)
    mail = waiting(cast.head)
    outbox.end(mail, State.FAILED, AT, "550 no such user")
    client, page = signed_in(administrator), f"{OUTBOX}/{mail.pk}"
    client.post(f"{page}/versuchen")
    assert jobs.send_waiting(timezone.now()) == 1
    assert post_office.recipients == [cast.head.email]
    assert client.post(f"{page}/versuchen").status_code == 409  # it is sent
    other = waiting(cast.head, 2)
    drop = f"{OUTBOX}/{other.pk}/verwerfen"
    assert client.get(drop).status_code == 200
    assert client.post(drop, {"grund": " "}).status_code == 422
    assert client.post(drop, {"grund": "Adresse falsch"}).status_code == 302
    other.refresh_from_db()
    assert (other.state, other.reason) == (State.DROPPED, "Adresse falsch")
    assert "Adresse falsch" in client.get(f"{OUTBOX}/{other.pk}").content.decode()
    assert jobs.send_waiting(timezone.now() + timedelta(days=9)) == 0
    assert AuditEntry.objects.latest("pk").verb == "messaging.drop"


# --- invitations ---------------------------------------------------------------------------


@pytest.fixture
def invited(
    cast: Cast,
    administrator: User,
    post_office: PostOffice,
    settings,  # type: ignore[no-untyped-def]
) -> User:
    """In a real installation: somebody who is invited from her page."""
    settings.DEMO = False
    return enrolled("neu", "ministry_editor", MINISTRY)


def test_an_invitation_goes_by_mail_and_its_link_lies_open_nowhere(
    invited: User, administrator: User, post_office: PostOffice
) -> None:
    client = signed_in(administrator)
    answer = client.post(f"/arbeit/personen/{invited.pk}/einladen", follow=True)
    assert invited.email in answer.content.decode()
    assert "schluessel=" not in answer.content.decode()
    mail = Mail.objects.get(kind=Mail.Kind.INVITATION)
    assert "schluessel" not in mail.secret
    assert jobs.send_waiting(timezone.now()) == 1
    body = post_office.taken[0].get_content()
    path = body.split("http://localhost:8000")[1].split()[0]
    assert path.startswith("/anmelden/einladung?schluessel=")
    mail.refresh_from_db()
    assert mail.secret == ""
    assert client.get(f"{OUTBOX}/{mail.pk}").status_code == 200
    page = client.__class__().get(path).content.decode()
    assert invited.name in page


def test_the_link_is_shown_to_who_wants_to_hand_it_over(invited: User, administrator: User) -> None:
    answer = signed_in(administrator).post(
        f"/arbeit/personen/{invited.pk}/einladen", {"zeigen": "1"}
    )
    assert "schluessel=" in answer.content.decode()
    assert not Mail.objects.exists()


def test_a_link_that_a_newer_one_replaced_is_not_sent(
    invited: User, administrator: User, post_office: PostOffice
) -> None:
    for _ in range(2):
        identity.invite(OPERATOR, invited, True, at=timezone.now())
    assert jobs.send_waiting(timezone.now()) == 1
    states = Mail.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == [State.MOOT, State.SENT]
    newest = OneTimeLink.objects.latest("pk")
    assert Mail.objects.latest("pk").params == {"link": newest.pk}


def test_with_a_lost_access_the_address_of_the_calendar_is_void(invited: User) -> None:
    """Whoever had her access may have made it, and would go on reading what waits for her."""
    at = timezone.now()
    path = renew_address(invited, NewAddress(invited, "de"), at=at)
    assert Client().get(path).status_code == 200
    identity.recover(OPERATOR, invited, at=at)
    assert Client().get(path).status_code == 404


def test_an_invitation_that_failed_can_be_tried_again_with_its_link(
    invited: User, administrator: User, post_office: PostOffice
) -> None:
    post_office.answers[invited.email] = "550 no such user"
    signed_in(administrator).post(f"/arbeit/personen/{invited.pk}/einladen")
    jobs.send_waiting(timezone.now())
    mail = Mail.objects.get()
    assert mail.state == State.FAILED
    del post_office.answers[invited.email]
    signed_in(administrator).post(f"{OUTBOX}/{mail.pk}/versuchen")
    assert jobs.send_waiting(timezone.now()) == 1


# --- how much is asked ---------------------------------------------------------------------


def asked(work) -> int:  # type: ignore[no-untyped-def]
    with CaptureQueriesContext(
        connection,
    ) as queries:
        work()
    return len(queries)


def test_the_desks_query_and_the_pages_ask_no_more_where_there_is_more(
    cast: Cast, administrator: User, post_office: PostOffice
) -> None:
    client, head, today = signed_in(administrator), signed_in(cast.head), AT.date()
    client.get(OUTBOX)
    head.get(OUTBOX)
    found = []
    for number in (2, 20):
        for _ in range(number):
            agreements.accept(cast.officer, entered_by(cast.officer), at=AT)
            waiting(cast.head, Mail.objects.count())
        telling.tell_all(AT)
        found.append(
            [
                asked(lambda: notices_for(cast.head, today)),
                asked(lambda: client.get(OUTBOX)),
                asked(lambda: head.get("/arbeit/nachrichten")),
            ]
        )
    assert found[0] == found[1]


def test_telling_of_many_asks_little_more_than_telling_of_few(
    cast: Cast, post_office: PostOffice
) -> None:
    telling.tell_all(AT)
    numbers = []
    for number in (1, 15):
        for _ in range(number):
            intake = agreements.accept(cast.officer, entered_by(cast.officer), at=AT)
            agreements.send_back(
                cast.head, intake, note="Der Betrag fehlt", at=AT + timedelta(minutes=1)
            )
        numbers.append(asked(lambda: telling.tell_all(AT)))
    assert numbers[1] == numbers[0]
    assert Notice.objects.filter(person=cast.officer, verb="agreements.send_back").count() == 16
