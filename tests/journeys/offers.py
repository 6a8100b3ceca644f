"""Presses every button that a page offers, and undoes it: what is offered is not refused."""

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.test import Client

from tests.journeys.crawl import Crawl, Visit, state_at
from tests.journeys.pages import Form, forms, route, visible
from tests.stage import signed_in
from zielwerk.identity.models import User

BUTTON = re.compile(r'<a class="kern-btn[^>]*\shref="([^"]*)"')
TYPED = {"betrag": "1,00", "amount": "1,00", "summe": "1.000,00", "last_day": "31.12.2099"}
# Whether these are refused depends on what is typed or chosen: an amount against the money there
# is, an entry against what was booked upon it since.
BY_AMOUNT = {"adjustments:waive", "adjustments:reallocate", "adjustments:cover", "budget:enter"}
BY_AMOUNT |= {"budget:correct"}
BY_AMOUNT |= {"negotiation:redraft"}  # by whether something was planned or decided since
SESSION = {"identity:sign_out", "ui:language"}


@dataclass
class Offers:
    """What was pressed by whom, and what of it was refused."""

    pressed: set[tuple[str, str]] = field(default_factory=set)  # role, route
    faults: list[str] = field(default_factory=list)

    def run(self, crawl: Crawl, people: list[User]) -> None:
        """Every form of every page that a person opened, once for each role, page and state."""
        clients = {person.email: (person.side, signed_in(person)) for person in people}
        blocked = {
            (one.who, urlsplit(one.address).path)
            for one in crawl.visits
            if "zw-blocked" in one.html and 'class="zw-form"' not in one.html and is_asking(one)
        }
        done: set[tuple[str, ...]] = set()
        for visit in crawl.visits:
            if visit.status != 200 or not visit.is_page or visit.who not in clients:
                continue
            role, client = clients[visit.who]
            for href in BUTTON.findall(visit.html):
                if (visit.who, urlsplit(unescape(href)).path) in blocked:
                    self.faults.append(f"{visit} offers {href}, which is blocked there")
            for form in forms(visit.html, visit.address):
                for address in form.posts:
                    match = route(address)
                    key = (role, state_at(match), str(route(visit.address).route), str(match.route))
                    key += (str(match.kwargs.get("address", "")),)
                    if match.view_name in SESSION or key in done:
                        continue
                    done.add(key)
                    self._press(visit, role, client, form, address)

    def _press(self, visit: Visit, role: str, client: Client, form: Form, address: str) -> None:
        name = route(address).view_name
        with transaction.atomic():
            answer = client.post(address, filled(form))
            transaction.set_rollback(True)
        self.pressed.add((role, name))
        is_typed = answer.status_code == 409 and name in BY_AMOUNT
        if answer.status_code not in (200, 302, 422) and not is_typed:
            said = visible(answer.content.decode())[-700:]
            self.faults.append(f"{visit} {address}: {answer.status_code} {said}")


def is_asking(visit: Visit) -> bool:
    """Whether the page is one that asks before an act, and no page of a case."""
    return not re.search(r'id="schritte"', visit.html)


def filled(form: Form) -> dict[str, Any]:
    """A form as somebody sends it who fills in what is empty."""
    fields = {name: value or TYPED.get(name, "Prüfung") for name, value in form.fields.items()}
    for name, choices in form.choices.items():
        offered = [value for value in choices if value]
        if not form.fields.get(name) and offered:
            fields[name] = offered[0]
    return {**fields, **form.boxes} if "is_mistake" not in form.boxes else fields
