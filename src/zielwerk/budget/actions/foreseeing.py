"""The end of a budget year as it would be: what goes where, and what must be settled before."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from zielwerk.budget import queries
from zielwerk.budget.actions.lines import account_of, line_of, payments
from zielwerk.budget.queries import Line
from zielwerk.ledger import queries as books
from zielwerk.ledger.models import AccountKey, Book, Place
from zielwerk.programme import queries as programmes
from zielwerk.rulebook import budget
from zielwerk.rulebook.budget import Closing, Orders
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.planning import Fund
from zielwerk.rulebook.refusal import Refusal, msg
from zielwerk.rulebook.tranche import UNKNOWN, Tranche

DROPPING = (Place.DRAFT, Place.PROVISIONAL, Place.BLOCKED)
"""The places whose money lapses as it is: it never was available, or is not any more."""


@dataclass(frozen=True)
class Consent:
    """The consent to carry money of a line over, for one programme year."""

    line: Line
    programme_year: int
    amount_cents: int


@dataclass(frozen=True)
class Cover:
    """Money of a line that covers what the same line lacks."""

    source: AccountKey
    gap: AccountKey
    amount_cents: int


@dataclass(frozen=True)
class LineEnd:
    """The end of a line's money for one programme year: what of it goes where."""

    line: Line
    programme_year: int
    closing: Closing

    @property
    def left_cents(self) -> int:
        """The money that is not spent: carried over, or lapsing."""
        return self.carried_cents + self.lapsed_cents

    @property
    def spent_cents(self) -> int:
        return sum(cents for _, cents in self.closing.spent)

    @property
    def carried_cents(self) -> int:
        return sum(cents for _, cents in self.closing.carried)

    @property
    def lapsed_cents(self) -> int:
        return sum(cents for _, cents in self.closing.lapsed)


@dataclass(frozen=True)
class Foreseen:
    """What closing a budget year does, and what must be settled before.

    ``dropping`` is what lapses as it is (drafts, blocked money, unused authority);
    ``uncovered``, ``unredeemed`` and ``gaps`` are reasons not to close.
    """

    budget_year: int
    ends: tuple[LineEnd, ...]
    covers: tuple[Cover, ...]
    dropping: tuple[tuple[AccountKey, int], ...]
    uncovered: tuple[tuple[AccountKey, int], ...]
    unredeemed: tuple[tuple[AccountKey, int], ...]
    gaps: tuple[programmes.Gap, ...]

    @property
    def accounts(self) -> list[AccountKey]:
        """The accounts that closing takes money or authority from."""
        of_ends = [
            replace(account_of(end.line, Place(place)), programme_year=end.programme_year)
            for end in self.ends
            for parts in (end.closing.spent, end.closing.carried, end.closing.lapsed)
            for place, _ in parts
        ]
        return [
            *(key for key, _ in self.dropping),
            *(each.source for each in self.covers),
            *of_ends,
        ]

    @property
    def refusals(self) -> list[Refusal]:
        """Every reason not to close the year yet."""
        lacking = -sum(cents for _, cents in self.uncovered)
        overspent = sum(end.closing.overspent_cents for end in self.ends)
        waiting = sum(cents for _, cents in self.unredeemed)
        reasons = (
            (lacking, "budget.still_uncovered", UNCOVERED),
            (overspent, "budget.overspent", OVERSPENT),
            (waiting, "budget.still_unredeemed", UNREDEEMED),
        )
        refusals = [
            Refusal(code, sentence, {"amount": Cents(cents), "year": str(self.budget_year)})
            for cents, code, sentence in reasons
            if cents
        ]
        if self.is_nothing and not refusals and not self.gaps:
            nothing = Refusal("budget.nothing_to_close", NOTHING, {"year": str(self.budget_year)})
            refusals.append(nothing)
        return refusals + ([Refusal("budget.books_differ", DIFFER)] if self.gaps else [])

    @property
    def is_nothing(self) -> bool:
        """Whether closing would book nothing at all."""
        moves = [end.closing for end in self.ends]
        at_ends = any(one.spent or one.carried or one.lapsed for one in moves)
        return not (at_ends or self.covers or self.dropping)


