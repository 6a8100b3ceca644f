"""Once only: a form sent again leads to what it led to the first time.

Every form that changes something carries a token, drawn by the tag around it: a random number,
signed for one person and one address. The number is kept in the transaction of the act
(:class:`~zielwerk.core.models.SentForm` is unique by it), with the address and the sentence
that the act led to. So a second press, two tabs, two requests at the same moment or a retry
after a lost answer find the first result; which of two comes first, the database decides. What
was refused keeps nothing: the form may be corrected and sent again with the same token. The
digest of what was typed is kept as well: whoever goes back and corrects what was done is told so.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing
from django.db import IntegrityError
from django.http import HttpRequest

from zielwerk.core import races
from zielwerk.core.models import SentForm
from zielwerk.core.permissions import Actor

FIELD = "einmal"
# Longer than any session. A form that stood open longer is refused, for by then nobody knows
# any more whether it was sent.
LIFE = timedelta(days=7)


class Foreign(Exception):  # noqa: N818 - nobody's fault: a form of another person or address
    """The token was not drawn for this person and address, or too long ago."""


class Repeated(Exception):  # noqa: N818 - not an error: the act was done
    """The form was sent before, and its act is done."""


@dataclass(frozen=True)
class Sending:
    """A form as it was sent: its number, who sent it, where to; ``token`` is the whole field.

    ``contents`` is the digest of what was typed.
    """

    number: str
    actor: str
    address: str
    token: str
    contents: str


def draw(actor: Actor, address: str) -> str:
    """A new token for a form that this person may send to this address."""
    return _signer(actor.audit_name, address).sign(secrets.token_urlsafe(16))


def read(actor: Actor, address: str, token: str, contents: str) -> Sending:
    """The form that a token belongs to; raises Foreign where it is not this person's."""
    name = actor.audit_name
    try:
        number = _signer(name, address).unsign(token, max_age=LIFE)
    except signing.BadSignature as error:
        raise Foreign from error
    return Sending(number, name, address, token, contents)


def _signer(actor: str, address: str) -> signing.TimestampSigner:
    return signing.TimestampSigner(salt=f"zielwerk.once {actor} {address}")


def of(request: HttpRequest) -> Sending | None:
    """The form that the door found in this request, None where it has no token."""
    sending: Sending | None = getattr(request, "sending", None)
    return sending


def first(sending: Sending) -> SentForm | None:
    """What the form led to when it was sent before, None where it was not."""
    return SentForm.objects.filter(number=sending.number).first()


def take(sending: Sending, at: datetime) -> SentForm:
    """Keep, in the transaction of the act, that the form was sent; raises Repeated if it was.

    A second one of the same moment waits here until the first is committed or given up.
    """
    try:
        return SentForm.objects.create(
            number=sending.number,
            actor=sending.actor,
            address=sending.address[:200],
            contents=sending.contents,
            sent_at=at,
        )
    except IntegrityError as error:
        if not races.is_taken(error):
            raise
        raise Repeated from error


def lead_to(sent: SentForm, address: str, sentence: str) -> None:
    """Keep what the act led to."""
    sent.led_to, sent.sentence = address, sentence
    sent.save(update_fields=["led_to", "sentence"])


def forget(now: datetime) -> int:
    """Delete the numbers of forms that nobody can send any more; how many they were."""
    return SentForm.objects.filter(sent_at__lt=now - LIFE).delete()[0]
