"""Reads about persons."""

from collections.abc import Iterable

from django.conf import settings

from zielwerk.identity.models import User


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


def labels(audit_names: Iterable[str]) -> dict[str, str]:
    """Names of persons by their names in the audit chain, in one query."""
    numbers = {name: name.removeprefix("user:") for name in audit_names}
    wanted = {int(number): name for name, number in numbers.items() if number.isdecimal()}
    found = User.objects.filter(pk__in=wanted).values_list("pk", "name")
    return {wanted[pk]: name for pk, name in found}


def person(audit_name: str) -> User:
    """The person behind a name in the audit chain; raises User.DoesNotExist."""
    return User.objects.get(pk=audit_name.removeprefix("user:"))
