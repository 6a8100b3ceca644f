"""Making a demo: the world as it is today, or one year walked to its end."""

import argparse

from django.conf import settings
from django.utils import timezone

from zielwerk.agreements import queries as agreements
from zielwerk.config import world, world_money, world_walked
from zielwerk.config.cast import OPERATOR
from zielwerk.config.serve import prepare as prepare_database
from zielwerk.identity import queries as people

WALKED = "one programme year, walked from the draft of its budget to its closing, act by act"


def prepare(arguments: list[str]) -> int:
    """`zielwerk demo prepare [--walked]`: make the demo world, unless it is there."""
    parser = argparse.ArgumentParser("zielwerk demo prepare")
    parser.add_argument("--walked", action="store_true", help=WALKED)
    options = parser.parse_args(arguments)
    prepare_database([])
    if people.demo_people():
        print("Die Vorführung ist schon angelegt.")
        return 0
    began = timezone.now()
    if options.walked:
        print("\n".join(world_walked.table(world_walked.build())))
    else:
        world.build()
    spent = (timezone.now() - began).total_seconds()
    number = agreements.agreements(OPERATOR).count()
    print(f"Vorführung angelegt: {number} Vereinbarungen ({spent:.1f} s).")
    if not list(world_money.years(settings.PROGRAMME)):
        print(
            "Das Programm erfindet nichts für die Vorführung (demo/JAHR.toml): nur ihre Personen."
        )
    return 0
