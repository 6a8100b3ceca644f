"""Concluding what was negotiated: who must sign, what is missing, what counts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zielwerk.rulebook.conclusion import (
    CONCLUDED_AFTER_A_NOTE,
    CONCLUDED_BY_TWO,
    CONCLUSION,
    DONE,
    ConclusionState,
    missing,
    why_not_entered,
    why_scan_not_kept,
)
from zielwerk.rulebook.negotiation import FIXED
from zielwerk.rulebook.procedure import Declared
from zielwerk.rulebook.refusal import Refused
from zielwerk.rulebook.signatures import (
    Form,
    Given,
    Needed,
    Signing,
    counting,
    needed_of,
    ways_of,
)

TEXT = "a" * 64
MAYOR, MEMBER, MINISTER = "Oberbürgermeisterin", "weiteres Mitglied des Magistrats", "Ministerin"
CITY = Signing("body", (MAYOR, MEMBER), ("hand", "qualified"), needs_seal=True)
MINISTRY = Signing("ministry", (MINISTER,), ("hand", "qualified"))
BOTH = (
    needed_of("Ministerium", MINISTRY, 1_600_100_00),
    needed_of("Kassel", CITY, 1_600_100_00),
)
FIRST, SECOND = date(2026, 3, 2), date(2026, 3, 9)
SIGNED = (
    Given("ministry/1", "Erika Beispiel", "hand", TEXT),
    Given("body/1", "Petra Muster", "hand", TEXT, has_seal=True),
    Given("body/2", "Paul Probe", "hand", TEXT),
)


@dataclass(frozen=True)
class Facts:
    """What the guards look at, as it is in these examples."""

    needed: Sequence[Needed]
    given: Sequence[Given]
    digest: str
    text_digest: str
    resolution: bool = False
    amount_cents: int = 0
    allocated_cents: int = 0
    is_change: bool = False
    before_cents: int = 0
    recorded: int = 0
    per_year: int = 1
    body_name: str = ""
    year: int = 0
    other: str = ""


def facts(**changes: object) -> Facts:
    base = Facts(
        BOTH,
        SIGNED,
        TEXT,
        TEXT,
        amount_cents=1_600_100_00,
        allocated_cents=1_600_100_00,
        body_name="Kassel",
        year=2026,
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def rules(found: Facts) -> list[str]:
    return [each.rule for each in missing(found)]


class TestWorkedExamples:
    def test_a_city_signs_with_two_hands_and_its_seal(self) -> None:
        """§ 71 (2) HGO: the mayor and a further member of the board, by hand, with seal."""
        assert missing(facts()) == ()
        without = tuple(replace(each, has_seal=False) for each in SIGNED)
        assert rules(facts(given=without)) == ["conclusion.no_seal"]
        (one,) = missing(facts(given=SIGNED[:2]))
        assert (one.params["side"], one.params["office"]) == ("Kassel", MEMBER)

    def test_a_qualified_signature_needs_no_seal(self) -> None:
        electronic = tuple(replace(each, form="qualified", has_seal=False) for each in SIGNED)
        assert missing(facts(given=electronic)) == ()

    def test_where_one_signature_is_enough_one_is_enough(self) -> None:
        one = (needed_of("Nordkreis", replace(CITY, signers=(MAYOR,), needs_seal=False), 1),)
        assert missing(facts(needed=one, given=SIGNED[1:2])) == ()

    def test_current_business_is_signed_by_one_in_any_form(self) -> None:
        rule = replace(CITY, current_business_cents=10_000_00, needs_resolution=True)
        small, large = (needed_of("Kassel", rule, cents) for cents in (10_000_00, 10_000_01))
        assert small.is_current_business
        assert [place.office for place in small.places] == [MAYOR]
        assert Form.TEXT in small.rule.forms
        assert not small.rule.needs_seal
        assert not small.rule.needs_resolution
        assert not large.is_current_business
        assert large.rule == rule

    def test_a_resolution_is_missing_until_it_is_noted(self) -> None:
        rule = replace(CITY, needs_resolution=True)
        resolving = facts(needed=(BOTH[0], Needed("Kassel", rule)))
        assert rules(resolving) == ["conclusion.no_resolution"]
        assert missing(replace(resolving, resolution=True)) == ()

    def test_a_notice_has_the_signature_of_one_side(self) -> None:
        authority = replace(MINISTRY, side="authority")
        alone = facts(
            needed=(needed_of("Bezirksregierung", authority, 1),),
            given=(replace(SIGNED[0], place="authority/1"),),
        )
        assert missing(alone) == ()


def test_a_signature_on_another_text_counts_for_nothing() -> None:
    other = (*SIGNED[:2], replace(SIGNED[2], digest="b" * 64))
    assert rules(facts(given=other)) == ["conclusion.not_signed"]
    assert "conclusion.other_text" in rules(facts(text_digest="b" * 64))
    assert "conclusion.other_text" in rules(facts(text_digest=""))


def test_what_was_struck_out_counts_for_nothing_and_may_be_given_anew() -> None:
    struck = (*SIGNED[:2], replace(SIGNED[2], is_struck=True))
    assert rules(facts(given=struck)) == ["conclusion.not_signed"]
    assert missing(facts(given=(*struck, SIGNED[2]))) == ()


def refused(new: Given, found: Facts, day: date = SECOND, way: str = "paper") -> set[str]:
    return {each.rule for each in why_not_entered(found, new, way, day, FIRST, SECOND)}


def test_what_cannot_be_entered_is_refused_with_every_reason() -> None:
    two = facts(given=SIGNED[:2])
    assert not refused(SIGNED[2], two)
    assert refused(replace(SIGNED[2], place="body/3"), two) == {"conclusion.no_such_place"}
    assert refused(replace(SIGNED[2], name="  petra  MUSTER "), two) == {"conclusion.signs_twice"}
    assert refused(SIGNED[1], two) == {"conclusion.signed_already"}
    assert refused(replace(SIGNED[2], form="text"), two) == {"conclusion.wrong_form"}
    assert refused(SIGNED[2], two, way="electronic") == {"conclusion.wrong_form"}
    assert refused(SIGNED[2], two, date(2026, 3, 10)) == {"conclusion.in_future"}
    assert refused(SIGNED[2], two, date(2026, 3, 1)) == {"conclusion.before_text"}
    both = refused(replace(SIGNED[1], form="text"), two, date(2026, 3, 1))
    assert both == {
        "conclusion.wrong_form", "conclusion.signed_already", "conclusion.before_text",
    }  # fmt: skip


def test_a_way_is_open_where_every_side_can_take_it() -> None:
    assert ways_of(BOTH) == ("paper", "electronic")
    by_hand = needed_of("Kassel", replace(CITY, forms=("hand",)), 1)
    assert ways_of((BOTH[0], by_hand)) == ("paper",)
    electronic = needed_of("Ministerium", replace(MINISTRY, forms=("qualified",)), 1)
    assert ways_of((electronic, by_hand)) == ()


def test_what_a_side_must_do_is_kept_whole() -> None:
    for each in BOTH:
        assert Needed.from_json(each.to_json()) == each


def test_it_is_checked_by_one_and_concluded_by_another() -> None:
    checked = CONCLUDED_BY_TWO.after(ConclusionState.SIGNING, "check", facts())
    step = CONCLUDED_BY_TWO.step(checked, "conclude")
    assert step
    assert step.four_eyes
    assert CONCLUDED_BY_TWO.after(checked, "conclude", facts()) == ConclusionState.CONCLUDED
    assert CONCLUDED_BY_TWO.after(checked, "send_back") == ConclusionState.SIGNING
    noted = CONCLUDED_AFTER_A_NOTE.after(checked, "note", facts())
    assert CONCLUDED_AFTER_A_NOTE.after(noted, "abandon") == ConclusionState.ABANDONED
    assert CONCLUDED_BY_TWO.is_final(ConclusionState.CONCLUDED)


def test_more_than_is_allocated_is_not_concluded() -> None:
    refusals = CONCLUDED_BY_TWO.refusals("check", "conclude", facts(allocated_cents=1_600_099_99))
    assert [each.rule for each in refusals] == ["conclusion.not_allocated"]
    there = CONCLUDED_BY_TWO.refusals("check", "conclude", facts(recorded=1))
    assert [each.rule for each in there] == ["conclusion.exists"]
    assert not CONCLUDED_BY_TWO.refusals("check", "conclude", facts(recorded=9, per_year=0))


def test_a_change_asks_for_the_difference_alone() -> None:
    """Of 1,600,100 € 1,500,000 € were promised already: 100,100 € must be allocated."""
    change = facts(is_change=True, before_cents=1_500_000_00, recorded=1)
    enough = replace(change, allocated_cents=100_100_00)
    assert not CONCLUDED_BY_TWO.refusals("check", "conclude", enough)
    short = replace(change, allocated_cents=100_099_99)
    (refusal,) = CONCLUDED_BY_TWO.refusals("check", "conclude", short)
    assert refusal.params["amount"] == 100_100_00
    less = replace(change, before_cents=1_700_000_00, allocated_cents=0)
    assert not CONCLUDED_BY_TWO.refusals("check", "conclude", less)


def test_it_is_resumed_while_the_text_stands_and_nothing_else_is_under_way() -> None:
    table = CONCLUDED_BY_TWO
    assert table.after(ConclusionState.ABANDONED, "resume", facts()) == ConclusionState.SIGNING
    for changed in ({"text_digest": ""}, {"other": "ABS-2026-0002"}):
        with pytest.raises(Refused):
            table.after(ConclusionState.ABANDONED, "resume", facts(**changed))


def test_a_stage_of_another_procedure_is_none_of_a_conclusion() -> None:
    with pytest.raises(ValueError, match="brings about nothing"):
        CONCLUSION.lifecycle((FIXED,))
    with pytest.raises(KeyError):
        CONCLUSION.lifecycle((Declared("check", "x", "y", guards=("negotiation_decided",)), DONE))


OFFICES = st.lists(st.sampled_from([MAYOR, MEMBER, "Kämmerer"]), min_size=1, max_size=3)
FORMS = st.lists(st.sampled_from([form.value for form in Form]), min_size=1, unique=True)
SIGNINGS = st.builds(
    Signing,
    st.sampled_from(["body", "ministry"]),
    OFFICES.map(tuple),
    FORMS.map(tuple),
    st.booleans(),
    st.booleans(),
)
GIVEN = st.builds(
    Given,
    st.sampled_from([f"{side}/{n}" for side in ("body", "ministry") for n in (1, 2, 3)]),
    st.sampled_from(["A", "a ", "B", "C", "D", "E", "F"]),
    st.sampled_from([form.value for form in Form]),
    st.sampled_from([TEXT, "b" * 64]),
    st.booleans(),
    st.booleans(),
)


@given(
    st.lists(SIGNINGS, min_size=1, max_size=2, unique_by=lambda rule: rule.side),
    st.lists(GIVEN, max_size=9),
    st.booleans(),
)
def test_nothing_is_concluded_while_a_signature_is_missing(
    signings: list[Signing], signatures: list[Given], resolution: bool
) -> None:
    """Whatever was entered: where it may be concluded each place has its own person's word."""
    needed = tuple(Needed(rule.side, rule) for rule in signings)
    found = facts(needed=needed, given=tuple(signatures), resolution=resolution)
    if CONCLUDED_BY_TWO.refusals("check", "conclude", found):
        return
    people = set()
    for each in needed:
        for place in each.places:
            mine = [
                one
                for one in signatures
                if one.place == place.id and not one.is_struck and one.digest == TEXT
            ]
            assert any(one.form in each.rule.forms for one in mine)
            people.add(counting(needed, signatures, TEXT)[place.id].name.strip().casefold())
        assert resolution or not each.rule.needs_resolution
    assert len(people) == sum(len(each.places) for each in needed)


@pytest.mark.parametrize(
    ("belonging", "is_of_other", "stops", "says_why", "rules"),
    [
        (3, False, False, False, ()),
        (0, True, True, True, ("conclusion.other_scan",)),
        (0, False, True, False, ("conclusion.scan_unexplained",)),
        (0, False, True, True, ()),
        (2, True, True, False, ("conclusion.scan_unexplained",)),
        (2, True, True, True, ()),
    ],
)
def test_a_scan_of_something_else_is_not_kept_and_one_that_differs_with_a_reason(
    belonging: int, is_of_other: bool, stops: bool, says_why: bool, rules: tuple[str, ...]
) -> None:
    found = why_scan_not_kept(
        belonging=belonging, is_of_other=is_of_other, stops=stops, says_why=says_why
    )
    assert tuple(one.rule for one in found) == rules
