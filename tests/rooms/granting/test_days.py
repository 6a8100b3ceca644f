"""The days of a notice: sent, deemed received, contested, final; corrected and reckoned anew."""

from datetime import date, timedelta

import pytest

from tests.rooms.granting import made
from tests.rooms.granting.test_notices import rules_of
from zielwerk.config.cast import Cast
from zielwerk.granting import actions, queries
from zielwerk.granting.actions import NewEvent
from zielwerk.granting.models import GrantNotice, NoticeEvent
from zielwerk.packs import loading as packs
from zielwerk.rulebook.grant.delivery import State
from zielwerk.rulebook.refusal import Refused


def days(notice: GrantNotice) -> dict[str, date]:
    return {each.code: each.day for each in queries.days_of(notice, queries.events_of(notice))}


def state(notice: GrantNotice, on: date) -> State | None:
    return queries.state_of(notice, queries.events_of(notice), on)


def enter(cast: Cast, notice: GrantNotice, kind: str, day: date | None, **more: str) -> None:
    new = NewEvent(notice, kind, day, **more)
    actions.enter(made.clerk(cast, notice), new, at=made.at(300))


def test_before_it_was_sent_no_day_is_known(hesse: Cast) -> None:
    notice = made.issued(hesse)
    assert days(notice) == {}
    assert state(notice, made.at(300).date()) is None


def test_a_letter_is_deemed_received_and_can_be_contested_for_a_month(hesse: Cast) -> None:
    notice = made.issued(hesse)
    made.sent(hesse, notice)
    found = days(notice)
    assert found["sent"] == made.at(2).date()
    assert found["deemed"] == found["notified"] > found["sent"]
    assert found["remedy_until"] > found["notified"] + timedelta(days=27)
    assert found["final"] > found["remedy_until"]
    assert state(notice, found["notified"]) is State.OPEN
    assert state(notice, found["final"]) is State.FINAL
    each = {day.code: day for day in queries.days_of(notice, queries.events_of(notice))}
    assert all(each[code].basis and each[code].anchor for code in ("deemed", "remedy_until"))


@pytest.mark.django_db
def test_the_law_of_the_day_of_sending_counts_not_that_of_the_issue() -> None:
    """The fiction was three days until 2024 and is four since (§ 41 Abs. 2 VwVfG)."""
    rules = packs.load("aqb_hessen", 2024)
    notice = GrantNotice(
        programme="aqb_hessen",
        year=2024,
        rule_version=rules.rule_version,
        issued_on=date(2024, 12, 30),
    )
    first, later = date(2024, 12, 30), date(2025, 1, 2)
    for sent, deemed in ((first, date(2025, 1, 2)), (later, date(2025, 1, 6))):
        event = NoticeEvent(kind="sent", day=sent, way="post")
        found = {each.code: each.day for each in queries.days_of(notice, [event])}
        assert found["deemed"] == deemed


def test_after_the_programme_year_the_authority_is_that_of_the_day() -> None:
    """A ministry got another name within 2024: who signs in 2025 does so under it."""
    rules, body = packs.load("aqb_hessen", 2023), packs.bodies_in("aqb_hessen", 2023)[0]
    then, later = (
        queries.competent(rules, "ministry", day, body)
        for day in (date(2023, 7, 1), date(2025, 7, 1))
    )
    assert then
    assert later
    assert then.name != later.name


def test_a_receipt_that_is_learnt_later_changes_every_day_after_it(hesse: Cast) -> None:
    notice = made.issued(hesse)
    made.sent(hesse, notice)
    before = days(notice)
    enter(hesse, notice, "received", before["deemed"] + timedelta(days=9))
    after = days(notice)
    for code in ("notified", "remedy_until", "final"):
        assert after[code] > before[code]


def test_without_right_instruction_it_can_be_contested_for_a_year(hesse: Cast) -> None:
    notice = made.issued(hesse)
    made.sent(hesse, notice)
    enter(hesse, notice, "uninstructed", made.at(3).date())
    found = days(notice)
    assert found["remedy_until"] >= found["notified"] + timedelta(days=365)


def test_a_waiver_makes_it_final_and_a_suit_holds_it_up_until_it_is_settled(hesse: Cast) -> None:
    notice = made.issued(hesse)
    made.sent(hesse, notice)
    known = days(notice)["notified"]
    enter(hesse, notice, "contested", known + timedelta(days=3), remedy="suit")
    assert state(notice, known + timedelta(days=200)) is State.CONTESTED
    enter(hesse, notice, "settled", known + timedelta(days=60))
    assert state(notice, known + timedelta(days=61)) is State.FINAL
    with pytest.raises(Refused):
        enter(hesse, notice, "contested", None, note="Es war eine Anfrage, keine Klage.")
    enter(hesse, notice, "settled", None, note="Es war eine Anfrage, keine Klage.")
    enter(hesse, notice, "contested", None, note="Es war eine Anfrage, keine Klage.")
    enter(hesse, notice, "waived", known + timedelta(days=5))
    assert state(notice, known + timedelta(days=6)) is State.FINAL


@pytest.mark.parametrize(
    ("kind", "offset", "note", "rule"),
    [
        ("received", 3, "", "grant.not_sent"),
        ("sent", -30, "", "grant.before_issued"),
        ("sent", 400, "", "grant.day_to_come"),
        ("sent", None, "", "grant.no_day"),
        ("eaten", 3, "", "grant.no_such_event"),
    ],
)
def test_what_cannot_have_happened_is_refused(
    hesse: Cast, kind: str, offset: int | None, note: str, rule: str
) -> None:
    notice = made.issued(hesse)
    day = None if offset is None else made.at(offset).date()
    with pytest.raises(Refused) as refused:
        enter(hesse, notice, kind, day, way="post", note=note)
    assert rules_of(refused) == [rule]


def test_a_correction_says_why(hesse: Cast) -> None:
    notice = made.issued(hesse)
    made.sent(hesse, notice)
    with pytest.raises(Refused) as refused:
        enter(hesse, notice, "sent", made.at(3).date(), way="post")
    assert rules_of(refused) == ["grant.corrected"]
    enter(hesse, notice, "sent", made.at(3).date(), way="by_hand", note="Persönlich übergeben.")
    assert days(notice)["sent"] == made.at(3).date()
