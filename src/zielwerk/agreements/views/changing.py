"""Pages of changing what was agreed, and of annulling a record that was a mistake."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from zielwerk.agreements import actions, queries
from zielwerk.agreements.cases import ANNULMENTS
from zielwerk.agreements.forms import AnnulmentForm, ChangeForm
from zielwerk.agreements.models import Agreement
from zielwerk.agreements.panels import effects
from zielwerk.agreements.panels import lists as panels
from zielwerk.agreements.queries.changing import why_not_changed
from zielwerk.core import permissions
from zielwerk.core.words import body_of
from zielwerk.language import German
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import Refused, msg
from zielwerk.ui import acts, lists, steps
from zielwerk.ui.forms import add_refusals
from zielwerk.ui.joined import JOINED
from zielwerk.ui.views import Request, may

BEGUN = msg("Begonnen: {number}, Änderung für {name} {year}. Bitte geben Sie ein, was jetzt gilt.")
ASKED = msg("Beantragt: {number}. Aufheben muss eine zweite Person.")
ASKING = msg(
    "Aufgehoben wird nur, was nie hätte erfasst werden dürfen, etwa bei der falschen "
    "Gebietskörperschaft. Was sich geändert hat, wird als Änderung erfasst."
)
SECOND = msg(
    "Eine zweite Person entscheidet, die auch nicht bestätigt hat. Dann werden die Buchungen "
    "storniert; die Erfassung bleibt in den Akten, als aufgehoben gekennzeichnet."
)
FIELDS = {
    "agreements.no_basis": "grundlage",
    "agreements.no_source": "herkunft",
    "agreements.same_file": "datei",
    "agreements.no_form": "art",
    "agreements.number_taken": "nummer",
    "agreements.number_gap": "luecke",
}
annulments = lists.of_cases(ANNULMENTS, panels.ANNULMENTS)


@may("agreements.begin")
@require_http_methods(["GET", "POST"])
def change(request: Request, year: int, ags: str, ordinal: int) -> HttpResponse:
    """Begin to record that what was agreed was changed; leads to the review of its content."""
    agreement = queries.agreement(request.user, year, ags, ordinal)
    is_post = request.method == "POST"
    form = ChangeForm(agreement, request.POST, request.FILES) if is_post else ChangeForm(agreement)
    reasons = why_not_changed(agreement)
    status = 200
    if is_post and form.is_valid():
        new = form.change(is_trial=request.user.is_demo)
        try:
            return acts.done(
                request,
                lambda: actions.begin_change(request.user, new, at=timezone.now()),
                lambda intake: steps.begun(request, intake, BEGUN),
            )
        except permissions.NotAllowed:
            raise
        except Refused as refused:
            add_refusals(form, refused, FIELDS)
            status = 409
    context = {
        "form": form,
        "agreement": agreement,
        "reasons": steps.sentences(reasons),
    }
    status = 422 if form.errors and status == 200 else status
    return render(request, "agreements/change.html", context, status=status)


@may("agreements.ask_annulment")
@require_http_methods(["GET", "POST"])
def ask_annulment(request: Request, year: int, ags: str, ordinal: int) -> HttpResponse:
    """Ask to annul the record that holds; asks before, with what it leads to."""
    agreement = queries.agreement(request.user, year, ags, ordinal)
    form = AnnulmentForm(request.POST or None)
    if form.is_valid():
        ask = actions.Ask(agreement, form.cleaned_data["begruendung"])
        return acts.done(
            request,
            lambda: actions.ask_annulment(request.user, ask, at=timezone.now()),
            lambda made: steps.begun(request, made, ASKED),
        )
    return acts.ask(request, question(request, agreement, form), 422 if form.errors else 200)


def question(request: Request, agreement: Agreement, form: AnnulmentForm) -> acts.Question:
    """The question before an annulment is asked for."""
    name = German(f"{agreement.body_name} {agreement.year}")
    return acts.Question(
        title=format_html("{}: {}", gettext("Erfassung war ein Irrtum"), name),
        button=msg("Aufhebung beantragen"),
        look="danger",
        back=reverse("desk:case", args=agreement.address),
        about=name,
        effects=[acts.Said(ASKING), acts.Said(SECOND), *JOINED.effects(agreement, "ask_annulment")],
        facts=[
            (msg("Aktenzeichen"), agreement.file_number),
            (msg("Gebietskörperschaft"), agreement.body_name),
            (msg("Programmjahr"), agreement.year),
            (msg("Vereinbarter Betrag"), Cents(agreement.amount_cents)),
        ],
        reasons=actions.why_not_asked(request.user, agreement, timezone.localdate()),
        form=form,
    )


@may("agreements.look_at_intake")
@require_safe
def annulment(request: Request, pk: int) -> HttpResponse:
    """The page of an annulment."""
    annulment = ANNULMENTS.find(request.user, settings.PROGRAMME, pk)
    title = gettext("Aufhebung {number}: {name} {year}")
    slots = {
        "number": annulment.file_number,
        "name": German(body_of(annulment)),
        "year": annulment.year,
    }
    context = {
        "page": steps.case_page(request, annulment, format_html(title, **slots)),
        "annulment": annulment,
        "agreement": annulment.agreement,
        **effects.who_decides(request.user, annulment, timezone.localdate()),
    }
    return render(request, "agreements/annulment.html", context)
