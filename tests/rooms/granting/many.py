"""Notices, acts on them and what is passed on of them, few or many, as rows of their tables.

To take each through its stages would cost seconds; lists and pages look at the rows alone.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.conf import settings
from django.db.models import Model
from django.utils.timezone import localdate

from tests.rooms.passing import made as passed
from zielwerk.agreements.models import Agreement
from zielwerk.config import world_funding
from zielwerk.config.cast import Cast
from zielwerk.core import audit
from zielwerk.core.models import Sealed
from zielwerk.funding import queries as funding
from zielwerk.funding.models import Application, Submission
from zielwerk.granting import letters, queries
from zielwerk.granting.models import (
    GrantAct,
    GrantedAmount,
    GrantNotice,
    IssuedTogether,
    NoticeEvent,
)
from zielwerk.granting.queries import ActDraft, NoticeDraft
from zielwerk.passing.letters import content_of
from zielwerk.passing.models import (
    PassedAmount,
    PassOn,
    ProviderPaper,
    ProviderReminder,
    Spent,
)
from zielwerk.passing.queries import PassDraft
from zielwerk.programme.models import Party
from zielwerk.rulebook.grant.amounts import whole
from zielwerk.rulebook.grant.paths import Kind

WAITING = "put_forward"


def at() -> datetime:
    """When the notices are issued: some weeks after the last day of applications."""
    programme = settings.PROGRAMME
    day = world_funding.beginning(programme, funding.years(programme)[0])
    return day + timedelta(days=60)


def later() -> datetime:
    """A day in the programme year, on which all of that stands."""
    return at() + timedelta(days=60)


R = TypeVar("R", bound=Model)


def alike(record: R, **changes: Any) -> R:
    """Another row that says the same but for some columns; not saved yet."""
    copy: R = type(record)._default_manager.get(pk=record.pk)
    copy.pk = None
    for name, value in changes.items():
        setattr(copy, name, value)
    return copy


def waiting(notice: GrantNotice, bodies: Iterable[str]) -> None:
    """The same notice for other bodies: each about its own application, beside what was agreed."""
    agreed = Agreement.objects.filter(ags=notice.ags, year=notice.year).prefetch_related("agreed")
    submitted = Submission.objects.get(application=notice.application, number=notice.submission)
    for ags in bodies:
        changes = {"ags": ags, "file_number": f"{notice.file_number}-{ags}"}
        application = alike(notice.application, **changes)
        application.save(force_insert=True)
        alike(submitted, application=application).save(force_insert=True)
        alike(notice, application=application, **changes).save(force_insert=True)
        for each in agreed:
            agreement = alike(each, ags=ags, file_number=f"{each.file_number}-{ags}")
            agreement.save(force_insert=True)
            for row in each.agreed.all():
                alike(row, agreement=agreement).save(force_insert=True)


class Rows:
    """Who made the rows, when; and what was made."""

    def __init__(self, cast: Cast) -> None:
        self.clerk, self.head = cast.pair("authority", cast.body.ags)
        self.made: list[Sealed] = []
        self.entered = {"entered_by": self.clerk.audit_name, "entered_at": at()}

    def keep(self, *records: Sealed) -> None:
        for record in records:
            record.save(force_insert=True)
            self.made.append(record)

    def seal(self) -> None:
        seals = [audit.sealed(record) for record in self.made]
        audit.append(self.clerk.audit_name, "granting.issue", self.made[0], seals, at())


def grant(cast: Cast, times: int) -> None:
    """Notices about all applications, issued or waiting; on the first acts, and pass-ons of it."""
    rows = Rows(cast)
    first = Application.objects.get(ags=cast.body.ags, submission__gt=0)
    submitted = Submission.objects.filter(application=first).latest("pk")
    others = Application.objects.filter(year=first.year).exclude(pk=first.pk).order_by("pk")
    notice = noticed(rows, submitted, 1, is_issued=True)
    for number, application in enumerate(others, 2):
        copy = alike(submitted, application=application)
        rows.keep(copy)
        noticed(rows, copy, number, is_issued=bool(number % 2))
    for number in range(times):
        changed(rows, notice, number, Kind.AMENDMENT, is_issued=False)
        changed(rows, notice, number, Kind.RELEASE, is_issued=True)
    granted = list(GrantNotice.objects.filter(state="issued").order_by("pk"))
    for number in range(times):
        together(rows, granted, number)
    for each in granted:
        for number in range(times if each == notice else 1):
            pass_on(rows, each, passed.party(cast), number)
    rows.seal()


def noticed(rows: Rows, submitted: Submission, number: int, *, is_issued: bool) -> GrantNotice:
    """A notice that grants all that was applied for."""
    application, amounts = submitted.application, queries.read_submission(submitted).amounts
    cents = whole(amounts)
    notice = GrantNotice(
        programme=application.programme,
        year=application.year,
        file_number=f"ZB-{application.year}-9{number:03}",
        state="issued" if is_issued else WAITING,
        state_since=at(),
        application=application,
        submission=submitted.number,
        ags=application.ags,
        body_name=application.body_name,
        applied_cents=cents,
        amount_cents=cents,
        draft=NoticeDraft(amounts).stored,
        rule_version=application.rule_version,
        drafted_at=at(),
        put_forward_by=rows.clerk.audit_name,
        written_by=rows.clerk.audit_name,
    )
    if is_issued:
        issue(rows, notice, submitted)
    rows.keep(notice)
    if is_issued:
        rows.keep(*granted(rows, notice, None))
        sent = {"kind": "sent", "day": localdate(at()), "way": "post"}
        rows.keep(NoticeEvent(notice=notice, **sent, **rows.entered))
    return notice


def issue(rows: Rows, case: GrantNotice | GrantAct, submitted: Submission) -> None:
    """What is set where it is issued; its document is any file that is there."""
    case.issued_by, case.issued_at, case.issued_on = rows.head.audit_name, at(), localdate(at())
    case.content = letters.content_of(case, localdate(at()))
    case.document = submitted.receipt


def granted(rows: Rows, notice: GrantNotice, act: GrantAct | None) -> Iterable[GrantedAmount]:
    """The amounts of a notice, or of an act on it."""
    for (measure, year), cents in queries.drafted(act or notice).items():
        yield GrantedAmount(
            notice=notice,
            act=act,
            measure=measure,
            title=f"Werkstatt {measure}",
            budget_year=year,
            cents=cents,
            **rows.entered,
        )


def changed(rows: Rows, notice: GrantNotice, number: int, kind: Kind, *, is_issued: bool) -> None:
    """An act that takes an euro from the first measure, drafted or issued."""
    place = next(iter(NoticeDraft.of(notice).amounts))
    draft = ActDraft({place: -100}, reason="Es wird weniger gebraucht.", asked=localdate(at()))
    act = GrantAct(
        programme=notice.programme,
        year=notice.year,
        file_number=f"ZBÄ-{notice.year}-{kind[:1]}{number:03}",
        state="issued" if is_issued else "draft",
        state_since=at(),
        notice=notice,
        kind=kind,
        ags=notice.ags,
        body_name=notice.body_name,
        amount_cents=-100,
        draft=draft.stored,
        rule_version=notice.rule_version,
        drafted_at=at(),
        put_forward_by=rows.clerk.audit_name,
        written_by=rows.clerk.audit_name,
    )
    if is_issued:
        issue(rows, act, Submission.objects.get(application=notice.application_id, number=1))
        act.counts_from = localdate(at())
    rows.keep(act)
    if is_issued:
        rows.keep(*granted(rows, notice, act))
        sent = {"kind": "sent", "day": localdate(at()), "way": "post"}
        rows.keep(NoticeEvent(notice=notice, act=act, **sent, **rows.entered))


def together(rows: Rows, notices: Sequence[GrantNotice], number: int) -> None:
    """A list of all that was issued."""
    entries = [[each.file_number, each.ags, each.amount_cents] for each in notices]
    rows.keep(
        IssuedTogether(
            entries=entries,
            code=f"{number:016}",
            count=len(entries),
            amount_cents=sum(each.amount_cents for each in notices),
            issued_by=rows.head.audit_name,
            issued_at=at(),
        )
    )


def pass_on(rows: Rows, notice: GrantNotice, party: Party, number: int) -> None:
    """What is passed on of each measure: once changed, spent and proved; and once a draft."""
    [(measure, year), *_] = NoticeDraft.of(notice).amounts
    old = PassOn(
        programme=notice.programme,
        year=notice.year,
        file_number=f"WL-{notice.year}-{notice.pk}-{number:03}",
        state="passed_on",
        state_since=at(),
        notice=notice,
        measure=measure,
        title=f"Werkstatt {measure}",
        ags=notice.ags,
        body_name=notice.body_name,
        party=party,
        carrier=str(party.name),
        amount_cents=1_000_00,
        last_day=localdate(later()) + timedelta(days=30),
        proof_due=localdate(later()) + timedelta(days=90),
        needs_second=False,
        rule_version=notice.rule_version,
        drafted_at=at(),
        put_forward_by=rows.clerk.audit_name,
        concluded_by=rows.head.audit_name,
        concluded_at=at(),
        concluded_on=localdate(at()),
    )
    old.draft = PassDraft(amounts={year: 1_000_00}).stored
    old.draft = passed.whole(old, party).stored
    old.way = old.draft["way"]
    old.content = content_of(old, localdate(at()))
    old.document = notice.document
    rows.keep(old)
    concern(rows, old, year)
    for state, before in (("passed_on", old), ("draft", None)):
        number = f"{old.file_number}-{state}"
        rows.keep(alike(old, state=state, changes=before, origin=before, file_number=number))


def concern(rows: Rows, case: PassOn, year: int) -> None:
    """What belongs to it: amounts, what was spent, a paper, a reminder."""
    file, day = case.document, localdate(at())
    paper = passed.way(case).papers[0].code
    rows.keep(
        PassedAmount(pass_on=case, budget_year=year, cents=1_000_00, **rows.entered),
        Spent(pass_on=case, budget_year=year, day=day, cents=100, source="typed", **rows.entered),
        ProviderPaper(pass_on=case, code=paper, name="plan.pdf", file=file, **rows.entered),
        ProviderReminder(pass_on=case, day=day, **rows.entered),
    )
