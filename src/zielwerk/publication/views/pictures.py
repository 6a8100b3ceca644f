"""The selection as pictures, and a body's years side by side, for everybody."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from zielwerk.publication import panels, queries
from zielwerk.publication.forms import KEPT
from zielwerk.publication.views.public import answer_of
from zielwerk.rulebook.refusal import msg
from zielwerk.ui import bodies
from zielwerk.ui.addresses import address
from zielwerk.ui.public import public_answer
from zielwerk.ui.tags.values import said
from zielwerk.ui.views import Request, may


@may("publication.read")
@require_safe
@public_answer(**KEPT)
def pictures(request: Request) -> HttpResponse:
    """The amounts of a year as a map of tiles and as bars, under the filters of the list."""
    filters = panels.filters_of(request.GET)
    del filters.fields["zeilen"]  # there are no rows
    found = panels.pictures(filters)
    before = found.before if found else 0
    context = {
        "filters": filters,
        "pictures": found,
        "compare": gettext("Betrag {year}").format(year=before) if before else "",
        "years": [(year, address(request, jahr=year)) for year in found.others] if found else [],
        "query": request.GET.urlencode(),
    }
    return render(request, "publication/pictures.html", context)


@may("publication.read")
@require_safe
@public_answer()
def body_years(request: Request, ags: str) -> HttpResponse:
    """What is public of a body, year beside year, and what changed."""
    found = panels.years_of(queries.of_body(ags))
    context = {
        "found": found,
        "name": bodies.short(found.newest),
        "lines": found.lines(said(msg("Vereinbarter Betrag"))),
    }
    response = render(request, "publication/body_years.html", context)
    return answer_of(response, is_indexed=not found.is_shown)
