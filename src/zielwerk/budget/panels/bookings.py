"""Transfers of the budget as pages show them: whose money, of which line and year, goes where."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.translation import get_language

from zielwerk.budget import queries
from zielwerk.language import value_text
from zielwerk.ledger import queries as ledger
from zielwerk.ledger.models import AccountKey, Transfer
from zielwerk.programme import queries as programmes
from zielwerk.ui.tags.values import words

NAMES = (
    *("budget_line", "source", "earmark", "ags", "measure"),
    *("programme_year", "budget_year", "due_year"),
)
"""The dimensions that tell transfers of the budget apart, in the order of their columns."""
NONE = "–"


@dataclass(frozen=True)
class BookingRow:
    """One transfer; ``cells`` say its dimensions, "from → to" where they change."""

    transfer: Transfer
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Bookings:
    """Transfers: ``shared`` is what holds for all, with its heading; the rest stands row by row.

    ``value_date`` is the day from which all count; None where they differ.
    """

    shared: tuple[tuple[str, str], ...]
    headings: tuple[str, ...]
    rows: tuple[BookingRow, ...]
    value_date: date | None


def bookings(transfers: Iterable[Transfer]) -> Bookings:
    """The transfers with all that tells one from another."""
    shown = list(transfers)
    line_word = words(queries.line_word(settings.PROGRAMME))
    labels = {**ledger.labels.DIMENSIONS, "budget_line": line_word}
    columns = {
        name: [_cell(name, one.source.key, one.target.key) for one in shown] for name in NAMES
    }
    shared = {name: text for name, cells in columns.items() if (text := _shared(name, cells))}
    told = [name for name in NAMES if name not in shared]
    rows = (
        BookingRow(one, tuple(columns[name][number] for name in told))
        for number, one in enumerate(shown)
    )
    days = {one.value_date for one in shown}
    return Bookings(
        tuple((labels[name], text) for name, text in shared.items() if text != NONE),
        tuple(labels[name] for name in told),
        tuple(rows),
        days.pop() if len(days) == 1 else None,
    )


def _shared(name: str, cells: Sequence[str]) -> str:
    """The one value of a dimension for all; planning has no budget line, which is no other one."""
    values = set(cells) - ({NONE} if name == "budget_line" else set())
    return values.pop() if len(values) == 1 else "" if values else NONE


def _cell(name: str, source: AccountKey, target: AccountKey) -> str:
    texts: Sequence[str] = [_text(name, key) for key in (source, target)]
    return texts[1] if texts[0] == texts[1] else " → ".join(texts)


def _text(name: str, key: AccountKey) -> str:
    """A dimension of an account in words; a dash where it has none."""
    if name == "earmark":
        return words(programmes.purpose(key.fund))
    if name == "source":
        return value_text(programmes.source(key.programme, key.source), get_language() or "de")
    if name == "ags" and key.ags:
        return programmes.body_names(key.programme).get(key.ags, key.ags)
    return str(getattr(key, name) or NONE)
