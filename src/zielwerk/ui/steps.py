"""Cases as pages: whose turn it is, the steps as buttons, the one door of all steps, the timeline.

The parts of a case page that are the same for every kind of case; the room adds its facts.
See :mod:`zielwerk.core.cases`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.db.models import QuerySet, Subquery, Value
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.views.decorators.http import require_http_methods

from zielwerk.core import cases, due_days, permissions, stages
from zielwerk.core.cases import Case, Kind
from zielwerk.core.kept import REVISION
from zielwerk.core.models import Job
from zielwerk.core.turns import task_of
from zielwerk.language import translate
from zielwerk.rulebook.lifecycle import Label, Look, Step
from zielwerk.rulebook.refusal import Refusal, msg
from zielwerk.rulebook.tasks import came_too_late, is_late
from zielwerk.ui import acts
from zielwerk.ui.acts import Answer, Said
from zielwerk.ui.joined import JOINED
from zielwerk.ui.stages import NoteForm, Passed, ending, passed, reopens
from zielwerk.ui.tags.values import said
from zielwerk.ui.timeline import Event, timeline
from zielwerk.ui.views import Request, may


@dataclass(frozen=True)
class Button:
    """A step that leads on from here; ``reasons`` say why this person may not take it now."""

    step: Step
    url: str
    reasons: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        return self.step.label

    @property
    def look(self) -> str:
        return self.step.look.value


@dataclass(frozen=True)
class Turn:
    """Whose turn it is: the roles that may take the step, since when, until when."""

    step: Step
    asked: tuple[str, str]  # what is to do, for one case and for several
    roles: tuple[str, ...]
    since: datetime
    due: date | None
    is_late: bool
    came_too_late: bool  # whether its day had passed before it was anybody's turn
    is_day_assumed: bool = False

    @property
    def is_assumed(self) -> bool:
        """Whether its day is one that no source names."""
        return self.due is not None and self.is_day_assumed

    @property
    def who(self) -> str:
        """The organisations that are asked, in the person's language."""
        return ", ".join(translate(role, get_language() or "de") for role in self.roles)

    @property
    def task(self) -> str:
        """What the case waits for, in the person's language."""
        return ngettext(*self.asked, 1)


@dataclass(frozen=True)
class Todo:
    """What is to do about a case, and whose turn it is; see ``ui/case_steps.html``."""

    case: Case
    turns: tuple[Turn, ...]
    buttons: tuple[Button, ...]
    is_closed: bool
    ending: Said  # why nothing is to do, where the case is closed
    passed: tuple[Passed, ...] = ()

    @property
    def blocked(self) -> tuple[str, ...]:
        """The reasons against every step, where they are the same for all; else empty."""
        reasons = {button.reasons for button in self.buttons}
        return reasons.pop() if len(reasons) == 1 and len(self.buttons) > 1 else ()


@dataclass(frozen=True)
class CasePage(Todo):
    """The parts of every case page; see the template ``ui/case.html``."""

    kind: Kind[Any] = field(kw_only=True)
    title: str = field(kw_only=True)
    timeline: tuple[Event, ...] = field(kw_only=True)
    parts: tuple[str, ...] = field(kw_only=True)
    list_url: str = field(kw_only=True)
    twins: tuple[tuple[str, str], ...] = ()  # file number and address
    previous: str = ""
    following: str = ""


def sentences(refusals: Iterable[Refusal]) -> tuple[str, ...]:
    """Refusals as sentences in the person's language."""
    return tuple(map(said, refusals))


