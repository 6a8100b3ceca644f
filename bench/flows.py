"""What flowed is summed anew after transfers were inserted as one set; the guards are down."""

from importlib import import_module
from types import SimpleNamespace

from django.apps import apps
from django.db import connection


def sum_up() -> None:
    """Fill the kept sums of flows as the migration does that introduced them."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_flowday")
        cursor.execute("DELETE FROM ledger_flowmonth")
    introduced = import_module("zielwerk.ledger.migrations.0003_flows")
    introduced.fill(apps, SimpleNamespace(connection=connection))
