"""The desk: what waits, the case file, the audit log."""

import pytest
from django.utils import timezone

from tests.stage import AT, signed_in
from zielwerk.agreements import actions
from zielwerk.agreements.models import Agreement
from zielwerk.config import world
from zielwerk.config.cast import OPERATOR
from zielwerk.core.jobs import run
from zielwerk.core.models import AuditEntry, Job
from zielwerk.identity import actions as identity
from zielwerk.identity.models import User


def test_what_waits_is_counted_and_leads_to_it(cast: world.Cast) -> None:
    entered = actions.HandEntry(world.main_kinzig(), "Brief")
    intake = actions.begin_by_hand(cast.officer, entered, at=AT)
    assert "Erfassung ist zu prüfen" in signed_in(cast.head).get("/arbeit/").content.decode()
    intake = actions.accept(cast.officer, intake, at=AT)
    page = signed_in(cast.head).get("/arbeit/").content.decode()
    assert "angenommene Erfassung wartet auf Bestätigung" in page
    assert "?stand=accept" in page
    actions.confirm(cast.head, intake, at=AT)
    page = signed_in(cast.head).get("/arbeit/").content.decode()
    assert "erfasste Vereinbarung ist nicht veröffentlicht (2024)" in page
    assert "Alle veröffentlichen" in page


def test_the_case_file_says_who_recorded_what_and_where_the_money_is(
    cast: world.Cast, main_kinzig: Agreement
) -> None:
    page = signed_in(cast.auditor).get("/arbeit/vereinbarungen/2024/06435").content.decode()
    for said in ("Mara Lindner", "Jonas Acker", "ZV-2024-0001", "1.600.100,00", "vereinbart"):
        assert said in page
    assert "Veröffentlichung zurückziehen" not in page


def test_an_unknown_date_names_who_recorded_it_and_from_what(cast: world.Cast) -> None:
    received = actions.Received("alt.txt", b"x", world.main_kinzig(), {"evidence": {}}, ())
    intake = actions.begin(cast.officer, received, at=AT)
    intake = actions.accept(cast.officer, intake, at=AT)
    actions.confirm(cast.head, intake, at=AT)
    page = signed_in(cast.head).get("/arbeit/vereinbarungen/2024/06435").content.decode()
    assert "Datum unbekannt, erfasst von Mara Lindner nach der Quelle „alt.txt“" in page


def test_the_audit_log_is_read_in_words_and_proved_by_a_button(
    cast: world.Cast, main_kinzig: Agreement
) -> None:
    client = signed_in(cast.auditor)
    page = client.get("/arbeit/protokoll").content.decode()
    assert "Angenommene Erfassung bestätigen" in page
    assert "Jonas Acker" in page
    assert client.post("/arbeit/protokoll/pruefen").status_code == 302
    job = Job.objects.get()
    run.call(job.pk)
    job.refresh_from_db()
    assert (job.state, job.done) == ("done", job.total)
    assert job.total > AuditEntry.objects.count()  # entries, and the records that they seal


def test_a_fault_in_the_log_is_told_by_the_button(cast: world.Cast, main_kinzig: Agreement) -> None:
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
    auditor = signed_in(cast.auditor)
    auditor.post("/arbeit/protokoll/pruefen")
    job = Job.objects.get()
    run.call(job.pk)
    job.refresh_from_db()
    assert job.state == "failed"
    page = auditor.get(f"/arbeit/auftrag/{job.pk}").content.decode()
    for number in (User.objects.earliest("pk").pk, User.objects.latest("pk").pk):
        assert f"person:{number} wurde am Protokoll vorbei" in page
    assert f"Von dieser Art sind es {User.objects.count()};" in page
    assert "am Protokoll vorbei" in job.message


@pytest.mark.parametrize("pages", [1, 3])
def test_the_log_takes_the_same_queries_at_any_length(
    cast: world.Cast, django_assert_max_num_queries: object, pages: int
) -> None:
    for number in range(10 * pages):
        person = identity.Enrolment(f"p{number}@example.org", "P", "", "ministry", "X")
        identity.enrol(OPERATOR, person, at=AT)
    client = signed_in(cast.auditor)
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        client.get("/arbeit/protokoll")
    assert AuditEntry.objects.count() > 10 * pages
