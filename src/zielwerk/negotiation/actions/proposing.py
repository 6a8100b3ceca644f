"""Proposals: made, accepted one by one, rejected, withdrawn; and moves that came another way."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from zielwerk.core.actions import action, seal
from zielwerk.core.cases import save_case
from zielwerk.core.permissions import Actor
from zielwerk.drafting.changes import Change, applied, is_fixed, value_of, words_of
from zielwerk.drafting.views import nodes
from zielwerk.negotiation import queries
from zielwerk.negotiation.actions.drafting import (
    NO_CHANGE,
    Edit,
    Otherwise,
    held,
    next_version,
    refuse_change,
    refuse_otherwise,
)
from zielwerk.negotiation.models import DraftDocument, Origin, Proposal
from zielwerk.rulebook.proposals import Channel, ProposalState
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.rulebook.writing import says_something, written


@dataclass(frozen=True)
class Told:
    """How a move came: here, or told by somebody on a day and entered by the other side."""

    channel: str = Channel.HERE.value
    by: str = ""
    on: date | None = None

    @property
    def is_here(self) -> bool:
        return self.channel == Channel.HERE


HERE = Told()


@dataclass(frozen=True)
class NewProposal:
    """A change of one place that is proposed, and why."""

    draft: DraftDocument
    edit: Edit
    reason: str = ""
    told: Told = HERE


@dataclass(frozen=True)
class Decision:
    """What is said to a proposal; ``over`` are the numbers of those that it is chosen over."""

    answer: str = ""
    told: Told = HERE
    over: frozenset[int] = frozenset()
    version: int = 0


@action("negotiation.propose")
def propose(actor: Actor, new: NewProposal, *, at: datetime) -> Proposal:
    """Propose a change of one place; the other side decides.

    Raises :class:`Otherwise` where the place changed since the version that it starts from.
    """
    draft = held(new.draft)
    _refuse_closed(draft)
    refuse_untold(new.told, at)
    return _propose(draft, actor, new, at)


@action("negotiation.propose")
def propose_plans(actor: Actor, draft: DraftDocument, *, at: datetime) -> DraftDocument:
    """Propose what changed of the planned measures since the draft was made, one by one."""
    draft = held(draft)
    _refuse_closed(draft)
    changes = queries.plan_changes(draft)
    if not changes:
        raise Refused(NOTHING_PLANNED)
    document = queries.newest(draft)
    labels = {node.id: node.label for node in nodes(document)}
    for change in changes:
        label = labels.get(change.node) or _called(change)
        reason = TARGETS_PLANNED if change.node.startswith("targets/") else FROM_PLANS
        new = NewProposal(draft, Edit(draft.version, label, change), reason)
        _propose(draft, actor, new, at)
    return draft


def _called(change: Change) -> str:
    """What people call something new that was planned."""
    if change.measure:
        return change.measure.title
    return (change.target.words or change.target.indicator) if change.target else ""


def _propose(draft: DraftDocument, actor: Actor, new: NewProposal, at: datetime) -> Proposal:
    change = new.edit.change
    document = refuse_otherwise(draft, new.edit)
    if is_fixed(document, change.node) and change.node not in draft.opened:
        raise Refused(FIXED)
    changed = applied(document, change)
    if changed == document:
        raise Refused(NO_CHANGE)
    refuse_change(draft, change)
    proposal = Proposal(
        draft=draft,
        node=change.node,
        label=new.edit.label[:200],
        version=draft.version,
        number=queries.next_number(draft),
        change=change.to_json(),
        before=value_of(document, change.node),
        words_before=words_of(document, change.node),
        words_after=words_of(changed, change.node),
        reason=written(new.reason),
        **said_by(actor, draft, new.told, at),
    )
    proposal.save()
    seal(proposal)
    draft.open_proposals += 1
    save_case(draft)
    return proposal


@action("negotiation.accept_proposal")
def accept_proposal(
    actor: Actor, proposal: Proposal, decision: Decision, *, at: datetime
) -> Proposal:
    """Accept a proposal of the other side: its change makes the next version.

    Others about the same place are overtaken, if whoever accepts was shown them; one whose place
    says something else by now is accepted by whoever saw what it says.
    """
    draft, proposal = _open(proposal)
    _refuse_own(actor, draft, proposal, decision.told)
    refuse_untold(decision.told, at)
    document = queries.newest(draft)
    changed = applied(document, proposal.what)
    is_other = value_of(document, proposal.node) != proposal.before
    if is_other and decision.version != draft.version:
        raise Otherwise(proposal.label, document)
    open_ = queries.open_proposals(draft)
    others = queries.conflicts_among(open_).get(proposal.number, ())
    if unseen := set(others) - decision.over:
        params = {"numbers": ", ".join(map(str, sorted(unseen)))}
        raise Refused(Refusal("negotiation.conflict", CONFLICT, params))
    for other in open_:
        if other.number in others:
            _close(other, ProposalState.OVERTAKEN, actor, at)
            other.overtaken_by = proposal.number
            other.save()
            seal(other)
    draft.open_proposals -= 1 + len(others)
    draft = next_version(draft, actor, changed, Origin.ACCEPTED, at, proposal.number)
    proposal.made = draft.version
    return _decided(proposal, ProposalState.ACCEPTED, actor, decision, at)


@action("negotiation.reject_proposal")
def reject_proposal(
    actor: Actor, proposal: Proposal, decision: Decision, *, at: datetime
) -> Proposal:
    """Reject a proposal of the other side, for a reason."""
    draft, proposal = _open(proposal)
    _refuse_own(actor, draft, proposal, decision.told)
    refuse_untold(decision.told, at)
    if not says_something(decision.answer):
        raise Refused(NO_ANSWER)
    draft.open_proposals -= 1
    save_case(draft)
    return _decided(proposal, ProposalState.REJECTED, actor, decision, at)


@action("negotiation.withdraw_proposal")
def withdraw_proposal(
    actor: Actor, proposal: Proposal, decision: Decision, *, at: datetime
) -> Proposal:
    """Withdraw a proposal of one's own side that nobody has decided about."""
    draft, proposal = _open(proposal)
    if proposal.side != actor.side:
        raise Refused(NOT_OWN)
    draft.open_proposals -= 1
    save_case(draft)
    return _decided(proposal, ProposalState.WITHDRAWN, actor, decision, at)


