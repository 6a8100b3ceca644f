"""The end of a budget year: what closing it would do, with which consents, and doing it."""

from collections.abc import Sequence

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods

from zielwerk.budget import actions
from zielwerk.budget.forms import CloseForm
from zielwerk.budget.panels import line_labels
from zielwerk.budget.views.entering import Verb, confirmed_booking
from zielwerk.language import value_text
from zielwerk.ledger.models import Transfer
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import msg
from zielwerk.ui import steps
from zielwerk.ui.tags.values import words
from zielwerk.ui.views import Request, may

CLOSE = Verb(
    msg("Haushaltsjahr abschließen"),
    msg(
        "Was ausgezahlt wurde, ist verausgabt; wofür eingewilligt ist, geht ins nächste Jahr; der "
        "Rest verfällt, und mit ihm die ungenutzten Verpflichtungsermächtigungen des Jahres."
    ),
    actions.close_year,
)


@may("budget.book")
@require_http_methods(["GET", "POST"])
def close_year(request: Request, year: int) -> HttpResponse:
    """Close a budget year with the consents to carry money over, line by line."""
    foreseen = actions.foreseen_closing(settings.PROGRAMME, year)
    remainders = [(end, remainder_label(end)) for end in foreseen.ends if end.left_cents]
    is_post = request.method == "POST"
    form = CloseForm(request.POST if is_post else None, remainders)

    def book() -> Sequence[Transfer]:
        arguments = (form.consents(), form.cleaned_data["basis"])
        return actions.close_year(
            request.user, settings.PROGRAMME, year, *arguments, at=timezone.now()
        )

    at_year = timezone.localdate().year
    refusals = actions.why_not_closed(settings.PROGRAMME, year, at_year) + foreseen.refusals
    reasons = steps.sentences(refusals)
    context = {"label": CLOSE.label, "effect": CLOSE.effect, "closing": year, "reasons": reasons}
    return confirmed_booking(request, form, book, context)


def remainder_label(end: actions.LineEnd) -> str:
    _, purpose = line_labels(end.line)
    year, purpose = end.programme_year, words(purpose)
    params = {"line": end.line.budget_line, "purpose": purpose, "year": year}
    amount = value_text(Cents(end.left_cents), get_language() or "de")
    label = gettext("Übertragen aus {line}, {purpose}, Programmjahr {year} (noch da: {left})")
    return label.format(**params, left=amount)
