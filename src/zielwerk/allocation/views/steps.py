"""The steps of a scenario as buttons and pages: put forward, hear, send back, decide, discard."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST

from zielwerk.allocation import actions, queries
from zielwerk.allocation.forms.scenario import ConsultationForm
from zielwerk.allocation.models import Scenario
from zielwerk.allocation.views.table import table_of
from zielwerk.core import permissions
from zielwerk.core.views import Request, may
from zielwerk.identity import queries as identity
from zielwerk.language import sentence
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.lifecycle import Step
from zielwerk.rulebook.refusal import Refusal, msg
from zielwerk.rulebook.scenario import LABELS, ScenarioFacts, ScenarioState

ASKS = ("decide", "consult")  # steps with a page of their own that asks once more
SAVE_FIRST = Refusal(
    "allocation.save_first",
    msg("Was Sie geändert haben, ist noch nicht gespeichert. Bitte erst speichern."),
)


@dataclass(frozen=True)
class Possible:
    """A step that leads on from here, with the reasons why this person may not take it now."""

    step: Step
    url: str
    asks: bool
    reasons: tuple[str, ...]


def possible(
    request: Request, scenario: Scenario, facts: ScenarioFacts, is_saved: bool = True
) -> list[Possible]:
    """The steps that this person's role may take, in the order declared."""
    steps = []
    lifecycle = actions.lifecycle_of(scenario)
    for step in lifecycle.possible(scenario.state):
        if permissions.role_refusal(request.user, step.by):
            continue
        reasons = list(lifecycle.refusals(scenario.state, step.verb, facts))
        if missing := permissions.refusal(request.user, step.by, scenario):
            reasons.insert(0, missing)
        if not is_saved:
            reasons = [SAVE_FIRST]
        said = tuple(sentence(why, get_language() or "de") for why in reasons)
        url = reverse(f"allocation:{step.verb}", args=[scenario.pk])
        steps.append(Possible(step, url, step.verb in ASKS, said))
    return steps


@dataclass(frozen=True)
class Stage:
    """One stand on the scenario's way: ``state`` is done, current or open."""

    label: str
    state: str
    at: datetime | None
    who: str
    said: str = ""


def way(request: Request, scenario: Scenario) -> Iterator[Stage]:
    """The stands that this programme's rules lead through, with who did what when."""
    labels = actions.lifecycle_of(scenario).labels
    by = (scenario.begun_by, scenario.proposed_by, scenario.decided_by)
    names = identity.labels(set(by) - {""}, request.user)
    known = {
        ScenarioState.DRAFT: (scenario.begun_at, scenario.begun_by, ""),
        ScenarioState.PROPOSED: (scenario.proposed_at, scenario.proposed_by, ""),
        ScenarioState.CONSULTED: (scenario.consulted_at, "", scenario.consultation),
        ScenarioState.DECIDED: (scenario.decided_at, scenario.decided_by, ""),
    }
    if scenario.state == ScenarioState.DISCARDED:
        known = {
            ScenarioState.DRAFT: known[ScenarioState.DRAFT],
            ScenarioState.DISCARDED: (None, "", ""),
        }
    order = [state for state in known if state in labels]
    here = order.index(ScenarioState(scenario.state))
    for place, state in enumerate(order):
        at, who, said = known[state]
        stand = "done" if place < here else "open"
        if place == here:
            stand = "current" if place + 1 < len(order) else "done"
        yield Stage(LABELS[state], stand, at, names.get(who, who), said)


def step(verb: Callable[..., Scenario], permission: str) -> Callable[[Request, int], HttpResponse]:
    """A door for one step: press, do, show where it stands."""

    @may(permission)
    @require_POST
    def take(request: Request, pk: int) -> HttpResponse:
        one = queries.scenario(request.user, settings.PROGRAMME, pk)
        one.revision = seen(request)
        verb(request.user, one, at=timezone.now())
        return redirect("allocation:scenario", pk)

    return take


def seen(request: Request) -> int:
    """The stand of a scenario that was on the person's page; 0 where it says none."""
    number = request.POST.get("revision", "")
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 9 else 0


propose = step(actions.propose, "allocation.propose")
send_back = step(actions.send_back, "allocation.send_back")
discard = step(actions.discard, "allocation.draft")


@may("allocation.decide")
@require_http_methods(["GET", "POST"])
def decide(request: Request, pk: int) -> HttpResponse:
    """Asks once more with the sums and with those who lose; then every body is booked."""
    one = queries.scenario(request.user, settings.PROGRAMME, pk)
    if request.method == "POST":
        one.revision = seen(request)
        actions.decide(request.user, one, at=timezone.now())
        return redirect("allocation:scenario", pk)
    if not actions.lifecycle_of(one).step(one.state, "decide"):
        return redirect("allocation:scenario", pk)
    table = table_of(one)
    found = possible(request, one, table.facts)
    context = {
        "scenario": one,
        "purpose": programmes.purpose(one.fund),
        "table": table,
        "decide": next(each for each in found if each.step.verb == "decide"),
    }
    return render(request, "allocation/scenario_decide.html", context)


@may("allocation.consult")
@require_http_methods(["GET", "POST"])
def consult(request: Request, pk: int) -> HttpResponse:
    """Asks for what those said who must be heard."""
    one = queries.scenario(request.user, settings.PROGRAMME, pk)
    sent = request.method == "POST"
    form = ConsultationForm(request.POST if sent else None, initial={"revision": one.revision})
    if sent and form.is_valid():
        one.revision = form.cleaned_data["revision"]
        actions.consult(request.user, one, form.cleaned_data["ergebnis"], at=timezone.now())
        return redirect("allocation:scenario", pk)
    lifecycle = actions.lifecycle_of(one)
    known = {each.verb for each in lifecycle.steps}
    if "consult" not in known or not lifecycle.step(one.state, "consult"):
        return redirect("allocation:scenario", pk)
    context = {"scenario": one, "form": form}
    status = 422 if form.errors else 200
    return render(request, "allocation/scenario_consult.html", context, status=status)
