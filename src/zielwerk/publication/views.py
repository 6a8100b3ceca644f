"""Public pages and data. Nobody signs in here."""

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext, override
from django.views.decorators.http import require_http_methods, require_safe

from zielwerk.agreements import queries as agreements
from zielwerk.agreements.models import Agreement
from zielwerk.core import exports
from zielwerk.disclosures import queries as disclosures
from zielwerk.documents import queries as documents
from zielwerk.language import German
from zielwerk.publication import actions, letters, panels, queries
from zielwerk.publication.forms import KEPT
from zielwerk.publication.models import Edition
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import Refusal, msg
from zielwerk.tables import Cell, csv_parts
from zielwerk.typesetting.html import render_blocks
from zielwerk.ui import acts, lists
from zielwerk.ui.lists import Listed
from zielwerk.ui.public import public_answer
from zielwerk.ui.views import Request, may

PUBLISHED = msg("Veröffentlicht: {name} {year}, Ausgabe {number}.")
PUBLISHING_BEGUN = msg("Begonnen: Die Vereinbarungen {year} werden veröffentlicht.")
PUBLISHING = (
    msg("Öffentlich werden Beträge, Maßnahmen und Wortlaut, als Seite, PDF und offene Daten."),
    msg("Genannt werden Ämter, keine Namen von Personen."),
    msg("Zurückziehen lässt sich das; was bis dahin gelesen oder kopiert ist, bleibt es."),
)
WITHDRAWN = msg("Zurückgezogen: {name} {year}, Ausgabe {number}.")
WITHDRAWING = (
    msg("Die öffentliche Seite, die PDF-Datei und die Daten sind dann nicht mehr abrufbar."),
    msg("Die Ausgabe bleibt in den Akten; eine neue kann jederzeit veröffentlicht werden."),
)
NOTHING_TO_PUBLISH = Refusal(
    "publication.nothing_to_publish",
    msg("In diesem Jahr gibt es keine Vereinbarung, die nie veröffentlicht war."),
)
Answer = TypeVar("Answer", bound=HttpResponseBase)
PART = 200  # rows of the data that are sent at once

editions = public_answer(**KEPT)(lists.door(panels.EDITIONS, "publication/list.html"))


@may("publication.read")
@require_safe
@public_answer()
@may("publication.read")
@require_safe
@public_answer()
def edition(request: Request, year: int, ags: str, ordinal: int) -> HttpResponse:
    edition = queries.edition(year, ags, ordinal)
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
@public_answer()
def edition_easy(request: Request, year: int, ags: str, ordinal: int) -> HttpResponse:
    """What an agreement says, in Leichte Sprache: made from its public data."""
    edition = queries.edition(year, ags, ordinal)
    words = disclosures.easy_words()
    context = {
        "edition": edition,
        "data": edition.document,
        "title": letters.title_of(
            edition.document, letters.letter_of(letters.rules_of(edition.agreement))
        ),
        "words": words,
        "amount": letters.easy_amount(edition.amount_cents),
        "kind": letters.easy_kind(edition.document, words),
        "measures": letters.easy_measures(edition.document, words),
        "is_granted_here": letters.is_granted_by(
            edition.document, letters.rules_of(edition.agreement)
        ),
        "review": disclosures.review("agreement"),
    }
    return without_indexing(edition, render(request, "publication/edition_easy.html", context))


@may("publication.read")
@require_safe
@public_answer()
def edition_pdf(request: Request, year: int, ags: str, ordinal: int) -> HttpResponse:
    """The accessible PDF, byte for byte as it was published."""
    edition = queries.edition(year, ags, ordinal)
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
@public_answer()
def edition_json(request: Request, year: int, ags: str, ordinal: int) -> HttpResponse:
    edition = queries.edition(year, ags, ordinal)
    return without_indexing(edition, json_response(edition.document))


@may("publication.read")
@require_safe
@public_answer()
def edition_csv(request: Request, year: int, ags: str, ordinal: int) -> HttpResponseBase:
    """The same content, one line a value: its path in the data, and the value."""
    edition = queries.edition(year, ags, ordinal)
    name = letters.file_name(letters.rules_of(edition.agreement), ags, "csv", ordinal)
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
        return csv_response(head, listed.cells(), f"{letters.stem(listed.name)}.csv")


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
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return public(response)


