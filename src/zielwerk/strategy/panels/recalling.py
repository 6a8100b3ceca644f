"""That a strategy runs out, for the mail by which people are reminded."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from zielwerk.core.audit import reference
from zielwerk.messaging.queries import Recall
from zielwerk.packs import loading as packs
from zielwerk.strategy import queries

TO = {"body": ("strategy.draft", "body"), "ministry": ("strategy.look", "ministry")}
"""Whom a programme has reminded: of the body who makes the next version, of the ministry all."""


def running_out(programme: str, today: date) -> Iterator[Recall]:
    """The versions that run out soon while nobody works on the next."""
    charter = packs.programme(programme).strategy
    for one in queries.running_out(programme, today) if charter else ():
        version = one.in_force
        assert charter
        assert version
        assert one.due
        assert one.stage is not None
        yield Recall(
            reference(version),
            one.stage,
            one.due,
            charter.label,
            version.file_number,
            one.parts[-1],
            reverse("strategy:strategy", args=[version.pk]),
            version.ags,
            tuple(TO[side] for side in charter.reminded),
        )


RECALLING = (running_out,)
