"""Pages on which a body keeps what actors say, and asks them by a link."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from zielwerk.core import permissions
from zielwerk.language import German
from zielwerk.rulebook.consent import Party
from zielwerk.rulebook.refusal import Refused, Said, msg
from zielwerk.rulebook.strategy import ENDS
from zielwerk.strategy import actions, letters, queries
from zielwerk.strategy.cases import STRATEGIES
from zielwerk.strategy.forms import ConsentForm, RequestForm, TakeBackForm
from zielwerk.strategy.models import Consent, ConsentRequest, Strategy
from zielwerk.ui import acts
from zielwerk.ui.forms import add_refusals
from zielwerk.ui.views import Request, may

RECORDED = msg("Eingetragen: {label}.")
TAKEN_BACK = msg("Eingetragen: {label} hat die Zustimmung zurückgenommen.")
SENT = msg("In den Postausgang gelegt: die Bitte an {office}.")
WITHDRAWN = msg("Zurückgezogen: Der Link an {office} gilt nicht mehr.")
WITHDRAWING = (
    msg("Der Link gilt danach nicht mehr; wer ihn öffnet, erfährt das."),
    msg("Eine neue Bitte lässt sich jederzeit schicken."),
)
WITHDRAW = msg("Bitte zurückziehen")
TITLES = {
    "record": msg("Zustimmung oder Ablehnung eintragen"),
    "take_back": msg("Rücknahme der Zustimmung eintragen"),
}
LEADS = {
    "record": msg(
        "Was außerhalb gesagt wurde, etwa im Gremium oder im Brief. Ein Eintrag wird nicht "
        "geändert; ein späterer geht vor."
    ),
    "take_back": msg("Die Zustimmung bleibt in den Akten; sie zählt ab diesem Eintrag nicht mehr."),
}
FIELDS = {
    "strategy.too_early": "am",
    "strategy.before_consent": "am",
    "strategy.answered_later": "am",
    "strategy.no_remark": "bemerkung",
    "strategy.no_name": "name",
    "strategy.no_office": "stelle",
    "strategy.wrong_days": "tage",
}
READ = "gelesen"  # names in a form the digest of the version that its page showed
SEND, SHOW, PREVIEW = "senden", "zeigen", "vorschau"


def _asked_about(request: Request, pk: int) -> tuple[Strategy, Party, German]:
    """The version and the party that an address names; 404 where nobody asks that one."""
    version = STRATEGIES.find(request.user, settings.PROGRAMME, pk)
    party = Party(request.GET.get("akteur", ""), request.GET.get("region", ""))
    names = queries.wanted(version)
    if party not in names:
        raise Http404
    return version, party, names[party]


def _consent_door(
    what: str,
    permission: str,
    form_of: type[ConsentForm] | type[TakeBackForm],
    verb: Callable[..., Consent],
    told: str,
) -> Callable[..., HttpResponse]:
    """A door to enter what an actor said, or that it took it back."""

    @may(permission)
    @require_http_methods(["GET", "POST"])
    def enter(request: Request, pk: int) -> HttpResponse:
        version, party, name = _asked_about(request, pk)
        if version.state in ENDS:
            return redirect("strategy:strategy", pk)
        permissions.require(request.user, permission, version)
        back = reverse("strategy:strategy", args=[pk])
        form = form_of(request.POST if request.method == "POST" else None)
        status = 200
        if form.is_valid():
            new = replace(form.consent(version, party), read=request.POST.get(READ, ""))
            try:
                return acts.done(
                    request,
                    lambda: verb(request.user, new, at=timezone.now()),
                    lambda made: acts.Answer(back, Said(told, {"label": name})),
                )
            except permissions.NotAllowed:
                raise
            except Refused as refused:
                add_refusals(form, refused, FIELDS)
                status = 409
        context = {
            "form": form,
            "strategy": version,
            "name": name,
            "title": TITLES[what],
            "lead": LEADS[what],
            "read": READ,
            "back": back,
        }
        status = 422 if form.errors and status == 200 else status
        return render(request, "strategy/consent.html", context, status=status)

    return enter


record_consent = _consent_door(
    "record", "strategy.record_consent", ConsentForm, actions.record_consent, RECORDED
)
record_consent_for = _consent_door(
    "record", "strategy.record_consent_for", ConsentForm, actions.record_consent_for, RECORDED
)
take_back_consent = _consent_door(
    "take_back",
    "strategy.take_back_consent",
    TakeBackForm,
    actions.take_back_consent,
    TAKEN_BACK,
)
take_back_consent_for = _consent_door(
    "take_back",
    "strategy.take_back_consent_for",
    TakeBackForm,
    actions.take_back_consent_for,
    TAKEN_BACK,
)


@may("strategy.ask")
@require_http_methods(["GET", "POST"])
def ask(request: Request, pk: int) -> HttpResponse:
    """Ask an actor by a link: by mail, whose text is shown before, or shown this once."""
    version, party, name = _asked_about(request, pk)
    if version.state in ENDS:
        return redirect("strategy:strategy", pk)
    is_post, sends_mail = request.method == "POST", settings.MAIL is not None
    form = RequestForm(request.POST if is_post else None, sends_mail=sends_mail, label=name)
    by_mail = SHOW not in request.POST
    if form.is_valid() and by_mail and not form.cleaned_data.get("mail"):
        missing = gettext("An wen soll die E-Mail gehen?")
        form.add_error("mail" if sends_mail else None, missing)
    context: dict[str, Any] = {
        "form": form,
        "strategy": version,
        "name": name,
        "back": reverse("strategy:strategy", args=[pk]),
        "sends_mail": sends_mail,
        "read": READ,
    }
    status = 200
    if form.is_valid():
        new = form.new(version, party, by_mail=by_mail)
        new = replace(new, read=request.POST.get(READ, ""))
        try:
            if SHOW in request.POST:
                return _shown(request, actions.ask(request.user, new, at=timezone.now()), context)
            if SEND in request.POST:
                return _sent(request, new, context["back"])
            context["letter"] = _preview(new)
        except permissions.NotAllowed:
            raise
        except Refused as refused:
            add_refusals(form, refused, FIELDS)
            status = 409
    status = 422 if form.errors and status == 200 else status
    return render(request, "strategy/ask.html", context, status=status)


def _shown(request: Request, sent: actions.Sent, context: dict[str, Any]) -> HttpResponse:
    """The link, this once: it is kept nowhere."""
    shown = {**context, "link": request.build_absolute_uri(sent.path), "asked": sent.request}
    return render(request, "strategy/link.html", shown)


def _sent(request: Request, new: actions.NewRequest, back: str) -> HttpResponse:
    said = {"office": German(new.office)}
    return acts.done(
        request,
        lambda: actions.ask(request.user, new, at=timezone.now()).request,
        lambda made: acts.Answer(back, Said(SENT, said)),
    )


def _preview(new: actions.NewRequest) -> letters.Letter:
    """The mail as it will be sent, but for the key of its link."""
    unsaved = ConsentRequest(
        strategy=new.strategy,
        label=str(queries.label_of(new.strategy, new.party)),
        addressee=new.addressee,
        office=German(new.office),
        expires_at=timezone.now() + timedelta(days=new.days),
    )
    return letters.request(unsaved, f"{reverse('strategy:answer')}?{queries.KEY}=…")


@may("strategy.withdraw_request")
@require_http_methods(["GET", "POST"])
def withdraw_request(request: Request, pk: int) -> HttpResponse:
    """Withdraw a request; asks before."""
    seen = queries.strategies(request.user, settings.PROGRAMME)
    asked = get_object_or_404(ConsentRequest.objects.filter(strategy__in=seen.values("pk")), pk=pk)
    back = reverse("strategy:strategy", args=[asked.strategy_id])
    if request.method == "POST":
        return acts.done(
            request,
            lambda: actions.withdraw_request(request.user, asked, at=timezone.now()),
            lambda made: acts.Answer(back, Said(WITHDRAWN, {"office": German(made.office)})),
        )
    question = acts.Question(
        title=format_html(
            "{}: {}", gettext(WITHDRAW), queries.label_of(asked.strategy, asked.party)
        ),
        button=WITHDRAW,
        back=back,
        about=asked.strategy.file_number,
        effects=[Said(effect) for effect in WITHDRAWING],
        facts=[(msg("Stelle"), German(asked.office)), (msg("Gilt bis"), asked.expires_at)],
    )
    return acts.ask(request, question)
