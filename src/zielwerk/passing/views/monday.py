"""Monday morning: the survey, reminding the chosen, a pasted table, the draft for the committee."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from zielwerk.core import looks, permissions
from zielwerk.core.permissions import Actor, NotAllowed
from zielwerk.language import German
from zielwerk.passing import actions, letters, panels, queries, tables
from zielwerk.passing.actions import PastedSpent, Reminding
from zielwerk.passing.forms import PasteForm, SurveyFilter
from zielwerk.passing.models import PassOn
from zielwerk.passing.tables import PastedTable
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.passing.days import EVENTS
from zielwerk.rulebook.refusal import Refused, Said, msg
from zielwerk.typesetting import docx
from zielwerk.typesetting.pdf import render as render_pdf
from zielwerk.ui import acts, lists
from zielwerk.ui.forms import add_refusals
from zielwerk.ui.lists import Listing
from zielwerk.ui.views import Request, may, to_save

NAME = msg("Weiterleitungen am Montag")
REMINDED = msg("Erinnert an Weiterleitungen: {count}. Menschen, die es erreicht: {people}.")
PASTED = msg("Eingefügt. Stände: {count}.")
MOST_SHOWN = 100  # faults and rows on one page; it says how many there are
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def running(user: Actor) -> list[queries.SurveyRow]:
    """The rows of all running programme years."""
    today = localdate()
    years = queries.running_years(settings.PROGRAMME, today)
    return queries.survey(user, settings.PROGRAMME, years, today)


LISTING = Listing(
    route="passing:survey",
    name=NAME,
    look="passing.survey",
    columns=panels.SURVEY,
    rows=running,
    filters=lambda parameters, user: SurveyFilter(
        parameters, queries.running_years(settings.PROGRAMME, localdate()), localdate()
    ),
    apart=("year",),
    keys=("key",),
    counted=msg("Zeilen"),
    empty=(
        msg("Nichts weitergegeben"),
        msg("Zu dieser Auswahl ist nichts bewilligt oder weitergegeben."),
    ),
)


def _more(request: Request, listed: lists.Listed) -> dict[str, Any]:
    return {
        "choice_form": panels.CHOICE_FORM,
        "query": request.GET.urlencode(),
        "may_remind": not permissions.role_refusal(request.user, "passing.remind"),
        "may_paste": not permissions.role_refusal(request.user, "passing.paste"),
        "asked": {name: request.GET.get(name, "") for name in ("suche", "jahr", "auswahl")},
    }


survey = lists.door(LISTING, "passing/survey.html", _more)


def chosen(request: Request) -> tuple[int, ...]:
    """The numbers of the pass-ons that the address or the form names."""
    named = request.POST if request.method == "POST" else request.GET
    found = (value for value in named.getlist("v") if value.isascii() and value.isdecimal())
    return tuple(dict.fromkeys(int(value) for value in found if len(value) < 12))


@may("passing.remind")
@require_http_methods(["GET", "POST"])
def remind(request: Request) -> HttpResponse:
    """Show whom a reminder reaches, then send it once."""
    found = queries.reach(request.user, chosen(request), localdate())
    if request.method == "POST":
        new = Reminding(request.user.ags, tuple(each.case.pk for each in found), _seen(request))
        return acts.done(
            request,
            lambda: actions.remind(request.user, new, at=timezone.now()),
            lambda made: acts.Answer(
                reverse("passing:survey"),
                Said(REMINDED, {"count": len(made), "people": len(new.reached)}),
            ),
        )
    reached = [each for each in found if each.is_reached]
    looks.shown(actions.seen(found))
    context = {
        "rows": [_reach_row(each) for each in found],
        "reached": reached,
        "people": sorted(actions.seen(found)),
        "people_count": len(actions.seen(found)),
    }
    return render(request, "passing/remind.html", context)


def _seen(request: Request) -> frozenset[int]:
    """The numbers of the people that the page showed."""
    named = (value for value in request.POST.getlist("p") if value.isascii() and value.isdecimal())
    return frozenset(int(value) for value in named if len(value) < 12)


def _reach_row(each: queries.Reach) -> dict[str, Any]:
    return {
        "case": each.case,
        "papers": [paper.paper.label for paper in each.papers if paper.is_late],
        "due": each.due,
        "what": EVENTS[each.due.event] if each.due else "",
        "people": [person.name for person in each.people],
        "why_not": each.why_not,
    }


@may("passing.paste")
@require_http_methods(["GET", "POST"])
def paste(request: Request) -> HttpResponse:
    """Preview a pasted table with every fault at its cell, then write it as a whole."""
    form = PasteForm(request.POST if request.method == "POST" else None)
    table = None
    if form.is_valid():
        try:
            table = tables.read_stands(
                request.user, in_force(request.user), form.cleaned_data["tabelle"], localdate()
            )
            if "write" in request.POST and not table.faults:
                return _written(request, table)
        except NotAllowed:
            raise
        except Refused as refused:
            add_refusals(form, refused, {each.rule: "tabelle" for each in refused.refusals})
    status = 422 if form.errors or (table and table.faults) else 200
    titles = [column.title for column in tables.COLUMNS]
    context = {"form": form, "titles": titles, **_preview(table)}
    return render(request, "passing/paste.html", context, status=status)


def in_force(user: Actor) -> list[PassOn]:
    """What a table may name: what is in force in the running years."""
    return [row.case for row in running(user) if row.case and row.case.counts]


def _written(request: Request, table: PastedTable) -> HttpResponse:
    pasted = PastedSpent(request.user.ags, [new for _, new in table.rows])
    return acts.done(
        request,
        lambda: actions.paste(request.user, pasted, at=timezone.now()),
        lambda made: acts.Answer(reverse("passing:survey"), Said(PASTED, {"count": len(made)})),
    )


def _preview(table: PastedTable | None) -> dict[str, Any]:
    if table is None:
        return {"table": None}
    return {
        "table": table,
        "faults": table.faults[:MOST_SHOWN],
        "fault_count": len(table.faults),
        "rows": [
            {
                "line": line,
                "title": German(str(new.pass_on.title)),
                "carrier": German(str(new.pass_on.carrier)),
                "year": new.budget_year,
                "cents": None if new.cents is None else Cents(new.cents),
                "taken": new.taken,
                "day": new.day,
            }
            for line, new in table.rows[:MOST_SHOWN]
        ],
        "row_count": len(table.rows),
        "most": MOST_SHOWN,
    }


@may("passing.survey")
@require_safe
def committee_pdf(request: Request) -> HttpResponse:
    """The draft for the organ that resolves, as PDF."""
    made = render_pdf(letters.committee_draft(settings.PROGRAMME, _rows(request), localdate()))
    return _file(made, "pdf", "application/pdf")


@may("passing.survey")
@require_safe
def committee_docx(request: Request) -> HttpResponse:
    """The same as a document to be edited."""
    made = docx.render(letters.committee_draft(settings.PROGRAMME, _rows(request), localdate()))
    return _file(made, "docx", DOCX)


def _rows(request: Request) -> Sequence[queries.SurveyRow]:
    """The chosen rows; where none is chosen those that the filter keeps."""
    listed = lists.Listed(LISTING, request)
    rows: list[queries.SurveyRow] = list(listed.rows)
    if numbers := set(chosen(request)):
        return [row for row in rows if row.pk in numbers]
    return rows


def _file(content: bytes, ending: str, kind: str) -> HttpResponse:
    return to_save(content, f"beschlussvorlage-{localdate():%Y-%m-%d}.{ending}", kind)
