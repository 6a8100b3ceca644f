"""A seal that was kept outside, compared with the log."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from zielwerk.auditing import queries
from zielwerk.auditing.forms import SealForm
from zielwerk.ui.views import Request, may


@may("auditing.look")
@require_http_methods(["GET", "POST"])
def compare(request: Request) -> HttpResponse:
    """Compare a seal: pasted in the address, or sent as a file, which leads to such an address."""
    if request.method == "POST":
        form = SealForm(request.POST, request.FILES)
        if form.is_valid():
            return redirect(f"{reverse('auditing:compare')}?{urlencode({'siegel': form.kept})}")
    else:
        form = SealForm(request.GET if "siegel" in request.GET else None)
    context: dict[str, object] = {"form": form}
    if form.is_valid() and form.kept:
        context["compared"] = queries.compared(form.kept)
        context["verified"] = queries.newest_covering(form.kept.entry)
        context["since_url"] = f"{reverse('auditing:log')}?{urlencode({'seit': form.kept.entry})}"
    return render(request, "auditing/compare.html", context, status=422 if form.errors else 200)
