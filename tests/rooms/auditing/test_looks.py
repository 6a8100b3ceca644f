"""Who looked at data of persons: one row a look; known with a purpose and to two persons."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.stage import AT, signed_in
from zielwerk.auditing import actions
from zielwerk.auditing.actions import Question
from zielwerk.auditing.models import Inquiry
from zielwerk.config import world
from zielwerk.config.cast import OPERATOR
from zielwerk.core import audit, looks
from zielwerk.core.models import AuditEntry, PersonalLook
from zielwerk.core.permissions import NotAllowed
from zielwerk.identity import actions as identity
from zielwerk.identity.models import Post, User
from zielwerk.identity.queries import let_in
from zielwerk.rulebook.refusal import Refused

PEOPLE, OWN, ASK = "/arbeit/personen", "/arbeit/konto/einsichten", "/arbeit/einsichten/neu"
LOOKS = "/arbeit/einsichten/blicke"


def newest() -> PersonalLook:
    return PersonalLook.objects.latest("pk")


def test_a_look_says_who_when_at_whom_and_through_what(cast: world.Cast) -> None:
    entries = AuditEntry.objects.count()
    client = signed_in(cast.auditor)
    client.get(f"{PEOPLE}/{cast.body.pk}?von=hier")
    look = newest()
    assert (look.actor, look.route, look.way) == (
        cast.auditor.audit_name,
        "identity:person",
        "page",
    )
    assert look.address == f"{PEOPLE}/{cast.body.pk}"  # what was searched for may name somebody
    assert look.persons == f" {cast.body.pk} "
    assert timezone.now() - look.at < timedelta(minutes=5)
    assert AuditEntry.objects.count() == entries  # no entry of the chain


@pytest.mark.parametrize("way", ["csv", "xlsx"])
def test_a_file_is_one_look_at_everybody_in_it_noted_before_it_is_sent(
    cast: world.Cast, way: str
) -> None:
    answer = signed_in(cast.auditor).get(f"{PEOPLE}?export={way}")
    look = PersonalLook.objects.get()
    others = set(User.objects.exclude(pk=cast.auditor.pk).values_list("pk", flat=True))
    assert set(map(int, look.persons.split())) == others
    assert look.way == way
    answer.getvalue()  # of a file, to its end


def test_whoever_sees_only_herself_and_a_redirect_leave_nothing(cast: world.Cast) -> None:
    client = signed_in(cast.provider)
    for address in ("/arbeit/konto", PEOPLE, "/arbeit/", "/", "/gibt-es-nicht"):
        client.get(address)
    client.head(f"{PEOPLE}/{cast.provider.pk}")
    Client().get(f"{PEOPLE}/{cast.body.pk}")
    assert PersonalLook.objects.count() == 0


def test_a_body_that_sees_organisations_alone_has_seen_nobody(
    cast: world.Cast, main_kinzig: Any
) -> None:
    page = signed_in(cast.body).get("/arbeit/vereinbarungen/2024/06435")
    assert page.status_code == 200
    assert PersonalLook.objects.count() == 0
    assert "Mara Lindner" not in page.content.decode()


@pytest.mark.parametrize("number", [1, 40])
def test_a_look_costs_one_insert_however_many_are_shown(cast: world.Cast, number: int) -> None:
    for place in range(number):
        person = identity.Enrolment(f"p{place}@example.org", "P", "", "ministry_editor", "X")
        identity.enrol(OPERATOR, person, at=AT)
    client = signed_in(cast.auditor)
    client.get(PEOPLE)
    for address in (PEOPLE, f"{PEOPLE}?export=csv", f"{PEOPLE}/{cast.body.pk}"):
        with CaptureQueriesContext(connection) as asked:
            client.get(address).getvalue()
        own = [one["sql"] for one in asked if "core_personallook" in one["sql"]]
        assert len(own) == 1
        assert own[0].startswith("INSERT")


def test_what_cannot_be_noted_is_not_shown(
    cast: world.Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in(cast.auditor)
    client.get(PEOPLE)
    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute("ALTER TABLE core_personallook RENAME TO elsewhere")
        client.raise_request_exception = False
        with transaction.atomic():
            answer = client.get(f"{PEOPLE}/{cast.body.pk}")
            transaction.set_rollback(True)
        assert answer.status_code >= 500
        assert "Deniz Kaya" not in answer.content.decode()
        transaction.set_rollback(True)


def test_nobody_changes_a_look(cast: world.Cast) -> None:
    signed_in(cast.auditor).get(PEOPLE)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        PersonalLook.objects.update(actor="user:666")


def test_looks_are_forgotten_after_their_time(cast: world.Cast, settings: Any) -> None:
    settings.LOOK_DAYS = 30
    signed_in(cast.auditor).get(PEOPLE)
    at = newest().at
    looks.forget_old(at + timedelta(days=30) - timedelta(seconds=1))
    assert PersonalLook.objects.count() == 1
    looks.forget_old(at + timedelta(days=30))
    assert PersonalLook.objects.count() == 0
    assert list(audit.verify()) == []


def test_one_sees_which_organisation_looked_and_not_who(cast: world.Cast) -> None:
    signed_in(cast.auditor).get(f"{PEOPLE}/{cast.body.pk}")
    signed_in(cast.head).get(PEOPLE)  # the ministry sees the body's administrator
    client = signed_in(cast.body)
    page = client.get(OWN).content.decode()
    assert "Blicke: 2" in page
    assert "Rechnungshof" in page
    assert "Seite einer Person" in page
    assert "Ruth Brandes" not in page
    assert "180" in page
    before = PersonalLook.objects.count()
    client.get(OWN)
    assert PersonalLook.objects.count() == before
    assert OWN in client.get("/arbeit/konto").content.decode()
    nobody = signed_in(cast.provider).get(OWN).content.decode()
    assert "Seit Beginn der Frist hat niemand Ihre Daten angesehen." in nobody


def test_numbers_that_begin_alike_are_not_taken_for_each_other(cast: world.Cast) -> None:
    PersonalLook.objects.create(
        at=AT, actor="user:1", route="identity:people", address=PEOPLE, way="page", persons=" 12 "
    )
    assert looks.at_person(1).count() == looks.at_person(2).count() == 0
    assert looks.at_person(12).count() == 1


# --- with a purpose, and two persons ------------------------------------------------------


def asked(client: Client, person: User, about: str = "shown", purpose: str = "Beschwerde") -> Any:
    said = {"person": person.pk, "gegenstand": about, "zweck": purpose}
    return client.post(ASK, said)


def test_who_looked_is_shown_after_a_second_person_released_it(cast: world.Cast) -> None:
    signed_in(cast.officer).get(PEOPLE)
    signed_in(cast.head).get(f"{PEOPLE}/{cast.officer.pk}")
    auditor, head = signed_in(cast.auditor), signed_in(cast.head)
    assert asked(auditor, cast.officer).status_code == 302
    inquiry = Inquiry.objects.get()
    page = f"/arbeit/einsichten/{inquiry.pk}"
    assert "Jonas Acker" not in auditor.get(LOOKS).content.decode()
    assert "eine zweite Person" in auditor.get(page).content.decode()
    assert auditor.post(f"{page}/freigeben").status_code == 403
    assert "Beschwerde" in head.get(page).content.decode()
    assert head.post(f"{page}/freigeben").status_code == 302
    listed = auditor.get(LOOKS, {"antrag": inquiry.pk}).content.decode()
    assert "Jonas Acker" in listed
    assert f"{PEOPLE}/{cast.officer.pk}" in listed
    assert "Jonas Acker" not in head.get(LOOKS).content.decode().partition("<table")[2]
    verbs = AuditEntry.objects.filter(subject=f"inquiry:{inquiry.pk}").values_list("verb", "actor")
    assert list(verbs) == [
        ("auditing.inquire", cast.auditor.audit_name),
        ("auditing.release", cast.head.audit_name),
    ]
    assert list(audit.verify()) == []


def test_what_a_person_looked_at_is_another_inquiry(cast: world.Cast) -> None:
    signed_in(cast.officer).get(PEOPLE)
    signed_in(cast.head).get(PEOPLE)
    inquiry = actions.inquire(
        cast.auditor, Question(cast.officer, "looking", "Verdacht"), at=timezone.now()
    )
    actions.release(cast.head, inquiry, at=timezone.now())
    page = signed_in(cast.auditor).get(LOOKS).content.decode()
    assert "Blicke: 1" in page
    assert "Mara Lindner" in page


def test_an_inquiry_is_over_after_two_weeks(cast: world.Cast) -> None:
    signed_in(cast.head).get(f"{PEOPLE}/{cast.officer.pk}")
    long_ago = timezone.now() - timedelta(days=15)
    inquiry = actions.inquire(cast.auditor, Question(cast.officer, "shown", "Frage"), at=long_ago)
    actions.release(cast.head, inquiry, at=long_ago)
    client = signed_in(cast.auditor)
    assert "Blicke: 0" in client.get(LOOKS).content.decode()
    assert "abgelaufen" in client.get(f"/arbeit/einsichten/{inquiry.pk}").content.decode()


def test_whoever_stands_in_does_not_release_what_she_asked_for(cast: world.Cast) -> None:
    inquiry = actions.inquire(cast.auditor, Question(cast.officer, "shown", "Frage"), at=AT)
    day = date(2024, 9, 3)
    deputy, absent = (
        identity.enrol(
            OPERATOR, identity.Enrolment(f"{name}@example.org", name, "", "auditor", "LRH"), at=AT
        )
        for name in ("Zweite", "Dritte")
    )
    post = Post.objects.get(person=absent)
    identity.deputise(
        OPERATOR, identity.NewDeputy(post, deputy, day, day + timedelta(days=9)), at=AT
    )
    own = let_in(User.objects.get(pk=deputy.pk), day)
    standing_in = let_in(User.objects.get(pk=deputy.pk), day, post.pk)
    mine = actions.inquire(own, Question(cast.officer, "shown", "Frage"), at=AT)
    with pytest.raises(NotAllowed):
        actions.release(standing_in, mine, at=AT)
    actions.release(standing_in, inquiry, at=AT)
    with pytest.raises(Refused):
        actions.release(own, inquiry, at=AT)


@pytest.mark.parametrize("purpose", ["", "   ", "\u200b"])
def test_without_a_purpose_nothing_is_asked(cast: world.Cast, purpose: str) -> None:
    answer = asked(signed_in(cast.auditor), cast.officer, purpose=purpose)
    assert answer.status_code == 422
    assert not Inquiry.objects.exists()
    with pytest.raises(Refused):
        actions.inquire(cast.auditor, Question(cast.officer, "shown", purpose), at=AT)


@pytest.mark.parametrize("who", ["officer", "body", "provider", "authority"])
def test_others_ask_nothing(cast: world.Cast, who: str) -> None:
    client = signed_in(getattr(cast, who))
    for address in ("/arbeit/einsichten", ASK, LOOKS):
        assert client.get(address).status_code == 403


def test_an_erased_person_stands_by_her_number_in_old_inquiries(cast: world.Cast) -> None:
    inquiry = actions.inquire(cast.auditor, Question(cast.officer, "shown", "Frage"), at=AT)
    identity.erase(OPERATOR, cast.officer, at=AT)
    page = signed_in(cast.auditor).get(f"/arbeit/einsichten/{inquiry.pk}").content.decode()
    assert f"gelöschte Person ({cast.officer.pk})" in page
    assert "gelöschte Person" in signed_in(cast.auditor).get("/arbeit/einsichten").content.decode()
