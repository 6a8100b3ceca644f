"""What became of drafts, day by day: for the season of a body."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localdate

from zielwerk.core import taken
from zielwerk.core.audit import reference
from zielwerk.core.models import AuditEntry
from zielwerk.core.permissions import Actor
from zielwerk.core.queries import audit_entries_of
from zielwerk.negotiation.models import GIVEN_UP, DraftDocument
from zielwerk.negotiation.queries.drafts import asked_in, drafts, lifecycle_of
from zielwerk.rulebook.lifecycle import Lifecycle
from zielwerk.rulebook.refusal import Refused
from zielwerk.rulebook.season import Change

TRACK = "negotiation"


@dataclass(frozen=True)
class Course:
    """The drafts of a body and year, in the order in which they were made, and what they say.

    ``labels`` are the words of the stages, by their codes in a season.
    """

    drafts: Sequence[DraftDocument]
    changes: Sequence[Change]
    labels: dict[str, str]

    @property
    def last(self) -> DraftDocument:
        return self.drafts[-1]


def code(state: str) -> str:
    """What a state of a draft is called among the stages of a season; empty once given up."""
    return "" if state in GIVEN_UP else f"{TRACK}.{state}"


def courses(user: Actor, programme: str, year: int) -> dict[str, Course]:
    """What became of the drafts of a year that a person sees, by body; two queries."""
    rows = drafts(user, programme).filter(year=year, amends=None).defer("words", "trail", "opened")
    of_body: dict[str, list[DraftDocument]] = defaultdict(list)
    for draft in rows.order_by("pk"):
        of_body[draft.ags].append(draft)
    names = [reference(draft) for each in of_body.values() for draft in each]
    entries = defaultdict(list)
    for entry in audit_entries_of(*names) if names else ():
        entries[entry.subject].append(entry)
    return {
        ags: Course(
            each,
            [one for draft in each for one in _changes(draft, entries[reference(draft)])],
            {code(state): label for draft in each for state, label in _labels(draft).items()},
        )
        for ags, each in of_body.items()
    }


def _changes(draft: DraftDocument, entries: Sequence[AuditEntry]) -> Iterator[Change]:
    lifecycle = _lifecycle(draft)
    if lifecycle is None:
        owed = (draft.turn,) if draft.turn else ()
        yield Change(localdate(draft.state_since), TRACK, code(draft.state), owed)
        return
    (state,) = lifecycle.initial
    yield _change(draft.drafted_at, state, lifecycle)
    for entry, step in taken.stages(draft, entries):
        state = step.target
        yield _change(entry.at, state, lifecycle)
    if state != draft.state:
        yield _change(draft.state_since, draft.state, lifecycle)


def _change(at: datetime, state: str, lifecycle: Lifecycle) -> Change:
    side = asked_in(lifecycle, state) if state not in GIVEN_UP else ""
    return Change(localdate(at), TRACK, code(state), (side,) if side else ())


def _labels(draft: DraftDocument) -> dict[str, str]:
    lifecycle = _lifecycle(draft)
    return dict(lifecycle.labels) if lifecycle else {draft.state: draft.state_label}


def _lifecycle(draft: DraftDocument) -> Lifecycle | None:
    try:
        return lifecycle_of(draft)
    except Refused:  # rules that nobody kept: it was changed past the chain
        return None
