"""Measures and their carriers."""

from collections.abc import Callable, Mapping

from django import forms
from django.conf import settings
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from zielwerk.core import permissions
from zielwerk.core.permissions import Actor
from zielwerk.desk import panels
from zielwerk.desk.forms import DeliveryForm, EndingForm, MeasureFilters
from zielwerk.language import German
from zielwerk.measures import actions, queries
from zielwerk.measures.models import Delivery, Measure
from zielwerk.packs import loading as packs
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.refusal import Refused, msg
from zielwerk.ui import acts, lists
from zielwerk.ui.forms import add_refusals
from zielwerk.ui.lists import Listing
from zielwerk.ui.views import Request, may

OWN = msg("die Gebietskörperschaft selbst")
DELIVERED = msg("Eingetragen: {who} führt „{measure}“ durch.")
ENDED = msg("Beendet: {who} führt „{measure}“ durch bis {day}.")
STRUCK = msg("Gestrichen: {who} hat „{measure}“ nie durchgeführt.")

DELIVERY_FIELDS = {  # what a refusal is about
    "measures.nobody_named": "party",
    "measures.party_without_relation": "party",
    "measures.no_such_passing_on": "passing_on",
    "measures.own_delivery_by_another": "passing_on",
    "calendar.period_reversed": "valid_until",
}
ENDING_FIELDS = {"calendar.period_reversed": "last_day"}


def filters(parameters: QueryDict, user: Actor) -> MeasureFilters:
    programme = settings.PROGRAMME
    names = {
        body.ags: German(f"{body.name} ({body.ags})")
        for body in packs.bodies(programme)
        if permissions.may_see(user, body.ags)
    }
    return MeasureFilters(parameters, packs.years(programme), names, timezone.localdate())


measures = lists.door(
    Listing(
        route="desk:measures",
        name=msg("Maßnahmen"),
        counted=msg("Maßnahmen und wer sie durchführt"),
        look="measures.look",
        rows=lambda user: queries.measures_and_carriers(user, settings.PROGRAMME),
        keys=("pk", "delivery"),
        order=("-year", "body_key", "position"),
        filters=filters,
        empty=(
            msg("Keine Maßnahme gefunden"),
            msg("Maßnahmen stehen hier, sobald sie erfasst sind."),
        ),
        columns=panels.MEASURES,
    ),
    "desk/measures.html",
)


@may("measures.look")
@require_http_methods(["GET", "HEAD", "POST"])
def delivery(request: Request, pk: int) -> HttpResponse:
    """One measure: its carriers, and the form to enter another."""
    measure = queries.measure(request.user, settings.PROGRAMME, pk)
    form = DeliveryForm(measure, request.POST if request.method == "POST" else None)
    if form.is_bound:
        permissions.require(request.user, "measures.deliver", measure)
    if form.is_valid() and (answer := delivered(request, measure, form)):
        return answer
    (row,) = panels.measure_rows([measure], timezone.localdate())
    context = {
        "row": row,
        "form": form,
        "may_deliver": not permissions.refusal(request.user, "measures.deliver", measure),
        "may_end": not permissions.role_refusal(request.user, "measures.end_delivery"),
    }
    return render(request, "desk/delivery.html", context, status=422 if form.errors else 200)


@may("measures.end_delivery")
@require_http_methods(["GET", "HEAD", "POST"])
def end_delivery(request: Request, pk: int) -> HttpResponse:
    """End a delivery by its last day, or strike it as a mistake."""
    delivery = queries.delivery(request.user, settings.PROGRAMME, pk)
    form = EndingForm(delivery, request.POST if request.method == "POST" else None)
    if form.is_valid() and (answer := ended(request, delivery, form)):
        return answer
    context = {"delivery": delivery, "form": form}
    return render(request, "desk/delivery_end.html", context, status=422 if form.errors else 200)


def delivered(request: Request, measure: Measure, form: DeliveryForm) -> HttpResponse | None:
    """Enter the delivery; None where it is refused, and the form says why."""
    return answered(
        form,
        DELIVERY_FIELDS,
        lambda: acts.done(
            request,
            lambda: actions.deliver(request.user, measure, form.command(), at=timezone.now()),
            lambda delivery: answer(delivery, DELIVERED),
        ),
    )


def ended(request: Request, delivery: Delivery, form: EndingForm) -> HttpResponse | None:
    """End the delivery; None where it is refused, and the form says why."""
    return answered(
        form,
        ENDING_FIELDS,
        lambda: acts.done(
            request,
            lambda: actions.end_delivery(request.user, delivery, form.ending(), at=timezone.now()),
            lambda ended: answer(ended, STRUCK if ended.is_struck else ENDED),
        ),
    )


def answer(delivery: Delivery, msgid: str) -> acts.Answer:
    who = delivery.party.name if delivery.party else Label(OWN)
    slots = {"who": who, "measure": delivery.measure.title, "day": delivery.valid_until or ""}
    address = reverse("desk:delivery", args=[delivery.measure.pk])
    return acts.Answer(address, acts.Said(msgid, slots))


def answered(
    form: forms.Form, fields: Mapping[str, str], act: Callable[[], HttpResponse]
) -> HttpResponse | None:
    """The answer of an act; a refusal becomes errors of the form, so that nothing is lost."""
    try:
        return act()
    except permissions.NotAllowed:
        raise
    except Refused as refused:
        add_refusals(form, refused, fields)
        return None
