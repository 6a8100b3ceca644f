"""What of an application is settled apart from the rest: concept, finance and goals."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from zielwerk.rulebook.refusal import msg


class Aspect(StrEnum):
    """A part that is examined by itself, perhaps by somebody of her own."""

    CONCEPT = "concept"
    FINANCE = "finance"
    GOALS = "goals"


class Outcome(StrEnum):
    """How far the authority is with an aspect."""

    EXAMINED = "examined"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


ASPECTS: Mapping[str, str] = {
    Aspect.CONCEPT.value: msg("Konzept"),
    Aspect.FINANCE.value: msg("Finanzierung"),
    Aspect.GOALS.value: msg("Ziele"),
}
OUTCOMES: Mapping[str, str] = {
    Outcome.EXAMINED.value: msg("in Prüfung"),
    Outcome.ACCEPTED.value: msg("angenommen"),
    Outcome.REJECTED.value: msg("nicht angenommen"),
}
DECIDED = frozenset({Outcome.ACCEPTED, Outcome.REJECTED})


@dataclass(frozen=True)
class Settled:
    """What the authority says of an aspect."""

    aspect: str
    outcome: str

    @property
    def is_decided(self) -> bool:
        return self.outcome in DECIDED
