"""The programme and its years: the whole rule-set under which documents are made."""

from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import Field

from zielwerk.language import German
from zielwerk.packs.model.applications import (
    ApplicationAttachment,
    Applying,
    CostPool,
    Declaration,
    FlatRate,
)
from zielwerk.packs.model.base import (
    Amount,
    Code,
    Dated,
    Entry,
    Jurisdiction,
    Labelled,
    Source,
    Text,
    Words,
)
from zielwerk.packs.model.bodies import BodyFact, BodyKind, Identifier
from zielwerk.packs.model.measures import (
    CostCategory,
    CostSource,
    MeasureType,
    OtherFunding,
    PassingOn,
    TargetGroup,
    TargetIndicator,
)
from zielwerk.packs.model.notices import Condition, Notice
from zielwerk.packs.model.organisations import Organisation
from zielwerk.packs.model.procedures import (
    Amendment,
    Document,
    Procedure,
    SigningRule,
    Stage,
)
from zielwerk.packs.model.strategy import RegionalActor, RegionalStrategy
from zielwerk.rulebook.allocation import LastYear, Method, usual_method
from zielwerk.rulebook.calendar import Period, holds_on

PURPOSES = Literal[
    "early_start",
    "application",
    "agreement",
    "decision",
    "meeting_from",
    "meeting_until",
    "provider_proof",
    "proof_of_use",
    "other",
]
Event = Literal["notified", "received", "allocated", "agreed", "granted", "paid", "ended"]


class Reading(Entry):
    """By what the reader knows the programme's signed documents.

    ``section_marks`` stand before the numbers of sections; one with a number, "1." or "(1)", is
    the number itself. ``preamble`` are headings of what stands before them. ``clause_headings``
    are the headings of sections by number, those of the first, each with its further wordings;
    one that ends with "…" goes on, mostly with the name of the body. ``budget_headings`` are
    words that a heading above the money may hold. ``total``, ``own_share`` and ``part`` are words
    beside an amount that tell what it is; "Gesamt…" is every word that begins so.
    """

    section_marks: tuple[Words, ...] = ("§",)
    preamble: tuple[Words, ...] = ("Präambel", "Vorbemerkung", "Vorwort")
    clause_headings: tuple[tuple[str, ...], ...] = ()
    budget_headings: tuple[str, ...] = ()
    total: tuple[Words, ...] = ("insgesamt", "Gesamt…", "in Höhe von")
    own_share: tuple[Words, ...] = ("Eigenanteil", "Eigenmittel", "Eigenbeitrag")
    part: tuple[Words, ...] = (
        *("davon", "darin", "hiervon", "darunter", "zusätzlich", "zuzüglich", "weitere"),
        *("außerdem", "darüber hinaus", "je"),
    )


class Programme(Entry):
    """A funding programme: what it is called, whose law applies, how it names and writes things.

    ``territory`` is what the giver of the money is in general ("Land"), ``state`` its name.
    ``jurisdictions`` are those whose law applies, ``holidays`` the code of the German state whose
    holidays count, empty where only weekends do. A programme may ask for a regional ``strategy``.
    ``amendment`` says what of the document may be amended, everything where it is silent.
    """

    code: str  # aqb_hessen
    name: Text  # Ausbildungs- und Qualifizierungsbudget
    short_name: str  # AQB
    state: Text  # Hessen
    territory_en: str = ""
    territory: Words  # Land
    jurisdictions: tuple[Jurisdiction, ...]  # bund, hessen
    holidays: Annotated[str, Field(pattern=r"^([A-Z]{2})?$")] = ""
    portal: Text  # Arbeitswelt Hessen
    meeting_en: str = ""
    meeting: Text  # Umsetzungsbesprechung im Herbst
    identifier: Identifier
    body_kinds: Annotated[tuple[BodyKind, ...], Field(min_length=1)]
    body_facts: tuple[BodyFact, ...] = ()
    document: Document
    amendment: Amendment | None = None
    procedures: tuple[Procedure, ...]
    strategy: RegionalStrategy | None = None
    reading: Reading = Reading()
    source: Source

    def prefix(self, procedure: str) -> str:
        """What the file numbers of a procedure's cases begin with."""
        return next(each.prefix for each in self.procedures if each.code == procedure)

    @property
    def kinds_said(self) -> German:
        """All kinds of bodies in one phrase: "Landkreise und kreisfreie Städte"."""
        english = [kind.plural_en for kind in self.body_kinds]
        german = _listed([str(kind.plural) for kind in self.body_kinds], "und")
        return German(german, _listed(english, "and") if all(english) else "")


def _listed(words: list[str], conjunction: str) -> str:
    """Words as a sentence lists them."""
    return f" {conjunction} ".join(filter(None, (", ".join(words[:-1]), words[-1])))


class LegalArea(Labelled, Dated):
    """A legal sphere (Rechtskreis) that must work together, e.g. ``SGB II``.

    ``cues`` are further wordings by which a text names it, such as the name of its act.
    """

    code: str  # "SGB II"
    cues: tuple[str, ...] = ()


