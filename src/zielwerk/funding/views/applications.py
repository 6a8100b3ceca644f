"""Applications: the list, beginning one, one of them with all that is known of it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from zielwerk.agreements import queries as recorded
from zielwerk.core import permissions
from zielwerk.core.words import body_of
from zielwerk.funding import actions, panels, queries
from zielwerk.funding.actions import NewApplication
from zielwerk.funding.cases import APPLICATIONS
from zielwerk.funding.forms import ApplicationFilter, BeginForm
from zielwerk.funding.models import Application, Question, Settlement
from zielwerk.language import German
from zielwerk.packs import loading as packs
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.application import ASPECTS, OUTCOMES, ApplicationState, may_write
from zielwerk.rulebook.application.path import CLOSED, NOT_EXAMINED
from zielwerk.rulebook.refusal import Refused, msg
from zielwerk.ui import acts, lists, steps
from zielwerk.ui.forms import add_refusals
from zielwerk.ui.joined import JOINED
from zielwerk.ui.views import Request, may

BEGUN = msg("Begonnen: {number}, {name} {year}. Was geplant ist, steht schon darin.")


def beside(request: Request, listed: Any) -> dict[str, Any]:
    """Whether the person may begin an application of her body."""
    return {"may_begin": bool(open_years(request))}


def open_years(request: Request) -> list[int]:
    """The years for which the person's body can begin an application."""
    ags = request.user.ags
    if not ags or permissions.role_refusal(request.user, "funding.apply"):
        return []
    drafts = programmes.draft_years(settings.PROGRAMME)
    return [
        year
        for year in queries.years(settings.PROGRAMME)
        if year not in drafts
        and not actions.why_not_begun(NewApplication(settings.PROGRAMME, year, ags))
    ]


applications = lists.of_cases(
    APPLICATIONS,
    panels.APPLICATIONS,
    "funding/applications.html",
    beside,
    filters=lambda parameters, user: ApplicationFilter(
        parameters, packs.years(settings.PROGRAMME), APPLICATIONS
    ),
    order=("-year", "body_key", "pk"),
    apart=("year", "state"),
    empty=(msg("Kein Antrag"), msg("Zu dieser Auswahl gibt es keinen Antrag.")),
)


@may("funding.apply")
@require_http_methods(["GET", "POST"])
def begin(request: Request) -> HttpResponse:
    """Begin an application of one's body for a programme year."""
    if not request.user.ags:
        raise Http404
    form = BeginForm(open_years(request), request.POST if request.method == "POST" else None)
    if form.is_valid():
        new = NewApplication(
            settings.PROGRAMME,
            form.cleaned_data["jahr"],
            request.user.ags,
            is_invented=request.user.is_demo,
        )
        try:
            return acts.done(
                request,
                lambda: actions.apply(request.user, new, at=timezone.now()),
                lambda made: steps.begun(request, made, BEGUN),
            )
        except permissions.NotAllowed:
            raise
        except Refused as refused:
            add_refusals(form, refused)
    context = {"form": form, "years": open_years(request)}
    return render(request, "funding/begin.html", context, status=422 if form.errors else 200)


def find(request: Request, pk: int) -> Application:
    """The application of an address, if it is there for the person."""
    found: Application = APPLICATIONS.find(request.user, settings.PROGRAMME, pk)
    return found


