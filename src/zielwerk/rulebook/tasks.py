"""The tasks of a body in a programme year: the work, who is asked, the due day, lateness.

Judged is what the books and files here show: whether money is allocated, the agreement
recorded and published. Application, notice, meeting and proof of use are kept elsewhere. Of
them only the days are known, so they are announced while they lie ahead, and are never
called late. Asked are organisations, never persons.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from enum import StrEnum

from zielwerk.rulebook.refusal import msg


class Asked(StrEnum):
    """The organisations that can be asked."""

    MINISTRY = "ministry"
    BODY = "body"
    AUTHORITY = "authority"


class Work(StrEnum):
    """Kinds of work, in the order of urgency."""

    COVER = "cover"
    ALLOCATE = "allocate"
    CONFIRM = "confirm"
    REVIEW = "review"
    DISCARD = "discard"
    RECORD = "record"
    PUBLISH = "publish"
    SETTLE = "settle"
    APPLY = "apply"
    GRANT = "grant"
    MEET = "meet"
    PROVE = "prove"
    EXAMINE = "examine"


LABELS = {
    Work.COVER: msg("Ungedecktes decken"),
    Work.ALLOCATE: msg("Mittel zuweisen"),
    Work.CONFIRM: msg("Erfassung bestätigen"),
    Work.REVIEW: msg("Erfassung prüfen"),
    Work.DISCARD: msg("Erfassung verwerfen"),
    Work.RECORD: msg("Abschließen und erfassen"),
    Work.PUBLISH: msg("Vereinbarung veröffentlichen"),
    Work.SETTLE: msg("Nicht vereinbarten Rest klären"),
    Work.APPLY: msg("Antrag stellen"),
    Work.GRANT: msg("Über den Antrag entscheiden"),
    Work.MEET: msg("Umsetzung besprechen"),
    Work.PROVE: msg("Verwendung nachweisen"),
    Work.EXAMINE: msg("Nachweis prüfen"),
}
ASKED = {
    Work.SETTLE: (Asked.BODY,),
    Work.APPLY: (Asked.BODY,),
    Work.GRANT: (Asked.AUTHORITY,),
    Work.MEET: (Asked.MINISTRY, Asked.BODY),
    Work.PROVE: (Asked.BODY,),
    Work.EXAMINE: (Asked.AUTHORITY,),
}
"""Who is asked; the ministry for work not listed here."""

DUE = {
    Work.ALLOCATE: "application",
    Work.CONFIRM: "meeting_from",
    Work.REVIEW: "meeting_from",
    Work.RECORD: "meeting_from",
    Work.APPLY: "application",
    Work.MEET: "meeting_until",
    Work.PROVE: "proof_of_use",
}
"""The day (of :class:`Deadlines`) until which something is to be done.

That money is to be allocated before bodies apply, and the agreement to be recorded before its
implementation is discussed, are assumptions: no public source names a day for either.
"""

ELSEWHERE = frozenset({Work.APPLY, Work.GRANT, Work.MEET, Work.PROVE, Work.EXAMINE})
"""Work that is kept outside this system: there is no page on which to do it."""

ASSUMED = frozenset({Work.ALLOCATE, Work.CONFIRM, Work.REVIEW, Work.RECORD})


@dataclass(frozen=True)
class Deadlines:
    """The days of a programme year by which work is judged; None where it names no such day.

    The meeting is the one at which the implementation of the agreement is discussed.
    """

    application: date | None = None
    meeting_from: date | None = None
    meeting_until: date | None = None
    proof_of_use: date | None = None

    @classmethod
    def of(cls, days: Mapping[str, date]) -> "Deadlines":
        """From days by their purpose in the pack."""
        return cls(**{field.name: days.get(field.name) for field in fields(cls)})


class Progress(StrEnum):
    """The progress of a body's year, as far as it can be seen here."""

    NOTHING = "nothing"
    WAIVED = "waived"
    ALLOCATED = "allocated"
    RECORDING = "recording"
    RECORDED = "recorded"
    PUBLISHED = "published"


