"""That a side has owed the move of a conclusion for long, for the mail and the calendar."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from zielwerk.conclusion import queries
from zielwerk.core.audit import reference
from zielwerk.core.cases import kind_of
from zielwerk.messaging.queries import Recall, move_day, move_number
from zielwerk.packs import loading as packs
from zielwerk.rulebook.negotiation import turn_said, waited


def owed(programme: str, today: date) -> Iterator[Recall]:
    """The moves that are owed, each with the day from which on one is reminded of it."""
    land = packs.programme(programme).holidays
    for one in queries.waiting(programme):
        conclusion, side = one.conclusion, one.owed[0]
        day = move_day(programme, conclusion.year, one.since)
        days = waited(one.since, today, land)
        said = turn_said(side, side, "", one.since, days)
        to, done_by = _asked(one)
        if day is None or said is None:
            continue
        yield Recall(
            reference(conclusion),
            move_number(one.since),
            day,
            kind_of(conclusion).label,
            conclusion.file_number,
            said,
            reverse("conclusion:conclusion", args=[conclusion.pk]),
            conclusion.ags,
            to,
            is_move=True,
            done_by=done_by,
        )


def _asked(one: queries.Waits) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """Who is asked, as permission and side, and who took an earlier stage and is not."""
    if one.is_unsigned:
        return tuple(("conclusion.enter", side) for side in one.owed), ()
    steps = [step for step in kind_of(one.conclusion).open_steps(one.conclusion) if step.task]
    trail = one.conclusion.trail
    done_by = tuple(taken["by"] for step in steps if step.four_eyes for taken in trail)
    return tuple((step.by, step.side) for step in steps), done_by


RECALLING = (owed,)
