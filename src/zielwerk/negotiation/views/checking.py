"""What the checks say about a draft, and the answers to it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from zielwerk.core import permissions
from zielwerk.core.cases import ChangedMeanwhile
from zielwerk.negotiation import actions, panels, queries
from zielwerk.negotiation.actions import NewAnswer
from zielwerk.negotiation.forms import AnswerForm
from zielwerk.negotiation.models import DraftDocument
from zielwerk.negotiation.views.places import find
from zielwerk.rulebook.checking import Finding, Severity
from zielwerk.rulebook.negotiation import CLOSED
from zielwerk.rulebook.refusal import Refused, Said, msg
from zielwerk.ui import acts
from zielwerk.ui.forms import add_refusals
from zielwerk.ui.joined import JOINED
from zielwerk.ui.views import Request, may

ANSWERED = msg("Beantwortet: „{question}“")
LABELS = {
    Severity.ERROR: (msg("Fehler"), "danger"),
    Severity.QUESTION: (msg("Frage"), "warning"),
    Severity.HINT: (msg("Hinweis"), "info"),
}


@may("negotiation.look")
@require_http_methods(["GET", "POST"])
def check(request: Request, pk: int) -> HttpResponse:
    """What a good colleague would say about the newest version; questions are answered here."""
    draft = find(request, pk)
    form, status = None, 200
    if request.method == "POST":
        permissions.require(request.user, "negotiation.answer_check", draft)
        form = AnswerForm(request.POST)
        if form.is_valid():
            new = NewAnswer(draft, form.cleaned_data["frage"], form.cleaned_data["antwort"])
            try:
                return acts.done(
                    request,
                    lambda: actions.answer_check(request.user, new, at=timezone.now()),
                    lambda made: acts.Answer(
                        reverse("negotiation:check", args=[pk]),
                        Said(ANSWERED, {"question": made.sentence}),
                    ),
                )
            except (permissions.NotAllowed, ChangedMeanwhile):
                raise
            except Refused as refused:
                add_refusals(form, refused)
        status = 422
    context = {
        "draft": draft,
        "back": reverse("negotiation:draft", args=[pk]),
        **_rows(request, draft, form),
        "form": form if form and form.errors else None,
    }
    return render(request, "negotiation/check.html", context, status=status)


def _rows(request: Request, draft: DraftDocument, bound: AnswerForm | None) -> dict[str, Any]:
    """Each finding with its last answer and the form to answer it, and every answer besides."""
    sources = queries.sources_of(draft.programme, draft.year, draft.ags)
    record = queries.check_record(draft)
    if record:
        found = queries.recorded(record)
    else:
        found = queries.findings_in(queries.newest(draft), sources, timezone.localdate())
    given = queries.all_answers(draft)
    said = queries.answers(given, found)
    before = queries.answers_of_last_year(draft, sources.planned)
    names = JOINED.names_for(request, {row.by for row in (*given, *before.values())})
    may_answer = bool(panels.own_side(request.user, draft)) and draft.state not in CLOSED
    rows = []
    for number, finding in enumerate(found):
        label, look = LABELS[finding.severity]
        answer = said.get(finding.key)
        rows.append(
            {
                "finding": finding,
                "named": _named(request, finding),
                "label": label,
                "look": look,
                "answer": answer,
                "by": names[answer.by] if answer else "",
                "last_year": before.get(finding.key),
                "form": _form(finding, number, bound) if may_answer else None,
                "is_open": not answer and finding.must_be_answered,
            }
        )
    shown = {answer.pk for answer in said.values()}
    earlier = [(row, names[row.by]) for row in reversed(given) if row.pk not in shown]
    return {"rows": rows, "earlier": earlier, "may_answer": may_answer, "record": record}


def _named(request: Request, finding: Finding) -> list[Said]:
    """What other bodies plan; whoever does not see the files of one reads nothing of it."""
    return [each.named for each in finding.funded if each.ags in request.user.perimeter]


def _form(finding: Finding, number: int, bound: AnswerForm | None) -> AnswerForm | None:
    if not finding.must_be_answered:
        return None
    if bound is not None and bound.data.get("frage") == finding.key:
        bound.auto_id = f"id_{number}_%s"
        return bound
    return AnswerForm(initial={"frage": finding.key}, auto_id=f"id_{number}_%s")
