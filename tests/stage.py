"""What tests ask of the demo's people."""

from datetime import UTC, datetime

from django.test import Client

from zielwerk.identity.models import User

AT = datetime(2024, 9, 3, 9, 0, tzinfo=UTC)


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client
