"""A programme year made ready to share out its money, by the verbs that people use."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

from tests import worlds
from zielwerk.allocation import actions as allocation
from zielwerk.allocation.actions import Draft, Needs, Start
from zielwerk.allocation.models import IndicatorData, Scenario
from zielwerk.budget import actions as budget
from zielwerk.budget.actions import Entry, Line
from zielwerk.identity.actions import Operator
from zielwerk.packs import loading as packs
from zielwerk.packs.model import Body
from zielwerk.rulebook.planning import Fund

AT = datetime(2026, 2, 2, 9, 0, tzinfo=UTC)
OFFICER = Operator("user:101", frozenset({"ministry"}))
HEAD = Operator("user:102", frozenset({"ministry"}))
EURO = 100
MILLION = 1_000_000 * EURO

YEAR = 2026


def bodies(programme: str, year: int = YEAR) -> tuple[Body, ...]:
    return packs.bodies_in(programme, year)


def enact(programme: str, cents: int = 30 * MILLION, earmark: str = "", year: int = YEAR) -> None:
    rules = packs.load(programme, year)
    allowed = next((one.money_sources for one in rules.earmarks if one.code == earmark), ())
    source = (*allowed, rules.money_sources[0].code)[0]
    line = Line(programme, year, "0806 684 71", source, earmark)
    budget.enact(OFFICER, Entry(line, cents, date(year, 1, 1), "Haushaltsgesetz"), at=AT)


def enter_needs(programme: str, year: int = YEAR) -> IndicatorData:
    """Needs that grow with the place in the list: the last body has the most."""
    codes = [one.code for one in packs.load(programme, year).indicators]
    values = {
        body.ags: {code: Fraction(1000 * place) for code in codes}
        for place, body in enumerate(bodies(programme, year), 1)
    }
    needs = Needs(programme, year, "Statistik (Test)", date(year - 1, 6, 30), values)
    return allocation.enter_indicators(OFFICER, needs, at=AT)


def key(programme: str, **changes: Any) -> dict[str, Any]:
    """A plain key over the programme's first indicator, without limits."""
    first = packs.load(programme, YEAR).indicators[0].code
    plain = {"rounding_cents": 100 * EURO, "base_cents": 0, "weights": {first: "1"}}
    return {**plain, **changes}


def draft(programme: str, data: IndicatorData, cents: int, **changes: Any) -> Draft:
    given = {"name": "Grundfall", "comment": "", "overrides": {}, "key": key(programme)}
    return Draft(total_cents=cents, data=data, **{**given, **changes})


def scenario(
    programme: str, cents: int = 27 * MILLION, earmark: str = "", **changes: Any
) -> Scenario:
    data = changes.pop("data", None) or enter_needs(programme)
    start = Start(Fund(programme, YEAR, earmark), draft(programme, data, cents, **changes))
    return allocation.begin(OFFICER, start, at=AT)


def put_forward(one: Scenario) -> Scenario:
    """Propose, and hear whoever the programme wants heard."""
    one = allocation.propose(OFFICER, one, at=AT)
    rules = packs.load(one.programme, one.year)
    if any(stage.code == "consult" for stage in rules.stages):
        one = allocation.consult(OFFICER, one, note="keine Einwände", at=AT)
    return one


def decided(programme: str, cents: int = 27 * MILLION, **changes: Any) -> Scenario:
    """A scenario that was decided; where that was done in the same world before, as it was."""
    return worlds.put(_decided, programme, cents, **changes)


def _decided(programme: str, cents: int, **changes: Any) -> Scenario:
    one = put_forward(scenario(programme, cents, **changes))
    return allocation.decide(HEAD, one, at=AT)


def by_hand(**amounts: int) -> Mapping[str, Mapping[str, Any]]:
    """Overrides by AGS (``b06435=…``), in cents."""
    return {
        ags.removeprefix("b"): {"amount_cents": cents, "reason": "Leitungsentscheidung"}
        for ags, cents in amounts.items()
    }