def said_by(actor: Actor, draft: DraftDocument, told: Told, at: datetime) -> dict[str, object]:
    """The columns of who said something: what was told elsewhere is the other side's."""
    sides = queries.sides_in(draft)
    return {
        "side": actor.side if told.is_here else sides.other(actor.side),
        "by": actor.audit_name,
        "at": at,
        "channel": told.channel,
        "told_by": "" if told.is_here else written(told.by)[:200],
        "told_on": None if told.is_here else told.on,
    }


def refuse_untold(told: Told, at: datetime) -> None:
    """What came another way says who told it, and on which day."""
    if told.is_here:
        return
    if not says_something(told.by) or told.on is None:
        raise Refused(NOT_TOLD)
    if told.on > localdate(at):
        raise Refused(Refusal("negotiation.too_early", TOO_EARLY, {"day": told.on}))


def _open(proposal: Proposal) -> tuple[DraftDocument, Proposal]:
    """The draft and the proposal as they are now, locked, if nobody has decided yet."""
    draft = held(proposal.draft)
    _refuse_closed(draft)
    proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if proposal.state != ProposalState.OPEN:
        params = {"number": proposal.number, "other": proposal.overtaken_by or ""}
        sentence = OVERTAKEN if proposal.state == ProposalState.OVERTAKEN else DECIDED
        raise Refused(Refusal("negotiation.decided", sentence, params))
    return draft, proposal


def _refuse_closed(draft: DraftDocument) -> None:
    if not queries.is_negotiated(draft):
        raise Refused(NOT_NEGOTIATED)


def _refuse_own(actor: Actor, draft: DraftDocument, proposal: Proposal, told: Told) -> None:
    """The other side decides; its word may have come another way."""
    deciding = actor.side if told.is_here else queries.sides_in(draft).other(actor.side)
    if proposal.side == deciding:
        raise Refused(OWN)


def _close(proposal: Proposal, state: ProposalState, actor: Actor, at: datetime) -> None:
    proposal.state, proposal.decided_by, proposal.decided_at = state, actor.audit_name, at


def _decided(
    proposal: Proposal, state: ProposalState, actor: Actor, decision: Decision, at: datetime
) -> Proposal:
    _close(proposal, state, actor, at)
    told = decision.told
    proposal.decided_over = told.channel
    parts = [written(decision.answer)]
    if not told.is_here:
        parts.insert(0, f"{written(told.by)}, {told.on:%d.%m.%Y}:")
    proposal.answer = " ".join(filter(None, parts))
    proposal.save()
    seal(proposal)
    return proposal


FIXED = Refusal(
    "negotiation.fixed",
    msg("Diese Stelle ist fest. Wer den Entwurf macht, kann sie mit einem Kommentar öffnen."),
)
FROM_PLANS = msg("Die Planung der Maßnahme hat sich geändert.")
TARGETS_PLANNED = msg("Die Planung der Ziele hat sich geändert.")
NOTHING_PLANNED = Refusal(
    "negotiation.nothing_planned",
    msg("Die geplanten Maßnahmen stehen so im Entwurf oder sind schon vorgeschlagen."),
)
NOT_NEGOTIATED = Refusal(
    "negotiation.not_negotiated",
    msg(
        "Über den Entwurf wird gerade nicht verhandelt: Er ist noch nicht übersandt, oder eine "
        "Seite hat eine Fassung angenommen."
    ),
)
NO_ANSWER = Refusal("negotiation.no_answer", msg("Bitte sagen Sie, was dagegen spricht."))
OWN = Refusal("negotiation.own", msg("Über den eigenen Vorschlag entscheidet die andere Seite."))
NOT_OWN = Refusal("negotiation.not_own", msg("Zurückziehen kann ihn nur, wer ihn gemacht hat."))
NOT_TOLD = Refusal("negotiation.not_told", msg("Es fehlt, wer es wann gesagt hat."))
TOO_EARLY = msg("Der {day} liegt noch vor uns.")
DECIDED = msg("Über Vorschlag {number} ist schon entschieden.")
OVERTAKEN = msg("Vorschlag {number} ist überholt: Vorschlag {other} wurde angenommen.")
CONFLICT = msg(
    "Zu derselben Stelle gibt es auch Vorschlag {numbers}. Bitte sehen Sie beide an und wählen Sie."
)
