"""What may be funded elsewhere already: what others plan and applied for, and the body itself."""

from collections.abc import Collection, Iterator

from django.db.models import F, Q

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
    """What may be the same as what these carriers do; two queries, one where none is named."""
    if carriers:
        yield from _planned(application, carriers)
    yield from _applied(application, carriers, window)


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


def _applied(
    application: Application, carriers: Collection[str], window: Period
) -> Iterator[Elsewhere]:
    """What others applied for with the same carriers, and the body itself in other years.

    As it was handed in last and is not withdrawn; of other years what runs into this one's.
    """
    own = (application.ags, *packs.earlier_keys(application.programme, application.ags))
    rows = SubmittedMeasure.objects.filter(
        Q(submission__application__year=application.year)
        | Q(first_day__lte=window.last, last_day__gte=window.first),
        Q(submission__application__ags__in=own)
        | Q(carrier_key__in={carrier_key(each) for each in carriers}),
        submission__application__programme=application.programme,
        submission__application__handed_in_at__isnull=False,
        submission__number=F("submission__application__submission"),
    )
    rows = rows.exclude(submission__application__state__in=OVER)
    rows = rows.exclude(submission__application=application)
    columns = ("title", "carrier", "planned", "first_day", "last_day")
    names = ("file_number", "programme", "ags", "year")
    of_case = (f"submission__application__{name}" for name in names)
    for title, carrier, planned, first, last, number, programme, ags, year in rows.order_by(
        "pk"
    ).values_list(*columns, *of_case):
        where = number if ags in own else f"{short(programme, ags)} {year}"
        days = Period(first, last) if year != application.year else None
        yield Elsewhere(Funded(where, title, ags), carrier, planned, own=ags in own, days=days)
