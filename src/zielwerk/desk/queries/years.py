"""The programme years of bodies side by side: money, measures, seats, targets, agreements.

One page of a body and the list of all of them read here, so that a word shows one figure.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Count, Sum

from zielwerk.agreements import queries as agreements
from zielwerk.agreements.models import AgreedMeasure, Agreement
from zielwerk.conclusion import queries as conclusion
from zielwerk.conclusion.models import Conclusion
from zielwerk.core import permissions
from zielwerk.core.audit import reference
from zielwerk.core.permissions import Actor, may_see
from zielwerk.core.queries import within
from zielwerk.desk.queries.season import BodySeason, SeasonYear, season_year
from zielwerk.ledger import queries as ledger
from zielwerk.ledger.models import Book, Place
from zielwerk.measures import queries as measures
from zielwerk.measures.models import OverallTarget, PlannedMeasure
from zielwerk.packs import loading as packs
from zielwerk.packs.model import Body
from zielwerk.programme import queries as programmes
from zielwerk.publication import queries as publication
from zielwerk.publication.models import Edition
from zielwerk.rulebook.continuity import Item, Thread, threads
from zielwerk.rulebook.kinds import forms
from zielwerk.rulebook.planned import PlannedState
from zielwerk.rulebook.target import TargetKind
from zielwerk.rulebook.tranche import Tranche
from zielwerk.strategy import queries as regional
from zielwerk.strategy.models import LAID_DOWN, Strategy

Where = tuple[str, int]
"""A body by its key, and a programme year."""
MONEY: dict[str, tuple[Book, tuple[Place, ...]]] = {
    "given": (Book.PLANNING, (Place.ALLOCATED, Place.AGREED, Place.UNCOVERED)),
    "agreed": (Book.PLANNING, (Place.AGREED,)),
    "uncovered": (Book.PLANNING, (Place.UNCOVERED,)),
    "committed": (Book.COMMITMENT, (Place.COMMITTED,)),
    "paid": (Book.CASH, (Place.PAID,)),
}
"""What is told of a body's money of a year: the places of a book that count."""
FORMS = ("money", "authority", "unknown")
"""The forms of an amount, which are never one figure, in the order of :class:`Forms`."""
GIVEN_UP = {"state": PlannedState.DROPPED}


def sees(user: Actor, permission: str) -> bool:
    return not permissions.role_refusal(user, permission)


def open_years(programme: str, ags: str = "") -> list[int]:
    """The programme years whose rules hold, of one body those in which there is such a body."""
    drafts = programmes.draft_years(programme)
    return [
        year
        for year in sorted(packs.years(programme))
        if year not in drafts
        and (not ags or any(body.ags == ags for body in packs.bodies_in(programme, year)))
    ]


def since_first(years: Sequence[int], known: Collection[int]) -> list[int]:
    """The years from the first of which anything is known; all where nothing is."""
    first = min(known, default=0)
    return [year for year in years if year >= first]


def bodies_of(user: Actor, programme: str) -> list[Body]:
    """The bodies of any open programme year within the perimeter, each as it was last."""
    found: dict[str, Body] = {}
    for year in open_years(programme):
        found |= {body.ags: body for body in packs.bodies_in(programme, year)}
    return [body for ags, body in found.items() if may_see(user, ags)]


# --- figures ------------------------------------------------------------------------------


def year_money(
    user: Actor, programme: str, ags: str = ""
) -> dict[tuple[str, str], dict[Where, int]]:
    """What bodies have of each year, in cents, by what it is and its form; one query.

    Money of a budget and authority for later are apart, and so are the programme years.
    """
    if not sees(user, "ledger.look"):
        return {}
    wanted = {"ags": ags} if ags else {}
    books = {book for book, _ in MONEY.values()}
    held: dict[tuple[str, Where], dict[Tranche, int]] = defaultdict(lambda: defaultdict(int))
    for key, cents in ledger.account_balances(book__in=books, programme=programme, **wanted):
        if not key.ags or not may_see(user, key.ags):
            continue
        for what, (book, places) in MONEY.items():
            if key.book == book and key.place in places:
                held[what, (key.ags, key.programme_year)][key.tranche] += cents
    found: dict[tuple[str, str], dict[Where, int]] = defaultdict(dict)
    for (what, where), tranches in held.items():
        for form, cents in zip(FORMS, forms(tranches), strict=True):
            if cents:
                found[what, form][where] = cents
    return found


