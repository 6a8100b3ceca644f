"""Scenarios of the programme: the list with what is free, a new one, one continued as another."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zielwerk.allocation import actions, queries
from zielwerk.allocation.forms.scenario import (
    BeginForm,
    ComparisonForm,
    StartForm,
    data_label,
    key_of_pack,
)
from zielwerk.allocation.models import IndicatorData, Scenario
from zielwerk.allocation.views.marks import key_lines
from zielwerk.allocation.views.page import draft_of
from zielwerk.budget import queries as budgets
from zielwerk.core import exports, permissions
from zielwerk.core.ui.addresses import PAGE
from zielwerk.core.views import Request, may
from zielwerk.packs import loading as packs
from zielwerk.packs.model import AllocationKey
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.planning import Fund
from zielwerk.rulebook.scenario import LABELS, ScenarioState

PAGE_LENGTH = 50
KINDS: dict[str, str] = {
    ScenarioState.PROPOSED: "warning",
    ScenarioState.CONSULTED: "warning",
    ScenarioState.DECIDED: "success",
    ScenarioState.DRAFT: "info",
}
USUAL_ROUNDING = 100_00  # where no key of the rules says another


class ScenarioFilters(forms.Form):
    jahr = forms.ChoiceField(label=_("Programmjahr"), required=False)
    stand = forms.ChoiceField(
        label=_("Stand"),
        required=False,
        choices=[("", _("alle")), *((str(key), _(label)) for key, label in LABELS.items())],
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        known = [
            ("", gettext("alle")),
            *((str(year), str(year)) for year in packs.years(settings.PROGRAMME)),
        ]
        self.fields["jahr"].choices = known  # type: ignore[attr-defined]


@may("allocation.look")
@require_safe
def scenarios(request: Request) -> HttpResponse:
    """All scenarios by year and purpose, and what is free to share out."""
    filters = ScenarioFilters(request.GET)
    filters.full_clean()
    year, state = (filters.cleaned_data.get(name) or "" for name in ("jahr", "stand"))
    found = queries.scenarios(request.user, settings.PROGRAMME, int(year) if year else None)
    found = found.filter(state=state) if state else found
    found = found.order_by("-year", "earmark", "-pk").defer("data__values", "key", "result")
    if exports.wanted(request):
        return _export(request, found)
    page = Paginator(found, PAGE_LENGTH).get_page(request.GET.get(PAGE))
    frames = budgets.frames_and_free(settings.PROGRAMME)
    with_rules = packs.years(settings.PROGRAMME)
    context = {
        "filters": filters,
        "page": page,
        "rows": [
            (one, programmes.purpose(one.fund), KINDS.get(one.state, "neutral")) for one in page
        ],
        "frames": [
            (
                one,
                programmes.purpose(one.fund),
                one.fund.year in with_rules,
            )
            for one in reversed(frames)
            if not year or one.fund.year == int(year)
        ],
        "comparison": _comparison(list(page)),
        "may_draft": not permissions.role_refusal(request.user, "allocation.draft"),
    }
    return render(request, "allocation/scenarios.html", context)


def _comparison(found: list[Scenario]) -> ComparisonForm | None:
    """Two to compare, the newest first; none where there are not two."""
    if len(found) < 2:
        return None
    return ComparisonForm(None, found, {"a": found[1].pk, "b": found[0].pk})


def _export(request: Request, found: Iterable[Scenario]) -> HttpResponse:
    headings = [
        *(gettext("Aktenzeichen"), gettext("Name"), gettext("Programmjahr")),
        *(gettext("Zweckbindung"), gettext("Zu verteilen"), gettext("Stand")),
        *(gettext("Datenstand"), gettext("Anmerkung"), gettext("Begonnen"), gettext("Entschieden")),
    ]
    rows = (
        [
            *(one.file_number, one.name, one.year),
            *(programmes.purpose(one.fund), Cents(one.total_cents)),
            *(gettext(one.get_state_display()), data_label(one.data), one.comment),
            *(one.begun_at, one.decided_at),
        ]
        for one in found
    )
    return exports.response(request, "verteilszenarien", headings, rows, at=timezone.now())


@may("allocation.draft")
@require_http_methods(["GET", "POST"])
def begin(request: Request) -> HttpResponse:
    """Begin a scenario with the key of the rules, the newest data and the last total."""
    known = packs.years(settings.PROGRAMME)
    start = StartForm(
        request.GET if "jahr" in request.GET else None, known, programmes.purposes(known)
    )
    if not start.is_valid():
        status = 422 if start.errors else 200
        return render(request, "allocation/scenario_new.html", {"start": start}, status=status)
    fund = Fund(settings.PROGRAMME, start.cleaned_data["jahr"], start.cleaned_data["zweck"])
    rules = packs.load(fund.programme, fund.year)
    given = {one.earmark: one for one in rules.allocation_keys}
    key = key_of_pack(given.get(fund.earmark), _rounding(given.get("")))
    data = queries.latest_data(fund.programme, fund.year)
    sent = request.method == "POST"
    first = {"name": _name(fund), "summe": _last_total(request, fund)}
    form = BeginForm(request.POST if sent else None, initial=first)
    if sent and data and form.is_valid():
        begun = _start(form, fund, key, data)
        one = actions.begin(request.user, None, begun, at=timezone.now())
        return redirect("allocation:scenario", one.pk)
    context = {
        "start": start,
        "form": form,
        "year": fund.year,
        "purpose": programmes.purpose(fund),
        "pack_key": given.get(fund.earmark),
        "key": key_lines(key, {one.code: one for one in rules.indicators}),
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
    """What the last scenario shared; else what the budget permits; else last year's sum."""
    found = queries.scenarios(request.user, fund.programme, fund.year)
    newest = found.filter(earmark=fund.earmark).first()
    return (
        (newest.total_cents if newest else 0)
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
    """Begin a new scenario with all that this one says, whatever its stand."""
    one = queries.scenario(request.user, settings.PROGRAMME, pk)
    name = gettext("{name} (Fortsetzung)").format(name=one.name[:60])
    start = actions.Start(one.fund, draft_of(one, name=name))
    made = actions.begin(request.user, None, start, at=timezone.now())
    return redirect("allocation:scenario", made.pk)
