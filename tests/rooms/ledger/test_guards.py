"""What the database refuses, whoever asks."""

from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import F

from tests.rooms.ledger.books import CLERK, COLLEAGUE, HERE, THERE, at, on, planning, posting
from zielwerk.core import guards
from zielwerk.ledger import cli, queries
from zielwerk.ledger.actions import Agreed, post, record_agreed, reverse_case
from zielwerk.ledger.models import (
    Account,
    AccountDay,
    EntryCode,
    FlowDay,
    FlowMonth,
    Place,
    Transfer,
)
from zielwerk.rulebook.refusal import Refused

pytestmark = pytest.mark.django_db
OUTSIDE, ALLOCATED = planning(Place.OUTSIDE), planning(Place.ALLOCATED)


def fill() -> None:
    """Three transfers, the second of which reverses the first."""
    first = post(CLERK, [posting(OUTSIDE, ALLOCATED, 1000)], at=at(0))[0]
    reverse_case(COLLEAGUE, first.case, "Zahlendreher", at=at(1))
    post(CLERK, [posting(OUTSIDE, ALLOCATED, 100)], at=at(2))
    record_agreed(CLERK, Agreed("aqb_hessen", 2026, THERE, 700, on(0), "ZV-2"), at=at(2))


def hot() -> Account:
    return queries.accounts([ALLOCATED])[ALLOCATED]


def booked_again() -> None:
    """The newest transfer once more, which an onlooker could not tell from its booking."""
    newest = Transfer.objects.latest("pk")
    Account.objects.filter(pk=newest.target_id).update(
        balance_cents=F("balance_cents") + newest.amount_cents
    )


def day_booked_again() -> None:
    newest = Transfer.objects.latest("pk")
    days = AccountDay.objects.filter(account=newest.target_id, value_date=newest.value_date)
    assert days.update(net_cents=F("net_cents") + newest.amount_cents)


def flowed_again(table: type[FlowDay] | type[FlowMonth]) -> None:
    newest = Transfer.objects.latest("pk")
    flowed = table.objects.filter(source=newest.source_id, target=newest.target_id)
    assert flowed.update(amount_cents=F("amount_cents") + newest.amount_cents)


def inserted(**changed: object) -> None:
    copy = Transfer.objects.filter(reverses=None).latest("pk")
    copy.pk = None
    for name, value in changed.items():
        setattr(copy, name, value)
    copy.save(force_insert=True)


def other_book() -> Account:
    return Account.objects.create(book="cash", place="outside", guarded=False)


