"""Lists as files: all rows of a page's list, in the order of the page.

A list's address says it with ``?export=csv`` or ``?export=xlsx`` beside its filters; the tag
``{% exports %}`` draws both links.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.timezone import is_aware, localtime
from django.utils.translation import get_language

from zielwerk.tables import Cell, write_csv, write_xlsx

EXPORT = "export"  # what addresses call it
CSV, XLSX = "csv", "xlsx"
_MEDIA_TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def file_format(request: HttpRequest) -> str:
    """The format that the address asks for, empty where it asks for the page."""
    name = request.GET.get(EXPORT, "")
    return name if name in _MEDIA_TYPES else ""


def response(
    request: HttpRequest,
    name: str,
    headings: Sequence[object],
    rows: Iterable[Sequence[Cell]],
    *,
    at: datetime,
) -> HttpResponse:
    """The list as the file that the address asks for, called ``name`` with the day of ``at``.

    ``headings`` and texts come translated; amounts are
    :class:`~zielwerk.rulebook.money.Cents`, moments are written in German time.
    """
    kind = file_format(request)
    titles = [str(heading) for heading in headings]
    moment = localtime(at)
    local = _local(rows)
    if kind == XLSX:
        content = write_xlsx(name.capitalize(), titles, local, at=moment)
    else:
        content = write_csv(titles, local)
    answer = HttpResponse(content, content_type=_MEDIA_TYPES[kind])
    file_name = f"{slugify(name)}-{moment:%Y-%m-%d}.{kind}"
    answer["Content-Disposition"] = f'attachment; filename="{file_name}"'
    answer["Content-Language"] = get_language() or "de"
    return answer


def attachment(name: str) -> str:
    """The header by which a browser saves an answer under a name, in any script (RFC 6266)."""
    return content_disposition_header(as_attachment=True, filename=name) or "attachment"


def _local(rows: Iterable[Sequence[Cell]]) -> Iterator[list[Cell]]:
    for row in rows:
        yield [
            localtime(cell) if isinstance(cell, datetime) and is_aware(cell) else cell
            for cell in row
        ]