def buttons(
    request: Request,
    case: Case,
    facts: Any = None,
    obstacles: Sequence[Refusal] = (),
    possible: Sequence[Step] | None = None,
) -> tuple[Button, ...]:
    """The steps that lead on from here and that this person's role may take, foremost first.

    ``facts`` and the ``possible`` steps if they are known already; ``obstacles`` are reasons
    against every step, e.g. that the person's input is not saved.
    """
    kind = cases.kind_of(case)
    possible = kind.open_steps(case) if possible is None else possible
    if not case.is_untouched:
        obstacles = (cases.about(cases.TAMPERED, case),)
    if facts is None and not obstacles and any(step.guards for step in possible):
        facts = kind.facts(case, timezone.localdate())
    buttons = []
    for step in possible:
        if stages.role_refusal(request.user, step, case):
            continue
        reasons = list(obstacles) or list(
            kind.lifecycle(case).refusals(case.state, step.verb, facts)
        )
        if reasons and step.is_quiet:
            continue
        if missing := stages.forbids(request.user, step, case):
            if step.is_taking_back and step.is_quiet:
                continue
            reasons.insert(0, missing)
        if over := stages.over(step, case, timezone.localdate()):
            reasons.append(over)
        buttons.append(Button(step, step_url(kind, case, step), sentences(reasons)))
    buttons = _without_detours(buttons)
    return tuple(sorted(buttons, key=lambda button: list(Look).index(button.step.look)))


def _without_detours(buttons: list[Button]) -> list[Button]:
    """Whoever may take her own back does not send it back to herself, with a reason, as well."""
    own = {one.step.target for one in buttons if one.step.is_taking_back and not one.reasons}
    return [one for one in buttons if not (one.step.is_against and one.step.target in own)]


def step_url(kind: Kind[Any], case: Case, step: Step) -> str:
    return reverse(f"{kind.page}_step", args=[case.pk, step.address])


def url_of(name: str) -> str:
    """Where the case of this name in the audit chain is shown, empty where it is no case."""
    parsed = cases.parse(name)
    return reverse(parsed[0].page, args=[parsed[1]]) if parsed else ""


def urls_seen(user: permissions.Actor, names: Iterable[str]) -> dict[str, str]:
    """Addresses of those cases, by name in the chain, that a person may see; one query."""
    keys: dict[str, list[int]] = defaultdict(list)
    for parsed in map(cases.parse, names):
        if parsed:
            keys[parsed[0].name].append(parsed[1])
    seen = [
        cases.KINDS[name]
        .seen(user, settings.PROGRAMME)
        .filter(pk__in=pks)
        .order_by()
        .annotate(seal_name=Value(name))
        .values_list("seal_name", "pk")
        for name, pks in sorted(keys.items())
    ]
    found = seen[0].union(*seen[1:], all=True) if seen else ()
    return {f"{name}:{pk}": reverse(cases.KINDS[name].page, args=[pk]) for name, pk in found}


def turns(case: Case, today: date, possible: Sequence[Step]) -> tuple[Turn, ...]:
    """The ``possible`` steps that the case waits for, and the roles that may take them."""
    turns = []
    for step in possible:
        if task := task_of(case, step):
            due = due_days.due_day(case, step)
            roles = roles_asked(step)
            since = timezone.localdate(case.state_since)
            late = is_late(due, since, today), came_too_late(due, since)
            assumed = due_days.is_due_assumed(case, step)
            turns.append(Turn(step, task, roles, case.state_since, due, *late, assumed))
    return tuple(turns)


def roles_asked(step: Step) -> tuple[str, ...]:
    """The roles that may take a step, as German msgids."""
    names = [role for role in permissions.ROLES if role in stages.roles_of(step)]
    return tuple(permissions.ROLES[name] for name in names)


def whose_turn(case: Case) -> list[Said]:
    """The sentence that says who is asked now; none where nobody is."""
    kind = cases.kind_of(case)
    if not any(step.task for table in kind.known_tables for step in table.steps):
        return []
    steps = kind.open_steps(case)
    if all(step.is_undoing for step in steps):
        reopened = msg("Der Vorgang lässt sich wiederherstellen.")
        is_reopened = reopens(case, steps)
        return [Said(reopened if is_reopened else msg("Der Vorgang ist abgeschlossen."))]
    asked = [step for step in steps if step.task] or [
        step for step in steps if step.look == Look.PRIMARY
    ]
    roles = dict.fromkeys(role for step in asked for role in roles_asked(step))
    if not roles:
        return []
    return [Said(msg("Am Zug: {who}."), {"who": [Label(role) for role in roles]})]


