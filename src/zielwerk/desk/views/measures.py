"""Measures and their carriers."""

from collections.abc import Callable

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from zielwerk.core import exports, permissions
from zielwerk.core.views import Request, may
from zielwerk.desk import panels
from zielwerk.desk.forms import DeliveryForm, EndingForm, MeasureFilters
from zielwerk.language import sentence
from zielwerk.measures import actions, queries
from zielwerk.packs import loading as packs
from zielwerk.rulebook.refusal import Refused

PAGE = 50


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
    if form.is_valid() and is_done(
        form, lambda: actions.deliver(request.user, measure, form.command(), at=timezone.now())
    ):
        return redirect("desk:delivery", pk)
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
    if form.is_valid() and is_done(
        form, lambda: actions.end_delivery(request.user, delivery, form.ending(), at=timezone.now())
    ):
        return redirect("desk:delivery", delivery.measure.pk)
    context = {"delivery": delivery, "form": form}
    return render(request, "desk/delivery_end.html", context, status=422 if form.errors else 200)


def is_done(form: forms.Form, verb: Callable[[], object]) -> bool:
    """Take the verb; a refusal becomes errors of the form, so that nothing typed is lost."""
    try:
        verb()
    except permissions.NotAllowed:
        raise
    except Refused as refused:
        for refusal in refused.refusals:
            form.add_error(None, sentence(refusal, get_language() or "de"))
        return False
    return True
