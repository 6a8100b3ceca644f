"""How tests come in as real people."""

from datetime import UTC, datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import timezone

from zielwerk.identity import actions
from zielwerk.identity.actions import Enrolment, Operator
from zielwerk.identity.models import User

OPERATOR = Operator("cli:test")
AT = datetime(2026, 5, 4, 9, tzinfo=UTC)
PASSWORD = "vier Pferde am Deich"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def enrolled(address: str, name: str, role: str, organisation: str = "Ministerium") -> User:
    """A person with a password."""
    person = actions.enrol(OPERATOR, Enrolment(address, name, "", role, organisation), at=AT)
    own = actions.OwnPassword(person, make_password(PASSWORD))
    return actions.change_password(person, own, at=AT)


def send(client: Client, address: str = "anna@example.org", word: str = PASSWORD) -> Any:
    """Send the sign-in form."""
    return client.post("/anmelden", {"adresse": address, "passwort": word, "next": "/arbeit/"})


def code_at(moment: datetime, secret: str = SECRET) -> str:
    """What an app shows at a moment."""
    return format_hotp_value(hotp_value(secret, int(moment.timestamp()) // 30))


def with_app(person: User, at: datetime | None = None) -> None:
    """She set up an app, some time ago."""
    at = at or timezone.now() - timedelta(days=1)
    actions.add_code_app(person, actions.CodeApp(person, SECRET, code_at(at)), at=at)


def recovery_codes(person: User) -> list[str]:
    kept = Authenticator.objects.get(user=person, type="recovery_codes")
    return RecoveryCodes(kept).get_unused_codes()


def secret_of(person: User) -> str:
    return decrypt(Authenticator.objects.get(user=person, type="totp").data["secret"])


def signed_in_with_code(person: User) -> Client:
    """Signed in by password and code."""
    client = Client()
    send(client, person.email)
    answer = client.post("/anmelden/bestaetigen", {"code": code_at(timezone.now())})
    assert answer.status_code == 302, answer.content.decode()
    return client
