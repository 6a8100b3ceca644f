"""Conclusions: the list, one of them, beginning one."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from zielwerk.conclusion import actions, panels, queries
from zielwerk.conclusion.actions import NewConclusion
from zielwerk.conclusion.cases import CONCLUSIONS
from zielwerk.conclusion.forms import BeginForm, ConclusionFilter
from zielwerk.conclusion.models import Conclusion
from zielwerk.core import cases, permissions
from zielwerk.core.words import body_of
from zielwerk.language import German
from zielwerk.negotiation import queries as negotiation
from zielwerk.negotiation.models import DraftDocument
from zielwerk.packs import loading as packs
from zielwerk.rulebook.conclusion import ConclusionState, missing
from zielwerk.rulebook.refusal import Refused, msg
from zielwerk.rulebook.signatures import WAYS, Way, ways_of
from zielwerk.ui import acts, lists, steps
from zielwerk.ui.forms import add_refusals
from zielwerk.ui.views import Request, may

BEGUN = msg("Begonnen: {number}, {name} {year}, Fassung {version}, Prüfzeichen {code}.")

TO_SIGN, TO_READ = msg("Text zum Unterschreiben als PDF"), msg("Text zum Lesen als PDF")

conclusions = lists.of_cases(
    CONCLUSIONS,
    panels.CONCLUSIONS,
    "conclusion/conclusions.html",
    filters=lambda parameters, user: ConclusionFilter(
        parameters, packs.years(settings.PROGRAMME), CONCLUSIONS
    ),
    order=("-year", "body_key", "pk"),
    empty=(msg("Kein Abschluss"), msg("Zu dieser Auswahl gibt es keinen Abschluss.")),
)


@may("conclusion.look")
@require_safe
def conclusion(request: Request, pk: int) -> HttpResponse:
    """One conclusion: what is missing, both sides' signatures, the text and its code."""
    case: Conclusion = CONCLUSIONS.find(request.user, settings.PROGRAMME, pk)
    signatures = queries.signatures(case)
    name = German(body_of(case))
    title = format_html(gettext("Abschluss {year}: {name}"), name=name, year=case.year)
    facts = queries.Facts(case, timezone.localdate())
    exemplars = panels.exemplars(case, request)
    is_collecting = case.state == ConclusionState.SIGNING
    ready, verdict = queries.prepared(case), queries.verdict_of(case)
    context = {
        "ready": ready,
        "is_demo": settings.DEMO,
        "certificates": panels.certificate_rows(case, verdict.signatures) if verdict else (),
        "page": steps.case_page(request, case, title),
        "conclusion": case,
        "missing": steps.sentences(missing(facts)) if not case.is_over else (),
        "tables": panels.side_tables(request, case, signatures),
        "approvals": panels.approvals(request, case),
        "resolution": queries.resolution(case),
        "needs_resolution": any(side.rule.needs_resolution for side in case.sides),
        "exemplars": exemplars,
        "is_on_paper": case.way == Way.PAPER and is_collecting,
        "way": WAYS[case.way],
        "text_label": TO_SIGN if case.way == Way.PAPER else TO_READ,
        "may_resolve": is_collecting and _may(request, "conclusion.resolve", case),
        "may_keep": is_collecting and _may(request, "conclusion.keep_file", case),
        "may_see_draft": not permissions.role_refusal(request.user, "negotiation.look"),
    }
    return render(request, "conclusion/conclusion.html", context)


def _may(request: Request, permission: str, case: Conclusion) -> bool:
    return not permissions.refusal(request.user, permission, case)


@may("conclusion.begin")
@require_http_methods(["GET", "POST"])
def begin(request: Request, pk: int) -> HttpResponse:
    """Begin the conclusion of a draft: what is concluded, and who must sign."""
    draft = cases.find(request.user, settings.PROGRAMME, f"draft_document:{pk}")
    assert isinstance(draft, DraftDocument)
    permissions.require(request.user, "conclusion.begin", NewConclusion(draft, ""))
    today = timezone.localdate()
    content = negotiation.newest(draft).content
    needed = queries.needed_for(content, today)
    reasons = queries.why_not_begun(draft, today)
    ways = ways_of(needed)
    initial = {"weg": ways[0] if ways else ""}
    form = BeginForm(ways, request.POST if request.method == "POST" else None, initial=initial)
    status = 200
    if request.method == "POST":
        draft.revision = steps.revision_seen(request)
        if form.is_valid():
            new = NewConclusion(draft, form.cleaned_data["weg"], is_trial=request.user.is_demo)
            try:
                return acts.done(
                    request,
                    lambda: actions.begin(request.user, new, at=timezone.now()),
                    lambda made: steps.begun(request, made, BEGUN),
                )
            except (permissions.NotAllowed, cases.ChangedMeanwhile):
                raise
            except Refused as refused:
                add_refusals(form, refused)
        status = 422
    context: dict[str, Any] = {
        "draft": draft,
        "form": form,
        "back": reverse("negotiation:draft", args=[pk]),
        "needed": [(each, panels.rule_rows(each.rule)) for each in needed],
        "reasons": steps.sentences(reasons),
        "unknown": bool(queries.unknown_sides(content, today)),
    }
    return render(request, "conclusion/begin.html", context, status=status)