UNCOVERED = msg(
    "Ungedeckt sind noch {amount}, die das Haushaltsjahr {year} nicht selbst deckt. Das ist "
    "vorher zu klären: durch einen Nachtrag, eine Berichtigung oder in der Planung durch Deckung."
)
OVERSPENT = msg(
    "Ausgezahlt sind {amount} mehr, als die Haushaltsstellen haben. Das ist vorher zu klären, "
    "etwa durch einen Nachtrag oder die Aufhebung einer Sperre."
)
UNREDEEMED = msg(
    "Verpflichtungen über {amount}, fällig {year}, sind nicht eingelöst. Vorher ist zu "
    "entscheiden, welche Haushaltsstelle sie bezahlt."
)
NOTHING = msg("Zum Haushaltsjahr {year} liegt nichts mehr in den Büchern, das abzuschließen wäre.")
DIFFER = msg(
    "Ermächtigung und Planung stimmen nicht überein. Vorher ist zu klären, welches Buch recht hat."
)


def foreseen_closing(
    programme: str, budget_year: int, consents: Sequence[Consent] = ()
) -> Foreseen:
    """What closing the year would do with these consents; nothing is booked.

    A line's own money covers its shortfalls first; only the rest can be carried over. Raises
    Refused where more is to be carried over than is left.
    """
    order = queries.orders(programme, budget_year)
    standing = books.account_balances(
        book=Book.AUTHORISATION, programme=programme, budget_year=budget_year
    )
    money: dict[tuple[Line, int], dict[str, int]] = defaultdict(dict)
    permitted = {key: cents for key, cents in standing if key.place == Place.PERMITTED}
    for key, cents in standing:
        if key.place in order.year_end and not key.due_year:
            money[line_of(key), key.programme_year][key.place] = cents
    covers, uncovered = _covered(money, permitted, standing, order)
    unspent = payments(programme, budget_year)
    for key, cents in standing:
        if key.place == Place.EXPENDED:
            unspent[line_of(key), key.programme_year] -= cents
    dropping = [(key, cents) for key, cents in standing if key.place in DROPPING]
    return Foreseen(
        budget_year,
        tuple(_ends(money, unspent, consents, order)),
        tuple(covers),
        (*dropping, *((key, cents) for key, cents in permitted.items() if cents)),
        (*uncovered, *programmes.uncovered(programme, budget_year)),
        tuple(each for each in programmes.unredeemed(programme) if each[0].due_year == budget_year),
        tuple(programmes.gaps(programme)),
    )


def _ends(
    money: Mapping[tuple[Line, int], Mapping[str, int]],
    unspent: Mapping[tuple[Line, int], int],
    consents: Iterable[Consent],
    order: Orders,
) -> Iterator[LineEnd]:
    """The end of each line for each programme year; ``unspent`` was paid and not spent yet."""
    carried = {
        (tidy(consent.line), consent.programme_year): consent.amount_cents for consent in consents
    }
    both = {*money, *carried, *unspent}
    for line, year in sorted(both, key=lambda each: (str(each[0]), each[1])):
        balances = money.get((line, year), {})
        available = [(place, balances.get(place, 0)) for place in order.year_end]
        paid_cents = max(unspent.get((line, year), 0), 0)
        closing = budget.close(available, paid_cents, carried.get((line, year), 0))
        yield LineEnd(line, year, closing)


def tidy(line: Line) -> Line:
    """The line as the books keep it."""
    return replace(line, budget_line=line.budget_line.strip())


