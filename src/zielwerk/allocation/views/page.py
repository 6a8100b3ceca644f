"""The what-if page: change the key and see every body's amount beside last year's at once."""

from copy import copy
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zielwerk.allocation import actions, queries
from zielwerk.allocation.actions import Draft
from zielwerk.allocation.cases import SCENARIOS
from zielwerk.allocation.forms.scenario import OverrideForm, ScenarioForm, is_same_key
from zielwerk.allocation.models import Scenario
from zielwerk.allocation.panels import files
from zielwerk.allocation.panels import table as tables
from zielwerk.allocation.panels.lines import below_agreed_title, lines_of
from zielwerk.allocation.panels.marks import Marks, key_lines, key_sentence, marks_of, methods
from zielwerk.allocation.panels.rows import Row, bodies_of
from zielwerk.allocation.panels.since import now_of, since
from zielwerk.allocation.panels.table import Table, table_of
from zielwerk.core import cases, exports, permissions
from zielwerk.language import sentence
from zielwerk.packs.model import Year
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.allocation import LAST_YEAR_LABELS
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.rulebook.scenario import ScenarioState
from zielwerk.ui import acts, bodies, steps
from zielwerk.ui.addresses import address
from zielwerk.ui.views import Request, may, shown_at

VIEW = "ansicht"
RESULT = "ergebnis"  # the part of the page that a change replaces
KEPT = msg("Gespeichert: {number}.")
KEPT_IMPOSSIBLE = msg("Gespeichert: {number}, aber so nicht verteilbar.")
SET = msg("Von Hand gesetzt: {amount} für {name} in {number}.")
LIFTED = msg("Aufgehoben: {name} bekommt in {number} wieder den Betrag nach dem Schlüssel.")
SAVE_FIRST = Refusal(
    "allocation.save_first",
    msg("Was Sie geändert haben, ist noch nicht gespeichert. Bitte erst speichern."),
)


@may("allocation.look")
@require_safe
def scenario(request: Request, pk: int) -> HttpResponseBase:
    """The scenario as stored, or as the address changes it; nothing is written."""
    scenario = SCENARIOS.find(request.user, settings.PROGRAMME, pk)
    rules = queries.rules_of(scenario)
    if scenario.state != ScenarioState.DRAFT:
        return _page(request, scenario, rules, None)
    form = form_of(scenario, rules)
    if form.fields.keys() & request.GET.keys():
        changes = {name: request.GET[name] for name in form.fields if name in request.GET}
        form.type_in(changes)
    return _page(request, scenario, rules, form)


def form_of(scenario: Scenario, rules: Year, data: dict[str, Any] | None = None) -> ScenarioForm:
    sets = {scenario.data_id: scenario.data}
    for data_set in queries.indicator_data(scenario.programme, scenario.year):
        sets.setdefault(data_set.pk, data_set)
    return ScenarioForm(scenario, rules.indicators, sets.values(), data)


def preview(scenario: Scenario, draft: Draft) -> Scenario:
    """The scenario as the draft would make it; never saved."""
    changed = copy(scenario)
    changed.name, changed.comment = draft.name, draft.comment
    changed.share_out(draft.total_cents, draft.key)
    changed.data, changed.overrides = draft.data, dict(draft.overrides)
    return changed


def draft_of(scenario: Scenario, **changes: Any) -> Draft:
    """The stored contents, as a draft."""
    draft = Draft(
        name=scenario.name,
        comment=scenario.comment,
        total_cents=scenario.total_cents,
        key=scenario.key,
        data=scenario.data,
        overrides=scenario.overrides,
        revision=scenario.revision,
    )
    return replace(draft, **changes)


def is_saved(scenario: Scenario, draft: Draft) -> bool:
    """Whether the draft equals the stored contents."""
    stored = draft_of(scenario, key={}, revision=draft.revision)
    return replace(draft, key={}) == stored and is_same_key(draft.key, scenario.key)


