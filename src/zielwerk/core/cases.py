"""A case (Vorgang): whatever has a file number and a state, and how a step of it is taken.

A room declares a kind of case once, on its shelf ``cases``: the model, the tables of steps,
the facts that their guards look at, the page and who sees it. The tables say the rest. From
both come the step door, the buttons with their reasons, what is to do and for whom, the
timeline, the diagrams and the glossary.

    @step(INTAKE)
    def accept(actor, intake, facts, *, at): ...

is the verb ``accept`` of that table: the permission is in the table. Whoever calls
``accept(actor, intake, at=moment)`` has the case locked, as on her page and untouched past the
audit chain; then the guards are asked, and what the function sets is kept with the new state.
"""

import functools
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from zielwerk.core import audit, capacity, permissions, stages
from zielwerk.core.actions import acting, action, is_untouched, seal
from zielwerk.core.case_files import Closing, Filed, nothing
from zielwerk.core.file_numbers import next_number
from zielwerk.core.models import Sealed
from zielwerk.core.words import SearchText
from zielwerk.packs import loading as packs
from zielwerk.packs.folders import kept
from zielwerk.rulebook.lifecycle import Label, Lifecycle, Step, english_of
from zielwerk.rulebook.procedure import Frame
from zielwerk.rulebook.refusal import Refusal, Refused, Said, msg
from zielwerk.rulebook.writing import written

P = ParamSpec("P")


class Case(Sealed):
    """The columns of every case.

    ``state`` is a state of the case's table of steps, which a programme's rules may supply,
    so that the database does not know the states. A kind that is found by more than its number
    names more columns in ``search_text``. ``revision`` counts the changes: who acts on an older
    one is refused. ``state_since`` is when the case came into its state.
    ``trail`` are the stages that the case has passed since it was last at its beginning, each with
    ``stage``, ``label``, ``label_en``, ``by``, ``at`` and ``note``. ``words`` are the reasons that
    were given against it or for a way back, in the same shape, for good. ``put_forward_by`` is who
    made it, then who took its first stage, ``put_forward_for`` the organisation.
    """

    file_number = models.CharField("Aktenzeichen", max_length=30, unique=True)
    programme = models.CharField("Programm", max_length=40)
    year = models.PositiveSmallIntegerField("Programmjahr")
    state = models.CharField("Stand", max_length=60)
    state_since = models.DateTimeField("im Stand seit")
    revision = models.PositiveIntegerField("Bearbeitungsstand", default=1)
    search_text = SearchText("Suchtext", of=("file_number",))
    trail = models.JSONField("genommene Stufen", default=list)
    words = models.JSONField("Gründe", default=list)
    put_forward_by = models.CharField("vorgelegt von", max_length=80, blank=True, default="")
    put_forward_for = models.CharField("vorgelegt für", max_length=80, blank=True, default="")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.file_number

    @property
    def word(self) -> Mapping[str, str]:
        """The reason with which it came into its state; empty where it came without one."""
        last = self.words[-1] if self.words else {}
        return last if last and datetime.fromisoformat(last["at"]) == self.state_since else {}

    # Whether it says what its newest seal says; asked where it is taken from the database.
    is_untouched = True

    @property
    def state_label(self) -> str:
        """The German msgid of the state."""
        kind = kind_of(self)
        try:
            own = kind.lifecycle(self).labels
        except Refused:  # rules that nobody kept: it was changed past the chain
            own = {}
        return own.get(self.state) or kind.labels.get(self.state, self.state)

    @property
    def state_look(self) -> str:
        """How the badge of the state looks."""
        return kind_of(self).look_of(self.state)


C = TypeVar("C", bound=Case)
F = TypeVar("F")
Verb = Callable[..., Any]


