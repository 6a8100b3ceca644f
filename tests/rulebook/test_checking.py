"""What a good colleague says of a draft: worked examples of every rule."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zielwerk.language import sentence
from zielwerk.rulebook.calendar import Period
from zielwerk.rulebook.checking import (
    RULES,
    Draft,
    Finding,
    Funded,
    OtherFunding,
    Planned,
    Reference,
    Severity,
    check,
    unanswered,
)
from zielwerk.rulebook.likeness import Titles, alike
from zielwerk.rulebook.planned import CostLine, Plan, PlanRules
from zielwerk.rulebook.refusal import Said

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
RULES_2026 = PlanRules(
    YEAR,
    range(2026, 2031),
    types={"qualification": True, "staff_training": False},
    groups={"young": False, "hidden_reserve": True},
    legal_areas=("SGB II",),
    earmarks=("language",),
    categories=("staff",),
    sources=("state", "district"),
    passing_on=("own_delivery",),
)
PLAN = Plan(
    title="Pflegehilfe",
    type="qualification",
    first_day=YEAR.first,
    last_day=YEAR.last,
    seats=12,
    target_groups=("young",),
    legal_areas=("SGB II",),
    part_time="yes",
    language="no",
    earmark="language",
    passing_on="own_delivery",
    costs=(CostLine("staff", "state", 2026, 100_000_00), CostLine("staff", "district", 2026, 500)),
    accessibility="Stufenlos erreichbar.",
    gender="Für alle Geschlechter beworben.",
)
SOUND = Draft(
    100_000_00,
    RULES_2026,
    allocated_cents=100_000_00,
    allocated={"language": 20_000_00},
    agreed={"language": 20_000_00},
    labels={"language": "Sprachförderung"},
    measures=(Planned("MP-1", "§ 5, Maßnahme 1", PLAN),),
    clauses=("§ 2", "§ 4", "§ 5"),
    goals=("§ 5",),
    figures=("§ 4",),
    own_sources=("state",),
)


def planned(**changes: object) -> tuple[Planned, ...]:
    return (replace(SOUND.measures[0], plan=replace(PLAN, **changes)),)  # type: ignore[arg-type]


def found(draft: Draft) -> list[str]:
    return [finding.key for finding in check(draft)]


def test_a_sound_draft_has_nothing_to_say() -> None:
    assert check(SOUND) == ()


NOT_IN_FORCE = (Said("kein Plan in Kraft"),)
LACKING = {"strategy": NOT_IN_FORCE, "against": NOT_IN_FORCE}
WRONG = [
    ({"amount_cents": 100_000_01}, ["allocation", "sum_of_measures"]),
    ({"allocated_cents": None}, ["allocation"]),
    ({"amount_cents": 99_999_99}, ["sum_of_measures", "less_than_allocated"]),
    ({"agreed": {"language": 19_000_00}}, ["earmark_sums:language"]),
    ({"agreed": {"language": None}}, []),
    ({"measures": planned(earmark="")}, ["earmark_unused:language"]),
    ({"measures": planned(type="gone")}, ["plan:MP-1:plan.type_unknown"]),
    ({"measures": planned(target_groups=("gone",))}, ["plan:MP-1:plan.group_unknown"]),
    ({"measures": planned(legal_areas=("SGB X",))}, ["plan:MP-1:plan.legal_area_unknown"]),
    ({"measures": planned(passing_on="gone")}, ["plan:MP-1:plan.passing_on_unknown"]),
    ({"measures": planned(party=7)}, ["plan:MP-1:plan.carrier_contradicts"]),
    (
        {"measures": planned(costs=(*PLAN.costs, CostLine("gone", "district", 2026, 1)))},
        ["plan:MP-1:plan.cost_unknown"],
    ),
    (
        {"measures": planned(costs=(*PLAN.costs, CostLine("staff", "district", 2026, 1)))},
        ["plan:MP-1:plan.cost_twice"],
    ),
    ({"measures": planned(title="U-25 Robotik")}, ["age:MP-1:plan.age_group"]),
    ({"measures": planned(title="U-25 Robotik", age_reason="Name des Teams")}, []),
    ({"measures": planned(accessibility="")}, ["statement:MP-1:plan.accessibility"]),
    ({"measures": planned(gender="")}, ["statement:MP-1:plan.gender"]),
    (
        {"measures": planned(type="staff_training")},
        [
            "plan:MP-1:plan.seats_without_participants",
            "plan:MP-1:plan.groups_without_participants",
        ],
    ),
    ({"changes_nothing": True}, ["changes_nothing"]),
    ({"frameworks": ("Bündnis 2020 bis 2024",)}, ["framework:Bündnis 2020 bis 2024"]),
    ({"strategy": (Said("Keine Strategie in Kraft."),)}, []),
    (
        {"strategy": (Said("Keine Strategie in Kraft."),), "precondition_of": "funding"},
        ["strategy:1"],
    ),
    ({**LACKING, "precondition_of": "funding"}, ["strategy:1"]),
    ({**LACKING, "precondition_of": "agreement"}, ["precondition:1"]),
    ({**LACKING, "precondition_of": "none"}, []),
    ({"references": (Reference("§ 2", "§ 5", "goals"),)}, []),
    (
        {"references": (Reference("§ 2", "§ 5", "goals"),), "goals": ()},
        ["references:§ 2-§ 5-goals"],
    ),
    (
        {"references": (Reference("§ 6", "§ 4", "figures"),), "figures": ()},
        ["references:§ 6-§ 4-figures"],
    ),
    ({"references": (Reference("§ 6", "§ 9", "clause"),)}, ["references:§ 6-§ 9-clause"]),
    ({"elsewhere": (Funded("Lotsenfonds 2026", "Die Pflegehilfe"),)}, ["elsewhere:MP-1"]),
    (
        {"others": (OtherFunding("bqs", "BQS+", with_language=True),)},
        [],
    ),
    (
        {
            "measures": planned(language="yes"),
            "others": (OtherFunding("bqs", "BQS+", with_language=True),),
        },
        ["other_programme:MP-1:bqs"],
    ),
    ({"others": (OtherFunding("akz", "AKZ", cues=("pflege",)),)}, ["other_programme:MP-1:akz"]),
]


@pytest.mark.parametrize(("changes", "keys"), WRONG)
def test_each_rule_finds_what_it_is_for(changes: dict[str, object], keys: list[str]) -> None:
    assert found(replace(SOUND, **changes)) == keys  # type: ignore[arg-type]


def test_what_neighbours_plan_is_one_question_that_names_and_counts_none() -> None:
    """Every body is tried in seconds: a digest of its name would name it."""
    others = [Funded(name, "Die Pflegehilfe", name) for name in ("Kassel", "Fulda")]
    [one] = check(replace(SOUND, elsewhere=others[:1]))
    [both] = check(replace(SOUND, elsewhere=others))
    assert (one.key, one.said) == (both.key, both.said)
    assert [each.named.params["where"] for each in both.funded] == ["Kassel", "Fulda"]


def test_the_examples_above_meet_every_rule() -> None:
    drafts = [replace(SOUND, **changes) for changes, _ in WRONG]  # type: ignore[arg-type]
    met = {key.partition(":")[0] for draft in drafts for key in found(draft)}
    assert met == {rule.code for rule in RULES}


def test_errors_come_first_and_hints_last() -> None:
    draft = replace(SOUND, amount_cents=1, measures=planned(type="gone", gender=""))
    severities = [finding.severity for finding in check(draft)]
    assert severities == sorted(severities, key=list(Severity).index)
    assert {*severities} == {*Severity}


def test_an_answer_keeps_a_question_from_holding_the_signature_up_and_no_error() -> None:
    findings = check(replace(SOUND, amount_cents=100_000_01, measures=planned(gender="")))
    question = "statement:MP-1:plan.gender"
    assert question in [finding.key for finding in unanswered(findings, {question: "  "})]
    answers = {finding.key: "So gewollt." for finding in findings}
    assert [finding.severity for finding in unanswered(findings, answers)] == [Severity.ERROR]


def test_every_sentence_has_its_values() -> None:
    """No sentence of a rule names a slot that has no value."""
    for changes, _ in WRONG:
        finding: Finding
        for finding in check(replace(SOUND, **changes)):  # type: ignore[arg-type]
            assert finding.said.msgid.format(**finding.said.params)


@pytest.mark.parametrize(
    ("one", "other", "is_alike"),
    [
        ("Altenpflegehilfe + Sprache", "Sprache und Altenpflegehilfe 2025", True),
        ("Startklar! - Kreativ ins Berufsleben", "Startklar: kreativ ins Berufsleben", True),
        ("U-25 Robotik - kleiner Führerschein", "U-25 Robotik - großer Führerschein", True),
        ("Ausbildung - Mein Ziel + Sprache", "Altenpflegehilfe + Sprache", False),
        ("Kurs für Frauen", "Kurs für Männer", False),
        ("Team-Camp", "Kompass-Camp", False),
        ("", "", False),
    ],
)
def test_titles_that_sound_alike(one: str, other: str, is_alike: bool) -> None:
    assert alike(one, other) is alike(other, one) is is_alike


SOME = ("pflege", "pflegen", "werkstatt", "sprache", "sprachen", "holz", "kurs", "und", "lernen")
WORDS = st.lists(st.sampled_from(SOME), max_size=5).map(" ".join)


@given(WORDS, st.lists(WORDS, max_size=6))
def test_looking_titles_up_finds_the_same_as_comparing_each(title: str, others: list[str]) -> None:
    assert Titles(others).alike(title) == [
        at for at, other in enumerate(others) if alike(title, other)
    ]


def test_what_stands_against_a_grant_is_said_and_against_an_agreement_is_an_error() -> None:
    (funding,) = check(replace(SOUND, **LACKING, precondition_of="funding"))
    assert funding.severity is Severity.QUESTION
    assert "steht einer Bewilligung entgegen" in sentence(funding.said)
    assert "kein Plan in Kraft" in sentence(funding.said)
    (agreement,) = check(replace(SOUND, **LACKING, precondition_of="agreement"))
    assert agreement.severity is Severity.ERROR
    assert "kein Plan in Kraft" in sentence(agreement.said)
    consent = Said("Zustimmung fehlt: Kammer")
    (lacking,) = check(replace(SOUND, strategy=(consent,), precondition_of="agreement"))
    assert (lacking.severity, lacking.said) == (Severity.QUESTION, consent)
