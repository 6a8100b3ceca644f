"""Recording agreements: what must hold, and what differs between two texts."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zielwerk.rulebook.agreement import (
    INTAKE,
    Clause,
    Earmark,
    IntakeFacts,
    IntakeState,
    Measure,
    Signature,
    Terms,
    differences,
)
from zielwerk.rulebook.refusal import Refused

TERMS = Terms(
    programme="aqb_hessen",
    year=2024,
    ags="06435",
    body_name="Main-Kinzig-Kreis",
    body_kind="Landkreis",
    ministry="HMSI",
    amount_cents=160_010_000,
    measures=(Measure("qualification", "Pflegehilfe"), Measure("staff_training", "Fachtag")),
    earmarks=(Earmark("language"),),
    signatures=(Signature("region", "N. N.", "Landrat", "Gelnhausen", None, "LI -07. 29"),),
    clauses=(Clause("§ 4", "Mittel", "HMSI stellt bereit.", "HMS! stellt bereit."),),
)
TYPES = frozenset({"qualification", "staff_training"})


def facts(**changes: object) -> IntakeFacts:
    return replace(IntakeFacts(TERMS, known_types=TYPES), **changes)  # type: ignore[arg-type]


def refusals_of(verb: str, state: str, given_facts: IntakeFacts) -> set[str]:
    return {refusal.rule for refusal in INTAKE.refusals(state, verb, given_facts)}


def test_a_checked_agreement_is_accepted_then_confirmed() -> None:
    accepted = INTAKE.after(IntakeState.REVIEW, "accept", facts())
    assert INTAKE.after(accepted, "confirm", facts()) == IntakeState.RECORDED


def test_nobody_accepts_over_an_open_doubt() -> None:
    assert refusals_of("accept", "review", facts(open_doubts=2)) == {"agreements.open_doubts"}


@pytest.mark.parametrize(
    ("terms", "rule"),
    [
        (replace(TERMS, ags=""), "agreements.no_body"),
        (replace(TERMS, amount_cents=0), "agreements.no_amount"),
        (replace(TERMS, measures=(Measure("qualification", ""),)), "agreements.no_measures"),
        (replace(TERMS, measures=(Measure("", "Kurs"),)), "agreements.measure_type"),
    ],
)
def test_what_an_agreement_needs(terms: Terms, rule: str) -> None:
    assert refusals_of("accept", "review", facts(terms=terms)) == {rule}
    assert refusals_of("confirm", "accepted", facts(terms=terms)) == {rule}


def test_a_second_text_is_never_recorded_but_kept() -> None:
    there = facts(agreement_exists=True)
    assert refusals_of("confirm", "accepted", there) == {"agreements.exists"}
    assert INTAKE.after(IntakeState.REVIEW, "keep", there) == IntakeState.KEPT
    with pytest.raises(Refused):
        INTAKE.after(IntakeState.REVIEW, "keep", facts())


def test_what_is_recorded_stays_recorded() -> None:
    assert INTAKE.is_final(IntakeState.RECORDED)
    assert INTAKE.is_final(IntakeState.KEPT)


def test_every_difference_between_two_texts_is_named() -> None:
    other = replace(
        TERMS,
        amount_cents=150_000_000,
        measures=(Measure("qualification", "Pflegehilfe"), Measure("qualification", "Lager")),
        clauses=(Clause("§ 4", "Mittel", "Das HMSI stellt bereit."),),
    )
    found = [(one.place, one.recorded, one.text) for one in differences(TERMS, other)]
    assert found == [
        ("Betrag", 160_010_000, 150_000_000),
        ("Maßnahme", Measure("staff_training", "Fachtag"), ""),
        ("Maßnahme", "", Measure("qualification", "Lager")),
        ("§ 4", "HMSI stellt bereit.", "Das HMSI stellt bereit."),
    ]


def test_that_only_one_side_has_wording_is_one_difference() -> None:
    (found,) = differences(replace(TERMS, clauses=()), TERMS)
    assert (found.place, found.recorded, found.text) == ("Wortlaut", "", "§ 4")


def test_what_stands_illegibly_on_the_paper_is_no_difference() -> None:
    (signature,) = TERMS.signatures
    assert differences(replace(TERMS, signatures=(replace(signature, raw=""),)), TERMS) == ()


MEASURES = st.lists(
    st.builds(Measure, st.sampled_from(sorted(TYPES)), st.sampled_from("ABCD")), max_size=6
)


@given(MEASURES, MEASURES)
def test_lists_differ_by_exactly_what_one_side_lacks(
    ours: list[Measure], theirs: list[Measure]
) -> None:
    before, after = replace(TERMS, measures=tuple(ours)), replace(TERMS, measures=tuple(theirs))
    found = differences(before, after)
    assert len([one for one in found if one.text == ""]) - len(
        [one for one in found if one.recorded == ""]
    ) == len(ours) - len(theirs)
    assert bool(found) == (sorted(map(str, ours)) != sorted(map(str, theirs)))


def test_terms_survive_the_way_through_json() -> None:
    assert Terms.from_json(TERMS.to_json()) == TERMS


def test_rows_that_a_reviewer_emptied_are_gone() -> None:
    emptied = replace(TERMS, measures=(Measure("", ""), *TERMS.measures), frameworks=("", "X"))
    cleaned = emptied.without_blanks()
    assert cleaned.measures == TERMS.measures
    assert cleaned.frameworks == ("X",)
