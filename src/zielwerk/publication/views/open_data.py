"""The whole of what is public, for programs: a feed, a description, a list of operations."""

import json

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.http import require_safe

from zielwerk.core import exports
from zielwerk.disclosures import queries as disclosures
from zielwerk.publication import letters, panels, queries
from zielwerk.publication.forms import KEPT
from zielwerk.publication.views.public import csv_response, public
from zielwerk.rulebook.alphabet import hyphenated
from zielwerk.ui import lists
from zielwerk.ui.lists import Listed
from zielwerk.ui.public import public_answer
from zielwerk.ui.views import Request, may

MOST = 100  # editions of which the feed tells
NAME = "Maßnahmen"


def site_of(request: Request) -> str:
    return request.build_absolute_uri("/").rstrip("/")


@may("publication.read")
@require_safe
@public_answer()
def feed(request: Request) -> HttpResponse:
    """The editions to which something happened last."""
    editions = [(each, panels.gone_said(each)) for each in queries.newest_events(MOST)]
    author = str(disclosures.operator().sections.body.name)
    content = letters.feed(site_of(request), author, editions, request.path)
    return public(HttpResponse(content, content_type=f"{letters.ATOM}; charset=utf-8"))


@may("publication.read")
@require_safe
@public_answer()
def catalogue(request: Request) -> HttpResponse:
    """What there is to take away, for data portals."""
    years = queries.years_published()
    data = letters.catalogue(site_of(request), years, disclosures.operator())
    content = json.dumps(data, ensure_ascii=False, indent=1)
    return public(HttpResponse(content, content_type=letters.LINKED_DATA))


@may("publication.read")
@require_safe
@public_answer(**KEPT)
def operations(request: Request) -> HttpResponseBase:
    """A row for each measure; the same filters as the list, as CSV or as XLSX."""
    listed = Listed(panels.EDITIONS, request)
    if answer := lists.wrong(listed.filters):
        return public(answer)
    headings = [column.heading for column in panels.OPERATIONS]
    assert isinstance(listed.rows, QuerySet)
    rows = panels.operations(listed.rows)
    name = f"{NAME} {settings.PROGRAMME.replace('_', ' ')}"
    with override("de"):
        if exports.file_format(request) == exports.XLSX:
            at = timezone.now()
            return public(exports.response(request, name, headings, rows, at=at))
        return csv_response(headings, rows, f"{hyphenated(name)}.csv")
