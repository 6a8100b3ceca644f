"""Every form of the house, sent with faults: nothing typed is lost, each fault is told.

The forms are found by walking the demo as those who write. Each is sent once for every field,
that one faulty; what a field needs is tried by leaving it empty.
"""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.db import transaction
from django.test import Client
from django.urls import Resolver404

from tests import worlds
from tests.journeys.crawl import state_at
from tests.journeys.pages import Form, forms, links, route
from tests.journeys.programmes import HESSE
from tests.stage import html_of, signed_in
from zielwerk.agreements import actions as agreements
from zielwerk.agreements.forms import read_text
from zielwerk.config import world
from zielwerk.config.cast import BEGAN
from zielwerk.core import kept
from zielwerk.measures import actions as measures
from zielwerk.measures.actions import NewDelivery
from zielwerk.measures.models import Measure

pytestmark = pytest.mark.django_db
SQLITE_ALONE = True  # what pages say is the same on every database
WETTERAU = HESSE.file
# What addresses of forms ask for; other questions only narrow lists.
ASKED = {"jahr", "zweck", "zu", "beteiligter"}
OWN = {"Sec-Fetch-Site": "same-origin"}
MACHINES = kept.NOT_TYPED
FAULT = "kein Tag, kein Betrag, keine Zahl"
LONGEST = 60_000  # more signs than any field takes
LABEL = r'<label class="kern-label[^"]*" for="{}"[^>]*>(.*?)</label>'


@dataclass
class Found:
    """A form on the page of somebody who may send it."""

    client: Client
    page: str
    form: Form
    address: str  # where it posts
    controls: dict[str, str] = field(default_factory=dict)  # name: kind of control

    def __str__(self) -> str:
        return f"{self.page} to {self.address}"

    @property
    def typed(self) -> list[str]:
        """The names of what people type or choose."""
        return [name for name in self.controls if name not in MACHINES]


Answers = list[tuple[Found, str, dict[str, str], str]]
CONTROL = re.compile(r"<(input|textarea|select)\b([^>]*)>")


def controls_of(html: str) -> dict[str, str]:
    """The controls that people see, by name."""
    found = {}
    for tag, said in CONTROL.findall(html):
        name, kind = re.search(r'\bname="([^"]*)"', said), re.search(r'\btype="([^"]*)"', said)
        if name and (tag != "input" or (kind and kind[1] not in ("hidden", "submit"))):
            found[unescape(name[1])] = kind[1] if tag == "input" and kind else tag
    return found


