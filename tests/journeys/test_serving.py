"""The product as it runs: two web processes and a worker, seen from outside."""

import os
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.served import Served, World, prepared, serving
from zielwerk.core import wake

LOOKS = 300  # each by a new process, so that whoever was called has long begun
START = """
from django.utils import timezone
from zielwerk.identity.queries import demo_people
from zielwerk.publication.actions import begin_publishing_year
officer = next(person for person in demo_people() if person.email == "{person}")
print(begin_publishing_year(officer, "aqb_hessen", 2024, at=timezone.now()).pk)
"""
STATE = "from zielwerk.core.models import Job; print(Job.objects.get(pk={job}).state)"
CHANGE = """
from django.utils import timezone
from zielwerk.agreements.models import Agreement
from zielwerk.core.permissions import role_refusal
from zielwerk.identity.queries import demo_people
from zielwerk.publication import actions, queries
officer = next(person for person in demo_people() if person.email == "{person}")
second = next(
    person for person in demo_people()
    if person != officer and not role_refusal(person, "publication.publish")
)
agreement = Agreement.objects.get(year=2024, ags="06435")
now = timezone.now()
if "{verb}" == "withdraw":
    held = actions.withdraw(officer, queries.edition_of(agreement), note="Zahlendreher", at=now)
    actions.confirm_withdrawal(second, held, at=now)
else:
    edition = actions.begin(officer, agreement, at=now)
    actions.publish(second, edition, actions.typeset(edition, now), at=now)
"""


def officer_of(world: World) -> str:
    return world.shell(
        "from zielwerk.identity import queries as q; from zielwerk.core.permissions import "
        "role_refusal; print(next(p.email for p in q.demo_people() "
        "if not role_refusal(p, 'publication.publish')))"
    )


def test_a_job_wakes_a_worker_that_would_sleep_for_an_hour() -> None:
    with prepared() as world:
        person = officer_of(world)
        with world.running("worker", "--sleep", "3600"):
            for _ in range(3):
                job = world.shell(START.format(person=person))
                looks = (world.shell(STATE.format(job=job)) for _ in range(LOOKS))
                assert "done" in looks, "the worker slept on"


def test_a_call_never_waits_and_never_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wake, "pipe", lambda: tmp_path / "wake")
    wake.call()  # nobody sleeps here
    bed = wake.Bed()
    for _ in range(70_000):  # more than a pipe holds
        wake.call()
    bed.rest(3600)
    bed.rest(0)
    os.close(bed.end)
    wake.call()  # nobody sleeps here any more
    assert wake.Bed()


def asked(site: Served, path: str, **headers: str) -> tuple[int, str, str]:
    """Status, ETag and text; each request opens a connection, and so finds either process."""
    connection = HTTPConnection(urlsplit(site.address).netloc)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, answer.headers.get("ETag", ""), text


def test_what_another_process_changed_shows_at_once_in_every_web_process() -> None:
    with serving() as site:
        person = officer_of(site)
        for shows, verb in ((True, "withdraw"), (False, "publish"), (True, "withdraw")):
            tags = set()
            for _ in range(40):
                status, tag, text = asked(site, "/zielvereinbarungen?zeilen=100")
                assert status == 200
                assert ("/zielvereinbarungen/2024/06435" in text) == shows
                tags.add(tag)
            assert len(tags) == 1, "every process names the same answer alike"
            status, _, text = asked(
                site, "/zielvereinbarungen?zeilen=100", **{"If-None-Match": tags.pop()}
            )
            assert (status, text) == (304, "")
            site.shell(CHANGE.format(person=person, verb=verb))
