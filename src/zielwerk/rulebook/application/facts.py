"""Everything that the rules of an application know from outside, as one value."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from zielwerk.rulebook.application.content import AppliedMeasure, Cost
from zielwerk.rulebook.application.flat_rates import FlatRate
from zielwerk.rulebook.application.pools import CostPool
from zielwerk.rulebook.calendar import Period
from zielwerk.rulebook.checking import Funded, OtherFunding
from zielwerk.rulebook.refusal import Said


@dataclass(frozen=True)
class Paper:
    """A declaration or a paper that is asked for; ``once_in`` says where it exists already."""

    code: str
    label: str
    required: bool = True
    once_in: str = ""  # strategy, agreement
    basis: str = ""


@dataclass(frozen=True)
class Elsewhere:
    """A measure of another application, of the same body or of a neighbour.

    ``carrier`` is the name of who carries it out, ``planned`` the file number of its plan,
    ``own`` whether the body itself applies for it there. ``days`` are those of a measure of another
    programme year, null within the year.
    """

    funded: Funded
    carrier: str = ""
    planned: str = ""
    own: bool = False
    days: Period | None = None

    def may_be(self, measure: AppliedMeasure) -> bool:
        """Whether both may pay for the same: within the year, or while both run.

        What went on last year and begins anew is a measure of each year and no double funding.
        """
        first, last = measure.first_day, measure.last_day
        if self.days is None:
            return True
        return bool(first and last and first <= self.days.last and self.days.first <= last)


@dataclass(frozen=True)
class ApplicationRules:
    """What a programme year and a body know, as far as an application may name it.

    Of the year: the ``window`` of its measures and its ``budget_years``; ``types`` tell whether
    they have participants, ``passing_on`` whether the carrier may have income of its own;
    ``categories``, ``sources`` and ``earmarks`` are labels by code. ``programme_sources`` are the
    money of the programme, ``own_sources`` that of the body. ``agreement`` says whether one is to
    come ``before`` an application, goes ``beside`` it, or plays no part (``none``).
    ``early_from`` is the first day of an early start. ``own_share`` is the least percentage of
    one's own money.

    Of the case: before ``decided_from`` nothing is decided, which nobody may know. ``allocated``
    is what the body has by earmark, null where nothing was decided; ``agreed_cents`` what was
    agreed with it. ``strategy`` says what its strategy lacks. ``there`` names where papers exist
    already (``strategy``, ``agreement``). ``binding`` are the costs of measures by key as they were
    granted. ``bases`` are what rules rest on by their code, as the programme says.
    """

    window: Period
    budget_years: range
    forms: Collection[str] = ()
    types: Mapping[str, bool] = field(default_factory=dict)
    categories: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    programme_sources: Collection[str] = ()
    own_sources: Collection[str] = ()
    earmarks: Mapping[str, str] = field(default_factory=dict)
    passing_on: Mapping[str, bool] = field(default_factory=dict)
    flat_rates: Sequence[FlatRate] = ()
    pools: Sequence[CostPool] = ()
    declarations: Sequence[Paper] = ()
    attachments: Sequence[Paper] = ()
    agreement: str = "none"
    early_start: bool = False
    early_from: date | None = None
    own_share: Decimal | None = None
    decided_from: date | None = None
    allocated: Mapping[str, int] | None = None
    agreed_cents: int | None = None
    strategy: Sequence[Said] = ()
    precondition_of: str = "none"
    there: Collection[str] = ()
    elsewhere: Sequence[Elsewhere] = ()
    others: Sequence[OtherFunding] = ()
    binding: Mapping[str, Sequence[Cost]] = field(default_factory=dict)
    bases: Mapping[str, str] = field(default_factory=dict)

    @property
    def third_sources(self) -> frozenset[str]:
        """The sources that are neither the programme's money nor the body's."""
        return frozenset(self.sources) - {*self.programme_sources, *self.own_sources}
