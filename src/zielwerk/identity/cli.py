"""Commands about persons."""

import argparse
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from zielwerk.core import installation
from zielwerk.core.roles import ROLES
from zielwerk.identity import actions, queries
from zielwerk.identity.models import User
from zielwerk.language import translate
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.ui.tags.values import moment

ERASED = msg("Gelöscht: Name, E-Mail-Adresse und Funktion. Im Protokoll heißt die Person {name}.")
INVITED = msg("Einmal-Link für {address}, gültig bis {until} Uhr; er wird nur jetzt gezeigt:")
NEW_PERSON = msg(
    "Mit der E-Mail-Adresse {address} ist niemand angelegt. Um jemanden anzulegen, nennen Sie auch "
    "--name und --organisation."
)
UNKNOWN = msg("Mit der E-Mail-Adresse {address} ist niemand angelegt.")


def erase(arguments: list[str]) -> int:
    """`zielwerk person erase ADDRESS`: erase a person's data, for good."""
    parser = argparse.ArgumentParser("zielwerk person erase")
    parser.add_argument("address", help="the e-mail address of the person")
    parser.add_argument("--lang", choices=["de", "en"], default="de")
    options = parser.parse_args(arguments)
    person = queries.of_address(options.address)
    if person is None:
        raise Refused(Refusal("identity.unknown", UNKNOWN, {"address": options.address}))
    actions.erase(actions.Operator("cli:person"), person, at=timezone.now())
    print(translate(ERASED, options.lang).format(name=person.audit_name))
    return 0


def invite(arguments: list[str]) -> int:
    """`zielwerk people invite ADDRESS`: print a one-time link; a new person is enrolled first."""
    parser = argparse.ArgumentParser("zielwerk people invite")
    parser.add_argument("address", help="the e-mail address of the person")
    parser.add_argument("--name", default="", help="of a new person, as are all that follow")
    parser.add_argument("--organisation", default="", help="for which she acts")
    parser.add_argument("--function", default="")
    parser.add_argument("--role", choices=sorted(ROLES), default="ministry_administrator")
    parser.add_argument("--ags", default="", help="the key of the regional body")
    parser.add_argument("--authority", default="", help="the code of the granting authority")
    parser.add_argument("--lang", choices=["de", "en"], default="de")
    options = parser.parse_args(arguments)
    operator, now = actions.Operator("cli:people"), timezone.now()
    with transaction.atomic():  # nobody is enrolled who is not invited
        actions.mark(operator, installation.Kind.REAL, at=now)
        person = queries.of_address(options.address) or enrolled(operator, options, now)
        path = actions.invite(operator, person, at=now)
    told(person, path, now, options.lang)
    return 0


def recover(arguments: list[str]) -> int:
    """`zielwerk people recover ADDRESS`: void what a person signs in with; print a new link."""
    parser = argparse.ArgumentParser("zielwerk people recover")
    parser.add_argument("address", help="the e-mail address of the person")
    parser.add_argument("--lang", choices=["de", "en"], default="de")
    options = parser.parse_args(arguments)
    person, now = queries.of_address(options.address), timezone.now()
    if person is None:
        raise Refused(Refusal("identity.unknown", UNKNOWN, {"address": options.address}))
    path = actions.recover(actions.Operator("cli:people"), person, at=now)
    told(person, path, now, options.lang)
    return 0


def told(person: User, path: str, at: datetime, language: str) -> None:
    """Print a link, the only time that it is shown."""
    until = moment(at + timedelta(days=settings.LINK_DAYS))
    print(translate(INVITED, language).format(address=person.email, until=until))
    print(settings.ENVIRONMENT.address + path)


def enrolled(operator: actions.Operator, options: argparse.Namespace, at: datetime) -> User:
    """A new person with what was said of her."""
    if not (options.name and options.organisation):
        raise Refused(Refusal("identity.new_person", NEW_PERSON, {"address": options.address}))
    person = actions.Enrolment(
        email=options.address,
        name=options.name,
        function=options.function,
        role=options.role,
        organisation=options.organisation,
        ags=options.ags,
        organisation_code=options.authority,
    )
    return actions.enrol(operator, person, at=at)
