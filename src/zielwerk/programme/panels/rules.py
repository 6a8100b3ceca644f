"""A year's rules as sections for a page: every entry with its source, assumptions marked."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from itertools import compress, takewhile

from zielwerk.language import German
from zielwerk.packs import phrases
from zielwerk.packs.compared import TABLES
from zielwerk.packs.differences import entries_of
from zielwerk.packs.model import (
    AllocationKey,
    Earmark,
    Entry,
    Parameter,
    Source,
    Year,
)
from zielwerk.programme.panels import applying, charter, notices
from zielwerk.programme.panels.charter import Cell, Rows
from zielwerk.rulebook.allocation import LAST_YEAR_LABELS, METHODS
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import msg
from zielwerk.rulebook.tranche import Order
from zielwerk.ui.tags.values import words

EMPTY: tuple[Cell, ...] = (None, "", ())
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
    """A table of the rules; ``headings`` are German msgids, without the source's.

    A column in which nothing stands is left out.
    """

    key: str
    title: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]


Cells = Callable[[Year], Rows]


def sections(year: Year, earlier: Sequence[Year] = ()) -> list[Section]:
    """All tables of the year's rules that have entries; texts of clauses and letters apart.

    ``earlier`` are the years before it, newest first.
    """
    tables = [(*each, TABLES[each[0]]) for each in _TABLES]
    before = [_section(year, earlier, *table) for table in tables]
    procedures = [
        _section(
            year,
            earlier,
            "stages",
            STAGE,
            partial(charter.stages, procedure=procedure),
            title,
            f"stages-{procedure}",
        )
        for procedure, title in phrases.PROCEDURES.items()
    ]
    return [section for section in (*before, *procedures) if section.rows]


def assumptions(sections: Iterable[Section]) -> list[tuple[Section, Row]]:
    """Every entry for which no public source was found."""
    return [(section, row) for section in sections for row in section.rows if row.is_assumed]


def earmark_label(year: Year, code: str) -> Cell:
    """The label of a purpose; the general money has none."""
    labels = {earmark.code: earmark.label for earmark in year.earmarks}
    return labels.get(code, code) if code else WITHOUT_EARMARK


def _section(
    year: Year,
    earlier: Sequence[Year],
    table: str,
    headings: tuple[str, ...],
    cells: Cells,
    title: str,
    key: str = "",
) -> Section:
    others = [(other.year, entries_of(other, table)) for other in earlier]
    rows = _rows(key or table, cells(year), others)
    filled = [any(row.cells[place] not in EMPTY for row in rows) for place in range(len(headings))]
    return Section(
        key or table,
        title,
        tuple(compress(headings, filled)),
        tuple(replace(row, cells=tuple(compress(row.cells, filled))) for row in rows),
    )


def _rows(key: str, cells: Rows, earlier: Iterable[tuple[int, Sequence[Entry]]]) -> tuple[Row, ...]:
    known = tuple(earlier)
    return tuple(
        Row(f"{key}-{number}", values, getattr(entry, "source", None), _since(entry, known))
        for number, (entry, values) in enumerate(cells, 1)
    )


def _since(entry: Entry, earlier: Iterable[tuple[int, Sequence[Entry]]]) -> int | None:
    """The earliest of the years before, newest first, that have the same entry without a gap."""
    unchanged = takewhile(lambda year_entries: entry in year_entries[1], earlier)
    return min((year for year, _ in unchanged), default=None)


def _fields_of(table: str, *fields: str) -> Cells:
    def cells(year: Year) -> Rows:
        for entry in getattr(year, table):
            yield entry, tuple(getattr(entry, field) for field in fields)

    return cells


def _measure_types(year: Year) -> Rows:
    for kind in year.measure_types:
        yield (
            kind,
            (kind.label, Label(msg("ja") if kind.has_participants else msg("nein")), kind.cues),
        )


def _earmarks(year: Year) -> Rows:
    labels = {source.code: source.label for source in year.money_sources}
    for earmark in year.earmarks:
        yield earmark, (earmark.label, _sources(earmark, labels))


def _sources(earmark: Earmark, labels: dict[str, str]) -> tuple[str, ...]:
    return tuple(labels.get(code, code) for code in earmark.money_sources)


def _parameters(year: Year) -> Rows:
    for parameter in year.parameters:
        value = f"{_stated(parameter)} {parameter.unit}"
        yield parameter, (parameter.label, value, parameter.valid_from, parameter.valid_until)


def _stated(parameter: Parameter) -> str:
    """A parameter's value as people write it."""
    if parameter.value in set(Order):
        return words(Order(parameter.value).label)
    is_number = DECIMAL.fullmatch(parameter.value)
    return parameter.value.replace(".", ",") if is_number else parameter.value


def _allocation_keys(year: Year) -> Rows:
    labels = {indicator.code: indicator.label for indicator in year.indicators}
    for key in year.allocation_keys:
        weights = tuple(
            _weighed(labels.get(code, code), _percent(weight, key))
            for code, weight in key.weights.items()
        )
        limits = (_cents(key.floor_cents), _cents(key.cap_cents), key.max_change_percent)
        last_year = Label(LAST_YEAR_LABELS[key.last_year])
        method = Label(METHODS[key.method_in(year.year)])
        amounts = (Cents(key.base_cents), *limits, Cents(key.rounding_cents), method, last_year)
        yield key, (earmark_label(year, key.earmark), weights, *amounts)


