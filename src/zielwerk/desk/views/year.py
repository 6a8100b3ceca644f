"""A programme year at a glance."""

from collections.abc import Sequence

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from zielwerk.core import exports
from zielwerk.core.ui.addresses import SORT, address
from zielwerk.core.views import Request, may
from zielwerk.desk import panels, queries
from zielwerk.desk.forms import YearFilters
from zielwerk.packs import loading as packs


@may("desk.look_at_year")
@require_safe
def running_year(request: Request) -> HttpResponse:
    """The way in: the programme year that runs."""
    return redirect("desk:year", queries.running_year(settings.PROGRAMME, timezone.localdate()))


@may("desk.look_at_year")
@require_safe
def year(request: Request, year: int) -> HttpResponse:
    """Where each body stands, what comes next, what is late, who is asked."""
    programme, today = settings.PROGRAMME, timezone.localdate()
    organisations = panels.organisations(programme)
    filters = YearFilters(request.GET, organisations)
    day = filters.day(today)
    deadlines = queries.days(programme, year, day)
    found = queries.body_years(request.user, programme, year, day, is_past=day < today)
    chosen = filters.chosen(found, request.GET.get(SORT, ""))
    shown = panels.rows(programme, year, chosen)
    if exports.file_format(request):
        return export_year(request, year, shown)
    tiles = panels.tiles(year, found)
    summary = queries.summary(found)
    context = {
        "year": year,
        "years": [
            (str(one), reverse("desk:year", args=[one]), one == year)
            for one in packs.years(programme)
        ],
        "day": day,
        "is_today": day == today,
        "filters": filters,
        "deadlines": deadlines,
        "next": next((one for one in deadlines if one.left >= 0), None),
        "summary": summary,
        "late_url": address(request, spaet="on"),
        "asked": [
            (name, summary.asked[one], address(request, gefragt=one.value))
            for one, name in organisations.items()
        ],
        "rows": shown,
        "tiles": tiles if len(tiles) > 1 else [],
    }
    return render(request, "desk/year.html", context)


def export_year(request: Request, year: int, shown: Sequence[panels.Row]) -> HttpResponse:
    rows = panels.cells(shown)
    name = f"jahr-{year}"
    return exports.response(request, name, panels.headings(), rows, at=timezone.now())
