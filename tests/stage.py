"""What tests ask of the demo's people, and how they read pages."""

import re
from datetime import UTC, datetime

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from zielwerk.agreements.models import Agreement
from zielwerk.core import cases
from zielwerk.core.cases import Case
from zielwerk.core.permissions import Actor
from zielwerk.identity.models import User
from zielwerk.identity.queries import let_in
from zielwerk.publication import actions as publication
from zielwerk.publication import queries as editions
from zielwerk.publication.models import Edition

AT = datetime(2024, 9, 3, 9, 0, tzinfo=UTC)


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    session = client.session
    session["strong"] = True  # by more than a password
    session.save()
    return client


def everybody() -> list[User]:
    """All persons there are, as they act today."""
    return [let_in(person, localdate()) for person in User.objects.order_by("pk")]


def moved(person: User, ags: str) -> User:
    """The same person, who acts for another body now."""
    person.posts.update(ags=ags)
    return let_in(User.objects.get(pk=person.pk), localdate())


def press(client: Client, case: Case, address: str, **more: str) -> HttpResponse:
    """Press the button of a step on the case's page, as it stands now."""
    case.refresh_from_db()
    page = reverse(cases.kind_of(case).page, args=[case.pk])
    answer = client.post(f"{page}/{address}", {"revision": case.revision, **more})
    assert isinstance(answer, HttpResponse)
    return answer


def publish(person: Actor, second: Actor, agreement: Agreement, at: datetime = AT) -> Edition:
    """One puts an agreement forward, another makes it public."""
    edition = publication.begin(person, agreement, at=at)
    return publication.publish(second, edition, publication.typeset(edition, at), at=at)


def release(person: User) -> None:
    """All that was put forward is made public by this person, on its page."""
    for edition in Edition.objects.filter(state="propose"):
        assert press(signed_in(person), edition, "veroeffentlichen").status_code == 302


def take_down(person: User, agreement: Agreement, at: datetime = AT) -> Edition:
    """One takes the published edition of an agreement down, until another decides."""
    edition = editions.edition_of(agreement)
    assert edition
    return publication.withdraw(person, edition, note="Ein Betrag stimmt nicht", at=at)


def take_back(person: User, second: User, agreement: Agreement, at: datetime = AT) -> Edition:
    """Withdraw the published edition of an agreement, which another confirms."""
    return publication.confirm_withdrawal(second, take_down(person, agreement, at), at=at)


def html_of(page: bytes | str) -> str:
    """A page's source with white space as a browser reads it: how a template is laid out is no
    matter of tests."""
    text = page.decode() if isinstance(page, bytes) else page
    return re.sub(r"[ \n]+", " ", text).replace(" >", ">")
