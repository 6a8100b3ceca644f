"""Several notices at once: the very list that was seen, within the limits."""

import pytest

from zielwerk.rulebook.grant.together import Entry, Limits, code_of, why_not_together

ONE, OTHER = Entry("ZB-1", "06435", 100_00, 2), Entry("ZB-2", "06440", 50_00, 2)


def test_the_list_that_was_seen_is_issued_in_any_order() -> None:
    code = code_of([ONE, OTHER])
    assert why_not_together([OTHER, ONE], Limits(2, 150_00), code) == ()


@pytest.mark.parametrize(
    ("entries", "limits", "code", "rule"),
    [
        ([], Limits(), "", "grant.together_nothing"),
        ([ONE], Limits(), code_of([ONE, OTHER]), "grant.together_changed"),
        ([Entry("ZB-1", "06435", 100_01, 2)], Limits(), code_of([ONE]), "grant.together_changed"),
        ([ONE, OTHER], Limits(number=1), "", "grant.together_many"),
        ([ONE, OTHER], Limits(cents=149_99), "", "grant.together_much"),
        ([ONE, ONE], Limits(), "", "grant.together_twice"),
    ],
)
def test_what_is_not_issued_together(
    entries: list[Entry], limits: Limits, code: str, rule: str
) -> None:
    assert [refusal.rule for refusal in why_not_together(entries, limits, code)] == [rule]
