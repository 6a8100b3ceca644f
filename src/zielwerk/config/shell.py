"""A Python shell in which the rooms and the people of the demo are at hand."""

import argparse
import code
import rlcompleter
from contextlib import suppress
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from zielwerk.config.wiring import shelf
from zielwerk.identity import queries as identity

BANNER = """Zielwerk {programme}: {rooms}
Each room has its queries, actions and models: ledger.queries, agreements.actions.
people: {people}; now() is the moment for at=now()."""


def shell(arguments: list[str]) -> int:
    """`zielwerk shell`."""
    argparse.ArgumentParser("zielwerk shell").parse_args(arguments)
    names = at_hand()
    people = ", ".join(f"people[{key!r}]" for key in names["people"]) or "none yet"
    banner = BANNER.format(
        programme=settings.PROGRAMME, rooms=", ".join(settings.ROOMS), people=people
    )
    with suppress(ImportError):  # a Python without readline has a shell without completion
        readline = import_module("readline")
        readline.set_completer(rlcompleter.Completer(names).complete)
        readline.parse_and_bind("tab: complete")
    code.interact(banner, local=names, exitmsg="")
    return 0


def at_hand() -> dict[str, Any]:
    """The names in the shell: rooms, the demo's people by their address, the clock."""
    rooms = {}
    for room in settings.ROOMS:
        for name in ("models", "queries", "actions"):
            shelf(room, name)  # from now on an attribute of its room
        rooms[room] = import_module(f"zielwerk.{room}")
    people = {}
    with suppress(DatabaseError):  # a database that nobody prepared yet has no people
        today = timezone.localdate()
        people = {
            person.email.partition("@")[0]: identity.let_in(person, today)
            for person in identity.demo_people()
        }
    return {**rooms, "people": people, "now": timezone.now}
