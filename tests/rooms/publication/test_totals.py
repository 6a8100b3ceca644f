"""What is added up in the public list, and how many it says were published."""

import re
from html import unescape

import pytest
from django.test import Client

from tests.stage import AT, publish
from zielwerk.agreements import actions as agreements
from zielwerk.agreements.actions import Received
from zielwerk.agreements.models import Agreement
from zielwerk.config import world
from zielwerk.core.jobs import run
from zielwerk.core.models import Job
from zielwerk.language import sentence
from zielwerk.publication import actions


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def recorded(cast: world.Cast, number: int) -> Agreement:
    """An agreement that a person of the demo records."""
    text = f"Text {number}".encode()
    received = Received("text.txt", text, world.invented()[number], {}, (), is_trial=True)
    intake = agreements.begin(cast.officer, received, at=AT)
    intake = agreements.accept(cast.officer, intake, at=AT)
    agreement = agreements.confirm(cast.head, intake, at=AT).agreement
    assert agreement
    return agreement


def test_what_was_recorded_for_show_is_not_added_to_what_is_real(
    main_kinzig: Agreement, cast: world.Cast, client: Client
) -> None:
    publish(cast.officer, cast.head, recorded(cast, 0))
    foot = words(client.get("/zielvereinbarungen").content.decode())
    assert "Summe 2024 (1)" in foot
    assert "Summe 2024, Vorführung (1)" in foot
    assert "(2)" not in foot


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "eine Vereinbarung des Programmjahrs 2024"),
        (2, "2 Vereinbarungen des Programmjahrs 2024"),
    ],
)
def test_one_agreement_is_told_of_as_one(cast: world.Cast, number: int, said: str) -> None:
    for place in range(number):
        agreement = recorded(cast, place)
    for edition in (actions.begin(cast.officer, each, at=AT) for each in Agreement.objects.all()):
        assert edition.state == "propose"
    actions.begin_publishing_year(cast.head, agreement.programme, agreement.year, at=AT)
    job = Job.objects.get()
    run.call(job.pk)
    job.refresh_from_db()
    assert said in sentence(job.told)
