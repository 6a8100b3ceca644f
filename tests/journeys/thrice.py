"""Somebody whose every form is sent three times: twice at the same moment, then once more."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse

from tests.journeys.every_state import resting
from tests.journeys.pages import Form, forms, visible
from tests.rooms.conftest import Together
from zielwerk.core import cases, once
from zielwerk.core.models import AuditEntry, SentForm
from zielwerk.packs import loading as packs

SAMPLES = {
    "number": 1,
    "pk": 10**9,
    "year": 2024,
    "ordinal": 1,
    "slug": "x",
    "measure": "x",
    "code": "x",
    "verb": "x",
    "address": "x",
    "ending": "txt",
    "key": 1,
    "name": "x",
    "kind": "x",
    "stage": "x",
    "provider_id": "x",
    "aspect": "goals",
}
# Nobody's act: nothing is recorded that could be recorded twice.
NO_ACT = {
    "ui:language": "a choice of this browser",
    "ui:session": "the session goes on",
    "publication:check": "a file is judged, and nothing of it kept",
    "conclusion:sign": "no text of this world is signed in one file: test_electronic_pages.py",
    "ui:discard_kept": "what was typed, and never done, is dropped",
    "funding:keep": "what was typed is kept while one types, however often",
    "funding:keep_measure": "the same",
    "filing:offer": "no time is over in this world: see tests/rooms/filing",
    "filing:answer": "the same",
    "auditing:compare": "a seal is compared, and leads to an address",
    "identity:sign_in_demo": "a session begins",
    "identity:sign_out": "a session ends",
    "identity:sign_in": "a session begins",
    "account_login": "the same",
    "mfa_authenticate": "the same",
    "identity:sign_in_by_passkey": "the same",
    "identity:end_session": "a session ends",
    "identity:end_sessions": "sessions end",
    "identity:confirm": "a session is known to be hers for a while",
    "identity:act_as": "in whose place this browser acts",
    "messaging:mark_read": "somebody has read what she was told",
    "messaging:renew_calendar": "each time another address, which is shown at once",
}
# What nobody does in a demo, and what is chosen first; the rooms' own tests do it twice.
NOT_IN_A_DEMO = {
    *("setup:begin", "setup:first_step"),
    "negotiation:amend_after_cut",  # where something is uncovered: tests/rooms/conclusion
    "strategy:answer",  # by whoever has the link, who is asked nothing twice
    # By the ministry for a body that sends paper: tests/rooms/strategy/test_for_bodies.py.
    *("strategy:new_for", "strategy:edit_for", "strategy:record_consent_for"),
    "strategy:take_back_consent_for",
    *("desk:together", "desk:together_to_cover", "desk:together_to_publish"),
    *("identity:invite", "identity:invitation", "identity:recover", "identity:password"),
    *("identity:code_app", "identity:passkey", "identity:recovery_codes", "identity:remove"),
}


@dataclass(frozen=True)
class Sending:
    """One answer of the site: where it led, and what was wrong where it did not."""

    status: int
    to: str
    text: str


@dataclass
class Thrice:
    """Presses a button three times, and finds one act, one address and one sentence."""

    together: Together
    pressed: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    sentences: dict[str, str] = field(default_factory=dict)

    def press(
        self, client: Client, page: str, action: str, *, is_ticked: bool = False, **typed: Any
    ) -> str:
        """Like ``pages.press``, of which it takes the place."""
        form, address = form_of(client, page, action)
        fields = {**form.fields, **(form.boxes if is_ticked else {}), **typed}
        return self.send(client, address, fields)

    def confirm(self, client: Client, page: str, **typed: Any) -> str:
        """Fill in a form that comes back once to be confirmed."""
        form, address = form_of(client, page, page)
        shown = client.post(address, {**form.fields, **typed}).content.decode()
        asked = [back for back in forms(shown, page) if "gezeigt" in back.fields]
        assert asked, visible(shown)[:2000]
        assert asked[0].fields[once.FIELD] == form.fields[once.FIELD]
        return self.send(client, address, asked[0].fields)

    def send(self, client: Client, address: str, fields: dict[str, Any]) -> str:
        before, sent_before = AuditEntry.objects.count(), SentForm.objects.count()
        clients = [copy_of(client) for _ in range(2)]
        answers = self.together([lambda one=one: send(one, address, fields) for one in clients])
        done = AuditEntry.objects.count() - before
        answers.append(send(client, address, fields))
        again = AuditEntry.objects.count() - before
        key = key_of(address)
        assert {answer.status for answer in answers} == {302}, f"{key}: {answers}"
        self.pressed.add(key)
        self._compare(key, answers, done, again, SentForm.objects.count() - sent_before)
        self._is_said(key, client, answers[0].to)
        return urlsplit(answers[0].to).path

    def _compare(self, key: str, answers: list[Sending], done: int, again: int, kept: int) -> None:
        # Keeping a review and accepting it is one button, and two verbs in one transaction.
        verbs = 2 if key == "agreements:review" and done == 2 else 1
        if (done, again, kept) != (verbs, verbs, 1):
            self.faults.append(f"{key}: {done}, then {again} acts, {kept} kept")
        if len({answer.to for answer in answers}) != 1:
            self.faults.append(f"{key}: led to {[answer.to for answer in answers]}")

    def _is_said(self, key: str, client: Client, to: str) -> None:
        sentence = " ".join(SentForm.objects.latest("pk").sentence.split())
        self.sentences[key] = sentence
        html = client.get(to, follow=True).content.decode()
        title = visible(html[html.index("<title>") : html.index("</title>")])
        main = html[html.index("<main") :]
        notice = visible(main[: main.index("<h1")])
        if not sentence or sentence not in title or notice.count(sentence) != 1:
            self.faults.append(f"{key}: “{sentence}” in “{title}”, “{notice}”")


def form_of(client: Client, page: str, action: str) -> tuple[Form, str]:
    """The form of a page that goes to an address, and that address in full."""
    answer = client.get(page, follow=True)
    html = answer.content.decode()
    for form in forms(html, page):
        for address in form.posts:
            if urlsplit(address).path == action:
                assert once.FIELD in {*form.fields, urlsplit(address).query.partition("=")[0]}
                return form, address
    raise AssertionError(f"{page} ({answer.status_code}) has no form for {action}")


def send(client: Client, address: str, fields: dict[str, Any]) -> Sending:
    for value in fields.values():
        if isinstance(value, UploadedFile):
            value.seek(0)
    answer = client.post(address, {name: again(value) for name, value in fields.items()})
    text = "" if answer.status_code == 302 else visible(answer.content.decode())[-800:]
    return Sending(answer.status_code, answer.get("Location", ""), text)


def again(value: Any) -> Any:
    """A file that may be read by two at once."""
    if not isinstance(value, UploadedFile):
        return value
    content = value.file.getvalue()  # type: ignore[union-attr]
    return type(value)(value.name, content, value.content_type)


def copy_of(client: Client) -> Client:
    """Another tab of the same browser."""
    tab = Client()
    tab.cookies = client.cookies.copy()
    return tab


def key_of(address: str) -> str:
    match = resolve(urlsplit(address).path)
    return " ".join(filter(None, [match.view_name, str(match.kwargs.get("address", ""))]))


def writing_routes(*clients: Client) -> set[str]:
    """Every address by which one of these does something; of the doors of steps, every step."""
    doors = {f"{kind.page}_step": kind for kind in cases.KINDS.values()}
    found = set()
    samples = {**SAMPLES, "ags": packs.bodies(settings.PROGRAMME)[0].ags}
    for name, names in routes(get_resolver().url_patterns, ""):
        if kind := doors.get(name):
            some = kind.model._default_manager.first()
            states = resting(kind, some)
            steps = (step for step in kind.lifecycle(some).steps if step.sources & states)
            found |= {f"{name} {step.address}" for step in steps}
            continue
        address = reverse(name, kwargs={each: samples[each] for each in names})
        if name in NO_ACT.keys() | NOT_IN_A_DEMO:
            continue
        if any(client.post(address).status_code not in (403, 405) for client in clients):
            found.add(name)
    return found


def routes(patterns: list[Any], space: str) -> list[tuple[str, list[str]]]:
    found = []
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            found += routes(pattern.url_patterns, f"{pattern.app_name or ''}:".lstrip(":"))
        elif isinstance(pattern, URLPattern):
            found.append((f"{space}{pattern.name}", list(pattern.pattern.converters)))
    return found
