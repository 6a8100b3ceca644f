"""A table of stands, as people copy it from a spreadsheet: a line for each pass-on and budget year.

A line names its pass-on by file number, or by measure and Träger where these name one alone.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from zielwerk.core.permissions import Actor
from zielwerk.imports.queries import CellFault, Values, settle_rows
from zielwerk.passing import queries
from zielwerk.passing.actions import NewSpent, why_not_noted
from zielwerk.passing.models import PassOn
from zielwerk.rulebook.planned import folded
from zielwerk.rulebook.refusal import Refusal, msg
from zielwerk.tables import Column, Kind, Limits, Record, RowFault, parse, read

NAME = msg("Die eingefügte Tabelle")
LIMITS = Limits(file_bytes=1_000_000, rows=2_000, columns=40)
NUMBER = Column("number", "Aktenzeichen", aliases=("AZ",), required=False)
MEASURE = Column("measure", "Maßnahme", aliases=("Titel", "Projekt"), required=False)
CARRIER = Column("carrier", "Träger", aliases=("Wer durchführt",), required=False)
YEAR = Column("budget_year", "Haushaltsjahr", Kind.YEAR, ("HHJ",), required=False)
SPENT = Column("cents", "Verausgabt", Kind.MONEY, ("Ausgaben", "Ist", "Ausgegeben"))
TAKEN = Column("taken", "Belegte Plätze", Kind.NUMBER, ("Plätze", "Belegt", "TN"), required=False)
DAY = Column("day", "Stand vom", Kind.DAY, ("Stand", "Tag"), required=False)
NOTE = Column("note", "Vermerk", aliases=("Bemerkung",), required=False)
COLUMNS = (NUMBER, MEASURE, CARRIER, YEAR, SPENT, TAKEN, DAY, NOTE)


@dataclass(frozen=True)
class PastedTable:
    """Every stand that is sound with its line, and every fault at its cell."""

    rows: tuple[tuple[int, NewSpent], ...]
    faults: tuple[RowFault, ...]


@dataclass(frozen=True)
class Known:
    """The pass-ons that a table may name: by file number, by measure and Träger."""

    by_number: Mapping[str, PassOn]
    by_names: Mapping[tuple[str, str], list[PassOn]]
    by_measure: Mapping[str, list[PassOn]]

    @classmethod
    def of(cls, cases: Iterable[PassOn]) -> "Known":
        by_number: dict[str, PassOn] = {}
        by_names: dict[tuple[str, str], list[PassOn]] = {}
        by_measure: dict[str, list[PassOn]] = {}
        for case in cases:
            by_number[folded(case.file_number)] = case
            title = folded(str(case.title))
            by_names.setdefault((title, folded(str(case.carrier))), []).append(case)
            by_measure.setdefault(title, []).append(case)
        return cls(by_number, by_names, by_measure)

    def found(self, values: Mapping[str, Any]) -> list[PassOn]:
        """The pass-ons that a line may mean; one alone is meant."""
        if number := folded(str(values["number"] or "")):
            return [self.by_number[number]] if number in self.by_number else []
        title, carrier = (folded(str(values[name] or "")) for name in ("measure", "carrier"))
        if carrier:
            return self.by_names.get((title, carrier), [])
        return self.by_measure.get(title, [])


def read_stands(user: Actor, cases: Iterable[PassOn], text: str, today: date) -> PastedTable:
    """Read a pasted table; raises Refused where it as a whole cannot be used."""
    parsed = parse(read(NAME, text.encode(), LIMITS), COLUMNS)
    sound, faults = settle_rows(parsed.rows, _settle(Known.of(cases), today))
    twice = list(_twice(sound))
    found = (*parsed.faults, *faults, *twice)
    rows = tuple((record.line, _stand(record)) for record in sound)
    return PastedTable(rows, tuple(sorted(found, key=lambda fault: fault.line)))


def _settle(known: Known, today: date) -> Callable[[Values], Iterator[CellFault]]:
    def settle(row: Values) -> Iterator[CellFault]:
        at = NUMBER if row["number"] else MEASURE
        cases = known.found(row)
        if len(cases) != 1:
            yield at, SEVERAL if cases else NOT_FOUND
            return
        [case] = cases
        row["case"] = case
        row["day"] = row["day"] or today
        yield from _year(row, case)
        yield from _whole(row)
        if row["budget_year"]:
            for refusal in why_not_noted(_new(row), today):
                yield CELLS.get(refusal.rule, SPENT), refusal

    return settle


def _year(row: Values, case: PassOn) -> Iterator[CellFault]:
    """The budget year, where the pass-on has but one, needs not be said."""
    years = [year for year, cents in queries.PassDraft.of(case).amounts.items() if cents]
    if not row["budget_year"]:
        if len(years) != 1:
            yield YEAR, WHICH_YEAR
            return
        row["budget_year"] = years[0]


def _whole(row: Values) -> Iterator[CellFault]:
    number = row["taken"]
    if number is None:
        return
    if not isinstance(number, Fraction) or number.denominator != 1 or not 0 <= number <= 100_000:
        yield TAKEN, NOT_WHOLE
        row["taken"] = None
        return
    row["taken"] = int(number)


def _new(row: Mapping[str, Any]) -> NewSpent:
    cents = None if row["cents"] is None else int(row["cents"])
    return NewSpent(
        row["case"],
        int(row["budget_year"]),
        row["day"],
        cents,
        row["taken"],
        str(row["note"] or ""),
    )


def _stand(record: Record) -> NewSpent:
    return _new(record.values)


def _twice(records: Iterable[Record]) -> Iterator[RowFault]:
    """A pass-on and a budget year are named once."""
    first: dict[tuple[int, int], int] = {}
    for record in records:
        new = _stand(record)
        line = first.setdefault((new.pass_on.pk, new.budget_year), record.line)
        if line != record.line:
            refusal = Refusal("passing.named_twice", TWICE, {"line": line})
            yield RowFault(record.line, MEASURE.title, str(new.pass_on.title)[:60], refusal)


NOT_FOUND = Refusal(
    "passing.no_such_pass_on", msg("Keine Weiterleitung in Kraft heißt so. Maßnahme und Träger?")
)
SEVERAL = Refusal(
    "passing.several_pass_ons",
    msg("Das kann mehrere meinen. Bitte das Aktenzeichen oder den Träger dazuschreiben."),
)
WHICH_YEAR = Refusal(
    "passing.which_year", msg("Es fehlt das Haushaltsjahr: Weitergegeben ist in mehreren.")
)
NOT_WHOLE = Refusal("passing.taken_not_whole", msg("Plätze sind eine ganze Zahl."))
TWICE = msg("Zu dieser Weiterleitung und diesem Jahr steht schon etwas in Zeile {line}.")
CELLS = {"passing.day_to_come": DAY, "passing.no_such_year": YEAR, "passing.no_note": NOTE}