def public(response: Answer) -> Answer:
    """Open to every site: it is public."""
    response["Access-Control-Allow-Origin"] = "*"
    return response


@may("publication.publish")
@require_http_methods(["GET", "POST"])
def publish(request: Request, year: int, ags: str, ordinal: int) -> HttpResponse:
    """Publish an agreement; asks before, with what becomes public."""
    agreement = agreements.agreement(request.user, year, ags, ordinal)
    if request.method == "POST":
        now = timezone.now()
        edition = actions.typeset(agreement, now)
        return acts.done(
            request,
            lambda: actions.publish_typeset(request.user, agreement, edition, at=now),
            lambda published: answer(agreement, PUBLISHED, number=published.number),
        )
    data = letters.public_data(agreement, queries.last_number(agreement) + 1, timezone.now())
    reasons = actions.why_not_published(agreement, data)
    label = msg("Veröffentlichen")
    return acts.ask(request, question(agreement, label, PUBLISHING, reasons))


def answer(agreement: Agreement, msgid: str, **slots: object) -> acts.Answer:
    """The file of an agreement, and the sentence that says what was done with it."""
    slots |= {"name": agreement.body_name, "year": agreement.year}
    return acts.Answer(reverse("desk:case", args=agreement.address), acts.Said(msgid, slots))


def question(
    agreement: Agreement, label: str, effects: Sequence[str], reasons: Sequence[Refusal]
) -> acts.Question:
    """The question before something is done with the publication of an agreement."""
    name = German(f"{agreement.body_name} {agreement.year}")
    return acts.Question(
        title=format_html("{}: {}", gettext(label), name),
        button=label,
        back=reverse("desk:case", args=agreement.address),
        about=name,
        effects=[acts.Said(effect) for effect in effects],
        facts=[
            (msg("Gebietskörperschaft"), agreement.body_name),
            (msg("Programmjahr"), agreement.year),
            (msg("Vereinbarter Betrag"), Cents(agreement.amount_cents)),
        ],
        reasons=reasons,
    )


@may("publication.publish")
@require_http_methods(["GET", "POST"])
def publish_year(request: Request, year: int) -> HttpResponse:
    """Publish everything of a year in the background; asks before, with how much it is."""
    if request.method == "POST":
        return acts.done(
            request,
            lambda: actions.begin_publishing_year(
                request.user, settings.PROGRAMME, year, at=timezone.now()
            ),
            lambda job: acts.Answer(
                reverse("ui:job", args=[job.pk]), acts.Said(PUBLISHING_BEGUN, {"year": year})
            ),
        )
    unpublished = list(queries.unpublished(settings.PROGRAMME, year))
    label = msg("Alle veröffentlichen")
    question = acts.Question(
        title=f"{gettext(label)}: {year}",
        button=label,
        back=reverse("desk:home"),
        about=gettext("Mein Arbeitsplatz"),
        effects=[acts.Said(effect) for effect in PUBLISHING],
        facts=[
            (msg("Programmjahr"), year),
            (msg("Vereinbarungen"), len(unpublished)),
            (msg("Gebietskörperschaften"), [agreement.body_name for agreement in unpublished]),
            (
                msg("Vereinbarte Beträge zusammen"),
                Cents(sum(agreement.amount_cents for agreement in unpublished)),
            ),
        ],
        reasons=[] if unpublished else [NOTHING_TO_PUBLISH],
    )
    return acts.ask(request, question)


@may("publication.withdraw")
@require_http_methods(["GET", "POST"])
def withdraw(request: Request, year: int, ags: str, ordinal: int) -> HttpResponse:
    """Withdraw a publication; asks before."""
    agreement = agreements.agreement(request.user, year, ags, ordinal)
    if request.method == "POST":
        return acts.done(
            request,
            lambda: actions.withdraw(request.user, agreement, at=timezone.now()),
            lambda edition: answer(agreement, WITHDRAWN, number=edition.number),
        )
    reasons = [] if queries.edition_of(agreement) else [actions.NOT_PUBLISHED]
    label = msg("Veröffentlichung zurückziehen")
    return acts.ask(request, question(agreement, label, WITHDRAWING, reasons))
