"""Reads of published editions. Nothing here depends on who asks."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.http import Http404

from zielwerk.agreements.models import Agreement
from zielwerk.core.words import matching
from zielwerk.publication.models import Edition

SORTS = {
    "name": ("body_key", "-year"),
    "-name": ("-body_key", "-year"),
    "betrag": ("amount_cents", "body_key"),
    "-betrag": ("-amount_cents", "body_key"),
    "jahr": ("year", "body_key"),
    "-jahr": ("-year", "body_key"),
    "massnahmen": ("measure_count", "body_key"),
    "-massnahmen": ("-measure_count", "body_key"),
}
LISTED = (
    "year",
    "ags",
    "body_name",
    "body_kind",
    "amount_cents",
    "measure_count",
    "measure_types",
    "is_invented",
    "is_trial",
)


@dataclass(frozen=True)
class Criteria:
    """A visitor's search of the public list; empty means everything."""

    words: str = ""
    year: int | None = None
    kind: str = ""
    measure_type: str = ""
    sort: str = "-jahr"


def current_editions() -> QuerySet[Edition]:
    return Edition.objects.filter(withdrawn_at__isnull=True)


def search(criteria: Criteria) -> QuerySet[Edition]:
    """Editions that hold every word (each in name, key, title or type), filtered and sorted."""
    editions = matching(current_editions(), criteria.words)
    if criteria.year:
        editions = editions.filter(year=criteria.year)
    if criteria.kind:
        editions = editions.filter(body_kind=criteria.kind)
    if criteria.measure_type:
        editions = editions.filter(measure_types__contains=f" {criteria.measure_type} ")
    return editions.order_by(*SORTS.get(criteria.sort, SORTS["-jahr"]), "pk")


def list_rows(editions: QuerySet[Edition]) -> QuerySet[Edition, dict[str, Any]]:
    """Only the columns that a list shows, as plain rows."""
    rows: QuerySet[Edition, dict[str, Any]] = editions.values(*LISTED)
    return rows


@dataclass(frozen=True)
class Totals:
    """Number and sum in cents of all editions found, and how much of it is invented."""

    number: int
    cents: int
    invented: int
    invented_cents: int


def totals(editions: QuerySet[Edition]) -> Totals:
    invented = Q(is_invented=True)
    row = editions.order_by().aggregate(
        number=Count("pk"),
        cents=Sum("amount_cents"),
        invented=Count("pk", filter=invented),
        invented_cents=Sum("amount_cents", filter=invented),
    )
    return Totals(**{name: value or 0 for name, value in row.items()})


def years() -> list[int]:
    return list(current_editions().order_by("-year").values_list("year", flat=True).distinct())


def edition(year: int, ags: str) -> Edition:
    """The published edition of a body's agreement, without its PDF's bytes."""
    deferred = ("pdf__content", "agreement__terms")
    editions = (
        current_editions()
        .filter(year=year, ags=ags)
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
