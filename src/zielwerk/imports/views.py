"""Tables people send in: template, preview with every refused row, then all or nothing."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_safe

from zielwerk.core import exports, permissions
from zielwerk.documents import queries as documents
from zielwerk.imports import actions, panels, queries
from zielwerk.imports.cases import IMPORTS
from zielwerk.imports.forms import ImportForm
from zielwerk.imports.models import TableImport
from zielwerk.imports.queries import CheckedTable, TableKind
from zielwerk.language import sentence, value_text
from zielwerk.packs import loading as packs
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import Refused, msg
from zielwerk.rulebook.table_import import ImportState
from zielwerk.tables import Cell, Column, Kind, Remark
from zielwerk.ui import acts, lists, steps
from zielwerk.ui.lists import Listed
from zielwerk.ui.views import Request, may

PAGE = 50
RECEIVED = msg("Angekommen: {kind}, „{name}“ ({number}). Geschrieben ist noch nichts.")
HOLDS = {
    Kind.TEXT: msg("Text"),
    Kind.KEY: msg("Schlüssel der Gebietskörperschaft, zum Beispiel {example}"),
    Kind.MONEY: msg("Betrag in Euro, zum Beispiel 1.600.100,00"),
    Kind.NUMBER: msg("Zahl ab null, Komma für Nachkommastellen"),
    Kind.DAY: msg("Tag, zum Beispiel 24.12.2025"),
    Kind.YEAR: msg("Jahr, vier Ziffern"),
}


def holds(column: Column) -> Remark:
    """What a column holds, in words."""
    return Remark(HOLDS[column.kind], {"example": column.example})


def doors(request: Request, listed: Listed) -> dict[str, object]:
    """The kinds of tables that can be sent."""
    return {
        "kinds": [(kind.slug, kind.title, kind.meaning) for kind in queries.KINDS.values()],
        "may_import": not permissions.role_refusal(request.user, "imports.bring_in"),
    }


imports = lists.of_cases(
    IMPORTS,
    panels.columns(),
    "imports/imports.html",
    doors,
    empty=(
        msg("Noch keine Tabelle gesendet"),
        msg("Was gesendet und was daraus wurde, steht dann hier."),
    ),
)


def kind_at(slug: str) -> TableKind:
    """The kind of table that an address names; Http404 where there is none."""
    kind = next((kind for kind in queries.KINDS.values() if kind.slug == slug), None)
    if kind is None:
        raise Http404
    return kind


def year_of(request: Request) -> int:
    """The year the address names, if its rules are known; else the newest."""
    years = packs.years(settings.PROGRAMME)
    years_by_text = {str(year): year for year in years}
    return years_by_text.get(request.GET.get("jahr", ""), years[0])


@may("imports.bring_in")
@require_http_methods(["GET", "POST"])
def send(request: Request, slug: str) -> HttpResponse:
    """Send a table; the same content again leads to where it already is."""
    kind, year = kind_at(slug), year_of(request)
    is_post = request.method == "POST"
    form = ImportForm(
        kind,
        *((request.POST, request.FILES) if is_post else ()),
        initial={"year": year, "is_invented": request.user.is_demo},
    )
    if is_post and form.is_valid():
        incoming = form.incoming()
        earlier_import = queries.earlier_import(
            kind.code, incoming.programme, incoming.year, incoming.content
        )
        if earlier_import:
            return render(
                request, "imports/import_known.html", {"import": earlier_import, "kind": kind.label}
            )
        try:
            return acts.done(
                request,
                lambda: actions.receive(request.user, incoming, at=timezone.now()),
                lambda table: steps.begun(request, table, RECEIVED),
            )
        except Refused as refused:
            form.refuse(refused.refusals)
    rules = kind.rules(settings.PROGRAMME, year)
    context = {
        "form": form,
        "slug": slug,
        "kind": kind.label,
        "meaning": kind.meaning,
        "columns": [
            (column, holds(column), ", ".join(rules.words.get(column.code, ())))
            for column in rules.columns
        ],
        "year": year,
        "years": packs.years(settings.PROGRAMME) if kind.is_of_year else [],
    }
    status = 422 if form.errors else 200
    return render(request, "imports/import_new.html", context, status=status)


@may("imports.bring_in")
@require_safe
def template(request: Request, slug: str) -> HttpResponseBase:
    """An empty table with the right headings for a year, as CSV or XLSX."""
    kind, year = kind_at(slug), year_of(request)
    if not exports.file_format(request):
        return redirect("imports:send", slug)
    columns = kind.rules(settings.PROGRAMME, year).columns
    rows = kind.first_rows(settings.PROGRAMME, year)
    name = f"Vorlage {slug} {year}"
    titles = [column.title for column in columns]
    return exports.response(request, name, titles, rows, at=timezone.now())


@may("imports.look")
@require_safe
def table_import(request: Request, pk: int) -> HttpResponseBase:
    """The preview of a table: sound rows, and each refused row with its reason."""
    table = IMPORTS.find(request.user, settings.PROGRAMME, pk)
    if table.state != ImportState.PREVIEW:
        return render(request, "imports/import_ended.html", page_context(request, table))
    checked = queries.check_table(table)
    if exports.file_format(request):
        return export_faults(request, table, checked)
    rows_page = Paginator(checked.rows, PAGE).get_page(request.GET.get("seite"))
    context = {
        **page_context(request, table, checked),
        "checked": checked,
        "format": queries.format_of(documents.text_of(table.file), checked.sheet),
        "faults": Paginator(checked.faults, PAGE).get_page(request.GET.get("fehler")),
        "rows_page": rows_page,
        "headings": [column.title for column in columns_of(checked)],
        "rows": [(row.line, cells(checked, row.values)) for row in rows_page],
        "in_background": checked.row_count > actions.LARGE,
    }
    return render(request, "imports/import.html", context)


def columns_of(checked: CheckedTable) -> list[Column]:
    return [
        column
        for column in checked.rules.columns
        if not checked.rows or column.code in checked.rows[0].values
    ]


def cells(checked: CheckedTable, values: Mapping[str, object]) -> list[str]:
    """A sound row as people read it, codes as words."""
    language = get_language() or "de"
    cell_texts = []
    for column in columns_of(checked):
        value = values.get(column.code)
        if value is None or value == "":
            cell_texts.append("–")
        elif isinstance(value, str):
            cell_texts.append(checked.rules.word_for(column, value))
        else:
            cell_texts.append(value_text(plain_number(value), language))
    return cell_texts


def plain_number(value: object) -> object:
    """A number without its fraction bar; an amount stays one."""
    return value if isinstance(value, Cents | date | int) else f"{float(value):g}"  # type: ignore[arg-type]


def page_context(
    request: Request, table: TableImport, checked: CheckedTable | None = None
) -> dict[str, object]:
    is_open = table.state == ImportState.PREVIEW
    title = gettext("Vorschau {number}") if is_open else gettext("Einlesung {number}")
    return {
        "page": steps.case_page(request, table, title.format(number=table.file_number), checked),
        "import": table,
        "kind": queries.kind_of(table).label,
        "is_of_year": queries.kind_of(table).is_of_year,
        "options": table.options,
        "reference_date": table.options.get("reference_date", ""),
        "value_date": table.options.get("value_date", ""),
    }


def export_faults(request: Request, table: TableImport, checked: CheckedTable) -> HttpResponseBase:
    """Every refused row, to correct the file by."""
    language = get_language() or "de"
    headings = [gettext("Zeile"), gettext("Spalte"), gettext("Wert"), gettext("Grund")]
    rows: Iterable[list[Cell]] = (
        [fault.line, fault.column_title, fault.value, sentence(fault.refusal, language)]
        for fault in checked.faults
    )
    return exports.response(
        request, f"Fehler {table.file_number}", headings, rows, at=timezone.now()
    )