PROGRESS_LABELS = {
    Progress.NOTHING: msg("nichts zugewiesen"),
    Progress.WAIVED: msg("verzichtet"),
    Progress.ALLOCATED: msg("zugewiesen"),
    Progress.RECORDING: msg("in Erfassung"),
    Progress.RECORDED: msg("erfasst"),
    Progress.PUBLISHED: msg("veröffentlicht"),
}


@dataclass(frozen=True)
class BodyFacts:
    """The facts of one body and programme year; amounts in cents.

    ``allocated_cents`` was given and is not agreed yet, ``agreed_cents`` is agreed,
    ``uncovered_cents`` (zero or below) was taken away again beyond what was there,
    ``waived_cents`` the body gave back of what it had been given.
    ``recording`` is the work on an open recording (to review or to confirm, to discard where what
    it changes was annulled), if there is one;
    ``takes_more`` says that the programme gives the body a further document beside those recorded.
    ``succeeded_cents`` is what came to it as agreed by succession. ``is_gone`` says that the body
    exists no more, ``is_awaited`` that it began with a succession by which money will pass to it.
    """

    allocated_cents: int = 0
    agreed_cents: int = 0
    uncovered_cents: int = 0
    waived_cents: int = 0
    recording: Work | None = None
    is_recorded: bool = False
    is_published: bool = False
    takes_more: bool = False
    succeeded_cents: int = 0
    is_gone: bool = False
    is_awaited: bool = False

    @property
    def is_recording(self) -> bool:
        """Whether a recording is under way that can still be recorded."""
        return self.recording not in (None, Work.DISCARD)

    @property
    def given_cents(self) -> int:
        """The amount given to the body, agreed or not, less what was taken away again."""
        return self.allocated_cents + self.agreed_cents + self.uncovered_cents

    @property
    def difference_cents(self) -> int:
        """The amount given and not agreed; below zero where more is agreed than given."""
        return self.given_cents - self.agreed_cents

    @property
    def has_waived_all(self) -> bool:
        """Whether the body had money and gave all of it back: it has nothing left to ask for."""
        return self.waived_cents > 0 and self.given_cents <= 0

    @property
    def has_nothing_to_come(self) -> bool:
        """Whether nothing is to be allocated: it was given back, passed on, or is to come."""
        is_empty = self.is_gone and self.given_cents <= 0
        return self.has_waived_all or self.is_awaited or is_empty

    @property
    def is_agreed_before(self) -> bool:
        """Whether all that it has was agreed with those whom it succeeded."""
        return self.succeeded_cents > 0 and self.agreed_cents > 0 and self.allocated_cents <= 0


def is_late(due: date | None, since: date | None, day: date) -> bool:
    """Whether a task that waits ``since`` a day is late on ``day``; the due day counts to its end.

    Nothing is late that came up only after its day: nobody could have done it in time.
    """
    return due is not None and due < day and not came_too_late(due, since)


def came_too_late(due: date | None, since: date | None) -> bool:
    """Whether the day of a task had passed before there was the task."""
    return due is not None and since is not None and due < since


@dataclass(frozen=True)
class Task:
    """Work to do, who is asked, and the due day (None: no day is known).

    ``came_too_late`` says that the day had passed before there was the work.
    """

    work: Work
    asked: tuple[Asked, ...]
    due: date | None = None
    is_late: bool = False
    came_too_late: bool = False

    @property
    def label(self) -> str:
        return LABELS[self.work]

    @property
    def is_assumed(self) -> bool:
        """Whether its day is an assumption."""
        return self.due is not None and self.work in ASSUMED

    @property
    def is_kept_elsewhere(self) -> bool:
        return self.work in ELSEWHERE


def progress(facts: BodyFacts) -> Progress:
    """The progress of a body's year."""
    if facts.is_published:
        return Progress.PUBLISHED
    if facts.is_recorded:
        return Progress.RECORDED
    if facts.is_recording:
        return Progress.RECORDING
    if facts.is_agreed_before:
        return Progress.RECORDED
    if facts.has_waived_all:
        return Progress.WAIVED
    return Progress.ALLOCATED if facts.given_cents > 0 else Progress.NOTHING


