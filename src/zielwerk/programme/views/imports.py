"""Tables people send in: template, preview with every refused row, then all or nothing."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zielwerk.core import exports, permissions
from zielwerk.core.views import Request, may
from zielwerk.documents import queries as documents
from zielwerk.identity import queries as identity
from zielwerk.language import sentence, translate, value_text
from zielwerk.packs import loading as packs
from zielwerk.programme import actions, queries
from zielwerk.programme.forms.budget import years
from zielwerk.programme.forms.imports import MEANINGS, ImportForm
from zielwerk.programme.models import TableImport
from zielwerk.programme.models.imports import ImportKind, ImportState
from zielwerk.programme.queries import Checked
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import Refused, msg
from zielwerk.tables import Cell, Column, Kind

PAGE = 50
TITLES = {
    ImportKind.INDICATORS: msg("Kennzahlen"),
    ImportKind.BUDGET: msg("Haushalt"),
    ImportKind.PARTIES: msg("Beteiligte"),
}
ADDRESSES = {
    "kennzahlen": ImportKind.INDICATORS,
    "haushalt": ImportKind.BUDGET,
    "beteiligte": ImportKind.PARTIES,
}
HOLDS = {
    Kind.TEXT: msg("Text"),
    Kind.AGS: msg("AGS, fünf Ziffern"),
    Kind.MONEY: msg("Betrag in Euro, zum Beispiel 1.600.100,00"),
    Kind.NUMBER: msg("Zahl ab null, Komma für Nachkommastellen"),
    Kind.DAY: msg("Tag, zum Beispiel 24.12.2025"),
    Kind.YEAR: msg("Jahr, vier Ziffern"),
}


@may("programme.look_at_imports")
@require_safe
def imports(request: Request) -> HttpResponse:
    """What was sent in, newest first, and what can be sent."""
    found = queries.table_imports(request.user, settings.PROGRAMME)
    if exports.wanted(request):
        return export(request, found)
    page = Paginator(found, PAGE).get_page(request.GET.get("seite"))
    names = identity.labels({one.sent_by for one in page}, request.user)
    context = {
        "page": page,
        "rows": [(one, names.get(one.sent_by, one.sent_by)) for one in page],
        "kinds": [(slug, TITLES[kind], MEANINGS[kind]) for slug, kind in ADDRESSES.items()],
        "may_import": not permissions.role_refusal(request.user, "programme.import"),
    }
    return render(request, "programme/imports.html", context)


def export(request: Request, found: QuerySet[TableImport]) -> HttpResponse:
    names = identity.labels(set(found.values_list("sent_by", flat=True)), request.user)
    language = get_language() or "de"
    headings = [gettext("Aktenzeichen"), gettext("Art"), gettext("Datei"), gettext("Stand")]
    headings += [gettext("Gesendet"), gettext("Von"), gettext("Beendet")]
    rows = (
        [
            *(one.file_number, translate(one.get_kind_display(), language), one.file.name),
            *(translate(one.get_state_display(), language), one.sent_at),
            *(names.get(one.sent_by, one.sent_by), one.ended_at),
        ]
        for one in found
    )
    return exports.response(request, "Einlesungen", headings, rows, at=timezone.now())


def kind_of(slug: str) -> ImportKind:
    if slug not in ADDRESSES:
        raise Http404
    return ADDRESSES[slug]


def year_of(request: Request) -> int:
    """The year the address names, if its rules are known; else the newest."""
    known = {str(year): year for year in years()}
    return known.get(request.GET.get("jahr", ""), years()[0])


@may("programme.import")
@require_http_methods(["GET", "POST"])
def send(request: Request, slug: str) -> HttpResponse:
    """Send a table; the same content again leads to where it already is."""
    kind, year = kind_of(slug), year_of(request)
    sent = request.method == "POST"
    form = ImportForm(
        kind,
        *((request.POST, request.FILES) if sent else ()),
        initial={"year": year, "is_invented": request.user.is_demo},
    )
    if sent and form.is_valid():
        incoming = form.incoming()
        known = queries.sent_before(kind, incoming.programme, incoming.year, incoming.content)
        if known:
            return render(request, "programme/import_known.html", {"import": known})
        try:
            one = actions.receive(request.user, None, incoming, at=timezone.now())
            return redirect("programme:import", one.pk)
        except Refused as refused:
            form.refuse(refused.refusals)
    rules = queries.rules_of_table(kind, settings.PROGRAMME, year)
    context = {
        "form": form,
        "slug": slug,
        "kind": kind.label,
        "meaning": MEANINGS[kind],
        "columns": [(column, HOLDS[column.kind], allowed(column)) for column in rules.columns],
        "year": year,
        "years": years() if kind == ImportKind.INDICATORS else [],
    }
    status = 422 if form.errors else 200
    return render(request, "programme/import_new.html", context, status=status)


def allowed(column: Column) -> str:
    """The words that a column may hold, where they are a closed list."""
    return ", ".join(queries.words_of(settings.PROGRAMME, column))


@may("programme.import")
@require_safe
def template(request: Request, slug: str) -> HttpResponse:
    """An empty table with the right headings for a year, as CSV or XLSX."""
    kind, year = kind_of(slug), year_of(request)
    if not exports.wanted(request):
        return redirect("programme:send_import", slug)
    columns = queries.rules_of_table(kind, settings.PROGRAMME, year).columns
    rows: list[list[Cell]] = []
    if kind == ImportKind.INDICATORS:
        bodies = packs.bodies_on(settings.PROGRAMME, date(year, 1, 1))
        rows = [[one.ags, queries.body_title(one), *[None] * len(columns[2:])] for one in bodies]
    name = f"Vorlage {slug} {year}"
    titles = [column.title for column in columns]
    return exports.response(request, name, titles, rows, at=timezone.now())


@may("programme.look_at_imports")
@require_safe
def table_import(request: Request, pk: int) -> HttpResponse:
    """What was understood of a table: sound rows, and each refused row with its reason."""
    one = queries.table_import(request.user, settings.PROGRAMME, pk)
    if one.state != ImportState.PREVIEW:
        return ended(request, one)
    found = queries.checked(one)
    if exports.wanted(request):
        return export_faults(request, one, found)
    faults = Paginator(found.faults, PAGE).get_page(request.GET.get("fehler"))
    shown = Paginator(found.rows, PAGE).get_page(request.GET.get("seite"))
    context = {
        **said_of(request, one),
        "found": found,
        "format": queries.format_of(documents.text_of(one.file), found.sheet),
        "faults": faults,
        "page": shown,
        "headings": [column.title for column in columns_of(found)],
        "rows": [(row.line, cells(found, row.values)) for row in shown],
        "in_background": found.row_count > actions.LARGE,
        "may_import": not permissions.role_refusal(request.user, "programme.import"),
    }
    return render(request, "programme/import.html", context)


def columns_of(found: Checked) -> list[Column]:
    return [
        column
        for column in found.rules.columns
        if not found.rows or column.code in found.rows[0].values
    ]


def cells(found: Checked, values: Mapping[str, object]) -> list[str]:
    """A sound row as people read it, codes as they were understood."""
    language = get_language() or "de"
    said = []
    for column in columns_of(found):
        value = values.get(column.code)
        if value is None or value == "":
            said.append("–")
        elif isinstance(value, str):
            said.append(queries.word_for(settings.PROGRAMME, column, value))
        else:
            said.append(value_text(plain(value), language))
    return said


def plain(value: object) -> object:
    """A number without its fraction bar; an amount stays one."""
    return value if isinstance(value, Cents | date | int) else f"{float(value):g}"  # type: ignore[arg-type]


def said_of(request: Request, one: TableImport) -> dict[str, object]:
    names = identity.labels({one.sent_by, one.ended_by}, request.user)
    return {
        "import": one,
        "sent_by": names.get(one.sent_by, one.sent_by),
        "ended_by": names.get(one.ended_by, one.ended_by),
        "options": one.options,
        "reference_date": one.options.get("reference_date", ""),
        "value_date": one.options.get("value_date", ""),
    }


def ended(request: Request, one: TableImport) -> HttpResponse:
    return render(request, "programme/import_ended.html", said_of(request, one))


def export_faults(request: Request, one: TableImport, found: Checked) -> HttpResponse:
    """Every refused row, to correct the file by."""
    language = get_language() or "de"
    headings = [gettext("Zeile"), gettext("Spalte"), gettext("Wert"), gettext("Grund")]
    rows: Iterable[list[Cell]] = (
        [fault.line, fault.column_title, fault.value, sentence(fault.refusal, language)]
        for fault in found.faults
    )
    return exports.response(request, f"Fehler {one.file_number}", headings, rows, at=timezone.now())


@may("programme.import")
@require_POST
def write(request: Request, pk: int) -> HttpResponse:
    """Take the table over, a large one in the background."""
    one = queries.table_import(request.user, settings.PROGRAMME, pk)
    if one.state == ImportState.PREVIEW and queries.is_large(one):
        job = actions.begin_writing(request.user, one, at=timezone.now())
        return redirect("core:job", job.pk)
    actions.write(request.user, one, at=timezone.now())
    return redirect("programme:import", pk)


@may("programme.import")
@require_POST
def discard(request: Request, pk: int) -> HttpResponse:
    one = queries.table_import(request.user, settings.PROGRAMME, pk)
    actions.discard_import(request.user, one, at=timezone.now())
    return redirect("programme:import", pk)
