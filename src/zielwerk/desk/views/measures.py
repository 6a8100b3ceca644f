"""Measures and their carriers."""

from collections.abc import Callable

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from zielwerk.core import exports, permissions
from zielwerk.core.ui import acts
from zielwerk.core.views import Request, may
from zielwerk.desk import panels
from zielwerk.desk.forms import DeliveryForm, EndingForm, MeasureFilters
from zielwerk.language import sentence
from zielwerk.measures import actions, queries
from zielwerk.measures.models import Delivery, Measure
from zielwerk.packs import loading as packs
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.refusal import Refused, msg

PAGE = 50
OWN = msg("die Gebietskörperschaft selbst")
DELIVERED = msg("Eingetragen: {who} führt „{measure}“ durch.")
ENDED = msg("Beendet: {who} führt „{measure}“ durch bis {day}.")
STRUCK = msg("Gestrichen: {who} hat „{measure}“ nie durchgeführt.")


@may("measures.look")
@require_safe
def measures(request: Request) -> HttpResponse:
    """All measures within the perimeter, each with its carriers."""
    programme, today = settings.PROGRAMME, timezone.localdate()
    names = {
        body.ags: f"{body.name} ({body.ags})"
        for body in packs.bodies(programme)
        if request.user.ags in ("", body.ags)
    }
    filters = MeasureFilters(request.GET, packs.years(programme), names)
    all_measures = filters.matching(queries.measures(request.user, programme), today)
    if exports.file_format(request):
        headings = panels.measure_headings()
        cells = panels.measure_cells(all_measures, today)
        return exports.response(request, "massnahmen", headings, cells, at=timezone.now())
    page = Paginator(all_measures, PAGE).get_page(request.GET.get("seite"))
    rows = [(row, names[row.measure.ags]) for row in panels.measure_rows(page, today)]
    context = {"filters": filters, "page": page, "rows": rows}
    return render(request, "desk/measures.html", context)


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


def answered(form: forms.Form, act: Callable[[], HttpResponse]) -> HttpResponse | None:
    """The answer of an act; a refusal becomes errors of the form, so that nothing is lost."""
    try:
        return act()
    except permissions.NotAllowed:
        raise
    except Refused as refused:
        for refusal in refused.refusals:
            form.add_error(None, sentence(refusal, get_language() or "de"))
        return None
