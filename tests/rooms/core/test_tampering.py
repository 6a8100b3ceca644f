"""No tampering goes unseen: each kind is done on the database past the product, and found.

What is not found without a seal kept elsewhere is named in SECURITY.md.
"""

from collections.abc import Iterator
from itertools import chain

import pytest
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from tests.rooms.core.tampered import CATALOGUE, Tampering
from tests.rooms.core.tampered_data import DATA
from tests.stage import AT
from zielwerk.auditing.actions import Wish, begin_verification
from zielwerk.config import world, world_money
from zielwerk.core import audit, guards
from zielwerk.ledger import queries as ledger
from zielwerk.notes import actions as notes
from zielwerk.programme.actions import NewParty, NewRelation, enter_party

OF_THIS_ENGINE = [one for one in CATALOGUE if one.engine == connection.vendor]
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def one_world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """People and a recorded, published agreement, once for all tests of this file."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast = world.enrol_cast()
        world_money.authorise(cast.officer, "aqb_hessen", 2024)
        party = NewParty("aqb_hessen", "Träger e. V.", "provider", [NewRelation("06435")])
        enter_party(cast.officer, party, at=AT)
        intake = world.record_and_publish(cast, world.main_kinzig(), False, AT)
        notes.write(cast.officer, notes.NewNote(intake, "Telefonat"), at=AT)
        begin_verification(cast.auditor, Wish(), at=AT)
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


@pytest.mark.parametrize("tampering", OF_THIS_ENGINE, ids=str)
def test_what_the_database_must_refuse_is_compared_by_definition(tampering: Tampering) -> None:
    done(tampering)
    assert tampering.rule in rules()


@pytest.mark.parametrize("tampering", DATA, ids=str)
def test_what_is_kept_cannot_be_changed_unseen(tampering: Tampering) -> None:
    guards.remove_all()
    done(tampering)
    guards.install_all()
    assert tampering.rule in rules()
