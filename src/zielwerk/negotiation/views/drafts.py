"""Drafts: the list, one of them, making one or all of a year, making one anew."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from zielwerk.core import permissions
from zielwerk.core.words import body_of
from zielwerk.language import German
from zielwerk.negotiation import actions, panels, queries
from zielwerk.negotiation.actions import DraftYear, NewDraft
from zielwerk.negotiation.cases import DRAFTS
from zielwerk.negotiation.forms import DraftFilter
from zielwerk.negotiation.models import DraftDocument
from zielwerk.packs import loading as packs
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.amendment import Part
from zielwerk.rulebook.negotiation import DraftState
from zielwerk.rulebook.refusal import Refusal, Refused, Said, msg
from zielwerk.ui import acts, bodies, lists, steps
from zielwerk.ui.filters import BodyYearForm
from zielwerk.ui.forms import add_refusals
from zielwerk.ui.lists import Listed
from zielwerk.ui.views import Request, may

MADE = msg("Angelegt: {number}, {name}, Fassung {version}.")
REDRAFTED = msg("Neu entworfen: {number}, {name}, Fassung {version}.")
BEGUN = msg("Begonnen: die Entwürfe für {year}.")
ALL = msg("Fehlende Entwürfe anlegen")
NOTHING_TO_DO = Refusal(
    "negotiation.nothing_to_draft", msg("Jede Gebietskörperschaft hat schon einen Entwurf.")
)
FROM = (
    msg(
        "Ein Entwurf entsteht aus den Klauseln des Programmjahrs, der entschiedenen Zuweisung mit "
        "ihren Zweckbindungen, den geplanten Maßnahmen und den Ergänzungen der Gebietskörperschaft "
        "vom Vorjahr."
    ),
    msg("Die Gebietskörperschaften sehen ihn erst, wenn er übersandt ist."),
)
ANEW = msg("Neu entwerfen")
REDRAFTING = (
    msg(
        "Der Text entsteht neu aus dem, was heute zugewiesen und geplant ist. Was Sie bearbeitet "
        "haben, steht danach nur noch in den früheren Fassungen."
    ),
)


def open_years() -> list[int]:
    """The programme years for which drafts are made: those whose rules are released."""
    drafts = programmes.draft_years(settings.PROGRAMME)
    return [
        year
        for year in packs.years(settings.PROGRAMME)
        if year not in drafts and queries.sides(settings.PROGRAMME, year).drafting
    ]


def beside(request: Request, listed: Listed) -> dict[str, Any]:
    """The doors to make drafts, for whoever may."""
    may_draft = not permissions.role_refusal(request.user, "negotiation.draft_year")
    chosen: Any = listed.filters
    running = programmes.running_year(settings.PROGRAMME, timezone.localdate())
    year = chosen.year or running
    may_draft = may_draft and (
        queries.sides(settings.PROGRAMME, year).drafting == request.user.side
    )
    is_open = may_draft and year in open_years()
    lacking = is_open and queries.missing_drafts(request.user, settings.PROGRAMME, year)
    may_move = is_open and not permissions.role_refusal(request.user, "negotiation.amend_pair")
    return {
        "year": year if lacking else None,
        "may_draft": may_draft,
        "moving": year if may_move else None,
    }


drafts = lists.of_cases(
    DRAFTS,
    panels.DRAFTS,
    "negotiation/drafts.html",
    beside,
    filters=lambda parameters, user: DraftFilter(
        parameters, packs.years(settings.PROGRAMME), DRAFTS
    ),
    order=("-year", "body_key", "pk"),
    empty=(msg("Kein Entwurf"), msg("Zu dieser Auswahl gibt es keinen Entwurf.")),
)


@may("negotiation.look")
@require_safe
def draft(request: Request, pk: int) -> HttpResponse:
    """One draft: whose turn it is, its values and text, what was said at each place."""
    case: DraftDocument = DRAFTS.find(request.user, settings.PROGRAMME, pk)
    document = queries.newest(case)
    said = queries.said_at(request.user, case)
    name = German(body_of(case))
    title = format_html("{}: {}", German(document.title), name)
    is_drafting = request.user.side == case.drafting
    is_own = bool(panels.own_side(request.user, case))
    context = {
        "page": steps.case_page(request, case, title),
        "draft": case,
        "change": panels.amended(request, case, document),
        "turn": panels.turn_line(case, request.user, timezone.localdate()),
        "values": panels.value_places(case, document, said),
        "sections": [
            (section.heading, list(panels.runs(section)))
            for section in panels.sections(case, document, said)
        ],
        "may_edit": is_drafting and case.state == DraftState.PREPARATION,
        "may_change": is_own and _is_changing(request, case),
        "is_own": is_own,
        "may_add": queries.takes_additions(case) and Part.ADDITIONS in queries.may_change(case),
        "may_add_measures": Part.MEASURES in queries.may_change(case),
    }
    return render(request, "negotiation/draft.html", context)


def _is_changing(request: Request, case: DraftDocument) -> bool:
    """Whether the person changes the text now: at once, or by proposals."""
    if case.state == DraftState.PREPARATION:
        return request.user.side == case.drafting
    return queries.is_negotiated(case)


def _of_year(year: int) -> DraftYear:
    return DraftYear(settings.PROGRAMME, year)


@may("negotiation.draft")
@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Make the draft of one body."""
    known = {body.ags for body in packs.bodies(settings.PROGRAMME)}
    keys = bodies.choices(ags for ags in known if ags in request.user.perimeter)
    data = request.POST if request.method == "POST" else None
    years = open_years()
    if years:
        permissions.require(request.user, "negotiation.draft_year", _of_year(years[0]))
    form = BodyYearForm(years, keys, data, initial=request.GET.dict())
    if form.is_valid():
        wish = NewDraft(settings.PROGRAMME, form.cleaned_data["jahr"], form.cleaned_data["ags"])
        try:
            return acts.done(
                request,
                lambda: actions.draft(request.user, wish, at=timezone.now()),
                lambda made: steps.begun(request, made, MADE),
            )
        except permissions.NotAllowed:
            raise
        except Refused as refused:
            add_refusals(form, refused)
    context = {"form": form, "effects": FROM}
    return render(request, "negotiation/new.html", context, status=422 if form.errors else 200)


