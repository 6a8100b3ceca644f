"""Taking back the record of an agreement that was a mistake, by two persons.

What was agreed changes with the agreement. A record that should never have been made, since the
paper is of another body or year or there is none, is annulled: it stays on file, marked as such,
what was booked for it is reversed, and what was published of it is withdrawn.
"""

from dataclasses import dataclass
from enum import StrEnum

from zielwerk.rulebook.lifecycle import OWN_RULE, REASON, Lifecycle, Look, Step
from zielwerk.rulebook.refusal import Refusal, msg, msgs


class AnnulmentState(StrEnum):
    """States of an annulment."""

    ASKED = "asked"
    ANNULLED = "annulled"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


GIVEN_UP = (AnnulmentState.REJECTED, AnnulmentState.WITHDRAWN)
"""The states in which the record holds as if nobody had asked."""


@dataclass(frozen=True)
class AnnulmentFacts:
    """The facts for the guards.

    ``later`` is the file number of a change that rests on the record, ``obstacles`` say why what
    was booked for it cannot be reversed, ``moved`` are file numbers of what touched the body's
    money of the year since.
    """

    later: str = ""
    obstacles: tuple[Refusal, ...] = ()
    moved: tuple[str, ...] = ()


def nothing_rests_on_it(facts: AnnulmentFacts) -> tuple[Refusal, ...]:
    """Changes are annulled from the newest back, since each rests on the one before."""
    if not facts.later:
        return ()
    sentence = msg("Zuerst ist {number} aufzuheben; diese Änderung beruht darauf.")
    return (Refusal("agreements.rests_on_it", sentence, {"number": facts.later}),)


def money_is_there(facts: AnnulmentFacts) -> tuple[Refusal, ...]:
    """What was booked is reversed as a whole, which takes the money where it was brought."""
    if not facts.obstacles:
        return ()
    sentence = msg(
        "Was dafür gebucht wurde, liegt nicht mehr, wo es hingebucht wurde. Seither bewegt von: "
        "{numbers}. Statt die Erfassung aufzuheben, kann eine Änderung erfasst werden."
    )
    numbers = ", ".join(facts.moved) or "–"
    moved = Refusal("agreements.moved_since", sentence, {"numbers": numbers})
    return (*facts.obstacles, moved)


ANNULMENT = Lifecycle(
    "annulment",
    {AnnulmentState.ASKED},
    {
        AnnulmentState.ASKED: msg("beantragt"),
        AnnulmentState.ANNULLED: msg("aufgehoben"),
        AnnulmentState.REJECTED: msg("abgelehnt"),
        AnnulmentState.WITHDRAWN: msg("zurückgezogen"),
    },
    (
        Step(
            verb="annul",
            sources={AnnulmentState.ASKED},
            target=AnnulmentState.ANNULLED,
            by="agreements.annul",
            label=msg("Erfassung aufheben"),
            address="aufheben",
            basis=OWN_RULE,
            done=msg("Aufgehoben: {record}, {name} {year}. Die Buchungen sind storniert."),
            asks=msg(
                "{record} bleibt in den Akten und gilt als irrtümlich erfasst. Das lässt sich "
                "nicht zurücknehmen, nur neu erfassen."
            ),
            guards=(nothing_rests_on_it, money_is_there),
            look=Look.PRIMARY,
            task=msgs(
                "beantragte Aufhebung einer Erfassung ist zu entscheiden",
                "beantragte Aufhebungen von Erfassungen sind zu entscheiden",
            ),
        ),
        Step(
            verb="refuse_annulment",
            sources={AnnulmentState.ASKED},
            target=AnnulmentState.REJECTED,
            by="agreements.refuse_annulment",
            label=msg("Aufhebung ablehnen"),
            address="ablehnen",
            basis=OWN_RULE,
            done=msg("Abgelehnt: {number}. {record} gilt weiter."),
            asks=msg("{record} gilt weiter. Die Aufhebung lässt sich neu beantragen."),
            notes=REASON,
            is_against=True,
        ),
        Step(
            verb="withdraw_annulment",
            sources={AnnulmentState.ASKED},
            target=AnnulmentState.WITHDRAWN,
            by="agreements.withdraw_annulment",
            label=msg("Antrag zurückziehen"),
            address="zurueckziehen",
            basis=OWN_RULE,
            done=msg("Zurückgezogen: {number}. {record} gilt weiter."),
            asks=msg(
                "{record} gilt weiter. Die Aufhebung lässt sich neu beantragen, auch von einer "
                "anderen Person."
            ),
            look=Look.TERTIARY,
            is_taking_back=True,
        ),
    ),
)
