"""The page a person starts from."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from zielwerk.agreements import letters
from zielwerk.agreements import queries as agreements
from zielwerk.core import audit, permissions
from zielwerk.core import queries as core
from zielwerk.core.views import Request, may
from zielwerk.desk import actions, queries
from zielwerk.identity import queries as identity
from zielwerk.ledger import queries as ledger
from zielwerk.ledger.models import Book
from zielwerk.publication import queries as publication

PAGE = 50


@may("desk.look")
@require_safe
def home(request: Request) -> HttpResponse:
    context = {
        "todo": queries.tasks(request.user),
        "own": queries.own_agreements(request.user),
        "may_begin": not permissions.role_refusal(request.user, "agreements.begin"),
    }
    return render(request, "desk/home.html", context)


@may("desk.look_at_audit")
@require_safe
def audit_log(request: Request) -> HttpResponse:
    """Who did what when, chained; with the seal to keep elsewhere."""
    page = Paginator(core.audit_entries(), PAGE).get_page(request.GET.get("seite"))
    context = {"page": page, "rows": queries.logged(page), "seal": str(audit.seal())}
    return render(request, "desk/audit_log.html", context)


@may("desk.look_at_audit")
@require_POST
def prove(request: Request) -> HttpResponse:
    """Start the proof; the page of the job shows how it goes and what it found."""
    job = actions.begin_proof(request.user, None, at=timezone.now())
    return redirect("core:job", job.pk)


@may("agreements.look")
@require_safe
def case(request: Request, year: int, ags: str) -> HttpResponse:
    """All that is known of one agreement: what it says, its money, sources, publication."""
    agreement = agreements.agreement(request.user, year, ags)
    intakes = list(agreements.sources(agreement))
    origin = next((one for one in intakes if one.confirmed_by), None)
    names = identity.labels([origin.accepted_by, origin.confirmed_by] if origin else [])
    accepted_by = names.get(origin.accepted_by, "") if origin else ""
    chosen = ledger.Selection(programme_year=year, ags=ags, book=Book.PLANNING)
    look_at_intakes = not permissions.role_refusal(request.user, "agreements.look_at_intake")
    context = {
        "agreement": agreement,
        "terms": agreement.said(),
        "measures": letters.measures_by_type(agreement),
        "earmarks": letters.earmarks(agreement),
        "sources": [one for one in intakes if one.source],
        "origin": origin,
        "accepted_by": accepted_by,
        "confirmed_by": names.get(origin.confirmed_by, "") if origin else "",
        "unknown_note": queries.unknown_date(accepted_by, origin) if origin else "",
        "may_look_at_intakes": look_at_intakes,
        "edition": publication.edition_of(agreement),
        "may_publish": not permissions.role_refusal(request.user, "publication.publish"),
        "standings": [one for one in ledger.places(request.user, chosen) if one.balance_cents],
    }
    return render(request, "desk/case.html", context)
