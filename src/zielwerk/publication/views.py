"""Public pages and data. Nobody signs in here."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_safe

from zielwerk.agreements import queries as agreements
from zielwerk.agreements.models import Agreement
from zielwerk.core import exports
from zielwerk.core.public import public_answer
from zielwerk.core.ui import acts
from zielwerk.core.views import Request, may
from zielwerk.documents import queries as documents
from zielwerk.language import translate
from zielwerk.packs import loading as packs
from zielwerk.publication import actions, forms, letters, queries
from zielwerk.publication.models import Edition
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import Refusal, msg
from zielwerk.tables import Cell, write_csv
from zielwerk.typesetting.html import render_blocks

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


@may("publication.read")
@require_safe
@public_answer(**forms.KEPT)
def editions(request: Request) -> HttpResponse:
    """The list of published agreements, with filters and search in the address."""
    filters = forms.Filters(request.GET, queries.years(), measure_types())
    editions = queries.search(filters.criteria())
    if exports.file_format(request):
        return export(request, queries.list_rows(editions).iterator())
    totals = queries.totals(editions)
    pages = CountedPages(queries.list_rows(editions), filters.page_size())
    pages.count = totals.number
    context = {
        "filters": filters,
        "page": pages.get_page(request.GET.get("seite")),
        "totals": totals,
        "address": request.GET.urlencode(),
    }
    return render(request, "publication/list.html", context)


def export(request: Request, editions: Iterable[dict[str, Any]]) -> HttpResponse:
    """The list in the person's language; :func:`list_csv` has the fixed names for programs."""
    language = get_language() or "de"
    headings = [gettext("Gebietskörperschaft"), "AGS", gettext("Art"), gettext("Jahr")]
    headings += [gettext("Maßnahmen"), gettext("Vereinbarter Betrag"), gettext("Hinweis")]
    rows: Iterator[list[Cell]] = (
        [
            *(row["body_name"], row["ags"], translate(row["body_kind"], language), row["year"]),
            *(
                row["measure_count"],
                Cents(row["amount_cents"]),
                translate(short_label(row), language),
            ),
        ]
        for row in editions
    )
    at = timezone.now()
    return exports.response(request, list_name(), headings, rows, at=at)


def list_name() -> str:
    """The name of a file with the list: "zielvereinbarungen"."""
    return letters.stem(packs.programme(settings.PROGRAMME).agreement_names)


class CountedPages(Paginator):  # type: ignore[type-arg]
    """Pages of rows whose number is known already."""

    count = 0


def measure_types() -> dict[str, str]:
    """Labels of measure types; the newest year's wording wins."""
    return {
        kind.code: kind.label
        for code, year in packs.available()
        if code == settings.PROGRAMME
        for kind in packs.load(code, year).measure_types
    }


@may("publication.read")
@require_safe
@public_answer()
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
@public_answer()
def edition_pdf(request: Request, year: int, ags: str) -> HttpResponse:
    """The accessible PDF, byte for byte as it was published."""
    edition = queries.edition(year, ags)
    file = edition.pdf
    response = HttpResponse(documents.text_of(file), content_type=file.media_type)
    response["Content-Disposition"] = f'inline; filename="{file.name}"'
    response["Content-Language"] = "de"
    response["ETag"] = f'"{file.sha256}"'
    return without_indexing(edition, response)


def without_indexing(edition: Edition, response: HttpResponse) -> HttpResponse:
    """Search engines must not find an agreement of the demo as a fact."""
    if edition.is_demo:
        response["X-Robots-Tag"] = "noindex"
    return response


@may("publication.read")
@require_safe
@public_answer()
def edition_json(request: Request, year: int, ags: str) -> HttpResponse:
    edition = queries.edition(year, ags)
    return without_indexing(edition, json_response(edition.document))


@may("publication.read")
@require_safe
@public_answer()
def edition_csv(request: Request, year: int, ags: str) -> HttpResponse:
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