@dataclass(frozen=True)
class Twins:
    """By what two cases of a kind look like one that was made twice on the same day.

    ``columns`` are the same in both, ``made_at`` is the column of the moment; a case in a state
    of ``without`` no longer counts.
    """

    columns: tuple[str, ...]
    made_at: str
    without: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Kind(Generic[C]):
    """A kind of case, declared once by its room.

    ``tables`` are all tables of steps that a case of the kind may follow, ``table_of`` is the one
    of a case, ``verbs`` the functions that take the steps. ``facts`` are what the guards look at,
    on the day on which they are asked. ``page`` is the route of its page (it takes ``pk``),
    ``list_page`` that of the list, ``look`` the permission to see it and ``visible`` the cases
    within a person's perimeter, newest first. ``looks`` say how the badge of a state looks (an
    absent one: neutral), ``forms`` what a verb asks for before it is taken, ``doors`` what is
    called in place of a verb when people press its button, ``before`` what is made for a verb
    while nobody waits for its transaction yet. ``panels`` add to the page that asks before a
    verb: a template and its context. All of these go by the act.

    A kind whose stages a programme declares has a ``frame`` and the code of the ``procedure``;
    ``tables`` are then worked examples of it.

    ``origin`` says from what other record a case was made, as far as the person may see it: it
    stands at the beginning of its timeline.

    ``slots`` are what the sentences of the steps (``done``, ``asks``) may say of a case, beside
    its ``{number}``. ``twins`` are the columns by which two cases look like one made twice, see
    :func:`twins`.

    ``filed`` is what the room adds to a case's file, see :mod:`zielwerk.core.case_files`; from
    ``kept_from`` on the file is kept for its time, by default from the end of the case.
    ``told_from`` is since when a person reads what is noted on the way; None: all of it.
    """

    model: type[C]
    tables: tuple[Lifecycle, ...]
    verbs: tuple[Verb, ...]
    page: str
    list_page: str
    look: str
    visible: Callable[[permissions.Actor, str], QuerySet[C]]
    facts: Callable[[C, date], Any] = lambda case, on: None
    table_of: Callable[[C], Lifecycle] | None = None
    looks: Mapping[str, str] = field(default_factory=dict)
    forms: Mapping[str, type[Any]] = field(default_factory=dict)
    doors: Mapping[str, Verb] = field(default_factory=dict)
    before: Mapping[str, Callable[[C, datetime], dict[str, Any]]] = field(default_factory=dict)
    panels: Mapping[str, Callable[[C], tuple[str, dict[str, Any]]]] = field(default_factory=dict)
    slots: Mapping[str, Callable[[C], object]] = field(default_factory=dict)
    origin: Callable[[permissions.Actor, C], Said | None] = lambda actor, case: None
    twins: Twins | None = None
    frame: Frame | None = None
    procedure: str = ""
    told_from: Callable[[permissions.Actor, C], datetime | None] = lambda actor, case: None
    filed: Callable[[permissions.Actor, C], Filed] = nothing
    kept_from: Callable[[C], Closing] | None = None

    def facts_said(self, case: C) -> dict[str, object]:
        """The values of all slots for a case."""
        said = {name: value(case) for name, value in self.slots.items()}
        return {"number": case.file_number, **said}

    @property
    def name(self) -> str:
        return self.model.seal_name

    @property
    def label(self) -> str:
        """The German name of one case of the kind."""
        return str(self.model._meta.verbose_name)

    @property
    def plural(self) -> str:
        """The German name of several cases of the kind."""
        return str(self.model._meta.verbose_name_plural)

    @property
    def known_tables(self) -> tuple[Lifecycle, ...]:
        """Every path that a case may walk: those declared, or those of the programme's years."""
        if self.frame is None:
            return self.tables
        return _paths(self.frame, self.procedure, settings.PROGRAMME)

    @property
    def labels(self) -> Mapping[str, str]:
        """Every state of any of the paths with its label, in natural order."""
        tables = [table.labels for table in self.known_tables]
        longest = max(tables, key=lambda labels: len(labels), default={})
        labels: dict[Any, str] = {}
        for state, label in (pair for each in (longest, *tables) for pair in each.items()):
            if english_of(label) or not english_of(labels.get(state, "")):
                labels[state] = label
        return labels

    def look_of(self, state: str) -> str:
        """How the badge of a state looks; of one between the stages, that it waits."""
        if look := self.looks.get(state):
            return look
        is_between = self.frame is not None and state not in self.frame.labels
        return "warning" if is_between else "neutral"

    def seen(self, actor: permissions.Actor, programme: str) -> QuerySet[C]:
        """The cases that a person may see: those within her perimeter, none without the role."""
        cases = self.visible(actor, programme)
        return cases.none() if permissions.role_refusal(actor, self.look) else cases

    def open_cases(self, actor: permissions.Actor, programme: str) -> QuerySet[C]:
        """The cases from which a step leads on, longest waiting first."""
        # Named, not excluded: an index leads to the few that are open.
        cases = self.visible(actor, programme).filter(state__in=self.open_states)
        return cases.order_by("state_since", "pk")

    @property
    def open_states(self) -> list[str]:
        """The states of any of the paths from which a step leads on."""
        tables = self.known_tables
        states = {state for table in tables for state in table.labels}
        final = {state for table in tables for state in table.labels if table.is_final(state)}
        return sorted(states - final)

    def lifecycle(self, case: C) -> Lifecycle:
        return self.table_of(case) if self.table_of else self.tables[0]

    def verb(self, act: str) -> Verb:
        """The function of this name, which takes steps."""
        return next(verb for verb in self.verbs if verb.__name__ == act)

    def find(self, actor: permissions.Actor, programme: str, pk: int) -> C:
        """A case within the person's perimeter; raises Http404 where there is none."""
        case = self.visible(actor, programme).filter(pk=pk).first()
        if case is None:
            raise Http404
        case.is_untouched = audit.is_untouched(case)
        return case

    def open_steps(self, case: C) -> tuple[Step, ...]:
        """The steps that lead on; none of a case that the database shows in no known state."""
        try:
            lifecycle = self.lifecycle(case)
        except Refused:  # rules that nobody kept: it was changed past the chain
            return ()
        return lifecycle.possible(case.state) if case.state in lifecycle.labels else ()


