"""What waits for a person vanishes when it is done; it is late only once its day is over."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils.timezone import localdate

from tests.stage import AT
from zielwerk.agreements import actions as agreements
from zielwerk.agreements.models import Intake
from zielwerk.config import world
from zielwerk.config.cast import Cast
from zielwerk.messaging import queries
from zielwerk.messaging.queries import Waiting

TODAY = date(2024, 9, 3)


@pytest.fixture
def intake(cast: Cast) -> Intake:
    """A recording that waits for its second person."""
    entered = agreements.HandEntry(world.main_kinzig(), "Quelle", is_invented=False)
    begun = agreements.begin_by_hand(cast.officer, entered, at=AT)
    return agreements.accept(cast.officer, begun, at=AT)


def test_what_waits_is_told_to_who_may_do_it_and_vanishes_when_it_is_done(
    cast: Cast, intake: Intake
) -> None:
    (action,) = queries.notices_for(cast.head, TODAY).actions
    assert action.text == str(intake)
    assert action.url == f"/arbeit/erfassungen/{intake.pk}"
    assert queries.notices_for(cast.officer, TODAY).actions == ()  # she entered it: four eyes
    assert queries.notices_for(cast.auditor, TODAY).actions == ()
    agreements.confirm(cast.head, intake, at=AT)
    told = queries.notices_for(cast.head, TODAY)
    assert [one.text for one in told.actions if one.url == action.url] == []


BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize("due", [date(2024, 10, 26), date(2024, 12, 2), date(2025, 3, 30)])
def test_a_deadline_is_a_day_in_local_time_and_counts_to_its_last_minute(
    cast: Cast, intake: Intake, monkeypatch: pytest.MonkeyPatch, due: date
) -> None:
    """In summer, in winter, and on the days on which the clock changes."""
    monkeypatch.setattr(Waiting, "due", due)
    last = datetime(due.year, due.month, due.day, 23, 59, tzinfo=BERLIN)
    midnight = datetime.combine(due + timedelta(days=1), datetime.min.time(), BERLIN)
    late = []
    for moment in (last, midnight):
        (action,) = queries.notices_for(cast.head, localdate(moment)).actions
        late.append(action.is_late)
    assert late == [False, True]
    assert midnight.timestamp() - last.timestamp() == 60
