"""What may be funded elsewhere already: what others plan and applied for, and the body itself."""

from collections.abc import Collection, Iterator

from django.db.models import F, Q, QuerySet

from zielwerk.funding.models import Application, SubmittedMeasure
from zielwerk.measures.models import PlannedMeasure
from zielwerk.packs import loading as packs
from zielwerk.packs.naming import short
from zielwerk.rulebook.application import Elsewhere
from zielwerk.rulebook.application.path import OVER
from zielwerk.rulebook.calendar import Period
from zielwerk.rulebook.checking import Funded
from zielwerk.rulebook.planned import PlannedState, folded

COMPARED = SubmittedMeasure._meta.get_field("carrier_key").max_length


def carrier_key(name: str) -> str:
    """The beginning of a carrier's name, without case: by it what it does elsewhere is found."""
    return folded(name)[:COMPARED]


def elsewhere(
    application: Application, carriers: Collection[str], window: Period
) -> Iterator[Elsewhere]:
    """What may be the same as what these carriers do; three queries, one where none is named."""
    own = (application.ags, *packs.earlier_keys(application.programme, application.ags))
    handed_in = _handed_in(application, window)
    if carriers:
        yield from _planned(application, carriers)
        keys = {carrier_key(each) for each in carriers}
        theirs = handed_in.filter(programme=application.programme, carrier_key__in=keys)
        yield from _told(application, theirs.exclude(submission__application__ags__in=own))
    # The programme is named where the index is that leads to the few: of the case, or of the row.
    of_body = {"programme": application.programme, "ags__in": own}
    mine = handed_in.filter(**{f"submission__application__{k}": v for k, v in of_body.items()})
    yield from _told(application, mine, own=True)


def _planned(application: Application, carriers: Collection[str]) -> Iterator[Elsewhere]:
    """What other bodies plan with the same carriers in the year."""
    rows = PlannedMeasure.objects.filter(
        programme=application.programme,
        year=application.year,
        content__carrier__in=sorted(carriers),
    ).exclude(ags=application.ags)
    for other in rows.exclude(state=PlannedState.DROPPED).order_by("pk"):
        where = f"{short(other.programme, other.ags)} {other.year}"
        funded = Funded(where, str(other.title), other.ags)
        yield Elsewhere(funded, other.content["carrier"], other.file_number)


def _handed_in(application: Application, window: Period) -> QuerySet[SubmittedMeasure]:
    """The measures of other applications as they were handed in last and are not withdrawn.

    Of other years what runs into this one's.
    """
    of_year = Q(submission__application__year=application.year)
    rows = SubmittedMeasure.objects.filter(
        of_year | Q(first_day__lte=window.last, last_day__gte=window.first),
        submission__application__handed_in_at__isnull=False,
        submission__number=F("submission__application__submission"),
    )
    rows = rows.exclude(submission__application__state__in=OVER)
    return rows.exclude(submission__application=application).order_by("pk")


def _told(
    application: Application, rows: QuerySet[SubmittedMeasure], *, own: bool = False
) -> Iterator[Elsewhere]:
    """What was handed in, as it is compared; one's own is named by its file number."""
    columns = ("title", "carrier", "planned", "first_day", "last_day")
    of_case = (f"submission__application__{name}" for name in ("file_number", "ags", "year"))
    for title, carrier, planned, first, last, number, ags, year in rows.values_list(
        *columns, *of_case
    ):
        where = number if own else f"{short(application.programme, ags)} {year}"
        days = Period(first, last) if year != application.year else None
        yield Elsewhere(Funded(where, title, ags), carrier, planned, own=own, days=days)
