"""Who is a body in a period, and who shares in its money: worked examples, then any sequence."""

from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from zielwerk.rulebook.calendar import Period
from zielwerk.rulebook.membership import members, sharing, staying

YEAR = Period(date(2028, 1, 1), date(2028, 12, 31))
TWO_YEARS = Period(date(2025, 7, 1), date(2027, 6, 30))
NEW_YEAR, JULY = date(2028, 1, 1), date(2028, 7, 1)


@dataclass(frozen=True)
class Body:
    ags: str
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True)
class Change:
    day: date
    predecessors: tuple[str, ...]
    successors: tuple[str, ...]
    code: str = "change"


def keys(bodies: tuple[Body, ...]) -> str:
    return "".join(body.ags for body in bodies)


def until(day: date) -> date:
    return day - timedelta(days=1)


def test_whoever_exists_on_one_day_of_the_period_is_a_body_in_it() -> None:
    bodies = [
        Body("A", None, date(2027, 12, 31)),
        Body("B", None, NEW_YEAR),
        Body("C", date(2028, 12, 31)),
        Body("D", date(2029, 1, 1)),
        Body("E"),
    ]
    assert keys(members(bodies, YEAR)) == "BCE"


def test_a_period_may_span_calendar_years() -> None:
    bodies = [
        Body("A", None, date(2025, 6, 30)),
        Body("B", None, date(2025, 12, 31)),
        Body("C", date(2027, 6, 30)),
        Body("D", date(2027, 7, 1)),
    ]
    assert keys(members(bodies, TWO_YEARS)) == "BC"


def test_a_body_that_changed_its_kind_is_one_body_as_it_was_last() -> None:
    first, last = Body("A", None, until(JULY)), Body("A", JULY)
    assert members([first, last], YEAR) == (last,)


def test_two_bodies_merge_within_the_year() -> None:
    """A and B share until the succession was carried out, C afterwards; never all three."""
    bodies = [Body("A", None, until(JULY)), Body("B", None, until(JULY)), Body("C", JULY)]
    merger = Change(JULY, ("A", "B"), ("C",))
    assert keys(members(bodies, YEAR)) == "ABC"
    assert keys(sharing(bodies, [merger], YEAR)) == "AB"
    assert keys(sharing(bodies, [merger], YEAR, counted={"A", "B", "C"})) == "AB"
    assert keys(sharing(bodies, [merger], YEAR, {"change"})) == "C"


def test_a_body_that_takes_in_another_goes_on() -> None:
    bodies = [Body("A"), Body("B", None, until(JULY))]
    merger = Change(JULY, ("A", "B"), ("A",))
    assert keys(sharing(bodies, [merger], YEAR)) == "AB"
    assert keys(sharing(bodies, [merger], YEAR, {"change"})) == "A"


def test_hanau_leaves_on_the_first_day() -> None:
    """Main-Kinzig shares for both, unless the figures count Hanau apart or it was carried out."""
    bodies = [Body("M"), Body("H", NEW_YEAR)]
    split = Change(NEW_YEAR, ("M",), ("M", "H"))
    assert keys(sharing(bodies, [split], YEAR)) == "M"
    assert keys(sharing(bodies, [split], YEAR, counted={"M", "H"})) == "MH"
    assert keys(sharing(bodies, [split], YEAR, {"change"})) == "MH"
    assert keys(sharing(bodies, [split], Period(date(2029, 1, 1), date(2029, 12, 31)))) == "MH"
    assert keys(sharing(bodies, [split], Period(date(2027, 1, 1), date(2027, 12, 31)))) == "M"


def test_who_ended_before_the_period_does_not_share_in_it() -> None:
    """A merger on the first day: nobody could record an agreement for a predecessor."""
    bodies = [Body("A", None, until(NEW_YEAR)), Body("B", None, until(NEW_YEAR))]
    merged = Body("C", NEW_YEAR)
    merger = Change(NEW_YEAR, ("A", "B"), ("C",))
    assert keys(sharing([*bodies, merged], [merger], YEAR)) == "C"


def test_two_successions_one_after_the_other() -> None:
    march = date(2028, 3, 1)
    bodies = [Body("A", None, until(march)), Body("B", march, until(JULY)), Body("C", JULY)]
    both = [Change(JULY, ("B",), ("C",), "second"), Change(march, ("A",), ("B",), "first")]
    assert keys(sharing(bodies, both, YEAR)) == "A"
    assert keys(sharing(bodies, both, YEAR, {"first"})) == "B"
    assert keys(sharing(bodies, both, YEAR, {"first", "second"})) == "C"


def test_who_passed_on_everything_is_given_nothing_more() -> None:
    bodies = [Body("A", None, until(JULY)), Body("B", JULY), Body("E")]
    renaming = Change(JULY, ("A",), ("B",))
    assert keys(staying(bodies, [renaming], YEAR)) == "ABE"
    assert keys(staying(bodies, [renaming], YEAR, {"change"})) == "BE"


days = st.dates(date(2027, 6, 1), date(2029, 6, 1))


@given(days, st.integers(1, 3), st.integers(1, 3), st.booleans(), st.booleans(), st.booleans())
def test_everybody_is_counted_once_and_whoever_shares_is_a_body(
    day: date, before: int, after: int, goes_on: bool, is_carried_out: bool, is_counted: bool
) -> None:
    """Of a succession the predecessors share or the successors: never one of each that is new."""
    old = [f"P{number}" for number in range(before)]
    new = [f"S{number}" for number in range(after)]
    bodies = [Body(ags, None, until(day)) for ags in old] + [Body(ags, day) for ags in new]
    if goes_on:
        bodies.append(Body("G"))
        old, new = [*old, "G"], [*new, "G"]
    change = Change(day, tuple(old), tuple(new))
    counted = set(new) if is_counted else set()
    shares = {
        body.ags
        for body in sharing(
            bodies, [change], YEAR, {"change"} if is_carried_out else set(), counted
        )
    }
    assert shares <= {body.ags for body in members(bodies, YEAR)}
    assert shares in ({*old}, {*new})
