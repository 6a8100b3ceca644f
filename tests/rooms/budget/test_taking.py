"""What is blocked comes back as what it was; authority is cut, blocked and released too."""

from collections.abc import Callable

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.rooms.budget.stage import (
    CODE,
    YEAR,
    authority,
    close,
    consume,
    entry,
    everything,
    frame,
    free,
    is_sound,
    line,
    stand,
)
from tests.rooms.money import AT, OFFICER
from zielwerk.budget import actions as budget
from zielwerk.budget.actions import Consent
from zielwerk.ledger.models import Place
from zielwerk.rulebook.refusal import Refused

pytestmark = pytest.mark.django_db


def in_force(programme: str, euros: int = 1000, supplement: int = 0) -> None:
    budget.enact(OFFICER, entry(programme, euros), at=AT)
    if supplement:
        budget.supplement(OFFICER, entry(programme, supplement), at=AT)


def block(programme: str, euros: int, year: int = YEAR) -> None:
    budget.block(OFFICER, entry(programme, euros, year), at=AT)


def release(programme: str, euros: int, year: int = YEAR) -> None:
    budget.release(OFFICER, entry(programme, euros, year), at=AT)


def cut(programme: str, euros: int) -> None:
    budget.cut(OFFICER, entry(programme, euros), at=AT)


def own(programme: str) -> tuple[int, int]:
    return stand(Place.APPROPRIATED), stand(Place.SUPPLEMENTARY)


class TestMoney:
    def test_a_supplement_that_was_blocked_is_a_supplement_again(self, programme: str) -> None:
        in_force(programme, 1000, supplement=300)
        before = everything(programme)
        block(programme, 500)
        assert own(programme) == (800, 0)
        release(programme, 500)
        assert own(programme) == (1000, 300)
        assert everything(programme) == before

    def test_money_carried_over_comes_back_for_its_programme_year(self, programme: str) -> None:
        in_force(programme, 1000)
        close(programme, Consent(line(programme), YEAR, 400_00))
        before = everything(programme)
        block(programme, 150, YEAR + 1)
        assert (free(programme), stand(Place.CARRIED_OVER)) == (250, 250)
        release(programme, 150, YEAR + 1)
        assert (free(programme), stand(Place.CARRIED_OVER, programme_year=YEAR)) == (400, 400)
        assert everything(programme) == before

    def test_of_several_blocks_the_last_is_released_first_and_in_parts(
        self, programme: str
    ) -> None:
        in_force(programme, 1000)
        block(programme, 200)  # all of it from the budget itself
        budget.supplement(OFFICER, entry(programme, 300), at=AT)
        block(programme, 250)  # all of it from the supplement
        release(programme, 100)
        assert own(programme) == (800, 150)
        release(programme, 250)
        assert own(programme) == (900, 300)
        release(programme, 100)
        assert own(programme) == (1000, 300)
        assert stand(Place.BLOCKED) == 0
        assert is_sound(programme)

    def test_what_was_cut_meanwhile_is_covered_first(self, programme: str) -> None:
        in_force(programme, 1000)
        block(programme, 600)
        cut(programme, 700)
        assert stand(Place.UNCOVERED) == -300
        release(programme, 600)
        assert (stand(Place.UNCOVERED), own(programme)) == (0, (300, 0))
        assert (free(programme), frame(programme)) == (300, 300)
        assert is_sound(programme)

    def test_a_gap_that_others_closed_leaves_the_released_money_to_the_budget(
        self, programme: str
    ) -> None:
        in_force(programme, 1000)
        block(programme, 1200)  # 200 more than there is
        budget.supplement(OFFICER, entry(programme, 200), at=AT)
        release(programme, 1200)
        assert (stand(Place.UNCOVERED), own(programme)) == (0, (1000, 200))
        assert is_sound(programme)

    def test_no_more_is_released_than_is_blocked(self, programme: str) -> None:
        in_force(programme, 1000)
        block(programme, 100)
        with pytest.raises(Refused, match="Gesperrt sind"):
            release(programme, 101)
        assert stand(Place.BLOCKED) == 100


