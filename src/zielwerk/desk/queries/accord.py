"""Whether records and books agree: what each room's records say beside what is booked.

Pure comparison, with a number of queries that does not grow with the records. ``ledger check``
names every difference, and the desk of the ministry shows that there are some.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from django.db.models import F, Sum

from zielwerk.adjustments.models import Adjustment
from zielwerk.agreements import queries as agreements
from zielwerk.allocation.models import BodyAllocation
from zielwerk.granting import queries as granting
from zielwerk.ledger import queries as ledger
from zielwerk.ledger.models import Book, EntryCode, Place, Transfer
from zielwerk.ledger.queries import Disagreement
from zielwerk.packs import loading as packs
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.adjustment import AdjustmentKind, AdjustmentState
from zielwerk.rulebook.planning import Fund
from zielwerk.rulebook.refusal import msg
from zielwerk.succession import queries as successions
from zielwerk.succession.models import Passage

OfBody = tuple[int, str]  # programme year and AGS
Amounts = Mapping[OfBody, int]
GIVEN = (Place.ALLOCATED, Place.AGREED, Place.UNCOVERED)

AGREED = msg(
    "{body}, {year}: Vereinbart sind nach den Vorgängen {said}, nach den Büchern {booked}."
)
GRANTED = msg("{body}, {year}: Bewilligt sind {said}, gebunden in den Büchern {booked}.")
ALLOCATED = msg(
    "{body}, {year}, Zweckbindung {purpose}: Zugewiesen sind nach den Entscheidungen {said}, nach "
    "den Büchern {booked}."
)
CONSUMED = msg(
    "Programmjahr {year}, fällig {number}, Zweckbindung {purpose}: Gebunden sind {said}, als "
    "Verpflichtung eingegangen {booked}."
)
PROVIDED = msg(
    "Programmjahr {year}, Zweckbindung {purpose}: Ermächtigt sind {said}, bereitgestellt {booked}."
)
PASSED = msg("{body}, {year}: Durch Rechtsnachfolge gingen {said} über, gebucht sind {booked}.")


def agreed(programme: str) -> Iterator[Disagreement]:
    """What agreements and their changes name, and what is booked as agreed."""
    said, booked = _promised(programme), _booked(programme, Book.PLANNING, Place.AGREED)
    yield from _differences("desk.agreed", AGREED, programme, said, booked)


def granted(programme: str) -> Iterator[Disagreement]:
    """What notices grant, recorded or issued here, and what is committed."""
    years = {year for year in packs.years(programme) if packs.load(programme, year).grants}
    said = {key: cents for key, cents in _promised(programme).items() if key[0] in years}
    for key, cents in granting.granted_by_body(programme).items():
        said[key] = said.get(key, 0) + cents
    booked = _booked(programme, Book.COMMITMENT, Place.COMMITTED)
    yield from _differences("desk.granted", GRANTED, programme, said, booked)


def _promised(programme: str) -> Amounts:
    """What agreements name, with what passed on by succession."""
    cents: dict[OfBody, int] = defaultdict(int)
    rows = agreements.standing().filter(programme=programme).order_by()
    for year, ags, amount in rows.values_list("year", "ags").annotate(Sum("amount_cents")):
        cents[year, ags] += amount
    passed = Passage.objects.filter(programme=programme, place=Place.AGREED)
    for year, source, target, amount in passed.values_list("year", "source", "target", "cents"):
        cents[year, target] += amount
        cents[year, source] -= amount
    return cents


def _booked(programme: str, book: Book, place: Place) -> Amounts:
    cents: dict[OfBody, int] = defaultdict(int)
    for key, balance in ledger.account_balances(book=book, place=place, programme=programme):
        if key.ags:
            cents[key.programme_year, key.ags] += balance
    return cents


def _differences(
    rule: str, sentence: str, programme: str, said: Amounts, booked: Amounts
) -> Iterator[Disagreement]:
    for year, ags in sorted({*said, *booked}):
        pair = said.get((year, ags), 0), booked.get((year, ags), 0)
        if pair[0] != pair[1]:
            yield Disagreement(rule, sentence, programme, year, ags, *pair)


def allocated(programme: str) -> Iterator[Disagreement]:
    """What decisions, moves and successions gave, and what bodies have in the books.

    A decision says by how much each body has more or less than before; later moves add to it.
    """
    said, booked = dict(_given(programme)), dict[tuple[Fund, str], int]()
    balances = ledger.account_balances(book=Book.PLANNING, place__in=GIVEN, programme=programme)
    for key, cents in balances:
        if key.ags:
            booked[key.fund, key.ags] = booked.get((key.fund, key.ags), 0) + cents
    for fund, ags in sorted({*said, *booked}):
        pair = said.get((fund, ags), 0), booked.get((fund, ags), 0)
        if pair[0] != pair[1]:
            yield Disagreement(
                "desk.allocated", ALLOCATED, programme, fund.year, ags, *pair, purpose=fund.earmark
            )


def _given(programme: str) -> Mapping[tuple[Fund, str], int]:
    cents: dict[tuple[Fund, str], int] = defaultdict(int)
    body = ("year", "earmark", "ags")
    decided = BodyAllocation.objects.filter(programme=programme).order_by()
    by_decision = decided.values_list(*body).annotate(
        more=Sum(F("amount_cents") - F("before_cents"))
    )
    for year, earmark, ags, more in by_decision:
        cents[Fund(programme, year, earmark), ags] += more
    moves = Adjustment.objects.filter(programme=programme, state=AdjustmentState.ORDERED)
    signs = {AdjustmentKind.REALLOCATION: 1, AdjustmentKind.WAIVER: -1, AdjustmentKind.COVER: 0}
    totals = moves.order_by().values_list("kind", *body).annotate(Sum("amount_cents"))
    for kind, year, earmark, ags, amount in totals:
        cents[Fund(programme, year, earmark), ags] += signs[AdjustmentKind(kind)] * amount
    for passage in Passage.objects.filter(programme=programme, place__in=GIVEN):
        cents[passage.fund, passage.target] += passage.cents
        cents[passage.fund, passage.source] -= passage.cents
    covers = moves.filter(kind=AdjustmentKind.COVER).values("file_number")
    for code, source, narrower in (
        (EntryCode.OPENING, Place.OPENING, {}),  # an allocation from before these books
        (EntryCode.COVER, Place.FREE, {"case__in": covers}),
    ):
        for key, amount in _came(programme, code, source, **narrower).items():
            cents[key] += amount
    return cents


def _came(
    programme: str, code: EntryCode, source: Place, **more: object
) -> Mapping[tuple[Fund, str], int]:
    """What bodies got for a reason from a place, unless it was reversed."""
    booked = Transfer.objects.filter(
        code=code,
        source__place=source,
        target__programme=programme,
        target__place__in=GIVEN,
        reversed_by__isnull=True,
        **more,
    ).exclude(target__ags="")
    target = ("target__programme_year", "target__earmark", "target__ags")
    rows = booked.order_by().values_list(*target).annotate(Sum("amount_cents"))
    return {(Fund(programme, year, earmark), ags): cents for year, earmark, ags, cents in rows}


def consumed(programme: str) -> Iterator[Disagreement]:
    """What is committed for later years, and the authority that is entered into for it.

    More authority than is committed here is no difference: notices outside these books use some.
    """
    committed, entered = (
        _by_due_year(programme, book, place)
        for book, place in (
            (Book.COMMITMENT, Place.COMMITTED),
            (Book.AUTHORISATION, Place.CONSUMED),
        )
    )
    for (fund, due_year), cents in sorted(committed.items()):
        booked = entered.get((fund, due_year), 0)
        if booked < cents:
            yield Disagreement(
                "desk.consumed",
                CONSUMED,
                programme,
                fund.year,
                "",
                cents,
                booked,
                purpose=fund.earmark,
                number=str(due_year),
            )


def _by_due_year(programme: str, book: Book, place: Place) -> Mapping[tuple[Fund, int], int]:
    cents: dict[tuple[Fund, int], int] = defaultdict(int)
    for key, balance in ledger.account_balances(
        book=book, place=place, programme=programme, due_year__gt=0
    ):
        cents[key.fund, key.due_year] += balance
    return cents


def provided(programme: str) -> Iterator[Disagreement]:
    """What the budget authorises, and what planning was given."""
    for gap in programmes.gaps(programme):
        pair = gap.authorised_cents, gap.provided_cents
        fund = gap.fund
        yield Disagreement(
            "desk.provided", PROVIDED, programme, fund.year, "", *pair, purpose=fund.earmark
        )


def passed(programme: str) -> Iterator[Disagreement]:
    """What passed on by acts of succession, and what was booked for them."""
    for fund, _, ags, said_cents, booked_cents in successions.off_the_books(programme):
        yield Disagreement(
            "desk.passed", PASSED, programme, fund.year, ags, said_cents, booked_cents
        )


COMPARISONS = (agreed, granted, consumed, allocated, provided, passed)
