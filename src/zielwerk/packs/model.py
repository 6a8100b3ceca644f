"""The schema of programme packs: typed and frozen values.

A pack is data: TOML and Markdown below ``packs/<programme>/``. These classes are the
schema of that data; :mod:`zielwerk.packs.loading` fills them and turns every fault into a
sentence. Nothing here computes.
"""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo

from zielwerk.language import German


def _worded(text: str, info: ValidationInfo) -> German:
    """A text for people, with the English wording from the field before it."""
    return German(text, info.data.get(f"{info.field_name}_en", ""))


Ags = Annotated[str, Field(pattern=r"^[0-9]{5}$")]
TilePlace = Annotated[int, Field(ge=0, le=99)]
Jurisdiction = Annotated[str, Field(pattern=r"^[a-z_]+$")]  # a file of law, bund or hessen
Text = Annotated[str, AfterValidator(_worded)]  # German, for people
Amount = Annotated[int, Field(ge=0, le=10**15)]  # in cents; what any database column holds


class Entry(BaseModel):
    """Base of all pack data: frozen, no unknown field, no silent conversion of types."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Labelled(Entry):
    """An entry with a label; ``label_en`` is what English pages call it, where somebody said so."""

    label_en: str = ""
    label: Text


class Source(Entry):
    """The source of a fact of the pack; ``assumed`` marks facts that no public source states."""

    text: Text
    assumed: bool = False


class BodyKind(StrEnum):
    """Kinds of regional bodies; the value is the German legal term."""

    DISTRICT = "Landkreis"
    INDEPENDENT_CITY = "kreisfreie Stadt"


class Break(Entry):
    """A break in a body's time series: from ``day`` its figures are not comparable.

    ``other`` are the bodies it exchanged territory or people with, ``text`` what people read
    beside the series.
    """

    day: date
    other: tuple[Ags, ...]
    text: Text
    source: Source


class Body(Entry):
    """A regional body (Gebietskörperschaft), identified by its AGS (five digits).

    ``name`` is the name without its kind where the law names it so ("Main-Kinzig-Kreis",
    "Landkreis Kassel", "Kassel"); ``variants`` are further spellings seen in documents.
    ``short_name`` is what pages call it, without its kind even where two share it: then
    :mod:`zielwerk.packs.naming` adds the kind. ``abbreviations`` are what people write and
    search for in its place ("MKK"), first the one for places that are narrow.
    ``valid_from``/``valid_until`` (inclusive) bound its existence as such a body.
    ``court`` is the administrative court of its seat (§ 52 Nr. 3 VwGO). ``olov_regions`` are
    the steering regions for the way from school to work within it; they differ from bodies.
    ``tile`` is its place (column, row from 0) in a tile map of the state. ``assumed`` names
    the fields whose value no public source states.
    """

    ags: Ags
    name: Text
    short_name: Text
    abbreviations: tuple[str, ...] = ()
    kind: Annotated[BodyKind, Field(strict=False)]  # TOML knows text only
    seat: Text
    district: Text  # Regierungsbezirk
    jobcenter: Literal["gE", "KJC"]
    court: Text
    valid_from: date | None = None
    valid_until: date | None = None
    variants: tuple[str, ...] = ()
    olov_regions: tuple[str, ...] = ()
    tile: tuple[TilePlace, TilePlace] | None = None
    breaks: tuple[Break, ...] = ()
    assumed: tuple[str, ...] = ()
    source: Source


class Programme(Entry):
    """A funding programme: who agrees, who grants, where it is published, in which words.

    ``agreement_name`` is what it calls an agreement, ``agreement_names`` several, ``…_en`` the
    same in English, with small letters. ``clause_headings`` are the headings of signed
    agreements by number, those of "§ 1" first, each with its further wordings; one that ends
    with "…" goes on, mostly with the name of the body. ``budget_headings`` are words that a
    heading above the budget may hold. ``jurisdictions`` are those whose law applies to it.
    """

    code: str  # aqb_hessen
    name: Text  # Ausbildungs- und Qualifizierungsbudget
    short_name: str  # AQB
    state: Text  # Hessen
    jurisdictions: tuple[Jurisdiction, ...]  # bund, hessen
    ministry: Text  # official name
    ministry_short: str  # HMSI
    ministry_variants: tuple[str, ...] = ()
    ministry_seat: Text  # Wiesbaden
    ministry_office: Text  # Staatsministerin: who signs for it
    granting_authority: Text  # Regierungspräsidium Kassel
    granting_authority_variants: tuple[str, ...] = ()
    portal: Text  # Arbeitswelt Hessen
    agreement_name: str  # Zielvereinbarung
    agreement_names: str  # Zielvereinbarungen
    agreement_name_en: str  # target agreement
    agreement_names_en: str  # target agreements
    meeting_en: str = ""
    meeting: Text  # Umsetzungsbesprechung im Herbst
    clause_headings: tuple[tuple[str, ...], ...] = ()
    budget_headings: tuple[str, ...] = ()
    source: Source


class MeasureType(Labelled):
    """A kind of measure (Maßnahmeart); ``label`` as that year's agreements print it.

    ``cues`` are further wordings by which a heading of this type is recognised.
    """

    code: str  # training_preparation, training_and_coaching, qualification, staff_training
    cues: tuple[str, ...] = ()
    has_participants: bool = True
    source: Source


class LegalArea(Labelled):
    """A legal sphere (Rechtskreis) that must work together, e.g. ``SGB II``.

    ``cues`` are further wordings by which a text names it, such as the name of its act.
    """

    code: str  # "SGB II"
    cues: tuple[str, ...] = ()


class Framework(Entry):
    """A framework of reference (Bezugsrahmen) that agreements of the year point to."""

    code: str
    title: Text
    cues: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_until: date | None = None
    source: Source


class MoneySource(Labelled):
    """A source of money (Mittelherkunft): the state's budget, a special fund, the EU."""

    code: str  # state, special_fund, eu
    source: Source


