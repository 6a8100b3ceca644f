"""The audit log and its proof."""

from collections.abc import Iterator

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST, require_safe

from zielwerk.core import audit, exports
from zielwerk.core import queries as core
from zielwerk.core.ui import acts
from zielwerk.core.views import Request, may
from zielwerk.desk import actions, queries
from zielwerk.language import translate
from zielwerk.rulebook.refusal import msg
from zielwerk.tables import Cell

PAGE = 50
BEGUN = msg("Begonnen: Protokoll und Bücher werden geprüft.")


@may("desk.look_at_audit")
@require_safe
def audit_log(request: Request) -> HttpResponse:
    """Who did what when, chained; with the seal to keep elsewhere."""
    if exports.file_format(request):
        return export_audit_log(request)
    page = Paginator(core.audit_entries(), PAGE).get_page(request.GET.get("seite"))
    context = {
        "page": page,
        "rows": queries.log_entries(request.user, page),
        "seal": str(audit.seal()),
    }
    return render(request, "desk/audit_log.html", context)


def export_audit_log(request: Request) -> HttpResponse:
    language = get_language() or "de"
    headings = [gettext("Nummer"), gettext("Zeitpunkt"), gettext("Wer"), gettext("Handlung")]
    headings += [gettext("Gegenstand"), gettext("Prüfsumme")]
    rows: Iterator[list[Cell]] = (
        [
            *(entry.number, entry.at, entry.actor),
            *(translate(entry.verb, language), translate(entry.subject, language), entry.hash),
        ]
        for entry in queries.log_entries(request.user, core.audit_entries())
    )
    return exports.response(request, "protokoll", headings, rows, at=timezone.now())


@may("desk.look_at_audit")
@require_POST
def prove(request: Request) -> HttpResponse:
    """Start the proof; the page of the job shows how it goes and what it found."""
    return acts.done(
        request,
        lambda: actions.begin_proof(request.user, None, at=timezone.now()),
        lambda job: acts.Answer(reverse("core:job", args=[job.pk]), acts.Said(BEGUN)),
    )
