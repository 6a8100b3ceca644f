"""File numbers (Aktenzeichen): every case has one, given once and never again."""

from django.db import connection

from zielwerk.core.models import FileNumberSeries


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
