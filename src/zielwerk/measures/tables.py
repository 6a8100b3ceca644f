"""A table of planned measures, as people copy it from a spreadsheet: a line for each cost.

Only the title says that an empty cell takes the value above: that is how a merged cell
comes along, and how a measure goes on over several lines of its costs. Everywhere else an empty
cell is empty, and where something is needed there, that is a fault of the cell.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from zielwerk.imports.queries import CellFault, Values, choice, settle_rows
from zielwerk.measures import queries
from zielwerk.measures.queries.words import Words
from zielwerk.packs import loading as packs
from zielwerk.packs.model import Year
from zielwerk.programme import queries as programmes
from zielwerk.programme.models import PartyRelation
from zielwerk.rulebook.planned import OWN_DELIVERY, CostLine, Plan, folded
from zielwerk.rulebook.refusal import Refusal, msg
from zielwerk.tables import Column, Kind, Limits, Record, Row, RowFault, Sheet, parse, read

NAME = msg("Die eingefügte Tabelle")
LIMITS = Limits(file_bytes=2_000_000, rows=500, columns=40)
"""More lines than a body plans in a year; they are written in one transaction."""

TITLE = Column("title", "Titel", aliases=("Maßnahme", "Bezeichnung", "Projekt"))
TYPE = Column("type", "Maßnahmeart", aliases=("Art",), required=False)
FIRST = Column("first_day", "Erster Tag", Kind.DAY, ("Beginn", "von", "ab"), required=False)
LAST = Column("last_day", "Letzter Tag", Kind.DAY, ("Ende", "bis"), required=False)
SEATS = Column("seats", "Plätze", Kind.NUMBER, ("Teilnehmende", "TN-Plätze"), required=False)
GROUPS = Column("target_groups", "Zielgruppen", aliases=("Zielgruppe",), required=False)
REASON = Column(
    "group_reason", "Begründung der Zielgruppe", aliases=("Begründung Zielgruppe",), required=False
)
AREAS = Column("legal_areas", "Rechtskreise", aliases=("Rechtskreis",), required=False)
PART_TIME = Column("part_time", "Teilzeitform", aliases=("Teilzeit",), required=False)
LANGUAGE = Column("language", "Sprachanteil", aliases=("Sprache",), required=False)
EARMARK = Column("earmark", "Zweckbindung", required=False)
CARRIER = Column("carrier", "Träger", aliases=("Wer durchführt", "Durchführung"), required=False)
PRIORITIES = Column("priorities", "Schwerpunkte", aliases=("Schwerpunkt",), required=False)
FRAMEWORKS = Column("frameworks", "Bezugsrahmen", required=False)
ACCESSIBILITY = Column("accessibility", "Barrierefreiheit", required=False)
GENDER = Column("gender", "Geschlechtergerechte Gestaltung", aliases=("Gender",), required=False)
CATEGORY = Column("category", "Kostenart", required=False)
SOURCE = Column("source", "Finanzierungsquelle", aliases=("Quelle", "Mittel"), required=False)
YEAR = Column("budget_year", "Haushaltsjahr", Kind.YEAR, ("HHJ",), required=False)
AMOUNT = Column(
    "amount_cents", "Betrag", Kind.MONEY, ("Kosten", "Betrag in Euro", "EUR"), required=False
)
OF_MEASURE = (
    *(TYPE, FIRST, LAST, SEATS, GROUPS, REASON, AREAS, PART_TIME, LANGUAGE, EARMARK),
    *(CARRIER, PRIORITIES, FRAMEWORKS, ACCESSIBILITY, GENDER),
)
OF_COST = (CATEGORY, SOURCE, YEAR, AMOUNT)
COLUMNS = (TITLE, *OF_MEASURE, *OF_COST)
ITSELF = "die Gebietskörperschaft selbst"  # as a cell says it
ANSWERS = {"ja": "yes", "nein": "no", "x": "yes"}


@dataclass(frozen=True)
class Known:
    """What a body may name of its own: who carries measures out, and its priorities by title.

    ``carriers`` are the parties of the body by name; "" is the body itself. A name that several
    have is none.
    """

    carriers: Mapping[str, PartyRelation | None]
    priorities: Mapping[str, str]


@dataclass(frozen=True)
class PastedTable:
    """Every measure that is sound, with the line it begins on, and every fault at its cell."""

    plans: tuple[tuple[int, Plan], ...]
    faults: tuple[RowFault, ...]


@dataclass
class _Group:
    """The lines of one measure."""

    line: int
    values: dict[str, Any]
    costs: list[CostLine] = field(default_factory=list)


def known_of(programme: str, year: int, ags: str) -> Known:
    """What a body may name of its own in a year's table."""
    rules = packs.load(programme, year)
    relations: dict[str, dict[int, PartyRelation]] = {}
    for each in programmes.relations(programme, ags):
        relations.setdefault(str(each.party.name), {}).setdefault(each.party_id, each)
    carriers: dict[str, PartyRelation | None] = {ITSELF: None}
    for name, parties in relations.items():
        if len(parties) == 1:
            carriers |= {name: next(iter(parties.values()))}
    priorities = queries.priorities(programme, ags, rules.begins)
    return Known(carriers, {title: code for code, title in priorities.items()})


