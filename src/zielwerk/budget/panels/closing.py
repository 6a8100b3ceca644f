"""What closing a budget year would do, as the page and its files show it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from zielwerk.budget import actions, queries
from zielwerk.budget.actions import Foreseen
from zielwerk.budget.panels import line_labels
from zielwerk.budget.queries import Line
from zielwerk.core.cases import KINDS
from zielwerk.core.permissions import Actor
from zielwerk.ledger.models import AccountKey
from zielwerk.packs import naming, phrases
from zielwerk.programme import queries as programmes
from zielwerk.programme.panels.rules import order_names
from zielwerk.rulebook.budget import Orders
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import msg
from zielwerk.ui.tags.values import words

CASH_FUNDS = msg("Barmittel")
AUTHORITY = msg("Verpflichtungsermächtigung")


@dataclass(frozen=True)
class ClosingRow:
    """One account at the end of the year: what it holds, and where that goes, in cents.

    ``due_year`` is 0 for money. ``covered_cents`` is what it gives to what its line lacks.
    """

    line: Line
    source: str
    purpose: str
    programme_year: int
    due_year: int
    kind: Label
    place: Label | None
    held_cents: Cents
    covered_cents: Cents
    spent_cents: Cents
    lapsed_cents: Cents


def closing_rows(foreseen: Foreseen) -> Iterator[ClosingRow]:
    """Every line's money for each programme year, then what lapses as it is."""
    for end in foreseen.ends:
        covered = sum(
            cover.amount_cents
            for cover in foreseen.covers
            if actions.line_of(cover.source) == end.line
            and cover.source.programme_year == end.programme_year
            and not cover.source.due_year
        )
        held = covered + end.spent_cents + end.left_cents
        amounts = (held, covered, end.spent_cents, end.left_cents)
        if held:
            yield _row(end.line, end.programme_year, 0, None, amounts)
    for key, cents in foreseen.dropping:
        lapsing = (cents, 0, 0, cents)
        place = Label(str(key.place.label))
        yield _row(actions.line_of(key), key.programme_year, key.due_year, place, lapsing)


def _row(
    line: Line,
    programme_year: int,
    due_year: int,
    place: Label | None,
    amounts: tuple[int, int, int, int],
) -> ClosingRow:
    kind = Label(AUTHORITY if due_year else CASH_FUNDS)
    labels = line_labels(line)
    return ClosingRow(
        line, *labels, programme_year, due_year, kind, place, *(Cents(cents) for cents in amounts)
    )


@dataclass(frozen=True)
class Unsettled:
    """Something of the year that stays open: what it is, how much, and where it is settled."""

    label: str
    purpose: str
    cents: Cents
    url: str = ""


def unsettled(foreseen: Foreseen) -> list[Unsettled]:
    """Uncovered amounts and unredeemed authority: both are settled before the year ends."""
    found = [
        Unsettled(msg("ungedeckt"), _whose(key), Cents(cents), _cover_url(key))
        for key, cents in foreseen.uncovered
    ]
    return found + [
        Unsettled(msg("nicht eingelöst"), f"{key.budget_line}", Cents(cents))
        for key, cents in foreseen.unredeemed
    ]


def _whose(key: AccountKey) -> str:
    """Whose gap it is: the line that lacks money, or the body, its purpose and kind of money."""
    said = [key.budget_line, naming.short(key.programme, key.ags) if key.ags else ""]
    said += [words(programmes.purpose(key.fund)), programmes.tranche(key.tranche)]
    return ", ".join(filter(None, said))


def _cover_url(key: AccountKey) -> str:
    return reverse("ledger:places") + f"?programmjahr={key.programme_year}&buch={key.book}"


@dataclass(frozen=True)
class OpenCases:
    """Cases of the year that nobody finished, of one kind."""

    label: str
    count: int
    url: str


def open_cases(user: Actor, year: int) -> list[OpenCases]:
    """What is still on its way in the year, kind by kind; one query each."""
    found = []
    for kind in KINDS.values():
        count = kind.open_cases(user, settings.PROGRAMME).filter(year=year).count()
        if count:
            found.append(OpenCases(kind.plural, count, f"{reverse(kind.list_page)}?jahr={year}"))
    return found


@dataclass(frozen=True)
class OrderSaid:
    """An order of the rules in words; ``is_assumed`` where no public source states it."""

    label: str
    names: tuple[Label, ...]
    is_assumed: bool


def orders_said(year: int, *codes: str) -> list[OrderSaid]:
    """The orders by which an act of the budget takes money, as the rules of its year say."""
    orders: Orders = queries.orders(settings.PROGRAMME, year)
    stated = queries.rules_of(settings.PROGRAMME, year).budget_orders
    sourced = {each.code for each in stated if not each.source.assumed}
    return [
        OrderSaid(phrases.ORDERS[code], order_names(getattr(orders, code)), code not in sourced)
        for code in codes
    ]
