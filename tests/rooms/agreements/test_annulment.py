"""A request to annul can always be decided or withdrawn, and leaves nothing that cannot go on."""

from datetime import date

import pytest
from django.utils import timezone

from tests.rooms.agreements.test_change_pages import CASE, PUBLIC, words
from tests.rooms.agreements.test_effects import accepted, address
from tests.stage import press, signed_in
from zielwerk.agreements import actions, queries
from zielwerk.agreements.actions import Ask
from zielwerk.agreements.models import Agreement, Annulment, Intake
from zielwerk.config.world import Cast
from zielwerk.core import audit
from zielwerk.core.permissions import NotAllowed
from zielwerk.desk.queries import body_years
from zielwerk.identity.models import User
from zielwerk.ledger import queries as books
from zielwerk.rulebook.refusal import Refused
from zielwerk.rulebook.tasks import Progress, Work

DOOR = f"{CASE}/irrtum"
TODO = "Ihr Antrag auf Aufhebung ist zurückzuziehen: niemand darf darüber entscheiden"


def asked(person: User, record: Agreement) -> Annulment:
    return actions.ask_annulment(person, Ask(record, "Falsche Akte"), at=timezone.now())


def page_of(annulment: Annulment) -> str:
    return f"/arbeit/aufhebungen/{annulment.pk}"


def test_who_asked_withdraws_and_then_anybody_may_ask_again(
    cast: Cast, main_kinzig: Agreement
) -> None:
    annulment = asked(cast.head, main_kinzig)
    with pytest.raises(NotAllowed):
        actions.withdraw_annulment(cast.officer, annulment, at=timezone.now())
    assert press(signed_in(cast.head), annulment, "zurueckziehen").status_code == 302
    annulment.refresh_from_db()
    assert (annulment.state, annulment.decided_by) == ("withdrawn", "")
    assert queries.open_annulment(main_kinzig) is None
    assert f'href="{DOOR}"' in signed_in(cast.head).get(CASE).content.decode()
    assert list(audit.verify()) == []
    again = asked(cast.head, main_kinzig)
    assert actions.annul(cast.officer, again, at=timezone.now()).state == "annulled"


@pytest.mark.parametrize("step", ["zurueckziehen", "ablehnen", "aufheben"])
def test_what_is_withdrawn_is_over(cast: Cast, main_kinzig: Agreement, step: str) -> None:
    annulment = asked(cast.head, main_kinzig)
    actions.withdraw_annulment(cast.head, annulment, at=timezone.now())
    for person in (cast.head, cast.officer):
        press(signed_in(person), annulment, step)
    annulment.refresh_from_db()
    assert annulment.state == "withdrawn"
    assert not queries.is_annulled(main_kinzig)


def test_nobody_asks_where_nobody_could_decide(cast: Cast, main_kinzig: Agreement) -> None:
    """The head confirmed; the officer is the only other person of the ministry."""
    with pytest.raises(Refused) as refused:
        asked(cast.officer, main_kinzig)
    assert [each.rule for each in refused.value.refusals] == ["agreements.nobody_decides"]
    officer = signed_in(cast.officer)
    page = words(officer.get(DOOR))
    assert "kann niemand darüber entscheiden" in page
    assert officer.post(DOOR, {"begruendung": "Falsche Akte"}).status_code == 409
    assert not Annulment.objects.exists()


def test_the_page_names_who_can_decide(cast: Cast, main_kinzig: Agreement) -> None:
    annulment = asked(cast.head, main_kinzig)
    page = words(signed_in(cast.head).get(page_of(annulment)))
    assert f"Entscheiden kann {cast.officer.name}" in page
    assert "Niemand kann entscheiden" not in page
    assert TODO not in words(signed_in(cast.head).get("/arbeit/"))


def test_where_the_last_who_could_decide_has_left_the_request_leads_back_to_who_made_it(
    cast: Cast, main_kinzig: Agreement
) -> None:
    annulment = asked(cast.head, main_kinzig)
    User.objects.filter(pk=cast.officer.pk).update(is_active=False)
    head = signed_in(cast.head)
    assert "Niemand kann entscheiden" in words(head.get(page_of(annulment)))
    desk = head.get("/arbeit/")
    assert TODO in words(desk)
    assert f'href="{page_of(annulment)}"' in desk.content.decode()
    assert queries.undecidable(cast.head, annulment.programme, timezone.localdate()) == [annulment]
    press(head, annulment, "zurueckziehen")
    assert TODO not in words(head.get("/arbeit/"))


