"""Reads of measures and of who carries them out."""

from datetime import date

from django.db.models import Count, F, FilteredRelation, Max, Prefetch, Q, QuerySet
from django.http import Http404

from zielwerk.core.permissions import Actor
from zielwerk.core.queries import within
from zielwerk.measures.models import Delivery, Measure


def last_position(programme: str, year: int, ags: str) -> int:
    """The highest position given to a body's measures of a year; 0 where there is none."""
    measures = Measure.objects.filter(programme=programme, year=year, ags=ags)
    highest: int | None = measures.aggregate(highest=Max("position"))["highest"]
    return highest or 0


def measures(user: Actor, programme: str, year: int | None = None) -> QuerySet[Measure]:
    """The measures within the person's perimeter, newest year first, with who carries them out.

    Each brings its deliveries that were not struck, with their parties; two queries.
    """
    measures = Measure.objects.filter(programme=programme).order_by("-year", "ags", "position")
    measures = within(user, measures)
    measures = measures if year is None else measures.filter(year=year)
    deliveries = Delivery.objects.filter(is_struck=False).select_related("party")
    return measures.prefetch_related(Prefetch("deliveries", deliveries))


def measures_and_carriers(user: Actor, programme: str) -> QuerySet[Measure]:
    """The same, each once for every delivery that was not struck; once without one."""
    measures = Measure.objects.filter(programme=programme)
    measures = within(user, measures)
    return measures.annotate(
        carrying=FilteredRelation("deliveries", condition=Q(deliveries__is_struck=False)),
        delivery=F("carrying__pk"),
        carrier=F("carrying__party__name"),
        is_carrier_invented=F("carrying__party__is_invented"),
        passing_on=F("carrying__passing_on"),
        valid_from=F("carrying__valid_from"),
        valid_until=F("carrying__valid_until"),
    )


def measure(user: Actor, programme: str, pk: int) -> Measure:
    measure = measures(user, programme).filter(pk=pk).first()
    if measure is None:
        raise Http404
    return measure


def delivery(user: Actor, programme: str, pk: int) -> Delivery:
    deliveries = Delivery.objects.filter(pk=pk, measure__programme=programme)
    deliveries = within(user, deliveries, "measure__ags")
    delivery = deliveries.select_related("measure", "party").first()
    if delivery is None:
        raise Http404
    return delivery


def locked(delivery: Delivery) -> Delivery:
    """The delivery as it stands now, held until the transaction ends."""
    return Delivery.objects.select_for_update().get(pk=delivery.pk)


def overlapping_deliveries(
    measure: Measure, party_id: int | None, passing_on: str, first: date, last: date | None
) -> QuerySet[Delivery]:
    """Deliveries by this party and kind within these days (no last day: for ever), none struck."""
    deliveries = measure.deliveries.filter(party=party_id, passing_on=passing_on, is_struck=False)
    deliveries = deliveries.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=first))
    return deliveries if last is None else deliveries.filter(valid_from__lte=last)


def delivered_measures(on: date) -> QuerySet[Delivery, int]:
    """The keys of the measures that somebody carries out on a day or later."""
    open_or_later = Q(valid_until__isnull=True) | Q(valid_until__gte=on)
    return Delivery.objects.filter(open_or_later, is_struck=False).values_list("measure", flat=True)


def delivery_counts(user: Actor, programme: str, year: int, on: date) -> dict[str, tuple[int, int]]:
    """The number of each body's measures in a year, and of those that somebody carries out.

    By AGS, within the person's perimeter, on a day; one query.
    """
    measures = Measure.objects.filter(programme=programme, year=year)
    measures = within(user, measures)
    current = Q(
        Q(deliveries__valid_until__isnull=True) | Q(deliveries__valid_until__gte=on),
        deliveries__valid_from__lte=on,
        deliveries__is_struck=False,
    )
    by_body = measures.order_by().values_list("ags")
    rows = by_body.annotate(
        total=Count("pk", distinct=True), delivered=Count("pk", filter=current, distinct=True)
    )
    return {ags: (total, delivered) for ags, total, delivered in rows}
