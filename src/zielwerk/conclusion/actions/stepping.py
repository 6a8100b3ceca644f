"""The stages of a conclusion, the ways back and out, and the moment in which it is concluded."""

from datetime import date, datetime
from typing import Any

from zielwerk.agreements import actions as agreements
from zielwerk.agreements.actions import Promise
from zielwerk.conclusion import queries
from zielwerk.conclusion.actions.electronic import keep_verdict
from zielwerk.conclusion.models import Conclusion
from zielwerk.core.cases import step
from zielwerk.core.permissions import Actor
from zielwerk.ledger import actions as ledger
from zielwerk.negotiation.models import DraftDocument
from zielwerk.rulebook.agreement import Terms
from zielwerk.rulebook.conclusion import CONCLUSION, ConclusionFacts
from zielwerk.rulebook.refusal import Refused


def hold_draft(conclusion: Conclusion) -> None:
    """Let nobody open the draft while it is looked at whether its text still stands."""
    conclusion.draft = DraftDocument.objects.select_for_update().get(pk=conclusion.draft_id)


@step(CONCLUSION, hold_draft)
def check(
    actor: Actor,
    conclusion: Conclusion,
    facts: ConclusionFacts,
    note: str = "",
    *,
    at: datetime,
) -> None:
    """The first person vouches that all that must sign have signed this very text."""


@step(CONCLUSION)
def note(
    actor: Actor,
    conclusion: Conclusion,
    facts: ConclusionFacts | None,
    note: str = "",
    *,
    at: datetime,
) -> None:
    """Note what comes before the end, such as a resolution, as ``note``."""


@step(CONCLUSION, hold_draft)
def conclude(
    actor: Actor,
    conclusion: Conclusion,
    facts: ConclusionFacts,
    note: str = "",
    *,
    at: datetime,
) -> None:
    """The second person concludes: the agreement, its measures and its money, all at once.

    A file that was signed is verified again in this very act, and what was found is kept.
    """
    judgement = queries.judged(conclusion, at=at)
    if judgement:
        if judgement.reasons:
            raise Refused(*judgement.reasons)
        keep_verdict(actor, conclusion, judgement, at)
    if reasons := queries.why_superseded(conclusion.draft):
        raise Refused(*reasons)
    promise = Promise(
        terms(conclusion),
        conclusion.rule_version,
        **_changes(conclusion.draft),
        is_invented=conclusion.is_invented,
        is_trial=conclusion.is_trial,
        concluded_as=conclusion.file_number,
        concluded_by=actor.audit_name,
        planned=queries.plans_of(queries.draft_text(conclusion)),
    )
    rules = queries.rules_of(conclusion)
    conclusion.agreement = agreements.agree(actor, promise, rules, at)


@step(CONCLUSION)
def send_back(
    actor: Actor, conclusion: Conclusion, facts: None, note: str = "", *, at: datetime
) -> None:
    """Give it back for a reason: signatures are collected again."""


@step(CONCLUSION)
def take_back(actor: Actor, conclusion: Conclusion, facts: None, *, at: datetime) -> None:
    """Whoever checked takes that back before anybody concludes."""


@step(CONCLUSION)
def abandon(
    actor: Actor, conclusion: Conclusion, facts: None, note: str = "", *, at: datetime
) -> None:
    """Give it up for a reason; the text may be opened again, the signatures stay on file."""


@step(CONCLUSION, hold_draft)
def resume(actor: Actor, conclusion: Conclusion, facts: ConclusionFacts, *, at: datetime) -> None:
    """Go on with an abandoned one, while the same text stands; its signatures count again."""


def _changes(draft: DraftDocument) -> dict[str, Any]:
    """What a change names beside its terms: the version before, its own number, form and basis."""
    if draft.amends is None:
        return {}
    return {
        "before": draft.amends,
        "version": draft.amends.version + 1,
        "form": draft.form,
        "basis": draft.basis,
    }


def terms(conclusion: Conclusion) -> Terms:
    """What was signed: the text, with the signatures that count and the resolution.

    A change holds on to what was agreed before and no drafted text has a place for.
    """
    signed = queries.counting(conclusion, queries.signatures(conclusion))
    resolution = queries.resolution(conclusion)
    said = queries.terms_of(queries.draft_text(conclusion), signed, resolution)
    before = conclusion.draft.amends
    return queries.carried(said, before.content) if before else said


def intended(conclusion: Conclusion, today: date) -> ledger.Agreed | ledger.Changed:
    """What concluding would book, for whoever is asked before; of a change the difference."""
    promised, rules = terms(conclusion), queries.rules_of(conclusion)
    day, number = promised.signed_on or today, conclusion.file_number
    before = conclusion.draft.amends
    now = agreements.foretold(promised, rules, number, day, before)
    return ledger.Changed(agreements.agreed_of(before, rules, number, day), now) if before else now
