"""A real installation in which nobody has done anything yet: every page, by everybody.

None fails, and where there is nothing it says who does what first.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from tests.house.test_house import routes
from tests.journeys.programmes import PROGRAMMES, Example
from tests.rooms.identity.people import AT, enrolled
from tests.rooms.setup.stage import appoint
from tests.stage import html_of, signed_in
from zielwerk.core import permissions, roles
from zielwerk.identity import queries as identity
from zielwerk.identity.models import House, User
from zielwerk.packs import loading as packs
from zielwerk.programme import actions as programmes
from zielwerk.programme.actions import NewParty
from zielwerk.ui.joined import JOINED
from zielwerk.ui.lists import LISTS

WALKED_ON = {
    "sqlite": {"aqb_hessen", "lotsenfonds_nordmark"},
    "postgresql": {"kreisbudget_suedland"},
}
EMPTY = re.compile(
    r'<div class="zw-empty zw-flow"><p class="kern-title">(.*?)</p>(.*?)</div>', re.S
)
TAGS = re.compile(r"<[^>]+>")
ONE_OF_EACH_SIDE = (
    "ministry_administrator",
    "ministry_steering",
    "authority_case_officer",
    "body_coordinator",
    "provider_contact",
)
LEAST = 30  # characters of a sentence that says what to do


@pytest.fixture(params=PROGRAMMES, ids=str)
def example(request: pytest.FixtureRequest) -> Example:
    found: Example = request.param
    return found


@pytest.fixture
def people(db: None, settings: Any, example: Example) -> dict[str, User]:
    """One person in each role of an installation that was just set up."""
    settings.DEMO, settings.PROGRAMME = False, example.programme
    found = {"ministry_administrator": appoint()}
    found["ministry_editor"] = enrolled("editor", "ministry_editor", House(roles.MINISTRY))
    entry = NewParty(example.programme, "Bildungswerk", "provider", ())
    party = programmes.enter_party(found["ministry_editor"], entry, at=AT).pk
    houses = {
        roles.MINISTRY: House(roles.MINISTRY),
        roles.AUTHORITY: House(roles.AUTHORITY, next(iter(identity.authorities()))),
        roles.BODY: House(roles.BODY, ags=packs.bodies(example.programme)[0].ags),
        roles.PROVIDER: House(roles.PROVIDER, party=party),
        roles.AUDITOR: House(roles.AUDITOR),
    }
    for role in roles.ROLES:
        if role not in found:
            name = role.replace("_", "-")
            found[role] = enrolled(name, role, houses[roles.side_of(role)])
    return found


def pages() -> Iterator[str]:
    """The addresses of all pages that are about nothing single, and those of the running year."""
    year = str(timezone.localdate().year)
    for path, _view in sorted(routes(get_resolver().url_patterns)):
        address = path.replace("<year:year>", year)
        if "<" not in address:
            yield f"/{address}"


def said(block: str) -> str:
    return " ".join(TAGS.sub(" ", block).split())


def faults(client: Client, who: str) -> Iterator[str]:
    """Pages that fail, and boxes in place of rows that do not say what to do."""
    for address in pages():
        answer = client.get(address)
        if answer.status_code >= 500:
            yield f"{who} {address}: {answer.status_code}"
        if answer.status_code != 200 or "html" not in answer["Content-Type"]:
            answer.getvalue()  # of a file, to its end
            continue
        for title, block in EMPTY.findall(html_of(answer.content)):
            sentence = said(block)
            if len(sentence) < LEAST or "dieser Auswahl" in sentence:
                yield f"{who} {address}: {title}: {sentence}"


def test_no_page_fails_and_none_is_silent(people: dict[str, User], example: Example) -> None:
    """Every role in the first programme, in the others one that works on each side."""
    looking = roles.ROLES if example is PROGRAMMES[0] else ONE_OF_EACH_SIDE
    found = [fault for role in looking for fault in faults(signed_in(people[role]), role)]
    assert "\n".join(found) == ""


def test_no_page_fails_before_anybody_is_there(db: None, settings: Any, example: Example) -> None:
    settings.DEMO, settings.PROGRAMME = False, example.programme
    assert list(faults(Client(), "nobody")) == []


def test_every_list_says_who_begins_it(people: dict[str, User]) -> None:
    assert set(LISTS) == set(JOINED.beginnings)
    administrator, editor = people["ministry_administrator"], people["ministry_editor"]
    for route, listing in LISTS.items():
        user = editor if not permissions.role_refusal(editor, listing.look) else administrator
        page = html_of(signed_in(user).get(reverse(route)).content)
        if "zw-empty" in page:
            assert JOINED.beginnings[route] in page, route


def test_a_search_that_finds_nothing_says_that(people: dict[str, User]) -> None:
    page = signed_in(people["ministry_editor"]).get("/arbeit/beteiligte?suche=Nirgendwer")
    assert "Zu dieser Auswahl ist niemand eingetragen" in html_of(page.content)


def test_every_role_finds_on_its_desk_what_it_may_look_at(people: dict[str, User]) -> None:
    for role, user in people.items():
        desk = html_of(signed_in(user).get("/arbeit/").content)
        assert "Was Sie hier ansehen können" in desk, role
        sees = not permissions.role_refusal(user, "setup.look")
        assert ("/arbeit/einrichtung" in desk) == sees, role
