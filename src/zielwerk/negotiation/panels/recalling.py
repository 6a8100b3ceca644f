"""That a side has owed the move of a negotiation for long, for the mail and the calendar."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.timezone import localdate

from zielwerk.core.audit import reference
from zielwerk.core.cases import kind_of
from zielwerk.messaging.queries import Recall, move_day, move_number
from zielwerk.negotiation import queries
from zielwerk.negotiation.panels.turns import days_owed
from zielwerk.rulebook.negotiation import turn_said


def owed(programme: str, today: date) -> Iterator[Recall]:
    """The moves that are owed, each with the day from which on one is reminded of it; one query."""
    for draft in queries.waiting(programme):
        since, kind = localdate(draft.state_since), kind_of(draft)
        steps = [step for step in kind.open_steps(draft) if step.task and step.side == draft.turn]
        day = move_day(programme, draft.year, since)
        said = turn_said(
            draft.turn, draft.turn, "", since, days_owed(programme, draft.state_since, today)
        )
        if not steps or day is None or said is None:
            continue
        yield Recall(
            reference(draft),
            move_number(since),
            day,
            kind.label,
            draft.file_number,
            said,
            reverse("negotiation:draft", args=[draft.pk]),
            draft.ags,
            tuple((step.by, draft.turn) for step in steps),
            is_move=True,
            done_by=tuple(taken["by"] for step in steps if step.four_eyes for taken in draft.trail),
        )


RECALLING = (owed,)
