"""Acts on notices: the list, one of them, beginning one, its draft, releasing money."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_safe

from zielwerk.core import permissions
from zielwerk.core.cases import ChangedMeanwhile
from zielwerk.core.words import body_of
from zielwerk.granting import actions, letters, panels, queries
from zielwerk.granting.actions import NewAct, WriteAct
from zielwerk.granting.cases import ACTS
from zielwerk.granting.forms import (
    ActFilter,
    ActForm,
    BeginActForm,
    act_draft,
    amount_name,
)
from zielwerk.granting.forms.acts import initial
from zielwerk.granting.models import GrantAct, GrantNotice
from zielwerk.granting.panels.deciding import change_rows
from zielwerk.granting.views.notices import find
from zielwerk.language import German
from zielwerk.packs import loading as packs
from zielwerk.rulebook.grant.amounts import Amounts, Place, added
from zielwerk.rulebook.grant.course import GrantState
from zielwerk.rulebook.grant.events import EVENTS, Event
from zielwerk.rulebook.grant.paths import PATHS, REACHES, Kind
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import Refusal, Refused, Said, msg
from zielwerk.ui import acts as ui_acts
from zielwerk.ui import lists, steps
from zielwerk.ui.forms import add_refusals
from zielwerk.ui.tags.values import said
from zielwerk.ui.views import Request, may

OTHER_BASELINE = Refusal(
    "grant.baseline_moved",
    msg("Inzwischen wurde der Bescheid geändert. Bitte sehen Sie die Beträge noch einmal an."),
)
BEGUN = msg("Begonnen: {number}, {name} {year}.")
RELEASED = msg("Frei gemeldet: {number}, {amount}. Die Bewilligungsbehörde erlässt die Änderung.")
KEPT = msg("Gesichert: {number}.")
acts = lists.of_cases(
    ACTS,
    panels.ACTS,
    "granting/acts.html",
    filters=lambda parameters, user: ActFilter(parameters, packs.years(settings.PROGRAMME), ACTS),
    order=("-year", "body_key", "pk"),
    apart=("year", "state", "kind"),
    empty=(msg("Keine Änderung"), msg("Zu dieser Auswahl gibt es keine Änderung eines Bescheids.")),
)


def find_act(request: Request, pk: int) -> GrantAct:
    """The act of an address, if it is there for the person."""
    found: GrantAct = ACTS.find(request.user, settings.PROGRAMME, pk)
    return found


@may("granting.look")
@require_safe
def act(request: Request, pk: int) -> HttpResponse:
    """One act: what it changes, on what it rests, the money, its days."""
    case, today = find_act(request, pk), timezone.localdate()
    draft = queries.ActDraft.of(case)
    events = queries.events_of(case)
    path = PATHS[Kind(case.kind)]
    rules = packs.load(case.programme, case.year)
    title = format_html("{} {}: {}", said(path.label), case.year, German(body_of(case)))
    may_enter = case.is_issued and not permissions.refusal(request.user, "granting.enter", case)
    enter = reverse("granting:enter_of_act", args=[case.pk, Event.SENT]) if may_enter else ""
    context = {
        "page": steps.case_page(request, case, title),
        "act": case,
        "path": path,
        "basis": letters.basis_of(case, rules),
        "clock": queries.clock_of(case),
        "draft": draft,
        "rows": change_rows(case, today),
        "standing": panels.standing(case, today),
        "total": Cents(case.amount_cents),
        "baseline": _baseline(case),
        "money": _money(case),
        "days": panels.day_rows(case, events),
        "moved": panels.moved_days(request, case),
        "firm": panels.state_said(case, events, today),
        "late": steps.sentences(queries.late_of(case, events)),
        "is_draft": case.state == GrantState.DRAFT,
        "may_write": not permissions.refusal(request.user, "granting.write", case),
        "may_enter": may_enter,
        "waits": panels.waits(case, events, enter),
        "doors": _doors(request),
        "events": EVENTS,
        "pairs": list(queries.acts(request.user, case.programme).filter(pair=case)),
        "pair": queries.acts(request.user, case.programme).filter(pk=case.pair_id or 0).first(),
        "is_release": case.kind == Kind.RELEASE,
        "ground": letters.ground_of(case),
        "reach": REACHES.get(draft.reach, ""),
        "asked_label": letters.ASKED[case.kind == Kind.RELEASE],
        "may_preview": not case.is_issued and "body" not in request.user.roles,
    }
    return render(request, "granting/act.html", context)


def _doors(request: Request) -> list[tuple[str, str]]:
    """Where money that was released can go, of what the person may do: labels and addresses."""
    doors = (
        ("adjustments.waive", msg("Verzicht erklären"), "adjustments:waive"),
        ("adjustments.reallocate", msg("Verzichtetes umverteilen"), "adjustments:reallocate"),
    )
    return [
        (label, reverse(name))
        for permission, label, name in doors
        if not permissions.role_refusal(request.user, permission)
    ]


def _baseline(case: GrantAct) -> str:
    """The number of what is in force before it: as issued, of a draft as of today."""
    if case.is_issued and case.content:
        return str(case.content["baseline"])
    return queries.baseline(case, timezone.localdate()).baseline


def _money(case: GrantAct) -> Any:
    """What is free in the years of which an act wants more; nothing of what was issued."""
    changes = queries.ActDraft.of(case).amounts
    wants_more = any(cents > 0 for cents in changes.values())
    return panels.money_rows(case, changes) if wants_more and not case.is_issued else []


@may("granting.change")
@require_http_methods(["GET", "POST"])
def begin_act(request: Request, pk: int) -> HttpResponse:
    """Begin an act of a kind on a notice."""
    notice = find(request, pk)
    permissions.require(request.user, "granting.change", notice)
    kinds = [(kind.value, said(PATHS[kind].label)) for kind in _kinds(notice)]
    pairs = _released(request, notice)
    choices = [(str(each.pk), f"{each.file_number}, {each.body_name}") for each in pairs]
    form = BeginActForm(kinds, choices, request.POST if request.method == "POST" else None)
    if form.is_valid():
        chosen = form.cleaned_data.get("zu") or ""
        pair = next((each for each in pairs if str(each.pk) == chosen), None)
        new = NewAct(notice, form.cleaned_data["art"], pair=pair)
        try:
            return ui_acts.done(
                request,
                lambda: actions.change(request.user, new, at=timezone.now()),
                lambda made: steps.begun(
                    request, made, BEGUN, reverse("granting:write_act", args=[made.pk])
                ),
            )
        except (permissions.NotAllowed, ChangedMeanwhile):
            raise
        except Refused as refused:
            add_refusals(form, refused, {"grant.no_pair": "zu"})
    context = {"notice": notice, "form": form}
    return render(request, "granting/begin_act.html", context, status=422 if form.errors else 200)


def _kinds(notice: GrantNotice) -> list[Kind]:
    """What can be begun on a notice; a final notice where one was reserved."""
    is_reserved = bool(notice.content and notice.content.get("reserved"))
    known = (kind for kind in PATHS if kind in actions.ON_NOTICES)
    return [kind for kind in known if is_reserved or kind is not Kind.FINAL]


def _released(request: Request, notice: GrantNotice) -> list[GrantAct]:
    """The issued releases of the year, whose money a supplement can pass on."""
    rows = queries.acts(request.user, settings.PROGRAMME).filter(year=notice.year)
    issued = rows.filter(kind=Kind.RELEASE, state=GrantState.ISSUED).exclude(notice=notice)
    return list(issued.order_by("-pk"))


@may("granting.write")
@require_http_methods(["GET", "POST"])
def write_act(request: Request, pk: int) -> HttpResponse:
    """Write into an act, with what it changes beside it."""
    case = find_act(request, pk)
    permissions.require(request.user, "granting.write", case)
    path, now = PATHS[Kind(case.kind)], queries.ActDraft.of(case)
    standing = queries.baseline(case, timezone.localdate())
    before = standing.amounts
    places, titles = _places(case.notice, path.sign, before, now.amounts)
    data = request.POST if request.method == "POST" else None
    form = ActForm(path, places, titles, data, initial=initial(now, before))
    if form.is_valid():
        case.revision = steps.revision_seen(request)
        day = form.cleaned_data["wirksam"] or timezone.localdate()
        from_ = queries.stands(case.notice, day)
        if request.POST.get("ausgang", "") != standing.baseline:
            raise ChangedMeanwhile(OTHER_BASELINE)
        kept = places if path.sign != "none" else []
        typed = act_draft(form, kept, from_.amounts, now, from_.baseline)
        try:
            return ui_acts.done(
                request,
                lambda: actions.write_act(request.user, WriteAct(case, typed), at=timezone.now()),
                lambda made: ui_acts.Answer(
                    reverse("granting:write_act", args=[made.pk]),
                    Said(KEPT, {"number": made.file_number}),
                ),
            )
        except (permissions.NotAllowed, ChangedMeanwhile):
            raise
        except Refused as refused:
            add_refusals(form, refused)
    facts = queries.facts_of(case, timezone.localdate())
    context = {
        "act": case,
        "path": path,
        "form": form,
        "lines": _lines(form, places, titles, before) if path.sign != "none" else [],
        "rows": change_rows(case, timezone.localdate()),
        "standing": panels.standing(case, timezone.localdate()),
        "total": Cents(case.amount_cents),
        "money": _money(case),
        "reasons": steps.sentences(facts.against),
        "baseline": standing.baseline,
        "is_open": case.state == GrantState.DRAFT and case.kind != Kind.RELEASE,
    }
    return render(request, "granting/write_act.html", context, status=422 if form.errors else 200)


def _places(
    notice: GrantNotice, sign: str, before: Amounts, changes: Amounts
) -> tuple[list[Place], dict[str, str]]:
    """Which places can be written: what stands, where more may come also every other year."""
    titles = {m.key: m.title for m in queries.applied(notice).content.measures}
    places = [place for place, cents in {**before, **changes}.items() if cents or place in before]
    if sign in ("more", "any"):
        places += [place for place in queries.places_of(notice) if place not in places]
    return sorted(places, key=lambda place: (int(place[0]), place[1])), titles


def _lines(
    form: Any, places: list[Place], titles: dict[str, str], before: Amounts
) -> list[dict[str, Any]]:
    return [
        {
            "title": titles.get(measure, measure),
            "year": year,
            "before": Cents(before.get((measure, year), 0)),
            "field": form[amount_name((measure, year))],
        }
        for measure, year in places
    ]


@may("granting.release")
@require_http_methods(["GET", "POST"])
def release(request: Request, pk: int) -> HttpResponse:
    """The body says what it no longer needs: what each measure is to have instead, and why."""
    notice = find(request, pk)
    permissions.require(request.user, "granting.release", notice)
    path, old = PATHS[Kind.RELEASE], queries.ActDraft()
    before = queries.stands(notice, timezone.localdate()).amounts
    places, titles = _places(notice, path.sign, before, {})
    data = request.POST if request.method == "POST" else None
    form = ActForm(path, places, titles, data, initial=initial(old, before))
    if form.is_valid():
        notice.revision = steps.revision_seen(request)
        new = NewAct(notice, Kind.RELEASE, act_draft(form, places, before, old))
        try:
            return ui_acts.done(
                request,
                lambda: actions.release(request.user, new, at=timezone.now()),
                lambda made: ui_acts.Answer(
                    reverse("granting:act", args=[made.pk]),
                    Said(
                        RELEASED,
                        {"number": made.file_number, "amount": Cents(-made.amount_cents)},
                    ),
                ),
            )
        except (permissions.NotAllowed, ChangedMeanwhile):
            raise
        except Refused as refused:
            add_refusals(form, refused, {"grant.no_reason_to_release": "begruendung"})
    context = {
        "notice": notice,
        "form": form,
        "lines": _lines(form, places, titles, before),
        "total": Cents(sum(added(before, {}).values())),
    }
    return render(request, "granting/release.html", context, status=422 if form.errors else 200)
