"""What a side says among themselves about a draft is nowhere for anybody else, nor that it is."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

import pypdfium2
import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import worlds
from tests.journeys import negotiated, pages
from tests.journeys.crawl import NOBODY, Crawl, Kind, Visit
from tests.journeys.programmes import Example
from tests.stage import everybody, signed_in
from zielwerk.auditing.queries import Proof
from zielwerk.config import world
from zielwerk.core import audit
from zielwerk.drafting.changes import AMOUNT
from zielwerk.drafting.views import nodes
from zielwerk.identity.models import User
from zielwerk.messaging import actions as messaging
from zielwerk.messaging.actions import telling
from zielwerk.negotiation import queries
from zielwerk.negotiation.models import DraftDocument, InternalComment
from zielwerk.ui.lists import LISTS

pytestmark = pytest.mark.django_db
SQLITE_ALONE = True
WALKED_ON = {"sqlite": {"aqb_hessen"}}
CLOCK = re.compile(r"\b\d{1,2}:\d{2}\b")
SECRET = {
    "ministry": "Schmerzgrenze Quittenbrot",
    "authority": "Schmerzgrenze Quittenbrot",
    "body": "Rückfallposition Hagebutte",
}
OF_DRAFTS = "arbeit/entwuerfe/<int:pk>"
# The log says who did what and when, and of a comment never what; the other list, who looked.
BESIDE = ("/arbeit/protokoll", "/arbeit/konto/einsichten")


@dataclass
class Table:
    """A draft, the people of its two sides, and where they said something among themselves."""

    draft: DraftDocument
    sides: dict[str, list[User]]
    places: list[str]

    @property
    def page(self) -> str:
        return reverse("negotiation:draft", args=[self.draft.pk])

    def place(self, node: str, door: str = "place") -> str:
        where = reverse(f"negotiation:{door}", args=[self.draft.pk])
        return f"{where}?{urlencode({'stelle': node})}"

    def knows(self, person: User | None) -> str:
        """What a person's side said, empty for whoever is of neither."""
        theirs = (side for side, people in self.sides.items() if person in people)
        return SECRET.get(next(theirs, ""), "")

    def say(self) -> None:
        """Each side says something among themselves at every place."""
        for side, (person, *_) in self.sides.items():
            for node in self.places:
                door = self.place(node, "comment_internally")
                pages.press(signed_in(person), door, urlsplit(door).path, text=SECRET[side])

    def files(self) -> Iterator[str]:
        """The files of its versions."""
        for version in queries.versions(self.draft):
            for ending in ("pdf", "txt", "json"):
                args = [self.draft.pk, version.number, ending]
                yield reverse("negotiation:version_file", args=args)


@pytest.fixture
def table(example: Example) -> Table:
    cast = worlds.put(world.build)
    draft = DraftDocument.objects.get(ags=cast.body.ags)
    first, second = cast.pair(draft.drafting, draft.ags)
    document = queries.newest(draft)
    paragraph = next(node.id for node in nodes(document) if node.kind == "paragraph")
    measures = [node.id for node in nodes(document) if node.id.startswith("measures/")]
    negotiated.send(cast, draft.year, negotiated.others(draft.year)[0])
    colleagues = [person for person in everybody() if person.ags == draft.ags != ""]
    body = [cast.body, *(person for person in colleagues if person != cast.body)]
    return Table(
        draft,
        {draft.drafting: [first, second], draft.answering: body},
        [AMOUNT, paragraph, *measures[:1]],
    )


@dataclass
class Search(Crawl):
    """A crawl that opens everything about the places of a draft, and reads every file."""

    places: list[str] = field(default_factory=list)
    wanted: dict[str, tuple[str, ...]] = field(default_factory=dict)  # by person what she lacks
    found: set[tuple[str, str]] = field(default_factory=set)

    def _kind(self, who: str, address: str) -> Kind | None:
        kind = super()._kind(who, address)
        asked = dict(parse_qsl(urlsplit(address).query))
        is_there = kind and kind[0].startswith(OF_DRAFTS)
        if kind and is_there and asked.get("stelle", self.places[0]) in self.places:
            return (kind[0], address)
        return kind

    def _get(self, who: str, client: Client, address: str, language: str = "de") -> Visit:
        visit = super()._get(who, client, address, language)
        text = visit.html if visit.is_page else ""
        if not text and visit.status == 200:
            answer = client.get(address)
            text = text_of(answer.getvalue(), visit.content_type)
        if any(secret in text for secret in self.wanted[who]):
            self.found.add((who, address))
        return visit


