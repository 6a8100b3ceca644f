"""Taking the steps of the setup, in any order, each for itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings

from zielwerk.core import installation
from zielwerk.core.actions import action, seal
from zielwerk.core.permissions import Actor
from zielwerk.identity import actions as identity
from zielwerk.identity.models import User
from zielwerk.programme import actions as programmes
from zielwerk.programme import queries as programme
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.setup import queries
from zielwerk.setup.models import SetupStep
from zielwerk.setup.policies import OPERATOR

Step = SetupStep.Step
ROLE = "ministry_administrator"
CLOSED = Refusal(
    "setup.closed",
    msg("In dieser Installation gibt es schon Personen. Weitere legt die Personenverwaltung an."),
)


@dataclass(frozen=True)
class NewStep:
    """A step with what was seen when it was taken."""

    step: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Appointment:
    """The first administrator: who she is, and for which ministry she acts."""

    name: str
    email: str
    function: str
    ministry: str


@action("setup.take")
def take(actor: Actor, new: NewStep, *, at: datetime) -> SetupStep:
    """Take a step, or take it again with what is so today; the first marks the database."""
    _mark(actor, at)
    if new.step == Step.PROGRAMME and not programme.adopted_years(settings.PROGRAMME):
        programmes.adopt_years(actor, settings.PROGRAMME, at=at)
    return _keep(actor, new, at)


@action("setup.appoint")
def appoint(actor: Actor, new: Appointment, *, at: datetime) -> tuple[User, str]:
    """Add the first administrator and make her one-time link; ends the first page for good.

    Of two who appoint somebody at one moment, the second finds that the first was there.
    """
    _mark(actor, at)
    if not queries.is_empty():
        raise Refused(CLOSED)
    entry = identity.Enrolment(new.email, new.name, new.function, ROLE, new.ministry)
    person = identity.enrol(actor, entry, at=at)
    path = identity.invite(actor, person, at=at)
    _keep(actor, NewStep(Step.ADMINISTRATOR), at)
    return person, path


def _mark(actor: Actor, at: datetime) -> None:
    """The database is of a real installation from the first step on."""
    if OPERATOR in actor.roles:
        identity.mark(actor, installation.Kind.REAL, at=at)


def _keep(actor: Actor, new: NewStep, at: datetime) -> SetupStep:
    said = {"facts": dict(new.facts), "taken_by": actor.audit_name, "taken_at": at}
    row, _ = SetupStep.objects.select_for_update().update_or_create(step=new.step, defaults=said)
    seal(row)
    return row
