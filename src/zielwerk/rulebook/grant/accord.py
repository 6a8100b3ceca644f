"""What a notice would grant beside what was agreed: measure by measure, and as a whole.

The agreement commits nothing and the notice may say another amount (the agreement reads "auf Basis
und nach Maßgabe des Bescheids"). Whoever decides has to see the difference, and a notice says why
it decides so (§ 39 Abs. 1 VwVfG). That a grant above what was agreed needs that reason no source
states: it is a parameter of the programme's notice. An agreement may name a measure without an
amount of its own; then the whole alone is compared.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from zielwerk.rulebook.grant.amounts import Amounts, by_measure, whole
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.planned import folded
from zielwerk.rulebook.refusal import Refusal, msg


class Above(StrEnum):
    """What becomes of a grant above what was agreed."""

    TOLD = "told"
    REASON = "reason"
    BARRED = "barred"


ABOVE: Mapping[str, str] = {
    Above.TOLD: msg("wird gesagt"),
    Above.REASON: msg("ist zu begründen"),
    Above.BARRED: msg("ist nicht möglich"),
}


@dataclass(frozen=True)
class Agreed:
    """A measure as agreements in force name it.

    ``cents`` is its own amount, null where it has none; ``by_year`` what of it each budget year
    pays, empty where nobody knows. ``planned`` is the number of its plan.
    """

    title: str
    planned: str = ""
    cents: int | None = None
    by_year: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """A measure that is applied for: its key, its title, the number of its plan."""

    key: str
    title: str
    planned: str = ""


class Verdict(StrEnum):
    """How a grant is to what was agreed."""

    UNNAMED = "unnamed"
    WITHOUT_AMOUNT = "without_amount"
    SAME = "same"
    LESS = "less"
    MORE = "more"


@dataclass(frozen=True)
class Line:
    """A measure: what is agreed, applied for and granted of it, in cents.

    The whole is a line with an empty ``key``.
    """

    key: str
    title: str
    agreed: Agreed | None
    applied: int
    granted: int

    @property
    def change_cents(self) -> int | None:
        """How much more than agreed is granted; null where no amount is agreed."""
        agreed = self.agreed.cents if self.agreed else None
        return None if agreed is None else self.granted - agreed

    @property
    def verdict(self) -> Verdict:
        if self.agreed is None:
            return Verdict.UNNAMED
        if self.change_cents is None:
            return Verdict.WITHOUT_AMOUNT
        if self.change_cents == 0:
            return Verdict.SAME
        return Verdict.MORE if self.change_cents > 0 else Verdict.LESS

    @property
    def is_above(self) -> bool:
        """Whether more is granted than was agreed, or something of which nothing was."""
        return self.verdict is Verdict.MORE or (
            self.verdict is Verdict.UNNAMED and self.granted > 0
        )


def compared(
    asked: Sequence[Asked],
    applied: Amounts,
    granted: Amounts,
    agreed: Sequence[Agreed],
    whole_cents: int,
) -> tuple[Line, ...]:
    """Each measure beside what was agreed of it, then all together.

    A measure is the one that comes from the same plan, else the one of the same title.

    >>> agreed = [Agreed("Werkstatt", cents=100_00), Agreed("Team-Camp")]
    >>> asked = [Asked("1", "Werkstatt"), Asked("2", "Team-Camp"), Asked("3", "Neues")]
    >>> granted = {("1", 2026): 120_00, ("2", 2026): 30_00, ("3", 2026): 10_00}
    >>> lines = compared(asked, granted, granted, agreed, 200_00)
    >>> [(line.verdict.value, line.change_cents) for line in lines]
    [('more', 2000), ('without_amount', None), ('unnamed', None), ('less', -4000)]
    """
    wanted, given = by_measure(applied), by_measure(granted)
    left = list(agreed)
    lines = []
    for each in asked:
        found = _agreed_of(each, left)
        if found:
            left.remove(found)
        amounts = wanted.get(each.key, 0), given.get(each.key, 0)
        lines.append(Line(each.key, each.title, found, *amounts))
    total = Agreed("", cents=whole_cents)
    return (*lines, Line("", "", total, whole(applied), whole(granted)))


def _agreed_of(asked: Asked, agreed: Sequence[Agreed]) -> Agreed | None:
    by_number = (each for each in agreed if each.planned and each.planned == asked.planned)
    by_title = (each for each in agreed if folded(each.title) == folded(asked.title))
    return next(by_number, None) or next(by_title, None)


def why_above(
    lines: Sequence[Line], above: str, document: object, law: str, *, has_reason: bool
) -> tuple[Refusal, ...]:
    """Why more than was agreed is not granted so; ``document`` is what the agreement is called."""
    if above == Above.TOLD or (above == Above.REASON and has_reason):
        return ()
    basis = f"§ 39 Abs. 1 {law}" if above == Above.REASON else ""
    return tuple(
        Refusal("grant.above_agreed", _sentence(line, above), _params(line, document), basis)
        for line in lines
        if line.is_above
    )


def _params(line: Line, document: object) -> dict[str, object]:
    agreed = line.agreed.cents if line.agreed else None
    amounts = {"cents": Cents(line.granted), "stated": Cents(agreed or 0)}
    return {"measure": line.title, "document": document, **amounts}


def _sentence(line: Line, above: str) -> str:
    by_kind = _BARRED if above == Above.BARRED else _REASON
    return by_kind["whole" if not line.key else line.verdict.value]


_REASON = {
    "more": msg(
        "{measure}: Bewilligt würden {cents}; {document} nennt {stated}. Es fehlt die Begründung."
    ),
    "unnamed": msg(
        "{measure}: {document} nennt diese Maßnahme nicht. Es fehlt, warum {cents} bewilligt "
        "werden."
    ),
    "whole": msg(
        "Im Ganzen würden {cents} bewilligt; {document} nennt {stated}. Es fehlt die Begründung."
    ),
}
_BARRED = {
    "more": msg("{measure}: Bewilligt würden {cents}; {document} nennt nur {stated}."),
    "unnamed": msg("{measure}: {document} nennt diese Maßnahme nicht."),
    "whole": msg("Im Ganzen würden {cents} bewilligt; {document} nennt nur {stated}."),
}
