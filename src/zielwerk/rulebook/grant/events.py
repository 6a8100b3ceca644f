"""From what was entered of a notice to what happened with it."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Protocol

from zielwerk.rulebook.grant.delivery import Delivery, Way
from zielwerk.rulebook.refusal import msg


class Event(StrEnum):
    """What can happen with a notice once it was issued."""

    SENT = "sent"
    RECEIVED = "received"
    UNINSTRUCTED = "uninstructed"
    WAIVED = "waived"
    CONTESTED = "contested"
    SETTLED = "settled"


EVENTS: Mapping[str, str] = {
    Event.SENT: msg("abgesandt oder übergeben"),
    Event.RECEIVED: msg("Eingang beim Empfänger"),
    Event.UNINSTRUCTED: msg("Rechtsbehelfsbelehrung fehlt oder ist unrichtig"),
    Event.WAIVED: msg("Verzicht auf Rechtsbehelfe"),
    Event.CONTESTED: msg("Klage oder Widerspruch"),
    Event.SETTLED: msg("Rechtsbehelf erledigt"),
}
"""The events, in the order in which they happen."""


class Entered(Protocol):
    """An event as it was entered; of several of a kind the last one counts."""

    @property
    def kind(self) -> str: ...
    @property
    def day(self) -> date | None: ...
    @property
    def way(self) -> str: ...


def delivery_of(entered: Iterable[Entered]) -> Delivery | None:
    """What happened, as entered in this order; None before it was sent.

    A correction is a later entry of the same kind; one without a day takes the event back.
    """
    last = {each.kind: each for each in entered}
    sent = last.get(Event.SENT)
    if sent is None or sent.day is None:
        return None

    def day(kind: Event) -> date | None:
        return last[kind].day if kind in last else None

    return Delivery(
        way=Way(sent.way or Way.POST),
        sent=sent.day,
        received=day(Event.RECEIVED),
        instructed=day(Event.UNINSTRUCTED) is None,
        waived=day(Event.WAIVED),
        contested=day(Event.CONTESTED),
        settled=day(Event.SETTLED),
    )
