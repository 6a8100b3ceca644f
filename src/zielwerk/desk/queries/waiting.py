"""The tasks that wait for a person, and for the organisation for which she acts."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext, ngettext

from zielwerk.agreements import queries as agreements
from zielwerk.agreements.models import Agreement
from zielwerk.core import cases, due_days, permissions, stages
from zielwerk.core.cases import Case, Kind
from zielwerk.desk.queries import year as overview
from zielwerk.desk.queries.year import BodyYear
from zielwerk.ledger import queries as ledger
from zielwerk.ledger.models import Place
from zielwerk.packs import loading as packs
from zielwerk.programme import queries as programmes
from zielwerk.publication import queries as publication
from zielwerk.rulebook.lifecycle import Step
from zielwerk.rulebook.refusal import msg
from zielwerk.rulebook.tasks import ELSEWHERE, LABELS, Asked, Work, came_too_late, is_late
from zielwerk.succession import queries as successions
from zielwerk.ui import wording
from zielwerk.ui.notices import TO_PUBLISH

NAMED_BY_CASES = frozenset({Work.COVER, Work.REVIEW, Work.CONFIRM, Work.DISCARD, Work.PUBLISH})
AT_ONCE = {
    "publish": (msg("Alle veröffentlichen"), ""),
    "propose": (msg("Alle vorlegen"), "?stufe=vorlegen"),
}
SHOWN = 3
"""So many cases of one kind of work are named on the desk; the list has them all."""


@dataclass(frozen=True)
class Door:
    """A case that waits: its title, address, first day and deadline."""

    text: str
    url: str
    since: date
    due: date | None
    is_late: bool
    came_too_late: bool  # whether the deadline had passed before there was this to do
    is_assumed: bool  # whether no source names the deadline


@dataclass(frozen=True)
class Task:
    """Cases of one kind of work that wait for this person: number, label and address."""

    number: int
    text: str
    url: str
    doors: tuple[Door, ...] = ()
    all_at_once: tuple[str, str] | None = None  # label and address of the door for all of them


@dataclass(frozen=True)
class Asking:
    """Work of a programme year for which the person's organisation is asked.

    ``number`` of bodies it is open for, ``late`` of them overdue; ``url`` leads to these.
    """

    work: Work
    label: str
    year: int
    number: int
    late: int
    url: str
    is_kept_elsewhere: bool


@dataclass(frozen=True)
class Glance:
    """A programme year in a few numbers.

    ``own_late`` of the late bodies wait for ``organisation``, the person's own (a value of
    :class:`Asked`, empty for one that nobody asks).
    """

    year: int
    bodies: int
    published: int
    late: int
    organisation: str
    own_late: int
    askings: tuple[Asking, ...] = ()


def tasks(user: Any, programme: str, today: date) -> list[Task]:
    """Work that waits, most urgent first; empty where there is none for this role."""
    return [
        *_disagreeing(user, programme),
        *_uncovered(user, programme),
        *_cases(user, programme, today),
        *_undecidable(user, programme, today),
        *_successions(user, programme, today),
        *_drafts(user, programme),
        *_unpublished(user),
    ]


def glance(user: Any, programme: str, today: date) -> list[Glance]:
    """The running programme year and the one before it, for people who may look at them."""
    if permissions.role_refusal(user, "desk.look_at_year"):
        return []
    newest = programmes.running_year(programme, today)
    before = packs.year_before(programme, newest)
    years = [year for year in packs.years(programme) if before <= year <= newest]
    return [_glance(user, programme, year, today) for year in years]


def _glance(user: Any, programme: str, year: int, today: date) -> Glance:
    rows = overview.body_years(user, programme, year, today)
    summary = overview.summary(rows)
    organisation = next((candidate for candidate in Asked if candidate.value in user.roles), None)
    own_late = sum(row.is_late_for(organisation) for row in rows) if organisation else 0
    return Glance(
        year,
        summary.bodies,
        summary.published,
        summary.late,
        organisation or "",
        own_late,
        tuple(_askings(year, rows, organisation)) if organisation else (),
    )


def _askings(year: int, rows: Sequence[BodyYear], organisation: Asked) -> Iterator[Asking]:
    """The work that the organisation is asked for, by urgency, each counted over the bodies."""
    asked = [task for row in rows for task in row.tasks if organisation in task.asked]
    for work, label in LABELS.items():
        if tasks := [task for task in asked if task.work == work]:
            yield Asking(
                work,
                label,
                year,
                len(tasks),
                sum(task.is_late for task in tasks),
                f"{reverse('desk:year', args=[year])}?was={work.value}",
                work in ELSEWHERE,
            )


def own_askings(glances: Sequence[Glance], todo: Sequence[Task]) -> list[Asking]:
    """The work for which the person's organisation is asked and that her tasks do not name."""
    askings = [asking for glance in glances for asking in glance.askings]
    return [asking for asking in askings if not todo or asking.work not in NAMED_BY_CASES]


