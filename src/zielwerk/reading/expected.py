"""What an agreement of a programme is expected to say: its pack, made ready for comparing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from zielwerk.packs import competence
from zielwerk.packs.model import (
    Body,
    Competence,
    Earmark,
    LegalArea,
    MeasureType,
    Organisation,
    Programme,
    Year,
)
from zielwerk.reading.marks import Marks, marks
from zielwerk.recognition.likeness import fold

_NAME_FOLLOWS = "…"
_PREAMBLE = ("Vorbemerkung",)  # what the text before the sections is called


@dataclass(frozen=True)
class Headings:
    """Headings of clauses, folded.

    ``usual`` are the first wordings by number, each with whether more follows on its line;
    ``known`` are all wordings. ``programme`` is the name with which a title page ends.
    """

    usual: tuple[tuple[int, str, bool], ...]
    known: tuple[str, ...]
    preamble: tuple[str, ...]  # as written, the usual one first
    marks: Marks
    programme: str


@lru_cache(maxsize=8)
def headings(programme: Programme) -> Headings:
    """The headings that clauses of signed agreements have."""
    listed = programme.reading.clause_headings
    usual = tuple(
        (number, fold(wordings[0]), wordings[0].endswith(_NAME_FOLLOWS))
        for number, wordings in enumerate(listed, 1)
        if wordings
    )
    known = dict.fromkeys(fold(wording) for wordings in listed for wording in wordings)
    reading = programme.reading
    preamble = reading.preamble or _PREAMBLE
    return Headings(
        usual, tuple(known), preamble, marks(reading.section_marks), fold(programme.name)
    )


def organisations(
    year: Year, role: Competence, body: Body | None = None
) -> tuple[Organisation, ...]:
    """The organisations of a role in a year, the latest first; for a body those it belongs to."""
    named = competence.named(year.organisations, role, year.period)[::-1]
    return tuple(each for each in named if body is None or competence.covers(each, body))


def names(year: Year, role: Competence) -> tuple[str, ...]:
    """All spellings of the names of a role's organisations in a year."""
    return tuple(
        spelling
        for organisation in organisations(year, role)
        for spelling in (organisation.name, *organisation.variants)
    )


def clause_number(year: Year, slot: str) -> int:
    """The number of the year's clause that says ``slot`` ("amount", "measures"), else 0."""
    found = (re.search(r"\d+", one.number) for one in year.clauses if slot in one.slots)
    return next((int(match[0]) for match in found if match), 0)


def last_clause(year: Year) -> int:
    """The number of the year's last clause, 0 where it has none."""
    numbers = (re.search(r"\d+", one.number) for one in year.clauses)
    return max((int(match[0]) for match in numbers if match), default=0)


def wordings(year: Year, bodies: Sequence[Body]) -> tuple[str, ...]:
    """Whatever programme, year and bodies name: no word of it is a misread one."""
    programme, reading = year.programme, year.programme.reading
    texts: list[str] = [
        *(programme.name, programme.short_name, programme.state, programme.territory),
        *(programme.portal, programme.meeting, year.label, year.budget_name),
        *(programme.identifier.label, programme.identifier.name),
        *(programme.document.label, programme.document.plural),
        *reading.section_marks,
        *reading.preamble,
        *(wording for listed in reading.clause_headings for wording in listed),
        *(*reading.budget_headings, *reading.total, *reading.own_share, *reading.part),
    ]
    for kind in programme.body_kinds:
        texts += [kind.label, kind.plural, kind.word, kind.organ, *kind.cues, *kind.offices]
    for fact in programme.body_facts:
        texts += [fact.label, *(choice.label for choice in fact.choices)]
    for each in year.organisations:
        texts += [each.name, each.short_name, each.seat, *each.variants, *each.offices]
    for body in bodies:
        texts += [body.name, body.short_name, body.seat, *body.variants]
    for framework in year.frameworks:
        texts += [framework.title, *framework.cues]
    for stage in year.stages:
        texts += [stage.label, stage.state]
    cued: tuple[MeasureType | Earmark | LegalArea, ...] = (
        *year.measure_types,
        *year.earmarks,
        *year.legal_areas,
    )
    for entry in cued:
        texts += [entry.label, *entry.cues]
    named = (
        *(*year.money_sources, *year.target_groups, *year.cost_categories, *year.indicators),
        *(*year.cost_sources, *year.target_indicators),
        *(*year.passing_on, *year.deadlines, *year.parameters),
    )
    return (*texts, *(str(labelled.label) for labelled in named))
