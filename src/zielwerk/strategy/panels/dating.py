"""From when to when strategies hold, for the calendars of those who look at them."""

from collections.abc import Iterator
from datetime import date

from zielwerk.core.audit import reference
from zielwerk.messaging.queries import Dated, Dating
from zielwerk.rulebook.refusal import msg
from zielwerk.strategy import queries

BEGINS, ENDS = "holds_from", "holds_until"


def days(programme: str, since: date) -> Iterator[Dated]:
    """The first and the last day of the versions that were laid down; one query."""
    for one in queries.laid_down(programme):
        ends = one.last_day
        if ends is not None and ends < one.valid_from:
            continue  # withdrawn before it ever held
        for what, day in ((BEGINS, one.valid_from), (ENDS, ends)):
            if day is not None and day >= since:
                yield Dated(reference(one), what, day, one.ags)


WORDS = {BEGINS: msg("{number} gilt ab heute"), ENDS: msg("{number} gilt heute zuletzt")}
DATING = (Dating("strategy.look", WORDS, days),)
