"""Who carries out which measure."""

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
    """All measures within the perimeter, each with who carries it out."""
    programme, today = settings.PROGRAMME, timezone.localdate()
    names = {
        body.ags: f"{body.name} ({body.ags})"
        for body in packs.bodies(programme)
        if request.user.ags in ("", body.ags)
    }
    filters = MeasureFilters(request.GET, packs.years(programme), names)
    found = filters.chosen(queries.measures(request.user, programme), today)
    if exports.file_format(request):
        headings = panels.measure_headings()
        cells = panels.measure_cells(found, today)
        return exports.response(request, "massnahmen", headings, cells, at=timezone.now())
    page = Paginator(found, PAGE).get_page(request.GET.get("seite"))
    rows = [(one, names[one.measure.ags]) for one in panels.carried(page, today)]
    context = {"filters": filters, "page": page, "rows": rows}
    return render(request, "desk/measures.html", context)


@may("measures.look")
@require_http_methods(["GET", "HEAD", "POST"])
def delivery(request: Request, pk: int) -> HttpResponse:
    """One measure: who carries it out, and entering somebody."""
    one = queries.measure(request.user, settings.PROGRAMME, pk)
    form = DeliveryForm(one, request.POST if request.method == "POST" else None)
    if form.is_bound:
        permissions.require(request.user, "measures.deliver", one)
    if form.is_valid() and done(
        form, lambda: actions.deliver(request.user, one, form.new(), at=timezone.now())
    ):
        return redirect("desk:delivery", pk)
    (shown,) = panels.carried([one], timezone.localdate())
    context = {
        "carried": shown,
        "body": panels.body_name(one),
        "form": form,
        "may_deliver": not permissions.refusal(request.user, "measures.deliver", one),
        "may_end": not permissions.role_refusal(request.user, "measures.end_delivery"),
    }
    return render(request, "desk/delivery.html", context, status=422 if form.errors else 200)


@may("measures.end_delivery")
@require_http_methods(["GET", "HEAD", "POST"])
def end_delivery(request: Request, pk: int) -> HttpResponse:
    """Say until when somebody carried a measure out, or that it never was so."""
    one = queries.delivery(request.user, settings.PROGRAMME, pk)
    form = EndingForm(one, request.POST if request.method == "POST" else None)
    if form.is_valid() and done(
        form, lambda: actions.end_delivery(request.user, one, form.ending(), at=timezone.now())
    ):
        return redirect("desk:delivery", one.measure.pk)
    context = {"delivery": one, "form": form, "body": panels.body_name(one.measure)}
    return render(request, "desk/delivery_end.html", context, status=422 if form.errors else 200)


def done(form: forms.Form, verb: Callable[[], object]) -> bool:
    """Do it; a refusal becomes errors of the form, so that nothing typed is lost."""
    try:
        verb()
    except permissions.NotAllowed:
        raise
    except Refused as refused:
        for why in refused.refusals:
            form.add_error(None, sentence(why, get_language() or "de"))
        return False
    return True
