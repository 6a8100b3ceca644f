"""The audit chain shows every tampering."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from zielwerk.core import audit, guards
from zielwerk.core.models import AuditEntry, AuditSeal
from zielwerk.identity.actions import Enrolment, Operator, enrol
from zielwerk.identity.models import User

AT = datetime(2026, 1, 5, 9, tzinfo=UTC)
OPERATOR = Operator("cli:test")


def enrol_three() -> None:
    for number in range(3):
        person = Enrolment(f"p{number}@example.org", "P", "", "ministry", "HMSI")
        enrol(OPERATOR, person, at=AT)


@pytest.mark.django_db
def test_each_verb_leaves_one_entry_and_the_chain_is_whole() -> None:
    enrol_three()
    assert list(AuditEntry.objects.values_list("verb", flat=True)) == ["identity.enrol"] * 3
    assert list(audit.verify()) == []


@pytest.mark.django_db
def test_the_database_refuses_to_change_or_remove_an_entry() -> None:
    enrol_three()
    for attack in (
        lambda: AuditEntry.objects.filter(pk=2).update(actor="user:666"),
        lambda: AuditSeal.objects.filter(entry_id=3).delete(),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            attack()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("statement", "rule"),
    [
        ("UPDATE core_auditentry SET actor = 'user:666' WHERE id = 2", "audit.broken"),
        ("DELETE FROM core_auditentry WHERE id = 2", "audit.gap"),
        ("DELETE FROM core_auditentry WHERE id = 3", "audit.head"),
    ],
)
def test_whoever_takes_the_guards_down_is_found_out(statement: str, rule: str) -> None:
    enrol_three()
    guards.remove_all()
    with connection.cursor() as cursor:
        if statement.startswith("DELETE"):
            cursor.execute("DELETE FROM core_auditseal WHERE entry_id = " + statement[-1])
        cursor.execute(statement)
    guards.install_all()
    assert next(audit.verify()).rule == rule


@pytest.mark.django_db
def test_a_seal_kept_elsewhere_shows_a_chain_that_was_cut_and_rewritten() -> None:
    enrol_three()
    kept = audit.seal()
    guards.remove_all()
    AuditSeal.objects.all().delete()
    AuditEntry.objects.all().delete()
    User.objects.all().delete()
    head = audit.AuditHead.objects.get()
    head.entry, head.hash = 0, audit.START
    head.save()
    guards.install_all()
    enrol(OPERATOR, Enrolment("x@example.org", "P", "", "ministry", "HMSI"), at=AT)
    assert list(audit.verify()) == []
    assert {fault.rule for fault in audit.verify(kept)} == {"audit.truncated"}