def read_plans(programme: str, year: int, ags: str, text: str) -> PastedTable:
    """Read a pasted table; raises Refused where it as a whole cannot be used."""
    sheet = _filled_down(read(NAME, text.encode(), LIMITS))
    parsed = parse(sheet, COLUMNS)
    own = known_of(programme, year, ags)
    sound, faults = settle_rows(parsed.rows, _settle(Words(programme, year), own))
    groups, contradictions = _grouped(sound)
    known = queries.plans_beside(programme, year, ags)
    repeated = [
        _fault(group.line, TITLE, group.values["title"], PLANNED_ALREADY)
        for group in groups
        if folded(group.values["title"]) in known
    ]
    found = (*parsed.faults, *faults, *contradictions, *repeated)
    rules = Words(programme, year).rules
    plans = tuple((group.line, _plan(group, rules, own)) for group in groups)
    return PastedTable(plans, tuple(sorted(found, key=lambda fault: fault.line)))


def _filled_down(sheet: Sheet) -> Sheet:
    """The sheet with the title of the line above where a cell of it is empty."""
    names = {folded(name) for name in (TITLE.code, TITLE.title, *TITLE.aliases)}
    places = [at for at, heading in enumerate(sheet.header) if folded(heading) in names]
    if not places:
        return sheet
    rows, above, at = [], "", places[0]
    for row in sheet.rows:
        above = row.cells[at] if row.cells[at].strip() else above
        rows.append(Row(row.line, (*row.cells[:at], above, *row.cells[at + 1 :])))
    return replace(sheet, rows=tuple(rows))


def _settle(words: Words, own: Known) -> Callable[[Values], Iterator[CellFault]]:
    tables = {
        TYPE: "measure_types",
        EARMARK: "earmarks",
        CATEGORY: "cost_categories",
        SOURCE: "cost_sources",
    }
    codes = {
        column: {str(word): code for code, word in words.of(table).items()}
        for column, table in tables.items()
    }
    groups = {str(word): code for code, word in words.of("target_groups").items()}
    areas = {str(word): code for code, word in words.of("legal_areas").items()}
    frameworks = {str(word): code for code, word in words.of("frameworks").items()}
    carriers = {name: name for name in own.carriers}

    def settle(row: Values) -> Iterator[CellFault]:
        for column, known in codes.items():
            yield from choice(row, column, known)
        for column in (PART_TIME, LANGUAGE):
            yield from choice(row, column, ANSWERS)
        yield from _several(row, GROUPS, groups, r"[;\n]")
        yield from _several(row, AREAS, areas, r"[;,\n]")
        yield from _several(row, FRAMEWORKS, frameworks, r"[;\n]")
        yield from _several(row, PRIORITIES, own.priorities, r"[;\n]")
        yield from choice(row, CARRIER, carriers)
        yield from _whole(row, SEATS)
        yield from _cost(row)
        if len(str(row["title"])) > 300:
            yield TITLE, Refusal("measures.title_long", TITLE_LONG)

    return settle


