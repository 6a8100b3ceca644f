"""Entering measures, and who carries them out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from zielwerk.core.actions import action, seal
from zielwerk.core.permissions import Actor
from zielwerk.measures import queries
from zielwerk.measures.models import KNOWN_ALREADY, Delivery, Measure
from zielwerk.packs import loading as packs
from zielwerk.programme import queries as programmes
from zielwerk.programme.models import Party
from zielwerk.rulebook.calendar import Period
from zielwerk.rulebook.planned import OWN_DELIVERY
from zielwerk.rulebook.refusal import Refusal, Refused, msg


@dataclass(frozen=True)
class NewDelivery:
    """The carrier of a measure; without a ``party`` the body itself.

    ``passing_on`` is a code of the year's pack; without ``valid_until`` the end is open.
    """

    passing_on: str
    valid_from: date
    valid_until: date | None = None
    party: Party | None = None


@dataclass(frozen=True)
class Ending:
    """The last day of a delivery; None strikes one that was entered by mistake."""

    last_day: date | None


@action("measures.enter")
def enter(
    actor: Actor,
    programme: str,
    year: int,
    ags: str,
    entries: Sequence[tuple[str, str]],
    *,
    at: datetime,
) -> list[Measure]:
    """Enter the measures (type code, title) that a body's agreement names, in its order."""
    first = queries.last_position(programme, year, ags) + 1
    measures = Measure.objects.bulk_create(
        Measure(programme=programme, year=year, ags=ags, type=kind, title=title, position=position)
        for position, (kind, title) in enumerate(entries, first)
    )
    seal(*measures)
    return measures


@action("measures.deliver")
def deliver(actor: Actor, measure: Measure, draft: NewDelivery, *, at: datetime) -> Delivery:
    """Enter that a party, or the body itself, carries the measure out.

    Refused where the year's pack does not know the kind of passing on, where the party does
    not belong to the measure's body on the first day, and where it is entered already.
    """
    Period(draft.valid_from, draft.valid_until or draft.valid_from)
    if refusals := tuple(_refusals(measure, draft)):
        raise Refused(*refusals)
    delivery = Delivery.objects.create(
        measure=measure,
        party=draft.party,
        passing_on=draft.passing_on,
        valid_from=draft.valid_from,
        valid_until=draft.valid_until,
        entered_by=actor.audit_name,
        entered_at=at,
    )
    seal(delivery)
    return delivery


def _refusals(measure: Measure, draft: NewDelivery) -> Iterator[Refusal]:
    kinds = {kind.code for kind in packs.load(measure.programme, measure.year).passing_on}
    if draft.passing_on not in kinds:
        yield Refusal(
            "measures.no_such_passing_on",
            msg("Die Art der Weitergabe „{kind}“ ist im Regelwerk nicht vorgesehen."),
            {"kind": draft.passing_on},
        )
    if draft.party is None and draft.passing_on != OWN_DELIVERY:
        yield Refusal("measures.nobody_named", msg("Bitte angeben, an wen weitergegeben wird."))
    if draft.party is not None:
        yield from _refusals_of_party(measure, draft, draft.party)
    party = draft.party.pk if draft.party else None
    span = (draft.valid_from, draft.valid_until)
    if queries.overlapping_deliveries(measure, party, draft.passing_on, *span).exists():
        yield KNOWN_ALREADY


def _refusals_of_party(measure: Measure, draft: NewDelivery, party: Party) -> Iterator[Refusal]:
    if draft.passing_on == OWN_DELIVERY:
        yield Refusal(
            "measures.own_delivery_by_another",
            msg("Eigene Durchführung heißt, dass niemand anderes beteiligt ist."),
        )
    relations = programmes.relations(measure.programme, measure.ags, draft.valid_from)
    if not relations.filter(party=party).exists():
        yield Refusal(
            "measures.party_without_relation",
            msg("{party} gehört am {day} nicht zu den Beteiligten dieser Gebietskörperschaft."),
            {"party": party.name, "day": draft.valid_from},
        )


@action("measures.end_delivery")
def end_delivery(actor: Actor, delivery: Delivery, ending: Ending, *, at: datetime) -> Delivery:
    """End a delivery by its last day, or strike it; once, and nothing else changes."""
    delivery = queries.locked(delivery)
    if delivery.ended_at:
        raise Refused(
            Refusal("measures.delivery_ended", msg("Diese Durchführung ist schon beendet."))
        )
    if ending.last_day is None:
        delivery.is_struck = True
    else:
        delivery.valid_until = Period(delivery.valid_from, ending.last_day).last
    delivery.ended_by, delivery.ended_at = actor.audit_name, at
    delivery.save()
    seal(delivery)
    return delivery
