"""What the demo's money lacks: agreed in part, waived, cut below what is agreed, uncovered."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from django.conf import settings

from zielwerk.adjustments import actions as adjustments
from zielwerk.agreements import actions as agreements
from zielwerk.agreements import queries as recorded
from zielwerk.agreements.models import Agreement
from zielwerk.allocation import actions as allocation
from zielwerk.allocation import queries as scenarios
from zielwerk.allocation.models import Scenario
from zielwerk.budget import actions as budget
from zielwerk.config import world, world_money
from zielwerk.config.cast import walk
from zielwerk.config.world import Cast
from zielwerk.imports import actions as imports
from zielwerk.packs import loading as packs
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.adjustment import AdjustmentKind
from zielwerk.rulebook.planning import Fund

EURO = 100
PART = 10_000 * EURO


def furnish(cast: Cast) -> None:
    """Every kind of figure that the glossary knows is somewhere above or below zero."""
    newest = max(world_money.years(settings.PROGRAMME))
    at = world_money.moment(newest, 10, 9)  # after all that the demo did
    for one in Scenario.objects.exclude(state__in=("draft", "discarded", "allocated")):
        _, at = walk(cast, one, at + timedelta(minutes=20), timedelta(minutes=5))
    agreed = Fund(settings.PROGRAMME, world.demo_year())
    agree_in_part(cast, agreed, at + timedelta(hours=1))
    second, third = [one.ags for one in recorded.standing().order_by("ags")[1:3]]
    waive(cast, agreed, second, at + timedelta(hours=2))
    take_from(cast, agreed, second, at + timedelta(hours=3), is_decided=True)
    take_from(cast, agreed, third, at + timedelta(hours=4), is_decided=False)
    ask_for_more(cast, Fund(settings.PROGRAMME, newest), at + timedelta(hours=5))
    ailing = Fund(settings.PROGRAMME, newest)
    cut_the_budget(cast, ailing, at + timedelta(hours=6))
    give_back(cast, ailing, at + timedelta(hours=7))
    cut_the_budget(cast, ailing, at + timedelta(hours=8))
    send_a_table(cast, newest, at + timedelta(hours=9))


def agree_in_part(cast: Cast, fund: Fund, at: datetime) -> None:
    """One body agrees half of what it has; of another one, somebody only begins to record."""
    agreed = set(Agreement.objects.filter(year=fund.year).values_list("ags", flat=True))
    given = {a: cents for a, cents in programmes.standing(fund).totals.items() if a not in agreed}
    ags = next(iter(given))
    template = world.invented()[0]
    terms = replace(template, **world.frame(fund.programme, fund.year, ags))  # type: ignore[arg-type]
    terms = replace(terms, amount_cents=given[ags] // 2)
    world.record_and_publish(cast, terms, True, at)
    newest = replace(terms, year=max(world_money.years(fund.programme)))
    entered = agreements.HandEntry(newest, "Brief", True)
    first, _ = cast.takers("recording", newest.year, ags)
    agreements.begin_by_hand(first, entered, at=at + timedelta(minutes=30))


def waive(cast: Cast, fund: Fund, ags: str, at: datetime) -> None:
    """A body needs less than it has agreed: that is changed, and it gives the rest back."""
    agreement = recorded.recorded(fund.programme, fund.year, ags).get()
    world.change(cast, agreement, PART, at - timedelta(minutes=40))
    move = adjustments.Move(AdjustmentKind.WAIVER, fund, ags, PART, "Ein Kurs fällt aus")
    first, second = cast.takers("adjustment", fund.year, ags)
    declared = adjustments.declare(first, move, at=at)
    adjustments.decide(second, declared, at=at + timedelta(minutes=5))


def take_from(cast: Cast, fund: Fund, ags: str, at: datetime, *, is_decided: bool) -> None:
    """A body is to have less than it has agreed, all others what they have."""
    given = programmes.standing(fund).totals
    amounts = {a: cents - PART * (a == ags) for a, cents in given.items()}
    by_hand = {a: {"amount_cents": c, "reason": "Kürzung"} for a, c in amounts.items()}
    one = begun(cast, fund, sum(amounts.values()), f"Kürzung bei {ags}", at, overrides=by_hand)
    pace = timedelta(minutes=5)
    walk(cast, one, at + pace, pace, to_the_end=is_decided)


def give_back(cast: Cast, fund: Fund, at: datetime) -> None:
    """Who has most of what is not agreed loses some: a part covers a gap, the rest becomes free."""
    bodies = programmes.standing(fund).bodies
    ags = max(bodies, key=lambda a: bodies[a].allocated_cents)
    amounts = {a: c - 3 * PART * (a == ags) for a, c in programmes.standing(fund).totals.items()}
    by_hand = {a: {"amount_cents": c, "reason": "Kürzung"} for a, c in amounts.items()}
    one = begun(cast, fund, sum(amounts.values()), "Rückgabe", at, overrides=by_hand)
    walk(cast, one, at + timedelta(minutes=5), timedelta(minutes=5), to_the_end=True)


def ask_for_more(cast: Cast, fund: Fund, at: datetime) -> None:
    total = sum(programmes.standing(fund).totals.values())
    begun(cast, fund, total + 100 * PART, "Aufwuchs", at)
    one = begun(cast, fund, total + 100 * PART, "Aufwuchs, um 1 % gekürzt", at)
    cut = allocation.Draft(
        name=one.name,
        comment="",
        total_cents=one.total_cents,
        key={**one.key, "across_percent": "-1"},
        data=one.data,
        revision=one.revision,
    )
    allocation.keep(cast.officer, one, cut, at=at)


def begun(
    cast: Cast, fund: Fund, cents: int, name: str, at: datetime, **changes: object
) -> Scenario:
    data = scenarios.latest_data(fund.programme, fund.year)
    keys = packs.load(fund.programme, fund.year).allocation_keys
    key = next(one for one in keys if one.earmark == fund.earmark)
    assert data
    return world_money.scenario(cast.officer, data, key, cents, name, at, **changes)


def cut_the_budget(cast: Cast, fund: Fund, at: datetime) -> None:
    """The budget takes more than is free, so that the state itself lacks something."""
    given = packs.demo_year(fund.programme, fund.year).appropriations[0]
    line = budget.Line(fund.programme, fund.year, given.budget_line, given.money_source)
    cents = programmes.standing(fund).free_cents + PART
    entry = budget.Entry(line, cents, date(fund.year, 10, 1), "Nachtragshaushaltsgesetz")
    budget.cut(cast.officer, entry, at=at)


def send_a_table(cast: Cast, year: int, at: datetime) -> None:
    rules = packs.load(settings.PROGRAMME, year)
    bodies = packs.bodies_in(settings.PROGRAMME, year)
    rows = [["AGS", *(one.label for one in rules.indicators)]]
    rows += [[one.ags, *("7" for _ in rules.indicators)] for one in bodies]
    table = "\n".join(";".join(row) for row in rows).encode()
    options = {"source": "Statistik", "reference_date": f"{year - 1}-06-30"}
    sent = imports.Incoming("indicators", settings.PROGRAMME, year, "bedarf.csv", table, options)
    imports.receive(cast.officer, sent, at=at)
