"""A programme year at a glance."""

from collections.abc import Sequence

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from zielwerk.core import exports
from zielwerk.desk import panels, queries
from zielwerk.desk.forms import YearFilters
from zielwerk.packs import loading as packs
from zielwerk.programme import queries as programmes
from zielwerk.programme.panels.releases import draft
from zielwerk.ui import lists
from zielwerk.ui.addresses import PAGE, SORT, address
from zielwerk.ui.views import Request, may

PAGE_LENGTH = 50  # lines with all that is told of a body


@may("desk.look_at_year")
@require_safe
def running_year(request: Request) -> HttpResponse:
    """The way in: the programme year that runs."""
    return redirect("desk:year", programmes.running_year(settings.PROGRAMME, timezone.localdate()))


@may("desk.look_at_year")
@require_safe
def year(request: Request, year: int) -> HttpResponseBase:
    """Each body's progress, next steps and late tasks, and the organisations that are asked."""
    programme, today = settings.PROGRAMME, timezone.localdate()
    of_year = queries.bodies(request.user, programme, year)
    filters = YearFilters(
        request.GET, today, lambda day: panels.organisations(programme, day, of_year)
    )
    day, organisations = filters.on, filters.organisations
    deadlines = queries.days(programme, year, day)
    body_years = queries.body_years(request.user, programme, year, day, is_past=day < today)
    strategies = queries.strategies(request.user, programme, of_year, day, is_past=day < today)
    selection = filters.matching(body_years, request.GET.get(SORT, ""), strategies)
    known_on = day if day < today else None
    found = queries.state_gaps(request.user, programme, year, known_on)
    gaps = panels.gaps(programme, year, found, known_on)
    if exports.file_format(request):
        rows = panels.rows(request.user, programme, year, day, selection, strategies)
        # A gap of the state is no body's: it stands where all bodies do.
        of_all = gaps if len(selection) == len(body_years) else []
        return lists.wrong(filters) or export_year(request, year, rows, of_all)
    page = Paginator(selection, PAGE_LENGTH).get_page(request.GET.get(PAGE))
    rows = panels.rows(request.user, programme, year, day, list(page), strategies, known_on)
    tiles = panels.tiles(year, body_years)
    summary = queries.summary(body_years)
    drafts = programmes.draft_years(programme)
    context = {
        "year": year,
        "years": [
            (
                gettext("{year} (Entwurf)").format(year=each) if each in drafts else str(each),
                reverse("desk:year", args=[each]),
                each == year,
            )
            for each in packs.years(programme)
        ],
        "draft": draft(request, packs.load(programme, year)) if year in drafts else None,
        "day": day,
        "is_today": day == today,
        "filters": filters,
        "deadlines": deadlines,
        "next": next((deadline for deadline in deadlines if deadline.days_left >= 0), None),
        "summary": summary,
        "late_url": address(request, spaet="on"),
        "asked": [
            (name, summary.asked[organisation], address(request, gefragt=organisation.value))
            for organisation, name in organisations.items()
        ],
        "rows": rows,
        "page": page,
        "gaps": gaps,
        "totals": panels.totals(selection),
        "tiles": tiles if len(tiles) > 1 else [],
    }
    return render(request, "desk/year.html", context)


def export_year(
    request: Request, year: int, rows: Sequence[panels.Row], gaps: Sequence[panels.Gap]
) -> HttpResponseBase:
    cells = panels.cells(settings.PROGRAMME, rows, gaps)
    name = f"jahr-{year}"
    return exports.response(
        request, name, panels.headings(settings.PROGRAMME), cells, at=timezone.now()
    )