@may("funding.look")
@require_safe
def application(request: Request, pk: int) -> HttpResponse:
    """One application: its sums, what speaks against it, questions, what was settled."""
    case = find(request, pk)
    rules, today = queries.rules_of(case), timezone.localdate()
    now, papers = queries.shown_to(request.user, case)
    judged = queries.judged(case, now.answers, queries.codes_of(papers), today)
    title = format_html(
        gettext("Antrag {year}: {name}"), name=German(body_of(case)), year=case.year
    )
    submissions = list(queries.submissions(case))
    newest = submissions[0] if submissions else None
    before = submissions[1] if len(submissions) > 1 else None
    last = queries.last_entry(case) if case.state == ApplicationState.DRAFT else None
    writers = {last.entered_by} if last else set()
    asked = queries.questions(case)
    closers = {one.closing.closed_by for one in asked if hasattr(one, "closing")}
    settled = queries.settled(case, queries.settlements(case))
    shown = (*submissions, *asked, *settled.values())
    names = JOINED.names_for(request, {*writers, *closers, *(one.entered_by for one in shown)})
    may_answer = _may(request, "funding.answer", case) and case.state not in NOT_EXAMINED
    may_write = _may(request, "funding.write", case) and case.state not in CLOSED
    context = {
        "page": steps.case_page(request, case, title),
        "application": case,
        "needs": bool(judged.stops),
        "waits": [
            *panels.for_reason(case, now.answers, today, may_write=may_write),
            *panels.for_answers(case, asked, may_answer=may_answer),
        ],
        "rules": rules,
        "sums": panels.sums(judged, rules),
        "arithmetic": panels.arithmetic(judged),
        "measures": list(panels.measure_rows(case, judged, rules)),
        "taken_out": panels.taken_out(now.answers),
        "findings": panels.finding_rows(case, judged, rules, judged.findings),
        "papers": list(panels.papers(papers, rules)),
        "attachable": attachable(request, case, asked),
        "referred": panels.referred(request, queries.referred(case, rules, today)),
        "questions": [_question(case, judged, rules, one, names) for one in asked],
        "aspects": _aspects(settled, names),
        "submissions": [(one, names[one.entered_by]) for one in submissions],
        "changed": panels.changed(before, newest, rules) if newest else [],
        "last": (last.entered_at, names[last.entered_by]) if last else None,
        "came_on": _came_before(case),
        "deadline": queries.last_day(rules),
        "grace_days": rules.application.grace_days if rules.application else 0,
        "agreements": list(recorded.agreements(request.user).filter(year=case.year, ags=case.ags)),
        "is_draft": case.state == ApplicationState.DRAFT,
        "may_write": may_write,
        "may_ask": _may(request, "funding.ask", case) and case.state not in NOT_EXAMINED,
        "may_answer": may_answer,
        "may_settle": _may(request, "funding.settle", case) and case.state not in NOT_EXAMINED,
    }
    return render(request, "funding/application.html", context)


def _came_before(case: Application) -> date | None:
    """The day that counts for the deadline, where what stands came on a later one, or not yet."""
    day = queries.came_on(case)
    later = timezone.localdate(case.handed_in_at) if case.handed_in_at else None
    return None if day == later else day


def _may(request: Request, permission: str, case: Application) -> bool:
    return not permissions.refusal(request.user, permission, case)


def attachable(request: Request, case: Application, asked: Sequence[Question]) -> set[str]:
    """The codes of the papers that the person may add or take out now."""
    if not _may(request, "funding.attach", case):
        return set()
    open_ = queries.asked_places(one for one in asked if not hasattr(one, "closing"))
    kinds = queries.rules_of(case).application_attachments
    return {
        each.code
        for each in kinds
        if not each.once_in and may_write(case.state, f"attachment/{each.code}", open_)
    }


def _question(
    case: Application, judged: Any, rules: Any, one: Question, names: Any
) -> dict[str, Any]:
    """A question, the places that it is about with their doors, and how it ended."""
    titles, words = panels.titles_of(judged), panels.words_of(rules)
    closing = getattr(one, "closing", None)
    return {
        "question": one,
        "by": names[one.entered_by],
        "places": [(words(place, titles), panels.url_of(case, place)) for place in one.places],
        "closing": closing,
        "closed_by": names[closing.closed_by] if closing else "",
    }


def _aspects(found: Mapping[str, Settlement], names: Any) -> list[dict[str, Any]]:
    """Each aspect with what was said of it last."""
    return [
        {
            "code": code,
            "label": label,
            "settlement": found.get(code),
            "outcome": OUTCOMES[found[code].outcome] if code in found else "",
            "by": names[found[code].entered_by] if code in found else "",
        }
        for code, label in ASPECTS.items()
    ]
