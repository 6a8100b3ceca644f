"""Lists as files: all rows of a page's list, in the order of the page.

A list's address says it with ``?export=csv`` or ``?export=xlsx`` beside its filters; the tag
``{% exports %}`` draws both links.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from tempfile import TemporaryFile
from typing import IO

from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.utils.timezone import is_aware, localtime
from django.utils.translation import get_language, gettext, override

from zielwerk.core import installation
from zielwerk.rulebook.alphabet import hyphenated
from zielwerk.rulebook.refusal import Refusal, msg
from zielwerk.tables import Cell, csv_parts, write_xlsx

EXPORT = "export"  # what addresses call it
CSV, XLSX = "csv", "xlsx"
_MEDIA_TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


UNKNOWN = msg("Als „{form}“ gibt es das nicht. Möglich sind: {forms}.")


def file_format(request: HttpRequest) -> str:
    """The format that the address asks for, empty where it asks for the page."""
    name = request.GET.get(EXPORT, "")
    return name if name in _MEDIA_TYPES else ""


def unknown(request: HttpRequest) -> Refusal | None:
    """Why an address asks for no file that there is: none is made in another form instead."""
    name = request.GET.get(EXPORT, "")
    if not name or name in _MEDIA_TYPES:
        return None
    return Refusal("core.unknown_export", UNKNOWN, {"form": name[:20], "forms": [*_MEDIA_TYPES]})


def response(
    request: HttpRequest,
    name: str,
    headings: Sequence[object],
    rows: Iterable[Sequence[Cell]],
    *,
    at: datetime,
) -> HttpResponseBase:
    """The list as the file that the address asks for, called ``name`` with the day of ``at``.

    ``headings`` and texts come translated; amounts are
    :class:`~zielwerk.rulebook.money.Cents`, moments are written in German time. CSV is sent
    while it is made; XLSX is made in a temporary file first. Neither is ever whole in memory.
    """
    kind = file_format(request)
    titles = [str(heading) for heading in headings]
    moment = localtime(at)
    local = _local(rows)
    answer: HttpResponseBase
    if kind == XLSX:
        answer = FileResponse(_book(name.capitalize(), titles, local, moment))
        answer["Content-Type"] = _MEDIA_TYPES[kind]
    else:
        answer = streamed(csv_parts(titles, local), _MEDIA_TYPES[kind])
    answer["Content-Disposition"] = made_here(f"{hyphenated(name)}-{moment:%Y-%m-%d}.{kind}")
    answer["Content-Language"] = get_language() or "de"
    return answer


def _book(
    title: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]], at: datetime
) -> IO[bytes]:
    """A workbook in a temporary file, which goes when it is closed."""
    line = installation.line()
    note = gettext(line) if line else ""
    file = TemporaryFile()  # noqa: SIM115 - the answer closes it
    try:
        write_xlsx(title, headings, rows, at=at, to=file, note=note)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def streamed(parts: Iterable[bytes], media_type: str) -> HttpResponseBase:
    """An answer that is sent while it is made; one that fails ends without its end.

    The server then breaks the connection, so that what is there does not pass for the whole.
    """
    return StreamingHttpResponse(
        _in_language(iter(parts), get_language() or "de"), content_type=media_type
    )


def _in_language(parts: Iterator[bytes], language: str) -> Iterator[bytes]:
    """Each part made in the language of the request, which is over when parts are sent."""
    while True:
        with override(language):
            part = next(parts, None)
        if part is None:
            return
        yield part


def attachment(name: str) -> str:
    """The header by which a browser saves an answer under a name, in any script (RFC 6266)."""
    return content_disposition_header(as_attachment=True, filename=name) or "attachment"


def made_here(name: str) -> str:
    """The same for a file that is made here, whose name says if this is no real installation.

    A CSV file can say it nowhere else: a line above its headings would keep it from being read in
    again.
    """
    return attachment("-".join(filter(None, (installation.word(), name))))


def _local(rows: Iterable[Sequence[Cell]]) -> Iterator[list[Cell]]:
    for row in rows:
        yield [
            localtime(cell) if isinstance(cell, datetime) and is_aware(cell) else cell
            for cell in row
        ]
