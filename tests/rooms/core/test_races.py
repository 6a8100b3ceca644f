"""Races that the database decides, and broken constraints that are none."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection

from tests.stage import AT
from zielwerk.core import actions, once, races
from zielwerk.core.models import AuditEntry, AuditSeal, Job
from zielwerk.documents import actions as documents
from zielwerk.documents import queries as files
from zielwerk.identity.actions import Enrolment, Operator, enrol
from zielwerk.programme.models import RuleVersion
from zielwerk.rulebook.refusal import Refused

pytestmark = pytest.mark.django_db
OPERATOR = Operator("cli:test")


@actions.action("identity.erase")
def spoil(actor: Operator, break_it: Callable[[], Any], *, at: datetime) -> None:
    """A verb that does whatever a fault of ours would do."""
    break_it()


def rules(**changes: Any) -> RuleVersion:
    given = {"programme": "p", "year": 2024, "version": "1", "rules": {}, "kept_at": AT}
    return RuleVersion.objects.create(**{**given, **changes})


def twice_the_same() -> None:
    """A constraint that no race can break; its data have the name of one that can."""
    rules(programme="party_once identity_user.email")
    rules(programme="party_once identity_user.email")


def foreign() -> None:
    AuditSeal.objects.create(entry_id=999_999, subject="x:1", digest="0" * 64)
    connection.check_constraints()


BROKEN = {
    "check": lambda: Job.objects.create(
        kind="x", started_by="x", created_at=AT, lease_until=AT, done=3, total=1
    ),
    "not null": lambda: rules(kept_at=None),
    "unique that no race breaks": twice_the_same,
    "foreign key": foreign,
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_constraint_is_no_race_and_comes_to_light(kind: str) -> None:
    with pytest.raises(IntegrityError):
        spoil(OPERATOR, BROKEN[kind], at=AT)


def test_who_comes_second_in_a_race_is_told() -> None:
    person = Enrolment("a@example.org", "A", "f", "ministry_editor", "o")
    enrol(OPERATOR, person, at=AT)
    before = AuditEntry.objects.count()
    with pytest.raises(Refused) as refused:
        enrol(OPERATOR, person, at=AT)
    assert [each.rule for each in refused.value.refusals] == ["identity.email_taken"]
    assert AuditEntry.objects.count() == before


def test_two_who_store_the_same_file_at_once(cast: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    documents.store(cast.officer, "a.txt", "text/plain", b"same", at=AT)
    monkeypatch.setattr(files, "by_content", lambda content: None)  # the other is not seen yet
    with pytest.raises(Refused) as refused:
        documents.store(cast.officer, "b.txt", "text/plain", b"same", at=AT)
    assert refused.value.refusals == (races.LOST_RACE,)


def test_only_a_number_that_is_taken_counts_as_sent() -> None:
    sending = once.Sending("n", "user:1", "/x", "t", "c")
    once.take(sending, AT)
    with pytest.raises(IntegrityError):
        once.take(once.Sending("m", None, "/x", "t", "c"), AT)  # type: ignore[arg-type]


def test_a_number_that_is_taken_counts_as_sent() -> None:
    sending = once.Sending("n", "user:1", "/x", "t", "c")
    once.take(sending, AT)
    with pytest.raises(once.Repeated):
        once.take(sending, AT)


def test_every_declared_race_names_what_the_database_has() -> None:
    """As PostgreSQL names it, a constraint; as SQLite does, a column, or what a guard says."""
    known = {"transfer_between_bodies"}
    for model in apps.get_models():
        table = model._meta.db_table
        known |= {each.name for each in model._meta.constraints}
        for field in model._meta.local_fields:
            known |= {f"{table}.{field.column}", f"{table}_{field.column}"}
    assert set(races.RACES) <= known
