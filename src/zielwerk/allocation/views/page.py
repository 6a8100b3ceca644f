"""The what-if page: change the key and see every body's amount beside last year's at once."""

from copy import copy
from dataclasses import replace
from functools import partial
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zielwerk.allocation import actions, queries
from zielwerk.allocation.actions import Draft
from zielwerk.allocation.cases import SCENARIOS
from zielwerk.allocation.forms.scenario import OverrideForm, ScenarioForm, is_same_key
from zielwerk.allocation.models import Scenario
from zielwerk.allocation.panels import table as tables
from zielwerk.allocation.panels.marks import key_lines, key_sentence, marks_of
from zielwerk.allocation.panels.table import Row, Table, table_of
from zielwerk.core import exports, permissions
from zielwerk.core.ui import steps
from zielwerk.core.ui.addresses import address
from zielwerk.core.views import Request, may
from zielwerk.language import sentence
from zielwerk.packs.model import Year
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.rulebook.scenario import ScenarioState

MAP = "karte"
SAVE_FIRST = Refusal(
    "allocation.save_first",
    msg("Was Sie geändert haben, ist noch nicht gespeichert. Bitte erst speichern."),
)


@may("allocation.look")
@require_safe
def scenario(request: Request, pk: int) -> HttpResponse:
    """The scenario as it was kept, or as the address changes it; nothing is written."""
    one = SCENARIOS.find(request.user, settings.PROGRAMME, pk)
    rules = programmes.rules(one.programme, one.year, one.rule_version)
    if one.state != ScenarioState.DRAFT:
        return _shown(request, one, rules, None)
    form = form_of(one, rules)
    if form.fields.keys() & request.GET.keys():
        typed = {name: request.GET[name] for name in form.fields if name in request.GET}
        form = form_of(one, rules, {**form.filled(), **typed})
    return _shown(request, one, rules, form)


def form_of(one: Scenario, rules: Year, data: dict[str, Any] | None = None) -> ScenarioForm:
    sets = {one.data_id: one.data}
    for each in queries.indicator_data(one.programme, one.year):
        sets.setdefault(each.pk, each)
    return ScenarioForm(one, rules.indicators, sets.values(), data)


def preview(one: Scenario, draft: Draft) -> Scenario:
    """The scenario as the draft would make it; for looking at only."""
    made = copy(one)
    made.name, made.comment, made.total_cents = draft.name, draft.comment, draft.total_cents
    made.key, made.data, made.overrides = dict(draft.key), draft.data, dict(draft.overrides)
    return made


def draft_of(one: Scenario, **changes: Any) -> Draft:
    """What was kept, as a draft."""
    kept = Draft(
        name=one.name,
        comment=one.comment,
        total_cents=one.total_cents,
        key=one.key,
        data=one.data,
        overrides=one.overrides,
        revision=one.revision,
    )
    return replace(kept, **changes)


def is_saved(one: Scenario, draft: Draft) -> bool:
    """Whether the draft says what was kept."""
    kept = draft_of(one, key={}, revision=draft.revision)
    return replace(draft, key={}) == kept and is_same_key(draft.key, one.key)


def _shown(
    request: Request,
    kept: Scenario,
    rules: Year,
    form: ScenarioForm | None,
    refusals: tuple[str, ...] = (),
    status: int = 200,
) -> HttpResponse:
    """The page; without a form where the scenario can no longer be changed."""
    is_wrong = form is not None and bool(form.errors)
    draft = form.draft() if form and form.is_bound and not is_wrong else draft_of(kept)
    one, saved = preview(kept, draft), not is_wrong and is_saved(kept, draft)
    table = table_of(one) if not is_wrong else Table.empty(one)
    marks = marks_of(one, rules)
    if exports.file_format(request) and not is_wrong:
        rows = tables.cells(table, key_sentence(one.key, rules), marks.words())
        headings, name = tables.headings(), f"verteilung {one.file_number}"
        return exports.response(request, name, headings, rows, at=timezone.now())
    shown = request.GET.get(MAP)
    knows_change = any(row.change_cents is not None for row in table.rows)
    if shown not in (tables.AMOUNT, tables.CHANGE) or not knows_change:
        shown = tables.CHANGE if knows_change else tables.AMOUNT
    instead = (SAVE_FIRST,) if is_wrong or not saved else ()
    page = steps.case_page(request, one, kept.name, table.facts, instead)
    context: dict[str, Any] = {
        "scenario": one,
        "form": form,
        "is_wrong": is_wrong,
        "is_saved": saved,
        "refusals": refusals,
        "purpose": programmes.purpose(one.fund),
        "table": table,
        "marks": marks,
        "key": key_lines(one.key, {each.code: each for each in rules.indicators}),
        "bars": tables.bars(table),
        "tiles": tables.tiles(table, shown),
        "map": shown,
        "maps": _maps(request, shown),
        "knows_change": knows_change,
        "page": page,
        "may_draft": not permissions.role_refusal(request.user, "allocation.draft"),
    }
    return render(request, "allocation/scenario.html", context, status=status)


