"""Every form of notices, acts and pass-ons is done once: by double click, by Back, in two tabs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.journeys.grants.play import traces
from tests.journeys.pages import Form, forms, visible
from tests.rooms.conftest import Together
from tests.rooms.granting import made
from tests.rooms.passing import made as passed
from tests.stage import signed_in
from zielwerk.config import world
from zielwerk.config.cast import Cast
from zielwerk.granting import actions
from zielwerk.granting.actions import NewAct, WriteAct
from zielwerk.granting.models import GrantAct, GrantNotice
from zielwerk.granting.queries import ActDraft
from zielwerk.identity.models import User
from zielwerk.passing import actions as passing
from zielwerk.rulebook.grant.paths import Kind


@dataclass(frozen=True)
class Door:
    """A form on a page: who sends it, where it stands, where it goes, what is typed into it.

    ``chosen`` is what the page asks for first. Where ``is_more`` a second one is an act of its own.
    """

    person: User
    page: str
    action: str
    typed: dict[str, Any]
    chosen: dict[str, Any] | None = None
    is_more: bool = False

    def opened(self, client: Client) -> dict[str, Any]:
        """What the form sends, as it stands on the page that is opened now."""
        answer = (
            client.get(self.page) if self.chosen is None else client.post(self.page, self.chosen)
        )
        html = answer.content.decode()
        found: list[Form] = [
            form
            for form in forms(html, self.page)
            if self.action in {urlsplit(address).path for address in form.posts}
        ]
        assert found, visible(html)[:1500]
        return {**found[-1].fields, **(self.chosen or {}), **self.typed}


def asked(person: User, name: str, pk: int, step: str, **typed: str) -> Door:
    """The page that asks before a step is taken."""
    page = reverse(name, args=[pk, step])
    return Door(person, page, page, typed)


def put_forward(cast: Cast) -> GrantNotice:
    notice = made.drafted(cast)
    return actions.put_forward(made.clerk(cast, notice), notice, at=made.at(1))


def begun(cast: Cast, kind: Kind = Kind.SUPPLEMENT) -> GrantAct:
    notice = made.issued(cast)
    return actions.change(made.clerk(cast, notice), NewAct(notice, kind), at=made.at(5))


def drafting(cast: Cast) -> Door:
    notice = made.drafted(cast)
    clerk = made.clerk(cast, notice)
    actions.discard(clerk, notice, at=made.at(1))
    page = reverse("funding:application", args=[notice.application_id])
    return Door(clerk, page, reverse("granting:draft", args=[notice.application_id]), {})


def writing(cast: Cast) -> Door:
    notice = made.drafted(cast)
    page = reverse("granting:write", args=[notice.pk])
    return Door(made.clerk(cast, notice), page, page, {"begruendung": "Wie besprochen."})


def putting_forward(cast: Cast) -> Door:
    notice = made.drafted(cast)
    return asked(made.clerk(cast, notice), "granting:notice_step", notice.pk, "vorlegen")


def issuing(cast: Cast) -> Door:
    notice = put_forward(cast)
    return asked(made.head(cast, notice), "granting:notice_step", notice.pk, "erlassen")


def issuing_together(cast: Cast) -> Door:
    notice = put_forward(cast)
    page = reverse("granting:together")
    chosen = {"bescheid": [str(notice.pk)]}
    return Door(made.head(cast, notice), page, page, {"weg": "post"}, chosen)


def entering(cast: Cast) -> Door:
    notice = made.issued(cast)
    page = reverse("granting:enter", args=[notice.pk, "sent"])
    return Door(made.clerk(cast, notice), page, page, {"weg": "post"})


def beginning_an_act(cast: Cast) -> Door:
    notice = made.issued(cast)
    page = reverse("granting:begin_act", args=[notice.pk])
    return Door(made.clerk(cast, notice), page, page, {"art": Kind.AMENDMENT.value})


def writing_an_act(cast: Cast) -> Door:
    act = begun(cast)
    page = reverse("granting:write_act", args=[act.pk])
    return Door(made.clerk(cast, act), page, page, {"begruendung": "Wie besprochen."})


def issuing_an_act(cast: Cast) -> Door:
    act = begun(cast, Kind.AMENDMENT)
    clerk = made.clerk(cast, act)
    draft = WriteAct(act, ActDraft(reason="Wie besprochen."))
    act = actions.write_act(clerk, draft, at=made.at(5))
    act = actions.put_forward(clerk, act, at=made.at(6))
    return asked(made.head(cast, act), "granting:act_step", act.pk, "erlassen")


def releasing(cast: Cast) -> Door:
    notice = made.issued(cast)
    page = reverse("granting:release", args=[notice.pk])
    amount = f"betrag_1_{notice.year}"
    return Door(cast.body, page, page, {amount: "30.000,00", "begruendung": "Weniger Bedarf."})


def beginning_to_pass_on(cast: Cast) -> Door:
    notice = made.issued(cast)
    page = reverse("granting:notice", args=[notice.pk])
    return Door(cast.body, page, reverse("passing:draft", args=[notice.pk, "1"]), {}, is_more=True)


def writing_a_pass_on(cast: Cast) -> Door:
    case = passed.drafted(cast)
    page = reverse("passing:write", args=[case.pk])
    return Door(cast.body, page, page, {"zweck": "Werkstatt"})


def passing_on(cast: Cast) -> Door:
    case = passing.put_forward(cast.body, passed.drafted(cast), at=passed.at(1))
    return asked(passed.head(cast), "passing:pass_on_step", case.pk, "in-kraft-setzen")


def changing_a_pass_on(cast: Cast) -> Door:
    case = passed.concluded(cast)
    page = reverse("passing:pass_on", args=[case.pk])
    return Door(cast.body, page, reverse("passing:change", args=[case.pk]), {})


def ending_a_pass_on(cast: Cast) -> Door:
    case = passed.concluded(cast)
    return asked(
        passed.head(cast), "passing:pass_on_step", case.pk, "beenden", note="Der Kurs entfällt."
    )


DOORS: tuple[Callable[[Cast], Door], ...] = (
    drafting,
    writing,
    putting_forward,
    issuing,
    issuing_together,
    entering,
    beginning_an_act,
    writing_an_act,
    issuing_an_act,
    releasing,
    beginning_to_pass_on,
    writing_a_pass_on,
    passing_on,
    changing_a_pass_on,
    ending_a_pass_on,
)


@pytest.mark.django_db
@pytest.mark.parametrize("door", DOORS)
def test_what_was_sent_is_done_once(hesse: Cast, door: Callable[[Cast], Door]) -> None:
    """The same form again leads where it led; the form of another tab does nothing and says so."""
    it = door(hesse)
    client = signed_in(it.person)
    one_tab, another = it.opened(client), it.opened(client)
    first = client.post(it.action, one_tab)
    assert first.status_code == 302, visible(first.content.decode())[:1500]
    done = traces()
    again = client.post(it.action, one_tab)  # a second click, or Back and once more
    assert (again.status_code, again["Location"]) == (302, first["Location"])
    assert traces() == done
    other = client.post(it.action, another, follow=True)
    if not it.is_more:
        assert traces() == done
        assert other.status_code in (409, 422)


@pytest.mark.django_db(transaction=True)
def test_a_double_click_at_the_same_moment_issues_once(together: Together, settings: Any) -> None:
    settings.PROGRAMME = "aqb_hessen"

    def opened() -> tuple[Door, list[Client], dict[str, Any]]:
        door = issuing(world.enrol_cast())
        clients = [signed_in(door.person) for _ in range(4)]
        return door, clients, door.opened(clients[0])

    [(door, clients, sent)] = together([opened])

    def click(client: Client) -> Callable[[], HttpResponse]:
        return lambda: client.post(door.action, sent)

    answers = together([click(client) for client in clients])
    assert {answer.status_code for answer in answers} == {302}
    assert len({answer["Location"] for answer in answers}) == 1

    def left() -> tuple[str, int]:
        [notice] = GrantNotice.objects.all()
        return notice.state, notice.grantedamounts.count()

    assert together([left]) == [("issued", 1)]
