"""File numbers (Aktenzeichen): every case has one, given once and never again.

A number is taken in the transaction of the act that needs it, so that there are no gaps: a
series ends at the highest number that somebody carries, and each number below it is carried too.
"""

from collections import defaultdict
from collections.abc import Iterator

from django.db import connection, models
from django.db.models import Count

from zielwerk.core.digests import SEALED
from zielwerk.core.models import FileNumberSeries
from zielwerk.rulebook.refusal import Refusal, msg

OWN, NAMED = "file_number", "case"  # columns: the number of a case, the case of a booking


def next_number(series: str) -> str:
    """The next file number of a series, e.g. ``ZV-2024-0007``; call inside an action.

    One statement takes and advances the number, so two writers never get the same one.
    """
    table = connection.ops.quote_name(FileNumberSeries._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (series, last) VALUES (%s, 1) "  # noqa: S608 - our own table
            f"ON CONFLICT (series) DO UPDATE SET last = {table}.last + 1 RETURNING last",
            [series],
        )
        number: int = cursor.fetchone()[0]
    return f"{series}-{number:04d}"


def number() -> int:
    """How many series there are."""
    return FileNumberSeries.objects.count()


def faults() -> Iterator[Refusal]:
    """Compare every series with the numbers that were given in it."""
    began = dict(FileNumberSeries.objects.values_list("series", "last"))
    given: dict[str, set[int]] = defaultdict(set)
    for text in _given(OWN):
        series, _, number = text.rpartition("-")
        given[series].add(int(number) if number.isdecimal() else 0)
    own = set(given)
    for text in _given(NAMED):  # some cases are but bookings, and some bookings are of no case
        series, _, number = text.rpartition("-")
        if number.isdecimal() and (series in began or series.partition("-")[0] in _kinds(began)):
            given[series].add(int(number))
    last = dict(FileNumberSeries.objects.values_list("series", "last"))
    for series in sorted(own | set(given) | set(began)):
        numbers = given[series]
        if max(numbers, default=0) > last.get(series, 0) or len(numbers) < began.get(series, 0):
            yield _differs(series, last.get(series, 0), numbers)
    yield from _twice()


def _kinds(series: dict[str, int]) -> set[str]:
    return {name.partition("-")[0] for name in series}


def _given(column: str) -> Iterator[str]:
    for model in _carriers(column):
        rows = model._default_manager.order_by().values_list(column, flat=True).distinct()
        yield from rows.iterator(chunk_size=2000)


def _carriers(column: str) -> list[type[models.Model]]:
    return [
        model
        for model in SEALED.values()
        if any(
            field.name == column and field.get_internal_type() == "CharField"
            for field in model._meta.fields
        )
    ]


def _twice() -> Iterator[Refusal]:
    for model in _carriers(OWN):
        counted = model._default_manager.order_by().values(OWN).annotate(number=Count("pk"))
        for text in counted.filter(number__gt=1).order_by(OWN).values_list(OWN, flat=True):
            sentence = msg("Das Aktenzeichen {number} ist zweimal vergeben.")
            yield Refusal("audit.number_twice", sentence, {"number": text})


def _differs(series: str, last: int, numbers: set[int]) -> Refusal:
    return Refusal(
        "audit.series",
        msg(
            "Aktenzeichenreihe {series}: Als letzte Nummer ist {last} vermerkt; vergeben sind "
            "{number} Nummern, die höchste ist {highest}."
        ),
        {
            "series": series,
            "last": last,
            "number": len(numbers),
            "highest": max(numbers, default=0),
        },
    )
