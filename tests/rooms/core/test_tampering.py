"""No tampering goes unseen: each kind is done on the database past the product, and found.

What is not found without a seal kept elsewhere is named in SECURITY.md.
"""

from collections.abc import Iterator
from itertools import chain

import pytest
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from tests.rooms.core.tampered import ANY, CATALOGUE, Tampering
from tests.stage import AT
from zielwerk.config import world
from zielwerk.core import audit
from zielwerk.ledger import queries as ledger

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def one_world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """People and a recorded, published agreement, once for all tests of this file."""
    with django_db_blocker.unblock(), transaction.atomic():
        world.record_and_publish(world.enrol_cast(), world.main_kinzig(), False, AT)
        connection.check_constraints()
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def undone(one_world: None, db: None) -> Iterator[None]:
    """What a test does to the database is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def done(tampering: Tampering) -> None:
    with connection.cursor() as cursor:
        for statement in tampering.statements:
            cursor.execute(statement)


def rules() -> set[str]:
    return {fault.rule for fault in chain(audit.verify(), ledger.faults())}


def test_what_nobody_touched_is_sound() -> None:
    assert rules() == set()


@pytest.mark.parametrize("tampering", CATALOGUE, ids=lambda one: f"{one.engine}-{one}")
def test_what_the_database_must_refuse_is_compared_by_definition(tampering: Tampering) -> None:
    if tampering.engine in (ANY, connection.vendor):
        done(tampering)
        assert tampering.rule in rules()
