"""What stands against an application: a worked example of every rule, and what always holds."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zielwerk.language import sentence
from zielwerk.rulebook.application import (
    RULES,
    Application,
    ApplicationRules,
    AppliedMeasure,
    Cost,
    CostPool,
    Elsewhere,
    Finding,
    FlatRate,
    Form,
    Income,
    Paper,
    RateKind,
    Weight,
    against,
    check,
)
from zielwerk.rulebook.calendar import Period
from zielwerk.rulebook.checking import Funded, OtherFunding
from zielwerk.rulebook.refusal import Said

RULES_2026 = ApplicationRules(
    Period(date(2026, 1, 1), date(2026, 12, 31)),
    range(2026, 2031),
    forms=tuple(Form),
    types={"qualification": True, "staff_training": False},
    categories={"staff": "Personal", "overheads": "Verwaltung"},
    sources={"state": "Land", "county": "Kreis", "third": "Dritte"},
    programme_sources=("state",),
    own_sources=("county",),
    earmarks={"language": "Sprache"},
    passing_on={"contract": True, "procured": False, "own_delivery": False},
    flat_rates=(FlatRate("o", "Satz", "overheads", RateKind.OVERHEAD, Decimal(10), basis="R 5"),),
    pools=(CostPool("all", "Alles", ("staff", "overheads"), Decimal(20), "R 6"),),
    declarations=(Paper("correct", "Richtig"), Paper("young", "Beteiligt", required=False)),
    attachments=(Paper("concept", "Konzept"), Paper("strategy", "Strategie", once_in="strategy")),
    early_start=True,
    allocated={"": 100_000_00, "language": 50_000_00},
    there=("strategy",),
)
MEASURE = AppliedMeasure(
    "a1",
    title="Pflegehilfe",
    planned="MP-1",
    agreed=True,
    type="qualification",
    first_day=date(2026, 4, 1),
    last_day=date(2026, 12, 31),
    seats=12,
    earmark="language",
    passing_on="procured",
    carrier="Werkhof",
    costs=(Cost("staff", 2026, 40_000_00), Cost("overheads", 2026, 4_000_00)),
    incomes=(Income("state", 2026, 30_000_00), Income("county", 2026, 14_000_00)),
)
SOUND = Application(
    2026,
    form=Form.DEFICIT,
    declarations=frozenset({"correct"}),
    attachments=frozenset({"concept"}),
    measures=(MEASURE,),
)
OTHER = Funded("Nachbarkreis, AN-7", "Pflegehilfe mit Sprache")


def found(application: Application, rules: ApplicationRules = RULES_2026) -> list[tuple[str, str]]:
    return [(finding.rule, finding.place) for finding in check(application, rules)]


def only(rules: ApplicationRules, application: Application = SOUND) -> Finding:
    [finding] = check(application, rules)
    return finding


def test_a_sound_application_has_nothing_said_about_it() -> None:
    assert check(SOUND, RULES_2026) == ()


WHOLE = [
    ({"form": ""}, [("form", "form")]),
    ({"form": "gift"}, [("form_allowed", "form")]),
    ({"form": "share"}, [("share", "share")]),
    ({"form": "share", "share_percent": Decimal(50)}, [("over_grant", "share")]),
    ({"form": "full"}, [("full_with_others", "form")]),
    ({"form": "fixed"}, []),
    ({"measures": ()}, [("no_measure", "")]),
    ({"declarations": frozenset()}, [("declaration", "declaration/correct")]),
    ({"attachments": frozenset()}, [("attachment", "attachment/concept")]),
]


@pytest.mark.parametrize(("changes", "places"), WHOLE)
def test_what_the_application_as_a_whole_lacks_is_told_at_its_place(
    changes: Mapping[str, object], places: list[tuple[str, str]]
) -> None:
    assert found(replace(SOUND, **changes)) == places  # type: ignore[arg-type]


STAFF, STATE = MEASURE.costs[0], MEASURE.incomes[0]
OF_MEASURE = [
    ({"title": " "}, [("title", "title")]),
    ({"type": ""}, [("type", "type")]),
    ({"type": "trip"}, [("type_unknown", "type")]),
    ({"first_day": None}, [("period", "first_day")]),
    ({"last_day": None}, [("period", "last_day")]),
    ({"last_day": date(2026, 3, 1)}, [("period_reversed", "last_day")]),
    ({"last_day": date(2027, 3, 1)}, [("period_outside", "last_day")]),
    ({"seats": None}, [("seats", "seats")]),
    ({"seats": 0}, [("no_seats", "seats")]),
    ({"type": "staff_training"}, [("seats_without", "seats")]),
    ({"passing_on": ""}, [("passing_on", "passing_on")]),
    ({"passing_on": "gift"}, [("passing_on_unknown", "passing_on")]),
    ({"passing_on": "own_delivery"}, [("carrier", "carrier")]),
    ({"carrier": ""}, [("carrier", "carrier")]),
    ({"costs": (), "incomes": ()}, [("costs", "cost")]),
    ({"incomes": ()}, [("without_income", "income"), ("nothing_asked", "income")]),
    ({"incomes": (Income("county", 2026, 44_000_00),)}, [("nothing_asked", "income")]),
    ({"earmark": "sports"}, [("earmark_unknown", "earmark"), ("earmark_over", "earmark")]),
    ({"passing_on": "contract"}, [("carrier_income", "income")]),
    (
        {"costs": (STAFF, Cost("overheads", 2026, 3_000_00))},
        [("balance", "income"), ("over_grant", None)],
    ),
    (
        {"costs": (Cost("cars", 2026, 44_000_00),)},
        [("line_unknown", "cost/cars/2026")],
    ),
    (
        {
            "costs": (Cost("staff", 2031, 44_000_00),),
            "incomes": (Income("state", 2031, 44_000_00),),
        },
        [("line_year", "cost/staff/2031"), ("line_year", "income/state/2031")],
    ),
    (
        {"costs": (*MEASURE.costs, Cost("staff", 2027, 0))},
        [("line_amount", "cost/staff/2027")],
    ),
    (
        {"incomes": (STATE, Income("county", 2026, 7_000_00), Income("county", 2026, 7_000_00))},
        [("line_twice", "income/county/2026")],
    ),
    (
        {"costs": (Cost("staff", 2026, 39_000_00), Cost("overheads", 2026, 5_000_00))},
        [("flat_rate", "cost/overheads/2026")],
    ),
]


@pytest.mark.parametrize(("changes", "places"), OF_MEASURE)
def test_what_a_measure_lacks_is_told_beside_its_field(
    changes: Mapping[str, object], places: list[tuple[str, str | None]]
) -> None:
    application = replace(SOUND, measures=(replace(MEASURE, **changes),))  # type: ignore[arg-type]
    expected = [(rule, f"m/a1/{place}" if place else "form") for rule, place in places]
    assert found(application) == expected


OUTSIDE = [
    ({"allocated": None}, ("nothing_allocated", "")),
    ({"allocated": {"language": 29_999_99}}, ("over_allocated", "")),
    ({"allocated": {"": 90_000_00, "language": 10_000_00}}, ("earmark_over", "m/a1/earmark")),
    ({"agreement": "beside", "agreed_cents": 20_000_00}, ("over_agreed", "")),
    ({"own_share": Decimal(40)}, ("own_share", "")),
    ({"there": ()}, ("not_there_yet", "attachment/strategy")),
    ({"strategy": (Said("kein Plan in Kraft"),)}, ("strategy_wanted", "")),
    (
        {"strategy": (Said("kein Plan in Kraft"),), "precondition_of": "funding"},
        ("strategy_needed", ""),
    ),
    ({"others": (OtherFunding("idea", "IdeA", ("pflege",)),)}, ("other_programme", "m/a1/title")),
    ({"elsewhere": (Elsewhere(OTHER, "Werkhof"),)}, ("neighbours", "m/a1/title")),
    ({"elsewhere": (Elsewhere(OTHER, own=True),)}, ("own_elsewhere", "m/a1/title")),
    ({"elsewhere": (Elsewhere(OTHER, planned="MP-1", own=True),)}, ("same_plan", "m/a1")),
    ({"decided_from": date(2026, 5, 1)}, ("early_not_asked", "m/a1/first_day")),
    (
        {"decided_from": date(2026, 5, 1), "early_start": False},
        ("early_impossible", "m/a1/first_day"),
    ),
    ({"binding": {"a1": (Cost("staff", 2026, 44_000_00),)}}, ("pool", "m/a1/cost/overheads/2026")),
]


@pytest.mark.parametrize(("facts", "place"), OUTSIDE)
def test_what_contradicts_facts_from_outside_is_told_at_its_place(
    facts: Mapping[str, object], place: tuple[str, str]
) -> None:
    assert found(SOUND, replace(RULES_2026, **facts))[0] == place  # type: ignore[arg-type]


def test_a_reason_stays_with_what_it_was_given_for() -> None:
    """The strategy lacks two things; the first of them is mended meanwhile."""
    both = Said("kein Plan in Kraft"), Said("kein Beschluss")
    rules = replace(RULES_2026, strategy=both, precondition_of="funding")
    first, second = check(SOUND, rules)
    assert first.key != second.key
    [left] = check(SOUND, replace(rules, strategy=both[1:]))
    assert left.key == second.key


def test_the_key_of_a_neighbour_tells_nothing_of_it() -> None:
    """Every body is tried in seconds: a digest of its name would name it."""
    others = [Elsewhere(replace(OTHER, where=name), "Werkhof") for name in ("Kassel", "Fulda")]
    [both] = check(SOUND, replace(RULES_2026, elsewhere=tuple(others)))
    [one] = check(SOUND, replace(RULES_2026, elsewhere=tuple(others[:1])))
    assert (both.key, both.said) == ("neighbours:m/a1/title", one.said)
    assert [each.where for each in both.funded] == ["Kassel", "Fulda"]


@pytest.mark.parametrize("own", [True, False])
def test_a_measure_of_another_year_may_be_the_same_only_while_both_run(own: bool) -> None:
    """It runs from 1 April to 31 December; what ended before has been paid for."""
    before = Period(date(2025, 4, 1), date(2026, 3, 31))
    into = Period(date(2025, 4, 1), date(2026, 4, 1))
    rule = "own_elsewhere" if own else "neighbours"
    for days, rules in ((before, []), (into, [rule]), (None, [rule])):
        elsewhere = (Elsewhere(OTHER, "Werkhof", own=own, days=days),)
        told = check(SOUND, replace(RULES_2026, elsewhere=elsewhere))
        assert [each.rule for each in told] == rules
    unknown = replace(SOUND, measures=(replace(MEASURE, first_day=None),))
    elsewhere = (Elsewhere(OTHER, "Werkhof", own=own, days=into),)
    assert rule not in [
        rule for rule, _ in found(unknown, replace(RULES_2026, elsewhere=elsewhere))
    ]


def test_a_measure_that_nobody_agreed_stops_or_asks_as_the_programme_has_it() -> None:
    alone = replace(SOUND, measures=(replace(MEASURE, agreed=False),))
    for when, weight in (("before", Weight.STOPS), ("beside", Weight.ASKS)):
        finding = only(replace(RULES_2026, agreement=when), alone)
        assert (finding.weight, finding.place) == (weight, "m/a1")
    assert found(alone) == []


def test_an_early_start_is_asked_for_with_a_reason_and_from_the_first_day_on() -> None:
    """The measure begins on 1 April; nothing is decided before 1 May."""
    rules = replace(RULES_2026, decided_from=date(2026, 5, 1), early_from=date(2026, 2, 1))
    asked = replace(SOUND, early_start=date(2026, 4, 1), early_reason="Der Kurs läuft.")
    assert found(asked, rules) == []
    assert found(replace(asked, early_reason=""), rules) == [("early_reason", "early_reason")]
    later = replace(asked, early_start=date(2026, 4, 2))
    assert found(later, rules) == [("early_after_start", "m/a1/first_day")]
    sooner = replace(asked, early_start=date(2026, 1, 31))
    assert found(sooner, rules) == [("early_too_early", "early_start")]
    decided = replace(rules, decided_from=date(2026, 3, 1))
    assert only(decided, asked).weight is Weight.HINTS


def test_what_a_neighbour_does_is_in_neither_key_nor_sentence() -> None:
    finding = only(replace(RULES_2026, elsewhere=(Elsewhere(OTHER, "Werkhof"),)))
    told = f"{finding.key} {finding.said.msgid.format(**finding.said.params)}"
    assert "Nachbar" not in told
    assert "AN-7" not in told
    [funded] = finding.funded
    assert funded.named.params["where"] == "Nachbarkreis, AN-7"
    foreign = (Elsewhere(OTHER, "Anderer Träger"),)
    assert found(SOUND, replace(RULES_2026, elsewhere=foreign)) == []


def test_money_without_an_earmark_is_held_against_what_there_is_without_one() -> None:
    general = replace(SOUND, measures=(replace(MEASURE, earmark=""),))
    rules = replace(RULES_2026, allocated={"": 20_000_00, "language": 50_000_00})
    assert found(general, rules) == [("general_over", "")]
    told = only(rules, general).said.params
    assert (told["amount"], told["allocated"]) == (30_000_00, 20_000_00)


def test_what_stops_keeps_an_application_back_and_what_asks_until_it_has_a_reason() -> None:
    rules = replace(RULES_2026, own_share=Decimal(40), allocated=None)
    findings = check(replace(SOUND, form=""), rules)
    assert [finding.weight for finding in findings] == list(Weight)
    stops, asks, _ = findings
    assert against(findings, {}) == (stops, asks)
    assert against(findings, {asks.key: " "}) == (stops, asks)
    assert against(findings, {asks.key: "Der Kreis ist in der Haushaltssicherung."}) == (stops,)


def test_a_flat_rate_rests_on_its_own_basis_and_a_rule_on_what_the_programme_says() -> None:
    dear = replace(
        MEASURE, costs=(Cost("staff", 2026, 39_000_00), Cost("overheads", 2026, 5_000_00))
    )
    assert only(RULES_2026, replace(SOUND, measures=(dear,))).basis == "R 5"
    rules = replace(RULES_2026, own_share=Decimal(40), bases={"own_share": "§ 9"})
    assert only(rules).basis == "§ 9"


def test_every_rule_has_a_name_a_sentence_and_a_basis_of_its_own() -> None:
    assert len({rule.code for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert rule.sentence.endswith((".", "?", "}"))
        assert rule.basis


codes = st.sampled_from(("", "staff", "state", "language", "contract", "own_delivery"))
days = st.none() | st.dates(date(2025, 11, 1), date(2027, 2, 1))
numbers = st.integers(-(10**6), 10**9)
measures = st.builds(
    AppliedMeasure,
    st.sampled_from(("a1", "a2", "a3")),
    title=st.sampled_from(("", "Pflegehilfe", "Pflegehilfe mit Sprache")),
    type=st.sampled_from(("", "qualification", "staff_training", "x")),
    first_day=days,
    last_day=days,
    seats=st.none() | st.integers(-1, 30),
    earmark=codes,
    passing_on=codes,
    carrier=st.sampled_from(("", "Werkhof")),
    costs=st.lists(st.builds(Cost, codes, st.integers(2025, 2032), numbers), max_size=4).map(tuple),
    incomes=st.lists(st.builds(Income, codes, st.integers(2025, 2032), numbers), max_size=4).map(
        tuple
    ),
)
applications = st.builds(
    Application,
    st.just(2026),
    form=st.sampled_from(("", "x", *Form)),
    share_percent=st.none() | st.decimals(-1, 120, places=2),
    early_start=days,
    measures=st.lists(measures, max_size=3, unique_by=lambda each: each.key).map(tuple),
)


@given(applications)
def test_whatever_is_typed_every_finding_is_a_whole_sentence_at_a_place_of_its_own(
    application: Application,
) -> None:
    rules = replace(
        RULES_2026,
        elsewhere=(Elsewhere(OTHER, "Werkhof", own=True), Elsewhere(OTHER, "Werkhof")),
        decided_from=date(2026, 5, 1),
        own_share=Decimal("12.5"),
        binding={"a1": MEASURE.costs},
    )
    findings = check(application, rules)
    places = ("form", "share", "early_start", "early_reason", "declaration/", "attachment/", "m/")
    for finding in findings:
        assert finding.place == "" or finding.place.startswith(places)
        for language in ("de", "en"):
            words = sentence(finding.said, language)
            assert "{" not in words
            assert words.strip()
