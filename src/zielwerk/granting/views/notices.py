"""Notices: the list, one of them, its draft, its document."""

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
from zielwerk.core.words import body_of
from zielwerk.documents import queries as documents
from zielwerk.funding import queries as funding
from zielwerk.granting import actions, letters, panels, queries
from zielwerk.granting.actions import NewNotice, WriteNotice
from zielwerk.granting.cases import ACTS, NOTICES
from zielwerk.granting.forms import NoticeFilter, NoticeForm, amount_name, notice_draft
from zielwerk.granting.forms.notice import initial
from zielwerk.granting.models import GrantAct, GrantNotice, Issuing
from zielwerk.language import German
from zielwerk.packs import loading as packs
from zielwerk.rulebook.grant.amounts import spread, whole
from zielwerk.rulebook.grant.course import OUTCOMES, GrantState, outcome_of
from zielwerk.rulebook.grant.events import EVENTS, Event
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import Refusal, Refused, Said, msg
from zielwerk.typesetting import pdf
from zielwerk.ui import acts as ui_acts
from zielwerk.ui import lists, steps
from zielwerk.ui.forms import add_refusals
from zielwerk.ui.views import Request, may, to_save

DRAFTED = msg("Entworfen: {number}, {name} {year}. Er bewilligt zunächst alles, was beantragt ist.")
NO_TOTAL = Refusal("grant.no_total", msg("Es fehlt der Betrag, der verteilt werden soll."))
KEPT = msg("Gesichert: {number}, {amount}.")
SPREAD = msg("Verteilt: {number} bewilligt jetzt {amount}.")


def beside(request: Request, listed: Any) -> dict[str, Any]:
    """Whether notices wait that the person may issue together."""
    may_issue = not permissions.role_refusal(request.user, "granting.issue_together")
    waiting = queries.waiting(request.user, settings.PROGRAMME) if may_issue else []
    is_inside = not permissions.role_refusal(request.user, "granting.look_at_season")
    sees_lists = not permissions.role_refusal(request.user, "granting.look_at_issued_together")
    return {"waiting": len(waiting), "is_inside": is_inside, "sees_lists": sees_lists}


notices = lists.of_cases(
    NOTICES,
    panels.NOTICES,
    "granting/notices.html",
    beside,
    filters=lambda parameters, user: NoticeFilter(
        parameters, packs.years(settings.PROGRAMME), NOTICES
    ),
    order=("-year", "body_key", "pk"),
    apart=("year", "state"),
    empty=(msg("Kein Bescheid"), msg("Zu dieser Auswahl gibt es keinen Bescheid.")),
)


def find(request: Request, pk: int) -> GrantNotice:
    """The notice of an address, if it is there for the person."""
    found: GrantNotice = NOTICES.find(request.user, settings.PROGRAMME, pk)
    return found


@may("granting.look")
@require_safe
def notice(request: Request, pk: int) -> HttpResponse:
    """One notice: what it decides, what that does, the money, its days, acts on it."""
    case, today = find(request, pk), timezone.localdate()
    events = queries.events_of(case)
    amounts, rules = queries.NoticeDraft.of(case).amounts, packs.load(case.programme, case.year)
    title = format_html(
        gettext("Bescheid {year}: {name}"), name=German(body_of(case)), year=case.year
    )
    stands = queries.stands(case, today) if case.is_issued else None
    may_enter = case.is_issued and _may(request, "granting.enter", case)
    enter = reverse("granting:enter", args=[case.pk, Event.SENT]) if may_enter else ""
    context = {
        "page": steps.case_page(request, case, title),
        "notice": case,
        "outcome": OUTCOMES[outcome_of(case.applied_cents, whole(amounts))],
        "rows": panels.measure_rows(case),
        "applied": Cents(case.applied_cents),
        "total": Cents(whole(amounts)),
        "draft": queries.NoticeDraft.of(case),
        "money": panels.money_rows(case, amounts) if not case.is_issued else [],
        "stands": Cents(stands.cents) if stands else None,
        "baseline": stands.baseline if stands else "",
        "days": panels.day_rows(case, events),
        "moved": panels.moved_days(request, case),
        "firm": panels.state_said(case, events, today),
        "late": steps.sentences(queries.late_of(case, events)),
        "acts": _acts(request, case),
        "issued_with": _issued_with(request, case),
        "conditions": letters.provisions(case, today),
        "uncovered": Cents(queries.uncovered_of(case)),
        "is_draft": case.state == GrantState.DRAFT,
        "may_write": _may(request, "granting.write", case),
        "may_enter": may_enter,
        "waits": panels.waits(case, events, enter),
        "may_change": _may_change(case) and _may(request, "granting.change", case),
        "may_release": _may_change(case) and _may(request, "granting.release", case),
        "events": EVENTS,
        "takeovers": queries.takeovers_of(case),
        "accord": None if case.is_issued else panels.accord(case, rules),
    }
    return render(request, "granting/notice.html", context)


def _acts(request: Request, case: GrantNotice) -> list[GrantAct]:
    return list(queries.acts(request.user, settings.PROGRAMME).filter(notice=case).order_by("pk"))


def _issued_with(request: Request, case: GrantNotice) -> list[queries.IssuedEntry]:
    sees_lists = _may(request, "granting.look_at_issued_together", case)
    return queries.issued_with(request.user, case) if sees_lists else []


