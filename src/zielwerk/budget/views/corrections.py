"""Corrections of entries into the budget: ask for one, look at one, the list."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from zielwerk.budget import actions, panels, queries
from zielwerk.budget.cases import CORRECTIONS
from zielwerk.budget.forms import CorrectionForm
from zielwerk.budget.panels.bookings import bookings
from zielwerk.core import permissions
from zielwerk.rulebook.refusal import Refused, msg
from zielwerk.ui import acts, lists, steps
from zielwerk.ui.forms import add_refusals
from zielwerk.ui.lists import Listed
from zielwerk.ui.views import Request, may

ASKED = msg("Beantragt: Berichtigung {number} von {about}. Bestätigen muss eine zweite Person.")
FIELDS = {
    "budget.no_reason": "begruendung",
    "budget.no_entry": "vorgang",
    "budget.asked_already": "vorgang",
}


def beside(request: Request, listed: Listed) -> dict[str, object]:
    return {"may_ask": not permissions.role_refusal(request.user, "budget.ask_for_correction")}


corrections = lists.of_cases(
    CORRECTIONS,
    panels.CORRECTIONS,
    "budget/corrections.html",
    beside,
    empty=(msg("Keine Berichtigung"), msg("Zu dieser Auswahl wurde nichts beantragt.")),
)


@may("budget.ask_for_correction")
@require_http_methods(["GET", "POST"])
def ask(request: Request) -> HttpResponse:
    """Ask for the correction of an entry, which the address may name."""
    entries = [panels.entry_choice(entry) for entry in queries.entries(settings.PROGRAMME)]
    initial = {"vorgang": request.GET.get("akte", "")}
    form = CorrectionForm(
        request.POST if request.method == "POST" else None, entries, initial=initial
    )
    status = 422 if form.errors else 200
    if form.is_valid():
        try:
            return acts.done(
                request,
                lambda: actions.ask_for_correction(request.user, form.mistake(), at=timezone.now()),
                lambda made: steps.begun(request, made, ASKED),
            )
        except permissions.NotAllowed:
            raise
        except Refused as refused:
            add_refusals(form, refused, FIELDS)
            status = 409
    context = {"form": form, "has_entries": bool(entries)}
    return render(request, "budget/correction_new.html", context, status=status)


@may("budget.look")
@require_safe
def correction(request: Request, pk: int) -> HttpResponse:
    """One correction: what was booked, why it was wrong, who asked, the next steps."""
    case = CORRECTIONS.find(request.user, settings.PROGRAMME, pk)
    context = {
        "page": steps.case_page(request, case, case.file_number),
        "correction": case,
        "booked": bookings(queries.booked_for(case.about)),
    }
    return render(request, "budget/correction.html", context)
