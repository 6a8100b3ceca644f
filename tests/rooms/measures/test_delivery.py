"""Who carries out which measure: entering, refusing, ending, and what nobody may change."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.rooms.measures.parties import enter
from tests.stage import AT, moved
from zielwerk.agreements.models import Agreement
from zielwerk.config import world
from zielwerk.core import audit
from zielwerk.core.permissions import NotAllowed, OutOfScope
from zielwerk.measures import queries
from zielwerk.measures.actions import Ending, NewDelivery, deliver, end_delivery
from zielwerk.measures.models import Delivery, Measure
from zielwerk.rulebook.refusal import Refused

FIRST = date(2024, 2, 1)


@pytest.fixture
def measure(main_kinzig: Agreement) -> Measure:
    return Measure.objects.get(title="Team-Camp")


def rules(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.rule for one in refused.value.refusals]


def test_several_parties_carry_out_one_measure_each_in_its_way(
    cast: world.Cast, measure: Measure
) -> None:
    company = enter(cast, "AQA gGmbH", kind="own_company")
    trainer = enter(cast, "Werkhof (erfunden)")
    deliver(cast.body, measure, NewDelivery("own_company", FIRST, party=company), at=AT)
    deliver(cast.officer, measure, NewDelivery("contract", FIRST, party=trainer), at=AT)
    deliver(cast.body, measure, NewDelivery("own_delivery", FIRST), at=AT)
    found = queries.measure(cast.auditor, "aqb_hessen", measure.pk).deliveries.all()
    assert [(one.party and one.party.name, one.passing_on) for one in found] == [
        ("AQA gGmbH", "own_company"),
        ("Werkhof (erfunden)", "contract"),
        (None, "own_delivery"),
    ]
    assert queries.delivery_counts(cast.auditor, "aqb_hessen", 2024, FIRST) == {"06435": (11, 1)}
    before = FIRST - timedelta(days=1)
    assert queries.delivery_counts(cast.auditor, "aqb_hessen", 2024, before) == {"06435": (11, 0)}
    assert next(audit.verify(), None) is None


def test_a_party_of_another_body_is_refused_and_nothing_is_written(
    cast: world.Cast, measure: Measure
) -> None:
    stranger = enter(cast, "Mainbogen (erfunden)", ags="06412")
    with pytest.raises(Refused) as refused:
        deliver(cast.officer, measure, NewDelivery("contract", FIRST, party=stranger), at=AT)
    assert rules(refused) == ["measures.party_without_relation"]
    assert not Delivery.objects.exists()


def test_a_relation_that_has_ended_is_none(cast: world.Cast, measure: Measure) -> None:
    past = enter(cast, "Früher e. V. (erfunden)", until=FIRST)
    deliver(cast.officer, measure, NewDelivery("contract", FIRST, party=past), at=AT)
    later = NewDelivery("procured", FIRST + timedelta(days=1), party=past)
    with pytest.raises(Refused) as refused:
        deliver(cast.officer, measure, later, at=AT)
    assert rules(refused) == ["measures.party_without_relation"]


def test_kinds_and_order_of_days_are_checked(cast: world.Cast, measure: Measure) -> None:
    trainer = enter(cast, "Werkhof (erfunden)")
    for new, expected in (
        (NewDelivery("barter", FIRST, party=trainer), ["measures.no_such_passing_on"]),
        (NewDelivery("contract", FIRST), ["measures.nobody_named"]),
        (
            NewDelivery("own_delivery", FIRST, party=trainer),
            ["measures.own_delivery_by_another"],
        ),
        (
            NewDelivery("contract", FIRST, FIRST - timedelta(days=1), trainer),
            ["calendar.period_reversed"],
        ),
    ):
        with pytest.raises(Refused) as refused:
            deliver(cast.officer, measure, new, at=AT)
        assert rules(refused) == expected
    assert not Delivery.objects.exists()


def test_who_may(cast: world.Cast, measure: Measure) -> None:
    new = NewDelivery("own_delivery", FIRST)
    for person in (cast.provider, cast.auditor, cast.authority):
        with pytest.raises(NotAllowed):
            deliver(person, measure, new, at=AT)
    with pytest.raises(OutOfScope):
        deliver(moved(cast.body, "06412"), measure, new, at=AT)


def test_an_end_is_said_once_and_opens_the_time_after_it(
    cast: world.Cast, measure: Measure
) -> None:
    last = date(2024, 6, 30)
    one = deliver(cast.body, measure, NewDelivery("own_delivery", FIRST), at=AT)
    with pytest.raises(Refused, match="bevor er"):
        end_delivery(cast.body, one, Ending(FIRST - timedelta(days=1)), at=AT)
    ended = end_delivery(cast.body, one, Ending(last), at=AT)
    assert (ended.valid_until, ended.ended_by) == (last, cast.body.audit_name)
    with pytest.raises(Refused) as refused:
        end_delivery(cast.officer, one, Ending(None), at=AT)
    assert rules(refused) == ["measures.delivery_ended"]
    with pytest.raises(Refused) as refused:
        deliver(cast.body, measure, NewDelivery("own_delivery", last), at=AT)
    assert rules(refused) == ["measures.delivery_known"]
    deliver(cast.body, measure, NewDelivery("own_delivery", last + timedelta(days=1)), at=AT)
    assert next(audit.verify(), None) is None


def test_a_mistake_is_struck_and_may_be_entered_rightly(cast: world.Cast, measure: Measure) -> None:
    one = deliver(cast.body, measure, NewDelivery("own_delivery", FIRST), at=AT)
    end_delivery(cast.body, one, Ending(None), at=AT)
    assert queries.delivery_counts(cast.body, "aqb_hessen", 2024, FIRST) == {"06435": (11, 0)}
    assert not queries.measure(cast.body, "aqb_hessen", measure.pk).deliveries.all()
    deliver(cast.body, measure, NewDelivery("own_delivery", FIRST), at=AT)
    assert queries.delivery_counts(cast.body, "aqb_hessen", 2024, FIRST) == {"06435": (11, 1)}


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM measures_delivery",
        "UPDATE measures_delivery SET passing_on = 'contract'",
        "UPDATE measures_delivery SET valid_until = '2030-12-31'",
        "UPDATE measures_delivery SET valid_from = '2024-01-01', ended_at = '2024-09-09'",
    ],
)
def test_the_database_itself_keeps_what_was_entered(
    cast: world.Cast, measure: Measure, statement: str
) -> None:
    deliver(cast.body, measure, NewDelivery("own_delivery", FIRST), at=AT)
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_what_has_ended_cannot_be_opened_again(cast: world.Cast, measure: Measure) -> None:
    one = deliver(cast.body, measure, NewDelivery("own_delivery", FIRST), at=AT)
    one = end_delivery(cast.body, one, Ending(FIRST), at=AT)
    one.valid_until = None
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        one.save()


SPANS = st.lists(
    st.tuples(
        st.sampled_from(["own_delivery", "contract"]),
        st.integers(0, 60),
        st.none() | st.integers(0, 30),
    ),
    max_size=6,
)


class EachDayIsSaidOnce(TestCase):
    """Whatever is entered in whatever order, no day is said twice of the same party and kind."""

    @classmethod
    def setUpTestData(cls) -> None:
        cls.cast = world.enrol_cast()
        entered = world.record_and_publish(cls.cast, world.main_kinzig(), False, AT)
        assert entered.agreement
        cls.measure = Measure.objects.get(title="Team-Camp")
        cls.party = enter(cls.cast, "Werkhof (erfunden)")

    @given(SPANS)
    def test_no_overlap(self, spans: list[tuple[str, int, int | None]]) -> None:
        refused = 0
        for kind, start, length in spans:
            first = FIRST + timedelta(days=start)
            last = None if length is None else first + timedelta(days=length)
            party = self.party if kind == "contract" else None
            try:
                deliver(
                    self.cast.officer, self.measure, NewDelivery(kind, first, last, party), at=AT
                )
            except Refused:
                refused += 1
        kept = list(Delivery.objects.all())
        assert len(kept) + refused == len(spans)
        for day in (FIRST + timedelta(days=number) for number in range(95)):
            for kind in ("own_delivery", "contract"):
                saying = [
                    one
                    for one in kept
                    if one.passing_on == kind
                    and one.valid_from <= day
                    and (one.valid_until is None or day <= one.valid_until)
                ]
                assert len(saying) <= 1
