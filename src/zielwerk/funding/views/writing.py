"""Writing into an application: its head, its measures, while one types and when one saves."""

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
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
from zielwerk.funding.queries import REASON, Judged, Outside, Said
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
UNCHANGED = msg("Alles ist gesichert: {number}, {name} {year}.")
CLASHED = msg(
    "Gesichert ist, was nur Sie geändert haben. Bei den markierten Angaben hat inzwischen jemand "
    "anderes etwas anderes geschrieben: Bitte sehen Sie beides an und sichern Sie noch einmal."
)
ADDED = msg("Hinzugefügt: eine Maßnahme zu {number}.")
TAKEN_OUT = msg("Herausgenommen: eine Maßnahme aus {number}. Ihre Angaben bleiben gespeichert.")


class Page:
    """A part of an application as it is shown: its fields, and what was found of them.

    ``key`` names a measure; empty is the application itself. What nobody asks of it is not found
    out: whoever only keeps what was typed waits for nothing else.
    """

    def __init__(self, request: Request, application: Application, key: str = "") -> None:
        self.request, self.application, self.key = request, application, key
        self.rules: Year = queries.rules_of(application)
        self.now, papers = queries.shown_to(request.user, application)
        self.papers = queries.codes_of(papers)
        self.today = timezone.localdate()
        if key and key not in keys_of(self.now.answers):
            raise Http404

    def after(self, written: Written) -> "Page":
        """The page once something was written, which changes nothing of what is known outside."""
        page = copy(self)
        for name in ("judged", "years", "own_fields", "fields", "writable"):
            vars(page).pop(name, None)
        page.application = written.application
        page.now = Said(written.number, written.answers)
        return page

    @cached_property
    def outside(self) -> Outside:
        return queries.outside_of(self.application, self.today)

    @cached_property
    def carriers(self) -> list[str]:
        return _carriers(self.application)

    @cached_property
    def judged(self) -> Judged:
        answers, on = self.now.answers, self.today
        return queries.judged(self.application, answers, self.papers, on, self.outside)

    @cached_property
    def fields(self) -> dict[str, Any]:
        return {**self.own_fields, **reason_fields(self.findings)}

    @cached_property
    def writable(self) -> frozenset[str]:
        return self.open_among(self.fields)

    def open_among(self, places: Iterable[str]) -> frozenset[str]:
        """Those of the places that the person can write now."""
        if permissions.refusal(self.request.user, "funding.write", self.application):
            return frozenset()
        asked = queries.asked_now(self.application)
        state = self.application.state
        return frozenset(place for place in places if may_write(state, place, asked))

    @property
    def findings(self) -> list[Finding]:
        """What was found of this part."""
        if self.key:
            return self.judged.at(f"m/{self.key}")
        return [each for each in self.judged.findings if _of_head(each.place)]

    @cached_property
    def years(self) -> Sequence[int]:
        """The budget years of the programme year, and those in which something stands."""
        typed = {
            int(place.rpartition("/")[2])
            for place, text in self.now.answers.items()
            if text and place.startswith("m/") and place.count("/") == _LINE
        }
        return sorted({*self.outside.rules.budget_years, *typed})

    @cached_property
    def own_fields(self) -> dict[str, Any]:
        """The fields of this part beside the reasons that what was found of it asks for."""
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
            "contested": [name_of(clash.place) for clash in clashes],
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
        page = page.after(written[-1])
        return render(request, template, page.context(written[-1].clashes), status=409)
    return response


def _writing(request: Request, page: Page) -> Writing:
    """What was sent of the places that this page lets write; without a number nothing was seen.

    Which reasons it asks for is found out where any is sent.
    """
    number = request.POST.get(SEEN, "")
    is_number = number.isascii() and number.isdecimal() and len(number) < 10
    seen = int(number) if is_number else 0
    asks = any(name.startswith(name_of(REASON)) for name in request.POST)
    places = page.writable if asks else page.open_among(page.own_fields)
    return Writing(page.application, seen, answers_in(request.POST, sorted(places)))


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
    page = page.after(made)
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
    return [place for place in writing.answers if name_of(place) in named]


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
