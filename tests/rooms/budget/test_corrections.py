"""A wrong entry is taken back as a whole, by two persons, while nothing rests on it."""

from dataclasses import replace

import pytest
from pytest_django import Settings

from tests import worlds
from tests.rooms.budget.stage import (
    YEAR,
    authority,
    close,
    consume,
    correct,
    entry,
    everything,
    frame,
    free,
    is_sound,
    line,
    stand,
)
from tests.rooms.money import AT, HEAD, OFFICER
from tests.stage import press, signed_in
from zielwerk.budget import actions as budget
from zielwerk.budget import queries
from zielwerk.budget.actions import Consent, Mistake, Redemption
from zielwerk.config import world
from zielwerk.config.cli import main
from zielwerk.core.permissions import NotAllowed
from zielwerk.ledger.models import EntryCode, Place
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.refusal import Refused

pytestmark = pytest.mark.django_db


def newest(programme: str) -> str:
    return queries.entries(programme)[0].number


def refused_by(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {one.rule for one in refused.value.refusals}


class TestTakingBack:
    def test_everything_of_the_entry_goes_in_both_books_and_stays_to_be_seen(
        self, programme: str
    ) -> None:
        budget.enact(OFFICER, entry(programme, 1000), at=AT)
        before = everything(programme)
        budget.supplement(OFFICER, entry(programme, 300), at=AT)
        number = newest(programme)
        correct(programme, number)
        assert everything(programme) == before
        assert {transfer.code for transfer in queries.booked_for(number)} == {
            EntryCode.SUPPLEMENT,
            EntryCode.PROVIDING,
            EntryCode.REVERSAL,
        }
        assert is_sound(programme)

    def test_a_budget_taken_back_can_come_into_force_with_the_right_amount(
        self, programme: str
    ) -> None:
        budget.estimate(OFFICER, entry(programme, 900), at=AT)
        budget.enact(OFFICER, entry(programme, 10_000), at=AT)
        correct(programme, newest(programme))
        assert (stand(Place.DRAFT), frame(programme)) == (900, 0)
        budget.enact(OFFICER, entry(programme, 1000), at=AT)
        assert (frame(programme), free(programme)) == (1000, 1000)
        assert is_sound(programme)

    def test_one_person_alone_takes_nothing_back(self, programme: str) -> None:
        budget.enact(HEAD, entry(programme, 1000), at=AT)
        mistake = Mistake(programme, newest(programme), "Zahlendreher")
        case = budget.ask_for_correction(OFFICER, mistake, at=AT)
        for person in (OFFICER, HEAD):  # who asked, and who booked it
            with pytest.raises(NotAllowed):
                budget.confirm(person, case, at=AT)
        assert frame(programme) == 1000

    def test_what_rests_on_it_is_taken_back_first(self, programme: str) -> None:
        budget.enact(OFFICER, entry(programme, 1000), at=AT)
        number = newest(programme)
        budget.block(OFFICER, entry(programme, 600), at=AT)
        blocked = newest(programme)
        with pytest.raises(Refused) as refused:
            correct(programme, number)
        assert refused_by(refused) == {"ledger.insufficient", "budget.otherwise"}
        correct(programme, blocked)
        correct(programme, number)
        assert set(everything(programme).values()) <= {0}

    def test_a_block_that_is_released_is_not_taken_back_at_the_cost_of_another(
        self, programme: str
    ) -> None:
        budget.enact(OFFICER, entry(programme, 1000), at=AT)
        budget.block(OFFICER, entry(programme, 100), at=AT)
        budget.supplement(OFFICER, entry(programme, 100), at=AT)
        budget.block(OFFICER, entry(programme, 100), at=AT)
        last = newest(programme)
        budget.release(OFFICER, entry(programme, 100), at=AT)
        with pytest.raises(Refused) as refused:
            correct(programme, last)
        assert "budget.released_already" in refused_by(refused)
        assert (stand(Place.APPROPRIATED), stand(Place.SUPPLEMENTARY)) == (900, 100)

    def test_a_correction_is_asked_for_once_and_can_be_refused(self, programme: str) -> None:
        budget.enact(OFFICER, entry(programme, 1000), at=AT)
        mistake = Mistake(programme, newest(programme), "Zahlendreher")
        case = budget.ask_for_correction(OFFICER, mistake, at=AT)
        with pytest.raises(Refused) as refused:
            budget.ask_for_correction(HEAD, mistake, at=AT)
        assert refused_by(refused) == {"budget.asked_already"}
        budget.reject(HEAD, case, note="So nicht", at=AT)
        again = budget.ask_for_correction(OFFICER, mistake, at=AT)
        budget.withdraw(OFFICER, again, at=AT)
        assert frame(programme) == 1000

    @pytest.mark.parametrize("number", ["", "HH-2025-9999", "ZB-1", "HH-"])
    def test_only_entries_into_the_budget_are_corrected(self, programme: str, number: str) -> None:
        budget.authorise(OFFICER, authority(programme, 100), at=AT)
        consume(programme, 50)  # under the number of the commitment
        with pytest.raises(Refused) as refused:
            budget.ask_for_correction(OFFICER, Mistake(programme, number, "falsch"), at=AT)
        assert refused_by(refused) == {"budget.no_entry"}


class TestClosedYear:
    def test_a_wrong_closing_is_taken_back_and_the_year_closed_anew(self, programme: str) -> None:
        budget.enact(OFFICER, entry(programme, 1000), at=AT)
        before, act = everything(programme), newest(programme)
        close(programme)
        closing = newest(programme)
        with pytest.raises(Refused) as refused:
            correct(programme, act)
        assert refused_by(refused) == {"budget.closed_first"}
        correct(programme, closing)
        assert everything(programme) == before
        budget.supplement(OFFICER, entry(programme, 100), at=AT)
        close(programme, Consent(line(programme), YEAR, 300_00))
        assert (stand(Place.CARRIED_OVER), stand(Place.LAPSED)) == (300, 800)
        assert is_sound(programme)

    def test_a_closing_whose_money_moved_on_is_not_taken_back(self, programme: str) -> None:
        budget.enact(OFFICER, entry(programme, 1000), at=AT)
        close(programme, Consent(line(programme), YEAR, 300_00))
        closing = newest(programme)
        budget.cut(OFFICER, entry(programme, 50, YEAR + 1), at=AT)
        with pytest.raises(Refused) as refused:
            correct(programme, closing)
        assert refused_by(refused) == {"ledger.insufficient", "budget.otherwise"}


class TestRedeemingFromAnotherLine:
    def redemption(self, programme: str, euros: int, reason: str = "umbenannt") -> Redemption:
        paying = entry(programme, euros, YEAR + 1, "0807 684 71")
        return Redemption(line(programme), replace(paying, basis=reason))

    def consumed(self, programme: str) -> None:
        budget.authorise(OFFICER, authority(programme, 400), at=AT)
        consume(programme, 400)
        budget.enact(OFFICER, entry(programme, 1000, YEAR + 1, "0807 684 71"), at=AT)

    def test_money_and_permission_count_once_again(
        self, programme: str, settings: Settings, capsys: pytest.CaptureFixture[str]
    ) -> None:
        settings.PROGRAMME = programme
        self.consumed(programme)
        assert frame(programme) + frame(programme, YEAR + 1) == 1400  # both
        assert main(["budget", "check"]) == 1
        budget.redeem_from(OFFICER, self.redemption(programme, 400), at=AT)
        assert (frame(programme), frame(programme, YEAR + 1)) == (400, 600)
        assert programmes.unredeemed(programme) == []
        assert main(["budget", "check"]) == 0
        assert "stimmen überein" in capsys.readouterr().out
        assert is_sound(programme)

    def test_it_is_a_decision_with_a_reason_and_can_be_corrected(self, programme: str) -> None:
        self.consumed(programme)
        with pytest.raises(Refused) as refused:
            budget.redeem_from(OFFICER, self.redemption(programme, 400, " "), at=AT)
        assert refused_by(refused) == {"budget.no_basis"}
        before = everything(programme)
        budget.redeem_from(OFFICER, self.redemption(programme, 100), at=AT)
        assert [cents for _, cents in programmes.unredeemed(programme)] == [300_00]
        correct(programme, newest(programme))
        assert everything(programme) == before

    def test_no_more_than_is_left_and_only_from_a_budget_in_force(self, programme: str) -> None:
        self.consumed(programme)
        with pytest.raises(Refused) as refused:
            budget.redeem_from(OFFICER, self.redemption(programme, 401), at=AT)
        assert refused_by(refused) == {"budget.redeemed_too_much"}
        nowhere = Redemption(line(programme), entry(programme, 1, YEAR + 1, "0899 1"))
        with pytest.raises(Refused) as refused:
            budget.redeem_from(OFFICER, nowhere, at=AT)
        assert refused_by(refused) == {"budget.not_in_force"}

    def test_a_year_with_authority_nobody_redeemed_is_not_closed(self, programme: str) -> None:
        self.consumed(programme)
        foreseen = budget.foreseen_closing(programme, YEAR + 1)
        assert {one.rule for one in foreseen.refusals} == {"budget.still_unredeemed"}
        budget.redeem_from(OFFICER, self.redemption(programme, 400), at=AT)
        assert budget.foreseen_closing(programme, YEAR + 1).refusals == []


class TestPages:
    @pytest.fixture
    def cast(self, programme: str, settings: Settings) -> world.Cast:
        settings.PROGRAMME = programme
        return worlds.put(world.enrol_cast)

    def test_from_the_mistake_to_its_correction(self, cast: world.Cast, programme: str) -> None:
        budget.enact(OFFICER, entry(programme, 10_000), at=AT)
        officer, head = signed_in(cast.officer), signed_in(cast.head)
        number, door = newest(programme), "/arbeit/haushalt/berichtigungen/neu"
        assert number in officer.get(f"{door}?akte={number}").content.decode()
        assert officer.post(door, {"vorgang": number, "begruendung": ""}).status_code == 422
        said = {"vorgang": number, "begruendung": "eine Null zu viel"}
        answer = officer.post(door, said, follow=True).content.decode()
        assert "eine Null zu viel" in answer
        assert "beantragte Berichtigung ist zu bestätigen" in head.get("/arbeit/").content.decode()
        case = queries.corrections(OFFICER, programme).get()
        assert press(head, case, "bestaetigen").status_code == 302
        assert frame(programme) == 0
        page = officer.get(f"/arbeit/haushalt/berichtigungen/{case.pk}").content.decode()
        assert "zurückgenommen" in page
        assert number not in officer.get(door).content.decode()

    def test_the_warning_of_unredeemed_authority_is_a_door(
        self, cast: world.Cast, programme: str
    ) -> None:
        TestRedeemingFromAnotherLine().consumed(programme)
        officer = signed_in(cast.officer)
        page = officer.get(f"/arbeit/haushalt?jahr={YEAR + 1}").content.decode()
        assert "/arbeit/haushalt/einloesen?verpflichtung=" in page
        door = page.split('href="/arbeit/haushalt/einloesen?')[1].split('"')[0]
        form = officer.get("/arbeit/haushalt/einloesen?" + door.replace("&amp;", "&"))
        assert "0806 684 71" in form.content.decode()

    def test_who_sees_and_who_asks(self, cast: world.Cast) -> None:
        auditor, body = signed_in(cast.auditor), signed_in(cast.body)
        assert auditor.get("/arbeit/haushalt/berichtigungen").status_code == 200
        assert auditor.get("/arbeit/haushalt/berichtigungen/neu").status_code == 403
        assert body.get("/arbeit/haushalt/berichtigungen").status_code == 403
