"""Tables too long for one answer: taken over in the background, all of it or nothing."""

import pytest
from django.test import Client

from tests.rooms.imports.sending import (
    PARTIES,
    many,
    party_row,
    said,
    send,
    take_over,
    text_of,
)
from zielwerk.core import jobs
from zielwerk.core.models import Job
from zielwerk.imports.models import TableImport
from zielwerk.programme.models import Party


@pytest.mark.django_db(transaction=True)
class TestLargeTables:
    def test_a_large_table_is_written_by_a_job_that_tells_how_far_it_is(
        self, hesse: Client
    ) -> None:
        shown = said(send(hesse, PARTIES, many(501)))
        assert "im Hintergrund übernommen" in shown
        assert "Stand des Auftrags" in said(take_over(hesse))
        job = Job.objects.get()
        work(job)
        job.refresh_from_db()
        assert job.state == Job.State.DONE
        assert (job.done, job.total) == (4, 4)  # read, two chunks, written
        assert Party.objects.filter(is_invented=False).count() == 501
        one = TableImport.objects.get()
        assert "vollständig übernommen" in said(hesse.get(job.outcome["url"]))
        assert one.state_label == "übernommen"

    def test_a_job_that_runs_again_writes_nothing_twice(self, hesse: Client) -> None:
        send(hesse, PARTIES, many(501))
        take_over(hesse)
        job = Job.objects.get()
        work(job)
        Job.objects.update(state=Job.State.QUEUED)
        work(job)
        assert Party.objects.filter(is_invented=False).count() == 501

    def test_a_large_faulty_table_fails_with_its_sentence(self, hesse: Client) -> None:
        rows = many(600) + b"\r\n" + text_of(party_row("Letzter", AGS="99999"))
        send(hesse, PARTIES, rows)
        take_over(hesse)
        job = Job.objects.get()
        work(job)
        job.refresh_from_db()
        assert job.state == Job.State.FAILED
        assert "Die Tabelle hat 1 Fehler." in job.message
        assert Party.objects.filter(is_invented=False).count() == 0


def work(job: Job) -> None:
    """What the worker does with a job it takes up."""
    jobs.run.func(job.pk)
