"""What tests ask of the demo's people."""

from datetime import UTC, datetime

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from zielwerk.core import cases
from zielwerk.core.cases import Case
from zielwerk.identity.models import User

AT = datetime(2024, 9, 3, 9, 0, tzinfo=UTC)


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def press(client: Client, case: Case, address: str, **more: str) -> HttpResponse:
    """Press the button of a step on the case's page, as it stands now."""
    case.refresh_from_db()
    page = reverse(cases.kind_of(case).page, args=[case.pk])
    answer = client.post(f"{page}/{address}", {"revision": case.revision, **more})
    assert isinstance(answer, HttpResponse)
    return answer
