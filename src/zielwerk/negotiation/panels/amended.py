"""What a draft changes of what was agreed, and the drafts that change an agreement."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from zielwerk.agreements import queries as agreements
from zielwerk.agreements.models import Agreement
from zielwerk.core import permissions
from zielwerk.drafting.amending import changes
from zielwerk.drafting.model import Document
from zielwerk.negotiation import queries
from zielwerk.negotiation.models import GIVEN_UP, DraftDocument
from zielwerk.rulebook.amendment import why_no_pair
from zielwerk.rulebook.negotiation import DraftState
from zielwerk.rulebook.redline import Change
from zielwerk.rulebook.refusal import Said
from zielwerk.ui.views import Request


@dataclass(frozen=True)
class Amended:
    """Which agreement a draft changes, place by place, and the draft at the money's other end.

    ``differs`` is said where that one does not give what this one gets, or the other way round.
    ``retitled`` are the measures with another title: from the conclusion on those are new ones.
    """

    agreement: Agreement
    basis: str
    rows: Sequence[Change]
    other: DraftDocument | None
    is_getting: bool
    differs: Said | None = None
    retitled: Sequence[tuple[str, str]] = ()

    @property
    def url(self) -> str:
        return reverse("desk:case", args=self.agreement.address)


@dataclass(frozen=True)
class OfAgreement:
    """The drafts that change an agreement, as a person sees them, and whether she may begin one.

    ``is_under_way`` says that one changes what holds now, also where she does not see it yet.
    ``left`` is the text of a change that was annulled: until it is given up none begins.
    """

    drafts: Sequence[DraftDocument]
    may_begin: bool
    is_under_way: bool = False
    left: DraftDocument | None = None


def amended(request: Request, draft: DraftDocument, document: Document) -> Amended | None:
    """What a draft changes; None where it is a first document."""
    if draft.amends is None:
        return None
    before = queries.version(draft, 1).document
    other = draft.takes_from or getattr(draft, "gives_to", None)
    seen = other if other and queries.is_seen(request.user, other) else None
    is_getting = draft.takes_from_id is not None
    differs = _differs(*((seen, draft) if is_getting else (draft, seen))) if seen else None
    rows, titles = changes(before, document), _retitled(before, document)
    return Amended(draft.amends, draft.basis, rows, seen, is_getting, differs, titles)


def _retitled(before: Document, after: Document) -> list[tuple[str, str]]:
    """The title of a measure before and after, where it has another."""
    titles = {each.id: each.title for each in before.content.measures}
    pairs = [(titles.get(each.id, each.title), each.title) for each in after.content.measures]
    return [(was, now) for was, now in pairs if was != now]


def _differs(gives: DraftDocument, gets: DraftDocument) -> Said | None:
    """Where of a pair one does not give what the other gets; what was given up is no pair."""
    if {gives.state, gets.state} & set(GIVEN_UP) or not (gives.amends and gets.amends):
        return None
    less = gives.amends.amount_cents - gives.amount_cents
    return why_no_pair(less, gets.amount_cents - gets.amends.amount_cents)


def of_agreement(request: Request, agreement: Agreement) -> OfAgreement | None:
    """What changes an agreement; None where one may not look at drafts, or none are made."""
    user = request.user
    if permissions.role_refusal(user, "negotiation.look"):
        return None
    every = list(queries.amending(agreement))
    drafts = [each for each in every if queries.is_seen(user, each)]
    is_under_way = any(e.amends_id == agreement.pk and e.state not in GIVEN_UP for e in every)
    may = (
        not permissions.refusal(user, "negotiation.amend", agreement)
        and bool(queries.sides(agreement.programme, agreement.year).drafting)
        and not queries.why_not_amended(agreement)
    )
    own = (each for each in drafts if each.amends_id == agreement.pk)
    settled = next((each for each in own if each.state == DraftState.SETTLED), None)
    left = settled if settled and agreements.has_annulled_change(agreement) else None
    return OfAgreement(drafts, may, is_under_way, left) if every or may else None