def planned_counts(user: Actor, programme: str, ags: str = "") -> dict[str, dict[Where, int]]:
    """How many measures bodies plan for each year, and with how many seats; one query."""
    if not sees(user, "measures.look"):
        return {"planned": {}, "seats": {}}
    rows = measures.planned_measures(user, programme).exclude(**GIVEN_UP).order_by()
    rows = rows.filter(ags=ags) if ags else rows
    summed = rows.values("ags", "year").annotate(number=Count("pk"), all_seats=Sum("seats"))
    found: dict[str, dict[Where, int]] = {"planned": {}, "seats": {}}
    for ags, year, number, seats in summed.values_list("ags", "year", "number", "all_seats"):
        found["planned"][ags, year] = number
        if seats is not None:
            found["seats"][ags, year] = seats
    return found


def agreed_counts(user: Actor, programme: str) -> dict[Where, int]:
    """How many measures the agreements of bodies name, by year; one query."""
    if not sees(user, "agreements.look"):
        return {}
    rows = agreements.agreements(user).filter(programme=programme)
    found: dict[Where, int] = defaultdict(int)
    columns = ("ags", "year", "measure_count")
    for ags, year, number in rows.values_list(*columns):
        found[ags, year] += number
    return dict(found)


def target_values(user: Actor, programme: str, indicator: str) -> dict[Where, int]:
    """What bodies set themselves for all people as a whole, by one indicator; one query.

    Targets for single groups are other figures, and stand on the page of the body.
    """
    if not sees(user, "measures.look"):
        return {}
    rows = measures.overall_targets(user, programme).exclude(**GIVEN_UP)
    rows = rows.filter(kind=TargetKind.VALUE, indicator=indicator, subgroup="")
    return {
        (ags, year): value
        for ags, year, value in rows.order_by("pk").values_list("ags", "year", "value")
        if value is not None
    }


# --- one body -----------------------------------------------------------------------------


@dataclass(frozen=True)
class BodyYears:
    """A body's programme years side by side, oldest first.

    ``strategies`` are by year those that hold in it, ``seasons`` the years in which something is
    still to be done, each with the seasons that say how its stages are called. ``threads`` are
    the measures over the years; ``plans`` and ``agreed`` what their items name.
    """

    body: Body
    years: Sequence[int]
    money: Mapping[tuple[str, str], Mapping[Where, int]]
    counts: Mapping[str, Mapping[Where, int]]
    strategies: Mapping[int, Sequence[Strategy]]
    agreements: Mapping[int, Sequence[Agreement]]
    conclusions: Mapping[int, Conclusion]
    editions: Mapping[int, Edition]
    targets: Mapping[int, Sequence[OverallTarget]]
    threads: Sequence[Thread]
    plans: Mapping[str, PlannedMeasure]
    agreed: Mapping[str, AgreedMeasure]
    seasons: Mapping[int, tuple[SeasonYear, BodySeason]] = field(default_factory=dict)

    @property
    def named(self) -> set[int]:
        """The years for which the body named any measure."""
        return {year for thread in self.threads for year in thread.years}


def body_of_years(user: Actor, ags: str, today: date) -> BodyYears:
    """A body's years; the queries do not grow with what it has, only with the open years."""
    programme = settings.PROGRAMME
    body = programmes.body(user, programme, ags)[0]
    years = open_years(programme, ags)
    amounts = year_money(user, programme, ags)
    agreed = _agreements(user, programme, ags)
    editions = _editions(user, agreed)
    plans, promised = _plans(user, programme, ags), _promised(agreed)
    counts = planned_counts(user, programme, ags)
    strategies = _strategies(user, programme, ags, years)
    known = {year for of_kind in (*amounts.values(), *counts.values()) for _, year in of_kind}
    known |= {one.year for one in agreed} | {year for year, held in strategies.items() if held}
    return BodyYears(
        body=body,
        years=since_first(years, known),
        money=amounts,
        counts={**counts, "agreed_measures": _counted(promised, ags)},
        strategies=strategies,
        agreements=_by_year(agreed),
        conclusions=_conclusions(user, programme, agreed),
        editions=editions,
        targets=_by_year(_targets(user, programme, ags)),
        threads=threads(_items(plans, promised)),
        plans={reference(plan): plan for plan in plans},
        agreed={_name(one): one for one in promised},
        seasons=_seasons(user, ags, today, years, amounts, agreed, editions),
    )


def _by_year(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.year].append(row)
    return dict(found)


def _strategies(
    user: Actor, programme: str, ags: str, years: Iterable[int]
) -> dict[int, list[Strategy]]:
    """The versions that hold on any day of each year."""
    if not regional.asks_for(programme) or not sees(user, "strategy.look"):
        return {}
    rows = regional.strategies(user, programme).filter(ags=ags, state__in=LAID_DOWN)
    laid_down = list(rows.order_by("valid_from", "pk"))
    periods = {year: packs.load(programme, year).period for year in years}
    return {
        year: [one for one in laid_down if _meets(one, period.first, period.last)]
        for year, period in periods.items()
    }


