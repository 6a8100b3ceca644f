"""The correction of an entry into the budget that was made by mistake (Berichtigung).

One person asks for it, a second takes back everything that was booked for the entry, in both
books at once, or refuses. What rests on the entry by now is taken back first.
"""

from dataclasses import dataclass
from enum import StrEnum

from zielwerk.rulebook.lifecycle import OWN_RULE, REASON, Lifecycle, Look, Step
from zielwerk.rulebook.refusal import Refusal, msg, msgs


class CorrectionState(StrEnum):
    """States of a correction."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class CorrectionFacts:
    """``reasons`` are all that forbid taking the entry back now; none where it can be."""

    reasons: tuple[Refusal, ...] = ()


def is_still_there(facts: CorrectionFacts) -> tuple[Refusal, ...]:
    """An entry is taken back only while everything it booked is where it was brought."""
    return facts.reasons


CORRECTION = Lifecycle(
    "correction",
    {CorrectionState.ASKED},
    {
        CorrectionState.ASKED: msg("beantragt"),
        CorrectionState.CONFIRMED: msg("berichtigt"),
        CorrectionState.REJECTED: msg("abgelehnt"),
        CorrectionState.WITHDRAWN: msg("zurückgezogen"),
    },
    (
        Step(
            verb="confirm",
            sources={CorrectionState.ASKED},
            target=CorrectionState.CONFIRMED,
            by="budget.confirm_correction",
            label=msg("Bestätigen und berichtigen"),
            address="bestaetigen",
            basis=OWN_RULE,
            done=msg("Berichtigt: {number}. Alle Buchungen zu {about} sind zurückgenommen."),
            asks=msg(
                "Alle Buchungen zu {about} werden in beiden Büchern zurückgenommen, mit ihrer "
                "Wertstellung. Das lässt sich nur ändern, indem neu gebucht wird."
            ),
            guards=(is_still_there,),
            look=Look.PRIMARY,
            task=msgs(
                "beantragte Berichtigung ist zu bestätigen",
                "beantragte Berichtigungen sind zu bestätigen",
            ),
        ),
        Step(
            verb="reject",
            sources={CorrectionState.ASKED},
            target=CorrectionState.REJECTED,
            by="budget.reject_correction",
            label=msg("Ablehnen"),
            address="ablehnen",
            basis=OWN_RULE,
            done=msg("Abgelehnt: {number}. Die Buchungen zu {about} bleiben."),
            asks=msg("Die Berichtigung wird abgelehnt, die Buchungen zu {about} bleiben."),
            notes=REASON,
            is_against=True,
        ),
        Step(
            verb="withdraw",
            sources={CorrectionState.ASKED},
            target=CorrectionState.WITHDRAWN,
            by="budget.withdraw_correction",
            label=msg("Zurückziehen"),
            address="zurueckziehen",
            basis=OWN_RULE,
            done=msg("Zurückgezogen: {number}. Die Buchungen zu {about} bleiben."),
            look=Look.TERTIARY,
            is_taking_back=True,
        ),
    ),
)