def _maps(request: Request, shown: str) -> list[tuple[str, str, bool]]:
    """What the map can show, as links that keep all that was set."""
    labels = {
        tables.CHANGE: gettext("Veränderung zum Vorjahr"),
        tables.AMOUNT: gettext("Neue Beträge"),
    }
    return [(text, address(request, **{MAP: key}), key == shown) for key, text in labels.items()]


@may("allocation.draft")
@require_POST
def keep(request: Request, pk: int) -> HttpResponse:
    """Keep what was set; what cannot be kept stays in the form with the reason."""
    one = SCENARIOS.find(request.user, settings.PROGRAMME, pk)
    rules = programmes.rules(one.programme, one.year, one.rule_version)
    form = form_of(one, rules, request.POST.dict())
    if not form.is_valid():
        return _shown(request, one, rules, form, status=422)
    try:
        actions.keep(request.user, one, form.draft(), at=timezone.now())
    except permissions.NotAllowed:
        raise
    except Refused as refused:
        said = tuple(sentence(why, get_language() or "de") for why in refused.refusals)
        return _shown(request, one, rules, form, said, status=409)
    return redirect("allocation:scenario", pk)


@may("allocation.draft")
@require_http_methods(["GET", "POST"])
def override(request: Request, pk: int, ags: str) -> HttpResponse:
    """Set one body's amount by hand, for a reason that stands beside it from then on."""
    one = SCENARIOS.find(request.user, settings.PROGRAMME, pk)
    row = _row(one, ags)
    if one.state != ScenarioState.DRAFT:
        return redirect("allocation:scenario", pk)
    sent = request.method == "POST"
    first = {
        "betrag": row.amount_cents if row else None,
        "grund": one.overrides.get(ags, {}).get("reason", ""),
        "revision": one.revision,
    }
    form = OverrideForm(request.POST if sent else None, initial=first)
    if sent and form.is_valid() and _set(request, one, ags, form):
        return redirect("allocation:scenario", pk)
    context = {"scenario": one, "ags": ags, "row": row, "form": form, "name": _name(one, ags)}
    status = 422 if form.errors else 200
    return render(request, "allocation/scenario_override.html", context, status=status)


def _set(request: Request, one: Scenario, ags: str, form: OverrideForm) -> bool:
    """Whether the amount could be set; if not, the form says why."""
    given = form.cleaned_data
    by_hand = {"amount_cents": int(given["betrag"]), "reason": given["grund"]}
    overrides = {**one.overrides, ags: by_hand}
    found = table_of(preview(one, draft_of(one, overrides=overrides))).refusals
    said = partial(sentence, language=get_language() or "de")
    for why in found:
        if why.rule.startswith("allocation.override"):
            form.add_error("betrag", said(why))
    if form.errors:
        return False
    draft = draft_of(one, overrides=overrides, revision=given["revision"])
    actions.keep(request.user, one, draft, at=timezone.now())
    return True


@may("allocation.draft")
@require_POST
def lift_override(request: Request, pk: int, ags: str) -> HttpResponse:
    """The key speaks for this body again."""
    one = SCENARIOS.find(request.user, settings.PROGRAMME, pk)
    left = {key: value for key, value in one.overrides.items() if key != ags}
    draft = draft_of(one, overrides=left, revision=steps.revision_seen(request))
    actions.keep(request.user, one, draft, at=timezone.now())
    return redirect("allocation:scenario", pk)


def _row(one: Scenario, ags: str) -> Row | None:
    """The body's row, None while nothing can be computed; a body that is none is not found."""
    _name(one, ags)
    return next((row for row in table_of(one).rows if row.body.ags == ags), None)


def _name(one: Scenario, ags: str) -> str:
    known = tables.bodies_of(one)
    if ags not in known:
        raise Http404
    return programmes.body_title(known[ags])
