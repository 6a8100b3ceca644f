"""The Träger's own clock: its proof is due before the body's, and what comes next.

A day is a day in the place of the programme, inclusive.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zielwerk.rulebook.refusal import Refusal, msg


class Event(StrEnum):
    """What is due."""

    INSTALMENT = "instalment"
    PAPER = "paper"
    END = "end"
    PROOF = "proof"


EVENTS = {
    Event.INSTALMENT: msg("Rate auszahlen"),
    Event.PAPER: msg("Unterlagen fällig"),
    Event.END: msg("Maßnahme endet"),
    Event.PROOF: msg("Nachweis des Trägers"),
}


@dataclass(frozen=True, order=True)
class Due:
    """A day, and what is due on it."""

    day: date
    event: Event


def wrong_proof(
    proof_due: date | None, last_day: date | None, of_body: date | None
) -> Iterator[Refusal]:
    """The Träger proves before the body has to, and not before the measure is over.

    >>> [r.rule for r in wrong_proof(date(2027, 4, 30), date(2026, 12, 31), date(2027, 4, 30))]
    ['passing.proof_too_late']
    """
    if proof_due is None:
        yield Refusal("passing.no_proof_day", _NO_DAY)
        return
    if of_body and proof_due >= of_body:
        params = {"day": proof_due, "of_body": of_body}
        yield Refusal("passing.proof_too_late", _TOO_LATE, params, "Nr. 12 VV zu § 44 LHO")
    if last_day and proof_due <= last_day:
        yield Refusal("passing.proof_too_early", _TOO_EARLY, {"day": proof_due, "last": last_day})


def next_due(events: Iterable[Due], on: date) -> Due | None:
    """What comes next; what is overdue comes first, the oldest before all."""
    return min(
        (each for each in events if each.event is Event.PROOF or each.day >= on), default=None
    )


def is_running(begins: date, last_due: date | None, ends: date, on: date) -> bool:
    """Whether a programme year still runs: from its first day until the body's proof is due."""
    return begins <= on <= (last_due or ends)


_NO_DAY = msg("Es fehlt der Tag, bis zu dem der Träger nachweist.")
_TOO_LATE = msg(
    "Der Träger weist bis zum {day} nach; die Gebietskörperschaft selbst muss es bis zum "
    "{of_body}. Sein Tag liegt davor."
)
_TOO_EARLY = msg("Der Nachweis wäre am {day} fällig, bevor die Maßnahme am {last} endet.")
