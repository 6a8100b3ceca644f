"""Scenarios of the programme: the list with the free money, a new one, a continued one."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from zielwerk.allocation import actions, queries
from zielwerk.allocation.cases import SCENARIOS
from zielwerk.allocation.forms.scenario import (
    BeginForm,
    ComparisonForm,
    StartForm,
    data_label,
    key_of_pack,
)
from zielwerk.allocation.models import IndicatorData, Scenario
from zielwerk.allocation.panels import lists as panels
from zielwerk.allocation.panels.marks import key_lines, methods
from zielwerk.allocation.views.page import draft_of
from zielwerk.budget.panels.free_money import free_rows, years_over
from zielwerk.core import permissions
from zielwerk.packs import loading as packs
from zielwerk.packs.model import AllocationKey
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.planning import Fund
from zielwerk.rulebook.refusal import msg
from zielwerk.rulebook.scenario import ScenarioState
from zielwerk.ui import acts, lists, steps
from zielwerk.ui.lists import Listed
from zielwerk.ui.views import Request, may

BEGUN = msg("Begonnen: {number} „{name}“, {total} für {year}.")
USUAL_ROUNDING = 100_00  # where no key of the rules says another


def beside(request: Request, listed: Listed) -> dict[str, Any]:
    """The money free to share out, and two scenarios to compare."""
    year = getattr(listed.filters, "year", None)
    rows = list(free_rows(settings.PROGRAMME, timezone.localdate()))
    may_draft = not permissions.role_refusal(request.user, "allocation.draft")
    return {
        "frames": [
            (row, _begin_address(row.frame.fund) if may_draft else "")
            for row in rows
            if year in (None, row.frame.fund.year)
        ],
        "years_over": years_over(request.user, rows),
        "begin_url": reverse("allocation:begin") if may_draft else "",
        "comparison": _comparison(listed),
        "may_draft": may_draft,
    }


def _begin_address(fund: Fund) -> str:
    """Where a scenario for the fund begins; empty without rules for its year."""
    if fund.year not in packs.years(settings.PROGRAMME):
        return ""
    query = {"jahr": fund.year, "zweck": fund.earmark}
    return f"{reverse('allocation:begin')}?{urlencode(query)}"


scenarios = lists.of_cases(
    SCENARIOS,
    panels.SCENARIOS,
    "allocation/scenarios.html",
    beside,
    counted=msg("Verteilszenarien"),
    order=("-year", "earmark", "-pk"),
    empty=(msg("Kein Szenario"), msg("Zu dieser Auswahl gibt es kein Szenario.")),
)


def _comparison(listed: Listed) -> ComparisonForm | None:
    """Two of the page to compare, the newest first; none where there are not two."""
    keys = [pk for (pk,) in listed.part.keys]
    by_key = Scenario.objects.defer("key", "result").in_bulk(keys)
    scenarios = [by_key[key] for key in keys]
    if len(scenarios) < 2:
        return None
    return ComparisonForm(None, scenarios, {"a": scenarios[1].pk, "b": scenarios[0].pk})


@may("allocation.draft")
@require_http_methods(["GET", "POST"])
def begin(request: Request) -> HttpResponse:
    """Begin a scenario with the key of the rules, the newest data and the last total."""
    years = packs.years(settings.PROGRAMME)
    start = StartForm(
        request.GET if "jahr" in request.GET else None, years, programmes.purposes(years)
    )
    if not start.is_valid():
        status = 422 if start.errors else 200
        return render(request, "allocation/scenario_new.html", {"start": start}, status=status)
    fund = Fund(settings.PROGRAMME, start.cleaned_data["jahr"], start.cleaned_data["zweck"])
    rules = packs.load(fund.programme, fund.year).on(timezone.localdate())
    if fund.earmark and not programmes.has_purpose(rules, fund.earmark):
        sentence = gettext("Diese Zweckbindung gibt es heute im Programmjahr {year} nicht.")
        start.add_error("zweck", sentence.format(year=fund.year))
        return render(request, "allocation/scenario_new.html", {"start": start}, status=422)
    keys = {known.earmark: known for known in rules.allocation_keys}
    pack_key = keys.get(fund.earmark)
    method = queries.method_to_begin_with(fund, pack_key)
    key = key_of_pack(pack_key, _rounding(keys.get("")), method)
    data = queries.latest_data(fund.programme, fund.year)
    is_post = request.method == "POST"
    initial = {"name": _name(fund), "summe": _last_total(request, fund)}
    form = BeginForm(request.POST if is_post else None, initial=initial)
    if is_post and data and form.is_valid():
        start_command = _start(form, fund, key, data)
        return begun(request, start_command)
    context = {
        "start": start,
        "form": form,
        "year": fund.year,
        "purpose": programmes.purpose(fund),
        "pack_key": pack_key,
        "key": key_lines(
            key,
            {indicator.code: indicator for indicator in rules.indicators},
            queries.last_year_rule(rules, fund.earmark),
        ),
        "methods": methods(),
        "data": data,
        "data_label": data_label(data) if data else "",
    }
    status = 422 if form.errors else 200
    return render(request, "allocation/scenario_new.html", context, status=status)


def _rounding(general: AllocationKey | None) -> int:
    """The unit for a purpose without a key: that of the general money."""
    return general.rounding_cents if general else USUAL_ROUNDING


def _name(fund: Fund) -> str:
    return gettext("Verteilung {year}: {purpose}").format(
        year=fund.year, purpose=programmes.purpose(fund)
    )[:80]


def _last_total(request: Request, fund: Fund) -> int | None:
    """What was last distributed by a decision, else the budget's frame, else last year's sum."""
    scenarios = queries.scenarios(request.user, fund.programme, fund.year)
    decided = scenarios.filter(earmark=fund.earmark, state=ScenarioState.DECIDED)
    last = decided.order_by("-decided_at", "-pk").first()
    return (
        (last.end_cents if last else 0)
        or programmes.frame_cents(fund)
        or sum(programmes.last_year(fund).values())
        or None
    )


def _start(form: BeginForm, fund: Fund, key: dict[str, Any], data: IndicatorData) -> actions.Start:
    draft = actions.Draft(
        name=form.cleaned_data["name"],
        comment="",
        total_cents=int(form.cleaned_data["summe"]),
        key=key,
        data=data,
    )
    return actions.Start(fund, draft)


@may("allocation.draft")
@require_POST
def go_on(request: Request, pk: int) -> HttpResponse:
    """Begin a new scenario with the contents of this one, whatever its state."""
    scenario = SCENARIOS.find(request.user, settings.PROGRAMME, pk)
    name = gettext("{name} (Fortsetzung)").format(name=scenario.name[:60])
    start = actions.Start(
        scenario.fund, draft_of(scenario, name=name, key=queries.key_to_go_on_with(scenario))
    )
    return begun(request, start)


def begun(request: Request, start: actions.Start) -> HttpResponse:
    return acts.done(
        request,
        lambda: actions.begin(request.user, start, at=timezone.now()),
        lambda scenario: steps.begun(request, scenario, BEGUN),
    )