@dataclass(frozen=True)
class Charge:
    """Who does a piece of work by the programme's stages, and until when (None: no day)."""

    asked: tuple[Asked, ...]
    due: date | None = None


def tasks(
    facts: BodyFacts,
    deadlines: Deadlines,
    day: date,
    since: Mapping[Work, date] | None = None,
    charges: Mapping[Work, Charge] | None = None,
) -> tuple[Task, ...]:
    """The tasks on a day, late ones first, then by urgency.

    A body that waived all of its money has nothing to be given, to agree or to prove; one that
    is gone is asked for nothing.
    A day that the programme does not name makes nothing late and announces nothing. The day
    on which something is due counts to its end: what is still open on the next one is late,
    unless it came up later still, see :func:`is_late`; ``since`` tells from when it waits,
    ``charges`` what the stages of the programme say of a piece of work.
    """
    known = {work: _charge(work, deadlines) for work in _open(facts)} | dict(charges or {})
    tasks = [_task(work, known[work], day, (since or {}).get(work)) for work in _open(facts)]
    tasks.sort(key=lambda task: not task.is_late)
    ahead = _ahead(deadlines, day)
    if ahead and not facts.has_nothing_to_come:
        tasks.append(Task(ahead, ASKED[ahead], _due(ahead, deadlines)))
    return tuple(_without_body(tasks) if facts.is_gone else tasks)


def _without_body(tasks: Iterable[Task]) -> Iterator[Task]:
    """The tasks for which others than the body are asked too."""
    for task in tasks:
        if others := tuple(asked for asked in task.asked if asked != Asked.BODY):
            yield replace(task, asked=others)


def _charge(work: Work, deadlines: Deadlines) -> Charge:
    return Charge(ASKED.get(work, (Asked.MINISTRY,)), _due(work, deadlines))


def _task(work: Work, charge: Charge, day: date, since: date | None) -> Task:
    due = charge.due
    return Task(work, charge.asked, due, is_late(due, since, day), came_too_late(due, since))


def _due(work: Work, deadlines: Deadlines) -> date | None:
    days = {
        "application": deadlines.application,
        "meeting_from": deadlines.meeting_from or deadlines.meeting_until,
        "meeting_until": deadlines.meeting_until,
        "proof_of_use": deadlines.proof_of_use,
    }
    return days[DUE[work]] if work in DUE else None


def _open(facts: BodyFacts) -> Iterator[Work]:
    """The work that the facts show undone, by urgency."""
    if facts.uncovered_cents < 0:
        yield Work.COVER
    if not facts.is_recorded:
        if facts.given_cents <= 0 and not facts.has_nothing_to_come:
            yield Work.ALLOCATE
        if facts.recording:
            yield facts.recording
        if not (facts.is_recording or facts.has_nothing_to_come or facts.is_agreed_before):
            yield Work.RECORD
    elif facts.recording and (facts.takes_more or facts.recording == Work.DISCARD):
        yield facts.recording
    if facts.is_recorded and not facts.is_published:
        yield Work.PUBLISH
    if facts.is_recorded and facts.allocated_cents > 0:
        yield Work.SETTLE


def _ahead(deadlines: Deadlines, day: date) -> Work | None:
    """Which part of the year that is kept elsewhere the day falls into.

    The parts end with their deadline; without it the programme does not have them.
    """
    before_meeting = deadlines.meeting_from and deadlines.meeting_from - timedelta(days=1)
    for_ever = date.max if deadlines.proof_of_use else None
    parts = (
        (deadlines.application, Work.APPLY),
        (before_meeting, Work.GRANT),
        (deadlines.meeting_until, Work.MEET),
        (deadlines.proof_of_use, Work.PROVE),
        (for_ever, Work.EXAMINE),
    )
    return next((work for last, work in parts if last and day <= last), None)
