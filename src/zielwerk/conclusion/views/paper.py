"""The scan of what was signed by hand: compared and shown first, kept once that is confirmed."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from zielwerk.conclusion import actions, letters, queries
from zielwerk.conclusion.actions import NewScan
from zielwerk.conclusion.forms import ScanForm
from zielwerk.conclusion.models import Conclusion
from zielwerk.conclusion.views.signing import FIELDS
from zielwerk.core import permissions
from zielwerk.core.cases import ChangedMeanwhile
from zielwerk.rulebook.refusal import Refused, Said, msg
from zielwerk.scans.refusals import RULES
from zielwerk.ui import acts
from zielwerk.ui.forms import add_refusals
from zielwerk.ui.views import Request

KEPT = msg("Abgelegt: {file} zu {number}.")
OF_FILE = {
    **FIELDS,
    **dict.fromkeys((*RULES, "conclusion.other_scan", "conclusion.kept_already"), "datei"),
    "conclusion.scan_unexplained": "grund",
}
SHOWN = "gezeigt"


def keep_scan(request: Request, case: Conclusion) -> HttpResponse:
    """Bring a scan: what it holds is shown first, and it is kept once that is confirmed.

    Between the two nothing is stored: who confirms sends the same file again.
    """
    back = reverse("conclusion:conclusion", args=[case.pk])
    is_post = request.method == "POST"
    form = ScanForm(request.POST, request.FILES) if is_post else ScanForm()
    shown, found = request.POST.get(SHOWN, ""), None
    if is_post and form.is_valid():
        try:
            name, content = form.cleaned_data["datei"]
            found = queries.compared(case, name, content, letters.print_out(case))
            if refusals := found.why_not_kept(says_why=True):
                raise Refused(*refusals)
            if shown == found.digest:
                return _kept(request, NewScan(found, form.cleaned_data["grund"]), back)
        except (permissions.NotAllowed, ChangedMeanwhile):
            raise
        except Refused as refused:
            add_refusals(form, refused, OF_FILE)
    may_keep = found is not None and not found.why_not_kept(says_why=True)
    is_asked_why = found is not None and may_keep and found.findings.stops
    if not is_asked_why and not request.POST.get("grund"):
        form.fields.pop("grund")
    elif is_asked_why:
        form.fields["grund"].required = True  # so it is drawn: whoever keeps this says why
    context = {
        "conclusion": case,
        "form": form,
        "findings": found.findings if found else None,
        "may_keep": may_keep,
        "is_other_file": bool(found and shown and shown != found.digest),
        "shown": found.digest if found else shown,
        "back": back,
    }
    status = 422 if form.errors else 200
    return render(request, "conclusion/keep_scan.html", context, status=status)


def _kept(request: Request, new: NewScan, back: str) -> HttpResponse:
    params = {"file": new.compared.name, "number": new.conclusion.file_number}
    return acts.done(
        request,
        lambda: actions.keep_scan(request.user, new, at=timezone.now()),
        lambda made: acts.Answer(back, Said(KEPT, params)),
    )
