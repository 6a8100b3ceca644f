"""The audit log as who audits reads it: names, file numbers, filters, files."""

import csv
import io
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import worlds
from tests.rooms import money
from tests.stage import AT, signed_in
from zielwerk.adjustments import actions as adjustments
from zielwerk.agreements import actions as agreements
from zielwerk.agreements.models import Agreement, Intake
from zielwerk.config import world
from zielwerk.config.cast import OPERATOR
from zielwerk.core.models import AuditEntry
from zielwerk.identity import actions as identity
from zielwerk.identity.models import Post
from zielwerk.identity.queries import let_in
from zielwerk.notes import actions as notes
from zielwerk.rulebook.adjustment import AdjustmentKind
from zielwerk.rulebook.planning import Fund

LOG = "/arbeit/protokoll"


def rows(client: Client, query: str = "") -> list[dict[str, str]]:
    """The log as the file has it: the same rows as all pages together."""
    answer = client.get(f"{LOG}?{query}&export=csv")
    assert answer.status_code == 200
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def numbers(client: Client, query: str = "") -> set[int]:
    return {int(row["Nummer"]) for row in rows(client, query)}


def told(client: Client, query: str) -> str:
    return client.get(f"{LOG}?{query}").content.decode()


def test_the_log_is_read_in_words_and_leads_to_the_cases(
    cast: world.Cast, main_kinzig: Agreement
) -> None:
    intake = Intake.objects.get()
    page = told(signed_in(cast.auditor), "")
    assert "Angenommene Erfassung bestätigen" in page
    assert "Jonas Acker" in page
    assert f'href="/arbeit/erfassungen/{intake.pk}"' in page
    assert intake.file_number in page


def test_a_case_that_the_reader_may_not_see_is_named_without_a_link(
    db: None,
) -> None:
    programme = settings.PROGRAMME
    money.enact(programme, 27 * money.MILLION)
    cast = worlds.put(world.enrol_cast)
    money.decided(programme)
    fund = Fund(programme, money.YEAR)
    move = adjustments.Move(AdjustmentKind.WAIVER, fund, cast.body.ags, 100, "weniger Bedarf")
    waiver = adjustments.declare(cast.body, move, at=money.AT)
    note = notes.write(cast.body, notes.NewNote(waiver, "intern"), at=money.AT)
    for reader, sees in ((cast.auditor, True), (cast.officer, False)):
        page = told(signed_in(reader), "")
        assert note.file_number in page
        assert (f'href="/arbeit/vermerke/{note.pk}"' in page) is sees


def test_what_a_case_is_about_is_found_by_its_file_number_booked_entries_included(
    cast: world.Cast, main_kinzig: Agreement
) -> None:
    intake = Intake.objects.get()
    client = signed_in(cast.auditor)
    of_intake = {row["Handlung"] for row in rows(client, f"akte={intake.file_number}")}
    assert "Angenommene Erfassung bestätigen" in of_intake
    assert not any("Person" in verb for verb in of_intake)
    of_agreement = rows(client, f"akte={main_kinzig.file_number}")
    confirming = [one for one in of_agreement if one["Handlung"].startswith("Angenommene")]
    assert [one["Buchung"] for one in confirming] == ["mit Buchung"]
    assert rows(client, "akte=ZV-1999-0001") == []
    assert "Zu dieser Auswahl steht im Protokoll nichts." in told(client, "akte=ZV-1999-0001")


def test_every_filter_keeps_what_it_says_and_page_and_file_agree(
    cast: world.Cast, main_kinzig: Agreement
) -> None:
    client = signed_in(cast.auditor)
    everything = {row["Nummer"]: row for row in rows(client)}
    assert len(everything) == AuditEntry.objects.count()
    for query, holds in (
        (f"person={cast.head.pk}", lambda row: row["Wer"] == "Jonas Acker"),
        ("handlung=agreements.confirm", lambda row: row["Handlung"].startswith("Angenommene")),
        ("gegenstand=person", lambda row: row["Gegenstand"].startswith("Person ")),
        ("buchung=ja", lambda row: row["Buchung"] == "mit Buchung"),
        ("buchung=nein", lambda row: row["Buchung"] == "ohne Buchung"),
        ("seit=3", lambda row: int(row["Nummer"]) > 3),
        ("organisation=Rechnungshof", lambda row: row["Organisation"] == "Rechnungshof"),
        ("person=betrieb", lambda row: row["Wer"].startswith("cli:")),
    ):
        wanted = {number for number, row in everything.items() if holds(row)}
        assert {str(number) for number in numbers(client, query)} == wanted, query
        assert f"Einträge: {len(wanted)}" in told(client, query), query
    kept = numbers(client, "koerperschaft=06435&jahr=2024")
    named = {int(n) for n, row in everything.items() if row["Programmjahr"] == "2024"}
    assert named <= kept
    assert numbers(client, "koerperschaft=06411") == set()
    assert numbers(client, "jahr=2023") == set()


