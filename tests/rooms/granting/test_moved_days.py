"""A day that changes is kept, shown on the page, and told to whom it concerns."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse

from tests.rooms.granting import made
from tests.rooms.granting.test_days import days, enter
from tests.rooms.granting.test_pages import page
from tests.stage import signed_in
from zielwerk.config.cast import OPERATOR, Cast
from zielwerk.core import audit
from zielwerk.granting import actions, queries
from zielwerk.granting.models import GrantNotice, ReckonedDays
from zielwerk.identity.models import User
from zielwerk.language import value_text
from zielwerk.messaging.actions import telling
from zielwerk.messaging.models import Notice
from zielwerk.rulebook import calendar


def told(user: User) -> str:
    """What a person reads among her messages of changed days; nothing where there is none."""
    telling.tell_all(made.at(301))
    if not Notice.objects.filter(person=user, subject__startswith="reckoned_days:").exists():
        return ""
    shown: str = signed_in(user).get(reverse("messaging:notices")).content.decode()
    return shown


def german(day: date) -> str:
    return value_text(day, "de")


def sent(cast: Cast) -> GrantNotice:
    notice = made.issued(cast)
    made.sent(cast, notice)
    return notice


def test_the_first_reckoning_is_kept_and_changes_nothing(hesse: Cast) -> None:
    notice = sent(hesse)
    (row,) = queries.reckoned(notice)
    assert not row.moved
    assert {each.code: each.day for each in row.dated} == days(notice)
    assert told(made.head(hesse, notice)) == ""
    assert "Geänderte Tage" not in page(made.clerk(hesse, notice), "notice", notice.pk)


def test_a_later_receipt_is_told_with_both_days_and_stands_on_the_page(hesse: Cast) -> None:
    notice = sent(hesse)
    before = days(notice)
    enter(hesse, notice, "received", before["deemed"] + timedelta(days=9))
    after = days(notice)
    both = [german(each["remedy_until"]) for each in (before, after)]
    for user in (hesse.body, made.head(hesse, notice)):
        shown = told(user)
        assert all(day in shown for day in both)
    assert told(made.clerk(hesse, notice)) == ""  # she entered it herself
    shown = page(made.clerk(hesse, notice), "notice", notice.pk)
    part = shown.split("Geänderte Tage")[1]
    assert all(day in part for day in both)
    assert "Petra Sommer" in part
    assert list(audit.verify()) == []


def test_a_correction_names_its_reason_and_the_body_hears_only_of_its_remedy(hesse: Cast) -> None:
    notice = sent(hesse)
    known = days(notice)["notified"]
    enter(hesse, notice, "waived", known + timedelta(days=2))
    enter(hesse, notice, "waived", known + timedelta(days=3), note="Der Brief kam später.")
    assert [row.moved for row in queries.reckoned(notice)] == [False, True, True]
    assert told(hesse.body) == ""
    assert told(made.head(hesse, notice))
    assert "Der Brief kam später." in page(hesse.body, "notice", notice.pk)


def test_a_holiday_that_is_learnt_later_is_reported(
    hesse: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    notice = sent(hesse)
    until = days(notice)["remedy_until"]
    assert actions.reckon_all(OPERATOR, settings.PROGRAMME, at=made.at(10)) == []
    known = calendar.holidays_in

    def more(state: str, year: int) -> Any:
        return {**known(state, year), until: "Landesfeiertag"}

    monkeypatch.setattr(calendar, "holidays_in", more)
    (row,) = actions.reckon_all(OPERATOR, settings.PROGRAMME, at=made.at(11))
    changed = {each.code: (each.before, each.after) for each in row.changes}
    assert changed["remedy_until"][0] == until
    moved = changed["remedy_until"][1]
    assert moved
    assert moved > until
    assert row.event is None
    for user in (hesse.body, made.clerk(hesse, notice), made.head(hesse, notice)):
        assert german(moved) in told(user)
    assert "Feiertag" in page(hesse.body, "notice", notice.pk)
    assert actions.reckon_all(OPERATOR, settings.PROGRAMME, at=made.at(12)) == []
    assert ReckonedDays.objects.count() == 2
