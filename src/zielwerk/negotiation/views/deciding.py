"""Proposals of a draft: all of them, and deciding about one."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zielwerk.core import permissions
from zielwerk.core.cases import ChangedMeanwhile
from zielwerk.drafting.changes import value_of, words_of
from zielwerk.negotiation import actions, panels, queries
from zielwerk.negotiation.actions import Decision, Otherwise
from zielwerk.negotiation.forms import DecisionForm, RejectForm
from zielwerk.negotiation.models import DraftDocument, Proposal
from zielwerk.negotiation.views.places import FIELDS, MOST, find, of_page, page_of
from zielwerk.rulebook.proposals import ProposalState
from zielwerk.rulebook.refusal import Refused, Said, msg
from zielwerk.ui import acts
from zielwerk.ui.forms import add_refusals
from zielwerk.ui.views import Request, may, shown_at

ACCEPTED = msg("Angenommen: Vorschlag {number}, {label}. Das ist jetzt Fassung {version}.")
REJECTED = msg("Abgelehnt: Vorschlag {number}, {label}.")
WITHDRAWN = msg("Zurückgezogen: Vorschlag {number}, {label}.")
TAKEN_OVER = msg("Vorgeschlagen: die Änderungen der geplanten Maßnahmen zu {number}.")
TITLES = {
    "accept": msg("Vorschlag annehmen"),
    "reject": msg("Vorschlag ablehnen"),
    "withdraw": msg("Vorschlag zurückziehen"),
}


@may("negotiation.look")
@require_safe
def proposals(request: Request, pk: int) -> HttpResponse:
    """The proposals about a draft: open ones first, with their conflicts, then the others."""
    draft = find(request, pk)
    open_ = queries.open_proposals(draft)
    page = page_of(request)
    decided = of_page(queries.proposals(draft).exclude(state=ProposalState.OPEN), page)
    context = {
        "draft": draft,
        "back": reverse("negotiation:draft", args=[pk]),
        "open": panels.cards(request, draft, open_),
        "plan_changes": len(queries.plan_changes(draft)) if _may_propose(request, draft) else 0,
        "decided": panels.cards(request, draft, decided[:MOST]),
        "earlier": page + 1 if len(decided) > MOST else None,
        "newer": page - 1,
    }
    return render(request, "negotiation/proposals.html", context)


def _may_propose(request: Request, draft: DraftDocument) -> bool:
    return bool(panels.own_side(request.user, draft)) and queries.is_negotiated(draft)


@may("negotiation.propose")
@shown_at("negotiation:proposals")
@require_POST
def propose_plans(request: Request, pk: int) -> HttpResponse:
    """Propose what changed of the planned measures since the draft was made."""
    draft = find(request, pk)
    return acts.done(
        request,
        lambda: actions.propose_plans(request.user, draft, at=timezone.now()),
        lambda made: acts.Answer(
            reverse("negotiation:proposals", args=[pk]),
            Said(TAKEN_OVER, {"number": made.file_number}),
        ),
    )


def _decision_door(
    act: str,
    permission: str,
    form_of: type[DecisionForm],
    verb: Callable[..., Proposal],
    told: str,
) -> Callable[..., HttpResponse]:
    """A door to decide about a proposal, with everything that bears on it in view."""

    @may(permission)
    @require_http_methods(["GET", "POST"])
    def decide(request: Request, pk: int, number: int) -> HttpResponse:
        draft = find(request, pk)
        permissions.require(request.user, permission, draft)
        proposal = get_object_or_404(Proposal, draft=draft, number=number)
        proposal.draft = draft
        if request.method == "GET" and proposal.state != ProposalState.OPEN:
            return redirect(
                panels.place_url(draft, proposal.node)
            )  # there it says what became of it
        beside = _others(draft, proposal)
        initial = {"fassung": draft.version, "ueber": " ".join(str(o.number) for o in beside)}
        form = form_of(request.POST if request.method == "POST" else None, initial=initial)
        if act == "withdraw":
            for name in form.told_fields:
                del form.fields[name]
            form.fields["antwort"].label = _("Begründung")
        elif panels.own_side(request.user, draft) == proposal.side:
            form.told_by_the_other_side()
        status = 200
        if form.is_valid():
            try:
                return acts.done(
                    request,
                    lambda: verb(request.user, proposal, _decision(form), at=timezone.now()),
                    lambda made: acts.Answer(
                        reverse("negotiation:draft", args=[pk]), Said(told, _slots(made))
                    ),
                )
            except (permissions.NotAllowed, ChangedMeanwhile):
                raise
            except Otherwise:
                status = 409
            except Refused as refused:
                add_refusals(form, refused, FIELDS | {"negotiation.no_answer": "antwort"})
                status = 409
        if status == 409:  # it is asked again, about what is there now
            form.data = {**dict(form.data.items()), **{k: str(v) for k, v in initial.items()}}
        context = _context(request, draft, proposal, beside, form, act)
        status = 422 if form.errors and status == 200 else status
        return render(request, "negotiation/decide.html", context, status=status)

    return decide


def _others(draft: DraftDocument, proposal: Proposal) -> list[Proposal]:
    """The open proposals that this one cannot stand beside."""
    open_ = queries.open_proposals(draft)
    numbers = queries.conflicts_among(open_).get(proposal.number, ())
    return [other for other in open_ if other.number in numbers]


def _decision(form: DecisionForm) -> Decision:
    values = form.cleaned_data
    told = form.told()
    return Decision(values["antwort"], told, form.over(), values.get("fassung") or 0)


def _slots(made: Proposal) -> dict[str, object]:
    return {"number": made.number, "label": made.label, "version": made.made or ""}


def _context(
    request: Request,
    draft: DraftDocument,
    proposal: Proposal,
    beside: list[Proposal],
    form: DecisionForm,
    act: str,
) -> dict[str, Any]:
    document = queries.newest(draft)
    cards = panels.cards(request, draft, [proposal, *beside])
    return {
        "draft": draft,
        "form": form,
        "title": TITLES[act],
        "act": act,
        "card": cards[0],
        "others": cards[1:],
        "is_otherwise": value_of(document, proposal.node) != proposal.before,
        "now": words_of(document, proposal.node),
        "back": reverse("negotiation:draft", args=[draft.pk]),
    }


accept_proposal = _decision_door(
    "accept", "negotiation.accept_proposal", DecisionForm, actions.accept_proposal, ACCEPTED
)
reject_proposal = _decision_door(
    "reject", "negotiation.reject_proposal", RejectForm, actions.reject_proposal, REJECTED
)
withdraw_proposal = _decision_door(
    "withdraw", "negotiation.withdraw_proposal", DecisionForm, actions.withdraw_proposal, WITHDRAWN
)
