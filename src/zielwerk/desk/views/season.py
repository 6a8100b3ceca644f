"""A programme year's season: each body's stages, how long each holds, and who owes the move."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from zielwerk.core import exports
from zielwerk.desk import panels, queries
from zielwerk.desk.forms import SeasonFilters
from zielwerk.packs import loading as packs
from zielwerk.programme import queries as programmes
from zielwerk.ui import lists
from zielwerk.ui.addresses import PAGE, SORT
from zielwerk.ui.views import Request, may

PAGE_LENGTH = 60


@may("desk.look_at_year")
@require_safe
def season(request: Request, year: int) -> HttpResponseBase:
    """The bodies of a year by stages; counts lead to the list that they count."""
    programme, today = settings.PROGRAMME, timezone.localdate()
    found = queries.season_year(request.user, programme, year, today)
    of_year = [row.body_year.body for row in found.rows]
    sides = {
        str(side): name for side, name in panels.organisations(programme, today, of_year).items()
    }
    filters = SeasonFilters(request.GET, found, sides)
    selection = filters.matching(found.rows, request.GET.get(SORT, ""))
    if exports.file_format(request):
        rows = panels.season_rows(request.user, year, found, selection)
        return lists.wrong(filters) or exports.response(
            request,
            f"saison-{year}",
            panels.season_headings(found),
            panels.season_cells(found, rows),
            at=timezone.now(),
        )
    page = Paginator(selection, PAGE_LENGTH).get_page(request.GET.get(PAGE))
    rows = panels.season_rows(request.user, year, found, list(page))
    drafts = programmes.draft_years(programme)
    here = reverse("desk:season", args=[year])
    context = {
        "year": year,
        "years": [
            (
                gettext("{year} (Entwurf)").format(year=each) if each in drafts else str(each),
                reverse("desk:season", args=[each]),
                each == year,
            )
            for each in packs.years(programme)
        ],
        "today": today,
        "found": found,
        "filters": filters,
        "stages": [
            (label, number, f"{here}?stufe={code}")
            for (code, label), number in zip(
                found.labels.items(), found.stages.values(), strict=True
            )
        ],
        "asked": [
            (sides[side], number, f"{here}?am_zug={side}") for side, number in found.asked.items()
        ],
        "late_url": f"{here}?spaet=on",
        "page": page,
        "rows": rows,
        "is_own": bool(request.user.ags) and len(found.rows) == 1,
    }
    return render(request, "desk/season.html", context)