def begun(request: Request, case: Case, msgid: str, to: str = "") -> Answer:
    """What the form led to that began a case: ``to``, by default its page; and a word of a twin.

    ``msgid`` has the slots of the case's kind.
    """
    kind = cases.kind_of(case)
    said = Said(msgid, kind.facts_said(case))
    twins = [twin.file_number for twin in twins_seen(request, case)]
    warning = [Said(TWIN, {"numbers": twins})] if twins else []
    return Answer(to or reverse(kind.page, args=[case.pk]), said, *warning)


TWIN = msg("Am selben Tag liegt ein gleicher Vorgang vor: {numbers}.")


def twins_seen(request: Request, case: Case) -> list[Case]:
    """The twins of a case that this person may see."""
    kind = cases.kind_of(case)
    if kind.twins is None:
        return []
    seen = kind.seen(request.user, settings.PROGRAMME)
    return list(seen.filter(pk__in=cases.twins(case).order_by().values("pk")).order_by("pk"))


def twin_links(request: Request, case: Case) -> tuple[tuple[str, str], ...]:
    """The twins of a case that this person may see: file number and address."""
    page = cases.kind_of(case).page
    twins = twins_seen(request, case)
    return tuple((twin.file_number, reverse(page, args=[twin.pk])) for twin in twins)


def todo(
    request: Request, case: Case, facts: Any = None, obstacles: Sequence[Refusal] = ()
) -> Todo:
    """What is to do about a case, without the rest of its page."""
    possible = cases.kind_of(case).open_steps(case)
    return Todo(
        case,
        turns(case, timezone.localdate(), possible),
        buttons(request, case, facts, obstacles, possible),
        all(step.is_undoing for step in possible),
        ending(case, possible),
        passed(request, case),
    )


def case_page(
    request: Request,
    case: Case,
    title: str,
    facts: Any = None,
    obstacles: Sequence[Refusal] = (),
) -> CasePage:
    """The page of a case, without the room's own facts."""
    kind = cases.kind_of(case)
    before, after = neighbours(kind.visible(request.user, settings.PROGRAMME), case.pk)
    return CasePage(
        **vars(todo(request, case, facts, obstacles)),
        kind=kind,
        title=title,
        timeline=timeline(request, case),
        parts=tuple(part(request, case) for part in JOINED.parts),
        list_url=reverse(kind.list_page),
        twins=twin_links(request, case),
        previous=reverse(kind.page, args=[before]) if before else "",
        following=reverse(kind.page, args=[after]) if after else "",
    )


def neighbours(visible: QuerySet[Any], pk: int) -> tuple[int | None, int | None]:
    """The keys of the records before and after one, among those a person may see; one query."""
    keys = visible.values("pk")
    before = keys.filter(pk__lt=pk).order_by("-pk")[:1]
    after = keys.filter(pk__gt=pk).order_by("pk")[:1]
    one = visible.model._default_manager.filter(pk=pk)
    row = one.values_list(Subquery(before), Subquery(after)).first()
    return row or (None, None)


def revision_seen(request: HttpRequest) -> int:
    """The revision of a case that was on the person's page; 0 where it names none."""
    number = request.POST.get(REVISION, "")
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 9 else 0


