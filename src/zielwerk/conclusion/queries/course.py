"""What became of conclusions, day by day: for the season of a body; and who owes the move."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby

from django.utils.timezone import localdate

from zielwerk.conclusion.models import Conclusion, Signature
from zielwerk.conclusion.queries.conclusions import (
    conclusions,
    given,
    lifecycle_of,
    signatures_of,
)
from zielwerk.core import taken
from zielwerk.core.audit import reference
from zielwerk.core.models import AuditEntry
from zielwerk.core.permissions import Actor
from zielwerk.core.queries import audit_entries_of
from zielwerk.rulebook.conclusion import OVER, ConclusionState
from zielwerk.rulebook.lifecycle import Lifecycle
from zielwerk.rulebook.refusal import Refused
from zielwerk.rulebook.season import Change, Owed
from zielwerk.rulebook.signatures import counting

TRACK = "conclusion"


@dataclass(frozen=True)
class Course:
    """The conclusions of a body and year, in the order in which they were begun.

    ``labels`` are the words of the stages, by their codes in a season.
    """

    conclusions: Sequence[Conclusion]
    changes: Sequence[Change]
    labels: dict[str, str]

    @property
    def last(self) -> Conclusion:
        return self.conclusions[-1]


def code(state: str) -> str:
    """What a state of a conclusion is called in a season; empty once it was abandoned."""
    return "" if state == ConclusionState.ABANDONED else f"{TRACK}.{state}"


def courses(user: Actor, programme: str, year: int) -> dict[str, Course]:
    """What became of the conclusions of a year that a person sees, by body; three queries."""
    rows = conclusions(user, programme).filter(year=year).select_related(None)
    known = list(rows.defer("words", "trail", "approvals").order_by("pk"))
    of_body: dict[str, list[Conclusion]] = defaultdict(list)
    for conclusion in known:
        of_body[conclusion.ags].append(conclusion)
    changes = _history(known, signatures_of(known))
    return {
        ags: Course(
            each,
            [change for one in each for change in changes[one.pk]],
            {code(state): label for one in each for state, label in _labels(one).items()},
        )
        for ags, each in of_body.items()
    }


@dataclass(frozen=True)
class Waits:
    """A conclusion under way: who owes its move since when, and whether signatures are missing."""

    conclusion: Conclusion
    owed: Owed
    since: date
    is_unsigned: bool


def waiting(programme: str) -> list[Waits]:
    """All conclusions of a programme that are under way; three queries, however many they are."""
    rows = Conclusion.objects.filter(programme=programme).exclude(state__in=sorted(OVER))
    known = list(rows.order_by("pk"))
    signed = signatures_of(known)
    history, found = _history(known, signed), []
    for one in known:
        by_move = [list(run) for _, run in groupby(history[one.pk], lambda change: change.owed)]
        last = by_move[-1][0]
        is_signing = one.state == ConclusionState.SIGNING
        is_unsigned = is_signing and bool(_missing(one, signed.get(one.pk, []), None))
        if last.owed:
            found.append(Waits(one, last.owed, last.day, is_unsigned))
    return found


def _history(
    known: Sequence[Conclusion], signed: Mapping[int, Sequence[Signature]]
) -> dict[int, list[Change]]:
    """What became of conclusions, by their keys; one query."""
    names = [reference(conclusion) for conclusion in known]
    entries = defaultdict(list)
    for entry in audit_entries_of(*names) if names else ():
        entries[entry.subject].append(entry)
    return {
        one.pk: list(_changes(one, entries[reference(one)], signed.get(one.pk, [])))
        for one in known
    }


def owed_in(
    conclusion: Conclusion, signatures: Sequence[Signature], state: str, at: datetime | None = None
) -> Owed:
    """Who owes the next move of a conclusion in a state, by what was signed up to a moment.

    Until all have signed these are the sides of whom a signature is missing, then whoever takes
    the next stage.
    """
    if state == ConclusionState.SIGNING:
        missing = _missing(conclusion, signatures, at)
        if missing:
            return missing
    lifecycle = _lifecycle(conclusion)
    steps = lifecycle.possible(state) if lifecycle and state in lifecycle.labels else ()
    return tuple(step.side for step in steps if step.task)[:1]


def _missing(conclusion: Conclusion, signatures: Sequence[Signature], at: datetime | None) -> Owed:
    """The sides of whom a signature was missing at a moment, in their order."""
    there = [one for one in signatures if at is None or one.entered_at <= at]
    facts = [
        replace(fact, is_struck=fact.is_struck and (at is None or one.strike.struck_at <= at))
        for one, fact in zip(there, given(there), strict=True)
    ]
    filled = counting(conclusion.sides, facts, conclusion.digest)
    return tuple(
        each.side
        for each in conclusion.sides
        if any(place.id not in filled for place in each.places)
    )


def _changes(
    conclusion: Conclusion, entries: Sequence[AuditEntry], signatures: Sequence[Signature]
) -> Iterator[Change]:
    states: list[tuple[datetime, str]] = [(conclusion.begun_at, ConclusionState.SIGNING)]
    states += [(entry.at, step.target) for entry, step in taken.stages(conclusion, entries)]
    if states[-1][1] != conclusion.state:
        states.append((conclusion.state_since, conclusion.state))
    signed = [one.entered_at for one in signatures]
    signed += [one.strike.struck_at for one in signatures if hasattr(one, "strike")]
    moments = sorted({*(at for at, _ in states), *signed})
    for at in moments:
        state = [each for since, each in states if since <= at][-1:]
        if state:
            owed = () if state[0] in OVER else owed_in(conclusion, signatures, state[0], at)
            yield Change(localdate(at), TRACK, code(state[0]), owed)


def _labels(conclusion: Conclusion) -> dict[str, str]:
    lifecycle = _lifecycle(conclusion)
    if lifecycle is None:
        return {conclusion.state: conclusion.state_label}
    return dict(lifecycle.labels)


def _lifecycle(conclusion: Conclusion) -> Lifecycle | None:
    try:
        return lifecycle_of(conclusion)
    except Refused:  # rules that nobody kept: it was changed past the chain
        return None
