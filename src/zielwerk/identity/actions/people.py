"""Enrolling persons, and erasing what says who somebody was."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localdate

from zielwerk.core.actions import action, seal
from zielwerk.core.permissions import WHOLE, Actor, Perimeter
from zielwerk.identity import queries
from zielwerk.identity.actions.factors import void
from zielwerk.identity.models import User
from zielwerk.identity.policies import OPERATOR
from zielwerk.rulebook.refusal import Refusal, Refused, msg


@dataclass(frozen=True)
class Operator:
    """Whoever works at the installation's command line, e.g. ``cli:demo``."""

    audit_name: str
    roles: frozenset[str] = frozenset({OPERATOR})
    ags: str = ""
    organisation_code: str = ""
    is_demo: bool = False

    @property
    def perimeter(self) -> Perimeter:
        return Perimeter(frozenset({self.ags})) if self.ags else WHOLE


@dataclass(frozen=True)
class Enrolment:
    """The data of a new person; ``organisation_code`` is that of an authority in the pack."""

    email: str
    name: str
    function: str
    role: str
    organisation: str
    ags: str = ""
    organisation_code: str = ""
    is_demo: bool = False


@action("identity.enrol")
def enrol(actor: Actor, person: Enrolment, *, at: datetime) -> User:
    """Add a person; an address that is taken is refused, and a code that no authority has."""
    if person.organisation_code and person.organisation_code not in queries.authorities():
        codes = ", ".join(queries.authorities()) or "–"
        params = {"code": person.organisation_code, "codes": codes}
        raise Refused(Refusal("identity.no_such_authority", NO_SUCH_AUTHORITY, params))
    user = User(
        email=person.email.lower(),
        name=person.name,
        function=person.function,
        role=person.role,
        organisation=person.organisation,
        ags=person.ags,
        organisation_code=person.organisation_code,
        is_demo=person.is_demo,
        seal_key=secrets.token_hex(32),
    )
    user.set_unusable_password()
    user.save()
    seal(user)
    return queries.let_in(user, localdate(at))


@action("identity.erase")
def erase(actor: Actor, person: User, *, at: datetime) -> User:
    """Erase a person's name, address and function, for good; she no longer signs in.

    With them goes the key of her seal, so that the chain holds and tells nothing of her. For
    which organisation and in which role somebody acted stays: acts rest on it.
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    if person.is_erased:
        raise Refused(ERASED)
    void(person)
    person.email = f"{person.pk}@{NOWHERE}"
    person.name, person.function, person.seal_key = "", "", ""
    person.is_active, person.last_login = False, None
    person.save()
    seal(person)
    return person


NOWHERE = "erased.invalid"
ERASED = Refusal("identity.erased", msg("Die Daten dieser Person sind schon gelöscht."))
NO_SUCH_AUTHORITY = msg(
    "Eine Bewilligungsbehörde mit dem Code „{code}“ kennt das Programm nicht. Vorhanden: {codes}."
)
