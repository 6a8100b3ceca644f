"""Reads of successions: what waits, what was carried out, who got what from whom."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from django.db.models import Q, QuerySet, Sum

from zielwerk.core.permissions import Actor, may_see
from zielwerk.ledger import queries as ledger
from zielwerk.ledger.models import AccountKey, Book, EntryCode, Place
from zielwerk.packs import loading as packs
from zielwerk.packs.model import Succession
from zielwerk.programme import queries as programmes
from zielwerk.rulebook import succession as rules
from zielwerk.rulebook.calendar import Period
from zielwerk.rulebook.membership import beginning, ending
from zielwerk.rulebook.planning import HELD, Fund, Standing
from zielwerk.rulebook.succession import HeldNotice, SuccessionFacts, SuccessionState
from zielwerk.succession.models import Passage, SuccessionAct


def acts(user: Actor, programme: str) -> QuerySet[SuccessionAct]:
    """The acts that touch the person's perimeter, newest first.

    A body's people see what passed on, not these.
    """
    every = SuccessionAct.objects.filter(programme=programme)
    if user.perimeter.is_whole:
        return every
    touching = [
        each.code
        for each in packs.successions(programme)
        if any(may_see(user, ags) for ags in (*each.predecessors, *each.successors))
    ]
    return every.none() if user.ags else every.filter(succession__in=touching)


def carried_out(programme: str, year: int) -> frozenset[str]:
    """The codes of the successions that were carried out for a programme year; one query."""
    passed = Passage.objects.filter(programme=programme, year=year).order_by()
    return frozenset(passed.values_list("act__succession", flat=True).distinct())


def sharing(programme: str, year: int, counted: Iterable[str]) -> tuple[str, ...]:
    """The keys of the bodies that share in the money of a year; ``counted`` have figures."""
    done = carried_out(programme, year) if changes_in(programme, year) else frozenset()
    bodies = packs.bodies_sharing(programme, year, done, frozenset(counted))
    return tuple(body.ags for body in bodies)


def staying(programme: str, year: int) -> frozenset[str]:
    """The keys of the bodies that can be given money of a year: who passed on theirs cannot."""
    done = carried_out(programme, year)
    return frozenset(body.ags for body in packs.bodies_staying(programme, year, done))


def changes_in(programme: str, year: int) -> tuple[Succession, ...]:
    """The successions that fall within a programme year."""
    period = packs.load(programme, year).period
    return tuple(each for each in packs.successions(programme) if period.contains(each.day))


@dataclass(frozen=True)
class Pending:
    """A succession whose day has come, and what is there to be carried out.

    ``years`` are those in which a predecessor holds money that is to pass on, ``others`` those
    in which one that goes on holds some beside successors who were given their own: there
    nothing needs to pass.
    """

    succession: Succession
    years: tuple[int, ...]
    others: tuple[int, ...] = ()


def pending(programme: str, today: date) -> tuple[Pending, ...]:
    """The successions whose day has come and for which a predecessor holds money; by day."""
    come = [each for each in packs.successions(programme) if each.day <= today]
    if not come:
        return ()
    holders = {ags for each in come for ags in each.predecessors}
    held = _years_held(programme, holders)
    if not held:
        return tuple(Pending(each, ()) for each in come)
    passed = Passage.objects.filter(programme=programme).order_by()
    done = set(passed.values_list("act__succession", "year").distinct())
    new = {ags for each in come for ags in beginning(packs.bodies(programme), each)}
    given = ledger.given_by(EntryCode.ALLOCATION, programme, new)
    return tuple(_pending(programme, each, held, done, given) for each in come)


def own_years(programme: str, succession: Succession, years: Collection[int]) -> list[int]:
    """Those of the years for which successors have allocations of their own already."""
    every = pending(programme, succession.day)
    others = next((each.others for each in every if each.succession == succession), ())
    return [year for year in others if year in years]


def undeclared(programme: str, today: date) -> list[Pending]:
    """The pending successions by which money is to pass and about which no act is open."""
    waiting = [each for each in pending(programme, today) if each.years]
    if not waiting:
        return []
    every = SuccessionAct.objects.filter(programme=programme, state=SuccessionState.DECLARED)
    is_declared = set(every.values_list("succession", flat=True))
    return [each for each in waiting if each.succession.code not in is_declared]


def _years_held(programme: str, keys: Collection[str]) -> Mapping[str, set[int]]:
    """The programme years in which each of these bodies holds anything; one query."""
    years: dict[str, set[int]] = defaultdict(set)
    balances = ledger.account_balances(
        book=Book.PLANNING, programme=programme, ags__in=sorted(keys), place__in=HELD
    )
    for key, _ in balances:
        years[key.ags].add(key.programme_year)
    return years


def _pending(
    programme: str,
    succession: Succession,
    held: Mapping[str, set[int]],
    done: set[tuple[str, int]],
    given: set[tuple[str, int]],
) -> Pending:
    """See :class:`Pending`; ``given`` are (AGS, year) with an allocation of their own."""
    if not rules.moves(succession.predecessors, succession.successors):
        return Pending(succession, ())
    bodies = packs.bodies(programme)
    ends, begins = ending(bodies, succession), beginning(bodies, succession)
    years, others = [], []
    for year in sorted({year for ags in succession.predecessors for year in held.get(ags, ())}):
        period = period_of(programme, year)
        if succession.day > period.last:
            continue
        if any(year in held.get(ags, ()) for ags in ends):
            years.append(year)
        elif (succession.code, year) in done:
            continue
        elif period.first < succession.day or (
            begins and not any((ags, year) in given for ags in begins)
        ):
            years.append(year)
        else:
            others.append(year)
    return Pending(succession, tuple(years), tuple(others))


def period_of(programme: str, year: int) -> Period:
    """The days of a programme year; of one without a pack, those of the calendar year."""
    if (programme, year) in packs.available():
        return packs.load(programme, year).period
    return Period(date(year, 1, 1), date(year, 12, 31))


def declared(programme: str, code: str) -> Succession | None:
    """The succession that the programme declares under a code."""
    return next((each for each in packs.successions(programme) if each.code == code), None)


def standings(programme: str, keys: Iterable[str], years: Iterable[int]) -> dict[Fund, Standing]:
    """What these bodies hold in these years, by fund in order; one query."""
    balances = ledger.account_balances(
        book=Book.PLANNING,
        programme=programme,
        programme_year__in=sorted(years),
        ags__in=sorted(keys),
    )
    by_fund: dict[Fund, list[tuple[AccountKey, int]]] = defaultdict(list)
    for balance in balances:
        by_fund[balance[0].fund].append(balance)
    return {
        fund: Standing(bodies=programmes.holdings(by_fund[fund], lambda key: key.ags))
        for fund in sorted(by_fund)
    }


def passing(
    succession: Succession,
    held: Mapping[Fund, Standing],
    shares: Mapping[str, Fraction],
    done: Collection[int] = (),
) -> tuple[rules.Passage, ...]:
    """What passes on; in years that are ``done``, of those alone that exist no more."""
    passed: list[rules.Passage] = []
    for fund, standing in held.items():
        ends = ending(packs.bodies(fund.programme), succession)
        givers = [ags for ags in succession.predecessors if fund.year not in done or ags in ends]
        passed += rules.passages(fund, standing, givers, shares)
    return tuple(passed)


def years_done(programme: str, code: str) -> set[int]:
    """The programme years for which a succession was carried out."""
    passed = Passage.objects.filter(programme=programme, act__succession=code).order_by()
    return set(passed.values_list("year", flat=True).distinct())


HoldsNotices = Callable[[str, Collection[str], Collection[int], bool], list[HeldNotice]]
HOLDING: list[HoldsNotices] = []  # filled by wiring from the room that issues notices


def notices_of(
    programme: str, keys: Collection[str], years: Collection[int], *, is_held: bool = False
) -> list[HeldNotice]:
    """The notices that were issued to these bodies in these years; held until the transaction ends
    where asked."""
    return [each for holding in HOLDING for each in holding(programme, keys, years, is_held)]


def notices_passing(
    programme: str, succession: Succession, years: Collection[int], named: Mapping[str, str]
) -> tuple[rules.NoticePassage, ...]:
    """The notices of the predecessors, what each commits, and who takes it; two queries.

    ``named`` says by number who takes it, where several succeed.
    """
    taken_by = rules.heirs(
        notices_of(programme, succession.predecessors, years), succession.successors, named
    )
    return rules.notice_passages(programme, taken_by, _committed(programme, taken_by))


def _committed(programme: str, notices: Iterable[HeldNotice]) -> dict[tuple[str, str, str], int]:
    """What notices commit, in cents by number, body and purpose."""
    sums: dict[tuple[str, str, str], int] = defaultdict(int)
    for key, cents in committed_accounts(programme, notices):
        sums[number_in(key), key.ags, key.earmark] += cents
    return sums


def committed_accounts(
    programme: str, notices: Iterable[HeldNotice]
) -> list[tuple[AccountKey, int]]:
    """The accounts on which notices commit money, with the cents there; one query."""
    numbers = {(each.number, each.ags) for each in notices}
    balances = ledger.account_balances(
        book=Book.COMMITMENT,
        place=Place.COMMITTED,
        programme=programme,
        ags__in=sorted({ags for _, ags in numbers}),
    )
    return [each for each in balances if (number_in(each[0]), each[0].ags) in numbers]


def committed_by_body(programme: str, keys: Collection[str]) -> dict[tuple[int, str], int]:
    """What is committed to these bodies, in cents by programme year and body; one query."""
    sums: dict[tuple[int, str], int] = defaultdict(int)
    for key, cents in ledger.account_balances(
        book=Book.COMMITMENT, place=Place.COMMITTED, programme=programme, ags__in=sorted(keys)
    ):
        sums[key.programme_year, key.ags] += cents
    return sums


def number_in(key: AccountKey) -> str:
    """The number of the notice that the account of one of its measures is named by."""
    return key.measure.rpartition("/")[0]


def facts_of(act: SuccessionAct) -> SuccessionFacts:
    """The facts for the guards of an act, from the books of now."""
    succession = declared(act.programme, act.succession)
    if succession is None:  # the programme declares it no more
        return SuccessionFacts((), is_changed=True)
    facts = facts_for(act.programme, succession, act.years, act.parts, act.heirs_named)
    was = (act.passages_declared, act.notices_declared)
    return replace(facts, is_changed=(facts.passages, facts.notices) != was)


def facts_for(
    programme: str,
    succession: Succession,
    years: Collection[int],
    shares: Mapping[str, Fraction],
    named: Mapping[str, str],
) -> SuccessionFacts:
    """The facts for carrying a succession out for these years, whether or not it is declared.

    ``named`` says by number who takes a notice.
    """
    held = standings(programme, succession.predecessors, years)
    done = years_done(programme, succession.code)
    passed = passing(succession, held, shares, done)
    moving = {each.fund.year for each in passed}
    earlier = [
        each.succession.label
        for each in pending(programme, succession.day)
        if each.succession != succession
        and (each.succession.day, each.succession.code) < (succession.day, succession.code)
        and set(each.years) & set(years)
        and set(each.succession.successors) & set(succession.predecessors)
    ]
    return SuccessionFacts(
        passed,
        years_done=tuple(sorted(year for year in years if year in done - moving)),
        earlier=tuple(earlier),
        notices=notices_passing(programme, succession, years, named),
    )


# --- what passed on -----------------------------------------------------------------------


def of_body(programme: str, ags: str, year: int | None = None) -> QuerySet[Passage]:
    """What passed on from a body or to it, oldest first."""
    passed = Passage.objects.filter(Q(source=ags) | Q(target=ags), programme=programme)
    passed = passed.select_related("act").order_by("pk")
    return passed if year is None else passed.filter(year=year)


def got(programme: str, year: int) -> dict[str, dict[Place, int]]:
    """What each body of a year has from successions, less what it passed on, by place; two queries.

    "Agreed" of a body in the books is what its agreements named, less what was taken, and this.
    """
    net: dict[str, dict[Place, int]] = defaultdict(lambda: defaultdict(int))
    passed = Passage.objects.filter(programme=programme, year=year).order_by()
    for column, sign in (("target", 1), ("source", -1)):
        for ags, place, cents in passed.values_list(column, "place").annotate(Sum("cents")):
            net[ags][Place(place)] += sign * cents
    return {ags: dict(places) for ags, places in net.items()}


def got_on(programme: str, ags: str) -> dict[tuple[date, Fund, Place], int]:
    """What a body got by succession, in cents by the day on which it passed, fund and place."""
    cents: dict[tuple[date, Fund, Place], int] = defaultdict(int)
    for passage in Passage.objects.filter(programme=programme, target=ags):
        cents[passage.passed_on, passage.fund, Place(passage.place)] += passage.cents
    return dict(cents)


@dataclass(frozen=True)
class InYear:
    """What successions did in a programme year, by AGS, as far as the progress of bodies asks.

    ``agreed_cents`` came as agreed, less what went; ``days`` are those on which something came;
    ``awaited`` are bodies that began, and to whom money is still to pass.
    """

    agreed_cents: Mapping[str, int] = field(default_factory=dict)
    days: Mapping[str, date] = field(default_factory=dict)
    awaited: frozenset[str] = frozenset()


def in_year(programme: str, year: int, on: date, known_on: date | None = None) -> InYear:
    """See :class:`InYear`; asks nothing of a programme whose bodies have not changed by then."""
    last = period_of(programme, year).last
    if not any(each.day <= last for each in packs.successions(programme)):
        return InYear()
    agreed_cents: dict[str, int] = defaultdict(int)
    days: dict[str, date] = {}
    passed = Passage.objects.filter(programme=programme, year=year)
    passed = passed.filter(passed_on__lte=known_on) if known_on else passed
    columns = ("place", "source", "target", "cents", "passed_on")
    for place, source, target, cents, day in passed.order_by("pk").values_list(*columns):
        days.setdefault(target, day)
        if place == Place.AGREED:
            agreed_cents[target] += cents
            agreed_cents[source] -= cents
    return InYear(agreed_cents, days, _awaited(programme, year, on))


def _awaited(programme: str, year: int, on: date) -> frozenset[str]:
    """The bodies that began within a year and to whom money of it is still to pass."""
    if not changes_in(programme, year):
        return frozenset()
    bodies = packs.bodies(programme)
    waiting = [each.succession for each in pending(programme, on) if year in each.years]
    return frozenset(ags for each in waiting for ags in beginning(bodies, each))


def off_the_books(programme: str) -> list[tuple[Fund, Place, str, int, int]]:
    """Where the records and the books differ: fund, place, body, recorded and booked cents."""
    recorded: dict[tuple[Fund, Place, str], int] = defaultdict(int)
    passed = Passage.objects.filter(programme=programme).order_by()
    for passage in passed:
        place = Place(passage.place)
        recorded[passage.fund, place, passage.target] += passage.cents
        recorded[passage.fund, place, passage.source] -= passage.cents
    notices = {number for number in passed.values_list("number", flat=True) if number}
    booked: dict[tuple[Fund, Place, str], int] = defaultdict(int)  # all measures together
    for key, cents in ledger.moved_by(EntryCode.SUCCESSION, programme).items():
        # What a recorded notice commits goes with the agreed money, and is recorded as that.
        if key.book == Book.PLANNING or number_in(key) in notices:
            booked[key.fund, key.place, key.ags] += cents
    keys = {*recorded, *booked}
    return [
        (*key, recorded.get(key, 0), booked.get(key, 0))
        for key in sorted(keys)
        if recorded.get(key, 0) != booked.get(key, 0)
    ]


def is_open(programme: str, code: str) -> SuccessionAct | None:
    """The act by which a succession is declared and not decided yet."""
    every = SuccessionAct.objects.filter(programme=programme, succession=code)
    return every.filter(state=SuccessionState.DECLARED).first()
