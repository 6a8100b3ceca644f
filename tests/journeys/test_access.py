"""Every route, as every role, with things of one's own, of a neighbour and of others.

What somebody gets is compared with the role matrix and with whose things they are. By default
each role tries each route with one of its things in turn; ``--exhaustive`` tries all.
"""

from collections.abc import Iterator
from contextlib import suppress

import pytest
from django.db import transaction
from django.http import Http404
from django.test import Client, override_settings
from django.urls import reverse

from tests.journeys.access import scene as scenes
from tests.journeys.access.passing import sees as sees_pass_on
from tests.journeys.access.routes import ASKS, SUBJECTS, Attempt, attempts, has, takes, takes_some
from tests.journeys.access.scene import Person, Scene
from zielwerk.adjustments.models import Adjustment
from zielwerk.agreements.models import Annulment, Intake
from zielwerk.conclusion.models import Conclusion
from zielwerk.core import audit, jobs, permissions, roles
from zielwerk.core.models import AuditEntry, Job
from zielwerk.funding.models import Application
from zielwerk.granting.models import GrantAct, GrantNotice
from zielwerk.imports.models import TableImport
from zielwerk.negotiation.models import DraftDocument
from zielwerk.negotiation.queries import missing_drafts
from zielwerk.passing.models import PassOn
from zielwerk.publication.models import Edition
from zielwerk.rulebook.refusal import Refused
from zielwerk.ui.lists import LISTS

pytestmark = pytest.mark.django_db
SQLITE_ALONE = True  # who gets what is the same on every database
# Whether somebody may depends on what she herself did, which the people here did not.
ONLY_WHO_DID = {
    "adjustments.withdraw",
    "agreements.take_back",
    "agreements.withdraw_annulment",
    "allocation.take_back",
    "notes.restore",
    "notes.share",
    "notes.withdraw",
    "programme.withdraw_release",
    "strategy.draft_for",
    "strategy.record_consent_for",
    "strategy.take_back_consent_for",
    "publication.take_back",
    "strategy.take_back",
    "funding.take_back",
    "granting.take_back",
    # What a body released it gives up itself, all else the authority.
    "granting.discard",
    "granting.restore",
}
NOBODY = {("arbeit/stellen/<int:pk>/vertretung", "neighbour's administrator")}  # stands in
# Of a draft the side alone that drafts it: here the authorities'.
DRAFTING = {
    f"negotiation.{verb}"
    for verb in (
        *("amend", "amend_after_cut", "amend_pair"),
        *("close", "draft", "draft_year", "edit", "open"),
    )
}
KEPT = "arbeit/eingabe/"  # of somebody else in the same browser: told so, and dropped
LED_ELSEWHERE, REFUSED, MISSING, NOT_PRESSED, CHANGED = 302, 403, 404, 405, 409


@pytest.fixture(scope="module")
def scene(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Scene]:
    with (
        django_db_blocker.unblock(),  # type: ignore[attr-defined]
        override_settings(PROGRAMME=scenes.PROGRAMME),
        transaction.atomic(),
    ):
        yield scenes.build()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def tries(scene: Scene) -> list[Attempt]:
    return list(attempts(scene))


def tried(tries: list[Attempt], role: str, is_long: bool) -> Iterator[Attempt]:
    """What a role tries: all, or of each route one thing, another than the next role's."""
    turn = list(roles.ROLES).index(role)
    for number, attempt in enumerate(tries):
        if is_long or (number + turn) % 6 == 0:
            yield attempt


def status(person: Person, method: str, attempt: Attempt) -> int:
    """What somebody gets; nothing that she does lasts, and what is refused does nothing."""
    before = audit.state()
    with transaction.atomic():
        answer = person.asks(method, f"/{attempt.address}")
        answer.getvalue()  # of a file, to its end: only then is it closed
        if answer.status_code >= 400:
            assert audit.state() == before, attempt
        transaction.set_rollback(True)
    return int(answer.status_code)


def right(role: str, method: str, attempt: Attempt, got: int) -> bool:
    """Whether an answer is the one that the matrix wants."""
    if not has(role, attempt.permission):
        return got == REFUSED
    if got == NOT_PRESSED:
        return True
    if not attempt.seen(role):
        return got == (REFUSED if attempt.path.startswith(KEPT) else MISSING)
    if attempt.permission in DRAFTING and roles.side_of(role) != roles.AUTHORITY:
        return got == REFUSED
    if (attempt.path, attempt.thing) in NOBODY:
        return got == REFUSED
    methods, *more = ASKS.get(attempt.path, ((), ""))
    if method in methods and not takes_some(role, *more):
        return got == REFUSED
    if attempt.step and not takes(role, attempt.step):
        of_other_side = has(role, attempt.step.by) and got == CHANGED
        on_behalf = permissions.permission(attempt.step.by).on_behalf
        if on_behalf and has(role, on_behalf):  # where her house began it for the body
            return got < 500
        return got == REFUSED or of_other_side or (method == "get" and got == LED_ELSEWHERE)
    asked = attempt.step.by if attempt.step and method == "post" else attempt.permission
    return got not in ({MISSING} if asked in ONLY_WHO_DID else {REFUSED, MISSING}) and got < 500


@pytest.mark.parametrize("role", roles.ROLES)
def test_everybody_gets_what_the_matrix_says(
    scene: Scene, tries: list[Attempt], role: str, pytestconfig: pytest.Config
) -> None:
    person = scene.people[role]
    faults = []
    for attempt in tried(tries, role, bool(pytestconfig.getoption("--exhaustive"))):
        for method in ("get", "post"):
            got = status(person, method, attempt)
            if not right(role, method, attempt, got):
                faults.append(f"{method} {attempt}: {got}")
    assert "\n".join(faults) == ""


