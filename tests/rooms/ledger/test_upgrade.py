"""A database with money in it is brought to a new version: nothing is lost, all stays true."""

import pytest
from django.core.management import call_command
from django.db import connection

from tests.rooms.ledger.books import CLERK, at, on, planning, posting
from zielwerk.core import audit, guards
from zielwerk.ledger import queries
from zielwerk.ledger.actions import Agreed, post, record_agreed
from zielwerk.ledger.models import AccountDay, Place, Transfer


@pytest.mark.django_db(transaction=True)
def test_rebuilding_the_tables_of_the_books_keeps_every_cent_and_every_guard() -> None:
    post(CLERK, [posting(planning(Place.OUTSIDE), planning(Place.ALLOCATED), 1000)], at=at(0))
    agreed = Agreed("aqb_hessen", 2026, "06435", 700, on(0), "ZV-2026-0001")
    record_agreed(CLERK, agreed, at=at(1))
    before = list(Transfer.objects.values_list()), list(AccountDay.objects.values_list())
    call_command("migrate", "ledger", "0001", verbosity=0)
    call_command("migrate", "ledger", verbosity=0)
    assert (list(Transfer.objects.values_list()), list(AccountDay.objects.values_list())) == before
    assert queries.balance(planning(Place.AGREED)) == 700
    assert list(queries.faults()) == []
    assert list(audit.verify()) == []
    assert guards.required(connection) <= guards.installed(connection)
