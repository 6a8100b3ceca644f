"""What a programme pack says, as typed and frozen values.

A pack is data: TOML and Markdown below ``packs/<programme>/``. These classes are the
schema of that data; :mod:`zielwerk.packs.loading` fills them and turns every fault into a
sentence. Nothing here computes.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Ags = Annotated[str, Field(pattern=r"^\d{5}$")]


class Entry(BaseModel):
    """Base of all pack data: frozen, no unknown field, no silent conversion of types."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Source(Entry):
    """Where a fact of the pack comes from; ``assumed`` marks what no public source states."""

    text: str
    assumed: bool = False


class BodyKind(StrEnum):
    """Kinds of regional bodies; the value is the German legal term."""

    DISTRICT = "Landkreis"
    INDEPENDENT_CITY = "kreisfreie Stadt"


class Body(Entry):
    """A regional body (Gebietskörperschaft), identified by its AGS (five digits).

    ``name`` is the name without its kind where the law names it so ("Main-Kinzig-Kreis",
    "Landkreis Kassel", "Kassel"); ``variants`` are further spellings seen in documents.
    ``valid_from``/``valid_until`` (inclusive) bound its existence as such a body.
    ``court`` is the administrative court of its seat (§ 52 Nr. 3 VwGO). ``assumed`` names
    the fields whose value no public source states.
    """

    ags: Ags
    name: str
    kind: Annotated[BodyKind, Field(strict=False)]  # TOML knows text only
    seat: str
    district: str  # Regierungsbezirk
    jobcenter: Literal["gE", "KJC"]
    court: str
    valid_from: date | None = None
    valid_until: date | None = None
    variants: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()
    source: Source


class Programme(Entry):
    """A funding programme: who agrees, who grants, where it is published."""

    code: str  # aqb_hessen
    name: str  # Ausbildungs- und Qualifizierungsbudget
    short_name: str  # AQB
    state: str  # Hessen
    ministry: str  # official name
    ministry_short: str  # HMSI
    ministry_variants: tuple[str, ...] = ()
    granting_authority: str  # Regierungspräsidium Kassel
    granting_authority_variants: tuple[str, ...] = ()
    portal: str  # Arbeitswelt Hessen
    source: Source


class MeasureType(Entry):
    """A kind of measure (Maßnahmeart); ``label`` as that year's agreements print it.

    ``cues`` are further wordings by which a heading of this type is recognised.
    """

    code: str  # training_preparation, training_and_coaching, qualification, staff_training
    label: str
    cues: tuple[str, ...] = ()
    has_participants: bool = True
    source: Source


class LegalArea(Entry):
    """A legal sphere (Rechtskreis) that must work together, e.g. ``SGB II``."""

    code: str  # "SGB II"
    label: str  # "Grundsicherung für Arbeitsuchende"


class Framework(Entry):
    """A framework of reference (Bezugsrahmen) that agreements of the year point to."""

    code: str
    title: str
    cues: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_until: date | None = None
    source: Source


class Earmark(Entry):
    """Money within the budget that is meant for a purpose (Zweckbindung)."""

    code: str  # language, part_time_training
    label: str
    cues: tuple[str, ...] = ()
    source: Source


class Deadline(Entry):
    """A date of the programme year; ``day``/``month`` in ``year + year_offset``."""

    code: str
    label: str
    day: int
    month: int
    year_offset: int = 0
    source: Source


class Parameter(Entry):
    """A legal or administrative parameter (text value, unit named) with its validity."""

    code: str
    label: str
    value: str
    unit: str
    valid_from: date | None = None
    valid_until: date | None = None
    source: Source


class Clause(Entry):
    """A clause of agreements drafted here, in our own words (Markdown with ``{slot}``).

    ``slots`` are exactly the slots that title and text contain.
    """

    number: str  # "§ 1", "Präambel"
    title: str
    text: str
    slots: tuple[str, ...] = ()


class Letter(Entry):
    """The wording of one document: title and texts by part, Markdown with ``{slot}``.

    ``slots`` are exactly the slots that title and parts contain.
    """

    code: str
    title: str
    parts: dict[str, str]
    slots: tuple[str, ...] = ()


class Year(Entry):
    """One programme year: the whole rule-set under which its agreements are made."""

    programme: Programme
    year: int
    label: str
    budget_name: str  # "Ausbildungs- und Qualifizierungsbudget 2024"
    measure_types: tuple[MeasureType, ...]
    legal_areas: tuple[LegalArea, ...]
    frameworks: tuple[Framework, ...]
    earmarks: tuple[Earmark, ...]
    deadlines: tuple[Deadline, ...]
    parameters: tuple[Parameter, ...]
    clauses: tuple[Clause, ...]
    letters: tuple[Letter, ...]
    rule_version: str  # digest of the data, names the version an act was made under


class DemoAgreement(Entry):
    """An agreement invented for the demo; shown only with its label."""

    ags: Ags
    amount_cents: Annotated[int, Field(gt=0)]
    measures: tuple[tuple[str, str], ...]  # (measure type code, title)