def _may_change(case: GrantNotice) -> bool:
    return case.is_issued and bool(case.amount_cents)


def _may(request: Request, permission: str, case: Issuing) -> bool:
    return not permissions.refusal(request.user, permission, case)


@may("granting.draft")
@require_POST
def draft(request: Request, pk: int) -> HttpResponse:
    """Draft a notice about an application."""
    application = funding.applications(request.user, settings.PROGRAMME).filter(pk=pk).first()
    if application is None:
        raise Http404
    return ui_acts.done(
        request,
        lambda: actions.draft(request.user, NewNotice(application), at=timezone.now()),
        lambda made: steps.begun(request, made, DRAFTED),
    )


@may("granting.write")
@require_http_methods(["GET", "POST"])
def write(request: Request, pk: int) -> HttpResponse:
    """Write into the draft, with what it does to each measure and to the money beside it."""
    case = find(request, pk)
    permissions.require(request.user, "granting.write", case)
    what, rules = queries.applied(case), packs.load(case.programme, case.year)
    places = list(what.amounts)
    titles = {measure.key: measure.title for measure in what.content.measures}
    optional = [
        (each.code, German(str(each.title), each.title_en))
        for each in rules.conditions
        if each.optional
    ]
    now = queries.NoticeDraft.of(case)
    data = request.POST if request.method == "POST" else None
    form = NoticeForm(places, titles, optional, data, initial=initial(now))
    if form.is_valid():
        case.revision = steps.revision_seen(request)
        typed, sentence = notice_draft(form, places), KEPT
        try:
            if "verteilen" in request.POST:
                total = form.cleaned_data["gesamt"]
                if total is None:
                    raise Refused(NO_TOTAL)
                shared = spread(what.amounts, total)
                typed = queries.NoticeDraft(
                    {place: shared.get(place, 0) for place in places},
                    typed.conditions,
                    typed.reason,
                    typed.remark,
                )
                sentence = SPREAD
            return ui_acts.done(
                request,
                lambda: actions.write(request.user, WriteNotice(case, typed), at=timezone.now()),
                lambda made: ui_acts.Answer(
                    reverse("granting:write", args=[made.pk]),
                    Said(
                        sentence, {"number": made.file_number, "amount": Cents(made.amount_cents)}
                    ),
                ),
            )
        except (permissions.NotAllowed, ChangedMeanwhile):
            raise
        except Refused as refused:
            add_refusals(form, refused, {"grant.outside": "gesamt", "grant.no_total": "gesamt"})
    facts = queries.facts_of(case, timezone.localdate())
    context: dict[str, Any] = {
        "notice": case,
        "form": form,
        "lines": _lines(form, what, now),
        "rows": panels.measure_rows(case),
        "money": panels.money_rows(case, now.amounts),
        "applied": Cents(case.applied_cents),
        "total": Cents(whole(now.amounts)),
        "outcome": OUTCOMES[outcome_of(case.applied_cents, whole(now.amounts))],
        "reasons": steps.sentences(facts.against),
        "accord": panels.accord(case, rules),
        "is_open": case.state == GrantState.DRAFT,
    }
    return render(request, "granting/write.html", context, status=422 if form.errors else 200)


def _lines(form: NoticeForm, what: queries.Applied, now: queries.NoticeDraft) -> list[Any]:
    """The rows of the form: a measure in a year, applied for, the field, what is then open."""
    left = {each.measure.key: each.open_cents for each in what.measures(now.amounts)}
    titles = {measure.key: measure.title for measure in what.content.measures}
    return [
        {
            "title": titles.get(measure, measure),
            "year": year,
            "applied": Cents(cents),
            "field": form[amount_name((measure, year))],
            "change": Cents(now.amounts.get((measure, year), 0) - cents),
            "open": Cents(left.get(measure, 0)),
        }
        for (measure, year), cents in what.amounts.items()
    ]


@may("granting.look")
@require_safe
def document(request: Request, pk: int) -> HttpResponse:
    """The document of a notice, as it was issued."""
    return _document(find(request, pk))


@may("granting.look")
@require_safe
def document_of_act(request: Request, pk: int) -> HttpResponse:
    """The document of an act, as it was issued."""
    found: GrantAct = ACTS.find(request.user, settings.PROGRAMME, pk)
    return _document(found)


@may("granting.look")
@require_safe
def preview(request: Request, pk: int) -> HttpResponse:
    """The document as it would be if it were issued today."""
    return _preview(find(request, pk))


@may("granting.look")
@require_safe
def preview_of_act(request: Request, pk: int) -> HttpResponse:
    """The document of an act as it would be if it were issued today."""
    found: GrantAct = ACTS.find(request.user, settings.PROGRAMME, pk)
    return _preview(found)


def _preview(case: Issuing) -> HttpResponse:
    if case.is_issued:
        return _document(case)
    document = letters.preview_of(case, timezone.localdate())
    return _pdf(pdf.render(document), f"entwurf-{letters.file_name(case)}")


def _document(case: Issuing) -> HttpResponse:
    if case.document is None:
        raise Http404
    return _pdf(documents.text_of(case.document), str(case.document.name))


def _pdf(content: bytes, name: str) -> HttpResponse:
    return to_save(content, name, "application/pdf")
