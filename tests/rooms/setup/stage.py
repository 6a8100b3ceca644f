"""How tests set an installation up."""

from django.test import Client
from django.utils import timezone

from tests.rooms.identity.people import AT
from zielwerk.identity.actions import Operator
from zielwerk.identity.models import User
from zielwerk.setup import actions
from zielwerk.setup.actions import Appointment
from zielwerk.setup.panels import SLUGS

ADDRESSES = [f"/einrichten/{slug}" for slug in SLUGS.values()]
OPERATOR = Operator("cli:setup")


def person() -> dict[str, str]:
    return {"name": "Anna Weiß", "email": "anna@example.org", "funktion": "Leitung"}


def let_in() -> Client:
    """A browser that the code let in."""
    client = Client()
    answer = client.post("/einrichten", {"code": actions.new_code(timezone.now())})
    assert answer["Location"] == ADDRESSES[0]
    return client


def appoint(email: str = "anna@example.org") -> User:
    new = Appointment("Anna Weiß", email, "Leitung", "Ministerium")
    return actions.appoint(OPERATOR, new, at=AT)[0]
