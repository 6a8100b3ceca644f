"""Public pages and data. Nobody signs in here."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any, TypeVar

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext, override
from django.views.decorators.http import require_http_methods, require_safe

from zielwerk.agreements import queries as agreements
from zielwerk.agreements.models import Agreement
from zielwerk.core import exports, stages
from zielwerk.core.permissions import NotAllowed, role_refusal
from zielwerk.core.words import body_of
from zielwerk.disclosures import queries as disclosures
from zielwerk.documents import queries as documents
from zielwerk.language import German
from zielwerk.publication import actions, letters, panels, queries
from zielwerk.publication.cases import PUBLICATIONS
from zielwerk.publication.forms import KEPT
from zielwerk.publication.models import ENDED, Edition
from zielwerk.rulebook.alphabet import hyphenated
from zielwerk.rulebook.lifecycle import Step
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import Refusal, msg
from zielwerk.tables import Cell, csv_parts
from zielwerk.typesetting.html import render_blocks
from zielwerk.typesetting.pdf import render as render_pdf
from zielwerk.ui import acts, lists, steps
from zielwerk.ui.lists import Listed
from zielwerk.ui.public import public_answer
from zielwerk.ui.stages import NoteForm
from zielwerk.ui.tags.values import said
from zielwerk.ui.views import Request, may

PUBLISHING = (
    msg("Öffentlich werden Beträge, Maßnahmen und Wortlaut, als Seite, PDF und offene Daten."),
    msg("Genannt werden Ämter, keine Namen von Personen."),
    msg("Zurückziehen lässt sich das; was bis dahin gelesen oder kopiert ist, bleibt es."),
)
PROPOSING = (
    msg("Öffentlich wird damit noch nichts: Eine weitere Stelle gibt frei, was Sie vorlegen."),
    msg("Sie sieht vorher genau, was öffentlich wird; bis dahin lässt es sich zurückgeben."),
    msg("Genannt werden Ämter, keine Namen von Personen."),
)
ACTS = {"": "publish", "vorlegen": "propose"}  # by the stage that an address names
ALL = {"publish": msg("Alle veröffentlichen"), "propose": msg("Alle vorlegen")}
BEGUN = {
    "publish": msg("Begonnen: Die Vereinbarungen {year} werden veröffentlicht."),
    "propose": msg("Begonnen: Die Vereinbarungen {year} werden zur Veröffentlichung vorgelegt."),
}
NOTHING_TO_DO = Refusal(
    "publication.nothing_to_publish",
    msg("In diesem Jahr gibt es keine Vereinbarung, bei der Sie das alles auf einmal tun können."),
)
PUBLICATION = msg("Veröffentlichung")
PREVIEW = "Vorschau, nicht veröffentlicht"  # on every page of a PDF in German
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
    return edition_page(request, queries.edition(year, ags, ordinal))


@may("publication.read")
@require_safe
@public_answer()
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
        "earlier": queries.superseded(*edition.address) if edition.is_public else [],
    }
    return without_indexing(edition, render(request, "publication/edition.html", context))


@may("publication.read")
@require_safe
@public_answer()
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
    if edition.is_demo or not edition.is_public:
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
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return public(response)


def public(response: Answer) -> Answer:
    """Open to every site: it is public."""
    response["Access-Control-Allow-Origin"] = "*"
    return response


@may("publication.look")
@require_safe
def publication(request: Request, pk: int) -> HttpResponse:
    """The page of a publication: exactly what becomes public, is public, or was."""
    case = PUBLICATIONS.find(request.user, settings.PROGRAMME, pk)
    document = letters.document(shown(case), letters.rules_of(case))
    name = German(body_of(case))
    title = format_html("{}: {} {}", gettext(PUBLICATION), name, case.year)
    context = {
        "page": steps.case_page(request, case, title),
        "edition": case,
        "body": render_blocks(document.blocks, level=3),
        "is_over": case.state in ENDED,
    }
    return render(request, "publication/publication.html", context)


def shown(edition: Edition) -> dict[str, Any]:
    """What was published; of what is not, what would be if it were today."""
    data: dict[str, Any] = edition.document
    if edition.published_at:
        return data
    number = queries.last_number(edition.agreement) + 1
    return letters.published(data, number, timezone.now())


@may("publication.look")
@require_safe
def preview(request: Request, pk: int) -> HttpResponse:
    """The PDF of a publication: the one that was published, or as it would be set today."""
    case = PUBLICATIONS.find(request.user, settings.PROGRAMME, pk)
    if case.pdf:
        content, name = documents.text_of(case.pdf), case.pdf.name
    else:
        document = letters.document(shown(case), letters.rules_of(case))
        label = " · ".join(filter(None, (PREVIEW, document.label)))
        content, name = render_pdf(replace(document, label=label)), f"{case.file_number}.pdf"
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Content-Language"] = "de"
    return response


def waiting(request: Request, listed: Listed) -> dict[str, Any]:
    """The years of which this person may publish at once all that wait for her."""
    if role_refusal(request.user, "publication.publish"):
        return {}
    return {"waiting": queries.years_to_release(request.user, settings.PROGRAMME)}


publications = lists.of_cases(
    PUBLICATIONS,
    panels.PUBLICATIONS,
    "publication/publications.html",
    waiting,
    apart=("year", "state", "is_invented"),
    empty=(
        msg("Keine Veröffentlichung"),
        msg("Zu dieser Auswahl wurde nichts veröffentlicht, vorgelegt oder zurückgezogen."),
    ),
)


@may("publication.look")
@require_http_methods(["GET", "POST"])
def begin(request: Request, year: int, ags: str, ordinal: int) -> HttpResponse:
    """Publish an agreement, or put it forward; asks before, with what becomes public."""
    agreement = agreements.agreement(request.user, year, ags, ordinal)
    stage = queries.first_stage(agreement.programme, agreement.year, agreement.rule_version)
    if missing := stages.role_refusal(request.user, stage):
        raise NotAllowed(missing)
    form = NoteForm(request.POST or None, label=stage.notes) if stage.notes else None
    if request.method == "POST" and (form is None or form.is_valid()):
        now = timezone.now()
        new = actions.prepare(agreement, now)
        note = form.arguments() if form else {}
        return acts.done(
            request,
            lambda: actions.begin_prepared(request.user, new, **note, at=now),
            lambda edition: answer(edition, stage),
        )
    status = 422 if form and form.errors else 200
    return acts.ask(request, question(agreement, stage, form), status=status)


def answer(edition: Edition, stage: Step) -> acts.Answer:
    """Of what is public the file of its agreement; else its own page, and who is asked."""
    if not edition.is_public:
        return steps.taken(edition, stage.verb)
    said = acts.Said(stage.done, PUBLICATIONS.facts_said(edition))
    return acts.Answer(reverse("desk:case", args=edition.address), said)


def question(agreement: Agreement, stage: Step, form: Any) -> acts.Question:
    """The question before an agreement is published or put forward."""
    name = German(f"{agreement.body_name} {agreement.year}")
    return acts.Question(
        title=format_html("{}: {}", said(stage.label), name),
        button=stage.label,
        back=reverse("desk:case", args=agreement.address),
        about=name,
        effects=effects(stage.taken_by),
        facts=[
            (msg("Gebietskörperschaft"), agreement.body_name),
            (msg("Programmjahr"), agreement.year),
            (msg("Vereinbarter Betrag"), Cents(agreement.amount_cents)),
        ],
        reasons=actions.why_not_begun(agreement),
        form=form,
    )


def effects(act: str) -> list[acts.Said]:
    """What a stage leads to, said before."""
    return [acts.Said(effect) for effect in (PUBLISHING if act == "publish" else PROPOSING)]


@may("publication.look")
@require_http_methods(["GET", "POST"])
def whole_year(request: Request, year: int) -> HttpResponse:
    """Publish all of a year in the background, or put it forward; asks before, with how much."""
    act = ACTS.get(request.GET.get("stufe", ""))
    if act is None:
        raise Http404
    if missing := role_refusal(request.user, f"publication.{act}"):
        raise NotAllowed(missing)
    begin_year = actions.WHOLE_YEAR_BY[act]
    if request.method == "POST":
        return acts.done(
            request,
            lambda: begin_year(request.user, settings.PROGRAMME, year, at=timezone.now()),
            lambda job: acts.Answer(
                reverse("ui:job", args=[job.pk]), acts.Said(BEGUN[act], {"year": year})
            ),
        )
    records: list[Agreement | Edition] = [
        *queries.to_begin(request.user, settings.PROGRAMME, year, act),
        *(queries.to_release(request.user, settings.PROGRAMME, year) if act == "publish" else ()),
    ]
    question = acts.Question(
        title=f"{gettext(ALL[act])}: {year}",
        button=ALL[act],
        back=reverse("desk:home"),
        about=gettext("Mein Arbeitsplatz"),
        effects=effects(act),
        facts=[
            (msg("Programmjahr"), year),
            (msg("Vereinbarungen"), len(records)),
            (msg("Gebietskörperschaften"), [record.body_name for record in records]),
            (
                msg("Vereinbarte Beträge zusammen"),
                Cents(sum(record.amount_cents for record in records)),
            ),
        ],
        reasons=[] if records else [NOTHING_TO_DO],
    )
    return acts.ask(request, question)