class TestAuthority:
    def test_it_can_be_cut_and_nothing_of_the_money_goes(self, programme: str) -> None:
        in_force(programme, 1000)
        budget.authorise(OFFICER, authority(programme, 400), at=AT)
        budget.cut_authority(OFFICER, authority(programme, 150), at=AT)
        assert (stand(Place.PERMITTED), stand(Place.APPROPRIATED)) == (250, 1000)
        assert frame(programme) == free(programme) == 1250
        assert is_sound(programme)

    @pytest.mark.parametrize("verb", [budget.cut_authority, budget.block_authority])
    def test_it_is_taken_even_where_it_is_consumed(
        self, programme: str, verb: Callable[..., object]
    ) -> None:
        budget.authorise(OFFICER, authority(programme, 400), at=AT)
        consume(programme, 300)
        verb(OFFICER, authority(programme, 250), at=AT)
        assert (stand(Place.PERMITTED), stand(Place.CONSUMED)) == (0, 300)
        assert stand(Place.UNCOVERED, due_year=YEAR + 1) == -150
        assert frame(programme) == 150
        assert is_sound(programme)

    def test_blocked_authority_cannot_be_consumed_and_comes_back(self, programme: str) -> None:
        budget.authorise(OFFICER, authority(programme, 400), at=AT)
        before = everything(programme)
        budget.block_authority(OFFICER, authority(programme, 300), at=AT)
        with pytest.raises(Refused, match="gebraucht werden"):
            consume(programme, 200)
        budget.release_authority(OFFICER, authority(programme, 300), at=AT)
        assert everything(programme) == before
        consume(programme, 200)
        assert is_sound(programme)

    def test_authority_covers_what_authority_lacks_and_money_never_does(
        self, programme: str
    ) -> None:
        in_force(programme, 1000)
        budget.authorise(OFFICER, authority(programme, 400), at=AT)
        consume(programme, 400)
        budget.cut_authority(OFFICER, authority(programme, 100), at=AT)
        foreseen = budget.foreseen_closing(programme, YEAR)
        assert [(key.due_year, cents) for key, cents in foreseen.uncovered if key.due_year] == [
            (YEAR + 1, -100_00)
        ]
        budget.authorise(OFFICER, authority(programme, 150), at=AT)
        foreseen = budget.foreseen_closing(programme, YEAR)
        assert [key for key, _ in foreseen.uncovered if key.due_year] == []
        lapsing = {key.place: cents for key, cents in foreseen.dropping}
        assert lapsing == {Place.PERMITTED: 50_00}


amounts = st.integers(1, 900)
verbs = st.lists(
    st.tuples(st.sampled_from(["supplement", "cut", "block", "release", "permit", "use"]), amounts),
    max_size=5,
)
DO: dict[str, Callable[[str, int], object]] = {
    "supplement": lambda of, euros: budget.supplement(OFFICER, entry(of, euros), at=AT),
    "cut": cut,
    "block": block,
    "release": release,
    "permit": lambda of, euros: budget.authorise(OFFICER, authority(of, euros), at=AT),
    "use": consume,
    "cut authority": lambda of, euros: budget.cut_authority(OFFICER, authority(of, euros), at=AT),
}
PAIRS = {
    "money": (block, release),
    "authority": (
        lambda of, euros: budget.block_authority(OFFICER, authority(of, euros), at=AT),
        lambda of, euros: budget.release_authority(OFFICER, authority(of, euros), at=AT),
    ),
}


@pytest.mark.parametrize("kind", list(PAIRS))
@settings(max_examples=8, suppress_health_check=list(HealthCheck))
@given(before=verbs, parts=st.lists(amounts, min_size=1, max_size=2))
def test_releasing_what_was_blocked_restores_exactly_what_was(
    programme: str, kind: str, before: list[tuple[str, int]], parts: list[int]
) -> None:
    """Whatever was booked before, blocked in parts and released in one or the other way round."""
    take, give_back = PAIRS[kind]
    with transaction.atomic():
        in_force(programme, 500)
        for verb, euros in before:
            try:
                DO[verb](programme, euros)
            except Refused:
                continue
        state = everything(programme)
        for euros in parts:
            take(programme, euros)
        soundness = [is_sound(programme)]
        for euros in parts[::-1]:
            give_back(programme, euros)
        restored = everything(programme)
        for euros in parts:
            take(programme, euros)
        give_back(programme, sum(parts))
        again = everything(programme)
        soundness.append(is_sound(programme))
        transaction.set_rollback(True)
    assert restored == state
    assert again == state
    assert all(soundness)


def test_a_line_is_not_mistaken_for_another(programme: str) -> None:
    in_force(programme, 100)
    budget.enact(OFFICER, entry(programme, 100, code=f"{CODE} a"), at=AT)
    block(programme, 50)
    with pytest.raises(Refused, match="Gesperrt sind"):
        budget.release(OFFICER, entry(programme, 50, code=f"{CODE} a"), at=AT)
