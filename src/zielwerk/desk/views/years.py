"""The programme years of bodies side by side: of one, and of all by one figure."""

from typing import Any

from django.conf import settings
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from zielwerk.core import exports
from zielwerk.core.permissions import may_see
from zielwerk.desk import panels, queries
from zielwerk.desk.forms import BodyLine, YearsFilters
from zielwerk.rulebook.refusal import msg
from zielwerk.ui import bodies, lists
from zielwerk.ui.lists import Listed, Listing
from zielwerk.ui.views import Request, may


@may("desk.look_at_year")
@require_safe
def body_years(request: Request, ags: str) -> HttpResponseBase:
    """A body's years: money, strategy, agreement, what is due, targets, measures."""
    if not may_see(request.user, ags):
        raise Http404
    found = queries.body_of_years(request.user, ags, timezone.localdate())
    shown = panels.year_parts(request.user, found, timezone.localdate())
    title = bodies.short(found.body)
    if exports.file_format(request):
        return exports.response(
            request,
            f"jahre-{title}",
            panels.years_headings(found),
            panels.years_cells(shown),
            at=timezone.now(),
        )
    context = {
        "body": found.body,
        "title": title,
        "years": found.years,
        "parts": shown,
        "is_own": bool(request.user.ags),
    }
    return render(request, "desk/body_years.html", context)


def beside(request: Request, listed: Listed) -> dict[str, Any]:
    """Which figure the list shows."""
    filters: Any = listed.filters
    return {"figure": filters.figure.label, "adds_up": filters.figure.adds_up}


years = lists.door(
    Listing(
        route="desk:years",
        name=msg("Programmjahre nebeneinander"),
        look="desk.look_at_year",
        rows=lambda user: sorted(
            (BodyLine(body) for body in queries.bodies_of(user, settings.PROGRAMME)),
            key=lambda line: (line.body_key, line.ags),
        ),
        keys=("ags",),
        order=("body_key", "ags"),
        filters=YearsFilters,
        empty=(
            msg("Nichts gefunden"),
            msg("Auf keine Gebietskörperschaft treffen diese Filter zu."),
        ),
        columns=panels.years_columns,
        counted=msg("Gebietskörperschaften"),
        length=60,
    ),
    "desk/years.html",
    beside,
)
