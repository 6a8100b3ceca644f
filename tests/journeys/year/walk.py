"""A year as it is walked: its people, its day, the model beside it, and how a form is sent."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from unittest.mock import patch

from django.conf import settings
from django.test import Client

from tests.journeys import pages
from tests.journeys.year.budget import Budget
from tests.journeys.year.planning import Planning
from tests.stage import signed_in
from zielwerk.config import world
from zielwerk.identity.models import User
from zielwerk.packs import loading as packs


class Notes(Budget, Planning):
    """All that the model knows: the budget and the planning."""


@dataclass
class Walk:
    """A programme's year as it is walked: its people, its day, the model beside it."""

    cast: world.Cast
    year: int
    notes: Notes
    now: datetime

    @property
    def programme(self) -> str:
        return str(settings.PROGRAMME)

    def on(self, day: date) -> None:
        """The day comes; none ever comes back."""
        morning = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
        self.now = max(self.now + timedelta(minutes=10), morning)
        self.notes.today = self.now.year

    def at_desk(self, person: User) -> Client:
        """A person signs in; what she does takes a while."""
        self.now += timedelta(minutes=5)
        return signed_in(person)

    @property
    def officer(self) -> Client:
        return self.at_desk(self.cast.officer)


@contextmanager
def walking(year: int) -> Iterator[Walk]:
    """Begin a walk: the demo's people, empty books, and a clock that the walk turns."""
    rules = packs.load(settings.PROGRAMME, year)
    walk = Walk(world.enrol_cast(), year, Notes(rules.grants), datetime(year, 1, 2, 9, tzinfo=UTC))
    with patch("django.utils.timezone.now", lambda: walk.now):
        yield walk


def written(cents: int) -> str:
    """An amount as people type it."""
    return f"{cents // 100:,}".replace(",", ".") + f",{cents % 100:02d}"


def confirm(client: Client, door: str, typed: Mapping[str, str]) -> str:
    """Send a form that asks once more, and say yes to what it shows; where that leads to."""
    asked = client.post(door, {**form_at(client, door).fields, **typed}).content.decode()
    shown = [form for form in pages.forms(asked, door) if form.fields.get("gezeigt")]
    assert shown, f"{door}: {pages.visible(asked)[:3000]}"
    answer = client.post(door, shown[0].fields, follow=True)
    assert answer.status_code == 200, pages.visible(answer.content.decode())[:2000]
    assert answer.redirect_chain, pages.visible(answer.content.decode())[:3000]
    return str(answer.redirect_chain[-1][0])


def form_at(client: Client, door: str) -> pages.Form:
    """The form of a page that is sent to the page itself."""
    html = client.get(door).content.decode()
    found = [form for form in pages.forms(html, door) if door in form.posts]
    assert found, f"{door}: {pages.visible(html)[:3000]}"
    return found[0]