class Earmark(Labelled):
    """Money within the budget that is meant for a purpose (Zweckbindung).

    ``money_sources`` are the codes of the :class:`MoneySource` it may come from.
    """

    code: str  # language, part_time_training
    cues: tuple[str, ...] = ()
    money_sources: tuple[str, ...] = ()
    source: Source


class TargetGroup(Labelled):
    """People whom the programme is for (Zielgruppe)."""

    code: str
    source: Source


class CostCategory(Labelled):
    """A kind of cost in the financing plan of a measure (Kostenart)."""

    code: str
    source: Source


class Indicator(Labelled):
    """A statistical figure of a body's need."""

    code: str  # sgb2_employable
    unit_en: str = ""
    unit: Text
    definition_en: str = ""
    definition: Text
    source: Source


class AllocationKey(Entry):
    """A key that shares money among the bodies (Verteilungsschlüssel); at most one per earmark.

    ``earmark`` "" is the money without one. ``weights`` maps codes of :class:`Indicator` to
    weights on any scale. Amounts are cents; ``max_change_percent`` bounds the change against
    last year's amount.
    """

    earmark: str = ""
    rounding_cents: Annotated[int, Field(gt=0, le=10**15)]
    base_cents: Amount
    weights: dict[str, Annotated[int, Field(ge=0, le=10**6)]]
    floor_cents: Amount | None = None
    cap_cents: Amount | None = None
    max_change_percent: Annotated[int, Field(ge=0, le=1000)] | None = None
    source: Source


class Stage(Labelled):
    """A step of a procedure in this programme; ``after`` is the code of the step before.

    The first step of an allocation is ``propose``, the last ``decide``.
    """

    procedure: Literal["allocation"]
    code: Literal["propose", "consult", "decide"]
    after: str = ""
    basis: Text = ""
    source: Source


class PassingOn(Labelled):
    """A way in which a body passes the work on to another party (Weiterleitung)."""

    code: str  # onward_notice, contract, procured, own_company, own_delivery
    source: Source


class Deadline(Labelled):
    """A date of the programme year; ``day``/``month`` in ``year + year_offset``."""

    code: str
    day: int
    month: int
    year_offset: int = 0
    source: Source

    def day_in(self, year: int) -> date:
        """The day itself, for a programme year."""
        return date(year + self.year_offset, self.month, self.day)


class Parameter(Labelled):
    """A legal or administrative parameter (text value, unit named) with its validity.

    A year states what it sets itself; what is law by date comes from the law, as far as it
    holds in the year.
    """

    code: str
    value: str
    unit_en: str = ""
    unit: Text
    valid_from: date | None = None
    valid_until: date | None = None
    source: Source

    @property
    def number(self) -> Decimal:
        """The value as a number; what is law by date always is one."""
        return Decimal(self.value)


class Clause(Entry):
    """A clause of agreements drafted here, in our own words (Markdown with ``{slot}``).

    ``slots`` are exactly the slots that title and text contain, ``refers_to`` the numbers of
    the clauses it needs beside it.
    """

    number: str  # "§ 1", "Präambel"
    title: Text
    text: Text
    slots: tuple[str, ...] = ()
    refers_to: tuple[str, ...] = ()


class Letter(Entry):
    """The wording of one document: title and texts by part, Markdown with ``{slot}``.

    ``slots`` are exactly the slots that title and parts contain.
    """

    code: str
    title: Text
    parts: dict[str, str]
    slots: tuple[str, ...] = ()


class Year(Entry):
    """One programme year: the whole rule-set under which its agreements are made.

    ``published_total_cents`` is the state's total for the year where it was made public.
    """

    programme: Programme
    year: int
    label_en: str = ""
    label: Text
    budget_name: Text  # "Ausbildungs- und Qualifizierungsbudget 2024"
    measure_types: tuple[MeasureType, ...]
    legal_areas: tuple[LegalArea, ...]
    frameworks: tuple[Framework, ...]
    money_sources: tuple[MoneySource, ...] = ()
    earmarks: tuple[Earmark, ...]
    target_groups: tuple[TargetGroup, ...] = ()
    cost_categories: tuple[CostCategory, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    allocation_keys: tuple[AllocationKey, ...] = ()
    stages: tuple[Stage, ...] = ()  # in the order in which they follow each other
    passing_on: tuple[PassingOn, ...] = ()
    deadlines: tuple[Deadline, ...]
    parameters: tuple[Parameter, ...]
    clauses: tuple[Clause, ...]
    letters: tuple[Letter, ...]
    published_total_cents: Amount | None = None
    published_total_source: Source | None = None
    rule_version: str  # digest of the data, names the version an act was made under
