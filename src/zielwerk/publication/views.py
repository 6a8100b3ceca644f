"""Public pages and data. Nobody signs in here."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.http import require_POST, require_safe

from zielwerk.agreements import queries as agreements
from zielwerk.core import exports
from zielwerk.core.ui import lists
from zielwerk.core.ui.lists import Listed
from zielwerk.core.views import Request, may
from zielwerk.documents import queries as documents
from zielwerk.publication import actions, letters, panels, queries
from zielwerk.publication.models import Edition
from zielwerk.tables import Cell, csv_parts
from zielwerk.typesetting.html import render_blocks

Answer = TypeVar("Answer", bound=HttpResponseBase)

editions = lists.door(panels.EDITIONS, "publication/list.html")


@may("publication.read")
@require_safe
def edition(request: Request, year: int, ags: str) -> HttpResponse:
    edition = queries.edition(year, ags)
    document = letters.document(edition.document, letters.rules_of(edition.agreement))
    context = {
        "edition": edition,
        "data": edition.document,
        "title": document.title,
        "body": render_blocks(document.blocks, level=2),
    }
    return without_indexing(edition, render(request, "publication/edition.html", context))


@may("publication.read")
@require_safe
def edition_pdf(request: Request, year: int, ags: str) -> HttpResponse:
    """The accessible PDF, byte for byte as it was published."""
    edition = queries.edition(year, ags)
    file = edition.pdf
    response = HttpResponse(documents.text_of(file), content_type=file.media_type)
    response["Content-Disposition"] = f'inline; filename="{file.name}"'
    response["Content-Language"] = "de"
    response["ETag"] = f'"{file.sha256}"'
    return without_indexing(edition, response)


def without_indexing(edition: Edition, response: Answer) -> Answer:
    """Search engines must not find an agreement of the demo as a fact."""
    if edition.is_demo:
        response["X-Robots-Tag"] = "noindex"
    return response


@may("publication.read")
@require_safe
def edition_json(request: Request, year: int, ags: str) -> HttpResponse:
    edition = queries.edition(year, ags)
    return without_indexing(edition, json_response(edition.document))


@may("publication.read")
@require_safe
def edition_csv(request: Request, year: int, ags: str) -> HttpResponseBase:
    """The same content, one line a value: its path in the data, and the value."""
    edition = queries.edition(year, ags)
    name = letters.file_name(letters.rules_of(edition.agreement), ags, "csv")
    return without_indexing(
        edition, csv_response(("pfad", "wert"), flatten(edition.document), name)
    )


def flatten(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """A nested value as pairs of path and text, e.g. ``measures[3].title``."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from flatten(item, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from flatten(item, f"{path}[{index}]")
    else:
        yield (
            path,
            ""
            if value is None
            else json.dumps(value)
            if value is True or value is False
            else str(value),
        )


@may("publication.read")
@require_safe
def list_json(request: Request) -> HttpResponseBase:
    """The list as data, with the same filters as the page; sent while it is made."""
    listed = Listed(panels.EDITIONS, request)
    with override("de"):
        return public(exports.streamed(json_parts(request, listed), "application/json"))


def json_parts(request: Request, listed: Listed) -> Iterator[bytes]:
    """The data row by row; without its end where it fails."""
    yield b'{"schema": "zielvereinbarungen/1", "agreements": ['
    before = "\n"
    for row in listed.data():
        path = reverse("publication:edition_json", args=[row["year"], row["ags"]])
        row["url"] = request.build_absolute_uri(path)
        yield (before + json.dumps(row, ensure_ascii=False)).encode()
        before = ",\n"
    yield b"\n]}\n"


@may("publication.read")
@require_safe
def list_csv(request: Request) -> HttpResponseBase:
    """The list as a table for programs: in German, with the names that addresses have."""
    listed = Listed(panels.EDITIONS, request)
    head = [column.address.replace("-", "_") for column in listed.of_file()]
    with override("de"):
        return csv_response(head, listed.cells(), f"{letters.stem(listed.name)}.csv")


@may("publication.read")
@require_safe
def schema(request: Request) -> HttpResponse:
    """The public schema (JSON Schema) of one agreement."""
    return json_response(letters.schema())


def json_response(data: Any) -> HttpResponse:
    """Readable JSON."""
    return public(JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 1}))


def csv_response(
    head: Sequence[str], rows: Iterable[Sequence[Cell]], name: str
) -> HttpResponseBase:
    """A table as German spreadsheets read it, sent while it is made."""
    response = exports.streamed(csv_parts(head, rows), "text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return public(response)


def public(response: Answer) -> Answer:
    """Open to every site: it is public."""
    response["Access-Control-Allow-Origin"] = "*"
    return response


@may("publication.publish")
@require_POST
def publish(request: Request, year: int, ags: str) -> HttpResponse:
    agreement = agreements.agreement(request.user, year, ags)
    actions.publish(request.user, agreement, at=timezone.now())
    return redirect("desk:case", year, ags)


@may("publication.publish")
@require_POST
def publish_year(request: Request, year: int) -> HttpResponse:
    """Publish everything of a year in the background; the page shows the progress."""
    job = actions.begin_publishing_year(request.user, settings.PROGRAMME, year, at=timezone.now())
    return redirect("core:job", job.pk)


@may("publication.withdraw")
@require_POST
def withdraw(request: Request, year: int, ags: str) -> HttpResponse:
    agreement = agreements.agreement(request.user, year, ags)
    actions.withdraw(request.user, agreement, at=timezone.now())
    return redirect("desk:case", year, ags)