@may("negotiation.draft_year")
@require_http_methods(["GET", "POST"])
def whole_year(request: Request, year: int) -> HttpResponse:
    """Make all drafts of a year that are missing, in the background; asks before."""
    if year not in open_years():
        return redirect("negotiation:drafts")
    wish = _of_year(year)
    permissions.require(request.user, "negotiation.draft_year", wish)
    if request.method == "POST":
        return acts.done(
            request,
            lambda: actions.draft_year(request.user, wish, at=timezone.now()),
            lambda job: acts.Answer(
                reverse("ui:job", args=[job.pk]), Said(BEGUN, {"year": str(year)})
            ),
        )
    missing = queries.missing_drafts(request.user, settings.PROGRAMME, year)
    question = acts.Question(
        title=f"{gettext(ALL)}: {year}",
        button=ALL,
        back=f"{reverse('negotiation:drafts')}?jahr={year}",
        about=gettext("Entwürfe"),
        effects=[Said(effect) for effect in FROM],
        facts=[
            (msg("Programmjahr"), year),
            (msg("Entwürfe"), len(missing)),
            (msg("Gebietskörperschaften"), [bodies.short(ags) for ags in missing]),
        ],
        reasons=[] if missing else [NOTHING_TO_DO],
    )
    return acts.ask(request, question)


@may("negotiation.edit")
@require_http_methods(["GET", "POST"])
def redraft(request: Request, pk: int) -> HttpResponse:
    """Make a draft anew that was not sent yet; asks before."""
    case: DraftDocument = DRAFTS.find(request.user, settings.PROGRAMME, pk)
    permissions.require(request.user, "negotiation.edit", case)
    back = reverse("negotiation:draft", args=[pk])
    if case.state != DraftState.PREPARATION or case.amends_id:
        return redirect(back)
    reasons: list[Refusal] = []
    if request.method == "POST":
        try:
            return acts.done(
                request,
                lambda: actions.redraft(request.user, case, at=timezone.now()),
                lambda made: acts.Answer(back, Said(REDRAFTED, DRAFTS.facts_said(made))),
            )
        except permissions.NotAllowed:
            raise
        except Refused as refused:
            reasons = list(refused.refusals)
    question = acts.Question(
        title=f"{gettext(ANEW)}: {case.file_number}",
        button=ANEW,
        back=back,
        about=case.file_number,
        effects=[Said(effect) for effect in REDRAFTING],
        reasons=reasons,
    )
    return acts.ask(request, question, status=409 if reasons else 200)
