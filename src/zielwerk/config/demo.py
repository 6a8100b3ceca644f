"""Making a demo: the world as it is today, or one year walked to its end."""

import argparse

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from zielwerk.agreements import queries as agreements
from zielwerk.config import demo_authority, world, world_conclusion, world_money, world_walked
from zielwerk.config.cast import BEGAN, OPERATOR
from zielwerk.config.serve import prepare as prepare_database
from zielwerk.core import installation
from zielwerk.core.surroundings import Unusable
from zielwerk.identity import actions as identity
from zielwerk.identity.models import User
from zielwerk.programme import actions as programmes
from zielwerk.signing.keys import Person

WALKED = "one programme year, walked from the draft of its budget to its closing, act by act"


def prepare(arguments: list[str]) -> int:
    """`zielwerk demo prepare [--walked]`: make the demo world, unless it is there."""
    parser = argparse.ArgumentParser("zielwerk demo prepare")
    parser.add_argument("--walked", action="store_true", help=WALKED)
    options = parser.parse_args(arguments)
    refuse_where_none_may_be()
    prepare_database([])
    found = installation.kind()
    if found == installation.Kind.REAL:
        raise Unusable(installation.IS_REAL)
    if found:
        demo_authority.keep(settings.ENVIRONMENT.data, signers(), BEGAN)
        print("Die Vorführung ist schon angelegt.")
        return 0
    began = timezone.now()
    for line in made(is_walked=options.walked):
        print(line)
    demo_authority.keep(settings.ENVIRONMENT.data, signers(), BEGAN)
    world_conclusion.sign_first(settings.ENVIRONMENT.data / demo_authority.KEYS, timezone.now())
    spent = (timezone.now() - began).total_seconds()
    number = agreements.agreements(OPERATOR).count()
    print(f"Vorführung angelegt: {number} Vereinbarungen ({spent:.1f} s).")
    if not list(world_money.years(settings.PROGRAMME)):
        print(
            "Das Programm erfindet nichts für die Vorführung (demo/JAHR.toml): nur ihre Personen."
        )
    return 0


def made(*, is_walked: bool) -> list[str]:
    """Make the demo and mark the database as one; what is told of each act that was walked.

    One that was interrupted leaves nothing behind, no mark either. The mark comes last: the acts
    before it are of earlier days, and time in the chain never goes back.
    """
    with transaction.atomic():
        told = world_walked.table(world_walked.build()) if is_walked else []
        if not is_walked:
            world.build()
        programmes.adopt_years(OPERATOR, settings.PROGRAMME, at=timezone.now())
        identity.mark(OPERATOR, installation.Kind.DEMO, at=timezone.now())
    return list(told)


def signers() -> dict[str, Person]:
    """The people of the demo, by the ids of their keys, as their certificates name them."""
    people = User.objects.filter(is_demo=True).prefetch_related("posts")
    return {
        str(one.pk): Person(one.name, str(one.function), one.posts.all()[0].organisation)
        for one in people
        if one.posts.all()
    }


def refuse_where_none_may_be() -> None:
    """A demo is made only where the settings do not say that this is a real installation."""
    if settings.ENVIRONMENT.no_demo:
        raise Unusable(installation.NO_DEMO_HERE)
