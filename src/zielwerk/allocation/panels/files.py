"""The rows of a scenario as a file, each with what it rests on and what the books say today."""

from collections.abc import Iterator
from fractions import Fraction

from django.utils.translation import gettext

from zielwerk.allocation.panels.marks import Marks
from zielwerk.allocation.panels.rows import Row
from zielwerk.allocation.panels.since import Now
from zielwerk.allocation.panels.table import Table, translated
from zielwerk.rulebook.kinds import forms
from zielwerk.rulebook.money import Cents
from zielwerk.tables import Cell
from zielwerk.ui import wording
from zielwerk.ui.tags.values import words


def headings() -> list[str]:
    return [
        *(wording.key_heading(), gettext("Gebietskörperschaft"), gettext("Art")),
        gettext("Vorjahr"),
        *(gettext("Bisher"), wording.fitted("Vereinbart"), gettext("Neu")),
        *(gettext("Neu: Barmittel"), gettext("Neu: Ermächtigung")),
        gettext("Neu: Mittelart nicht bekannt"),
        gettext("Heute zugewiesen"),
        *(gettext("Zum Vorjahr"), gettext("Zum Vorjahr in Prozent")),
        *(gettext("Anteil in Prozent"), gettext("Begrenzt durch"), gettext("Von Hand gesetzt")),
        gettext("Abweichung vom Schlüssel"),
        *(gettext("Nicht vergleichbar"), gettext("Szenario"), gettext("Schlüssel")),
        *(gettext("Datenstand"), gettext("Stichtag"), gettext("Hinweise")),
    ]


def cells(table: Table, now: Now | None, key: str, marks: Marks) -> Iterator[list[Cell]]:
    """The rows for export, each with its scenario, key and data; by hand is set without data."""
    scenario = table.scenario
    origin: list[Cell] = [f"{scenario.file_number} {scenario.name}", key]
    not_kept = gettext("nicht festgehalten")
    for row in table.rows:
        yield [
            *(row.body.ags, row.title, words(row.body.kind.label)),
            _cents(row.before_cents) if row.is_last_year_kept else not_kept,
            Cents(row.held_cents),
            not_kept if row.agreed_cents is None else Cents(row.agreed_cents),
            Cents(row.amount_cents),
            *((not_kept,) * 3 if row.kinds is None else map(Cents, forms(row.kinds))),
            None if now is None else Cents(now.of(row.body.ags).total_cents),
            *(_cents(row.change_cents), _percent(row)),
            *(
                None if row.share is None else row.share * 100,
                translated(row.limited_by),
                row.reason,
                "; ".join(map(translated, row.beyond)),
            ),
            *(" ".join(row.breaks), *origin),
            *((None, None) if row.reason else (scenario.data.source, scenario.data.reference_date)),
            marks.beside(is_by_hand=bool(row.reason)),
        ]


def _percent(row: Row) -> Fraction | None:
    return Fraction(100 * row.change_cents, row.before_cents) if row.before_cents else None  # type: ignore[operator]


def _cents(value: int | None) -> Cents | None:
    return None if value is None else Cents(value)