def test_before_annulling_its_amount_its_bookings_and_the_public_page_are_told(
    cast: Cast, main_kinzig: Agreement
) -> None:
    annulment = asked(cast.head, main_kinzig)
    page = words(signed_in(cast.officer).get(f"{page_of(annulment)}/aufheben"))
    assert "Betrag 1.600.100,00 €" in page
    assert "Was in den Büchern zurückgenommen wird" in page
    assert "vereinbart zugewiesen, nicht vereinbart" in page
    assert "zugewiesen, nicht vereinbart Eröffnung" in page
    assert "Die öffentliche Ausgabe 1 mit 1.600.100,00 € wird zurückgezogen" in page
    before = words(signed_in(cast.head).get(PUBLIC))
    assert "1.600.100,00 €" in before


class TestAChangeUnderWay:
    """What it was begun from is annulled meanwhile."""

    @pytest.fixture
    def change(self, cast: Cast, main_kinzig: Agreement) -> Intake:
        change = accepted(signed_in(cast.officer), "1.500.100,00")
        annulment = asked(cast.head, main_kinzig)
        told = words(signed_in(cast.officer).get(f"{page_of(annulment)}/aufheben"))
        assert f"Darauf beruht die begonnene Änderung {change.file_number}." in told
        actions.annul(cast.officer, annulment, at=timezone.now())
        change.refresh_from_db()
        return change

    def test_it_is_in_review_again_and_its_refusal_is_true(
        self, cast: Cast, change: Intake, main_kinzig: Agreement
    ) -> None:
        assert (change.state, change.accepted_by) == ("review", "")
        refused = signed_in(cast.head).get(address(change), follow=True)
        page = words(refused)
        assert f"{main_kinzig.file_number} ist aufgehoben, am " in page
        assert "durch AUF-2024-0001" in page
        assert "Inzwischen gilt" not in page
        with pytest.raises(Refused) as no:
            actions.accept(cast.officer, change, at=timezone.now())
        assert [each.rule for each in no.value.refusals] == ["agreements.base_annulled"]
        assert list(audit.verify()) == []

    def test_the_year_asks_to_discard_it_and_to_record_anew(
        self, cast: Cast, change: Intake
    ) -> None:
        rows = body_years(cast.officer, change.programme, 2024, date(2024, 9, 10))
        (row,) = [each for each in rows if each.body.ags == change.ags]
        work = {task.work for task in row.tasks}
        assert work >= {Work.DISCARD, Work.RECORD}
        assert not work & {Work.REVIEW, Work.CONFIRM}
        assert row.progress != Progress.RECORDING
        page = signed_in(cast.officer).get("/arbeit/jahr/2024?was=discard")
        assert "Main-Kinzig-Kreis" in words(page)

    def test_it_can_be_discarded_and_what_holds_be_recorded_anew(
        self, cast: Cast, change: Intake, main_kinzig: Agreement
    ) -> None:
        assert press(signed_in(cast.officer), change, "verwerfen").status_code == 302
        change.refresh_from_db()
        assert change.state == "discarded"
        entry = actions.HandEntry(main_kinzig.content, "Original auf Papier")
        intake = actions.begin_by_hand(cast.officer, entry, at=timezone.now())
        intake = actions.accept(cast.officer, intake, at=timezone.now())
        record = actions.confirm(cast.head, intake, at=timezone.now()).agreement
        assert record
        assert queries.newest(main_kinzig) == record
        assert list(books.disagreements(record.programme)) == []

    def test_a_recording_that_can_still_be_recorded_is_given_back_before_it_is_discarded(
        self, cast: Cast, main_kinzig: Agreement
    ) -> None:
        change = accepted(signed_in(cast.officer), "1.500.100,00")
        with pytest.raises(Refused) as refused:
            actions.discard(cast.officer, change, at=timezone.now())
        assert [each.rule for each in refused.value.refusals] == ["agreements.still_recordable"]
        page = signed_in(cast.officer).get(f"/arbeit/erfassungen/{change.pk}").content.decode()
        assert "/verwerfen" not in page
