"""Transfers of the budget as pages show them: whose money, of which line and year, goes where."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language

from zielwerk.budget import queries
from zielwerk.language import value_text
from zielwerk.ledger import queries as ledger
from zielwerk.ledger.models import AccountKey, Transfer
from zielwerk.programme import queries as programmes
from zielwerk.ui.tags.values import words

ALWAYS = ("budget_line", "source", "earmark", "programme_year", "budget_year", "due_year")
WHERE_ANY = ("ags", "measure")
"""The dimensions that only some transfers have: the body and its measure."""


@dataclass(frozen=True)
class BookingRow:
    """One transfer; ``cells`` say its dimensions, "from → to" where they change."""

    transfer: Transfer
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Bookings:
    """Transfers with the headings of their dimensions."""

    headings: tuple[str, ...]
    rows: tuple[BookingRow, ...]


def bookings(transfers: Iterable[Transfer]) -> Bookings:
    """The transfers with all that tells one from another."""
    shown = list(transfers)
    ends = [(one, one.source.key, one.target.key) for one in shown]
    used = [
        name for name in WHERE_ANY if any(getattr(key, name) for _, *both in ends for key in both)
    ]
    names = (*ALWAYS[:3], *used, *ALWAYS[3:])
    line_word = words(queries.line_word(settings.PROGRAMME))
    labels = {**ledger.labels.DIMENSIONS, "budget_line": line_word}
    rows = (
        BookingRow(one, tuple(_cell(name, source, target) for name in names))
        for one, source, target in ends
    )
    return Bookings(tuple(labels[name] for name in names), tuple(rows))


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
    return str(getattr(key, name) or "–")
