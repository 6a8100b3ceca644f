"""A world put in place row by row is the one that the verbs made, and goes on like it."""

import pytest
from django.db import connection, transaction
from pytest_django import Settings

from tests import worlds
from tests.rooms.money import enact
from tests.stage import AT
from zielwerk.agreements import actions as agreements
from zielwerk.config import world
from zielwerk.core import audit, guards
from zielwerk.ledger import queries as books

pytestmark = pytest.mark.django_db


def all_tables() -> worlds.Tables:
    return worlds.content(connection.introspection.django_table_names(only_existing=True))


def assert_sound() -> None:
    assert list(audit.verify()) == []
    assert list(books.faults()) == []
    assert guards.installed(connection) == guards.required(connection)


def test_it_is_the_world_that_was_made_and_goes_on(programme: str, settings: Settings) -> None:
    settings.PROGRAMME = programme
    made, seen = [], []
    entered = agreements.HandEntry(world.invented()[0], "erfunden", True)

    def make() -> world.Cast:
        made.append(programme)
        return world.build()

    for _ in range(2):
        with transaction.atomic():
            cast = worlds.put(make)
            seen.append(all_tables())
            assert_sound()
            enact(programme)
            agreements.begin_by_hand(cast.officer, entered, at=AT)
            assert_sound()
            transaction.set_rollback(True)
    assert made == [programme]
    first, second = seen
    assert first == second
    assert len(first["ledger_transfer"]) > 20


def test_where_something_was_done_before_it_is_made_by_the_verbs() -> None:
    with transaction.atomic():
        worlds.put(world.enrol_cast)
        transaction.set_rollback(True)
    enact(world.HESSE)
    worlds.put(world.enrol_cast)
    assert all_tables()["ledger_transfer"]
    assert_sound()
