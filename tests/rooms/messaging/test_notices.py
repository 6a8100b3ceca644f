"""What waits for a person vanishes when it is done; what happened is marked read by her."""

from datetime import date

import pytest

from tests.stage import AT
from zielwerk.agreements import actions as agreements
from zielwerk.agreements.models import Intake
from zielwerk.config import world
from zielwerk.config.cast import Cast
from zielwerk.messaging import queries

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