@dataclass(frozen=True)
class Trial:
    """A scenario as the form would make it, beside the one that is kept.

    ``is_wrong`` is set where the form cannot be read, ``form`` None where nothing can be changed.
    """

    stored: Scenario
    scenario: Scenario
    form: ScenarioForm | None
    table: Table
    is_wrong: bool
    is_saved: bool

    @classmethod
    def of(cls, stored: Scenario, rules: Year, form: ScenarioForm | None) -> "Trial":
        is_wrong = form is not None and bool(form.errors)
        draft = form.draft() if form and form.is_bound and not is_wrong else draft_of(stored)
        scenario = preview(stored, draft)
        table = Table.empty(scenario) if is_wrong else table_of(scenario, timezone.localdate())
        if form and table.refusals:  # said where one types, also of a stored scenario
            form = form if form.is_bound else form_of(stored, rules, form.values())
            form.tell(table.refusals, steps.sentences(table.refusals))
        return cls(
            stored, scenario, form, table, is_wrong, not is_wrong and is_saved(stored, draft)
        )

    @property
    def kept(self) -> dict[str, int] | None:
        """The amounts of the kept scenario, where they are to be compared with."""
        if self.is_saved or self.table.basis is None:
            return None
        return queries.amounts_of(self.stored, self.table.basis)


def _page(
    request: Request,
    stored: Scenario,
    rules: Year,
    form: ScenarioForm | None,
    refusals: tuple[str, ...] = (),
    status: int = 200,
) -> HttpResponseBase:
    """The page; of a change typed on it, only what the change alters."""
    trial = Trial.of(stored, rules, form)
    marks = marks_of(trial.scenario, rules)
    if exports.file_format(request) and not trial.is_wrong:
        return _export(request, trial, rules, marks)
    obstacles = () if trial.is_saved else (SAVE_FIRST,)
    context = {
        **_result(request, trial),
        "marks": marks,
        "methods": methods(),
        "last_year": gettext(LAST_YEAR_LABELS[queries.last_year_rule(rules, stored.earmark)]),
        "refusals": refusals,
        "may_draft": not permissions.role_refusal(request.user, "allocation.draft"),
    }
    is_part = is_change_on_page(request)
    if is_part:
        template = "allocation/scenario_answer.html"
        context["page"] = steps.todo(request, trial.scenario, trial.table.facts, obstacles)
    else:
        template = "allocation/scenario.html"
        facts = trial.table.facts
        context["page"] = steps.case_page(request, trial.scenario, stored.name, facts, obstacles)
        context["purpose"] = programmes.purpose(stored.fund)
        labels = {indicator.code: indicator for indicator in rules.indicators}
        context["key"] = key_lines(
            trial.scenario.key, labels, queries.last_year_rule(rules, stored.earmark)
        )
    response = render(request, template, context, status=status)
    patch_vary_headers(response, ("HX-Request", "HX-Target"))
    return response


def is_change_on_page(request: Request) -> bool:
    """Whether the page is there already and only the answer to a change is asked for."""
    return request.headers.get("HX-Target") == RESULT and not request.headers.get(
        "HX-History-Restore-Request"
    )


def _result(request: Request, trial: Trial) -> dict[str, Any]:
    """What the scenario comes to, in the view that the address asks for."""
    table = trial.table
    knows_change = any(row.change_cents is not None for row in table.rows)
    labels = {
        tables.TABLE: gettext("Tabelle"),
        tables.CHANGE: gettext("Karte der Veränderung"),
        tables.AMOUNT: gettext("Karte der Beträge"),
        tables.BARS: gettext("Balken"),
    }
    if not knows_change:
        del labels[tables.CHANGE]
    view = request.GET.get(VIEW, "")
    view = view if view in labels else tables.TABLE
    return {
        "scenario": trial.scenario,
        "form": trial.form,
        "trial": trial,
        "is_saved": trial.is_saved,
        "table": table,
        "since": since(table, now_of(table)),
        "lines": lines_of(table, trial.kept),
        "below_agreed_title": below_agreed_title(table.below_agreed),
        "view": view,
        "views": [
            (text, address(request, **{VIEW: "" if key == tables.TABLE else key}), key == view)
            for key, text in labels.items()
        ],
        "bars": tables.bars(table) if view == tables.BARS else (),
        "tiles": tables.tiles(table, view) if view in tables.MAPS else (),
    }


def _export(request: Request, trial: Trial, rules: Year, marks: Marks) -> HttpResponseBase:
    key = key_sentence(trial.scenario, rules)
    rows = files.cells(trial.table, now_of(trial.table), key, marks)
    name = f"verteilung {trial.scenario.file_number}"
    return exports.response(request, name, files.headings(), rows, at=timezone.now())


