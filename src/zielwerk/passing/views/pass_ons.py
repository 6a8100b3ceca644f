"""Pass-ons: the list, one of them, beginning one, its draft, its document."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zielwerk.core import permissions
from zielwerk.core.cases import ChangedMeanwhile
from zielwerk.documents import queries as documents
from zielwerk.granting import queries as granting
from zielwerk.granting.models import GrantNotice
from zielwerk.language import German
from zielwerk.packs import loading as packs
from zielwerk.passing import actions, letters, panels, queries
from zielwerk.passing.actions import NewChange, NewPassOn, Writing
from zielwerk.passing.cases import PASS_ONS
from zielwerk.passing.forms import Choices, PassOnFilter, PassOnForm, initial, room_for, typed
from zielwerk.passing.models import PassOn
from zielwerk.passing.panels import page as panel
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.passing.course import PassState
from zielwerk.rulebook.passing.ways import DOCUMENTS, Document, Way
from zielwerk.rulebook.refusal import Refused, Said, msg
from zielwerk.typesetting.pdf import render as render_pdf
from zielwerk.ui import acts, lists, steps
from zielwerk.ui.forms import add_refusals
from zielwerk.ui.views import Request, may, shown_at, to_save

DRAFTED = msg("Begonnen: {number}, {name} {year}.")
KEPT = msg("Gesichert: {number}, {amount}.")
pass_ons = lists.of_cases(
    PASS_ONS,
    panels.PASS_ONS,
    "passing/pass_ons.html",
    more=lambda request, listed: {
        "may_survey": not permissions.role_refusal(request.user, "passing.survey"),
        "may_draft": not permissions.role_refusal(request.user, "passing.draft"),
    },
    filters=lambda parameters, user: PassOnFilter(
        parameters, packs.years(settings.PROGRAMME), PASS_ONS
    ),
    order=("-year", "body_key", "pk"),
    apart=("year", "state"),
    empty=(msg("Keine Weiterleitung"), msg("Zu dieser Auswahl gibt es keine Weiterleitung.")),
)


def find(request: Request, pk: int) -> PassOn:
    """The pass-on of an address, if it is there for the person."""
    found: PassOn = PASS_ONS.find(request.user, settings.PROGRAMME, pk)
    return found


def allows(request: Request, permission: str, case: PassOn) -> bool:
    return not permissions.refusal(request.user, permission, case)


@may("passing.look")
@require_safe
def pass_on(request: Request, pk: int) -> HttpResponse:
    """One pass-on: to whom, how much, on which conditions, what became of it, what comes next."""
    case, today = find(request, pk), timezone.localdate()
    way = queries.way_of(case)
    papers = panel.paper_rows(case, way, today)
    chain = queries.chain(case)
    next_ = panel.next_of(case, way, papers, today)
    later = next((each for each in chain if each.changes_id == case.pk and each.counts), None)
    is_newest = case.counts and later is None
    may_change = case.state == PassState.IN_FORCE and queries.changed_by(case) is None
    title = format_html(gettext("Weiterleitung: {title}"), title=German(str(case.title)))
    context = {
        "page": steps.case_page(request, case, title),
        "pass_on": case,
        "way": way,
        "document_label": DOCUMENTS[way.document] if way else "",
        "draft": queries.PassDraft.of(case),
        "years": panel.year_rows(case, today),
        "total": Cents(case.amount_cents),
        "other": Cents(case.other_cents),
        "checks": list(panel.check_rows(case, way)),
        "papers": papers,
        "instalments": panel.instalments(case),
        "conditions": panel.conditions(case, request.user),
        "next": next_,
        "waits": list(panel.waits(case, papers, next_)),
        "sees_around": not request.user.party,
        "is_followed": case.counts,
        "has_preview": has_preview(case, way),
        "warnings": steps.sentences(queries.warnings_of(case, today)),
        "reasons": _reasons(case),
        "chain": _seen(request, chain) if len(chain) > 1 else [],
        "later": later,
        "reminded": queries.reminders_of([case.first_pk]).get(case.first_pk),
        "is_draft": case.state == PassState.DRAFT,
        "may_read": queries.may_read(request.user, case),
        "may_write": allows(request, "passing.write", case),
        "may_change": may_change and allows(request, "passing.change", case),
        "may_note": is_newest and allows(request, "passing.note_spent", case),
        "may_keep": is_newest and bool(papers) and allows(request, "passing.keep_paper", case),
        "may_strike": is_newest and allows(request, "passing.strike_paper", case),
        "sees_notice": not permissions.role_refusal(request.user, "granting.look"),
    }
    return render(request, "passing/pass_on.html", context)


def _seen(request: Request, chain: list[PassOn]) -> list[PassOn]:
    """Of a chain what the person sees."""
    numbers = [each.pk for each in chain]
    seen = queries.pass_ons(request.user, settings.PROGRAMME).filter(pk__in=numbers)
    return list(seen.order_by("pk"))


def _reasons(case: PassOn) -> tuple[str, ...]:
    """What still speaks against a draft."""
    if case.state != PassState.DRAFT:
        return ()
    facts = queries.facts_of(case, timezone.localdate())
    against = (*facts.superseded, *facts.unsound, *facts.unchecked, *facts.uncovered)
    return steps.sentences(against)


@may("passing.draft")
@require_POST
def draft(request: Request, pk: int, measure: str) -> HttpResponse:
    """Begin to pass on what a notice grants a measure."""
    notice = _notice(request, pk)
    return acts.done(
        request,
        lambda: actions.draft(request.user, NewPassOn(notice, measure), at=timezone.now()),
        lambda made: steps.begun(request, made, DRAFTED, reverse("passing:write", args=[made.pk])),
    )


def _notice(request: Request, pk: int) -> GrantNotice:
    found = granting.notices(request.user, settings.PROGRAMME).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@may("passing.change")
@shown_at("passing:pass_on")
@require_POST
def change(request: Request, pk: int) -> HttpResponse:
    """Begin what is to take the place of a pass-on in force."""
    case = find(request, pk)
    case.revision = steps.revision_seen(request)
    return acts.done(
        request,
        lambda: actions.change(request.user, NewChange(case), at=timezone.now()),
        lambda made: steps.begun(request, made, DRAFTED, reverse("passing:write", args=[made.pk])),
    )


@may("passing.write")
@require_http_methods(["GET", "POST"])
def write(request: Request, pk: int) -> HttpResponse:
    """Write into the draft, with what still speaks against it beside it."""
    case, today = find(request, pk), timezone.localdate()
    permissions.require(request.user, "passing.write", case)
    now = queries.PassDraft.of(case)
    form = _form(request, case, now)
    if form.is_valid():
        case.revision = steps.revision_seen(request)
        try:
            return acts.done(
                request,
                lambda: actions.write(request.user, Writing(case, typed(form)), at=timezone.now()),
                lambda made: acts.Answer(
                    reverse("passing:write", args=[made.pk]),
                    Said(KEPT, {"number": made.file_number, "amount": Cents(made.amount_cents)}),
                ),
            )
        except (permissions.NotAllowed, ChangedMeanwhile):
            raise
        except Refused as refused:
            add_refusals(form, refused, FIELDS)
    context: dict[str, Any] = {
        "pass_on": case,
        "form": form,
        "years": {row.year: row for row in panel.year_rows(case, today)},
        "rows": _rows(form, case),
        "reasons": _reasons(case),
        "warnings": steps.sentences(queries.warnings_of(case, today)),
        "is_open": case.state == PassState.DRAFT,
    }
    return render(request, "passing/write.html", context, status=422 if form.errors else 200)


FIELDS = {
    "passing.no_such_way": "art",
    "passing.no_such_party": "traeger",
    "passing.other_party": "traeger",
}


def _form(request: Request, case: PassOn, now: queries.PassDraft) -> PassOnForm:
    granted = queries.granted_of(case.notice, case.measure, timezone.localdate())
    years = sorted({*granted, *(year for year, cents in now.amounts.items() if cents)})
    choices = Choices(queries.ways_of(case), actions.parties_of(case.notice), years, room_for(now))
    data = request.POST if request.method == "POST" else None
    return PassOnForm(choices, data, initial=initial(now))


def _rows(form: PassOnForm, case: PassOn) -> list[dict[str, Any]]:
    """The budget years of the form: granted, what is left, the field."""
    around = queries.around_of(case, timezone.localdate())
    return [
        {
            "year": year,
            "granted": Cents(around.granted.get(year, 0)),
            "rest": Cents(max(around.rest.get(year, 0), 0)),
            "field": field,
        }
        for year, field in form.amounts
    ]


def has_preview(case: PassOn, way: Way | None) -> bool:
    """Whether it is still to come into force, with a document."""
    is_under_way = not case.counts and case.state != PassState.DISCARDED
    return is_under_way and way is not None and way.document is not Document.NONE


@may("passing.read")
@require_safe
def preview(request: Request, pk: int) -> HttpResponse:
    """The document as it would be if it came into force today; where it did, as it is."""
    case = find(request, pk)
    if case.document is not None:
        return _document(request, case)
    if not has_preview(case, queries.way_of(case)):
        raise Http404
    content = render_pdf(letters.preview_of(case, timezone.localdate()))
    return to_save(content, f"entwurf-{letters.file_name(case)}", "application/pdf")


@may("passing.read")
@require_safe
def document(request: Request, pk: int) -> HttpResponse:
    """The document of a pass-on, as it came into force."""
    return _document(request, find(request, pk))


def _document(request: Request, case: PassOn) -> HttpResponse:
    if case.document is None or not queries.may_read(request.user, case):
        raise Http404
    content = documents.text_of(case.document)
    return to_save(content, str(case.document.name), "application/pdf")
