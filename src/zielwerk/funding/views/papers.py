"""Papers of an application: sending one, taking one out, reading it; receipts of what came in."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zielwerk.core import permissions
from zielwerk.core.cases import ChangedMeanwhile
from zielwerk.documents import queries as documents
from zielwerk.funding import actions, queries
from zielwerk.funding.actions import NewPaper
from zielwerk.funding.forms import PaperForm
from zielwerk.funding.models import Paper
from zielwerk.funding.views.applications import attachable, find
from zielwerk.language import German
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.ui import acts
from zielwerk.ui.forms import add_refusals
from zielwerk.ui.views import Request, may, shown_at, to_save

ATTACHED = msg("Hinzugefügt zu {number}: „{paper}“.")
NO_SUCH_PAPER = Refusal("funding.no_paper_there", msg("Diese Anlage gibt es im Antrag nicht."))
REMOVED = msg("Herausgenommen aus {number}: „{paper}“. Die Datei bleibt in den Akten.")


@may("funding.attach")
@require_http_methods(["GET", "POST"])
def attach(request: Request, pk: int) -> HttpResponse:
    """Send a paper that goes with the application."""
    case = find(request, pk)
    permissions.require(request.user, "funding.attach", case)
    rules = queries.rules_of(case)
    open_ = attachable(request, case, queries.questions(case))
    kinds = [
        (each.code, German(str(each.label), each.label_en))
        for each in rules.application_attachments
        if each.code in open_
    ]
    is_sent = request.method == "POST"
    form = PaperForm(kinds, request.POST if is_sent else None, request.FILES if is_sent else None)
    if is_sent and form.is_valid():
        name, content = form.cleaned_data["datei"]
        new = NewPaper(case, form.cleaned_data["art"], name, content)
        try:
            return acts.done(
                request,
                lambda: actions.attach(request.user, new, at=timezone.now()),
                lambda made: acts.Answer(
                    reverse("funding:application", args=[pk]),
                    acts.Said(ATTACHED, {"number": case.file_number, "paper": str(made.name)}),
                ),
            )
        except (permissions.NotAllowed, ChangedMeanwhile):
            raise
        except Refused as refused:
            add_refusals(form, refused, FIELDS)
    context = {"application": case, "form": form, "kinds": kinds}
    return render(request, "funding/attach.html", context, status=422 if form.errors else 200)


OF_FILE = ("papers.wrong_type", "funding.paper_twice")
FIELDS = dict.fromkeys(OF_FILE, "datei")


def paper_of(request: Request, pk: int, number: int) -> Paper:
    """A paper of an application that the person may see, also one that was taken out."""
    case = find(request, pk)
    found = queries.paper(case, number)
    if found is None:
        raise Http404
    return found


@may("funding.look")
@require_safe
def paper(request: Request, pk: int, number: int) -> HttpResponse:
    """A paper, as it was sent in."""
    found = paper_of(request, pk, number)
    return to_save(documents.text_of(found.file), str(found.name or found.file.name))


@may("funding.attach")
@shown_at("funding:application")
@require_POST
def remove(request: Request, pk: int) -> HttpResponse:
    """Take a paper out again."""
    case = find(request, pk)
    permissions.require(request.user, "funding.attach", case)
    number = request.POST.get("anlage", "")
    is_number = number.isascii() and number.isdecimal() and len(number) < 12
    found = queries.paper(case, int(number) if is_number else 0)
    if found is None:
        raise Refused(NO_SUCH_PAPER)
    said = {"number": found.application.file_number, "paper": str(found.name)}
    return acts.done(
        request,
        lambda: actions.remove(request.user, found, at=timezone.now()),
        lambda _: acts.Answer(reverse("funding:application", args=[pk]), acts.Said(REMOVED, said)),
    )


@may("funding.look")
@require_safe
def receipt(request: Request, pk: int, number: int) -> HttpResponse:
    """The receipt of a submission."""
    case = find(request, pk)
    one = queries.submissions(case).filter(number=number).first()
    if one is None:
        raise Http404
    return to_save(documents.text_of(one.receipt), str(one.receipt.name), "application/pdf")
