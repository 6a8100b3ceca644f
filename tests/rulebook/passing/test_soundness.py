"""What speaks against a pass-on, and what only deserves a second look."""

from dataclasses import replace
from datetime import date

from zielwerk.rulebook.passing.checks import Answer, Check, Checked
from zielwerk.rulebook.passing.soundness import (
    Around,
    Content,
    unchecked,
    uncovered,
    unsound,
    warnings,
)
from zielwerk.rulebook.passing.ways import Document, Way
from zielwerk.rulebook.refusal import Refusal

NOTICE = Way("onward_notice", "Bescheid", Document.NOTICE, checks=(Check.VAT,))
OWN = Way("own_delivery", "Selbst", Document.NONE, inherits=False, proof=False)
AROUND = Around(
    granted={2026: 1000},
    rest={2026: 1000},
    last_day=date(2026, 12, 31),
    seats=12,
    proof_of_body=date(2027, 4, 30),
)
SOUND = Content(
    NOTICE,
    party=True,
    amounts={2026: 1000},
    seats=12,
    proof_due=date(2027, 2, 28),
    checked=Checked({Check.VAT: Answer("outside", "Zuschuss ohne Gegenleistung")}),
    remedy="Widerspruch binnen eines Monats beim Kreisausschuss.",
)


def rules(found: object) -> list[str]:
    return [refusal.rule for refusal in found if isinstance(refusal, Refusal)]  # type: ignore[attr-defined]


def test_nothing_speaks_against_a_whole_one() -> None:
    assert rules(unsound(SOUND, AROUND)) == []
    assert rules(unchecked(SOUND)) == []
    assert rules(uncovered(SOUND, AROUND)) == []
    assert rules(warnings(SOUND, AROUND)) == []


def test_a_way_a_traeger_and_an_amount_are_needed() -> None:
    assert rules(unsound(replace(SOUND, way=None), AROUND)) == ["passing.no_way"]
    assert rules(unsound(replace(SOUND, party=False), AROUND)) == ["passing.no_party"]
    assert rules(unsound(replace(SOUND, amounts={}), AROUND)) == ["passing.no_amount"]
    minus = {2026: -1, 2027: 5}
    assert rules(unsound(replace(SOUND, amounts=minus), AROUND)) == ["passing.no_amount"]


def test_who_carries_it_out_herself_passes_on_to_nobody_and_proves_to_nobody() -> None:
    own = Content(OWN, party=False, amounts={2026: 1000})
    assert rules(unsound(own, AROUND)) == rules(unchecked(own)) == []
    assert rules(unsound(replace(own, party=True), AROUND)) == ["passing.party_of_own"]


def test_an_onward_notice_says_how_it_is_contested_and_a_contract_does_not() -> None:
    """Without the instruction it can be contested for a year (§ 58 (2) VwGO)."""
    silent = replace(SOUND, remedy=" ")
    assert rules(unsound(silent, AROUND)) == ["passing.no_remedy"]
    contract = replace(NOTICE, document=Document.CONTRACT)
    assert rules(unsound(replace(silent, way=contract), AROUND)) == []


def test_the_proof_of_the_traeger_lies_before_the_bodys() -> None:
    late = replace(SOUND, proof_due=date(2027, 4, 30))
    assert rules(unsound(late, AROUND)) == ["passing.proof_too_late"]


def test_more_than_is_left_is_refused_and_less_is_only_told() -> None:
    assert rules(uncovered(replace(SOUND, amounts={2026: 1001}), AROUND)) == ["passing.too_much"]
    [less] = warnings(replace(SOUND, amounts={2026: 400}), AROUND)
    assert (less.rule, less.params["open"]) == ("passing.less", 600)


def test_more_seats_than_the_measure_has_and_another_traeger_than_applied_for_are_told() -> None:
    assert rules(warnings(SOUND, replace(AROUND, seats_passed=1))) == ["passing.seats"]
    other = replace(AROUND, carrier="Bildungswerk", party="Werkhof")
    assert rules(warnings(SOUND, other)) == ["passing.other_carrier"]
    assert rules(warnings(SOUND, replace(other, party="Bildungswerk "))) == []
