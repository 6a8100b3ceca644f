"""A file whose time is over is offered to the archive; the answer is a second person's."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.rooms.filing.scene import declared, people, ways
from tests.rooms.money import AT
from tests.stage import signed_in
from zielwerk.adjustments import actions as adjustments
from zielwerk.adjustments.models import Adjustment
from zielwerk.config import world
from zielwerk.core import audit
from zielwerk.core.cases import Case
from zielwerk.core.permissions import NotAllowed
from zielwerk.filing import actions, queries
from zielwerk.filing.actions import Answering, Offering
from zielwerk.filing.models import ArchiveOffer
from zielwerk.rulebook.refusal import Refused

pytestmark = pytest.mark.django_db
ARCHIVE = "Staatsarchiv (erfunden)"
LATER = datetime(2040, 1, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def cast(programme: str, settings: Any) -> world.Cast:
    return people(programme, settings)


@pytest.fixture
def waiver(cast: world.Cast, programme: str) -> Adjustment:
    return declared(cast, programme)


@pytest.fixture
def closed(cast: world.Cast, waiver: Adjustment) -> Adjustment:
    return adjustments.withdraw(cast.body, waiver, at=AT)


def test_it_is_kept_for_the_years_of_the_land_and_then_listed(
    cast: world.Cast, closed: Adjustment
) -> None:
    keeping = queries.keeping_of(closed)
    assert keeping.until
    assert keeping.until == date(AT.year + (keeping.years or 0), 12, 31)
    assert keeping.is_assumed
    page = ways(cast.officer, closed).page
    assert "angenommen" in page
    assert "Gelöscht wird hier nichts" in page
    first = date(keeping.until.year + 1, 1, 1)
    assert closed not in listed(cast, keeping.until)
    assert closed in listed(cast, first)
    assert "Heute ist die Frist keiner Akte um" in (
        signed_in(cast.officer).get("/arbeit/akten/fristende").content.decode()
    )


def listed(cast: world.Cast, on: date) -> list[Case]:
    return [row.case for row in queries.over(cast.officer, on)]


def test_it_is_offered_after_its_time_once_and_by_who_keeps_it(
    cast: world.Cast, closed: Adjustment
) -> None:
    with pytest.raises(Refused, match="wird bis"):
        actions.offer(cast.officer, Offering(closed, ARCHIVE), at=AT)
    with pytest.raises(NotAllowed):
        actions.offer(cast.body, Offering(closed, ARCHIVE), at=LATER)
    with pytest.raises(Refused, match="welchem Archiv"):
        actions.offer(cast.officer, Offering(closed, " "), at=LATER)
    offer = actions.offer(cast.officer, Offering(closed, ARCHIVE), at=LATER)
    with pytest.raises(Refused, match="schon angeboten"):
        actions.offer(cast.head, Offering(closed, ARCHIVE), at=LATER)
    [row] = [row for row in queries.over(cast.officer, LATER.date()) if row.case == closed]
    assert row.offer == offer
    assert ARCHIVE in ways(cast.body, closed).page
    assert not list(audit.verify())


def test_a_running_case_is_never_offered(cast: world.Cast, waiver: Adjustment) -> None:
    with pytest.raises(Refused, match="läuft noch"):
        actions.offer(cast.officer, Offering(waiver, ARCHIVE), at=LATER)


def test_the_answer_is_entered_by_a_second_person_and_stays(
    cast: world.Cast, closed: Adjustment
) -> None:
    offer = actions.offer(cast.officer, Offering(closed, ARCHIVE), at=LATER)
    taken = Answering(closed, offer, ArchiveOffer.Answer.TAKEN, LATER.date(), "ABC 1")
    with pytest.raises(NotAllowed, match="zweite Person"):
        actions.answer(cast.officer, taken, at=LATER)
    for on in (date(2039, 12, 31), date(2040, 1, 3)):
        wrong = Answering(closed, offer, ArchiveOffer.Answer.TAKEN, on)
        with pytest.raises(Refused, match="nicht älter als das Angebot"):
            actions.answer(cast.head, wrong, at=LATER)
    answered = actions.answer(cast.head, taken, at=LATER)
    assert answered.get_answer_display() == "übernimmt die Akte"
    with pytest.raises(Refused, match="schon eingetragen"):
        actions.answer(cast.head, taken, at=LATER)
    way = ways(cast.auditor, closed)
    assert "übernimmt die Akte" in way.page
    assert "<Aussonderungsart>A</Aussonderungsart>" in way.archive["akte.xml"].decode()
    assert not list(audit.verify())


def test_the_page_says_what_cannot_be_done_yet(cast: world.Cast, closed: Adjustment) -> None:
    way = ways(cast.officer, closed)
    assert "Dem Archiv anbieten" not in way.page
    asked = way.client.get(f"{way.url}/anbieten")
    assert asked.status_code == 200
    assert "Angeboten wird sie danach" in asked.content.decode()
    sent = way.client.post(f"{way.url}/anbieten", {"archiv": ARCHIVE})
    assert sent.status_code == 409
    assert way.client.get(f"{way.url}/antwort").status_code == 404
    assert not ArchiveOffer.objects.exists()
