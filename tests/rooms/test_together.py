"""Several people over the same money in the same moment: it moves once, or it is refused."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import partial

import pytest

from tests.rooms.conftest import Together
from tests.rooms.money import (
    AT,
    HEAD,
    MILLION,
    OFFICER,
    YEAR,
    bodies,
    decided,
    enact,
    enter_needs,
    put_forward,
    scenario,
)
from zielwerk.adjustments import actions as adjustments
from zielwerk.adjustments.models import Adjustment
from zielwerk.allocation import actions as allocation
from zielwerk.allocation.models import Scenario
from zielwerk.budget import actions as budget
from zielwerk.budget.actions import Authority, Consumption, Entry, Line
from zielwerk.core import audit
from zielwerk.identity.actions import Operator
from zielwerk.imports import actions as imports
from zielwerk.imports.actions import Incoming
from zielwerk.imports.models import TableImport
from zielwerk.ledger import actions as ledger
from zielwerk.ledger import queries as books
from zielwerk.ledger.models import Transfer
from zielwerk.packs import loading as packs
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.adjustment import AdjustmentKind
from zielwerk.rulebook.planning import Fund
from zielwerk.rulebook.refusal import Refused

pytestmark = pytest.mark.django_db(transaction=True)


HEADS = [Operator(f"user:{number}", frozenset({"ministry"})) for number in range(301, 305)]
LINE = "0806 684 71"
HEADINGS = "Art;Haushaltsjahr;Haushaltsstelle;Mittelherkunft;Zweckbindung;Fälligkeitsjahr;Betrag\n"


def answered(work: Callable[[], object]) -> str:
    """What a person would get: "done", or the rule by which she was refused."""
    try:
        work()
    except Refused as refused:
        return refused.refusals[0].rule
    return "done"


def line(programme: str, year: int) -> Line:
    return Line(programme, year, LINE, packs.load(programme, YEAR).money_sources[0].code)


def entry(programme: str, year: int, cents: int) -> Entry:
    return Entry(line(programme, year), cents, date(year, 1, 1), "Haushaltsgesetz")


def declared(programme: str, kind: AdjustmentKind, ags: str, cents: int) -> Adjustment:
    move = adjustments.Move(kind, Fund(programme, YEAR), ags, cents, "Bedarf")
    return adjustments.declare(OFFICER, move, at=AT)


def deciding(number: int, one: Adjustment) -> Callable[[], str]:
    return lambda: answered(lambda: adjustments.decide(HEADS[number], one, at=AT))


def each_moved_its_amount_or_nothing() -> bool:
    return all(
        one.amount_cents * (one.state == "ordered")
        == sum(Transfer.objects.filter(case=one.file_number).values_list("amount_cents", flat=True))
        for one in Adjustment.objects.all()
    )


def sound(programme: str) -> bool:
    wrong = [*books.faults(), *audit.verify(), *programmes.gaps(programme)]
    return wrong == [] and programmes.uncovered(programme, YEAR) == []


def test_free_money_is_reallocated_to_one_of_those_who_want_it(
    together: Together, programme: str
) -> None:
    """Three million are free; four decisions over two million each."""

    def prepared() -> list[Adjustment]:
        enact(programme)
        decided(programme, 27 * MILLION)
        return [
            declared(programme, AdjustmentKind.REALLOCATION, body.ags, 2 * MILLION)
            for body in bodies(programme)[:4]
        ]

    (moves,) = together([prepared])
    answers = together([deciding(number, one) for number, one in enumerate(moves)])
    assert Counter(answers) == {"done": 1, "adjustments.exceeds": 3}

    def left() -> tuple[bool, int]:
        assert each_moved_its_amount_or_nothing()
        return sound(programme), programmes.standing(Fund(programme, YEAR)).free_cents

    assert together([left]) == [(True, MILLION)]


def test_a_body_waives_the_same_money_once(together: Together, programme: str) -> None:
    def prepared() -> list[Adjustment]:
        enact(programme)
        ags, cents = max(decided(programme, 27 * MILLION).result.items(), key=lambda one: one[1])
        return [declared(programme, AdjustmentKind.WAIVER, ags, cents) for _ in range(4)]

    (waivers,) = together([prepared])
    answers = together([deciding(number, one) for number, one in enumerate(waivers)])
    assert Counter(answers) == {"done": 1, "adjustments.exceeds": 3}

    def left() -> tuple[bool, int]:
        assert each_moved_its_amount_or_nothing()
        return sound(programme), programmes.standing(Fund(programme, YEAR)).free_cents

    assert together([left]) == [(True, 3 * MILLION + waivers[0].amount_cents)]


def test_a_commitment_and_the_budget_that_pays_for_it_never_both_count(
    together: Together, programme: str
) -> None:
    early, day = YEAR - 1, date(YEAR - 1, 12, 1)
    permitted = Authority(line(programme, early), YEAR, 400_00, day, "Haushaltsgesetz")
    used = Consumption(line(programme, early), YEAR, 400_00, day, "ZB-0001")
    together([lambda: budget.authorise(OFFICER, permitted, at=AT)])
    answers = together(
        [
            lambda: answered(lambda: budget.consume(OFFICER, used, at=AT)),
            lambda: answered(lambda: budget.enact(HEAD, entry(programme, YEAR, 800_00), at=AT)),
        ]
    )
    assert answers == ["done", "done"]

    def left() -> tuple[bool, dict[Fund, int]]:
        frames = programmes.frames(programme)
        return sound(programme), {fund: sum(of.values()) for fund, of in frames.items()}

    both = {Fund(programme, early): 400_00, Fund(programme, YEAR): 400_00}
    assert together([left]) == [(True, both)]


def test_two_tables_of_the_same_years_in_opposite_order_are_both_written(
    together: Together, programme: str
) -> None:
    label = packs.load(programme, YEAR).money_sources[0].label

    def received(number: int, *years: int) -> TableImport:
        rows = [
            f"Nachtrag;{year};{LINE} {place};{label};;;1,00\n"
            for year in years
            for place in range(10)
        ]
        table = (HEADINGS + "".join(rows)).encode()
        options = {"basis": "Nachtrag", "value_date": f"{YEAR}-01-01"}
        sent = Incoming("budget", programme, YEAR, f"{number}.csv", table, options)
        return imports.receive(OFFICER, sent, at=AT)

    (tables,) = together([lambda: [received(1, YEAR - 1, YEAR), received(2, YEAR, YEAR - 1)]])
    works = [partial(imports.write, OFFICER, one, at=AT) for one in tables]
    assert together([partial(answered, one) for one in works]) == ["done", "done"]

    def left() -> tuple[bool, dict[Fund, int]]:
        frames = programmes.frames(programme)
        return sound(programme), {fund: sum(of.values()) for fund, of in frames.items()}

    both = {Fund(programme, YEAR - 1): 20_00, Fund(programme, YEAR): 20_00}
    assert together([left]) == [(True, both)]


def test_of_two_scenarios_decided_at_once_one_is(together: Together, programme: str) -> None:
    def prepared() -> list[Scenario]:
        enact(programme)
        data = enter_needs(programme)
        return [
            put_forward(scenario(programme, total, data=data))
            for total in (27 * MILLION, 20 * MILLION)
        ]

    (both,) = together([prepared])
    answers = together(
        [
            partial(answered, partial(allocation.decide, head, one, at=AT))
            for head, one in zip(HEADS, both, strict=False)
        ]
    )
    assert Counter(answers) == {"done": 1, "allocation.basis_changed": 1}

    def left() -> tuple[bool, int, int]:
        one = Scenario.objects.get(state="allocated")
        stands = programmes.standing(Fund(programme, YEAR)).bodies
        given = sum(stand.total_cents for stand in stands.values())
        return sound(programme), one.total_cents, given

    ((is_sound, total, given),) = together([left])
    assert (is_sound, given) == (True, total)
    assert total == both[answers.index("done")].total_cents


def test_a_waiver_and_a_decision_over_the_same_money_do_not_both_take_it(
    together: Together, programme: str
) -> None:
    def prepared() -> tuple[Adjustment, Scenario]:
        enact(programme, 27 * MILLION)
        data = enter_needs(programme)
        ags, cents = max(
            decided(programme, 27 * MILLION, data=data).result.items(), key=lambda one: one[1]
        )
        waiver = declared(programme, AdjustmentKind.WAIVER, ags, cents)
        return waiver, put_forward(scenario(programme, 20 * MILLION, data=data))

    ((waiver, cut),) = together([prepared])
    answers = together(
        [
            deciding(0, waiver),
            lambda: answered(lambda: allocation.decide(HEADS[1], cut, at=AT)),
        ]
    )
    assert answers in (
        ["done", "allocation.basis_changed"],
        ["adjustments.exceeds", "done"],
    )
    assert together([lambda: each_moved_its_amount_or_nothing() and sound(programme)]) == [True]


def test_an_agreement_recorded_while_its_money_is_being_decided_leaves_no_gap(
    together: Together, programme: str
) -> None:
    """It finds the money that was decided, or none at all and is an opening entry."""
    purpose = packs.load(programme, YEAR).earmarks[0].code
    ags = bodies(programme)[-1].ags

    def prepared() -> Scenario:
        enact(programme, earmark=purpose)
        return put_forward(scenario(programme, 27 * MILLION, earmark=purpose))

    (pending,) = together([prepared])
    agreed = ledger.Agreed(
        programme, YEAR, ags, 100, AT.date(), "ZV-2026-0001", earmarks=(purpose,)
    )
    answers = together(
        [
            lambda: answered(lambda: allocation.decide(HEAD, pending, at=AT)),
            lambda: answered(lambda: ledger.record_agreed(OFFICER, agreed, at=AT)),
        ]
    )
    assert answers == ["done", "done"]
    assert together([lambda: sound(programme)]) == [True]


def test_the_proof_of_the_log_raises_no_alarm_while_others_write(
    together: Together, programme: str
) -> None:
    together([lambda: enact(programme)])

    def write() -> list[str]:
        more = entry(programme, YEAR, 100)
        work = partial(budget.supplement, OFFICER, more, at=AT)
        return [answered(work) for _ in range(12)]

    def prove() -> list[str]:
        return [found.rule for _ in range(12) for found in audit.verify()]

    written, other, found, again = together([write, write, prove, prove])
    assert Counter(written + other) == {"done": 24}
    assert found + again == []
    assert together([lambda: sound(programme)]) == [True]
