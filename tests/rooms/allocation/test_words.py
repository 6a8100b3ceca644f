"""What is wrong with a key or with needs is said of an indicator by its name."""

from datetime import date
from fractions import Fraction

import pytest

from tests.rooms.money import AT, OFFICER, YEAR, bodies, enter_needs, key, scenario
from zielwerk.allocation import actions as allocation
from zielwerk.allocation import queries
from zielwerk.allocation.actions import Needs
from zielwerk.language import sentence
from zielwerk.packs import loading as packs
from zielwerk.packs.model import Indicator
from zielwerk.rulebook.refusal import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def first(programme: str) -> Indicator:
    return packs.load(programme, YEAR).indicators[0]


def needs(programme: str, first: Indicator, value: int) -> Needs:
    """The year's needs, in which this indicator has one value for everybody."""
    values = {one.ags: {first.code: Fraction(value)} for one in bodies(programme)}
    return Needs(programme, YEAR, "Statistik", date(YEAR - 1, 6, 30), values)


def test_a_scenario_that_cannot_be_computed_names_the_indicator(
    programme: str, first: Indicator
) -> None:
    nothing = allocation.enter_indicators(OFFICER, needs(programme, first, 0), at=AT)
    enter_needs(programme)
    for changes in ({"data": nothing}, {"key": key(programme, weights={first.code: "-1"})}):
        one = scenario(programme, **changes)
        (said,) = {sentence(why) for why in queries.facts_of(one, AT.date()).refusals if why.params}
        assert f"„{first.label}“" in said
        assert first.code not in said


def test_needs_below_zero_name_the_indicator(programme: str, first: Indicator) -> None:
    with pytest.raises(Refused) as refused:
        allocation.enter_indicators(OFFICER, needs(programme, first, -1), at=AT)
    said = {sentence(one) for one in refused.value.refusals}
    assert all(f"„{first.label}“" in one and first.code not in one for one in said)
