"""The lines of a scenario's table as they are written: dense, and with a sum for each column."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.translation import gettext, ngettext

from zielwerk.allocation.panels.rows import Row
from zielwerk.allocation.panels.table import BY_HAND, Table, translated
from zielwerk.language import German
from zielwerk.ui import bodies, figures, wording
from zielwerk.ui.notices import TO_CHANGE

NONE = "–"


@dataclass(frozen=True)
class Line:
    """One body, or the sum of all; amounts as text. ``kept`` is the change against what is kept.

    ``notes`` are the causes and warnings beside it, ``row`` what the line is written from.
    """

    title: str
    share: str
    before: str
    held: str
    new: str
    change: str
    percent: str
    moved: str
    kept: str
    is_moved: bool
    notes: tuple[str, ...] = ()
    row: Row | None = None


@dataclass(frozen=True)
class Lines:
    """All lines with their sum; ``announced`` says in one sentence what a change did."""

    lines: tuple[Line, ...]
    total: Line
    is_compared: bool
    announced: str


def lines_of(table: Table, kept: Mapping[str, int] | None) -> Lines:
    """The table written out; ``kept`` are the amounts of the kept scenario, None where it is it."""
    amount = figures.short_euro(_all_amounts(table))
    written = tuple(_line(row, amount, kept) for row in table.rows)
    return Lines(written, _total(table, amount, kept), bool(kept), _announced(table, kept))


def _all_amounts(table: Table) -> Iterator[int]:
    for row in table.rows:
        yield from (row.amount_cents, row.before_cents or 0, row.held_cents)


def _line(row: Row, amount: Callable[..., str], kept: Mapping[str, int] | None) -> Line:
    cents, change = row.amount_cents, row.change_cents
    against_kept = cents - kept.get(row.body.ags, 0) if kept else 0
    return Line(
        title=bodies.short(row.body),
        share=row.share_percent or NONE,
        before=_before(row, amount),
        held=amount(row.held_cents),
        new=amount(cents),
        change=NONE if change is None else amount(change, signed=True),
        percent=row.change_percent or NONE,
        moved=amount(row.moved_cents, signed=True),
        kept=amount(against_kept, signed=True),
        is_moved=bool(against_kept),
        notes=tuple(_notes(row)),
        row=row,
    )


def _before(row: Row, amount: Callable[..., str]) -> str:
    if not row.is_last_year_kept:
        return gettext("nicht festgehalten")
    return NONE if row.before_cents is None else amount(row.before_cents)


def _notes(row: Row) -> Iterator[str]:
    if row.limited_by:
        yield translated(row.limited_by)
    if row.reason:
        yield format_html("{}: {}", translated(BY_HAND), German(row.reason))
    yield from map(translated, row.beyond)
    if row.breaks:
        yield gettext("nicht vergleichbar")
    if row.exceeds_agreed:
        yield wording.fitted("unter dem Vereinbarten")


def _total(table: Table, amount: Callable[..., str], kept: Mapping[str, int] | None) -> Line:
    new = table.shared_cents
    before = sum(row.before_cents or 0 for row in table.rows)
    held = sum(row.held_cents for row in table.rows)
    return Line(
        title=gettext("Summe"),
        share="",
        before=amount(before),
        held=amount(held),
        new=amount(new),
        change=amount(new - before, signed=True),
        percent=figures.change(new, before) or NONE,
        moved=amount(new - held, signed=True),
        kept=amount(new - sum(kept.values()), signed=True) if kept else "",
        is_moved=False,
    )


def _announced(table: Table, kept: Mapping[str, int] | None) -> str:
    """What a change did, in one short sentence for those who hear it."""
    if not kept:
        return gettext("Neu berechnet: wie gespeichert.")
    moved = {
        row.body.ags: row.amount_cents - kept.get(row.body.ags, 0)
        for row in table.rows
        if row.amount_cents != kept.get(row.body.ags, 0)
    }
    if not moved:
        return gettext("Neu berechnet: kein Betrag ändert sich.")
    ags = max(moved, key=lambda ags: abs(moved[ags]))
    sentence = ngettext(
        "Neu berechnet: {number} Körperschaft ändert sich, um {change}: {name}.",
        "Neu berechnet: {number} Körperschaften ändern sich, größte Änderung {change}: {name}.",
        len(moved),
    )
    change = figures.short_euro(moved.values())(moved[ags], signed=True)
    return sentence.format(number=len(moved), change=change, name=bodies.short(ags))


def below_agreed_title(rows: Iterable[Row]) -> str:
    """How many agreements a scenario would make change."""
    number = len(list(rows))
    return wording.fitted_number(TO_CHANGE, number).format(number=number)
