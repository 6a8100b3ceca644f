"""Tables that may come in: the bodies' indicators, by which money is shared out."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from fractions import Fraction

from zielwerk.allocation.actions import Needs, enter_indicators
from zielwerk.core.permissions import Actor
from zielwerk.imports.models import TableImport
from zielwerk.imports.queries import CellFault, TableKind, TableRules, Values
from zielwerk.packs import loading as packs
from zielwerk.packs import naming
from zielwerk.programme.queries import key_column, no_such_body
from zielwerk.rulebook.refusal import Refusal, msg
from zielwerk.tables import Cell, Column, Kind, Record, Remark

BODY_NAME = Column("body_name", "Gebietskörperschaft", aliases=("Name",), required=False)


def rules(programme: str, year: int) -> TableRules:
    indicators = packs.load(programme, year).indicators
    values = tuple(Column(indicator.code, indicator.label, Kind.NUMBER) for indicator in indicators)
    bodies = {body.ags: body for body in packs.bodies(programme)}
    key = key_column(programme)
    period = packs.load(programme, year).period
    in_year = {body.ags for body in packs.bodies_in(programme, year)}

    def settle(row: Values) -> Iterator[CellFault]:
        """A row is of a body of the year; its name is not read."""
        row.pop(BODY_NAME.code)
        body = bodies.get(str(row["ags"]))
        if body is None:
            yield key, no_such_body(str(row["ags"]))
        elif body.ags not in in_year and (body.valid_from or date.min) > period.last:
            sentence = msg("{name} besteht erst ab {day}, also nicht im Programmjahr {year}.")
            slots = {
                "name": naming.short(programme, body.ags),
                "day": body.valid_from,
                "year": year,
            }
            yield key, Refusal("programme.body_not_yet", sentence, slots)
        elif body.ags not in in_year:
            sentence = msg("{name} bestand nur bis {day}, also nicht im Programmjahr {year}.")
            slots = {
                "name": naming.short(programme, body.ags),
                "day": body.valid_until,
                "year": year,
            }
            yield key, Refusal("programme.body_no_more", sentence, slots)

    return TableRules((key, BODY_NAME, *values), (key,), settle)


def first_rows(programme: str, year: int) -> list[list[Cell]]:
    """A row for each body of the year, its values still empty."""
    empty = [None] * len(packs.load(programme, year).indicators)
    bodies = packs.bodies_in(programme, year)
    return [[body.ags, naming.short(programme, body.ags), *empty] for body in bodies]


def remarks(table: TableImport, rows: Sequence[Record]) -> Iterator[Remark]:
    """Bodies of the year for which the table has no values."""
    ags_with_values = {row.values["ags"] for row in rows}
    bodies = packs.bodies_in(table.programme, table.year)
    if missing := {body.ags for body in bodies} - ags_with_values:
        sentence = msg("Körperschaften ohne Werte ({count}): {names}.")
        names = ", ".join(naming.shorts(table.programme, missing))
        yield Remark(sentence, {"count": len(missing), "names": names})


def write(actor: Actor, table: TableImport, rows: Sequence[Record], at: datetime) -> None:
    values: dict[str, dict[str, Fraction]] = {}
    for row in rows:
        numbers = {code: value for code, value in row.values.items() if isinstance(value, Fraction)}
        values[str(row.values["ags"])] = numbers
    needs = Needs(
        table.programme,
        table.year,
        table.options["source"],
        date.fromisoformat(table.options["reference_date"]),
        values,
        table.file,
        table.options.get("is_invented", False),
    )
    enter_indicators(actor, needs, at=at)


KINDS = (
    TableKind(
        code="indicators",
        slug="kennzahlen",
        title=msg("Kennzahlen"),
        label=msg("Kennzahlen der Körperschaften"),
        meaning=msg(
            "Eine Zeile je Gebietskörperschaft mit den Kennzahlen, nach denen verteilt wird."
        ),
        rules=rules,
        write=write,
        options=("source", "reference_date", "is_invented"),
        is_of_year=True,
        first_rows=first_rows,
        remarks=remarks,
    ),
)
