"""The page a person starts from, and the case file of an agreement."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from zielwerk.adjustments import queries as adjustments
from zielwerk.agreements import actions as recording
from zielwerk.agreements import queries as agreements
from zielwerk.agreements.models import Agreement
from zielwerk.agreements.panels import contents, versions
from zielwerk.conclusion import queries as conclusion
from zielwerk.core import capacity, permissions
from zielwerk.desk import actions, panels, queries
from zielwerk.desk.forms import SeenForm
from zielwerk.desk.panels import succession
from zielwerk.identity import queries as identity
from zielwerk.ledger import queries as ledger
from zielwerk.ledger.models import Book
from zielwerk.measures import queries as measures
from zielwerk.negotiation import panels as negotiation
from zielwerk.programme import queries as programmes
from zielwerk.publication import panels as publication
from zielwerk.publication import queries as editions
from zielwerk.rulebook.annulment import AnnulmentState
from zielwerk.rulebook.refusal import msg
from zielwerk.setup import panels as setup
from zielwerk.ui import acts, steps
from zielwerk.ui.joined import JOINED
from zielwerk.ui.timeline import timeline
from zielwerk.ui.views import Request, may, shown_at

SEEN = msg("Gesehen ist, was bis {moment} auf Ihrem Arbeitsplatz lag.")


@may("desk.look")
@require_safe
def home(request: Request) -> HttpResponse:
    """A person's desk; to open it marks nothing as seen."""
    user, today, now = request.user, timezone.localdate(), timezone.now()
    is_own = not capacity.stands_in_for_another(user.audit_name)
    seen = queries.seen_until(user) if is_own else None
    mine = queries.for_me(user, today, seen)
    others = queries.of_others(user, mine, today, seen)
    decided = queries.decided(user, seen)
    context = {
        "mine": mine,
        "others": others,
        "decided": decided,
        "seen": seen,
        "shown_at": now.isoformat(),
        "has_news": is_own and bool(decided.number or mine.new or (not seen and mine.number)),
        "glances": mine.facts.glances,
        "standing_in": queries.standing_in(user, today),
        "money": mine.facts.money,
        "own_agreements": mine.facts.agreements,
        "missing": setup.missing(user, today),
        "may_begin": not permissions.role_refusal(user, "agreements.begin"),
        "parts": [part(request) for part in JOINED.desk_parts],
    }
    return render(request, "desk/home.html", context)


@may("desk.look")
@shown_at("desk:home")
@require_POST
def mark_seen(request: Request) -> HttpResponse:
    """Mark as seen what stood on the desk when it was opened, and nothing that came since."""
    form = SeenForm(request.POST)
    if not form.is_valid():
        return redirect("desk:home")
    until = min(form.cleaned_data["augenblick"], timezone.now())
    return acts.done(
        request,
        lambda: actions.mark_seen(request.user, actions.Seen(until), at=timezone.now()),
        lambda look: acts.Answer(
            reverse("desk:home"), acts.Said(SEEN, {"moment": localtime(look.seen_until)})
        ),
    )


@may("agreements.look")
@require_safe
def case(request: Request, year: int, ags: str, ordinal: int) -> HttpResponse:
    """The file of one agreement: its terms, money, sources and publication."""
    agreement = agreements.agreement(request.user, year, ags, ordinal)
    intakes = list(agreements.sources(agreement))
    origin = next((intake for intake in intakes if intake.confirmed_by), None)
    actors = {origin.accepted_by, origin.confirmed_by} if origin else set()
    actors |= {agreement.concluded_by} - {""}
    names = identity.labels(actors, request.user)
    accepted_by = names.get(origin.accepted_by, "") if origin else ""
    selection = ledger.Selection(programme_year=year, ags=ags, book=Book.PLANNING)
    look_at_intakes = not permissions.role_refusal(request.user, "agreements.look_at_intake")
    agreed_measures = measures.measures(request.user, agreement.programme, year).filter(
        pk__in=agreement.agreed.values("measure")
    )
    moves = adjustments.adjustments(request.user, agreement.programme, year).filter(ags=ags)
    others = list(agreements.others(agreement))
    promised_cents = sum(each.amount_cents for each in (agreement, *others))
    context = {
        "adjustments": [(adjustment, programmes.purpose(adjustment.fund)) for adjustment in moves],
        "may_look_at_adjustments": not permissions.role_refusal(request.user, "adjustments.look"),
        "promised_cents": promised_cents,
        "agreement": agreement,
        **_versions(request, agreement),
        "terms": agreement.content,
        "measures": contents.measures_by_type(agreement, get_language() or "de"),
        "signed_for": contents.signed_for(agreement),
        "others": others,
        "earmarks": contents.earmarks(agreement),
        "measure_rows": panels.measure_rows(agreed_measures, timezone.localdate()),
        "sources": [intake for intake in intakes if intake.source],
        "origin": origin,
        "accepted_by": accepted_by,
        "confirmed_by": names.get(origin.confirmed_by, "") if origin else "",
        "unknown_note": queries.unknown_date(accepted_by, origin) if origin else "",
        "may_look_at_intakes": look_at_intakes,
        "conclusion": conclusion.of_agreement(request.user, agreement),
        "changing": negotiation.of_agreement(request, agreement),
        "concluded_by": names.get(agreement.concluded_by, ""),
        "publishing": publication.publishing(request.user, agreement),
        "timeline": timeline(request, agreement, *editions.all_editions_of(agreement)),
        "succession": succession.of_body(request, ags, year),
        **_neighbours(request, agreement),
        "place_balances": [
            balance for balance in ledger.places(request.user, selection) if balance.balance_cents
        ],
    }
    return render(request, "desk/case.html", context)


def _versions(request: Request, agreement: Agreement) -> dict[str, Any]:
    """The history of an agreement, and the doors to change it or to annul its newest record."""
    annulment = agreements.open_annulment(agreement)
    is_annulled = annulment is not None and annulment.state == AnnulmentState.ANNULLED
    may_look = not permissions.role_refusal(request.user, "agreements.look_at_intake")
    may_annul = not permissions.role_refusal(request.user, "agreements.ask_annulment")
    day = timezone.localdate()
    why_not = recording.why_not_asked(request.user, agreement, day) if may_annul else []
    return {
        "versions": versions.versions(agreement),
        "is_annulled": is_annulled,
        "annulment": annulment if may_look else None,
        "change_under_way": agreements.open_change(agreement) if may_look else None,
        "may_change": not is_annulled
        and not permissions.role_refusal(request.user, "agreements.begin"),
        "may_annul": may_annul and annulment is None,
        "why_no_annulment": steps.sentences(why_not),
    }


def _neighbours(request: Request, agreement: Agreement) -> dict[str, str]:
    """The ways to the agreements recorded before and after this one."""
    visible = agreements.agreements(request.user)
    urls = {
        pk: reverse("desk:case", args=address)
        for pk, *address in visible.filter(
            pk__in=[pk for pk in steps.neighbours(visible, agreement.pk) if pk]
        ).values_list("pk", "year", "ags", "ordinal")
    }
    return {
        "previous": next((url for pk, url in urls.items() if pk < agreement.pk), ""),
        "following": next((url for pk, url in urls.items() if pk > agreement.pk), ""),
    }