KINDS: dict[str, Kind[Any]] = {}  # by seal name
SAVED: list[Callable[[Any], None]] = []  # called with each case that was saved
TAKEN: list[Callable[[Any, Step], None]] = []  # called with a case and the step that it took
STEPS: dict[Verb, str] = {}  # every function that takes a step, and the permission it asks for


class ChangedMeanwhile(Refused):
    """Somebody else changed the case first: the form is given back beside the present stand."""


def kind_of(case: Case) -> Kind[Any]:
    return KINDS[case.seal_name]


def parse(name: str) -> tuple[Kind[Any], int] | None:
    """Kind and key of the case of this name in the audit chain; None where it names no case."""
    kind, _, number = name.partition(":")
    is_case = kind in KINDS and re.fullmatch(r"[1-9][0-9]{0,17}", number)
    return (KINDS[kind], int(number)) if is_case else None


def find(actor: permissions.Actor, programme: str, name: str) -> Case:
    """The case of this name in the audit chain, if the person may see it; else Http404."""
    parsed = parse(name)
    if parsed is None or permissions.role_refusal(actor, parsed[0].look):
        raise Http404
    kind, pk = parsed
    case: Case = kind.find(actor, programme, pk)
    return case


def sees_its_case(actor: permissions.Actor, command: object) -> bool:
    """A scope: whether the person sees the ``case`` that a command is about."""
    case = getattr(command, "case", None)
    if not isinstance(case, Case):
        return False
    return kind_of(case).seen(actor, case.programme).filter(pk=case.pk).exists()


def step(
    table: Lifecycle | Frame, hold: Callable[[Any], None] | None = None
) -> Callable[
    [Callable[Concatenate[permissions.Actor, C, Any, P], None]],
    Callable[Concatenate[permissions.Actor, C, P], C],
]:
    """Make a function the one way to take the steps of ``table`` that have its name as act.

    It gets the facts that the guards were shown, None where there are none. ``hold`` locks what
    must not move while they are read. For a stage that asks for a text, ``note`` is that text.
    """

    def wrap(
        body: Callable[Concatenate[permissions.Actor, C, Any, P], None],
    ) -> Callable[Concatenate[permissions.Actor, C, P], C]:
        act = body.__name__
        permission = table.by(act)

        @functools.wraps(body)
        def take(actor: permissions.Actor, case: C, *args: P.args, **kwargs: P.kwargs) -> C:
            case = locked(case)
            permissions.require(actor, permission, case)  # of the current revision
            if hold:
                hold(case)
            kind = kind_of(case)
            note = written(str(kwargs.get("note", "")))
            at: Any = kwargs["at"]
            row, facts = _asked(kind, case, act, timezone.localdate(at))
            if missing := stages.refusal(actor, row, case.trail, case):
                raise permissions.NotAllowed(missing)
            if over := stages.over(row, case, timezone.localdate(at)):
                raise Refused(over)
            if row.notes and not note:
                raise Refused(Refusal("cases.no_note", NO_NOTE, {"what": Label(row.notes)}))
            body(actor, case, facts, *args, **kwargs)
            stages.take_note(case, row, actor, note, at, kind.lifecycle(case).initial)
            case.state, case.state_since = row.target, at
            taken = save_case(case)
            for call in TAKEN:
                call(taken, row)
            return taken

        taking = action(permission)(take)  # type: ignore[arg-type]  # wraps keeps names only
        STEPS[taking] = permission
        return taking

    return wrap


