"""Verifications from a page: what was looked at, by whom, with which result; kept for good."""

import pytest
from django.utils import timezone

from tests.stage import signed_in
from zielwerk.agreements.models import Agreement
from zielwerk.auditing.models import Verification
from zielwerk.config import world
from zielwerk.config.cast import OPERATOR
from zielwerk.core import audit, guards
from zielwerk.core.jobs import run
from zielwerk.core.models import AuditEntry, AuditSeal, Job
from zielwerk.identity import actions as identity
from zielwerk.identity.models import User
from zielwerk.ledger.models import Transfer

BEGIN = "/arbeit/protokoll/pruefen"


def verified(person: User, **more: str) -> Verification:
    """A verification begun by its button and done by the worker."""
    assert signed_in(person).post(BEGIN, more).status_code == 302
    run.call(Job.objects.latest("pk").pk)
    return Verification.objects.latest("pk")


def page(person: User, verification: Verification) -> str:
    answer = signed_in(person).get(f"/arbeit/protokoll/pruefungen/{verification.pk}")
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_verification_tells_what_it_looked_at_and_is_an_act(
    cast: world.Cast, main_kinzig: Agreement
) -> None:
    before = AuditEntry.objects.count()
    done = verified(cast.auditor)
    counted = dict(done.counted)
    assert counted["entries"] == before + 1 == done.entry
    assert counted["seals"] == AuditSeal.objects.filter(entry__lte=done.entry).count()
    assert counted["transfer"] == Transfer.objects.count() > 0
    assert counted["person"] == User.objects.count()
    text = page(cast.officer, done)
    for said in (
        "Ruth Brandes",
        "Unversehrt",
        done.seal,
        "Sätze: Buchung",
        f"Eintrag {before + 1}",
    ):
        assert said in text
    verbs = AuditEntry.objects.filter(pk__gt=before).values_list("verb", "subject", "actor")
    name = f"verification:{done.pk}"
    assert list(verbs) == [
        ("auditing.verify", name, cast.auditor.audit_name),
        ("auditing.conclude", name, cast.auditor.audit_name),
    ]
    job = Job.objects.get()
    assert (job.state, job.done) == ("done", job.total)
    assert job.outcome["url"] == f"/arbeit/protokoll/pruefungen/{done.pk}"


def test_every_fault_is_kept_and_told(cast: world.Cast, main_kinzig: Agreement) -> None:
    Agreement.objects.create(
        file_number="X",
        programme="aqb_hessen",
        year=2024,
        ags="06411",
        body_name="Darmstadt",
        amount_cents=5,
        terms={},
        rule_version="x",
        recorded_at=timezone.now(),
    )
    User.objects.update(is_demo=False)
    done = verified(cast.auditor)
    text = page(cast.auditor, done)
    for pk in User.objects.values_list("pk", flat=True):
        assert f"person:{pk} wurde am Protokoll vorbei" in text
    assert f"Es fanden sich {done.fault_number} Mängel" in text
    assert done.fault_number == len(done.faults) > User.objects.count()
    log = signed_in(cast.auditor).get("/arbeit/protokoll").content.decode()
    assert "mit Mängeln" in log


def test_the_history_stays_and_nobody_changes_a_result_unseen(cast: world.Cast) -> None:
    first, second = verified(cast.auditor), verified(cast.officer)
    assert second.entry == first.entry + 2
    lines = signed_in(cast.auditor).get("/arbeit/protokoll/pruefungen").content.decode()
    assert "Prüfungen: 2" in lines
    assert "Mara Lindner" in lines
    Verification.objects.filter(pk=first.pk).update(entry=1)
    third = verified(cast.auditor)
    assert f"verification:{first.pk} wurde am Protokoll vorbei" in page(cast.auditor, third)


def test_a_seal_is_compared_by_the_whole_chain(cast: world.Cast) -> None:
    kept = audit.seal()
    sound = verified(cast.auditor, siegel=str(kept))
    assert (sound.kept_seal, sound.fault_number) == (str(kept), 0)
    other = verified(cast.auditor, siegel=f"{kept.entry}:{'0' * 64}")
    assert [one["rule"] for one in other.faults] == ["audit.seal"]


def test_a_run_after_a_lost_worker_puts_nothing_on_record_twice(cast: world.Cast) -> None:
    done = verified(cast.auditor)
    entries = AuditEntry.objects.count()
    Job.objects.update(state=Job.State.QUEUED, lease_until=None)
    run.call(Job.objects.get().pk)
    assert AuditEntry.objects.count() == entries
    assert Verification.objects.get() == done


def test_of_whom_left_meanwhile_the_verification_is_broken_off_and_says_so(
    cast: world.Cast,
) -> None:
    signed_in(cast.auditor).post(BEGIN)
    identity.end_post(OPERATOR, cast.auditor.posts.get(), at=timezone.now())
    run.call(Job.objects.get().pk)
    text = page(cast.officer, Verification.objects.get())
    assert "Abgebrochen" in text
    assert "Geprüft ist damit nichts" in text


def test_a_chain_that_was_tampered_with_is_put_on_record_as_such(cast: world.Cast) -> None:
    guards.remove_all()
    AuditEntry.objects.filter(pk=2).update(actor="user:666")
    guards.install_all()
    done = verified(cast.auditor)
    assert "Eintrag 2 wurde verändert" in page(cast.auditor, done)


@pytest.mark.parametrize("who", ["body", "provider", "authority"])
def test_others_neither_read_nor_verify(cast: world.Cast, who: str) -> None:
    client = signed_in(getattr(cast, who))
    assert client.post(BEGIN).status_code == 403
    for address in ("", "/pruefungen", "/siegel", "/siegel/datei", "/nachweis", "/nachweis/datei"):
        assert client.get(f"/arbeit/protokoll{address}").status_code == 403, address


def test_the_log_says_that_nobody_verified_yet(cast: world.Cast) -> None:
    text = signed_in(cast.auditor).get("/arbeit/protokoll").content.decode()
    assert "noch nie" in text
    lines = signed_in(cast.auditor).get("/arbeit/protokoll/pruefungen").content.decode()
    assert "Das Protokoll wurde hier noch nicht geprüft." in lines
