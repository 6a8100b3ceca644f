"""A database with money in it is brought to a new version: nothing is lost, all stays true."""

from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from tests.rooms.ledger.books import CLERK, at, on, planning, posting
from zielwerk.core import audit, guards
from zielwerk.ledger import queries
from zielwerk.ledger.actions import Agreed, post, record_agreed
from zielwerk.ledger.models import AccountDay, FlowDay, FlowMonth, Place, Transfer


def kept() -> list[list[tuple[object, ...]]]:
    """All that is booked, and all that is summed of it."""
    sums = [list(table.objects.values_list()) for table in (Transfer, AccountDay)]
    flows = [list(table.objects.values_list(*of)) for table, of in FLOWS.items()]
    return sums + flows


FLOWS: dict[Any, tuple[str, ...]] = {
    FlowDay: ("source", "target", "value_date", "recorded_on", "amount_cents"),
    FlowMonth: ("source", "target", "value_month", "recorded_month", "amount_cents"),
}


@pytest.mark.django_db(transaction=True)
def test_rebuilding_the_tables_of_the_books_keeps_every_cent_and_every_guard() -> None:
    post(CLERK, [posting(planning(Place.OUTSIDE), planning(Place.ALLOCATED), 1000)], at=at(0))
    agreed = Agreed("aqb_hessen", 2026, "06435", 700, on(0), "ZV-2026-0001")
    record_agreed(CLERK, agreed, at=at(1))
    before = kept()
    call_command("migrate", "ledger", "0001", verbosity=0)
    call_command("migrate", "ledger", verbosity=0)
    assert kept() == before
    assert queries.balance(planning(Place.AGREED)) == 700
    assert list(queries.faults()) == []
    assert list(audit.verify()) == []
    assert guards.required(connection) <= guards.installed(connection)
