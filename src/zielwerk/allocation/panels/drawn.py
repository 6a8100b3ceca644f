"""Which kinds of the free money a decision would draw."""

from collections import defaultdict
from datetime import date

from zielwerk.allocation.models import Scenario
from zielwerk.ledger import actions as ledger
from zielwerk.ledger.models import Place
from zielwerk.programme import queries as programmes
from zielwerk.rulebook import planning
from zielwerk.rulebook.scenario import ScenarioFacts
from zielwerk.rulebook.tranche import Tranche


def drawn(scenario: Scenario, facts: ScenarioFacts, on: date) -> list[tuple[str, int]]:
    """What the decision would take of the free money on a day, by the names of its kinds."""
    if facts.read is None:
        return []
    bookings = planning.decision(facts.read.standing, facts.read.distribution.amounts)
    taken: dict[Tranche, int] = defaultdict(int)
    for part in ledger.following(ledger.planned(bookings, scenario.fund, on, "-")):
        for key, sign in ((part.source, 1), (part.target, -1)):
            if key.place == Place.FREE:
                taken[key.tranche] += sign * part.amount_cents
    return [(programmes.tranche(one), cents) for one, cents in taken.items() if cents > 0]