class Framework(Dated):
    """A framework of reference (Bezugsrahmen) that agreements of the year point to."""

    code: str
    title: Text
    cues: tuple[str, ...] = ()
    source: Source


class MoneySource(Labelled, Dated):
    """A source of money (Mittelherkunft): the state's budget, a special fund, the EU."""

    code: str  # state, special_fund, eu
    source: Source


class Earmark(Labelled, Dated):
    """Money within the budget that is meant for a purpose (Zweckbindung).

    ``money_sources`` are the codes of the :class:`MoneySource` it may come from.
    """

    code: str  # language, part_time_training
    cues: tuple[str, ...] = ()
    money_sources: tuple[str, ...] = ()
    source: Source


class Indicator(Labelled, Dated):
    """A statistical figure of a body's need."""

    code: str  # sgb2_employable
    unit_en: str = ""
    unit: Text
    definition_en: str = ""
    definition: Text
    source: Source


class AllocationKey(Dated):
    """A key that shares money among the bodies (Verteilungsschlüssel); at most one per earmark.

    ``earmark`` "" is the money without one. ``weights`` maps codes of :class:`Indicator` to
    weights on any scale. Amounts are cents; ``max_change_percent`` bounds the change against
    last year's amount. ``method`` rounds; without one it is the usual one of the year.
    ``last_year`` says what counts as last year's amount.
    """

    earmark: str = ""
    rounding_cents: Annotated[int, Field(gt=0, le=10**15)]
    base_cents: Amount
    weights: dict[str, Annotated[int, Field(ge=0, le=10**6)]]
    floor_cents: Amount | None = None
    cap_cents: Amount | None = None
    max_change_percent: Annotated[int, Field(ge=0, le=1000)] | None = None
    method: Method | None = None
    last_year: LastYear = "held"
    source: Source

    @property
    def terms(self) -> dict[str, int | None]:
        """The amounts and limits by name, without the weights."""
        return self.model_dump(
            exclude={
                *("earmark", "source", "weights", "method", "last_year"),
                *("valid_from", "valid_until"),
            }
        )

    def method_in(self, year: int) -> Method:
        """How amounts become whole units: as the rules say, else as usual in such a year."""
        return self.method or usual_method(year)


class BudgetOrder(Dated):
    """The order in which an act of the budget takes money, or gives it back.

    ``order`` names places of the money, or one of the choices, see
    :class:`~zielwerk.rulebook.budget.Orders`.
    """

    code: Literal["block", "cut", "burden", "year_end", "cover", "release"]
    order: Annotated[tuple[str, ...], Field(min_length=1)]
    source: Source


class Deadline(Labelled, Dated):
    """A day by which something is due, or a period after an event.

    ``purpose`` is what it is for, from a closed list that code knows. A day of the year is
    ``day``/``month`` in ``year + year_offset``. A period runs from the event ``after``, which does
    not count, for ``length`` of its ``unit``; where ``shifts`` it ends on the next working day
    instead of a weekend or holiday. ``basis`` is the norm.
    """

    code: Code
    purpose: PURPOSES
    day: Annotated[int, Field(ge=1, le=31)] | None = None
    month: Annotated[int, Field(ge=1, le=12)] | None = None
    year_offset: int = 0
    after: Event | None = None
    length: Annotated[int, Field(gt=0, le=3660)] | None = None
    unit: Literal["days", "weeks", "months", "years", "working_days"] | None = None
    shifts: bool = False
    basis: Text = ""
    source: Source

    @property
    def is_day(self) -> bool:
        """Whether it is a day of the year, known before anything has happened."""
        return self.after is None

    def day_in(self, year: int) -> date:
        """The day itself, for a programme year; of a period none, which is a bug to ask for."""
        assert self.day
        assert self.month
        return date(year + self.year_offset, self.month, self.day)


class Parameter(Labelled, Dated):
    """A legal or administrative parameter (text value, unit named) with its validity.

    A year states what it sets itself; what is law by date comes from the law, as far as it
    holds in the year.
    """

    code: str
    value: str
    unit_en: str = ""
    unit: Text
    source: Source

    @property
    def number(self) -> Decimal:
        """The value as a number; what is law by date always is one."""
        return Decimal(self.value)


class Clause(Dated):
    """A clause of agreements drafted here, in our own words (Markdown with ``{slot}``).

    ``code`` names it for good: the name of its file without ``.md``. ``slots`` are exactly the
    slots that title and text contain, ``refers_to`` the numbers of the clauses it needs beside
    it. The sides may word anew what is ``negotiable``; all else is fixed.
    """

    code: str
    number: str  # "§ 1", "Präambel"
    title: Text
    text: Text
    slots: tuple[str, ...] = ()
    refers_to: tuple[str, ...] = ()
    negotiable: bool = False


