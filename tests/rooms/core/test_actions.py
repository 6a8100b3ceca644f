"""How a verb runs: one permission, one transaction, one audit entry."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.utils import timezone

from tests.stage import AT, signed_in
from zielwerk.agreements.cases import INTAKES
from zielwerk.agreements.models import Intake
from zielwerk.config import world
from zielwerk.core import actions, cases, jobs, kinds, permissions
from zielwerk.core.file_numbers import next_number
from zielwerk.core.models import AuditEntry, Job
from zielwerk.core.permissions import OutOfScope
from zielwerk.identity.actions import Enrolment, Operator, enrol
from zielwerk.identity.models import User
from zielwerk.rulebook.lifecycle import OWN_RULE, Lifecycle, Step
from zielwerk.rulebook.refusal import Refused
from zielwerk.ui.views import may

OPERATOR = Operator("cli:test")


NAME = "agreements.acept"  # misspelt


def test_a_verb_that_asks_for_a_misspelt_permission_ends_the_start() -> None:
    with pytest.raises(ValueError, match=r"test_actions.*accept .*'agreements\.acept'"):

        @actions.action(NAME)
        def accept(actor: permissions.Actor, *, at: datetime) -> None: ...


def test_a_view_that_asks_for_a_misspelt_permission_ends_the_start() -> None:
    with pytest.raises(ValueError, match=r"test_actions.*page .*'agreements\.acept'"):

        @may(NAME)
        def page(request: HttpRequest) -> HttpResponse:
            return HttpResponse()


def test_a_step_that_asks_for_a_misspelt_permission_ends_the_start() -> None:
    with pytest.raises(ValueError, match=r"test_actions.*accept .*'agreements\.acept'"):

        @cases.step(path_by(NAME))
        def accept(
            actor: permissions.Actor, case: Intake, facts: None, *, at: datetime
        ) -> None: ...


def path_by(permission: str) -> Lifecycle:
    """A table with one step, ``accept``, that asks for this permission."""
    step = Step(
        verb="accept",
        sources={"open"},
        target="closed",
        by=permission,
        label="Annehmen",
        address="annehmen",
        basis=OWN_RULE,
        done="Angenommen: {number}.",
    )
    return Lifecycle("intake", {"open"}, {"open": "offen", "closed": "zu"}, [step])


def test_a_kind_of_case_whose_step_asks_for_another_permission_ends_the_start() -> None:
    verbs = [verb for verb in INTAKES.verbs if verb.__name__ == "accept"]
    table = path_by("agreements.discard")
    kind = replace(INTAKES, tables=(table,), verbs=verbs, forms={}, panels={}, doors={}, looks={})
    with pytest.raises(ValueError, match=r"accept .*agreements\.discard.*agreements\.accept"):
        kinds.check(kind)


@pytest.mark.parametrize("extra", ["forms", "panels", "doors", "looks"])
def test_a_kind_of_case_with_an_extra_that_no_table_has_ends_the_start(extra: str) -> None:
    with pytest.raises(ValueError, match="intake: no table has accpet"):
        kinds.check(replace(INTAKES, **{extra: {"accpet": ""}}))  # type: ignore[arg-type]


def test_a_kind_of_case_with_a_step_that_nothing_takes_ends_the_start() -> None:
    with pytest.raises(ValueError, match=r"intake: nothing takes the step \w+"):
        kinds.check(replace(INTAKES, verbs=()))


@pytest.mark.django_db
def test_an_action_that_fails_leaves_nothing_behind() -> None:
    @actions.action("identity.erase")
    def stumble(actor: permissions.Actor, nothing: None, *, at: datetime) -> None:
        enrol(actor, Enrolment("a@example.org", "A", "", "ministry_editor", "X"), at=at)
        raise RuntimeError("stumbled")

    with pytest.raises(RuntimeError):
        stumble(OPERATOR, None, at=AT)
    assert (User.objects.count(), AuditEntry.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_inner_verbs_share_the_outermost_entry() -> None:
    @actions.action("identity.erase")
    def enrol_two(actor: permissions.Actor, nothing: None, *, at: datetime) -> None:
        for name in "ab":
            enrol(actor, Enrolment(f"{name}@example.org", name, "", "ministry_editor", "X"), at=at)

    enrol_two(OPERATOR, None, at=AT)
    assert (User.objects.count(), AuditEntry.objects.count()) == (2, 1)


@pytest.mark.django_db
def test_what_the_database_decides_comes_back_as_a_sentence() -> None:
    person = Enrolment("a@example.org", "A", "", "ministry_editor", "X")
    enrol(OPERATOR, person, at=AT)
    with pytest.raises(Refused) as refused:
        enrol(OPERATOR, person, at=AT)
    assert [one.rule for one in refused.value.refusals] == ["identity.email_taken"]


@pytest.mark.django_db
def test_who_acts_for_a_body_has_a_perimeter() -> None:
    with pytest.raises(Refused) as refused:
        enrol(OPERATOR, Enrolment("a@example.org", "A", "", "body_coordinator", "X"), at=AT)
    assert [one.rule for one in refused.value.refusals] == ["identity.no_perimeter"]


@pytest.mark.django_db
def test_the_chain_holds_neither_names_nor_addresses() -> None:
    enrol(OPERATOR, Enrolment("erika@example.org", "Erika", "", "ministry_editor", "X"), at=AT)
    entry = AuditEntry.objects.values().get()
    assert "erika" not in str(entry).lower()


def test_an_unknown_permission_is_a_bug_not_a_no() -> None:
    with pytest.raises(KeyError):
        permissions.require(OPERATOR, "agreements.fly")


def test_a_permission_is_declared_once() -> None:
    row = permissions.permission("core.look")
    with pytest.raises(ValueError, match=r"core\.look"):
        permissions.declare([permissions.Permission(row.name, "anders", row.roles)])


def test_outside_the_perimeter_a_thing_does_not_exist(main_kinzig: Any) -> None:
    stranger = enrol(
        OPERATOR,
        Enrolment("d@x.org", "D", "", "body_coordinator", "Darmstadt", "06411"),
        at=AT,
    )
    with pytest.raises(OutOfScope):
        permissions.require(stranger, "agreements.look", main_kinzig)


@pytest.mark.django_db
def test_file_numbers_run_on_without_gaps_or_repeats() -> None:
    assert [next_number("ZV-2024") for _ in range(3)] == [
        "ZV-2024-0001",
        "ZV-2024-0002",
        "ZV-2024-0003",
    ]
    assert next_number("ZV-2025") == "ZV-2025-0001"


def test_a_job_whose_worker_was_lost_is_done_again_and_given_up_after_three_times(
    cast: world.Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def work(progress: jobs.Progress) -> dict[str, int]:
        progress.of(2)
        progress.step("eins")
        progress.step("zwei")
        return {"done": 2}

    monkeypatch.setitem(jobs.KINDS, "test.work", work)
    job = jobs.start(cast.officer, "test.work", {}, at=AT)
    Job.objects.update(state="running", lease_until=AT, attempt=1)
    assert jobs.requeue_expired(timezone.now()) == 1
    jobs.run.call(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempt, job.done, job.outcome) == ("done", 2, 2, {"done": 2})
    Job.objects.update(state="running", lease_until=AT, attempt=3)
    assert jobs.requeue_expired(timezone.now()) == 0
    job.refresh_from_db()
    assert job.state == "failed"
    assert "dreimal" in job.message


@pytest.mark.parametrize("tampered", [{"started_by": "user:666"}, {"params": {"much": 1}}])
def test_work_that_somebody_queued_past_the_product_is_not_done(
    cast: world.Cast, monkeypatch: pytest.MonkeyPatch, tampered: dict[str, Any]
) -> None:
    monkeypatch.setitem(jobs.KINDS, "test.work", lambda progress, **params: pytest.fail("it ran"))
    job = jobs.start(cast.officer, "test.work", {}, at=AT)
    Job.objects.update(**tampered)
    assert [fault.rule for fault in jobs.faults()] == ["audit.job"]
    jobs.run.call(job.pk)
    job.refresh_from_db()
    assert (job.state, job.message) == ("failed", jobs.FORGED)


def test_a_job_held_by_another_worker_is_left_alone(
    cast: world.Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(jobs.KINDS, "test.work", lambda progress: pytest.fail("ran twice"))
    job = jobs.start(cast.officer, "test.work", {}, at=AT)
    Job.objects.update(state="running", lease_until=datetime(2999, 1, 1, tzinfo=UTC))
    jobs.run.call(job.pk)
    job.refresh_from_db()
    assert job.state == "running"


def test_a_crash_in_the_background_is_told_in_a_sentence(
    cast: world.Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(progress: jobs.Progress) -> dict[str, int]:
        raise ZeroDivisionError

    monkeypatch.setitem(jobs.KINDS, "test.crash", crash)
    job = jobs.start(cast.officer, "test.crash", {}, at=AT)
    jobs.run.call(job.pk)
    job.refresh_from_db()
    assert (job.state, job.message) == ("failed", jobs.CRASHED)


def test_nobody_watches_the_jobs_of_others(
    cast: world.Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(jobs.KINDS, "test.work", lambda progress: {})
    job = jobs.start(cast.officer, "test.work", {}, at=AT)
    assert signed_in(cast.officer).get(f"/arbeit/auftrag/{job.pk}").status_code == 200
    assert signed_in(cast.head).get(f"/arbeit/auftrag/{job.pk}").status_code == 404


@pytest.mark.django_db
def test_every_answer_has_a_request_id_and_a_strict_policy(client: Client) -> None:
    response = client.get("/zielvereinbarungen", headers={"X-Request-ID": "abcdef-12345678"})
    assert response["X-Request-ID"] == "abcdef-12345678"
    policy = response["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    odd = client.get("/zielvereinbarungen", headers={"X-Request-ID": "<script>"})
    assert odd["X-Request-ID"].isalnum()


@pytest.mark.django_db
def test_monitoring_learns_that_the_database_answers(client: Client) -> None:
    assert client.get("/gesund").json() == {"status": "ok"}
    assert client.head("/gesund").status_code == 200