def filtered_rows(request: Request) -> Iterator[dict[str, Any]]:
    """All rows of the filtered list, not only one page of them."""
    filters = forms.Filters(request.GET, queries.years(), measure_types())
    return queries.list_rows(queries.search(filters.criteria())).iterator()


@may("publication.read")
@require_safe
@public_answer(**forms.KEPT)
def list_json(request: Request) -> HttpResponse:
    """The list as data, with the same filters as the page."""
    rows = [
        {
            **{key: row[key] for key in queries.LISTED if key != "measure_types"},
            "measure_types": row["measure_types"].split(),
            "label": short_label(row),
            "url": request.build_absolute_uri(
                reverse("publication:edition_json", args=[row["year"], row["ags"]])
            ),
        }
        for row in filtered_rows(request)
    ]
    return json_response({"schema": "zielvereinbarungen/1", "agreements": rows})


@may("publication.read")
@require_safe
@public_answer(**forms.KEPT)
def list_csv(request: Request) -> HttpResponse:
    """The list as a table, with the same filters as the page."""
    head = ("jahr", "ags", "gebietskoerperschaft", "art", "betrag_euro", "massnahmen", "hinweis")
    rows = [
        (
            row["year"],
            row["ags"],
            row["body_name"],
            row["body_kind"],
            Cents(row["amount_cents"]),
            row["measure_count"],
            short_label(row),
        )
        for row in filtered_rows(request)
    ]
    return csv_response(head, rows, f"{list_name()}.csv")


def short_label(row: dict[str, Any]) -> str:
    if row["is_invented"]:
        return msg("Für die Vorführung erfunden")
    return msg("In der Vorführung erfasst") if row["is_trial"] else ""


@may("publication.read")
@require_safe
@public_answer()
def schema(request: Request) -> HttpResponse:
    """The public schema (JSON Schema) of one agreement."""
    return json_response(letters.schema())


def json_response(data: Any) -> HttpResponse:
    """Readable JSON, open to every site: it is public."""
    response = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Access-Control-Allow-Origin"] = "*"
    return response


def csv_response(head: Sequence[str], rows: Iterable[Sequence[Cell]], name: str) -> HttpResponse:
    """A table as German spreadsheets read it, open to every site: it is public."""
    response = HttpResponse(write_csv(head, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Access-Control-Allow-Origin"] = "*"
    return response


@may("publication.publish")
@require_http_methods(["GET", "POST"])
def publish(request: Request, year: int, ags: str) -> HttpResponse:
    """Publish an agreement; asks before, with what becomes public."""
    agreement = agreements.agreement(request.user, year, ags)
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
    return acts.Answer(
        reverse("desk:case", args=[agreement.year, agreement.ags]), acts.Said(msgid, slots)
    )


def question(
    agreement: Agreement, label: str, effects: Sequence[str], reasons: Sequence[Refusal]
) -> acts.Question:
    """The question before something is done with the publication of an agreement."""
    name = f"{agreement.body_name} {agreement.year}"
    return acts.Question(
        title=f"{gettext(label)}: {name}",
        button=label,
        back=reverse("desk:case", args=[agreement.year, agreement.ags]),
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
                reverse("core:job", args=[job.pk]), acts.Said(PUBLISHING_BEGUN, {"year": year})
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
def withdraw(request: Request, year: int, ags: str) -> HttpResponse:
    """Withdraw a publication; asks before."""
    agreement = agreements.agreement(request.user, year, ags)
    if request.method == "POST":
        return acts.done(
            request,
            lambda: actions.withdraw(request.user, agreement, at=timezone.now()),
            lambda edition: answer(agreement, WITHDRAWN, number=edition.number),
        )
    reasons = [] if queries.edition_of(agreement) else [actions.NOT_PUBLISHED]
    label = msg("Veröffentlichung zurückziehen")
    return acts.ask(request, question(agreement, label, WITHDRAWING, reasons))