def door(kind: Kind[Any]) -> Callable[..., HttpResponse]:
    """The one door of all steps: ask where the step wants it, take it, show the case.

    A step that was opened like a page asks on a page of its own, so that nothing depends on
    a script, and nobody decides by following a link.
    """

    @may(kind.look)
    @require_http_methods(["GET", "POST"])
    def take(request: Request, pk: int, address: str) -> HttpResponse:
        case = kind.find(request.user, settings.PROGRAMME, pk)
        lifecycle = kind.lifecycle(case)
        verb = lifecycle.at(address)
        if not verb:
            raise Http404
        row = lifecycle.verbs[verb]
        act = row.taken_by
        ask = kind.forms.get(act) or (partial(NoteForm, label=row.notes) if row.notes else None)
        if request.method != "POST":
            if not lifecycle.step(case.state, verb):
                return redirect(kind.page, pk)
            return _asking(request, kind, case, verb, ask() if ask else None)
        case.revision = revision_seen(request)
        form = ask(request.POST) if ask else None
        if form and not form.is_valid():
            return _asking(request, kind, case, verb, form, 422)
        arguments, now = form.arguments() if form else {}, timezone.now()
        if act in kind.before and lifecycle.step(case.state, verb):
            arguments |= kind.before[act](case, now)
        verb_function = kind.doors.get(act, kind.verb(act))
        return acts.done(
            request,
            lambda: verb_function(request.user, case, **arguments, at=now),
            lambda result: (
                begun_work(result, lifecycle.verbs[verb], case.file_number)
                if isinstance(result, Job)
                else taken(result, verb)
            ),
        )

    return take


def taken(case: Case, verb: str) -> Answer:
    """What a step led to: the page of the case, what was done, and who is asked now."""
    kind = cases.kind_of(case)
    said = Said(kind.lifecycle(case).verbs[verb].done, kind.facts_said(case))
    return Answer(reverse(kind.page, args=[case.pk]), said, *whose_turn(case))


def begun_work(job: Job, step: Step, number: str) -> Answer:
    """What a step led to that takes a while: the page of its progress."""
    slots = {"number": number, "label": Label(step.label)}
    said = Said(msg("Begonnen: {label}, {number}. Das dauert einen Moment."), slots)
    return Answer(reverse("ui:job", args=[job.pk]), said)


def _asking(
    request: Request, kind: Kind[Any], case: Case, verb: str, form: Any, status: int = 200
) -> HttpResponse:
    """The page that asks before a step is taken."""
    lifecycle = kind.lifecycle(case)
    step = lifecycle.step(case.state, verb) or lifecycle.verbs[verb]
    if missing := stages.role_refusal(request.user, step, case):
        raise permissions.NotAllowed(missing)
    panel_of = kind.panels.get(step.taken_by)
    panel, context = panel_of(case) if panel_of else ("", dict[str, Any]())
    button = next(
        (
            button
            for button in buttons(request, case, context.get("facts"))
            if button.step.verb == verb
        ),
        None,
    )
    if button is None:
        return redirect(kind.page, case.pk)
    page = {
        **context,
        "kind": kind,
        "case": case,
        "case_url": reverse(kind.page, args=[case.pk]),
        "list_url": reverse(kind.list_page),
        "button": button,
        "effect": Said(button.step.asks, kind.facts_said(case)),
        "foretold": [*_for_whom(request, step, case), *JOINED.effects(case, step.taken_by)],
        "panel": panel,
        "twins": () if button.step.is_undoing else twin_links(request, case),
        "form": form,
    }
    return render(request, "ui/step.html", page, status=status)


def _for_whom(request: Request, step: Step, case: Case) -> list[Said]:
    """For which side a stage is taken that is not the person's own."""
    if not stages.is_on_behalf(request.user, step, case):
        return []
    side = translate(permissions.ROLES[step.side], get_language() or "de")
    return [Said(ON_BEHALF, {"side": side})]


ON_BEHALF = msg("Sie tun das an Stelle von: {side}. Der Verlauf nennt Sie.")


def paths(prefix: str, kind: Kind[Any], page: Callable[..., HttpResponseBase]) -> list[URLPattern]:
    """The addresses of a kind of case: its page and the door of its steps."""
    name = kind.page.partition(":")[2]
    return [
        path(f"{prefix}/<int:pk>", page, name=name),
        path(f"{prefix}/<int:pk>/<slug:address>", door(kind), name=f"{name}_step"),
    ]
