"""Reads of measures and of who carries them out."""

from datetime import date

from django.db.models import Count, Max, Prefetch, Q, QuerySet
from django.http import Http404

from zielwerk.core.permissions import Actor
from zielwerk.measures.models import Delivery, Measure


def last_position(programme: str, year: int, ags: str) -> int:
    """The highest position given to a body's measures of a year; 0 where there is none."""
    found = Measure.objects.filter(programme=programme, year=year, ags=ags)
    highest: int | None = found.aggregate(highest=Max("position"))["highest"]
    return highest or 0


def measures(user: Actor, programme: str, year: int | None = None) -> QuerySet[Measure]:
    """The measures within the person's perimeter, newest year first, with who carries them out.

    Each brings its deliveries that were not struck, with their parties; two queries.
    """
    found = Measure.objects.filter(programme=programme).order_by("-year", "ags", "position")
    found = found.filter(ags=user.ags) if user.ags else found
    found = found if year is None else found.filter(year=year)
    kept = Delivery.objects.filter(is_struck=False).select_related("party")
    return found.prefetch_related(Prefetch("deliveries", kept))


def measure(user: Actor, programme: str, pk: int) -> Measure:
    found = measures(user, programme).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def delivery(user: Actor, programme: str, pk: int) -> Delivery:
    found = Delivery.objects.filter(pk=pk, measure__programme=programme)
    found = found.filter(measure__ags=user.ags) if user.ags else found
    one = found.select_related("measure", "party").first()
    if one is None:
        raise Http404
    return one


def locked(delivery: Delivery) -> Delivery:
    """The delivery as it stands now, held until the transaction ends."""
    return Delivery.objects.select_for_update().get(pk=delivery.pk)


def overlapping(
    measure: Measure, party_id: int | None, passing_on: str, first: date, last: date | None
) -> QuerySet[Delivery]:
    """What says the same of a day within this time (no last day: for ever), and was not struck."""
    found = measure.deliveries.filter(party=party_id, passing_on=passing_on, is_struck=False)
    found = found.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=first))
    return found if last is None else found.filter(valid_from__lte=last)


def delivered(on: date) -> QuerySet[Delivery, int]:
    """The keys of the measures that somebody carries out on a day or later."""
    open_or_later = Q(valid_until__isnull=True) | Q(valid_until__gte=on)
    return Delivery.objects.filter(open_or_later, is_struck=False).values_list("measure", flat=True)


def carried_out(user: Actor, programme: str, year: int, on: date) -> dict[str, tuple[int, int]]:
    """How many measures each body has in a year, and how many of them somebody carries out.

    By AGS, within the person's perimeter, on a day; one query.
    """
    found = Measure.objects.filter(programme=programme, year=year)
    found = found.filter(ags=user.ags) if user.ags else found
    current = Q(
        Q(deliveries__valid_until__isnull=True) | Q(deliveries__valid_until__gte=on),
        deliveries__valid_from__lte=on,
        deliveries__is_struck=False,
    )
    counted = found.order_by().values_list("ags")
    rows = counted.annotate(
        measures=Count("pk", distinct=True), carried=Count("pk", filter=current, distinct=True)
    )
    return {ags: (measures, carried) for ags, measures, carried in rows}