@shown_at("allocation:scenario")
@may("allocation.draft")
@require_POST
def keep(request: Request, pk: int) -> HttpResponseBase:
    """Keep the changes; a refused one stays in the form with the reason."""
    scenario = SCENARIOS.find(request.user, settings.PROGRAMME, pk)
    rules = queries.rules_of(scenario)
    form = form_of(scenario, rules, request.POST.dict())
    if not form.is_valid():
        return _page(request, scenario, rules, form, status=422)
    try:
        draft = form.draft()
        tried = table_of(preview(scenario, draft), timezone.localdate())
        said = KEPT_IMPOSSIBLE if tried.refusals else KEPT
        return kept(request, scenario, draft, acts.Said(said, {"number": scenario}))
    except (permissions.NotAllowed, cases.ChangedMeanwhile):
        raise
    except Refused as refused:
        reasons = steps.sentences(refused.refusals)
        return _page(request, scenario, rules, form, reasons, status=409)


def kept(request: Request, scenario: Scenario, draft: Draft, said: acts.Said) -> HttpResponse:
    """Keep a draft of the scenario, and say so on its page."""
    return acts.done(
        request,
        lambda: actions.keep(request.user, scenario, draft, at=timezone.now()),
        lambda _: acts.Answer(reverse("allocation:scenario", args=[scenario.pk]), said),
    )


@may("allocation.draft")
@require_http_methods(["GET", "POST"])
def override(request: Request, pk: int, ags: str) -> HttpResponse:
    """Set one body's amount by hand, for a reason that stands beside it from then on."""
    scenario = SCENARIOS.find(request.user, settings.PROGRAMME, pk)
    row = _row(scenario, ags)
    if scenario.state != ScenarioState.DRAFT:
        return redirect("allocation:scenario", pk)
    is_post = request.method == "POST"
    initial = {
        "betrag": row.amount_cents if row else None,
        "grund": scenario.overrides.get(ags, {}).get("reason", ""),
        "revision": scenario.revision,
    }
    form = OverrideForm(request.POST if is_post else None, initial=initial)
    if is_post and form.is_valid() and (draft := _with_amount(scenario, ags, form)):
        slots = {"name": _name(scenario, ags), "amount": Cents(form.cleaned_data["betrag"])}
        return kept(request, scenario, draft, acts.Said(SET, {**slots, "number": scenario}))
    context = {
        "scenario": scenario,
        "ags": ags,
        "row": row,
        "form": form,
        "name": _name(scenario, ags),
    }
    status = 422 if form.errors else 200
    return render(request, "allocation/scenario_override.html", context, status=status)


def _with_amount(scenario: Scenario, ags: str, form: OverrideForm) -> Draft | None:
    """The draft with the amount set; None where it cannot be, and the form says why."""
    values = form.cleaned_data
    by_hand = {"amount_cents": int(values["betrag"]), "reason": values["grund"]}
    overrides = {**scenario.overrides, ags: by_hand}
    tried = preview(scenario, draft_of(scenario, overrides=overrides))
    refusals = table_of(tried, timezone.localdate()).refusals
    in_words = partial(sentence, language=get_language() or "de")
    for refusal in refusals:
        if refusal.rule.startswith("allocation.override"):
            form.add_error("betrag", in_words(refusal))
    if form.errors:
        return None
    return draft_of(scenario, overrides=overrides, revision=values["revision"])


@may("allocation.draft")
@require_POST
def lift_override(request: Request, pk: int, ags: str) -> HttpResponse:
    """Take back an amount set by hand; the key decides again."""
    scenario = SCENARIOS.find(request.user, settings.PROGRAMME, pk)
    overrides = {key: value for key, value in scenario.overrides.items() if key != ags}
    draft = draft_of(scenario, overrides=overrides, revision=steps.revision_seen(request))
    slots = {"name": _name(scenario, ags), "number": scenario}
    return kept(request, scenario, draft, acts.Said(LIFTED, slots))


def _row(scenario: Scenario, ags: str) -> Row | None:
    """The body's row, None while nothing can be computed; Http404 for an unknown body."""
    _name(scenario, ags)
    return next(
        (row for row in table_of(scenario, timezone.localdate()).rows if row.body.ags == ags), None
    )


def _name(scenario: Scenario, ags: str) -> str:
    if ags not in bodies_of(scenario):
        raise Http404
    return bodies.short(ags)
