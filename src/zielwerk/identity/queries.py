"""Reads about persons."""

from collections.abc import Iterable

from zielwerk.identity.models import User


def demo_people() -> list[User]:
    """The demo persons in the order of the roles; empty where the demo is off."""
    return list(User.objects.filter(is_demo=True, is_active=True).order_by("pk"))


def demo_person(pk: int) -> User | None:
    return User.objects.filter(pk=pk, is_demo=True, is_active=True).first()


def anybody() -> bool:
    return User.objects.exists()


def labels(audit_names: Iterable[str]) -> dict[str, str]:
    """Names of persons by their names in the audit chain, in one query."""
    wanted = {int(name.removeprefix("user:")): name for name in audit_names if name[:5] == "user:"}
    found = User.objects.filter(pk__in=wanted).values_list("pk", "name")
    return {wanted[pk]: name for pk, name in found}


def person(audit_name: str) -> User:
    """The person behind a name in the audit chain; raises User.DoesNotExist."""
    return User.objects.get(pk=audit_name.removeprefix("user:"))