@pytest.fixture(scope="module")
def found(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[list[Found]]:
    """All forms of the demo, each route's once."""
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        cast = worlds.put(world.build)
        text = read_text("text.txt", WETTERAU.read_bytes())
        agreements.begin(cast.officer, text, at=BEGAN)
        people = [cast.officer, cast.head, cast.body]
        measure = Measure.objects.earliest("pk")
        own = NewDelivery("own_delivery", date(measure.year, 1, 1))
        measures.deliver(cast.officer, measure, own, at=BEGAN)
        forms_by_fields: dict[tuple[str, ...], Found] = {}
        for person in people:
            for form in walk(signed_in(person)):
                key = (str(route(form.address).route), *form.typed)
                forms_by_fields.setdefault(key, form)
        yield list(forms_by_fields.values())
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def answers(found: list[Found]) -> Answers:
    """The answers to every form with every one of its fields faulty."""
    given = [
        (form, name, sent, answered(form, sent)) for form in found for name, sent in faulty(form)
    ]
    refused = [html for *_, html in given if 'class="kern-error"' in html]
    assert len(refused) > 100, "hardly any form was refused: the faults are none"
    return given


def walk(client: Client) -> Iterator[Found]:
    todo, seen = deque(["/arbeit/"]), set[tuple[str, ...]]()
    known = set(todo)
    while todo:
        address = todo.popleft()
        asked = dict(parse_qsl(urlsplit(address).query))
        try:
            match = route(address)
        except Resolver404:
            continue
        names = [str(value) for name, value in match.kwargs.items() if name not in ("pk", "ags")]
        kind = (str(match.route), state_at(match), *names, *sorted(asked))
        if kind in seen or set(asked) - ASKED:
            continue
        seen.add(kind)
        answer = client.get(address)
        moved = [answer["Location"]] if answer.status_code == 302 else []
        if moved or not answer.get("Content-Type", "").startswith("text/html"):
            answer.getvalue()  # a file, too, to its end: only then is it closed
            todo.extend(moved)
            continue
        html = answer.content.decode()
        yield from forms_on(client, address, html)
        onward = [*links(html, address), *begun(html, address)]
        todo.extend(there for there in onward if there not in known)
        known.update(onward)


def begun(html: str, page: str) -> Iterator[str]:
    """Where forms that only ask lead with what they hold: the next page may have a form."""
    for form in forms(html, page):
        if form.method == "get" and "jahr" in form.choices and len(form.choices) == 2:
            year = form.choices["jahr"][0]
            yield f"{urlsplit(form.action).path}?jahr={year}&zweck="


def forms_on(client: Client, page: str, html: str) -> Iterator[Found]:
    bodies = re.findall(r"<form\b[^>]*>(.*?)</form>", html, re.DOTALL)
    for form, body in zip(forms(html, page), bodies, strict=True):
        marked = [address for address in form.posts if not address.startswith("/sprache")]
        if marked and (kept.MARK in form.fields or kept.MARK in marked[0]):
            yield Found(client, page, form, marked[0], controls_of(body))


def sample(found: Found) -> dict[str, str]:
    """Something in every field: what it holds, or a text that is known again."""
    sent = dict(found.form.fields)
    for number, name in enumerate(found.typed):
        if choices := [value for value in found.form.choices.get(name, []) if value]:
            sent[name] = choices[-1]
        elif name in found.form.boxes:
            sent[name] = found.form.boxes[name]
        elif found.controls.get(name) == "select":
            continue  # there is nothing to choose
        elif not sent.get(name):
            sent[name] = f"<b>{number}</b> & „Grüße“"
    return {name: value for name, value in sent.items() if found.controls.get(name) != "file"}


def answered(found: Found, sent: dict[str, str]) -> str:
    """The page that a faulty form leads to; empty where it was taken."""
    with transaction.atomic():
        answer = found.client.post(found.address, sent, headers=OWN)
        if answer.status_code == 302 and kept.PARAMETER in answer["Location"]:
            answer = found.client.get(answer["Location"])
        transaction.set_rollback(True)
    assert answer.status_code in (200, 302, 409, 422), (str(found), answer.status_code)
    return answer.content.decode() if answer.status_code != 302 else ""


def held(html: str, found: Found) -> dict[str, str]:
    """What the form on an answer holds."""
    for form in forms(html, found.page):
        if set(found.typed) <= {*form.fields, *form.choices, *form.boxes}:
            return form.fields
    return {}


def faulty(found: Found) -> Iterator[tuple[str, dict[str, str]]]:
    """The form once for each of its fields, that one faulty."""
    for name in found.typed:
        if name in found.form.choices:
            yield name, {**sample(found), name: FAULT}
        elif found.controls[name] in ("text", "textarea"):
            yield name, {**sample(found), name: ""}
            yield name, {**sample(found), name: f"{FAULT} " + "x" * LONGEST}


def test_the_walk_finds_the_forms_that_people_write_in(found: list[Found]) -> None:
    routes = {route(form.address).route for form in found}
    assert len(routes) >= 12, sorted(map(str, routes))
    assert any("vermerke" in str(one) for one in routes)
    assert any("speichern" in str(one) for one in routes)
    assert any("pruefen" in str(one) for one in routes)
    assert any(str(one).endswith("ende") for one in routes)


def test_what_forms_send_besides_is_known_as_not_typed(found: list[Found]) -> None:
    """Else a page that is filled in again would seem to have lost it."""
    for form in found:
        assert set(form.form.fields) - set(form.controls) <= MACHINES, form


def test_a_refused_form_holds_everything_that_was_typed(answers: Answers) -> None:
    problems = []
    for form, name, sent, html in answers:
        if 'class="kern-error"' not in html and "zw-errors" not in html:
            continue  # taken, or asked about once more: the page after it is no form
        there = held(html, form)
        problems += [
            f"{form}, {name}: {other} was {sent[other][:40]!r}, is {there.get(other, '')[:40]!r}"
            for other in form.typed
            # A choice that was not offered cannot be shown as chosen.
            if other in sent and not (other == name and other in form.form.choices)
            if there.get(other, "").strip() != sent[other].strip()
        ]
    assert problems == []


def test_each_fault_is_told_at_the_field_in_the_summary_in_the_title_and_aloud(
    answers: Answers,
) -> None:
    problems = [
        f"{form}, {name}: {problem}"
        for form, name, _sent, html in answers
        for problem in silences(html)
    ]
    assert problems == []


def test_a_fault_that_is_told_nowhere_is_found() -> None:
    """Planted: a page with an error at the field and nothing else."""
    page = '<title>Form</title><input id="a"><div class="kern-error" id="a_error">Falsch</div>'
    assert list(silences(page)) == ["no summary"]


def silences(html: str) -> Iterator[str]:
    """Where a page with faults does not tell of them."""
    at_fields = re.findall(r'class="kern-error" id="([^"]*)_error"', html)
    if not at_fields:
        return
    summary = re.search(r'<div\s[^>]*class="[^"]*zw-errors[^>]*>.*?</ul>', html, re.DOTALL)
    if not summary:
        yield "no summary"
        return
    head = summary[0][: summary[0].index(">")]
    linked = {name.removesuffix("_0") for name in re.findall(r'href="#([^"]*)"', summary[0])}
    yield from (f"{name} is not in the summary" for name in set(at_fields) - linked)
    yield from (f"{name} has no place" for name in linked if f'id="{name}' not in html)
    if 'role="alert"' not in head or "autofocus" not in head:
        yield "the summary is neither told nor focused"
    if "<title> Fehler: " not in html_of(html):
        yield "the title is silent"
    for name in at_fields:
        control = re.search(
            rf'<(?:input|textarea|select)\b[^>]*\bid="{re.escape(name)}"[^>]*>', html
        )
        if control and f"{name}_error" not in control[0]:
            yield f"{name} does not name its error"


def test_nothing_is_called_optional_that_is_not_and_nothing_else_may_stay_empty(
    found: list[Found],
) -> None:
    problems, tried = [], 0
    for form in found:
        page = form.client.get(form.page).content.decode()
        for name in form.typed:
            if form.controls[name] not in ("text", "textarea"):
                continue
            tried += 1
            html = answered(form, {**sample(form), name: ""})
            control = re.search(rf'<[^>]*\bname="{re.escape(name)}"[^>]*>', page)
            assert control
            place = re.search(r'\bid="([^"]*)"', control[0])
            assert place
            label = re.search(LABEL.format(re.escape(place[1])), page, re.DOTALL)
            assert label, (str(form), name)
            is_optional = "kern-label__optional" in label[1]
            is_refused = f'id="{place[1]}_error"' in html
            if is_optional and is_refused and "(freiwillig)" in label[1]:
                problems.append(f"{form}: {name} is called optional and is not")
            if not is_optional and not is_refused:
                problems.append(f"{form}: {name} may stay empty and does not say so")
    assert tried > 40
    assert problems == []
