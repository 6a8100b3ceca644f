"""What somebody writes into a pass-on, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Self

from zielwerk.passing.models import PassOn
from zielwerk.rulebook.passing.amounts import Instalment
from zielwerk.rulebook.passing.checks import Answer, Check, Checked


@dataclass(frozen=True)
class PassDraft:
    """To whom, in which way, how much by budget year, paid when, checked how, proved by when.

    ``purpose`` is what the document says that it is for; ``other_cents`` what others pay beside the
    grant. ``other_aid_cents`` is the Träger's de minimis aid from elsewhere. ``remedy`` is how an
    onward notice can be contested, in the words of the body.
    """

    way: str = ""
    party: int | None = None
    amounts: Mapping[int, int] = field(default_factory=dict)
    instalments: tuple[Instalment, ...] = ()
    other_cents: int = 0
    seats: int | None = None
    proof_due: date | None = None
    checks: Mapping[str, Answer] = field(default_factory=dict)
    other_aid_cents: int = 0
    purpose: str = ""
    remedy: str = ""

    @classmethod
    def of(cls, case: PassOn) -> Self:
        stored: dict[str, Any] = case.draft
        return cls(
            way=stored.get("way", ""),
            party=stored.get("party"),
            amounts={int(year): cents for year, cents in stored.get("amounts", {}).items()},
            instalments=tuple(
                Instalment(date.fromisoformat(day), cents)
                for day, cents in stored.get("instalments", [])
            ),
            other_cents=stored.get("other_cents", 0),
            seats=stored.get("seats"),
            proof_due=_day(stored.get("proof_due")),
            checks={
                code: Answer(outcome, reason)
                for code, (outcome, reason) in stored.get("checks", {}).items()
            },
            other_aid_cents=stored.get("other_aid_cents", 0),
            purpose=stored.get("purpose", ""),
            remedy=stored.get("remedy", ""),
        )

    @property
    def stored(self) -> dict[str, Any]:
        return {
            "way": self.way,
            "party": self.party,
            "amounts": {str(year): cents for year, cents in self.amounts.items() if cents},
            "instalments": [[each.day.isoformat(), each.cents] for each in self.instalments],
            "other_cents": self.other_cents,
            "seats": self.seats,
            "proof_due": self.proof_due.isoformat() if self.proof_due else None,
            "checks": {code: [each.outcome, each.reason] for code, each in self.checks.items()},
            "other_aid_cents": self.other_aid_cents,
            "purpose": self.purpose,
            "remedy": self.remedy,
        }

    @property
    def cents(self) -> int:
        return sum(self.amounts.values())

    @property
    def checked(self) -> Checked:
        """The answers for the rules."""
        codes = {check.value for check in Check}
        known = {Check(code): each for code, each in self.checks.items() if code in codes}
        return Checked(known, self.other_aid_cents)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