ATTACKS: list[tuple[str, Callable[[], object]]] = [
    ("append-only", lambda: Transfer.objects.update(amount_cents=1)),
    ("append-only", lambda: Transfer.objects.all()._raw_delete("default")),
    ("append-only", lambda: AccountDay.objects.all()._raw_delete("default")),
    ("append-only", lambda: Account.objects.all()._raw_delete("default")),
    ("booked_only", lambda: Account.objects.update(balance_cents=F("balance_cents") + 1)),
    ("booked_only", lambda: Account.objects.update(guarded=False)),
    ("booked_only", lambda: Account.objects.update(last_transfer=F("last_transfer") + 1)),
    ("booked_only", lambda: Account.objects.filter(ags=THERE).update(ags="06431")),
    ("booked_only", booked_again),
    ("booked_only", day_booked_again),
    (
        "booked_only",
        lambda: Account.objects.create(book="cash", place="paid", guarded=True, balance_cents=5),
    ),
    ("booked_only", lambda: AccountDay.objects.update(net_cents=F("net_cents") + 1)),
    ("booked_only", lambda: AccountDay.objects.update(value_date=on(9))),
    (
        "booked_only",
        lambda: AccountDay.objects.create(
            account=hot(), value_date=on(7), recorded_on=on(7), net_cents=100
        ),
    ),
    *(
        (
            "booked_only",
            lambda table=table: table.objects.update(amount_cents=F("amount_cents") + 1),
        )
        for table in (FlowDay, FlowMonth)
    ),
    *(("booked_only", lambda table=table: flowed_again(table)) for table in (FlowDay, FlowMonth)),
    *(
        ("append-only", lambda table=table: table.objects.all()._raw_delete("default"))
        for table in (FlowDay, FlowMonth)
    ),
    (
        "booked_only",
        lambda: FlowDay.objects.create(
            source=hot(), target=other(), value_date=on(7), recorded_on=on(7), amount_cents=100
        ),
    ),
    (
        "booked_only",
        lambda: FlowMonth.objects.create(
            source=hot(), target=other(), value_month=on(7), recorded_month=on(7), amount_cents=100
        ),
    ),
    ("account_not_overdrawn", lambda: inserted(source=hot(), target=other(), amount_cents=101)),
    ("transfer_across_books", lambda: inserted(source=hot(), target=other_book(), amount_cents=1)),
    ("transfer_between_bodies", lambda: inserted(source=hot(), target=there(), amount_cents=1)),
    *(
        ("transfer_between_bodies", attack)
        for attack in (
            # By succession nothing but the body changes, of what is planned and what is committed.
            lambda: inserted(source=hot(), target=there(), amount_cents=1, code="succession"),
            lambda: inserted(source=hot(), target=other(), amount_cents=1, code="succession"),
            lambda: inserted(source=hot(), target=opened(2027), amount_cents=1, code="succession"),
            lambda: inserted(
                source=hot(), target=opened(2026, "x"), amount_cents=1, code="succession"
            ),
            lambda: inserted(source=paid(HERE), target=paid(THERE), code="succession"),
            lambda: inserted(source=unbound(HERE), target=unbound(THERE), code="succession"),
            *(
                lambda code=code: inserted(source=hot(), target=opened(), amount_cents=1, code=code)
                for code in EntryCode.values
                if code != EntryCode.SUCCESSION
            ),
        )
    ),
    ("transfer_amount_positive", lambda: inserted(amount_cents=-5)),
    ("transfer_moves", lambda: inserted(source=hot(), target=hot())),
    (
        "account_place_of_book",
        lambda: Account.objects.create(book="cash", place="agreed", guarded=True),
    ),
    (
        "account_guarded_by_place",
        lambda: Account.objects.create(book="cash", place="paid", guarded=False),
    ),
]


def other() -> Account:
    return queries.accounts([OUTSIDE])[OUTSIDE]


def opened(year: int = 2026, earmark: str = "") -> Account:
    """The account of another body at the same place."""
    key = replace(planning(Place.ALLOCATED, THERE, year), earmark=earmark)
    return Account.objects.get_or_create(**asdict(key), defaults={"guarded": True})[0]


def paid(ags: str) -> Account:
    return Account.objects.create(book="cash", place="outside", ags=ags, guarded=False)


def unbound(ags: str) -> Account:
    return Account.objects.create(book="commitment", place="outside", ags=ags, guarded=False)


def there() -> Account:
    key = planning(Place.AGREED, THERE)
    return queries.accounts([key])[key]


@pytest.mark.parametrize(("reason", "attack"), ATTACKS, ids=[str(n) for n in range(len(ATTACKS))])
def test_the_database_refuses_what_is_no_booking(reason: str, attack: Callable[[], object]) -> None:
    fill()
    before = [queries.balance(account.key) for account in Account.objects.all()]
    with pytest.raises(DatabaseError, match=reason), transaction.atomic():
        attack()
    assert [queries.balance(account.key) for account in Account.objects.all()] == before
    assert list(queries.faults()) == []


def test_by_succession_money_passes_on_between_bodies_and_is_not_reversed() -> None:
    fill()
    here, there = planning(Place.ALLOCATED), planning(Place.ALLOCATED, THERE)
    passed = replace(posting(here, there, 60, 3), code=EntryCode.SUCCESSION, case="RN-2026-0001")
    (transfer,) = post(CLERK, [passed], at=at(3))
    assert (queries.balance(here), queries.balance(there)) == (40, 60)
    assert list(queries.faults()) == []
    with pytest.raises(Refused) as refused:
        reverse_case(COLLEAGUE, transfer.case, "Zahlendreher", at=at(4))
    assert refused.value.refusals[0].rule == "ledger.between_bodies"


