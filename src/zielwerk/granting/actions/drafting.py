"""Drafting a notice: it begins with what was applied for, and is written until put forward."""

from dataclasses import dataclass
from datetime import datetime

from zielwerk.core.actions import action
from zielwerk.core.cases import locked, new_case, save_case
from zielwerk.core.permissions import Actor
from zielwerk.funding import queries as funding
from zielwerk.funding.actions import Assessed, Reopened
from zielwerk.funding.models import Application
from zielwerk.granting import queries
from zielwerk.granting.models import GrantNotice
from zielwerk.granting.queries.drafts import NoticeDraft
from zielwerk.packs import loading as packs
from zielwerk.packs.model import Year
from zielwerk.programme.actions import keep_rules
from zielwerk.rulebook.application import ApplicationState
from zielwerk.rulebook.grant.amounts import Amounts, whole
from zielwerk.rulebook.grant.course import GrantState, needs_second
from zielwerk.rulebook.refusal import Refusal, Refused, msg


@dataclass(frozen=True)
class NewNotice:
    """The wish to decide about an application that was assessed."""

    application: Application

    @property
    def ags(self) -> str:
        return self.application.ags


@dataclass(frozen=True)
class WriteNotice:
    """What is written into the draft of a notice."""

    notice: GrantNotice
    draft: NoticeDraft

    @property
    def ags(self) -> str:
        return self.notice.ags


@action("granting.draft")
def draft(actor: Actor, new: NewNotice, *, at: datetime) -> GrantNotice:
    """Draft a notice about an application; it begins with all that was applied for."""
    application = Application.objects.select_for_update().get(pk=new.application.pk)
    if reasons := why_not_drafted(application):
        raise Refused(*reasons)
    return _drafted(actor, application, at)


@action("granting.follow")
def draft_for(actor: Actor, assessed: Assessed, *, at: datetime) -> None:
    """Where the examination of an application is over, its notice is drafted by itself."""
    rules = packs.load(assessed.application.programme, assessed.application.year)
    if rules.procedure("grant") and queries.decided_with(assessed.application) is None:
        _drafted(actor, assessed.application, at)


@action("granting.follow")
def give_up_for(actor: Actor, reopened: Reopened, *, at: datetime) -> None:
    """Where an application is examined again or pursued no more, its draft decides nothing."""
    notice = queries.decided_with(reopened.application)
    if notice is None:
        return
    notice = locked(notice)
    if notice.is_issued:  # since it was looked at whether anything rests on the application
        raise Refused(*queries.resting_on(reopened.application))
    notice.state, notice.state_since = GrantState.DISCARDED, at
    save_case(notice)


def why_not_drafted(application: Application) -> list[Refusal]:
    """Why no notice about an application can be drafted."""
    if not packs.load(application.programme, application.year).procedure("grant"):
        return [Refusal("grant.no_stages", NO_STAGES, {"year": str(application.year)})]
    if application.state != ApplicationState.ASSESSED:
        return [NOT_ASSESSED]
    if other := queries.decided_with(application):
        return [Refusal("grant.other", OTHER, {"number": other.file_number})]
    return []


def _drafted(actor: Actor, application: Application, at: datetime) -> GrantNotice:
    submission = funding.newest_submission(application)
    assert submission  # nothing is assessed that was not handed in
    amounts = queries.read_submission(submission).amounts
    rules = packs.load(application.programme, application.year)
    began = NoticeDraft(amounts, _usual(rules))
    total = whole(amounts)
    return new_case(
        GrantNotice,
        f"{rules.programme.prefix('grant')}-{application.year}",
        at=at,
        programme=application.programme,
        year=application.year,
        application=application,
        submission=submission.number,
        ags=application.ags,
        body_name=application.body_name,
        applied_cents=total,
        amount_cents=total,
        needs_second=_needs_second(rules, amounts),
        draft=began.stored,
        rule_version=keep_rules(actor, application.programme, application.year, at=at),
        is_invented=application.is_invented,
        drafted_at=at,
    )


def _usual(rules: Year) -> tuple[str, ...]:
    """The optional provisions that go along where nobody says otherwise."""
    notice = rules.notice
    return (notice.final,) if notice and notice.final and notice.final_usual else ()


def _needs_second(rules: Year, amounts: Amounts) -> bool:
    if rules.notice is None:
        return True
    return needs_second(amounts.values(), whole(amounts), rules.notice.second_approver_cents)


@action("granting.write")
def write(actor: Actor, new: WriteNotice, *, at: datetime) -> GrantNotice:
    """Keep what was written; what speaks against it is told, and refused only where it is issued.

    Refused are amounts below zero and of measures that were not applied for.
    """
    notice = locked(new.notice, {GrantState.DRAFT})
    what = queries.applied(notice)
    if any(place not in what.amounts or cents < 0 for place, cents in new.draft.amounts.items()):
        raise Refused(NOT_APPLIED)
    rules = packs.load(notice.programme, notice.year)
    optional = {each.code for each in rules.conditions if each.optional}
    if unknown := set(new.draft.conditions) - optional:
        raise Refused(Refusal("grant.no_such_condition", NO_CONDITION, {"code": min(unknown)}))
    notice.draft = new.draft.stored
    notice.amount_cents = whole(new.draft.amounts)
    notice.needs_second = _needs_second(rules, what.amounts)
    notice.written_by = actor.audit_name
    return save_case(notice)


NO_STAGES = msg("{year}: Bescheide werden in diesem Programmjahr hier nicht erlassen.")
NOT_ASSESSED = Refusal(
    "grant.not_assessed_yet", msg("Die Prüfung des Antrags ist noch nicht abgeschlossen.")
)
OTHER = msg("Über diesen Antrag wird schon mit {number} entschieden.")
NOT_APPLIED = Refusal(
    "grant.not_applied",
    msg("Bewilligt wird, was beantragt ist: je Maßnahme und Haushaltsjahr, nicht unter null."),
)
NO_CONDITION = msg("Eine Nebenbestimmung „{code}“ gibt es hier nicht zur Wahl.")
