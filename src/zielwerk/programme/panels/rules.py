"""A year's rules as sections for a page: every entry with its source, assumptions marked."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import takewhile

from zielwerk.packs.differences import TABLES
from zielwerk.packs.model import AllocationKey, Deadline, Earmark, Entry, Parameter, Source, Year
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import msg

Cell = str | int | date | Cents | Label | tuple[str, ...] | None
WITHOUT_EARMARK = Label(msg("Mittel ohne Zweckbindung"))
DECIMAL = re.compile(r"-?[0-9]+\.[0-9]+")


@dataclass(frozen=True)
class Row:
    """An entry: its cells in the order of the headings, and where it comes from.

    ``since`` is the programme year since which it is unchanged, None where it is new.
    """

    anchor: str
    cells: tuple[Cell, ...]
    source: Source | None
    since: int | None = None

    @property
    def name(self) -> Cell:
        return self.cells[0]

    @property
    def is_assumed(self) -> bool:
        return self.source is not None and self.source.assumed


@dataclass(frozen=True)
class Section:
    """A table of the rules; ``headings`` are German msgids, without the source's."""

    key: str
    title: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]


Cells = Callable[[Year], Iterator[tuple[Entry, tuple[Cell, ...]]]]


def sections(year: Year, earlier: Sequence[Year] = ()) -> list[Section]:
    """All tables of the year's rules that say anything; texts of clauses and letters apart.

    ``earlier`` are the years before it, newest first.
    """
    found = [_section(year, earlier, table, headings, cells) for table, headings, cells in _TABLES]
    return [section for section in found if section.rows]


def assumptions(shown: Iterable[Section]) -> list[tuple[Section, Row]]:
    """Every entry for which no public source was found."""
    return [(section, row) for section in shown for row in section.rows if row.is_assumed]


def earmark_label(year: Year, code: str) -> Cell:
    """A purpose as people call it; the general money has none."""
    labels = {one.code: one.label for one in year.earmarks}
    return labels.get(code, code) if code else WITHOUT_EARMARK


def real_day(deadline: Deadline, year: int) -> date:
    return date(year + deadline.year_offset, deadline.month, deadline.day)


def _section(
    year: Year, earlier: Sequence[Year], table: str, headings: tuple[str, ...], cells: Cells
) -> Section:
    rows = tuple(
        Row(
            f"{table}-{number}",
            said,
            getattr(entry, "source", None),
            _since(entry, [(one.year, getattr(one, table)) for one in earlier]),
        )
        for number, (entry, said) in enumerate(cells(year), 1)
    )
    return Section(table, TABLES[table], headings, rows)


def _since(entry: Entry, earlier: Iterable[tuple[int, Sequence[Entry]]]) -> int | None:
    """The first of the years before, newest first, that say the same without a break."""
    same = takewhile(lambda of_year: entry in of_year[1], earlier)
    return min((year for year, _ in same), default=None)


def _coded(table: str, *fields: str) -> Cells:
    def cells(year: Year) -> Iterator[tuple[Entry, tuple[Cell, ...]]]:
        for one in getattr(year, table):
            yield one, tuple(getattr(one, field) for field in fields)

    return cells


def _measure_types(year: Year) -> Iterator[tuple[Entry, tuple[Cell, ...]]]:
    for one in year.measure_types:
        yield one, (one.label, Label(msg("ja") if one.has_participants else msg("nein")), one.cues)


def _earmarks(year: Year) -> Iterator[tuple[Entry, tuple[Cell, ...]]]:
    labels = {one.code: one.label for one in year.money_sources}
    for one in year.earmarks:
        yield one, (one.label, _sources(one, labels))


def _sources(earmark: Earmark, labels: dict[str, str]) -> tuple[str, ...]:
    return tuple(labels.get(code, code) for code in earmark.money_sources)


def _deadlines(year: Year) -> Iterator[tuple[Entry, tuple[Cell, ...]]]:
    for one in sorted(year.deadlines, key=lambda one: real_day(one, year.year)):
        yield one, (one.label, real_day(one, year.year))


def _parameters(year: Year) -> Iterator[tuple[Entry, tuple[Cell, ...]]]:
    for one in year.parameters:
        yield one, (one.label, f"{_decimal(one)} {one.unit}", one.valid_from, one.valid_until)


def _decimal(parameter: Parameter) -> str:
    is_number = DECIMAL.fullmatch(parameter.value)
    return parameter.value.replace(".", ",") if is_number else parameter.value


def _allocation_keys(year: Year) -> Iterator[tuple[Entry, tuple[Cell, ...]]]:
    labels = {one.code: one.label for one in year.indicators}
    for key in year.allocation_keys:
        weights = tuple(
            f"{labels.get(code, code)}: {_percent(weight, key)} %"
            for code, weight in key.weights.items()
        )
        limits = (_cents(key.floor_cents), _cents(key.cap_cents), key.max_change_percent)
        amounts = (Cents(key.base_cents), *limits, Cents(key.rounding_cents))
        yield key, (earmark_label(year, key.earmark), weights, *amounts)


def _percent(weight: int, key: AllocationKey) -> str:
    """A weight as its share of all weights, to one decimal."""
    share = Fraction(100 * weight, sum(key.weights.values()))
    return f"{float(share):.1f}".removesuffix(".0").replace(".", ",")


def _cents(cents: int | None) -> Cents | None:
    return None if cents is None else Cents(cents)


def _stages(year: Year) -> Iterator[tuple[Entry, tuple[Cell, ...]]]:
    labels: dict[str, str] = {one.code: one.label for one in year.stages}
    for one in year.stages:
        yield one, (one.label, labels.get(one.after, ""), one.basis)


LABEL, FROM, UNTIL = msg("Bezeichnung"), msg("gilt ab"), msg("gilt bis")
_TABLES: tuple[tuple[str, tuple[str, ...], Cells], ...] = (
    (
        "measure_types",
        (LABEL, msg("mit Teilnehmenden"), msg("weitere Wortlaute")),
        _measure_types,
    ),
    ("earmarks", (LABEL, msg("Mittelherkunft")), _earmarks),
    ("money_sources", (LABEL,), _coded("money_sources", "label")),
    ("target_groups", (LABEL,), _coded("target_groups", "label")),
    ("legal_areas", (msg("Gesetz"), LABEL), _coded("legal_areas", "code", "label")),
    (
        "frameworks",
        (msg("Titel"), FROM, UNTIL),
        _coded("frameworks", "title", "valid_from", "valid_until"),
    ),
    ("deadlines", (msg("Frist"), msg("Tag")), _deadlines),
    ("parameters", (LABEL, msg("Wert"), FROM, UNTIL), _parameters),
    (
        "allocation_keys",
        (
            *(msg("Verteilt werden"), msg("Gewichte"), msg("Sockelbetrag"), msg("Mindestbetrag")),
            *(
                msg("Höchstbetrag"),
                msg("Größte Veränderung zum Vorjahr in Prozent"),
                msg("Rundungseinheit"),
            ),
        ),
        _allocation_keys,
    ),
    (
        "indicators",
        (LABEL, msg("Einheit"), msg("Definition")),
        _coded("indicators", "label", "unit", "definition"),
    ),
    ("cost_categories", (LABEL,), _coded("cost_categories", "label")),
    ("stages", (msg("Schritt"), msg("folgt auf"), msg("Rechtsgrundlage")), _stages),
    ("passing_on", (LABEL,), _coded("passing_on", "label")),
)
