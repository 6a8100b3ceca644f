"""Reads about persons."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext

from zielwerk.core import permissions
from zielwerk.core.permissions import Perimeter
from zielwerk.identity.models import User
from zielwerk.packs import competence
from zielwerk.packs import loading as packs


def let_in(person: User, day: date) -> User:
    """The person with the perimeter that her authority has on a day."""
    if person.organisation_code:
        organisations, bodies = (
            packs.organisations(settings.PROGRAMME),
            packs.bodies(settings.PROGRAMME),
        )
        code = person.organisation_code
        reach = competence.reach(organisations, "authority", code, day, bodies)
        person.competence = Perimeter(reach)
    return person


def able(name: str, day: date) -> list[User]:
    """The people whose role has a permission, let in, in the order of enrolment; one query."""
    roles = sorted(permissions.roles(name))
    people = User.objects.filter(is_active=True, role__in=roles).order_by("pk")
    return [let_in(person, day) for person in people]


def authorities() -> dict[str, str]:
    """The codes of the programme's granting authorities at any time, with the latest name."""
    organisations = packs.organisations(settings.PROGRAMME)
    return {each.code: each.name for each in organisations if each.role == "authority"}


def demo_people() -> list[User]:
    """The demo persons in the order of the roles; empty where the demo is off."""
    if not settings.DEMO:
        return []
    return list(User.objects.filter(is_demo=True, is_active=True).order_by("pk"))


def demo_person(pk: int) -> User | None:
    if not settings.DEMO:
        return None
    return User.objects.filter(pk=pk, is_demo=True, is_active=True).first()


def anybody() -> bool:
    return User.objects.exists()


def labels(audit_names: Iterable[str], user: Any) -> dict[str, str]:
    """The actors' names as ``user`` may see them, by names in the audit chain; one query.

    Whoever sees the whole programme sees the person's name. A body or a Träger sees the
    organisation, and persons' names of its own organisation only.
    """
    names = _numbers(audit_names)
    persons = User.objects.filter(pk__in=names).values_list("pk", "name", "organisation")
    return {
        names[pk]: _said(name) if _may_know(user, organisation) else organisation
        for pk, name, organisation in persons
    }


def acted(audit_names: Iterable[str], user: Any) -> dict[str, str]:
    """The actors in a case's timeline: the organisation, and the person where visible."""
    names = _numbers(audit_names)
    persons = User.objects.filter(pk__in=names).values_list("pk", "name", "organisation")
    return {
        names[pk]: f"{organisation}, {_said(name)}"
        if _may_know(user, organisation)
        else organisation
        for pk, name, organisation in persons
    }


def _said(name: str) -> str:
    return name or gettext("gelöschte Person")


def _numbers(audit_names: Iterable[str]) -> dict[int, str]:
    """The names of persons in the audit chain by the number of the account."""
    numbers = {name: name.removeprefix("user:") for name in audit_names}
    return {int(number): name for name, number in numbers.items() if number.isdecimal()}


def _may_know(user: Any, organisation: str) -> bool:
    return not user.ags or user.organisation == organisation


def of_address(address: str) -> User | None:
    """The person with this e-mail address."""
    return User.objects.filter(email=address.lower()).first()


def person(audit_name: str, day: date) -> User:
    """The person behind a name in the audit chain, let in; raises User.DoesNotExist."""
    return let_in(User.objects.get(pk=audit_name.removeprefix("user:")), day)
