"""A season: stages, working days of each side, what waits longest; days are never lost."""

from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from zielwerk.rulebook.calendar import working_days
from zielwerk.rulebook.season import Change, Path, Season, longest, season, urgency

PATH = Path(
    stages=("allocated", "strategy", "draft", "sent", "settled", "signing", "concluded", "public"),
    early=("allocated", "strategy"),
    cases=("negotiation", "conclusion", "publication"),
    owed={
        "": ("ministry",),
        "allocated": ("body",),
        "strategy": ("ministry",),
        "settled": ("ministry",),
        "concluded": ("ministry",),
    },
)
MONDAY, TODAY = date(2026, 3, 2), date(2026, 3, 30)


def after(days: int) -> date:
    return MONDAY + timedelta(days)


def draft(day: date, stage: str, *owed: str) -> Change:
    return Change(day, "negotiation", stage, owed)


def of(*changes: Change, today: date = TODAY, land: str = "HE") -> Season:
    return season(changes, PATH, today, land)


ALLOCATED = Change(MONDAY, "allocated", "allocated")
STRATEGY = Change(after(7), "strategy", "strategy")


def test_a_day_belongs_to_whoever_owed_the_move_when_it_began() -> None:
    """Five working days of the body until its strategy, then the ministry's until it sent."""
    found = of(
        ALLOCATED, STRATEGY, draft(after(14), "draft", "ministry"), draft(after(15), "sent", "body")
    )
    assert (found.stage, found.owed, found.since, found.waited) == ("sent", ("body",), after(15), 9)
    assert found.days_of == {("body",): 5 + 9, ("ministry",): 5 + 1}
    assert found.days_in == {"allocated": 5, "strategy": 5, "draft": 1, "sent": 9}
    assert found.held == {
        "allocated": MONDAY,
        "strategy": after(7),
        "draft": after(14),
        "sent": after(15),
    }


def test_weekends_and_holidays_are_nobodys() -> None:
    """From Maundy Thursday to the Tuesday after Easter 2026 one working day goes by in Hesse."""
    found = of(Change(date(2026, 4, 2), "allocated", "allocated"), today=date(2026, 4, 7))
    assert found.waited == 1


def test_a_strategy_of_last_year_holds_and_begins_no_season() -> None:
    standing = Change(date(2024, 1, 1), "strategy", "strategy", stands=True)
    assert of(standing).stays == ()
    assert (of(standing).stage, of(standing).owed) == ("", ("ministry",))
    found = of(standing, ALLOCATED)
    assert (found.stage, found.since, found.days) == ("strategy", MONDAY, 20)
    assert found.held["strategy"] == date(2024, 1, 1)


def test_what_comes_early_counts_once_there_is_money() -> None:
    """A strategy without money moves nothing; the ministry allocates."""
    path = Path(("allocated", "strategy", "planned"), ("allocated", "strategy", "planned"), (), {})
    planned = Change(MONDAY, "planned", "planned")
    assert season([planned], path, TODAY, "HE").stage == ""
    both = season([planned, Change(after(1), "allocated", "allocated")], path, TODAY, "HE")
    assert (both.stage, both.held) == ("planned", {"planned": MONDAY, "allocated": after(1)})


def test_what_was_opened_again_holds_no_longer_and_keeps_its_days() -> None:
    found = of(
        ALLOCATED,
        draft(MONDAY, "sent", "body"),
        draft(after(1), "settled"),
        draft(after(3), "sent", "body"),
    )
    assert "settled" not in found.held
    assert found.held["sent"] == after(3)
    assert found.days_in["settled"] == 2
    assert found.days_of[("ministry",)] == 2


def test_a_draft_that_was_given_up_leads_back_to_what_was_there_before() -> None:
    found = of(ALLOCATED, STRATEGY, draft(after(8), "sent", "body"), draft(after(9), ""))
    assert (found.stage, found.owed, found.since) == ("strategy", ("ministry",), after(9))


def test_two_may_owe_the_move_at_once_and_share_their_days() -> None:
    signing = Change(after(7), "conclusion", "signing", ("body", "ministry"))
    signed = Change(after(9), "conclusion", "signing", ("body",))
    found = of(ALLOCATED, draft(MONDAY, "settled"), signing, signed)
    assert found.days_of == {("ministry",): 5, ("body", "ministry"): 2, ("body",): 13}
    assert (found.stage, found.waited) == ("signing", 13)


def test_it_is_over_with_the_last_stage() -> None:
    found = of(
        ALLOCATED,
        Change(after(2), "conclusion", "concluded"),
        Change(after(4), "publication", "public"),
    )
    assert (found.stage, found.owed, found.waited) == ("public", (), 0)
    assert found.days == 4


def test_of_what_comes_later_nothing_is_known_yet() -> None:
    assert of(ALLOCATED, STRATEGY, today=after(6)).stage == "allocated"


@dataclass(frozen=True)
class Move:
    waited: int
    due: date | None = None
    is_late: bool = False


def test_late_ones_come_first_then_what_waited_longer() -> None:
    late, long, short = Move(1, MONDAY, is_late=True), Move(30), Move(2)
    assert sorted([short, long, late], key=urgency) == [late, long, short]
    assert longest([late, long, short, Move(90, after(200))]) == 30
    assert longest([late]) == 0


SIDES = st.lists(st.sampled_from(["ministry", "body", "authority"]), unique=True, max_size=2)
CHANGES = st.lists(
    st.builds(
        Change,
        st.integers(0, 700).map(after),
        st.sampled_from([*PATH.early, *PATH.cases]),
        st.sampled_from(["", *PATH.stages]),
        SIDES.map(tuple),
        st.booleans(),
    ),
    max_size=25,
)


@given(CHANGES, st.integers(0, 800).map(after), st.sampled_from(["HE", "SN", ""]))
def test_the_days_of_all_sides_are_the_working_days_of_the_whole_time(
    changes: list[Change], today: date, land: str
) -> None:
    found = season(changes, PATH, today, land)
    assert sum(found.days_of.values()) == sum(found.days_in.values()) == found.days
    begun = [one.day for one in changes if one.day <= today and not one.stands]
    if not begun:
        assert found.stays == ()
        return
    end = found.stays[-1].first if found.stage == PATH.final else today
    assert found.days == working_days(min(begun), end, land)
    assert all(stay.days >= 0 for stay in found.stays)
    assert found.stage == found.stays[-1].stage