class Letter(Dated):
    """The wording of one document: title and texts by part, Markdown with ``{slot}``.

    ``slots`` are exactly the slots that title and parts contain.
    """

    code: str
    title: Text
    parts: dict[str, str]
    slots: tuple[str, ...] = ()


class Year(Entry):
    """One programme year: the whole rule-set under which its documents are made.

    It runs from ``begins`` to ``ends``, mostly a calendar year, and holds every entry that is
    valid on any of its days; :meth:`on` tells those of one day. ``is_draft`` marks rules that
    two persons must release before anything is done under them. A year without ``notice`` knows
    none. ``published_total_cents`` is
    the state's total for the year where it was made public.
    """

    programme: Programme
    year: int
    label_en: str = ""
    label: Text
    begins: date
    ends: date
    is_draft: bool = False
    budget_name: Text  # "Ausbildungs- und Qualifizierungsbudget 2024"
    organisations: tuple[Organisation, ...] = ()
    measure_types: tuple[MeasureType, ...]
    legal_areas: tuple[LegalArea, ...]
    frameworks: tuple[Framework, ...]
    money_sources: tuple[MoneySource, ...] = ()
    earmarks: tuple[Earmark, ...]
    target_groups: tuple[TargetGroup, ...] = ()
    cost_categories: tuple[CostCategory, ...] = ()
    cost_sources: tuple[CostSource, ...] = ()
    other_funding: tuple[OtherFunding, ...] = ()
    flat_rates: tuple[FlatRate, ...] = ()
    cost_pools: tuple[CostPool, ...] = ()
    declarations: tuple[Declaration, ...] = ()
    application_attachments: tuple[ApplicationAttachment, ...] = ()
    application: Applying | None = None
    target_indicators: tuple[TargetIndicator, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    allocation_keys: tuple[AllocationKey, ...] = ()
    budget_orders: tuple[BudgetOrder, ...] = ()
    stages: tuple[Stage, ...] = ()  # of each procedure in the order in which they follow
    signings: tuple[SigningRule, ...] = ()
    passing_on: tuple[PassingOn, ...] = ()
    regional_actors: tuple[RegionalActor, ...] = ()
    notice: Notice | None = None
    conditions: tuple[Condition, ...] = ()
    deadlines: tuple[Deadline, ...]
    parameters: tuple[Parameter, ...]
    clauses: tuple[Clause, ...]
    letters: tuple[Letter, ...]
    published_total_cents: Amount | None = None
    published_total_source: Source | None = None
    rule_version: str  # digest of the data, names the version an act was made under

    def __repr__(self) -> str:
        return f"<Year {self.programme.code} {self.year} {self.rule_version}>"

    @cached_property
    def period(self) -> Period:
        """The days of the year, both inclusive."""
        return Period(self.begins, self.ends)

    def within(self, day: date) -> date:
        """The day itself, or the day of the year that is next to it."""
        return min(max(day, self.begins), self.ends)

    def on(self, day: date) -> Self:
        """The rules as they hold on a day of the year, see :meth:`within`."""
        on = self.within(day)
        kept = {
            name: tuple(e for e in value if not isinstance(e, Dated) or holds_on(e, on))
            for name, value in self
            if isinstance(value, tuple)
        }
        return self.model_copy(update=kept)

    @property
    def grants(self) -> bool:
        """Whether recording a document grants the money by a notice; else it is agreed."""
        stages = self.procedure("recording")
        return bool(stages) and stages[-1].effect == "granted"

    @property
    def draws_first(self) -> Literal["general", "earmarked"]:
        """Which money an agreement draws on first; an assumption, since no rule was found."""
        stated = next((p.value for p in self.parameters if p.code == "named_earmarks_first"), "0")
        return "earmarked" if stated == "1" else "general"

    @property
    def reminder_days(self) -> int:
        """So many working days before a deadline people are reminded of it; 0: they are not."""
        said = (p.value for p in self.parameters if p.code == "reminder_working_days")
        return int(next(said, "0"))

    @property
    def move_reminder_days(self) -> int:
        """After so many working days whoever owes a move is reminded; 0: nobody is."""
        said = (p.value for p in self.parameters if p.code == "move_reminder_working_days")
        return int(next(said, "0"))

    def labels(self, name: str, day: date) -> dict[str, str]:
        """The labels of a kind of entries by code, as they hold on a day where they do."""
        every, of_day = getattr(self, name), getattr(self.on(day), name)
        return {entry.code: entry.label for entry in (*every, *of_day)}

    def procedure(self, code: str) -> tuple[Stage, ...]:
        """The stages of a procedure, in their order."""
        return tuple(stage for stage in self.stages if stage.procedure == code)

    def signing(self, side: str, body_kind: str, day: date) -> SigningRule | None:
        """How a side signs on a day: the rule of the body's kind before that of any body."""
        rules = [each for each in self.on(day).signings if each.side == side]
        of_kind = [each for each in rules if body_kind and each.body_kind == body_kind]
        return next(iter([*of_kind, *(each for each in rules if not each.body_kind)]), None)