def test_days_are_inclusive_and_a_wrong_day_is_told(cast: world.Cast) -> None:
    client = signed_in(cast.auditor)
    notes_day = AuditEntry.objects.latest("pk").at
    day = f"{notes_day:%d.%m.%Y}"
    before = f"{notes_day - timedelta(days=1):%d.%m.%Y}"
    assert numbers(client, f"von={day}&bis={day}") == numbers(client)
    assert numbers(client, f"bis={before}") == set()
    assert client.get(f"{LOG}?von=31.02.2024&export=csv").status_code == 400


def test_whoever_stood_in_is_found_by_both_persons_and_by_the_organisation(
    cast: world.Cast,
) -> None:
    post = Post.objects.get(person=cast.head, role="ministry_steering")
    day = AT.date()
    deputy = identity.NewDeputy(post, cast.officer, day, day + timedelta(days=9))
    identity.deputise(OPERATOR, deputy, at=AT)
    standing_in = let_in(type(cast.officer).objects.get(pk=cast.officer.pk), day, post.pk)
    assert standing_in.audit_name == f"user:{cast.officer.pk}@{post.pk}+user:{cast.head.pk}"
    entered = agreements.HandEntry(world.main_kinzig(), "Brief")
    agreements.begin_by_hand(standing_in, entered, at=AT)
    newest = AuditEntry.objects.latest("pk").pk
    client = signed_in(cast.auditor)
    for query in (
        f"person={cast.officer.pk}",
        f"person={cast.head.pk}",
        f"organisation={post.organisation}",
    ):
        assert newest in numbers(client, query), query
    assert newest not in numbers(client, f"person={cast.auditor.pk}")


def test_an_erased_person_is_still_found_by_her_number(cast: world.Cast) -> None:
    identity.erase(OPERATOR, cast.officer, at=AT)
    client = signed_in(cast.auditor)
    page = told(client, f"person={cast.officer.pk}")
    assert f"gelöschte Person ({cast.officer.pk})" in page
    assert "Mara Lindner" not in page


def furnish(cast: world.Cast, times: int) -> None:
    for number in range(times):
        person = identity.Enrolment(f"p{number}@example.org", "P", "", "ministry_editor", "X")
        identity.enrol(OPERATOR, person, at=AT)
        entered = agreements.HandEntry(world.main_kinzig(), "Brief")
        intake = agreements.begin_by_hand(cast.officer, entered, at=AT)
        notes.write(cast.officer, notes.NewNote(intake, f"Telefonat {number}"), at=AT)


@pytest.mark.parametrize("query", ["", "koerperschaft=06435", "akte=ERF-2024-0001", "buchung=ja"])
def test_page_and_file_take_the_same_queries_at_any_length(
    cast: world.Cast, main_kinzig: Agreement, query: str
) -> None:
    client = signed_in(cast.auditor)
    asked: list[list[int]] = []
    for times in (3, 30):
        furnish(cast, times) if not asked else furnish_more(cast, times)
        counts = []
        for export in ("", "&export=csv", "&export=xlsx"):
            with CaptureQueriesContext(connection) as found:
                client.get(f"{LOG}?{query}{export}").getvalue()
            counts.append(len(found))
        asked.append(counts)
    assert asked[0] == asked[1]
    assert max(asked[0]) <= 13


def furnish_more(cast: world.Cast, times: int) -> None:
    for number in range(times):
        entered = agreements.HandEntry(world.main_kinzig(), "Brief")
        intake = agreements.begin_by_hand(cast.officer, entered, at=AT)
        notes.write(cast.officer, notes.NewNote(intake, f"Gespräch {number}"), at=AT)
