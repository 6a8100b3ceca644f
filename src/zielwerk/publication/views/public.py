"""Public pages and data. Nobody signs in here."""

import functools
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, override
from django.views.decorators.http import require_safe

from zielwerk.agreements import queries as agreements
from zielwerk.core import exports
from zielwerk.disclosures import queries as disclosures
from zielwerk.documents import queries as documents
from zielwerk.publication import letters, panels, queries
from zielwerk.publication.forms import KEPT
from zielwerk.publication.models import Edition
from zielwerk.rulebook.alphabet import hyphenated
from zielwerk.tables import Cell, csv_parts
from zielwerk.typesetting.html import render_blocks
from zielwerk.ui import lists
from zielwerk.ui.lists import Listed
from zielwerk.ui.public import public_answer
from zielwerk.ui.tags.values import said
from zielwerk.ui.views import PLAIN, PROBLEM, Request, may

Answer = TypeVar("Answer", bound=HttpResponseBase)
View = TypeVar("View", bound=Callable[..., HttpResponseBase])
PART = 200  # rows of the data that are sent at once


def beside(request: Request, listed: Listed) -> dict[str, str]:
    """The same selection in other forms: the filters alone, without order and page."""
    names = listed.filters.fields if listed.filters else ()
    asked = [(name, value) for name, value in request.GET.items() if name in names and value]
    pictured = urlencode([pair for pair in asked if pair[0] != "zeilen"])
    return {"picture_query": pictured, "operations_query": f"{pictured}&" if pictured else ""}


editions = public_answer(**KEPT)(lists.door(panels.EDITIONS, "publication/list.html", beside))


def or_gone(view: View) -> View:
    """Where something was public and came down, say so and why (410), not that it never was."""

    @functools.wraps(view)
    def answer(request: Request, *args: Any, **which: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **which)
        except Http404:
            edition = queries.withdrawn(**which)
            if edition is None:
                raise
            return gone(request, edition)

    return answer  # type: ignore[return-value]


def gone(request: Request, edition: Edition) -> HttpResponse:
    """The answer in place of what was withdrawn: a page, or words for programs."""
    title = letters.title_of(edition.document, letters.letter_of(letters.rules_of(edition)))
    is_mistaken = agreements.is_annulled(edition.agreement)
    sentences = [said(one) for one in panels.withdrawn_said(edition, is_mistaken=is_mistaken)]
    heading = panels.HELD if edition.is_held else panels.GONE
    detail = f"{title}: {' '.join(sentences)}"
    if request.path.endswith(".json"):
        about = {"title": gettext(heading), "detail": detail}
        problem = {"type": "about:blank", "status": 410, **about}
        response = json_response(problem)
        response.status_code, response["Content-Type"] = 410, PROBLEM
        return response
    if request.path.endswith(".csv"):
        return public(HttpResponse(f"{detail}\n", status=410, content_type=PLAIN))
    context = {"title": title, "gone": heading, "sentences": sentences}
    return without_indexing(edition, render(request, "publication/gone.html", context, status=410))


@may("publication.read")
@require_safe
@public_answer()
@or_gone
def edition(request: Request, year: int, ags: str, ordinal: int) -> HttpResponse:
    return edition_page(request, queries.edition(year, ags, ordinal))


@may("publication.read")
@require_safe
@public_answer()
@or_gone
def superseded_edition(
    request: Request, year: int, ags: str, ordinal: int, number: int
) -> HttpResponse:
    """An edition that the edition of a change superseded: still readable, and marked."""
    return edition_page(request, queries.superseded_edition(year, ags, ordinal, number))


def edition_page(request: Request, edition: Edition) -> HttpResponse:
    document = letters.document(edition.document, letters.rules_of(edition))
    context = {
        "edition": edition,
        "data": edition.document,
        "title": document.title,
        "body": render_blocks(document.blocks, level=2),
        "history": panels.history(edition),
    }
    return without_indexing(edition, render(request, "publication/edition.html", context))


