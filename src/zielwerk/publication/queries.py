"""Reads of published editions. Nothing here depends on who asks."""

from django.db import connection
from django.db.models import Count, QuerySet
from django.http import Http404

from zielwerk.agreements.models import Agreement
from zielwerk.publication.models import Edition

# Each year is sought below the one before: a step a year in an index, however many editions.
YEARS = """
WITH RECURSIVE known(year) AS (
    SELECT max(year) FROM publication_edition WHERE withdrawn_at IS NULL
    UNION ALL
    SELECT (
        SELECT max(year) FROM publication_edition
        WHERE withdrawn_at IS NULL AND year < known.year
    )
    FROM known WHERE year IS NOT NULL
)
SELECT year FROM known WHERE year IS NOT NULL
"""


def current_editions() -> QuerySet[Edition]:
    return Edition.objects.filter(withdrawn_at__isnull=True)


def with_measure_type(editions: QuerySet[Edition], code: str) -> QuerySet[Edition]:
    return editions.filter(measure_types__contains=f" {code} ")


def years() -> list[int]:
    """The years with something published, newest first."""
    with connection.cursor() as cursor:
        cursor.execute(YEARS)
        return [year for (year,) in cursor.fetchall()]


def edition(year: int, ags: str, ordinal: int = 1) -> Edition:
    """The published edition of a body's agreement, without its PDF's bytes."""
    deferred = ("pdf__content", "agreement__terms")
    editions = (
        current_editions()
        .filter(year=year, ags=ags, ordinal=ordinal)
        .select_related("pdf", "agreement")
        .defer(*deferred)
    )
    edition = editions.first()
    if edition is None:
        raise Http404
    return edition


def edition_of(agreement: Agreement) -> Edition | None:
    return current_editions().filter(agreement=agreement).first()


def last_number(agreement: Agreement) -> int:
    return Edition.objects.filter(agreement=agreement).count()


def unpublished(programme: str, year: int) -> QuerySet[Agreement]:
    """Recorded agreements of a year that were never published.

    A withdrawn edition had its reason, and comes back only by a verb of its own.
    """
    return never_published().filter(programme=programme, year=year)


def never_published() -> QuerySet[Agreement]:
    return Agreement.objects.exclude(pk__in=Edition.objects.values("agreement"))


def unpublished_years() -> list[tuple[int, int]]:
    """Years with recorded agreements that nobody has ever published, and how many."""
    by_year = never_published().order_by().values_list("year").annotate(number=Count("pk"))
    return sorted(by_year, reverse=True)
