"""What waits for a person, what came back to her, what she waits for, and what is new."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.timezone import localdate

from tests.stage import AT, html_of, press, signed_in
from zielwerk.agreements import actions as recording
from zielwerk.agreements.models import Agreement, Intake
from zielwerk.config import world
from zielwerk.core.models import Turn
from zielwerk.core.permissions import NotAllowed
from zielwerk.core.turns import WRITTEN
from zielwerk.desk.models import Look
from zielwerk.identity.models import Deputyship, User
from zielwerk.identity.queries import let_in
from zielwerk.rulebook.calendar import working_days
from zielwerk.rulebook.refusal import Refused

CONFIRM = "angenommene Erfassung wartet auf Bestätigung"
REVIEW = "Erfassung ist zu prüfen"
IN_MEMORY = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


def part(person: User | Client, name: str) -> str:
    """A part of a person's desk, without markup's odd spaces; empty where it is not there."""
    client = person if isinstance(person, Client) else signed_in(person)
    page = html_of(client.get("/arbeit/").content)
    _, found, rest = page.partition(f'<h2 id="{name}">')
    return rest.split("<h2", 1)[0] if found else ""


@pytest.fixture
def accepted(cast: world.Cast) -> Intake:
    entered = recording.HandEntry(world.main_kinzig(), "Brief")
    intake = recording.begin_by_hand(cast.officer, entered, at=AT)
    return recording.accept(cast.officer, intake, at=AT)


def test_what_waits_leads_to_the_very_place_to_act(cast: world.Cast, accepted: Intake) -> None:
    page = part(cast.head, "fuer-mich")
    assert CONFIRM in page
    assert f'href="/arbeit/erfassungen/{accepted.pk}/bestaetigen"' in page
    assert "seit Dienstag, 03.09.2024" in page
    assert "1 Aufgabe wartet auf Sie" in page


def test_whoever_put_it_forward_sees_who_is_asked_and_for_how_long(
    cast: world.Cast, accepted: Intake
) -> None:
    assert CONFIRM not in part(cast.officer, "fuer-mich")
    waits = part(cast.officer, "andere")
    assert CONFIRM in waits
    (way,) = re.findall(r'href="([^"]+)"', waits)  # to the case: the step itself would refuse her
    assert signed_in(cast.officer).get(way, follow=True).status_code == 200
    assert "Programmsteuerung" in waits
    gone = working_days(date(2024, 9, 3), localdate(), "HE")
    due = "01.09.2024"
    assert f"{gone} Arbeitstage" in waits or due in waits
    assert part(cast.head, "andere") == ""


def test_what_is_sent_back_lands_on_her_desk_with_the_reason(
    cast: world.Cast, accepted: Intake
) -> None:
    client = signed_in(cast.head)
    assert press(client, accepted, "zurueckgeben").status_code == 422  # without a reason
    reason = "Der Betrag weicht ab"
    assert press(client, accepted, "zurueckgeben", note=reason).status_code == 302
    mine = part(cast.officer, "fuer-mich")
    assert "An Sie zurückgegeben" in mine
    assert f'Grund: <span lang="de">{reason}</span>' in mine
    assert "An Sie zurückgegeben" not in part(cast.head, "fuer-mich")
    accepted.refresh_from_db()
    page = html_of(
        signed_in(cast.officer).get(f"/arbeit/erfassungen/{accepted.pk}", follow=True).content
    )
    assert reason in page
    again = recording.accept(cast.officer, accepted, at=timezone.now())
    assert "An Sie zurückgegeben" not in part(cast.officer, "fuer-mich")
    assert again.words[-1]["note"] == reason  # for good


def test_whoever_may_take_it_back_is_not_asked_to_send_it_back_to_herself(
    cast: world.Cast, accepted: Intake
) -> None:
    address = f"/arbeit/erfassungen/{accepted.pk}"
    for person, own, against in ((cast.officer, True, False), (cast.head, False, True)):
        page = signed_in(person).get(address, follow=True).content.decode()
        assert (f'{address}/zuruecknehmen"' in page) == own
        assert (f'{address}/zurueckgeben"' in page) == against


def test_a_reason_of_blanks_is_none(cast: world.Cast, accepted: Intake) -> None:
    with pytest.raises(Refused) as refused:
        recording.send_back(cast.head, accepted, note="  \n ", at=timezone.now())
    assert [each.rule for each in refused.value.refusals] == ["cases.no_note"]


def test_only_whoever_accepted_it_takes_that_back(cast: world.Cast, accepted: Intake) -> None:
    assert "Annahme zurücknehmen" not in part_of_case(cast.head, accepted)
    assert "Annahme zurücknehmen" in part_of_case(cast.officer, accepted)
    with pytest.raises(NotAllowed):
        recording.take_back(cast.head, accepted, at=AT)
    back = recording.take_back(cast.officer, accepted, at=AT)
    assert back.state == "review"
    assert "An Sie zurückgegeben" not in part(cast.officer, "fuer-mich")


def part_of_case(person: User, intake: Intake) -> str:
    return html_of(signed_in(person).get(f"/arbeit/erfassungen/{intake.pk}", follow=True).content)


def test_what_was_discarded_comes_back_for_a_while_only(cast: world.Cast) -> None:
    entered = recording.HandEntry(world.main_kinzig(), "Brief")
    intake = recording.begin_by_hand(cast.officer, entered, at=AT)
    intake = recording.discard(cast.officer, intake, at=AT)
    with pytest.raises(Refused) as refused:
        recording.restore(cast.officer, intake, at=AT + timedelta(days=31))
    assert [each.rule for each in refused.value.refusals] == ["cases.over"]
    assert "„Wiederherstellen“ ging bis zum 03.10.2024" in part_of_case(cast.officer, intake)
    assert recording.restore(cast.officer, intake, at=AT + timedelta(days=30)).state == "review"


def test_a_deputy_is_told_what_waits_for_the_absent_one(cast: world.Cast, accepted: Intake) -> None:
    today = localdate()
    post = cast.head.posts.get(role="ministry_steering")
    Deputyship.objects.create(post=post, deputy=cast.authority, valid_from=today, valid_until=today)
    said = part(cast.authority, "fuer-mich")
    assert "Sie vertreten Jonas Acker" in said
    assert "Dort wartet 1 Vorgang" in said
    client = signed_in(cast.authority)
    assert client.post("/arbeit/konto/handeln", {"post": post.pk}).status_code == 302
    said = part(client, "fuer-mich")
    assert CONFIRM in said
    assert "Hier steht, was auf Jonas Acker wartet" in said
    assert part(client, "neues") == ""  # her own mark says nothing of another's desk
    answer = client.post("/arbeit/gesehen", {"augenblick": timezone.now().isoformat()})
    assert answer.status_code in (302, 409)
    assert not Look.objects.exists()
    printed = html_of(client.get("/arbeit/").content).partition('data-printed="')[2]
    assert "in Vertretung für Jonas Acker" in printed.partition('"')[0]


def test_nobody_deputises_for_what_she_did_herself(cast: world.Cast, accepted: Intake) -> None:
    today = localdate()
    post = cast.head.posts.get(role="ministry_steering")
    Deputyship.objects.create(post=post, deputy=cast.officer, valid_from=today, valid_until=today)
    assert "Dort warten 0 Vorgänge" in part(cast.officer, "fuer-mich")
    deputy = let_in(User.objects.get(pk=cast.officer.pk), today, post.pk)
    with pytest.raises(NotAllowed):
        recording.confirm(deputy, accepted, at=timezone.now())


# --- what is new --------------------------------------------------------------------------


def seen(client: Client) -> int:
    """Press the button as it stands on the page; what the page offered."""
    page = html_of(client.get("/arbeit/").content)
    moment = page.split('name="augenblick" value="')[1].split('"')[0]
    return int(client.post("/arbeit/gesehen", {"augenblick": moment}).status_code)


def test_to_open_the_desk_marks_nothing_as_seen(cast: world.Cast, accepted: Intake) -> None:
    client = signed_in(cast.head)
    for _ in range(2):
        client.get("/arbeit/", headers={"purpose": "prefetch"})
        client.head("/arbeit/")
    assert not Look.objects.exists()
    assert client.get("/arbeit/gesehen").status_code == 405


def test_what_came_after_the_page_was_opened_stays_new(cast: world.Cast, accepted: Intake) -> None:
    client = signed_in(cast.head)
    page = html_of(client.get("/arbeit/").content)
    moment = page.split('name="augenblick" value="')[1].split('"')[0]
    entered = recording.HandEntry(world.main_kinzig(), "Zweiter Brief")
    recording.begin_by_hand(cast.officer, entered, at=timezone.now())
    client.post("/arbeit/gesehen", {"augenblick": moment})
    news = part(client, "neues")
    assert "1 Aufgabe ist neu seit" in news
    assert part(client, "fuer-mich").count(">neu<") == 1
    assert seen(client) == 302
    assert "Nichts Neues seit" in part(client, "neues")


@pytest.mark.parametrize("said", ["", "gestern", "2024-09-03T09:00:00", "9" * 400])
def test_an_odd_moment_marks_nothing(cast: world.Cast, said: str) -> None:
    assert signed_in(cast.head).post("/arbeit/gesehen", {"augenblick": said}).status_code == 302
    assert not Look.objects.exists()


def test_the_mark_never_goes_back_nor_into_the_future(cast: world.Cast) -> None:
    client = signed_in(cast.head)
    now = timezone.now()
    for moment in (now, now - timedelta(days=9), now + timedelta(days=9)):
        client.post("/arbeit/gesehen", {"augenblick": moment.isoformat()})
    look = Look.objects.get()
    assert now <= look.seen_until <= timezone.now()


def test_what_was_decided_stands_there_until_she_has_seen_it(
    cast: world.Cast, accepted: Intake
) -> None:
    recording.confirm(cast.head, accepted, at=timezone.now())
    client = signed_in(cast.officer)
    news = part(client, "neues")
    assert "erfasst" in news
    assert accepted.file_number in news
    assert accepted.file_number not in part(cast.head, "neues")  # she did it herself
    seen(client)
    assert accepted.file_number not in part(client, "neues")


# --- quick, however much there is ---------------------------------------------------------


def crowd(number: int) -> None:
    """So many more open steps like the one there is, of cases that nobody looks at."""
    first, turn = 900_000 + Turn.objects.count(), Turn.objects.earliest("pk")
    said = {name: getattr(turn, name) for name in WRITTEN if name != "about"}
    Turn.objects.bulk_create(
        Turn(**said, about=f"{turn.kind}:{first + place}") for place in range(number)
    )


@pytest.mark.parametrize("who", ["head", "officer", "authority", "body", "auditor", "provider"])
def test_the_desk_asks_the_database_as_often_at_any_size(
    cast: world.Cast, accepted: Intake, main_kinzig: Agreement, who: str
) -> None:
    client: Any = signed_in(getattr(cast, who))
    seen(client) if 'name="augenblick"' in client.get("/arbeit/").content.decode() else None
    counts = []
    with override_settings(CACHES=IN_MEMORY):
        for number in (30, 600):
            crowd(number)
            client.get("/arbeit/")
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert client.get("/arbeit/").status_code == 200
            counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[1] <= 15
    assert Turn.objects.filter(programme=settings.PROGRAMME).count() > 600


@override_settings(CACHES=IN_MEMORY)
def test_what_is_kept_of_a_house_is_never_out_of_date(cast: world.Cast, accepted: Intake) -> None:
    client = signed_in(cast.head)
    crowd(1)
    before = part(client, "fuer-mich")
    assert "erfasste Vereinbarung ist nicht veröffentlicht" not in before
    recording.confirm(cast.head, accepted, at=timezone.now())
    assert "erfasste Vereinbarung ist nicht veröffentlicht (2024)" in part(client, "fuer-mich")


@override_settings(CACHES=IN_MEMORY)
def test_a_look_makes_nobody_wait(cast: world.Cast, accepted: Intake) -> None:
    client, colleague = signed_in(cast.head), signed_in(cast.officer)
    for one in (client, colleague):
        one.get("/arbeit/")
    assert seen(client) == 302
    with CaptureQueriesContext(connection) as queries:
        colleague.get("/arbeit/")
    assert len(queries) <= 12