def _asked(kind: Kind[C], case: C, act: str, on: date) -> tuple[Step, Any]:
    """The step that an act takes here and the facts it rests on; raises Refused with reasons."""
    lifecycle = kind.lifecycle(case)
    rows = [row for row in lifecycle.steps if row.taken_by == act]
    if not rows:
        raise Refused(NO_SUCH_STEP)
    row = next((row for row in rows if case.state in row.sources), rows[0])
    facts = kind.facts(case, on) if case.state in row.sources and row.guards else None
    lifecycle.after(case.state, row.verb, facts)
    return row, facts


def step_refusal(actor: permissions.Actor, row: Step, case: Case) -> Refusal | None:
    """Why this person is not asked to take a step of a case, whatever its guards say."""
    return permissions.refusal(actor, row.by, case) or stages.refusal(actor, row, case.trail)


@kept
def _paths(frame: Frame, procedure: str, programme: str) -> tuple[Lifecycle, ...]:
    years = (packs.load(programme, year) for year in packs.years(programme))
    declared = filter(None, (rules.procedure(procedure) for rules in years))  # else it has none
    return tuple(dict.fromkeys(map(frame.lifecycle, declared)))


def new_case(model: type[C], series: str, *, at: datetime, state: str = "", **columns: Any) -> C:
    """A new case with the next file number of the series.

    ``state`` is needed only where a case of the kind may begin in more than one.
    """
    kind = KINDS[model.seal_name]
    initial = {kind.frame.initial} if kind.frame else kind.tables[0].initial
    (first,) = {state} & initial if state else initial
    actor = acting()
    columns |= {"put_forward_by": actor.audit_name, "put_forward_for": capacity.house(actor)}
    case = model._default_manager.create(
        file_number=next_number(series), state=first, state_since=at, **columns
    )
    seal(case)
    _saved(case)
    return case


def locked(case: C, states: Collection[str] = ()) -> C:
    """The case in its current revision, locked until the transaction ends.

    Raises Refused if the person's page showed an older revision, if the case was changed past
    the audit chain, or if its state is none of ``states``.
    """
    current = type(case)._default_manager.select_for_update().get(pk=case.pk)
    if current.revision != case.revision or (states and current.state not in states):
        raise ChangedMeanwhile(about(CHANGED_MEANWHILE, case))
    if not is_untouched(current):
        raise Refused(about(TAMPERED, case))
    return current


def save_case(case: C) -> C:
    """Save and seal a changed case as a new revision."""
    case.revision += 1
    case.save()
    seal(case)
    _saved(case)
    return case


def _saved(case: Case) -> None:
    for call in SAVED:
        call(case)


def twins(case: C) -> QuerySet[C]:
    """Cases of the kind that look like this one made twice, oldest first.

    Two that were made on the same day with the same body, amount or text may both be meant, so
    nobody is refused: whoever makes and whoever decides is told.
    """
    by = kind_of(case).twins
    cases: QuerySet[C] = type(case)._default_manager.order_by("pk")
    if by is None or case.state in by.without:
        return cases.none()
    same = {name: getattr(case, name) for name in ("programme", *by.columns)}
    made_on = timezone.localdate(getattr(case, by.made_at))
    cases = cases.filter(**same, **{f"{by.made_at}__date": made_on})
    return cases.exclude(pk=case.pk).exclude(state__in=by.without)


def about(refusal: Refusal, case: Case) -> Refusal:
    return Refusal(refusal.rule, refusal.msgid, {"number": case.file_number}, refusal.basis)


CHANGED_MEANWHILE = Refusal(
    "cases.changed_meanwhile",
    msg(
        "{number} wurde inzwischen geändert. Bitte sehen Sie den neuen Stand an, bevor Sie "
        "etwas tun."
    ),
)
TAMPERED = Refusal(
    "cases.tampered",
    msg("{number} wurde am Protokoll vorbei verändert. Bitte benachrichtigen Sie die Prüfung."),
)
NO_NOTE = msg("Es fehlt: {what}.")
NO_SUCH_STEP = Refusal(
    "cases.no_such_step", msg("Diesen Schritt sieht das Verfahren des Programms nicht vor.")
)
