"""Enrolling persons."""

from dataclasses import dataclass
from datetime import datetime

from zielwerk.core.actions import action, seal
from zielwerk.core.permissions import Actor
from zielwerk.identity.models import User
from zielwerk.identity.policies import OPERATOR


@dataclass(frozen=True)
class Operator:
    """Whoever works at the installation's command line, e.g. ``cli:demo``."""

    audit_name: str
    roles: frozenset[str] = frozenset({OPERATOR})
    ags: str = ""
    is_demo: bool = False


@dataclass(frozen=True)
class Enrolment:
    """The data of a new person."""

    email: str
    name: str
    function: str
    role: str
    organisation: str
    ags: str = ""
    is_demo: bool = False


@action("identity.enrol")
def enrol(actor: Actor, person: Enrolment, *, at: datetime) -> User:
    """Add a person; an address that is taken is refused."""
    user = User(
        email=person.email.lower(),
        name=person.name,
        function=person.function,
        role=person.role,
        organisation=person.organisation,
        ags=person.ags,
        is_demo=person.is_demo,
    )
    user.set_unusable_password()
    user.save()
    seal(user)
    return user
