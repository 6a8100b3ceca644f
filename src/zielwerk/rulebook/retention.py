"""How long the file of a case is kept, and what must happen before anything of it is deleted.

    A case closed on 12 March 2026 that is kept for five years: they run from the end of 2026, so
    the file is kept until 31 December 2031, and from 1 January 2032 on it is to be offered.

That the years run from the end of the year of closing is the custom of registries, not a norm that
was found: it is assumed, and never shorter than counting from the day itself.
"""

from dataclasses import dataclass
from datetime import date

from zielwerk.rulebook.refusal import Refusal, msg

COUNTED = msg("die Jahre zählen ab dem Ende des Jahres, in dem das geschah (angenommen)")
OFFER_BEFORE = msg("Archivrecht: erst anbieten, dann löschen")
NOT_CLOSED = Refusal(
    "retention.not_closed",
    msg("Der Vorgang {number} läuft noch. Angeboten wird eine Akte erst nach ihrer Frist."),
    basis=OFFER_BEFORE,
)
NOT_OVER = Refusal(
    "retention.not_over",
    msg("Die Akte {number} wird bis {until} aufbewahrt. Angeboten wird sie danach."),
    basis=OFFER_BEFORE,
)


@dataclass(frozen=True)
class Keeping:
    """How long a file is kept: ``event`` (msgid) on ``day`` began it, ``years`` by ``basis``.

    ``day`` is None while the event has not come; ``years`` where no rule says how long.
    """

    event: str
    day: date | None
    years: int | None
    basis: str = ""
    is_assumed: bool = False

    @property
    def until(self) -> date | None:
        """The last day on which the file must be there; None while that is not known."""
        if self.day is None or self.years is None:
            return None
        return date(self.day.year + self.years, 12, 31)

    def is_over(self, on: date) -> bool:
        return self.until is not None and on > self.until

    def refusals(self, number: str, on: date) -> list[Refusal]:
        """Why a file is not to be offered to the archive on a day."""
        if self.until is None:
            return [Refusal(NOT_CLOSED.rule, NOT_CLOSED.msgid, {"number": number}, OFFER_BEFORE)]
        if not self.is_over(on):
            params = {"number": number, "until": self.until}
            return [Refusal(NOT_OVER.rule, NOT_OVER.msgid, params, OFFER_BEFORE)]
        return []
