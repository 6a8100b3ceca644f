"""Whether records and books agree, on a page."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zielwerk.ledger import queries as ledger
from zielwerk.ui.tags.values import said
from zielwerk.ui.views import Request, may


@may("desk.look_at_accord")
@require_safe
def accord(request: Request) -> HttpResponse:
    """Every place at which records and books differ, with both figures."""
    rows = [(each, said(each.refusal)) for each in ledger.disagreements(settings.PROGRAMME)]
    return render(request, "desk/accord.html", {"rows": rows})
