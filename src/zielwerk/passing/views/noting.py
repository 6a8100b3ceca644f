"""What became of a pass-on: noting what was spent, entering papers, reading them."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zielwerk.core import permissions
from zielwerk.core.cases import ChangedMeanwhile
from zielwerk.documents import queries as documents
from zielwerk.passing import actions, queries
from zielwerk.passing.actions import NewPaper, NewSpent, Striking
from zielwerk.passing.forms import PaperForm, SpentForm
from zielwerk.passing.models import PassOn, ProviderPaper
from zielwerk.passing.views.pass_ons import find
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.passing.ways import Paper
from zielwerk.rulebook.refusal import Refused, Said, msg
from zielwerk.ui import acts
from zielwerk.ui.forms import add_refusals
from zielwerk.ui.views import Request, may, shown_at, to_save

NOTED = msg("Eingetragen zu {number}: Haushaltsjahr {year}.")
KEPT = msg("Eingetragen zu {number}: „{paper}“ liegt vor.")
STRUCK = msg("Gestrichen bei {number}: „{paper}“. Was kam, bleibt in den Akten.")


@may("passing.note_spent")
@require_http_methods(["GET", "POST"])
def note_spent(request: Request, pk: int) -> HttpResponse:
    """Note how much was spent of a budget year by a day."""
    case = _current(request, pk)
    permissions.require(request.user, "passing.note_spent", case)
    years = [year for year, cents in sorted(queries.PassDraft.of(case).amounts.items()) if cents]
    data = request.POST if request.method == "POST" else None
    form = SpentForm(years, data, initial={"tag": timezone.localdate()})
    if form.is_valid():
        values = form.cleaned_data
        new = NewSpent(
            case,
            values["jahr"],
            values["tag"],
            None if values["verausgabt"] is None else int(values["verausgabt"]),
            values["belegt"],
            values["vermerk"],
        )
        slots = {"number": case.file_number, "year": str(values["jahr"])}
        try:
            return acts.done(
                request,
                lambda: actions.note_spent(request.user, new, at=timezone.now()),
                lambda _: acts.Answer(_page(case), Said(NOTED, slots)),
            )
        except (permissions.NotAllowed, ChangedMeanwhile):
            raise
        except Refused as refused:
            add_refusals(form, refused, FIELDS)
    context = {"pass_on": case, "form": form, "page_url": _page(case)}
    return render(request, "passing/note_spent.html", context, status=422 if form.errors else 200)


FIELDS = {
    "passing.day_to_come": "tag",
    "passing.no_such_year": "jahr",
    "passing.no_note": "vermerk",
    "passing.spent_below_zero": "verausgabt",
}


@may("passing.keep_paper")
@require_http_methods(["GET", "POST"])
def keep_paper(request: Request, pk: int) -> HttpResponse:
    """Enter that a paper is there."""
    case = _current(request, pk)
    permissions.require(request.user, "passing.keep_paper", case)
    papers = _papers(case)
    is_sent = request.method == "POST"
    form = PaperForm(papers, request.POST if is_sent else None, request.FILES if is_sent else None)
    if is_sent and form.is_valid():
        code, (name, content) = form.cleaned_data["art"], form.cleaned_data["datei"]
        new = NewPaper(case, code, name, content)
        said = Said(KEPT, {"number": case.file_number, "paper": _label(papers, code)})
        try:
            return acts.done(
                request,
                lambda: actions.keep_paper(request.user, new, at=timezone.now()),
                lambda _: acts.Answer(_page(case), said),
            )
        except (permissions.NotAllowed, ChangedMeanwhile):
            raise
        except Refused as refused:
            add_refusals(form, refused, OF_FILE)
    context = {"pass_on": case, "form": form, "page_url": _page(case)}
    return render(request, "passing/keep_paper.html", context, status=422 if form.errors else 200)


OF_FILE = {"papers.wrong_type": "datei"}


@may("passing.strike_paper")
@shown_at("passing:pass_on")
@require_POST
def strike_paper(request: Request, pk: int) -> HttpResponse:
    """Enter that a paper is not there after all."""
    case = find(request, pk)
    code = request.POST.get("unterlage", "")[:60]
    seen = request.POST.get("gesehen", "")
    is_number = seen.isascii() and seen.isdecimal() and len(seen) < 12
    struck = Striking(case, code, int(seen) if is_number else 0)
    said = Said(STRUCK, {"number": case.file_number, "paper": _label(_papers(case), code)})
    return acts.done(
        request,
        lambda: actions.strike_paper(request.user, struck, at=timezone.now()),
        lambda _: acts.Answer(_page(case), said),
    )


@may("passing.read")
@require_safe
def paper(request: Request, pk: int, number: int) -> HttpResponse:
    """A paper of the Träger, as it came."""
    case = find(request, pk)
    row = ProviderPaper.objects.filter(pk=number, pass_on=case.first_pk).first()
    if row is None or row.file is None or not queries.may_read(request.user, case):
        raise Http404
    return to_save(documents.text_of(row.file), str(row.name or row.file.name))


def _current(request: Request, pk: int) -> PassOn:
    """What is, or was, in force; to nothing else anything is entered."""
    case = find(request, pk)
    if not case.counts:
        raise Http404
    return case


def _papers(case: PassOn) -> tuple[Paper, ...]:
    way = queries.way_of(case)
    return way.papers if way else ()


def _label(papers: tuple[Paper, ...], code: str) -> Label:
    return Label(next((each.label for each in papers if each.code == code), code))


def _page(case: PassOn) -> str:
    return reverse("passing:pass_on", args=[case.pk])