def _covered(
    money: Mapping[tuple[Line, int], dict[str, int]],
    permitted: dict[AccountKey, int],
    standing: Iterable[tuple[AccountKey, int]],
    order: Orders,
) -> tuple[list[Cover], list[tuple[AccountKey, int]]]:
    """What covers the shortfalls, taken off ``money`` and ``permitted``, and what stays open.

    Authority covers what the same authority lacks, never money.
    """
    covers, open_gaps = list[Cover](), list[tuple[AccountKey, int]]()
    for gap, uncovered_cents in standing:
        if gap.place != Place.UNCOVERED:
            continue
        sources = _sources(gap, money, permitted, order)
        parts, left = budget.draw(sources, -uncovered_cents)
        covers += [Cover(source, gap, cents) for source, cents in parts]
        for source, cents in parts:
            if gap.due_year:
                permitted[source] -= cents
            else:
                money[line_of(source), source.programme_year][source.place] -= cents
        open_gaps += [(gap, -left)] if left else []
    return covers, open_gaps


def _sources(
    gap: AccountKey,
    money: Mapping[tuple[Line, int], dict[str, int]],
    permitted: Mapping[AccountKey, int],
    order: Orders,
) -> list[tuple[AccountKey, int]]:
    if gap.due_year:
        source = replace(gap, place=Place.PERMITTED)
        return [(source, permitted.get(source, 0))]
    line = line_of(gap)
    years = budget.covering_order(
        [year for candidate, year in money if candidate == line], gap.programme_year, order.cover
    )
    return [
        (replace(gap, place=Place(place), programme_year=year), money[line, year].get(place, 0))
        for year in years
        for place in order.year_end
    ]


@dataclass(frozen=True)
class Promise:
    """What closing takes from a tranche of a fund, beside what planning gave away, in cents.

    Until payments are recorded, what is agreed counts as not paid.
    """

    fund: Fund
    tranche: Tranche
    lapsing_cents: Cents
    unallocated_cents: Cents
    allocated_cents: Cents
    agreed_cents: Cents
    paid_cents: Cents

    @property
    def unpaid_cents(self) -> Cents:
        """Agreed, and not paid yet."""
        return Cents(max(self.agreed_cents - self.paid_cents, 0))

    @property
    def lacking_cents(self) -> Cents:
        """What planning lacks after the closing: it gave away what lapses."""
        return Cents(max(self.lapsing_cents - self.unallocated_cents, 0))


def promises(programme: str, foreseen: Foreseen) -> list[Promise]:
    """The tranches that a closing touches, and what its year promised; two queries."""
    lapsing: dict[tuple[Fund, Tranche], int] = defaultdict(int)
    for end in foreseen.ends:
        fund = Fund(programme, end.programme_year, end.line.earmark)
        lapsing[fund, account_of(end.line, Place.APPROPRIATED).tranche] += end.lapsed_cents
    for key, cents in foreseen.dropping:
        lapsing[key.fund, key.tranche] += cents if key.place == Place.PERMITTED else 0
    planned: dict[tuple[Fund, Tranche, Place], int] = defaultdict(int)
    for book, places in (
        (Book.PLANNING, (Place.FREE, Place.ALLOCATED, Place.AGREED)),
        (Book.CASH, (Place.PAID,)),
    ):
        for key, cents in books.account_balances(book=book, place__in=places, programme=programme):
            planned[key.fund, key.tranche, key.place] += cents
    year = foreseen.budget_year
    own = {(fund, part) for fund, part, _ in planned if part.budget_year == year}
    own |= {(fund, part) for fund, part, _ in planned if part == UNKNOWN and fund.year == year}
    promised = {
        each
        for each in own
        if any(planned[(*each, place)] for place in (Place.ALLOCATED, Place.AGREED))
    }
    touched = promised | {each for each, cents in lapsing.items() if cents}
    return [
        Promise(
            fund,
            tranche,
            Cents(lapsing[fund, tranche]),
            *(
                Cents(planned[fund, tranche, place])
                for place in (Place.FREE, Place.ALLOCATED, Place.AGREED, Place.PAID)
            ),
        )
        for fund, tranche in sorted(touched, key=lambda each: (each[0], each[1].place))
    ]
