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
from zielwerk.rulebook.refusal import Refusal, Refused, msg

OWN_DELIVERY = "own_delivery"  # how packs call it where the body itself carries a measure out


@dataclass(frozen=True)
class NewDelivery:
    """Who carries a measure out; without a ``party`` the body does so itself.

    ``passing_on`` is a code of the year's pack; without ``valid_until`` the end is open.
    """

    passing_on: str
    valid_from: date
    valid_until: date | None = None
    party: Party | None = None


@dataclass(frozen=True)
class Ending:
    """The last day on which it was so; None where it was entered by mistake and never was."""

    last_day: date | None


@action("measures.enter")
def enter(
    actor: Actor,
    programme: str,
    year: int,
    ags: str,
    named: Sequence[tuple[str, str]],
    *,
    at: datetime,
) -> list[Measure]:
    """Enter the measures (type code, title) that a body's agreement names, in its order."""
    first = queries.last_position(programme, year, ags) + 1
    entered = Measure.objects.bulk_create(
        Measure(programme=programme, year=year, ags=ags, type=kind, title=title, position=position)
        for position, (kind, title) in enumerate(named, first)
    )
    seal(*entered)
    return entered


@action("measures.deliver")
def deliver(actor: Actor, measure: Measure, new: NewDelivery, *, at: datetime) -> Delivery:
    """Enter that a party, or the body itself, carries the measure out.

    Refused where the year's pack does not know the kind of passing on, where the party does
    not belong to the measure's body on the first day, and where it is entered already.
    """
    Period(new.valid_from, new.valid_until or new.valid_from)
    if refusals := tuple(_refusals(measure, new)):
        raise Refused(*refusals)
    delivery = Delivery.objects.create(
        measure=measure,
        party=new.party,
        passing_on=new.passing_on,
        valid_from=new.valid_from,
        valid_until=new.valid_until,
        entered_by=actor.audit_name,
        entered_at=at,
    )
    seal(delivery)
    return delivery


def _refusals(measure: Measure, new: NewDelivery) -> Iterator[Refusal]:
    kinds = {one.code for one in packs.load(measure.programme, measure.year).passing_on}
    if new.passing_on not in kinds:
        yield Refusal(
            "measures.no_such_passing_on",
            msg("Die Art der Weitergabe „{kind}“ ist im Regelwerk nicht vorgesehen."),
            {"kind": new.passing_on},
        )
    if new.party is None and new.passing_on != OWN_DELIVERY:
        yield Refusal("measures.nobody_named", msg("Bitte angeben, an wen weitergegeben wird."))
    if new.party is not None:
        yield from _refusals_of_party(measure, new, new.party)
    party = new.party.pk if new.party else None
    span = (new.valid_from, new.valid_until)
    if queries.overlapping(measure, party, new.passing_on, *span).exists():
        yield KNOWN_ALREADY


def _refusals_of_party(measure: Measure, new: NewDelivery, party: Party) -> Iterator[Refusal]:
    if new.passing_on == OWN_DELIVERY:
        yield Refusal(
            "measures.own_delivery_by_another",
            msg("Eigene Durchführung heißt, dass niemand anderes beteiligt ist."),
        )
    belonging = programmes.relations(measure.programme, measure.ags, new.valid_from)
    if not belonging.filter(party=party).exists():
        yield Refusal(
            "measures.party_without_relation",
            msg("{party} gehört am {day} nicht zu den Beteiligten dieser Gebietskörperschaft."),
            {"party": party.name, "day": new.valid_from},
        )


@action("measures.end_delivery")
def end_delivery(actor: Actor, delivery: Delivery, ending: Ending, *, at: datetime) -> Delivery:
    """Say until when it was so, or that it never was; once, and nothing else changes."""
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
