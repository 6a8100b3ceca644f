"""The days on which agreements were concluded here, for the calendars of those who look."""

from collections.abc import Iterator
from datetime import date

from zielwerk.conclusion import queries
from zielwerk.core.audit import reference
from zielwerk.messaging.queries import Dated, Dating
from zielwerk.rulebook.refusal import msg

CONCLUDED = "concluded"


def days(programme: str, since: date) -> Iterator[Dated]:
    """The day of each conclusion whose agreement holds; one query."""
    for one, day in queries.concluded_days(programme):
        if day >= since:
            yield Dated(reference(one), CONCLUDED, day, one.ags)


DATING = (Dating("conclusion.look", {CONCLUDED: msg("{number} geschlossen")}, days),)