def text_of(content: bytes, content_type: str) -> str:
    """What a file says: of a PDF its text, of a ZIP or a workbook that of its parts."""
    if content_type == "application/pdf":
        with pypdfium2.PdfDocument(BytesIO(content)) as paper:
            said = " ".join(page.get_textpage().get_text_range() for page in paper)
            return " ".join(said.split())
    if content.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return " ".join(
                archive.read(name).decode("utf-8", "replace") for name in archive.namelist()
            )
    return content.decode("utf-8", "replace")


def outsiders(table: Table) -> list[User]:
    """One person of each house, and everybody of both sides."""
    of_sides = [person.pk for people in table.sides.values() for person in people]
    houses = {}
    for person in everybody():
        key = (person.side, person.organisation_code, person.ags, person.party)
        houses.setdefault(person.pk if person.pk in of_sides else key, person)
    return list(houses.values())


def test_its_text_is_on_no_page_and_in_no_file_of_anybody_else(table: Table) -> None:
    table.say()
    telling.tell_all(timezone.now())
    people = outsiders(table)
    search = Search(is_exhaustive=False, places=table.places)
    secrets = tuple(dict.fromkeys(SECRET.values()))
    for person in people:
        known = table.knows(person)
        search.wanted[person.email] = tuple(each for each in secrets if each != known)
    search.wanted[NOBODY] = secrets
    search.run(people)
    clients = {person.email: signed_in(person) for person in people}
    asked = [
        *table.files(),
        *map(table.place, table.places),
        reverse("negotiation:compare", args=[table.draft.pk]),
    ]
    asked += [f"{reverse(route)}?export={kind}" for route in LISTS for kind in ("csv", "xlsx")]
    asked += [
        f"{reverse(route)}?suche={quote(each.split()[-1])}" for route in LISTS for each in secrets
    ]
    for who, client in clients.items():
        client.raise_request_exception = False
        for address in asked:
            search._get(who, client, address)
    for person in people:
        path = messaging.renew_address(
            person, messaging.NewAddress(person, "de"), at=timezone.now()
        )
        search._get(person.email, Client(), path)
    assert len(search.visits) > 500
    assert search.found == set()


def test_its_own_side_reads_it_at_its_place(table: Table) -> None:
    table.say()
    for people in table.sides.values():
        for person in people:
            for node in table.places:
                html = signed_in(person).get(table.place(node)).content.decode()
                assert table.knows(person) in html, (person, node)


def seen(table: Table) -> dict[tuple[str, str], str]:
    """What everybody of neither side, and each side without what it said itself, reads."""
    lists = [reverse(route) for route in LISTS if not reverse(route).startswith(BESIDE)]
    about = [table.page, reverse("negotiation:proposals", args=[table.draft.pk])]
    about += [reverse("negotiation:check", args=[table.draft.pk])]
    addresses = ["/arbeit/", *lists, *about, *map(table.place, table.places)]
    found = {}
    for person in outsiders(table):
        client = signed_in(person)
        for address in addresses:
            text = pages.visible(client.get(address).content.decode())
            found[person.email, address] = CLOCK.sub("", text)  # until when a form can be sent
    return found


def test_nobody_else_sees_that_or_how_often_something_was_said(table: Table) -> None:
    """Beside whoever reads the log: it names the act, as it does every one."""
    before = seen(table)
    full = dict(table.sides)
    for side, people in full.items():
        table.sides = {side: people}
        table.say()
        mine = {person.email for person in people}
        table.sides = full
        after = seen(table)
        others = {key for key in before if key[0] not in mine}
        assert {key for key in others if after[key] != before[key]} == set()
        before = after


def test_its_text_is_in_no_other_table_and_in_no_proof(table: Table) -> None:
    table.say()
    telling.tell_all(timezone.now())
    for model in apps.get_models():
        if model is InternalComment:
            continue
        columns = [
            one.name
            for one in model._meta.concrete_fields
            if isinstance(one, models.CharField | models.TextField | models.JSONField)
        ]
        for row in model._default_manager.values_list(*columns) if columns else ():
            assert not any(secret in str(row) for secret in SECRET.values()), model
    proof = Proof(audit.seal(), table.draft.file_number)
    lines = [*proof.entries(), *proof.seals(), *proof.records()]
    assert not any(secret in str(line) for line in lines for secret in SECRET.values())


def test_a_side_is_given_its_own_alone(table: Table) -> None:
    table.say()
    said = InternalComment.objects.filter(text__in=SECRET.values())
    assert said.count() == 2 * len(table.places)
    for person in everybody():
        rows = queries.internal_comments(person, table.draft).filter(pk__in=said)
        given = {row.text for row in rows}
        is_of_side = person.side in queries.sides_in(table.draft)
        assert given == ({SECRET[person.side]} if is_of_side else set())
