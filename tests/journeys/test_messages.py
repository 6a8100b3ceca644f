"""What everybody of each programme's demo is told: on the page, by mail, in the calendar."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from tests import worlds
from tests.stage import everybody, signed_in
from zielwerk.config import world
from zielwerk.core import cases
from zielwerk.core.models import AuditEntry
from zielwerk.identity.models import User
from zielwerk.messaging import actions, letters
from zielwerk.messaging.actions import sweeping, telling
from zielwerk.messaging.models import Mail, Notice

MONDAY = datetime(2026, 11, 30, 12, tzinfo=ZoneInfo("Europe/Berlin"))
AMOUNT = re.compile(r"\d\.\d{3}(?!\d)|€")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "programme", ["aqb_hessen", "kreisbudget_suedland", "lotsenfonds_nordmark"]
)
def test_everybody_is_told_what_concerns_her_and_no_mail_says_more_than_it_must(
    programme: str, settings: Settings
) -> None:
    settings.PROGRAMME = programme
    worlds.put(world.build)
    assert telling.tell_all(MONDAY) == AuditEntry.objects.count()
    people = everybody()
    told = {person.side for person in people if Notice.objects.filter(person=person).exists()}
    assert told >= {"ministry", "authority", "body"}
    sweeping.sweep(MONDAY)
    names = {person.name for person in people}
    bodies = set(cases.KINDS["intake"].model._default_manager.values_list("body_name", flat=True))
    for person in people:
        shown(person)
        for language in ("de", "en"):
            choose(person, language)
            digest = Mail.objects.get(person=person, kind=Mail.Kind.DIGEST)
            if text := letters.compose(digest, MONDAY):
                assert not any(name in text.body for name in {*names, *bodies} - {""}), text.body
                assert not AMOUNT.search(text.body), text.body
        link = actions.renew_address(person, actions.NewAddress(person, "en"), at=MONDAY)
        calendar = Client().get(link)
        assert calendar.content.count(b"BEGIN:VEVENT") == calendar.content.count(b"END:VEVENT") > 0


def shown(person: User) -> None:
    """Her page opens in both languages and says all that she was told."""
    for language in ("de", "en"):
        page = (
            signed_in(person)
            .get("/arbeit/nachrichten", headers={"Accept-Language": language})
            .content.decode()
        )
        assert f'<html lang="{language}"' in page
        assert "{" not in page[page.index("<main") : page.index("</main>")]


def choose(person: User, language: str) -> None:
    choice = actions.Choice(person, "digest", "digest", True, 7, language)
    actions.choose(person, choice, at=timezone.now())
