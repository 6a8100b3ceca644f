"""Writing into an application: its head, its measures, while one types and when one saves."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from zielwerk.core import once, permissions
from zielwerk.funding import actions, panels, queries
from zielwerk.funding.actions import Writing, Written
from zielwerk.funding.cases import APPLICATIONS
from zielwerk.funding.forms import (
    CONTESTED,
    SEEN,
    AnswersForm,
    answers_in,
    grids,
    head_fields,
    head_sections,
    measure_fields,
    measure_sections,
    name_of,
    reason_fields,
)
from zielwerk.funding.models import Application
from zielwerk.funding.queries import REASON, Outside
from zielwerk.funding.queries.words import Words
from zielwerk.funding.views.applications import find
from zielwerk.packs.model import Year
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.application import Answers, Clash, Finding, keys_of, may_write, next_key
from zielwerk.rulebook.application.answers import THERE
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.ui import acts
from zielwerk.ui.views import Request, may, shown_at

KEPT = msg("Gesichert: {number}, {name} {year}.")
UNCHANGED = msg("Nichts geändert: {number}, {name} {year}.")
CLASHED = msg(
    "Gesichert ist, was nur Sie geändert haben. Bei den markierten Angaben hat inzwischen jemand "
    "anderes etwas anderes geschrieben: Bitte sehen Sie beides an und sichern Sie noch einmal."
)
ADDED = msg("Hinzugefügt: eine Maßnahme zu {number}.")
TAKEN_OUT = msg("Herausgenommen: eine Maßnahme aus {number}. Ihre Angaben bleiben gespeichert.")


class Page:
    """A part of an application as it is shown: its fields, and what was found of them.

    ``key`` names a measure; empty is the application itself. ``before`` is the page as it was
    before something was written, which changes nothing of what is known from outside.
    """

    def __init__(
        self,
        request: Request,
        application: Application,
        key: str = "",
        before: "Page | None" = None,
    ) -> None:
        self.request, self.application, self.key = request, application, key
        self.rules: Year = before.rules if before else queries.rules_of(application)
        self.now, papers = queries.shown_to(request.user, application)
        self.today = timezone.localdate()
        if key and key not in keys_of(self.now.answers):
            raise Http404
        self.outside: Outside = (
            before.outside if before else queries.outside_of(application, self.today)
        )
        self.carriers: list[str] = before.carriers if before else _carriers(application)
        self.judged = queries.judged(
            application, self.now.answers, queries.codes_of(papers), self.today, self.outside
        )
        self.years = self._years()
        self.fields = {**self._own_fields(), **reason_fields(self.findings)}
        asked = queries.asked_places(queries.open_questions(application))
        may = not permissions.refusal(request.user, "funding.write", application)
        self.writable = frozenset(
            place for place in self.fields if may and may_write(application.state, place, asked)
        )

    @property
    def findings(self) -> list[Finding]:
        """What was found of this part."""
        if self.key:
            return self.judged.at(f"m/{self.key}")
        return [each for each in self.judged.findings if _of_head(each.place)]

    def _years(self) -> Sequence[int]:
        """The budget years of the programme year, and those in which something stands."""
        typed = {
            int(place.rpartition("/")[2])
            for place, text in self.now.answers.items()
            if text and place.startswith("m/") and place.count("/") == _LINE
        }
        return sorted({*self.judged.rules.budget_years, *typed})

    def _own_fields(self) -> dict[str, Any]:
        answers = self.now.answers
        if not self.key:
            is_late = queries.late_days(self.application, self.today) > 0
            return head_fields(self.rules, answers, is_late=is_late)
        return measure_fields(self.rules, self.key, answers, self.carriers, self.years)

    def form(self, clashes: Sequence[Clash] = ()) -> AnswersForm:
        """The form with what stands there; of what can be written now, the fields are open."""
        for place, field in self.fields.items():
            if place not in self.writable:
                field.disabled = True
        return AnswersForm(self.now.answers, self.fields, self.findings, clashes)

    def context(self, clashes: Sequence[Clash] = ()) -> dict[str, Any]:
        form, found = self.form(clashes), self.findings
        words, applied = Words(self.rules), self.judged.read.application
        measure = next((each for each in applied.measures if each.key == self.key), None)
        texts = self.judged.read.texts
        rows = words.measure(measure, texts) if measure else words.head(applied)
        left = [each for each in found if each.place not in self.fields]
        keys = keys_of(self.now.answers)
        sections = measure_sections(form, self.key) if self.key else head_sections(form)
        tables = grids(form, self.rules, self.key, self.years, found) if self.key else ()
        return {
            "application": self.application,
            "form": form,
            "number": self.now.number,
            "sections": list(sections),
            "grids": list(tables),
            "reasons": [form.at(place) for place in form.places if place.startswith(REASON)],
            "findings": panels.finding_rows(self.application, self.judged, self.rules, left),
            "sums": panels.sums(self.judged, self.rules, self.key),
            "arithmetic": panels.arithmetic(self.judged),
            "title": panels.titles_of(self.judged).get(self.key, ""),
            "key": self.key,
            "following": _after(keys, self.key),
            "is_open": bool(self.writable),
            "rows": panels.cells(rows),
            "lines": list(panels.lines(measure, self.rules)) if measure else [],
            "given": panels.given_reasons(self.judged, found),
            "seen_name": SEEN,
            "once_name": once.FIELD,
            "contested_name": CONTESTED,
            "clashes": clashes,
        }


_LINE = 4  # slashes in the place of an amount


def _of_head(place: str) -> bool:
    return not place.startswith(("m/", "attachment"))


def _after(keys: Sequence[str], key: str) -> str:
    later = [each for each in keys if int(each) > int(key or 0)]
    return later[0] if later else ""


def _carriers(application: Application) -> list[str]:
    """The names of the parties with whom the body works."""
    relations = programmes.relations(application.programme, application.ags)
    return list(dict.fromkeys(str(each.party.name) for each in relations))


@may("funding.look")
@require_http_methods(["GET", "POST"])
def head(request: Request, pk: int) -> HttpResponse:
    """What the application says of itself: form of financing, early start, declarations."""
    return _page(request, find(request, pk), "", "funding/head.html")


@may("funding.look")
@require_http_methods(["GET", "POST"])
def measure(request: Request, pk: int, key: int) -> HttpResponse:
    """One measure that is applied for: what it is, what it costs and who pays."""
    return _page(request, find(request, pk), str(key), "funding/measure.html")


def _page(request: Request, case: Application, key: str, template: str) -> HttpResponse:
    page = Page(request, case, key)
    if request.method != "POST":
        return render(request, template, page.context())
    permissions.require(request.user, "funding.write", case)
    writing = _writing(request, page)
    written: list[Written] = []

    def write() -> Written:
        written.append(actions.write(request.user, writing, at=timezone.now()))
        return written[-1]

    response = acts.done(request, write, lambda made: _answer(request, page, made))
    if written and written[-1].clashes:
        page = Page(request, written[-1].application, key, page)
        return render(request, template, page.context(written[-1].clashes), status=409)
    return response


def _writing(request: Request, page: Page) -> Writing:
    """What was sent of the places that this page lets write; without a number nothing was seen."""
    number = request.POST.get(SEEN, "")
    is_number = number.isascii() and number.isdecimal() and len(number) < 10
    seen = int(number) if is_number else 0
    return Writing(page.application, seen, answers_in(request.POST, sorted(page.writable)))


def _answer(request: Request, page: Page, made: Written) -> acts.Answer:
    following = request.POST.get("weiter", "")
    pk = page.application.pk
    if following and following in keys_of(page.now.answers):
        to = reverse("funding:measure", args=[pk, following])
    elif page.key:
        to = reverse("funding:measure", args=[pk, page.key])
    else:
        to = reverse("funding:head", args=[pk])
    sentence = CLASHED if made.clashes else (KEPT if made.kept else UNCHANGED)
    return acts.Answer(to, acts.Said(sentence, _slots(page.application)))


def _slots(application: Application) -> dict[str, object]:
    return APPLICATIONS.facts_said(application)


@may("funding.write")
@shown_at("funding:head")
@require_POST
def keep(request: Request, pk: int) -> HttpResponse:
    """Keep the head while one types: the part of the page that changed comes back."""
    return _kept(request, find(request, pk), "")


@may("funding.write")
@shown_at("funding:measure")
@require_POST
def keep_measure(request: Request, pk: int, key: int) -> HttpResponse:
    """Keep a measure while one types."""
    return _kept(request, find(request, pk), str(key))


def _kept(request: Request, case: Application, key: str) -> HttpResponse:
    page = Page(request, case, key)
    permissions.require(request.user, "funding.write", case)
    writing = _writing(request, page)
    contested = {place: writing.answers[place] for place in _contested(request, writing)}
    agreed = {place: text for place, text in writing.answers.items() if place not in contested}
    made = actions.write(request.user, replace(writing, answers=agreed), at=timezone.now())
    page = Page(request, made.application, key, page)
    clashes = (*made.clashes, *_still_clashing(page.now.answers, contested))
    context = page.context(clashes) | {"swap": True, "kept_at": timezone.now()}
    drawn = {name_of(place) for place in page.fields if place.startswith(REASON)}
    sent = {name for name in request.POST if name.startswith(name_of(REASON))}
    context["draws_reasons"] = drawn != sent
    response = render(request, "funding/kept.html", context)
    if not clashes:
        response["HX-Trigger"] = "zw-gesichert"
    return response


def _contested(request: Request, writing: Writing) -> list[str]:
    """The places of which the page shows two texts: what is kept while one types is no choice."""
    named = set(request.POST.getlist(CONTESTED))
    return [place for place in writing.answers if place in named]


def _still_clashing(now: Answers, contested: Answers) -> Iterator[Clash]:
    for place, mine in contested.items():
        if mine.replace("\r\n", "\n").strip() != (theirs := now.get(place, "")):
            yield Clash(place, theirs, theirs, mine)


@may("funding.write")
@shown_at("funding:application")
@require_POST
def add(request: Request, pk: int) -> HttpResponse:
    """Add a measure that no plan knows."""
    case = find(request, pk)
    permissions.require(request.user, "funding.write", case)
    now = queries.said(case)
    key = next_key(now.answers)
    writing = Writing(case, now.number, {f"m/{key}": THERE})
    return acts.done(
        request,
        lambda: actions.write(request.user, writing, at=timezone.now()),
        lambda made: acts.Answer(
            reverse("funding:measure", args=[pk, key]), acts.Said(ADDED, _slots(case))
        ),
    )


@may("funding.write")
@shown_at("funding:application")
@require_POST
def take_out(request: Request, pk: int) -> HttpResponse:
    """Take a measure out of the application; what was said of it stays on file."""
    return _set(request, find(request, pk), "", TAKEN_OUT)


@may("funding.write")
@shown_at("funding:application")
@require_POST
def put_back(request: Request, pk: int) -> HttpResponse:
    """Put a measure back that was taken out, with all that was said of it."""
    return _set(request, find(request, pk), THERE, PUT_BACK)


NO_SUCH_MEASURE = Refusal("funding.no_such_measure", msg("Diese Maßnahme gibt es im Antrag nicht."))
PUT_BACK = msg("Wieder aufgenommen: eine Maßnahme in {number}.")


def _set(request: Request, case: Application, text: str, said: str) -> HttpResponse:
    """Say of the measure that was sent along whether it is there."""
    permissions.require(request.user, "funding.write", case)
    now, place = queries.said(case), f"m/{request.POST.get('massnahme', '')}"
    if place not in now.answers or place.count("/") != 1:
        raise Refused(NO_SUCH_MEASURE)
    writing = Writing(case, now.number, {place: text})
    return acts.done(
        request,
        lambda: actions.write(request.user, writing, at=timezone.now()),
        lambda made: acts.Answer(
            reverse("funding:application", args=[case.pk]), acts.Said(said, _slots(case))
        ),
    )
