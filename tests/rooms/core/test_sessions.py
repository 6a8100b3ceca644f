"""A session lasts as long as somebody works, and ends some time after."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.stage import signed_in
from zielwerk.config import world
from zielwerk.config.environment import OddValue, whole
from zielwerk.core import sessions

pytestmark = pytest.mark.django_db
WORK = "/arbeit/"


def end() -> datetime:
    return Session.objects.get().expire_date


def worked_ago(**ago: int) -> datetime:
    """The last work was that long ago; the end of the session by that."""
    ends_at = timezone.now() - timedelta(**ago) + sessions.length()
    Session.objects.update(expire_date=ends_at)
    return ends_at


def writes(client: Client, address: str) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return [
        query["sql"]
        for query in queries
        if "django_session" in query["sql"] and not query["sql"].startswith("SELECT")
    ]


def test_work_begins_its_time_anew_and_writes_every_few_minutes_at_most(cast: world.Cast) -> None:
    client = signed_in(cast.officer)
    before = worked_ago(minutes=4)
    assert writes(client, WORK) == []
    assert end() == before
    worked_ago(minutes=6)
    assert len(writes(client, WORK)) == 1
    assert end() > timezone.now() + sessions.length() - timedelta(minutes=1)
    assert writes(client, WORK) == []


def test_the_cookie_of_the_browser_lasts_as_long_as_the_session(cast: world.Cast) -> None:
    client = signed_in(cast.officer)
    worked_ago(minutes=30)
    cookie = client.get(WORK).cookies["sessionid"]
    assert int(cookie["max-age"]) == sessions.length().total_seconds()


def test_reading_public_pages_is_work_too_but_asking_for_the_session_is_not(
    cast: world.Cast,
) -> None:
    client = signed_in(cast.officer)
    before = worked_ago(minutes=30)
    answer = client.get("/sitzung").json()
    assert end() == before
    assert abs(answer["until"] - before.timestamp()) < 1
    client.get("/")
    assert end() > before


def test_without_work_it_ends_and_says_so_to_whoever_asks(cast: world.Cast) -> None:
    client = signed_in(cast.officer)
    assert client.get("/sitzung").json()["person"] == cast.officer.audit_name
    worked_ago(minutes=60)
    answer = client.get("/sitzung").json()
    assert (answer["until"], answer["person"], answer["token"]) == (0, "", "")
    assert client.get(WORK)["Location"].startswith("/anmelden")


def test_one_press_begins_its_time_anew_but_not_from_another_site(cast: world.Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.officer)
    before = worked_ago(minutes=57)
    assert client.post("/sitzung").status_code == 403
    assert end() == before
    token = client.get("/sitzung").json()["token"]
    answer = client.post("/sitzung", headers={"X-CSRFToken": token}).json()
    assert end() > before
    assert abs(answer["until"] - end().timestamp()) < 2


def test_the_answer_about_a_session_is_kept_nowhere(cast: world.Cast) -> None:
    for client in (signed_in(cast.officer), Client()):
        assert client.get("/sitzung")["Cache-Control"] == "no-store"


def test_a_session_given_to_somebody_is_not_the_one_she_signs_in_with(cast: world.Cast) -> None:
    """Whoever knows a session from before the sign-in has nothing by it."""
    victim, planted = Client(), signed_in(cast.body).cookies["sessionid"].value
    victim.cookies["sessionid"] = planted
    victim.post("/anmelden/vorfuehrung", {"person": cast.officer.pk})
    assert victim.cookies["sessionid"].value != planted
    attacker = Client()
    attacker.cookies["sessionid"] = planted
    assert attacker.get(WORK)["Location"].startswith("/anmelden")


def test_the_form_says_until_when_it_may_be_sent(cast: world.Cast) -> None:
    client = signed_in(cast.officer)
    ends_at = worked_ago(minutes=3)
    html = client.get("/arbeit/erfassungen/neu").content.decode()
    assert f"Senden Sie bis {timezone.localtime(ends_at):%H:%M} Uhr" in " ".join(html.split())


def test_rows_of_sessions_that_are_over_are_removed(cast: world.Cast) -> None:
    signed_in(cast.officer)
    worked_ago(minutes=61)
    running = signed_in(cast.head)
    sessions.forget_expired()
    assert [row.session_key for row in Session.objects.all()] == [
        running.cookies["sessionid"].value
    ]


@pytest.mark.parametrize("value", ["", "0", "14", "1441", "eine Stunde", "1e3", "-60", "²0"])
def test_an_odd_length_is_refused_at_the_start(monkeypatch: Any, value: str) -> None:
    name, reach = "ZIELWERK_SESSION_MINUTES", (15, 1440)
    monkeypatch.setenv(name, value)
    if not value:
        assert whole(name, 60, "minutes", reach) == 60
        return
    with pytest.raises(OddValue, match=name):
        whole(name, 60, "minutes", reach)
