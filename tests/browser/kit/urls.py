"""The kit's pages beside the product's own."""

from datetime import UTC, date, datetime
from pathlib import Path

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render as draw
from django.template import engines
from django.urls import include, path

from tests.browser.kit.forms import Everything, Narrowing
from tests.browser.kit.pictures import PICTURES
from zielwerk.rulebook.redline import paragraph_nodes, redline_by_content
from zielwerk.rulebook.refusal import Refusal, Refused
from zielwerk.ui.redlines import Redline
from zielwerk.ui.views import may

ROWS = [
    {"pk": n, "name": f"Vereinbarung {n}", "day": date(2024, 5, 1 + n % 28), "cents": n * 1234567}
    for n in range(1, 143)
]
MOMENT = datetime(2026, 1, 5, 9, 30, tzinfo=UTC)


AGREED = """§ 4 Haushaltsmittel\n\nEs sind 1.600.100 Euro bis zum 1. März 2025.\n\n§ 5 Projekte

• Startklar! – Kreativ ins Berufsleben\n\n• Altenpflegehilfe\n\n• Team-Camp"""
AMENDED = """§ 4 Haushaltsmittel\n\nEs sind 1.650.300 Euro bis zum 15. März 2025.\n\n§ 5 Projekte

• Team-Camp\n\n• Startklar! – Kreativ ins Berufsleben\n\n• Logistik in Teilzeit"""
CHANGES = redline_by_content(paragraph_nodes(AGREED), paragraph_nodes(AMENDED))

HERE = Path(__file__).parent
KIT, FORM = ((HERE / name).read_text() for name in ("kit.html", "form.html"))


def render(request: HttpRequest, source: str, context: dict[str, object]) -> HttpResponse:
    return HttpResponse(engines["django"].from_string(source).render(context, request))


@may("core.look")
def kit(request: HttpRequest) -> HttpResponse:
    page = Paginator(ROWS, 12).get_page(request.GET.get("seite"))
    narrowing = Narrowing(request.GET or None)
    context = {"page": page, "narrowing": narrowing, "moment": MOMENT, "day": date(2024, 7, 9)}
    return render(request, KIT, context | PICTURES | {"redline": Redline.of(CHANGES)})


@may("core.look")
def form(request: HttpRequest) -> HttpResponse:
    filled = Everything(request.POST or None, request.FILES or None)
    return render(request, FORM, {"form": filled})


@may("core.look")
def confirm(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        '{% extends "ui/base.html" %}{% block title %}Bestätigen{% endblock %}'
        "{% block heading %}<h1>Wirklich aufnehmen?</h1>{% endblock %}",
        {},
    )


@may("core.look")
def no(request: HttpRequest) -> HttpResponse:
    basis = "§ 23 Landeshaushaltsordnung"
    raise Refused(
        Refusal("kit.no", "Wer {verb}, bestätigt nicht selbst.", {"verb": "annimmt"}, basis),
        Refusal("kit.late", "Die Frist ist abgelaufen."),
    )


@may("core.look")
def crash(request: HttpRequest) -> HttpResponse:
    return draw(request, "ui/pages/server_error.html", status=500)


urlpatterns = [
    path("muster", kit, name="kit"),
    path("muster/formular", form, name="kit_form"),
    path("muster/bestaetigen", confirm, name="kit_confirm"),
    path("muster/nein", no, name="kit_no"),
    path("muster/absturz", crash, name="kit_crash"),
    path("", include("zielwerk.config.urls")),
]
handler404 = "zielwerk.ui.views.not_found"
