"""Tables that may come in: appropriations and commitment authority."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import Any

from django.utils import timezone

from zielwerk.budget import actions
from zielwerk.budget.queries import Line, known_lines, no_such_year, rules_of, years_to_choose
from zielwerk.core.permissions import Actor
from zielwerk.imports.models import TableImport
from zielwerk.imports.queries import CellFault, TableKind, TableRules, Values, choice
from zielwerk.packs import loading as packs
from zielwerk.programme.queries import later_years
from zielwerk.rulebook.budget import authority_refusals
from zielwerk.rulebook.refusal import Refusal, msg
from zielwerk.tables import Column, Kind, Record, Remark

ESTIMATE, ENACT, SUPPLEMENT, AUTHORISE = "estimate", "enact", "supplement", "authorise"
ENTRIES = {
    "Entwurf": ESTIMATE,
    "Ansatz": ENACT,
    "Nachtrag": SUPPLEMENT,
    "Verpflichtungsermächtigung": AUTHORISE,
}
VERBS = {ESTIMATE: actions.estimate, ENACT: actions.enact, SUPPLEMENT: actions.supplement}

ENTRY = Column("entry", "Art")
BUDGET_YEAR = Column("budget_year", "Haushaltsjahr", Kind.YEAR)
BUDGET_LINE = Column("budget_line", "Haushaltsstelle")
SOURCE = Column("source", "Mittelherkunft")
EARMARK = Column("earmark", "Zweckbindung", required=False)
DUE_YEAR = Column("due_year", "Fälligkeitsjahr", Kind.YEAR, required=False)
AMOUNT = Column("amount_cents", "Betrag", Kind.MONEY)


def rules(programme: str, year: int) -> TableRules:
    all_rules = [packs.load(programme, year) for year in packs.years(programme)[::-1]]
    years = years_to_choose(programme, timezone.localdate())
    words = {
        ENTRY.code: ENTRIES,
        SOURCE.code: {
            source.label: source.code for rules in all_rules for source in rules.money_sources
        },
        EARMARK.code: {
            earmark.label: earmark.code for rules in all_rules for earmark in rules.earmarks
        },
    }
    columns = (ENTRY, BUDGET_YEAR, BUDGET_LINE, SOURCE, EARMARK, DUE_YEAR, AMOUNT)
    return TableRules(columns, columns[:-1], partial(_settle, programme, years), words)


def _settle(programme: str, years: Sequence[int], row: Values) -> Iterator[CellFault]:
    yield from choice(row, ENTRY, ENTRIES)
    budget_year = int(str(row["budget_year"]))
    if budget_year not in years:
        yield BUDGET_YEAR, no_such_year(budget_year, years)
        return
    year_rules = rules_of(programme, budget_year)
    yield from choice(
        row, SOURCE, {source.label: source.code for source in year_rules.money_sources}
    )
    yield from choice(
        row, EARMARK, {earmark.label: earmark.code for earmark in year_rules.earmarks}
    )
    due, is_authority = row["due_year"], row["entry"] == AUTHORISE
    if is_authority and due is None:
        sentence = msg("Eine Verpflichtungsermächtigung braucht ein Fälligkeitsjahr.")
        yield DUE_YEAR, Refusal("budget.no_due_year", sentence)
    elif is_authority:
        refusals = authority_refusals(budget_year, int(str(due)), later_years(year_rules))
        yield from ((DUE_YEAR, refusal) for refusal in refusals)
    elif due is not None:
        sentence = msg("Nur eine Verpflichtungsermächtigung hat ein Fälligkeitsjahr.")
        yield DUE_YEAR, Refusal("budget.due_year_of_money", sentence)
    if row["amount_cents"] == 0:
        sentence = msg("Der Betrag muss größer als null sein.")
        yield AMOUNT, Refusal("programme.amount_not_positive", sentence)


def remarks(table: TableImport, rows: Sequence[Record]) -> Iterator[Remark]:
    """The lines that the books do not know yet: made new with this table, or mistyped."""
    known = {replace(line, budget_year=0) for line in known_lines(table.programme)}
    new = sorted({replace(_line(table, row), budget_year=0) for row in rows} - known, key=str)
    if new:
        names = ", ".join(dict.fromkeys(line.budget_line for line in new))
        sentence = msg(
            "Neue Haushaltsstellen, die es in den Büchern so noch nicht gibt ({count}): {names}. "
            "Stimmen Schreibweise, Mittelherkunft und Zweckbindung?"
        )
        yield Remark(sentence, {"count": len(new), "names": names})


def _line(table: TableImport, row: Record) -> Line:
    values: Mapping[str, Any] = row.values
    return Line(
        table.programme,
        values["budget_year"],
        values["budget_line"].strip(),
        values["source"],
        values["earmark"] or "",
    )


def write(actor: Actor, table: TableImport, rows: Sequence[Record], at: datetime) -> None:
    day, basis = date.fromisoformat(table.options["value_date"]), table.options["basis"]
    for row in rows:
        values: Mapping[str, Any] = row.values
        line = _line(table, row)
        cents = values["amount_cents"]
        if values["entry"] == AUTHORISE:
            authority = actions.Authority(line, values["due_year"], cents, day, basis)
            actions.authorise(actor, authority, at=at)
        else:
            VERBS[values["entry"]](actor, actions.Entry(line, cents, day, basis), at=at)


KINDS = (
    TableKind(
        code="budget",
        slug="haushalt",
        title=msg("Haushalt"),
        label=msg("Haushaltsansätze und Verpflichtungsermächtigungen"),
        meaning=msg(
            "Eine Zeile je Haushaltsstelle: Entwurf, Ansatz, Nachtrag oder "
            "Verpflichtungsermächtigung."
        ),
        rules=rules,
        write=write,
        options=("value_date", "basis"),
        remarks=remarks,
    ),
)
