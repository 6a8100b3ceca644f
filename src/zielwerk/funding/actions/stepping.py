"""The stages of an application, and the ways back and out."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from zielwerk.core import events
from zielwerk.core.actions import seal
from zielwerk.core.cases import locked, step
from zielwerk.core.digests import digest_of
from zielwerk.core.permissions import Actor
from zielwerk.documents import actions as documents
from zielwerk.funding import letters, queries
from zielwerk.funding.actions.listing import list_measures
from zielwerk.funding.models import Application, Submission
from zielwerk.rulebook.application import APPLICATION, ApplicationFacts, came_at
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.typesetting.pdf import render


@dataclass(frozen=True)
class Ready:
    """What is to be handed in, set before anybody waits: its digest, the receipt, and its day."""

    digest: str
    receipt: bytes
    day: date


@dataclass(frozen=True)
class Assessed:
    """The examination of an application is over: it is to be decided."""

    application: Application

    @property
    def ags(self) -> str:
        return self.application.ags


@dataclass(frozen=True)
class Reopened:
    """An application is examined again, or pursued no more: a draft decides nothing."""

    application: Application

    @property
    def ags(self) -> str:
        return self.application.ags


def ready(application: Application, at: datetime) -> Ready:
    """Set the receipt of what the application says now."""
    now, papers = queries.said(application).answers, queries.papers(application)
    judged = queries.judged(application, now, queries.codes_of(papers), localdate(at))
    digest = digest_of(letters.content_of(now, papers))
    number, late = application.submission + 1, queries.late_days(application, localdate(at))
    reason = now.get("late_reason", "")
    document = letters.receipt(application, judged, papers, digest, number, late, reason, at)
    return Ready(digest, render(document), localdate(at))


def submitted(
    actor: Actor, application: Application, prepared: Ready | None, at: datetime
) -> Submission:
    """Keep what the application says now as a submission; the amounts beside are its own.

    Refused where somebody wrote after the receipt was set.
    """
    if prepared is None or prepared.day != localdate(at):  # the day ended meanwhile
        prepared = ready(application, at)
    now, papers = queries.said(application).answers, queries.papers(application)
    content = letters.content_of(now, papers)
    if digest_of(content) != prepared.digest:
        raise Refused(WRITTEN_MEANWHILE)
    rules = queries.rules_of(application)
    applied = queries.judged(application, now, queries.codes_of(papers), localdate(at)).read
    own = [each.code for each in rules.cost_sources if each.of_programme]
    amount, cost = applied.application.income_from(own), applied.application.cost_cents
    number = application.submission + 1
    name = letters.file_name(application, number)
    late = queries.late_days(application, localdate(at))
    submission = Submission.objects.create(
        application=application,
        number=number,
        content=content,
        digest=prepared.digest,
        amount_cents=amount,
        cost_cents=cost,
        late_days=late,
        late_reason=now.get("late_reason", "") if late else "",
        receipt=documents.store(actor, name, "application/pdf", prepared.receipt, at=at),
        entered_by=actor.audit_name,
        entered_at=at,
    )
    seal(submission)
    list_measures(submission, applied.application.measures)
    application.submission = number
    application.amount_cents, application.cost_cents = amount, cost
    return submission


def hold(application: Application) -> None:
    """Let nobody write while it is looked at: whoever writes holds the application, too."""
    locked(application)


@step(APPLICATION, hold)
def hand_in(
    actor: Actor,
    application: Application,
    facts: ApplicationFacts | None,
    note: str = "",
    prepared: Ready | None = None,
    *,
    at: datetime,
) -> None:
    """Hand the application in as it stands; the receipt says what, when and under which number."""
    submission = submitted(actor, application, prepared, at)
    _comes("hand_in", application, at)
    application.handed_in_at = at
    application.is_late = submission.late_days > 0


@step(APPLICATION)
def note(
    actor: Actor,
    application: Application,
    facts: ApplicationFacts | None,
    note: str = "",
    *,
    at: datetime,
) -> None:
    """Note what comes before the examination ends, such as a statement, as ``note``."""


@step(APPLICATION)
def assess(
    actor: Actor,
    application: Application,
    facts: ApplicationFacts | None,
    note: str = "",
    *,
    at: datetime,
) -> None:
    """The examination is over: the application can be decided."""
    events.publish(actor, Assessed(application), at=at)


@step(APPLICATION)
def send_back(
    actor: Actor, application: Application, facts: None, note: str = "", *, at: datetime
) -> None:
    """Give the application back to the body, for a reason; it is no longer handed in."""
    _comes("send_back", application, at)
    _not_handed_in(application)


@step(APPLICATION)
def take_back(actor: Actor, application: Application, facts: None, *, at: datetime) -> None:
    """Whoever handed it in takes it back before anybody decided."""
    _comes("take_back", application, at)
    _not_handed_in(application)


def _comes(verb: str, application: Application, at: datetime) -> None:
    """When it came, once this step is taken; what was handed in before that was kept, counts."""
    application.came_at = came_at(verb, application.came_at or application.handed_in_at, at)


def _not_handed_in(application: Application) -> None:
    """It applies for nothing now; what was handed in stays on file as it was."""
    application.handed_in_at, application.is_late = None, False
    application.amount_cents = application.cost_cents = None


@step(APPLICATION)
def withdraw(
    actor: Actor, application: Application, facts: None, note: str = "", *, at: datetime
) -> None:
    """The body pursues the application no more; another one may be begun."""
    events.publish(actor, Reopened(application), at=at)
    _comes("withdraw", application, at)


@step(APPLICATION)
def reopen(
    actor: Actor, application: Application, facts: None, note: str = "", *, at: datetime
) -> None:
    """Take the examination up again, for a reason."""
    events.publish(actor, Reopened(application), at=at)


@step(APPLICATION)
def discard(actor: Actor, application: Application, facts: None, *, at: datetime) -> None:
    """Give a draft up; for some time it can be restored."""


@step(APPLICATION)
def restore(
    actor: Actor, application: Application, facts: ApplicationFacts, *, at: datetime
) -> None:
    """Take a draft up again that was given up."""


WRITTEN_MEANWHILE = Refusal(
    "funding.changed_while_set",
    msg("Während der Antrag eingereicht wurde, hat jemand etwas geändert. Bitte sehen Sie nach."),
)
