"""Which ancillary provisions go with a notice, and their words, with three invented ones."""

from dataclasses import dataclass
from datetime import date

import pytest

from zielwerk.rulebook.grant.citation import Act
from zielwerk.rulebook.grant.conditions import (
    Kind,
    by_kind,
    holding,
    passed_on,
    slots_of,
    why_not_citable,
    worded,
)
from zielwerk.rulebook.refusal import Refused

DAY = date(2026, 7, 1)


@dataclass(frozen=True)
class Provision:
    """A provision as in a pack."""

    code: str
    kind: str
    text: str = ""
    citation: str = ""
    inherits: bool = False
    optional: bool = False
    only_for: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_until: date | None = None


USE = Provision("use", Kind.DUTY, "Frist: {use_period}.", "Nr. 1.4 ANBest-GK", inherits=True)
OLD = Provision("use", Kind.DUTY, valid_until=date(2025, 12, 31))
LATER = Provision("final", Kind.RESERVATION, optional=True)
CITIES = Provision("council", Kind.CONDITION, only_for=("independent_city",))
ALL = (USE, OLD, LATER, CITIES)


def test_a_notice_carries_what_holds_on_its_day_for_its_recipient_and_what_was_chosen():
    assert holding(ALL, DAY, "district") == (USE,)
    assert holding(ALL, DAY, "district", {"final"}) == (USE, LATER)
    assert holding(ALL, DAY, "independent_city") == (USE, CITIES)
    assert holding(ALL, date(2025, 7, 1), "district") == (USE, OLD)


def test_some_bind_also_those_who_get_the_money_from_the_recipient():
    assert passed_on(ALL) == (USE,)


def test_they_stand_in_the_order_of_the_law():
    assert list(by_kind((USE, LATER, CITIES))) == [Kind.CONDITION, Kind.DUTY, Kind.RESERVATION]


def test_rates_and_periods_are_those_of_the_day_and_a_missing_one_is_refused():
    assert slots_of("{a} und {b}, {a}") == ("a", "b")
    assert worded(USE.text, {"use_period": "2 Monate"}) == "Frist: 2 Monate."
    with pytest.raises(Refused):
        worded(USE.text, {"use_period": ""})


def test_each_rests_on_norms_that_exist_on_the_day():
    assert why_not_citable((USE, CITIES), (Act("ANBest-GK"),), DAY) == ()
    assert [each.rule for each in why_not_citable((USE,), (), DAY)] == ["grant.act_unknown"]
    odd = Provision("odd", Kind.DUTY, citation="irgendwo")
    assert [each.rule for each in why_not_citable((odd,), (), DAY)] == ["grant.citation_unreadable"]