@may("publication.read")
@require_safe
@public_answer()
@or_gone
def edition_easy(request: Request, year: int, ags: str, ordinal: int) -> HttpResponse:
    """What an agreement says, in Leichte Sprache: made from its public data."""
    edition = queries.edition(year, ags, ordinal)
    words, rules = disclosures.easy_words(), letters.rules_of(edition)
    context = {
        "edition": edition,
        "data": edition.document,
        "title": letters.title_of(edition.document, letters.letter_of(rules)),
        "words": words,
        "giver": letters.giver(edition.document, rules),
        "amount": letters.easy_amount(edition.amount_cents),
        "kind": letters.easy_kind(edition.document, words),
        "measures": letters.easy_measures(edition.document, words),
        "is_granted_here": letters.is_granted_by(edition.document, rules),
        "review": disclosures.review("agreement"),
    }
    return without_indexing(edition, render(request, "publication/edition_easy.html", context))


@may("publication.read")
@require_safe
@public_answer()
@or_gone
def edition_pdf(request: Request, year: int, ags: str, ordinal: int) -> HttpResponse:
    """The accessible PDF, byte for byte as it was published."""
    edition = queries.edition(year, ags, ordinal)
    file = edition.pdf
    assert file, "the database takes nothing public without one"
    response = HttpResponse(documents.text_of(file), content_type=file.media_type)
    response["Content-Disposition"] = f'inline; filename="{file.name}"'
    response["Content-Language"] = "de"
    response["ETag"] = f'"{file.sha256}"'
    return without_indexing(edition, response)


def without_indexing(edition: Edition, response: Answer) -> Answer:
    """Search engines must not find an agreement of the demo as a fact, nor what was changed."""
    return answer_of(response, is_indexed=edition.is_public and not edition.is_demo)


def answer_of(response: Answer, *, is_indexed: bool) -> Answer:
    if not is_indexed:
        response["X-Robots-Tag"] = "noindex"
    return response


@may("publication.read")
@require_safe
@public_answer()
@or_gone
def edition_json(request: Request, year: int, ags: str, ordinal: int) -> HttpResponse:
    edition = queries.edition(year, ags, ordinal)
    return without_indexing(edition, json_response(edition.document))


@may("publication.read")
@require_safe
@public_answer()
@or_gone
def edition_csv(request: Request, year: int, ags: str, ordinal: int) -> HttpResponseBase:
    """The same content, one line a value: its path in the data, and the value."""
    edition = queries.edition(year, ags, ordinal)
    name = letters.file_name(letters.rules_of(edition), ags, "csv", ordinal)
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
@public_answer(**KEPT)
def list_json(request: Request) -> HttpResponseBase:
    """The list as data, with the same filters as the page; sent while it is made."""
    listed = Listed(panels.EDITIONS, request)
    if answer := lists.wrong(listed.filters):
        return public(answer)
    with override("de"):
        return public(exports.streamed(json_parts(request, listed), "application/json"))


def json_parts(request: Request, listed: Listed) -> Iterator[bytes]:
    """The data row by row; without its end where it fails."""
    site = request.build_absolute_uri("/").rstrip("/")
    rows = listed.data()
    yield b'{"schema": "agreements/1", "agreements": ['
    separator = "\n"
    while some := list(islice(rows, PART)):
        for row in some:
            which = [row["year"], row["ags"], row["ordinal"]]
            row["url"] = site + reverse("publication:edition_json", args=which)
        texts = [json.dumps(row, ensure_ascii=False) for row in some]
        yield (separator + ",\n".join(texts)).encode()
        separator = ",\n"
    yield b"\n]}\n"


@may("publication.read")
@require_safe
@public_answer(**KEPT)
def list_csv(request: Request) -> HttpResponseBase:
    """The list as a table for programs: in German, with the names that addresses have."""
    listed = Listed(panels.EDITIONS, request)
    if answer := lists.wrong(listed.filters):
        return public(answer)
    head = [column.address.replace("-", "_") for column in listed.of_file()]
    with override("de"):
        return csv_response(head, listed.cells(), f"{hyphenated(listed.name)}.csv")


@may("publication.read")
@require_safe
@public_answer()
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
    response["Content-Disposition"] = exports.made_here(name)
    return public(response)


def public(response: Answer) -> Answer:
    """Open to every site: it is public."""
    response["Access-Control-Allow-Origin"] = "*"
    return response
