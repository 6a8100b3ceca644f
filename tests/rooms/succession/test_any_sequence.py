"""Records and books agree whatever is done in whatever order; nothing is doubled or lost."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.rooms.money import AT, EURO, HEAD, MILLION, OFFICER, YEAR, enact, put_forward, scenario
from tests.rooms.succession.undivided import agree as agreed
from tests.rooms.succession.undivided import (
    carried_out,
    concluded_cents,
    leaving,
    undivided_needs,
)
from zielwerk.adjustments import actions as adjustments
from zielwerk.adjustments.actions import Move
from zielwerk.allocation import actions as allocation
from zielwerk.allocation.models import IndicatorData
from zielwerk.ledger import queries as books
from zielwerk.ledger.models import EntryCode, Place, Transfer
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.adjustment import AdjustmentKind
from zielwerk.rulebook.planning import Fund, Standing
from zielwerk.rulebook.refusal import Refused
from zielwerk.succession import queries

pytestmark = pytest.mark.django_db
LFN = "lotsenfonds_nordmark"
FUND = Fund(LFN, YEAR)
VERBS = ("share out", "agree", "waive", "cover", "give", "succeed")
steps = st.tuples(st.sampled_from(VERBS), st.booleans(), st.integers(1, 9_999_99))


def take(verb: str, ags: str, cents: int, needs: IndicatorData) -> None:
    """Do what the verb says, as far as the rules let anybody do it."""
    kinds = {
        "waive": AdjustmentKind.WAIVER,
        "cover": AdjustmentKind.COVER,
        "give": AdjustmentKind.REALLOCATION,
    }
    if verb == "share out":
        total = cents // (100 * EURO) * 100 * EURO + 20 * MILLION
        allocation.decide(HEAD, put_forward(scenario(LFN, total, data=needs)), at=AT)
    elif verb == "agree":
        agreed(LFN, ags, cents)
    elif verb == "succeed":
        carried_out(LFN)
    else:
        move = Move(kinds[verb], FUND, ags, cents, "Bedarf")
        adjustments.decide(HEAD, adjustments.declare(OFFICER, move, at=AT), at=AT)


def held_cents(standing: Standing) -> int:
    bodies = sum(held.total_cents + held.opening_cents for held in standing.bodies.values())
    return bodies + standing.free_cents + standing.uncovered_cents


@settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(steps, min_size=2, max_size=7))
def test_whatever_is_done(db: None, sequence: list[tuple[str, bool, int]]) -> None:
    with transaction.atomic():
        enact(LFN)
        needs = undivided_needs(LFN)
        frame = held_cents(programmes.standing(FUND))
        for verb, is_new, cents in sequence:
            try:
                with transaction.atomic():
                    take(verb, leaving(LFN)[is_new], cents, needs)
            except Refused:
                continue
            assert held_cents(programmes.standing(FUND)) == frame
        assert list(books.faults()) == []
        assert queries.off_the_books(LFN) == []
        net = queries.got(LFN, YEAR)
        for ags in leaving(LFN):
            came = concluded_cents(LFN, YEAR, ags) + net.get(ags, {}).get(Place.AGREED, 0)
            taken = Transfer.objects.filter(
                source__ags=ags, source__place=Place.AGREED, source__programme=LFN
            )
            # What covers a gap with money of another kind is agreed as before.
            taken = taken.exclude(code=EntryCode.SUCCESSION).exclude(target__place=Place.AGREED)
            gone = sum(taken.values_list("amount_cents", flat=True))
            assert books.agreed_cents(LFN, YEAR, ags) == came - gone
        transaction.set_rollback(True)
