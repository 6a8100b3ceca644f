"""Planned measures: what is missing, what two people make of one plan, what last year leaves."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zielwerk.rulebook.calendar import Period
from zielwerk.rulebook.planned import (
    FIELDS,
    PLANNED,
    CostLine,
    Plan,
    PlannedFacts,
    PlanRules,
    Review,
    by_source,
    by_source_and_year,
    changes,
    faults,
    merged,
    months_of,
    moved,
    names_age_group,
    reviewed,
    to_review,
)
from zielwerk.rulebook.planned.changes import LABELS
from zielwerk.rulebook.refusal import Refused
from zielwerk.rulebook.target import Target, TargetKind

YEAR = (date(2026, 1, 1), date(2026, 12, 31))
RULES = PlanRules(
    period=Period(*YEAR),
    budget_years=range(2026, 2031),
    types={"qualification": True, "staff_training": False},
    groups={"single_parents": False, "hidden_reserve": True},
    frameworks={"strategy": (None, None), "alliance": (date(2025, 1, 1), date(2026, 3, 31))},
    indicators={"entries": True},
    legal_areas={"SGB II", "SGB III"},
    earmarks={"language"},
    categories={"staff", "material"},
    sources={"state", "county"},
    passing_on={"contract", "own_delivery"},
    strategy={"care"},
    carriers={7},
    titles={"team-camp"},
)
PLAN = Plan(
    title="Altenpflegehilfe + Sprache",
    type="qualification",
    first_day=date(2026, 2, 1),
    last_day=date(2026, 12, 31),
    seats=12,
    target_groups=("single_parents",),
    legal_areas=("SGB II",),
    part_time="yes",
    language="yes",
    earmark="language",
    passing_on="contract",
    party=7,
    carrier="AQA gGmbH",
    costs=(CostLine("staff", "state", 2026, 80_000_00), CostLine("material", "county", 2027, 5_50)),
    priorities=("care",),
    frameworks=("strategy",),
    accessibility="Die Räume sind stufenlos erreichbar.",
    gender="Kurse liegen in der Schulzeit.",
    targets=(Target(1, TargetKind.WORDS, words="Abends offen."),),
)


def broken(plan: Plan) -> list[str]:
    return [refusal.rule.removeprefix("plan.") for refusal in faults(plan, RULES)]


def test_a_whole_plan_has_no_faults() -> None:
    assert broken(PLAN) == []


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"title": ""}, "title"),
        ({"title": "Team-Camp"}, "title_twice"),
        ({"title": "TEAM-CAMP "}, "title_twice"),
        ({"title": "U-25 Robotik"}, "age_group"),
        ({"type": ""}, "type"),
        ({"type": "lottery"}, "type_unknown"),
        ({"last_day": None}, "period"),
        ({"last_day": date(2026, 1, 31)}, "period_reversed"),
        ({"last_day": date(2027, 1, 1)}, "period_outside"),
        ({"first_day": date(2025, 12, 31)}, "period_outside"),
        ({"seats": None}, "seats"),
        ({"seats": 0}, "no_seats"),
        ({"target_groups": ()}, "target_groups"),
        ({"target_groups": ("everybody",)}, "group_unknown"),
        ({"target_groups": ("hidden_reserve",)}, "group_reason"),
        ({"legal_areas": ()}, "legal_areas"),
        ({"legal_areas": ("SGB I",)}, "legal_area_unknown"),
        ({"part_time": ""}, "part_time"),
        ({"language": ""}, "language"),
        ({"passing_on": ""}, "carrier"),
        ({"passing_on": "magic"}, "passing_on_unknown"),
        ({"passing_on": "own_delivery"}, "carrier_contradicts"),
        ({"party": None}, "carrier_contradicts"),
        ({"party": 8}, "carrier_without_relation"),
        ({"earmark": "digital"}, "earmark_unknown"),
        ({"costs": ()}, "costs"),
        ({"costs": (CostLine("gold", "state", 2026, 1),)}, "cost_unknown"),
        ({"costs": (CostLine("staff", "state", 2025, 1),)}, "cost_year"),
        ({"costs": (CostLine("staff", "state", 2031, 1),)}, "cost_year"),
        ({"costs": (CostLine("staff", "state", 2026, 0),)}, "cost_amount"),
        ({"costs": 2 * (CostLine("staff", "state", 2026, 1),)}, "cost_twice"),
        ({"frameworks": ("gone",)}, "framework"),
        ({"priorities": ("space travel",)}, "priority"),
        ({"accessibility": ""}, "accessibility"),
        ({"gender": ""}, "gender"),
    ],
)
def test_every_fault_is_told(change: dict[str, Any], rule: str) -> None:
    assert broken(replace(PLAN, **change)) == [rule]


@pytest.mark.parametrize(
    "change",
    [
        {"title": "U-25 Robotik", "age_reason": "So heißt das Team."},
        {"target_groups": ("hidden_reserve",), "group_reason": "Zugang über Beratungsstellen"},
        {"passing_on": "own_delivery", "party": None, "carrier": ""},
        {"frameworks": ("alliance",)},  # valid on some days of the period
        {"earmark": ""},
    ],
)
def test_an_answer_settles_what_was_asked(change: dict[str, Any]) -> None:
    assert broken(replace(PLAN, **change)) == []


def test_staff_training_has_neither_places_nor_target_groups() -> None:
    training = replace(PLAN, type="staff_training", seats=None, target_groups=(), legal_areas=())
    training = replace(training, part_time="", language="")
    assert broken(training) == []
    assert broken(replace(training, seats=3)) == ["seats_without_participants"]
    assert broken(replace(training, target_groups=("single_parents",))) == [
        "groups_without_participants"
    ]


def test_a_framework_that_ends_before_the_measure_begins_is_not_valid() -> None:
    late = replace(PLAN, frameworks=("alliance",), first_day=date(2026, 4, 1))
    assert broken(late) == ["framework"]


def test_a_target_of_a_plan_is_checked_within_the_months_of_the_measure() -> None:
    assert months_of(PLAN, RULES)[0] == "2026-02"
    assert len(months_of(PLAN, RULES)) == 11
    curve = (("2026-01", 1), ("2026-12", 2))
    early = Target(1, "value", "entries", "", 2, None, True, "A", "B", curve)
    found = faults(replace(PLAN, targets=(early,)), RULES)
    assert [refusal.rule for refusal in found] == ["targets.curve_outside"]


@pytest.mark.parametrize(
    ("title", "asks"),
    [("U-25 Robotik", True), ("Arbeit 50plus", True), ("Kurs ab 25", True), ("Kurs 2026", False)],
)
def test_a_title_with_an_age_group_is_a_question(title: str, asks: bool) -> None:
    assert names_age_group(title) is asks


def test_sums_are_computed_and_nothing_is_none() -> None:
    assert PLAN.cost_cents == 80_005_50
    assert Plan().cost_cents is None
    assert by_source(PLAN.costs) == {"state": 80_000_00, "county": 5_50}
    assert by_source_and_year(PLAN.costs)["county"] == {"2027": 5_50}


def test_a_plan_comes_back_from_json_as_it_was() -> None:
    assert Plan.from_json(PLAN.to_json()) == PLAN
    assert Plan.from_json(Plan().to_json()) == Plan()


def test_ready_is_a_plan_without_faults_and_without_open_reviews() -> None:
    assert PLANNED.after("draft", "finish", PlannedFacts((), 0)) == "ready"
    for facts in (PlannedFacts(faults(Plan(), RULES), 0), PlannedFacts((), 2)):
        with pytest.raises(Refused):
            PLANNED.after("draft", "finish", facts)


# --- changes ------------------------------------------------------------------------------


def test_a_change_names_its_line_and_what_stood_there() -> None:
    after = replace(
        PLAN,
        seats=None,
        legal_areas=("SGB III",),
        costs=(CostLine("staff", "state", 2026, 90_000_00),),
    )
    told = [(one.field, one.before, one.after) for one in changes(PLAN, after)]
    assert told == [
        ("seats", 12, None),
        ("legal_areas", "SGB II", None),
        ("legal_areas", None, "SGB III"),
        ("costs", 80_000_00, 90_000_00),
        ("costs", 5_50, None),
    ]


def test_costs_in_another_order_are_no_change() -> None:
    assert changes(PLAN, replace(PLAN, costs=PLAN.costs[::-1])) == ()


def test_every_field_of_a_plan_is_told_when_it_changes() -> None:
    assert set(LABELS) == set(FIELDS)


def test_who_changed_another_field_overwrites_nothing() -> None:
    theirs, mine = replace(PLAN, seats=20), replace(PLAN, title="Pflegehilfe")
    both, conflicts = merged(PLAN, theirs, mine)
    assert (both.seats, both.title, conflicts) == (20, "Pflegehilfe", ())


def test_a_field_that_both_changed_waits_for_a_choice() -> None:
    theirs, mine = replace(PLAN, seats=20), replace(PLAN, seats=15)
    kept, (conflict,) = merged(PLAN, theirs, mine)
    assert (conflict.field, conflict.before, conflict.theirs, conflict.mine) == (
        "seats",
        12,
        20,
        15,
    )
    assert kept.seats == 15
    assert merged(PLAN, theirs, mine, {"seats": "theirs"}) == (theirs, ())
    assert merged(PLAN, theirs, mine, {"seats": "mine"})[0].seats == 15


def test_who_carries_it_out_and_how_are_one_answer() -> None:
    theirs = replace(PLAN, party=9, carrier="BWHW")
    mine = replace(PLAN, passing_on="own_delivery", party=None, carrier="")
    _, (conflict,) = merged(PLAN, theirs, mine)
    assert conflict.field == "passing_on"
    assert merged(PLAN, theirs, mine, {"passing_on": "mine"})[0] == mine


VALUES = {
    "title": st.sampled_from(["A", "B", "C"]),
    "seats": st.sampled_from([None, 1, 2]),
    "legal_areas": st.sampled_from([(), ("SGB II",), ("SGB III", "SGB II")]),
    "gender": st.sampled_from(["", "x", "y"]),
}
PLANS = st.fixed_dictionaries(VALUES).map(lambda values: Plan(**values))


@given(PLANS, PLANS, PLANS)
def test_nothing_is_overwritten_silently(base: Plan, theirs: Plan, mine: Plan) -> None:
    """What I changed holds, what only the other changed holds, and what both did is a conflict."""
    both, conflicts = merged(base, theirs, mine)
    asked = {conflict.field for conflict in conflicts}
    for name in VALUES:
        old, other, own = (getattr(plan, name) for plan in (base, theirs, mine))
        assert getattr(both, name) == (other if own == old else own)
        assert (name in asked) == (old not in (other, own) and other != own)
    settled, left = merged(base, theirs, mine, dict.fromkeys(asked, "theirs"))
    assert left == ()
    assert all(getattr(settled, name) == getattr(theirs, name) for name in asked)


# --- last year ----------------------------------------------------------------------------


def test_a_plan_moves_by_a_year_with_its_days_costs_and_curves() -> None:
    curve = (("2026-03", 5), ("2026-12", 20))
    plan = replace(PLAN, targets=(Target(1, curve=curve),), first_day=date(2024, 2, 29))
    later = moved(plan, 1, (date(2025, 1, 1), date(2027, 12, 31)))
    assert later.first_day == date(2025, 2, 28)
    assert later.last_day == date(2027, 12, 31)
    assert [line.budget_year for line in later.costs] == [2027, 2028]
    assert later.targets[0].curve == (("2027-03", 5), ("2027-12", 20))
    assert later.cost_cents == PLAN.cost_cents


def test_days_stay_within_the_new_year_and_are_all_of_it_where_none_were_named() -> None:
    whole = moved(Plan(title="A"), 1, YEAR)
    assert (whole.first_day, whole.last_day) == YEAR


def test_only_what_no_longer_holds_asks_to_be_reviewed() -> None:
    """A plan that holds asks for its costs and targets alone: they are last year's."""
    assert [review.field for review in to_review(PLAN, RULES)] == ["costs", "targets"]
    assert to_review(replace(PLAN, costs=(), targets=()), RULES) == ()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"type": "lottery"}, "type"),
        ({"target_groups": ("gone",)}, "target_groups"),
        ({"legal_areas": ("SGB I",)}, "legal_areas"),
        ({"earmark": "digital"}, "earmark"),
        ({"passing_on": "magic"}, "passing_on"),
        ({"party": 8}, "passing_on"),
        ({"frameworks": ("alliance",), "first_day": date(2026, 4, 1)}, "frameworks"),
        ({"priorities": ("space travel",)}, "priorities"),
    ],
)
def test_what_no_longer_holds_is_named_with_its_reason(change: dict[str, Any], field: str) -> None:
    plan = replace(PLAN, costs=(), targets=())
    (review,) = to_review(replace(plan, **change), RULES)
    assert review.field == field
    assert review.reason


def test_whoever_changes_a_field_has_looked_at_it() -> None:
    open_ = (Review("costs", "…"), Review("passing_on", "…"), Review("type", "…"))
    after = replace(PLAN, costs=PLAN.costs[:1], party=9)
    assert [review.field for review in reviewed(open_, PLAN, after)] == ["type"]
