"""A programme year's season: each body's stages, how long each holds, and who owes the move."""

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

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

    def read(day: date) -> tuple[queries.SeasonYear, Mapping[str, str]]:
        seasons = queries.season_year(request.user, programme, year, day, is_past=day < today)
        of_year = [row.body_year.body for row in seasons.rows]
        names = panels.organisations(programme, day, of_year)
        return seasons, {str(side): name for side, name in names.items()}

    own = bool(request.user.ags)
    filters = SeasonFilters(request.GET, today, read, is_own=own)
    day, found, sides = filters.on, filters.found, filters.sides
    selection = filters.matching(found.rows, request.GET.get(SORT, ""))
    if exports.file_format(request):
        rows = panels.season_rows(request.user, year, found, selection, day)
        name = f"saison-{year}" if day == today else f"saison-{year}-stand-{day:%Y-%m-%d}"
        return lists.wrong(filters) or exports.response(
            request,
            name,
            panels.season_headings(found),
            panels.season_cells(found, rows),
            at=timezone.now(),
        )
    page = Paginator(selection, PAGE_LENGTH).get_page(request.GET.get(PAGE))
    rows = panels.season_rows(request.user, year, found, list(page), day)
    drafts = programmes.draft_years(programme)
    here = reverse("desk:season", args=[year])
    then = {} if day == today else {"stand": f"{day:%d.%m.%Y}"}

    def counted(**narrowed: str) -> str:
        return f"{here}?{urlencode({**then, **narrowed})}"

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
        "day": day,
        "is_today": day == today,
        "found": found,
        "filters": filters,
        "stages": [
            (label, number, counted(stufe=code))
            for (code, label), number in zip(
                found.labels.items(), found.stages.values(), strict=True
            )
        ],
        "asked": [
            (sides[side], number, counted(am_zug=side)) for side, number in found.asked.items()
        ],
        "late_url": counted(spaet="on"),
        "page": page,
        "rows": rows,
        "is_own": own and len(found.rows) == 1,
    }
    return render(request, "desk/season.html", context)
