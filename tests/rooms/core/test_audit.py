"""The audit chain shows every tampering."""

import sys
from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.rooms.ledger.books import CLERK, planning, posting
from zielwerk.config.cli import main
from zielwerk.config.serve import prepare
from zielwerk.core import audit, guards
from zielwerk.core.models import AuditEntry, AuditSeal
from zielwerk.identity.actions import Enrolment, Operator, enrol
from zielwerk.identity.models import Post, User
from zielwerk.ledger import queries
from zielwerk.ledger.actions import post
from zielwerk.ledger.models import Place
from zielwerk.rulebook.refusal import Refused

AT = datetime(2026, 1, 5, 9, tzinfo=UTC)
OPERATOR = Operator("cli:test")


def enrol_three() -> None:
    for number in range(3):
        person = Enrolment(f"p{number}@example.org", "P", "", "ministry_editor", "HMSI")
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
    Post.objects.all().delete()
    User.objects.all().delete()
    head = audit.AuditHead.objects.get()
    head.entry, head.hash = 0, audit.START
    head.save()
    guards.install_all()
    enrol(OPERATOR, Enrolment("x@example.org", "P", "", "ministry_editor", "HMSI"), at=AT)
    assert list(audit.verify()) == []
    assert {fault.rule for fault in audit.verify(kept)} == {"audit.truncated"}


BACK = AT - timedelta(days=3)


@pytest.mark.django_db
def test_time_in_the_chain_never_goes_back() -> None:
    enrol_three()
    enrol(OPERATOR, Enrolment("x@example.org", "P", "", "ministry_editor", "HMSI"), at=BACK)
    assert set(AuditEntry.objects.values_list("at", flat=True)) == {AT}
    assert list(audit.verify()) == []


@pytest.mark.django_db
def test_a_booking_is_never_added_to_a_day_of_which_it_was_told_what_was_known() -> None:
    money = planning(Place.OUTSIDE), planning(Place.ALLOCATED)
    post(CLERK, [posting(*money, 1000)], at=AT)
    known = queries.balance(money[1], known_on=BACK.date())
    (late,) = post(CLERK, [posting(*money, 5)], at=BACK)
    assert (late.recorded_at, late.recorded_on) == (AT, AT.date())
    assert queries.balance(money[1], known_on=BACK.date()) == known == 0
    assert [*audit.verify(), *queries.faults()] == []


@pytest.mark.django_db
def test_who_books_while_others_go_on_to_the_next_day_is_asked_to_send_again() -> None:
    before_midnight = datetime(2026, 1, 5, 22, 59, tzinfo=UTC)
    enrol(
        OPERATOR, Enrolment("a@example.org", "P", "", "ministry_editor", "HMSI"), at=before_midnight
    )
    seals = [("transfer:1", "0" * 64)]
    later = before_midnight + timedelta(minutes=2)
    with pytest.raises(Refused) as refused, transaction.atomic():
        audit.append("user:1", "ledger.post", None, seals, later, booked_at=before_midnight)
    assert [one.rule for one in refused.value.refusals] == ["audit.day_turned"]
    assert audit.seal().entry == 1


@pytest.mark.django_db(transaction=True)
def test_a_guard_that_was_taken_down_is_not_healed_in_silence(
    capsys: pytest.CaptureFixture[str],
) -> None:
    enrol_three()
    assert prepare([]) == 0
    assert (audit.seal().entry, capsys.readouterr().err) == (3, "")
    guard = guards.DECLARED["core_auditentry_no_update"]
    guard.remove(connection)
    assert prepare([]) == 0
    assert "core_auditentry_no_update" in capsys.readouterr().err
    entry = AuditEntry.objects.latest("pk")
    assert (entry.pk, entry.actor, entry.verb) == (4, "cli:prepare", "core.repair")
    assert list(audit.verify()) == []
    assert prepare([]) == 0
    assert (audit.seal().entry, capsys.readouterr().err) == (4, "")


@pytest.mark.django_db
def test_every_fault_is_listed_with_how_many_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    enrol_three()
    guards.remove_all()
    User.objects.update(is_active=False)
    AuditEntry.objects.filter(pk=2).update(actor="user:666")
    guards.install_all()
    assert main(["audit", "verify"]) == 1
    assert capsys.readouterr().err.splitlines() == ["Protokoll: Eintrag 2 wurde verändert."]
    assert main(["audit", "verify", "--all"]) == 1
    first, last = User.objects.earliest("pk").pk, User.objects.latest("pk").pk
    assert capsys.readouterr().err.splitlines() == [
        "Protokoll: Eintrag 2 wurde verändert.",
        f"person:{first} wurde am Protokoll vorbei angelegt oder verändert.",
        "Von dieser Art sind es 3; zuletzt:",
        f"person:{last} wurde am Protokoll vorbei angelegt oder verändert.",
    ]


@pytest.mark.django_db
def test_a_proof_from_a_kept_seal_on_says_what_it_takes_on_trust(
    capsys: pytest.CaptureFixture[str],
) -> None:
    enrol_three()
    kept = audit.seal()
    enrol(OPERATOR, Enrolment("x@example.org", "P", "", "ministry_editor", "HMSI"), at=AT)
    assert main(["audit", "verify", "--since", str(kept)]) == 0
    assert "die Einträge vor Nummer 3" in capsys.readouterr().out
    looked_at: list[tuple[int, int]] = []
    assert list(audit.verify(since=kept, told=lambda *step: looked_at.append(step))) == []
    assert looked_at[0] == (2, 10)  # two entries from the seal on; four persons and their posts
    guards.remove_all()
    AuditEntry.objects.filter(pk=2).update(actor="user:666")
    guards.install_all()
    assert list(audit.verify(since=kept)) == []
    AuditSeal.objects.create(entry_id=4, subject="person:1", digest="0" * 64)
    assert "audit.broken" in {fault.rule for fault in audit.verify(since=kept)}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("entry", "digest", "rule"), [(3, "1" * 64, "audit.seal"), (9, "1" * 64, "audit.truncated")]
)
def test_a_proof_does_not_begin_at_a_seal_that_the_chain_does_not_carry(
    entry: int, digest: str, rule: str
) -> None:
    enrol_three()
    assert rule in {fault.rule for fault in audit.verify(since=audit.Seal(entry, digest))}


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 50])
def test_an_entry_costs_the_same_statements_however_much_it_seals(number: int) -> None:
    seals = [(f"person:{one}", "0" * 64) for one in range(number)]
    with CaptureQueriesContext(connection) as asked, transaction.atomic():
        audit.append("user:1", "identity.enrol", None, seals, AT)
    own = [one["sql"] for one in asked if "SAVEPOINT" not in one["sql"]]
    assert len(own) == {"postgresql": 1, "sqlite": 4}[connection.vendor]
    assert AuditSeal.objects.count() == number
    assert list(AuditSeal.objects.order_by("pk").values_list("subject", "digest")) == seals


@pytest.mark.django_db
def test_the_server_spells_an_entry_as_the_proof_does() -> None:
    for at in (AT, AT + timedelta(microseconds=7), AT.astimezone(timezone(timedelta(hours=5)))):
        audit.append('user:"ä\\\n', "identity.enrol", None, [], at)
    assert list(audit.verify()) == []


@pytest.mark.django_db
def test_a_terminal_shows_how_far_the_proof_is_and_a_file_does_not(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    enrol_three()
    assert main(["audit", "verify"]) == 0
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert main(["audit", "verify"]) == 0
    assert "Geprüft: 9 von 9" in capsys.readouterr().err  # entries, persons and posts
