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


class Verdict(StrEnum):
    """How far the authority is with an aspect."""

    EXAMINED = "examined"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


ASPECTS: Mapping[str, str] = {
    Aspect.CONCEPT: msg("Konzept"),
    Aspect.FINANCE: msg("Finanzierung"),
    Aspect.GOALS: msg("Ziele"),
}
VERDICTS: Mapping[str, str] = {
    Verdict.EXAMINED: msg("in Prüfung"),
    Verdict.ACCEPTED: msg("angenommen"),
    Verdict.REJECTED: msg("nicht angenommen"),
}
DECIDED = frozenset({Verdict.ACCEPTED, Verdict.REJECTED})


@dataclass(frozen=True)
class Settled:
    """What the authority says of an aspect."""

    aspect: str
    verdict: str

    @property
    def is_decided(self) -> bool:
        return self.verdict in DECIDED