@pytest.mark.parametrize(
    "wrong",
    [
        {"target": planning(Place.AGREED, THERE)},
        {"target": planning(Place.ALLOCATED, THERE, 2027)},
        {"target": planning(Place.OUTSIDE)},
        {"code": EntryCode.REALLOCATION},
    ],
)
def test_a_succession_changes_nothing_but_the_body(wrong: dict[str, Any]) -> None:
    fill()
    passed = posting(planning(Place.ALLOCATED), planning(Place.ALLOCATED, THERE), 60, 3)
    with pytest.raises(Refused) as refused:
        post(CLERK, [replace(passed, **{"code": EntryCode.SUCCESSION, **wrong})], at=at(3))
    assert refused.value.refusals[0].rule == "ledger.between_bodies"


def test_a_mirror_that_is_none_is_refused() -> None:
    fill()
    original = Transfer.objects.get(code="agreement")
    mirrored = {
        "source": original.target,
        "target": original.source,
        "amount_cents": original.amount_cents,
        "reason": "Zahlendreher",
        "actor": "user:2",
        "reverses": original,
    }
    reversal = Transfer.objects.get(code="reversal")
    for wrong in (
        {"amount_cents": 1},
        {"value_date": on(1)},
        {"actor": "user:1"},
        {"source": original.source, "target": original.target},
        {
            "source": reversal.target,
            "target": reversal.source,
            "amount_cents": reversal.amount_cents,
            "value_date": reversal.value_date,
            "actor": "user:9",
            "reverses": reversal,
        },
    ):
        with pytest.raises(DatabaseError, match="reversal_mirrors"), transaction.atomic():
            inserted(**{**mirrored, **wrong})
    inserted(**mirrored)
    assert list(queries.faults()) == []


def test_postgresql_refuses_to_empty_a_table() -> None:
    """SQLite has no TRUNCATE; there the same words are no statement at all."""
    fill()
    connection.check_constraints()  # settles what PostgreSQL leaves to the end
    for table in ("ledger_transfer", "core_auditentry"):
        with (
            pytest.raises(DatabaseError, match=r"append-only|syntax error"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"TRUNCATE {table} CASCADE")
    assert Transfer.objects.count() == 5


TAMPERED = [
    (
        "ledger.book_sum",
        "UPDATE ledger_account SET balance_cents = balance_cents - 1 WHERE place = 'opening'",
    ),
    ("ledger.balance", "UPDATE ledger_account SET balance_cents = 5 WHERE place = 'outside'"),
    ("ledger.day", "UPDATE ledger_accountday SET net_cents = net_cents + 1"),
    (
        "ledger.day",
        "UPDATE ledger_accountday SET recorded_on = '2020-02-02' WHERE net_cents = 1000",
    ),
    ("ledger.day", "DELETE FROM ledger_accountday WHERE net_cents = 1000"),
    *(
        ("ledger.flow_day", statement)
        for statement in (
            "UPDATE ledger_flowday SET amount_cents = amount_cents + 1",
            "UPDATE ledger_flowday SET recorded_on = '2020-02-02' WHERE amount_cents = 100",
            "DELETE FROM ledger_flowday WHERE amount_cents = 100",
        )
    ),
    *(
        ("ledger.flow_month", statement)
        for statement in (
            "UPDATE ledger_flowmonth SET amount_cents = amount_cents + 1",
            "UPDATE ledger_flowmonth SET value_month = '2020-02-01'",
            "UPDATE ledger_flowmonth SET value_month = '2026-01-02'",
            "DELETE FROM ledger_flowmonth WHERE amount_cents = 700",
        )
    ),
    ("ledger.across_books", "UPDATE ledger_account SET ags = '06431' WHERE place = 'agreed'"),
    ("ledger.reversal", "UPDATE ledger_transfer SET actor = 'user:1'"),
    ("ledger.reversal", "UPDATE ledger_transfer SET amount_cents = 7 WHERE reverses_id IS NULL"),
]


@pytest.mark.parametrize(("rule", "statement"), TAMPERED)
def test_whoever_takes_the_guards_down_is_found_out(
    rule: str, statement: str, capsys: pytest.CaptureFixture[str]
) -> None:
    fill()
    assert list(queries.faults()) == []
    guards.remove_all()
    with connection.cursor() as cursor:
        cursor.execute(statement)
    connection.check_constraints()
    guards.install_all()
    assert rule in {fault.rule for fault in queries.faults()}
    assert cli.check([]) == 1
    assert capsys.readouterr().err.startswith(("Das Buch", "Konto", "Buchung", "Von Konto"))
