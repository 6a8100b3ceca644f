"""Links and buttons: heard without what stands around them, each says where it leads; none in vain.

Whoever works with a screen reader has them read as a list, or goes from one to the next.
"""

from collections import defaultdict
from html.parser import HTMLParser

import pytest
from django.utils import timezone

from tests.stage import signed_in
from zielwerk.agreements.models import Agreement
from zielwerk.config import world, world_money
from zielwerk.config.cast import OPERATOR
from zielwerk.identity import actions as identity
from zielwerk.identity.models import Post, User
from zielwerk.messaging.actions import telling


class Places(HTMLParser):
    """The links and the buttons of the main part of a page: their names, and where they lead."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.led_to: dict[str, set[str]] = defaultdict(set)
        self.form, self.open = "", ""
        self.fields: list[str] = []
        self.said: list[str] = []
        _, _, main = page.partition("<main")
        self.feed("<main" + main.partition("</main>")[0])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "form":
            self.form, self.fields = values.get("action") or "", []
        if tag == "input" and values.get("name") not in ("csrfmiddlewaretoken", "einmal"):
            self.fields.append(values.get("value") or "")
        if tag == "a" and values.get("href"):
            self.open, self.said = values["href"] or "", [values.get("aria-label") or ""]
        if tag == "button" and values.get("type") == "submit":
            self.open = f"{self.form} {values.get('value') or self.fields}"
            self.said = [values.get("aria-label") or ""]

    def handle_endtag(self, tag: str) -> None:
        if tag in ("a", "button") and self.open:
            self.led_to[" ".join(" ".join(self.said).split())].add(self.open)
            self.open = ""

    def handle_data(self, data: str) -> None:
        if self.open:
            self.said.append(data)


def page_of(person: User, address: str) -> str:
    return signed_in(person).get(address).content.decode()


@pytest.fixture
def busy(cast: world.Cast, main_kinzig: Agreement) -> world.Cast:
    """Several of each: posts, deputies, sessions, messages, programme years."""
    today = timezone.localdate()
    second = identity.Enrolment("b@example.org", "Bea Neu", "", "ministry_steering", "HMSI")
    third = identity.Enrolment("c@example.org", "Cora Neu", "", "ministry_steering", "HMSI")
    for new in (second, third):
        deputy = identity.enrol(OPERATOR, new, at=timezone.now())
        post = Post.objects.get(person=cast.head, role="ministry_steering")
        named = identity.NewDeputy(post, deputy, today, today)
        identity.deputise(OPERATOR, named, at=timezone.now())
    for year in (2024, 2025):
        world_money.authorise(cast.officer, "aqb_hessen", year)
    telling.tell(timezone.now())
    for _ in range(2):
        signed_in(cast.head)
    return cast


PAGES = ("/arbeit/", "/arbeit/konto", "/arbeit/nachrichten", "/arbeit/zugang", "/arbeit/verteilung")


@pytest.mark.parametrize("address", PAGES)
def test_no_two_places_have_one_name(busy: world.Cast, address: str) -> None:
    for person in (busy.head, busy.officer, busy.body):
        led_to = Places(page_of(person, address)).led_to
        assert led_to or person != busy.head
        assert "" not in led_to
        assert {name: there for name, there in led_to.items() if len(there) > 1} == {}


def test_a_person_is_shown_with_places_of_their_own_names(busy: world.Cast) -> None:
    led_to = Places(page_of(busy.head, f"/arbeit/personen/{busy.officer.pk}")).led_to
    assert {name: there for name, there in led_to.items() if len(there) > 1} == {}


@pytest.mark.parametrize("address", ["/arbeit/", "/arbeit/verteilung", "/arbeit/haushalt"])
def test_whoever_only_looks_is_led_nowhere_in_vain(busy: world.Cast, address: str) -> None:
    client = signed_in(busy.auditor)
    for there in {
        each
        for of_name in Places(client.get(address).content.decode()).led_to.values()
        for each in of_name
    }:
        if there.startswith("/") and " " not in there:
            assert client.get(there, follow=True).status_code == 200, there