@pytest.mark.parametrize("method", ["get", "post"])
def test_without_signing_in_one_is_led_to_the_sign_in(
    scene: Scene, tries: list[Attempt], method: str
) -> None:
    client, faults = Client(), []
    for attempt in tries:
        answer = getattr(client, method)(f"/{attempt.address}")
        is_led = answer.status_code == 302 and answer["Location"].startswith("/anmelden?next=")
        if is_led is permissions.is_public(attempt.permission):
            faults.append(f"{attempt}: {answer.status_code}")
        answer.getvalue()  # of a file, to its end: only then is it closed
    assert faults == []


def test_a_route_of_which_nobody_told_what_it_is_about_is_a_fault(
    scene: Scene, tries: list[Attempt], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert set(SUBJECTS) <= {attempt.path for attempt in tries}
    monkeypatch.delitem(SUBJECTS, "arbeit/mittelaenderungen/<int:pk>")
    with pytest.raises(KeyError):
        list(attempts(scene))


OF_BODIES = (
    *(Adjustment, Annulment, Application, Conclusion, DraftDocument, Edition),
    *(GrantAct, GrantNotice, Intake),
)


def foreign_numbers(role: str) -> set[str]:
    """The file numbers of all cases of bodies whose affairs are none of a role's."""
    rows = [
        (*row, model)
        for model in OF_BODIES
        for row in model._default_manager.exclude(ags="").values_list("file_number", "ags")
    ]
    # A Träger sees what is passed on to it, with the number of the notice it comes from.
    sees = {PassOn: sees_pass_on, GrantNotice: sees_pass_on}
    return {
        number for number, ags, model in rows if not sees.get(model, scenes.sees_body)(role, ags)
    }


@pytest.mark.parametrize("role", roles.ROLES)
def test_a_file_is_for_who_sees_its_page_and_holds_nothing_of_others(
    scene: Scene, role: str, pytestconfig: pytest.Config
) -> None:
    kinds = ("csv", "xlsx") if pytestconfig.getoption("--exhaustive") else ("csv",)
    person, others = scene.people[role], foreign_numbers(role)
    assert others or roles.side_of(role) in scenes.SEES_ALL
    for route, listing in LISTS.items():
        for kind in kinds:
            answer = person.asks("get", f"{reverse(route)}?export={kind}")
            assert answer.status_code == (200 if has(role, listing.look) else REFUSED), route
            file = answer.getvalue()  # to its end: only then is it closed
            content = file.decode() if kind == "csv" else ""
            assert not {number for number in others if number in content}, (role, route)


JOBS = {
    "auditing.verify": ("auditing.conclude",),  # which puts its result on record
    "imports.write": ("imports.write",),
    "negotiation.amend_after_cut": ("negotiation.amend",),
    "negotiation.draft_year": ("negotiation.draft",),
    "publication.whole_year": ("publication.propose", "publication.publish"),
}
"""Background work, and the permission that whoever started it needs while it is done."""


def test_all_background_work_is_known() -> None:
    assert set(jobs.KINDS) == set(JOBS)


@pytest.mark.parametrize("role", roles.ROLES)
def test_background_work_does_what_who_started_it_may_and_for_her_bodies(
    scene: Scene, role: str
) -> None:
    name, started = scene.people[role].user.audit_name, Job.objects.get(pk=scene.jobs[role])
    table = TableImport.objects.filter(state="preview").latest("pk")
    of_year = {"programme": scenes.PROGRAMME, "year": scenes.SUEDLAND.year, "user": name}
    for kind, permission, params in (
        ("imports.write", "imports.write", {"table_import": table.pk, "actor": name}),
        ("publication.whole_year", "publication.propose", {"act": "propose", **of_year}),
        ("publication.whole_year", "publication.publish", {"act": "publish", **of_year}),
    ):
        last = AuditEntry.objects.latest("pk").pk
        with transaction.atomic():
            with suppress(Refused, permissions.OutOfScope, Http404):
                jobs.KINDS[kind](jobs.Progress(started), **params)
            done = AuditEntry.objects.filter(pk__gt=last).values_list("subject", flat=True)
            assert not done or takes_some(role, permission), (role, kind)
            finds_some = role == "ministry_editor" and permission != "publication.propose"
            assert done or not finds_some, (role, kind)
            numbers = [one.partition(":")[2] for one in done if one.startswith("edition:")]
            bodies = Edition.objects.filter(pk__in=numbers).values_list("ags", flat=True)
            assert all(scenes.sees_body(role, ags) for ags in bodies), (role, kind)
            transaction.set_rollback(True)


@pytest.mark.parametrize("role", roles.ROLES)
def test_missing_drafts_are_made_by_the_side_that_drafts_and_for_her_bodies(
    scene: Scene, role: str
) -> None:
    user, started = scene.people[role].user, Job.objects.get(pk=scene.jobs[role])
    year = DraftDocument.objects.latest("year").year
    params = {"programme": scenes.PROGRAMME, "year": year, "user": user.audit_name}
    last = DraftDocument.objects.latest("pk").pk
    missing = missing_drafts(user, scenes.PROGRAMME, year)
    with transaction.atomic():
        with suppress(Refused, permissions.OutOfScope):
            jobs.KINDS["negotiation.draft_year"](jobs.Progress(started), **params)
        made = DraftDocument.objects.filter(pk__gt=last).values_list("ags", flat=True)
        drafts = has(role, "negotiation.draft") and roles.side_of(role) == roles.AUTHORITY
        assert sorted(made) == (missing if drafts else [])
        assert all(scenes.sees_body(role, ags) for ags in made)
        transaction.set_rollback(True)