def _disagreeing(user: Any, programme: str) -> Iterator[Task]:
    """Where records and books differ: for whoever keeps the books, before anything else."""
    if permissions.role_refusal(user, "desk.look_at_accord"):
        return
    if number := sum(1 for _ in ledger.disagreements(programme)):
        text = ngettext(
            "Abweichung zwischen Vorgängen und Büchern ist zu klären",
            "Abweichungen zwischen Vorgängen und Büchern sind zu klären",
            number,
        )
        yield Task(number, text, reverse("desk:accord"))


def _uncovered(user: Any, programme: str) -> Iterator[Task]:
    if permissions.role_refusal(user, "adjustments.reallocate"):
        return
    selection = ledger.Selection(programme=programme, place=Place.UNCOVERED)
    number = sum(standing.balance_cents < 0 for standing in ledger.places(user, selection, "ags"))
    if number:
        text = ngettext(
            "ungedeckter Posten ist zu klären", "ungedeckte Posten sind zu klären", number
        )
        yield Task(number, text, f"{reverse('ledger:transfers')}?ort={Place.UNCOVERED.value}")


def _cases(user: Any, programme: str, today: date) -> Iterator[Task]:
    """Every step of any kind of case that this person is asked to take, one query a kind."""
    for kind in cases.KINDS.values():
        asked = [step for table in kind.known_tables for step in table.steps if step.task]
        if all(stages.role_refusal(user, step) for step in asked):
            continue
        waiting: dict[tuple[str, str], list[tuple[Case, Step]]] = defaultdict(list)
        for case in kind.open_cases(user, programme):
            for step in kind.open_steps(case):
                if step.task and not cases.step_refusal(user, step, case):
                    waiting[step.task].append((case, step))
        for (singular, plural), steps in waiting.items():
            doors = tuple(_door(kind, case, step, today) for case, step in steps[:SHOWN])
            text = ngettext(singular, plural, len(steps))
            yield Task(
                len(steps), text, f"{reverse(kind.list_page)}?stand={steps[0][0].state}", doors
            )


def _door(kind: Kind[Any], case: Case, step: Step, today: date) -> Door:
    due = due_days.due_day(case, step)
    since = localdate(case.state_since)
    url = reverse(kind.page, args=[case.pk])
    return Door(
        str(case),
        url,
        case.state_since,
        due,
        is_late(due, since, today),
        came_too_late(due, since),
        due is not None and due_days.is_due_assumed(case, step),
    )


def _drafts(user: Any, programme: str) -> Iterator[Task]:
    """Draft years whose rules nobody has proposed for release yet, each with its door."""
    if permissions.role_refusal(user, "programme.propose_release"):
        return
    for year in sorted(programmes.draft_years(programme)):
        if programmes.open_release(programme, year) is None:
            text = gettext("Entwurf eines Programmjahrs ist zu prüfen und vorzuschlagen ({year})")
            url = reverse("programme:propose_release", args=[year])
            yield Task(1, text.format(year=year), url)


def _without_deadline(text: str, url: str, since: date) -> Door:
    """A door to what no rule names a day for."""
    return Door(text, url, since, due=None, is_late=False, came_too_late=False, is_assumed=False)


def _undecidable(user: Any, programme: str, today: date) -> Iterator[Task]:
    """What this person asked for and nobody may decide: only she can clear the way."""
    if permissions.role_refusal(user, "agreements.withdraw_annulment"):
        return
    stuck = agreements.undecidable(user, programme, today)
    if stuck:
        text = ngettext(
            "Ihr Antrag auf Aufhebung ist zurückzuziehen: niemand darf darüber entscheiden",
            "Ihre Anträge auf Aufhebung sind zurückzuziehen: niemand darf darüber entscheiden",
            len(stuck),
        )
        doors = tuple(
            _without_deadline(
                str(each),
                reverse("agreements:annulment", args=[each.pk]),
                each.asked_at,
            )
            for each in stuck[:SHOWN]
        )
        yield Task(len(stuck), text, reverse("agreements:annulments"), doors)


def _successions(user: Any, programme: str, today: date) -> Iterator[Task]:
    """Successions whose day has come and that nobody has declared yet, though money is to pass."""
    if permissions.role_refusal(user, "succession.declare"):
        return
    waiting = [each.succession for each in successions.undeclared(programme, today)]
    if waiting:
        text = ngettext(
            "Rechtsnachfolge ist zu vollziehen",
            "Rechtsnachfolgen sind zu vollziehen",
            len(waiting),
        )
        doors = tuple(
            _without_deadline(
                each.label,
                reverse("succession:declare", args=[each.code]),
                each.day,
            )
            for each in waiting[:SHOWN]
        )
        yield Task(len(waiting), text, reverse("succession:choose"), doors)


def _unpublished(user: Any) -> Iterator[Task]:
    """Recorded agreements whose publication this person may begin, by year."""
    for year, act, number in publication.years_to_begin(user):
        text = wording.fitted_number(TO_PUBLISH, number)
        label, stage = AT_ONCE[act]
        yield Task(
            number,
            f"{text} ({year})",
            reverse("agreements:agreements"),
            all_at_once=(label, reverse("publication:whole_year", args=[year]) + stage),
        )


def own_agreements(user: Any) -> list[Agreement]:
    """The agreements of the body for which a person acts."""
    if not user.ags or permissions.role_refusal(user, "agreements.look"):
        return []
    return list(agreements.agreements(user))