def _meets(strategy: Strategy, first: date, last: date) -> bool:
    ends = strategy.last_day
    return strategy.valid_from <= last and (ends is None or ends >= max(first, strategy.valid_from))


def _agreements(user: Actor, programme: str, ags: str) -> list[Agreement]:
    if not sees(user, "agreements.look"):
        return []
    rows = agreements.agreements(user).filter(programme=programme, ags=ags)
    return list(rows.defer("terms").order_by("year", "ordinal"))


def _editions(user: Actor, agreed: Iterable[Agreement]) -> dict[int, Edition]:
    """The public edition of each agreement, by the key of the agreement."""
    keys = [one.pk for one in agreed]
    rows = within(user, publication.current_editions().filter(agreement__in=keys))
    return {edition.agreement_id: edition for edition in rows.defer("document", "public_text")}


def _conclusions(user: Actor, programme: str, agreed: Iterable[Agreement]) -> dict[int, Conclusion]:
    """By which conclusion agreements came about here, by the key of the agreement."""
    if not sees(user, "conclusion.look"):
        return {}
    rows = conclusion.conclusions(user, programme).filter(agreement__in=[one.pk for one in agreed])
    return {one.agreement_id: one for one in rows.select_related(None) if one.agreement_id}


def _targets(user: Actor, programme: str, ags: str) -> list[OverallTarget]:
    if not sees(user, "measures.look"):
        return []
    rows = measures.overall_targets(user, programme).filter(ags=ags).exclude(**GIVEN_UP)
    return list(rows.order_by("year", "position"))


def _plans(user: Actor, programme: str, ags: str) -> list[PlannedMeasure]:
    if not sees(user, "measures.look"):
        return []
    rows = measures.planned_measures(user, programme).filter(ags=ags).exclude(**GIVEN_UP)
    return list(rows.order_by("year", "title_key", "pk"))


def _promised(agreed: Iterable[Agreement]) -> list[AgreedMeasure]:
    """What the agreements name, in their order."""
    rows = AgreedMeasure.objects.filter(agreement__in=[one.pk for one in agreed])
    chosen = rows.select_related("measure").order_by("measure__year", "agreement", "position")
    return list(chosen)


def _counted(promised: Iterable[AgreedMeasure], ags: str) -> dict[Where, int]:
    found: dict[Where, int] = defaultdict(int)
    for one in promised:
        found[ags, one.measure.year] += 1
    return dict(found)


def _name(one: AgreedMeasure) -> str:
    return f"agreed:{one.pk}"


def _items(plans: Iterable[PlannedMeasure], promised: Iterable[AgreedMeasure]) -> list[Item]:
    """Plans and what was agreed as items of threads: each knows from what it goes on."""
    plans, promised = list(plans), list(promised)
    by_number = {plan.file_number: reference(plan) for plan in plans}
    by_key = {plan.pk: reference(plan) for plan in plans}
    by_measure: dict[int, list[str]] = defaultdict(list)
    for one in promised:
        by_measure[one.measure_id].append(_name(one))
    items = []
    for plan in plans:
        origins = [by_key[plan.carried_from_id]] if plan.carried_from_id in by_key else []
        origins += by_measure.get(plan.carried_measure_id or 0, [])
        items.append(Item(reference(plan), plan.year, plan.title, tuple(origins)))
    for one in promised:
        planned = by_number.get(one.planned)
        origins = [planned] if planned else []
        items.append(Item(_name(one), one.measure.year, one.measure.title, tuple(origins)))
    return items


def _seasons(
    user: Actor,
    ags: str,
    today: date,
    years: Sequence[int],
    amounts: Mapping[tuple[str, str], Mapping[Where, int]],
    agreed: Sequence[Agreement],
    editions: Mapping[int, Edition],
) -> dict[int, tuple[SeasonYear, BodySeason]]:
    """The seasons of the years that are not over: with money and not all of it public, or to come.

    What the season of a year costs is asked for no year in which nothing is due any more.
    """
    programme = settings.PROGRAMME
    running = programmes.running_year(programme, today)
    found = {}
    for year in years:
        of_year = [one for one in agreed if one.year == year]
        is_public = bool(of_year) and all(one.pk in editions for one in of_year)
        has_money = any((ags, year) in cents for (what, _), cents in amounts.items() if what)
        if is_public or not (has_money or year >= running):
            continue
        seasons = season_year(user, programme, year, today)
        row = next((row for row in seasons.rows if row.body_year.body.ags == ags), None)
        if row:
            found[year] = seasons, row
    return found
