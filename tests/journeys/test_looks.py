"""Whoever is shown another person's name leaves one row of it, on every page and in every file.

Each person has a name that stands nowhere else, so a page that shows one is found whatever room
it is of: a page that is not declared in ``config/personal.py``, or shows somebody in a way that
nobody notes, fails here.
"""

import re
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import override_settings
from django.urls import resolve

from tests.journeys.access import scene as scenes
from tests.journeys.access.routes import Attempt, attempts, has
from tests.journeys.access.scene import Person, Scene
from zielwerk.config.personal import INVENTED, PAGES
from zielwerk.core.models import PersonalLook
from zielwerk.identity.models import User
from zielwerk.ui.lists import LISTS

pytestmark = pytest.mark.django_db
SQLITE_ALONE = True  # what pages say is the same on every database
NAME = re.compile(r"xaver(\d+)x", re.IGNORECASE)
# One of each side, and who administers: together they open every page that shows anybody.
LOOKING = (
    "ministry_editor",
    "ministry_administrator",
    "authority_case_officer",
    "body_coordinator",
    "body_administrator",
    "provider_contact",
    "auditor",
)


@pytest.fixture(scope="module")
def scene(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Scene]:
    with (
        django_db_blocker.unblock(),  # type: ignore[attr-defined]
        override_settings(PROGRAMME=scenes.PROGRAMME),
        transaction.atomic(),
    ):
        made = scenes.build()
        for person in User.objects.all():
            said = {"name": f"Xaver{person.pk}x", "email": f"xaver{person.pk}x@example.org"}
            User.objects.filter(pk=person.pk).update(**said)
        yield made
        transaction.set_rollback(True)


def addresses(scene: Scene, role: str) -> Iterator[str]:
    """What a role may open: every route with all that it may be about, every list as a file."""
    last: dict[tuple[str, str], Attempt] = {}
    for attempt in attempts(scene):
        if has(role, attempt.permission) and attempt.seen(role):
            verb = attempt.step.verb if attempt.step else ""
            last.setdefault((attempt.path, verb), attempt)
    for attempt in last.values():
        yield f"/{attempt.address}"
        route = resolve(f"/{attempt.address.partition('?')[0]}").view_name
        if route in LISTS:
            yield f"/{attempt.address}?export=csv"
            yield f"/{attempt.address}?export=xlsx"


def looked(person: Person, address: str) -> tuple[set[int], list[PersonalLook], str]:
    """Who is named in the answer beside whoever looks, and what was kept of it."""
    before = PersonalLook.objects.count()
    with transaction.atomic():
        answer = person.asks("get", address)
        content = answer.getvalue().decode(errors="replace")
        kept = list(PersonalLook.objects.order_by("pk")[before:])
        transaction.set_rollback(True)
    named = {int(number) for number in NAME.findall(content)} - {person.user.pk}
    return named, kept, answer.resolver_match.view_name if answer.resolver_match else ""


def persons(look: PersonalLook) -> set[int]:
    return set(map(int, look.persons.split()))


@pytest.mark.parametrize("role", LOOKING)
def test_every_look_at_another_person_is_one_row(scene: Scene, role: str) -> None:
    person, faults, shows = scene.people[role], [], set()
    for address in addresses(scene, role):
        named, kept, route = looked(person, address)
        if route in INVENTED:
            continue
        if len(kept) > 1:
            faults.append(f"{address}: {len(kept)} rows")
        noted = persons(kept[0]) if kept else set()
        if not named <= noted:
            faults.append(f"{address}: shows {sorted(named - noted)}, and nobody notes it")
        if (named or kept) and route not in PAGES:
            faults.append(f"{address}: {route} is not declared in config/personal.py")
        is_cut = route == "allocation:allocation"  # of its timeline the decision alone
        is_packed = address.endswith(("xlsx", "/pdf", "/zip"))  # names cannot be read in it so
        if noted - named and not (is_cut or is_packed):
            faults.append(f"{address}: notes {sorted(noted - named)}, whom it does not show")
        shows |= {route} if kept else set()
    assert "\n".join(faults) == ""
    assert shows