def _several(
    row: Values, column: Column, words: Mapping[str, str], between: str
) -> Iterator[CellFault]:
    """Put the codes for several words in one cell."""
    found: list[str] = []
    for part in filter(
        None, (each.strip() for each in re.split(between, str(row[column.code] or "")))
    ):
        single: Values = {column.code: part}
        faults = list(choice(single, column, words))
        yield from faults
        if not faults:
            found.append(str(single[column.code]))
    row[column.code] = tuple(dict.fromkeys(found))


def _whole(row: Values, column: Column) -> Iterator[CellFault]:
    number = row[column.code]
    if number is None:
        return
    assert isinstance(number, Fraction)
    if number.denominator != 1 or not 1 <= number <= 100_000:
        yield column, Refusal("measures.seats_not_whole", SEATS_NOT_WHOLE)
    row[column.code] = int(number)


def _cost(row: Values) -> Iterator[CellFault]:
    """A line of costs is whole or not there."""
    empty = [column for column in OF_COST if row[column.code] in (None, "")]
    if len(empty) < len(OF_COST):
        for column in empty:
            yield column, Refusal("measures.cost_incomplete", COST_INCOMPLETE)


def _grouped(records: Sequence[Record]) -> tuple[list[_Group], list[RowFault]]:
    """The lines by measure: those that follow each other with one title are one."""
    groups: list[_Group] = []
    faults: list[RowFault] = []
    first: dict[str, int] = {}
    for record in records:
        title = str(record.values["title"])
        if not groups or folded(groups[-1].values["title"]) != folded(title):
            if (line := first.setdefault(folded(title), record.line)) != record.line:
                params = {"line": line}
                refusal = Refusal("measures.title_apart", TITLE_APART, params)
                faults.append(_fault(record.line, TITLE, title, refusal))
            names = ("title", *(column.code for column in OF_MEASURE))
            groups.append(_Group(record.line, {name: record.values[name] for name in names}))
        else:
            faults += _contradictions(groups[-1], record)
        if record.values["amount_cents"] is not None:
            groups[-1].costs.append(_line(record))
    return groups, faults


def _contradictions(group: _Group, record: Record) -> Iterator[RowFault]:
    """What a further line of a measure says otherwise; what the first left open it may say."""
    for column in OF_MEASURE:
        here, before = record.values[column.code], group.values[column.code]
        if here in (None, "", ()) or here == before:
            continue
        if before in (None, "", ()):
            group.values[column.code] = here
            continue
        refusal = Refusal("measures.line_contradicts", CONTRADICTS, {"line": group.line})
        yield _fault(record.line, column, "", refusal)


def _line(record: Record) -> CostLine:
    values: Mapping[str, Any] = record.values
    return CostLine(
        values["category"], values["source"], values["budget_year"], int(values["amount_cents"])
    )


def _plan(group: _Group, rules: Year, own: Known) -> Plan:
    values = dict(group.values)
    values["first_day"] = values["first_day"] or rules.begins
    values["last_day"] = values["last_day"] or rules.ends
    name = values.pop("carrier")
    relation = own.carriers.get(name)
    if relation:
        values |= {"carrier": name, "party": relation.party_id, "passing_on": relation.passing_on}
    elif name:
        values["passing_on"] = OWN_DELIVERY
    texts = {one: values[one] or "" for one in ("group_reason", "accessibility", "gender")}
    return Plan(**{**values, **texts}, costs=tuple(group.costs))


def _fault(line: int, column: Column, value: str, refusal: Refusal) -> RowFault:
    return RowFault(line, column.title, value[:60], refusal)


PLANNED_ALREADY = Refusal(
    "measures.planned_already", msg("Diese Maßnahme ist für das Programmjahr schon geplant.")
)
TITLE_APART = msg("Diese Maßnahme steht schon ab Zeile {line}; ihre Zeilen gehören zusammen.")
CONTRADICTS = msg("In Zeile {line} steht für diese Maßnahme etwas anderes.")
SEATS_NOT_WHOLE = msg("Plätze sind eine ganze Zahl ab eins.")
TITLE_LONG = msg("Ein Titel hat höchstens 300 Zeichen.")
COST_INCOMPLETE = msg(
    "Zu einer Zeile mit Kosten gehören Kostenart, Finanzierungsquelle, Haushaltsjahr und Betrag;"
    " verbundene Zellen gelten nur beim Titel."
)