def order_names(order: Iterable[str]) -> tuple[Label, ...]:
    """An order of the budget in words: places of its money, or what comes first."""
    return tuple(Label(phrases.IN_ORDER[code]) for code in order)


def _budget_orders(year: Year) -> Rows:
    for order in year.budget_orders:
        yield order, (Label(phrases.ORDERS[order.code]), order_names(order.order))


def _weighed(label: str, percent: str) -> German:
    english = getattr(label, "english", "")
    return German(f"{label}: {percent} %", f"{english}: {percent} %" if english else "")


def _percent(weight: int, key: AllocationKey) -> str:
    """A weight as its share of all weights, to one decimal."""
    share = Fraction(100 * weight, sum(key.weights.values()))
    return f"{float(share):.1f}".removesuffix(".0").replace(".", ",")


def _cents(cents: int | None) -> Cents | None:
    return None if cents is None else Cents(cents)


LABEL, FROM, UNTIL = msg("Bezeichnung"), msg("gilt ab"), msg("gilt bis")
BASIS = msg("Rechtsgrundlage")
STAGE = (
    *(msg("Schritt"), msg("Wer"), msg("Stand danach"), msg("Voraussetzungen")),
    *(msg("was vermerkt wird"), msg("Frist"), msg("Wirkung"), BASIS),
)
SUCCESSION = (
    *(LABEL, msg("Art"), msg("Tag"), msg("bisher"), msg("danach"), msg("Vergleichbarkeit")),
)
_TABLES: tuple[tuple[str, tuple[str, ...], Cells], ...] = (
    ("programme", (LABEL, msg("Wert")), charter.programme),
    (
        "organisations",
        (msg("Name"), msg("Aufgabe"), msg("Kurzname"), msg("zuständig für"), FROM, UNTIL),
        charter.organisations,
    ),
    (
        "body_kinds",
        (LABEL, msg("Mehrzahl"), msg("Ämter, die unterschreiben"), msg("Organ"), FROM, UNTIL),
        charter.body_kinds,
    ),
    (
        "body_facts",
        (LABEL, msg("mögliche Werte"), msg("mehrere Werte"), BASIS),
        charter.body_facts,
    ),
    (
        "measure_types",
        (LABEL, msg("mit Teilnehmenden"), msg("weitere Wortlaute")),
        _measure_types,
    ),
    ("earmarks", (LABEL, msg("Mittelherkunft")), _earmarks),
    ("money_sources", (LABEL,), _fields_of("money_sources", "label")),
    ("target_groups", (LABEL,), _fields_of("target_groups", "label")),
    ("legal_areas", (msg("Gesetz"), LABEL), _fields_of("legal_areas", "code", "label")),
    (
        "frameworks",
        (msg("Titel"), FROM, UNTIL),
        _fields_of("frameworks", "title", "valid_from", "valid_until"),
    ),
    ("successions", SUCCESSION, charter.successions),
    ("deadlines", (msg("Frist"), msg("Tag oder Dauer"), msg("Zweck"), BASIS), charter.deadlines),
    ("parameters", (LABEL, msg("Wert"), FROM, UNTIL), _parameters),
    (
        "allocation_keys",
        (
            *(msg("Verteilt werden"), msg("Gewichte"), msg("Sockelbetrag"), msg("Mindestbetrag")),
            *(
                msg("Höchstbetrag"),
                msg("Größte Veränderung zum Vorjahr in Prozent"),
                msg("Rundungseinheit"),
                msg("Rundungsverfahren"),
                msg("Als Vorjahr gilt"),
            ),
        ),
        _allocation_keys,
    ),
    ("budget_orders", (LABEL, msg("Reihenfolge")), _budget_orders),
    (
        "indicators",
        (LABEL, msg("Einheit"), msg("Definition")),
        _fields_of("indicators", "label", "unit", "definition"),
    ),
    ("cost_categories", (LABEL,), _fields_of("cost_categories", "label")),
    ("cost_sources", (LABEL,), _fields_of("cost_sources", "label")),
    ("application", applying.HEADINGS, applying.application),
    ("flat_rates", applying.RATE, applying.flat_rates),
    ("cost_pools", applying.POOL, applying.cost_pools),
    ("declarations", applying.DECLARATION, applying.declarations),
    ("application_attachments", applying.ATTACHMENT, applying.attachments),
    (
        "target_indicators",
        (LABEL, msg("Einheit"), msg("Definition"), msg("Datenquelle")),
        _fields_of("target_indicators", "label", "unit", "definition", "data_source"),
    ),
    ("signings", charter.SIGNING, charter.signings),
    ("passing_on", (LABEL,), _fields_of("passing_on", "label")),
    ("notice", (LABEL, msg("Wert")), notices.notice),
    ("conditions", notices.CONDITION, notices.conditions),
    (
        "regional_actors",
        (LABEL, msg("Kurz"), msg("Einer je"), BASIS, FROM, UNTIL),
        charter.regional_actors,
    ),
)
