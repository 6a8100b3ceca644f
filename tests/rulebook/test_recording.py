"""Recording agreements and notices: what must hold, and who does what."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rulebook.test_agreement import TERMS, TYPES
from zielwerk.rulebook.agreement import Measure, Signature, Terms
from zielwerk.rulebook.lifecycle import Lifecycle
from zielwerk.rulebook.procedure import Declared
from zielwerk.rulebook.recording import (
    ACCEPTED,
    GRANTED,
    INTAKE,
    INTAKE_OF_NOTICE,
    NOT_COUNTED,
    RECORDING,
    IntakeFacts,
    IntakeState,
    complete,
)
from zielwerk.rulebook.refusal import Refused

BOTH = (INTAKE, INTAKE_OF_NOTICE)


def facts(**changes: object) -> IntakeFacts:
    return replace(
        IntakeFacts(TERMS, known_types=TYPES, allocated_cents=TERMS.amount_cents),
        **changes,  # type: ignore[arg-type]
    )


def refusals_of(
    verb: str, state: str, given_facts: IntakeFacts, table: Lifecycle = INTAKE
) -> set[str]:
    return {refusal.rule for refusal in table.refusals(state, verb, given_facts)}


def test_a_checked_agreement_is_accepted_then_confirmed() -> None:
    accepted = INTAKE.after(IntakeState.REVIEW, "accept", facts())
    assert INTAKE.after(accepted, "confirm", facts()) == "agreed"


def test_a_notice_is_granted_after_the_resolution_that_the_authority_notes() -> None:
    accepted = INTAKE_OF_NOTICE.after(IntakeState.REVIEW, "accept", facts())
    assert INTAKE_OF_NOTICE.step(accepted, "confirm") is None
    resolved = INTAKE_OF_NOTICE.after(accepted, "resolve", facts())
    assert INTAKE_OF_NOTICE.verbs["resolve"].side == "authority"
    assert INTAKE_OF_NOTICE.after(resolved, "confirm", facts()) == "granted"
    assert INTAKE_OF_NOTICE.after(resolved, "send_back") == IntakeState.REVIEW


def test_nobody_accepts_a_draft_without_saying_why() -> None:
    draft = facts(unsigned=("Liegt die unterschriebene Fassung vor?",))
    for table in BOTH:
        assert refusals_of("accept", "review", draft, table) == {"agreements.unsigned"}


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
    assert refusals_of("confirm", "accept", facts(terms=terms)) == {rule}


def test_a_second_text_is_never_recorded_but_kept() -> None:
    there = facts(recorded=1)
    assert refusals_of("confirm", "accept", there) == {"agreements.exists"}
    assert INTAKE.after(IntakeState.REVIEW, "keep", there) == IntakeState.KEPT
    with pytest.raises(Refused):
        INTAKE.after(IntakeState.REVIEW, "keep", facts())


@given(st.integers(0, 40), st.integers(0, 99))
def test_a_body_has_as_many_documents_a_year_as_its_programme_says(
    recorded: int, per_year: int
) -> None:
    refused = refusals_of("accept", "review", facts(recorded=recorded, per_year=per_year))
    assert bool(refused) == (0 < per_year <= recorded)


def test_no_more_is_granted_than_was_allocated_and_is_still_there() -> None:
    short = facts(allocated_cents=TERMS.amount_cents - 1)
    (refusal,) = INTAKE_OF_NOTICE.refusals("resolve", "confirm", short)
    assert refusal.rule == "agreements.not_allocated"
    assert refusal.params == {"allocated": 160_009_999, "amount": 160_010_000}
    assert not refusals_of("confirm", "accept", short)  # who concludes an agreement books a gap


AMOUNTS = st.lists(st.integers(1, 10**9), min_size=1, max_size=6)


def with_amounts(amounts: list[int | None], total: int) -> IntakeFacts:
    measures = tuple(
        Measure("qualification", f"Kurs {place}", cents) for place, cents in enumerate(amounts)
    )
    terms = replace(TERMS, measures=measures, amount_cents=total)
    return facts(terms=terms, by_measure=True)


@given(AMOUNTS, st.integers(-100, 100))
def test_the_amounts_of_measures_are_the_total_to_the_cent(amounts: list[int], off: int) -> None:
    total = sum(amounts) + off
    refusals = [each for each in complete(with_amounts([*amounts], total)) if total > 0]
    assert bool(refusals) == (off != 0 and total > 0)
    for refusal in refusals:
        assert refusal.params == {"sum": sum(amounts), "total": total}


def test_a_measure_without_its_amount_is_named() -> None:
    (refusal,) = complete(with_amounts([100, None], 100))
    assert (refusal.rule, refusal.params) == ("agreements.measure_amount", {"title": "Kurs 1"})


def test_a_change_leaves_nothing_or_something_and_never_less() -> None:
    """An ending may leave 0 €."""
    left = [replace(TERMS, amount_cents=cents) for cents in (1, 0, -1)]
    found = [{one.rule for one in complete(facts(terms=each, is_change=True))} for each in left]
    assert found == [set(), set(), {"agreements.no_amount"}]


def test_where_the_body_gets_the_money_measures_need_no_amount() -> None:
    assert not complete(replace(with_amounts([None], 100), by_measure=False))


@pytest.mark.parametrize("table", BOTH)
def test_what_is_recorded_stays_recorded(table: Lifecycle) -> None:
    final = {state for state in table.labels if table.is_final(state)}
    assert final == NOT_COUNTED & set(table.labels)


@given(st.integers(0, 6))
def test_what_is_under_way_can_always_be_given_back(between: int) -> None:
    noted = [Declared(f"n{number}", f"Schritt {number}", f"{number}") for number in range(between)]
    table = RECORDING.lifecycle((ACCEPTED, *noted, GRANTED))
    under_way = set(table.labels) - NOT_COUNTED - {IntakeState.REVIEW}
    assert table.verbs["send_back"].sources == under_way
    assert len(under_way) == between + 1


def test_a_document_counts_from_its_last_signature_where_every_day_is_known() -> None:
    days = ("2024-07-17", "2024-07-29")
    signed = tuple(Signature("ministry", date=day) for day in days)
    assert str(replace(TERMS, signatures=signed).signed_on) == "2024-07-29"
    assert replace(TERMS, signatures=(*signed, Signature("region"))).signed_on is None
    assert replace(TERMS, signatures=()).signed_on is None
