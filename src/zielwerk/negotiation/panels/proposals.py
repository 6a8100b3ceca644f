"""A proposal as pages show it: what it changes, who made it why, what became of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.safestring import SafeString

from zielwerk.core.permissions import Actor
from zielwerk.drafting.changes import KIND_LABELS
from zielwerk.negotiation import queries
from zielwerk.negotiation.models import DraftDocument, Proposal
from zielwerk.negotiation.panels.text import place_url
from zielwerk.negotiation.panels.turns import own_side, side_name
from zielwerk.rulebook.proposals import CHANNELS, PROPOSAL_LABELS, Channel, ProposalState
from zielwerk.rulebook.redline import Node, redline
from zielwerk.ui.joined import JOINED
from zielwerk.ui.redlines import Passage, Redline
from zielwerk.ui.views import Request

LOOKS = {
    ProposalState.OPEN: "warning",
    ProposalState.ACCEPTED: "success",
    ProposalState.REJECTED: "danger",
}


@dataclass(frozen=True)
class Card:
    """A proposal beside what a person may do about it.

    ``others`` are the numbers of open proposals about the same place; where there are any,
    somebody has to choose.
    """

    proposal: Proposal
    side: str
    who: str
    decider: str
    deciding_side: str = ""
    others: tuple[int, ...] = ()
    may_decide: bool = False
    may_withdraw: bool = False

    @property
    def is_open(self) -> bool:
        return self.proposal.state == ProposalState.OPEN

    @property
    def state_label(self) -> str:
        return PROPOSAL_LABELS[self.proposal.state]

    @property
    def state_look(self) -> str:
        return LOOKS.get(ProposalState(self.proposal.state), "neutral")

    @property
    def kind_label(self) -> str:
        return KIND_LABELS[self.proposal.what.kind]

    @property
    def channel(self) -> str:
        """How it came, where it did not come here."""
        channel = self.proposal.channel
        return "" if channel == Channel.HERE else CHANNELS[channel]

    @property
    def decided_channel(self) -> str:
        """How the other side decided, where it did not do so here."""
        channel = self.proposal.decided_over or Channel.HERE
        return "" if channel == Channel.HERE else CHANNELS[channel]

    @property
    def place_url(self) -> str:
        return place_url(self.proposal.draft, self.proposal.node)

    @cached_property
    def passage(self) -> Passage | None:
        """What it changes, word by word."""
        one = self.proposal
        return passage(one.node, one.label, one.words_before, one.words_after, f"v{one.number}")

    @property
    def wording(self) -> SafeString | str:
        return self.passage.wording if self.passage else self.proposal.words_after

    @property
    def sentence(self) -> str:
        return self.passage.sentence if self.passage else self.proposal.label

    @property
    def all_url(self) -> str:
        return reverse("negotiation:proposals", args=[self.proposal.draft_id])

    def url(self, act: str) -> str:
        args = [self.proposal.draft_id, self.proposal.number]
        return reverse(f"negotiation:{act}", args=args)

    @property
    def accept_url(self) -> str:
        return self.url("accept_proposal")

    @property
    def reject_url(self) -> str:
        return self.url("reject_proposal")

    @property
    def withdraw_url(self) -> str:
        return self.url("withdraw_proposal")


def passage(node: str, label: str, before: str, after: str, name: str) -> Passage | None:
    """What differs between two wordings of one place; None where nothing does."""
    old = [Node(node, "paragraph", label, before)] if before else []
    new = [Node(node, "paragraph", label, after)] if after else []
    changes = Redline.of(redline(old, new), name=name).changes
    return changes[0] if changes else None


def cards(request: Request, draft: DraftDocument, proposals: Iterable[Proposal]) -> list[Card]:
    """Proposals of one draft as a person sees them."""
    rows = list(proposals)
    for row in rows:
        row.draft = draft
    is_any_open = any(row.state == ProposalState.OPEN for row in rows)
    open_ = queries.open_proposals(draft) if is_any_open else []  # also those about other places
    others: Mapping[int, tuple[int, ...]] = queries.conflicts_among(open_)
    names = {row.by for row in rows} | {row.decided_by for row in rows} - {""}
    known = JOINED.names_for(request, names)
    user: Actor = request.user
    sides = queries.sides_in(draft)
    own, is_open = own_side(user, draft), queries.is_negotiated(draft)
    return [
        Card(
            row,
            side_name(row.side, draft),
            str(known.get(row.by, "")),
            str(known.get(row.decided_by, "")) if row.decided_by else "",
            side_name(sides.other(row.side), draft),
            others.get(row.number, ()),
            may_decide=is_open and bool(own) and own != row.side,
            may_withdraw=is_open and own == row.side,
        )
        for row in rows
    ]
