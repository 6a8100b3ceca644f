"""What the worker does here between its jobs: tell, make ready what is due, send what waits.

Each part is done whole or not at all, and a part that fails leaves the others to be done. Sending
asks a server that may be slow or away: no transaction is open meanwhile, and nobody waits for it.
"""

import logging
import smtplib
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import DatabaseError
from django.utils import timezone

from zielwerk.core.surroundings import fault_of
from zielwerk.messaging import letters
from zielwerk.messaging.actions import calendar, outbox, sweeping, telling
from zielwerk.messaging.models import Mail

log = logging.getLogger("zielwerk.mail")
MOST = 20  # mails of one round: then other work has its turn
PERMANENT = range(500, 600)  # answers of a server by which it refuses for good (RFC 5321, 4.2.1)


class Refusing(Exception):  # noqa: N818 - an answer of the server
    """The server refuses this mail for good."""


class Delaying(Exception):  # noqa: N818 - an answer of the server
    """The server does not take this mail now; it may take others."""


def work(clock: Callable[[], datetime] = timezone.now) -> None:
    """One round."""
    for part in (telling.tell_all, sweeping.sweep, calendar.keep_all, send_waiting):
        try:
            part(clock())
        except Exception as error:
            if isinstance(error, DatabaseError) and fault_of(error):
                raise  # the worker says so and waits for the database
            log.exception("telling people failed; it is tried again")


def send_waiting(now: datetime) -> int:
    """Send what is due; how many mails went out."""
    sent = 0
    if not settings.MAIL:
        return sent
    connection = get_connection()
    try:
        for _ in range(MOST):
            mail = outbox.take_up(now)
            if mail is None:
                break
            try:
                sent += _send(mail, connection, now)
            except (OSError, smtplib.SMTPException) as error:
                fault = told(error)
                log.warning("no mail can be sent: %s", fault)
                outbox.put_off(mail, now, fault)
                outbox.put_off_all(mail, now)
                break
    finally:
        close(connection)
    return sent


def _send(mail: Mail, connection: BaseEmailBackend, now: datetime) -> int:
    """Send one mail, or note that it is moot or refused; raises where the server is away."""
    try:
        text = letters.compose(mail, now)
    except DatabaseError:
        raise
    except Exception as error:  # a fault of ours in one text keeps nobody else's mail back
        log.exception("mail %s has no text", mail.pk)
        outbox.put_off(mail, now, type(error).__name__)
        return 0
    if text is None:
        outbox.end(mail, Mail.State.MOOT, now)
        return 0
    try:
        hand_over(text, mail, connection)
    except Refusing as refusing:
        outbox.end(mail, Mail.State.FAILED, now, str(refusing))
    except Delaying as delaying:
        outbox.put_off(mail, now, str(delaying))
    else:
        outbox.end(mail, Mail.State.SENT, now)
        return 1
    return 0


def hand_over(text: letters.Text, mail: Mail, connection: BaseEmailBackend) -> None:
    """Give a text to the server; raises Refusing or Delaying where it does not take this one."""
    headers = {"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"}
    message = EmailMessage(text.heading, text.body, to=[text.to], headers=headers)
    try:
        connection.send_messages([message])
    except smtplib.SMTPRecipientsRefused as error:
        code, answer = next(iter(error.recipients.values()))
        raise _refused(code, answer) from error
    except smtplib.SMTPDataError as error:
        raise _refused(error.smtp_code, error.smtp_error) from error


def _refused(code: int, answer: bytes | str) -> Refusing | Delaying:
    text = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
    said = f"{code} {text}"
    return Refusing(said) if code in PERMANENT else Delaying(said)


def told(error: Exception) -> str:
    """What is told of a server that is away or does not let us in."""
    if isinstance(error, smtplib.SMTPResponseException):
        answer = error.smtp_error
        text = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
        return f"{error.smtp_code} {text}"
    return str(error) or type(error).__name__


def close(connection: BaseEmailBackend) -> None:
    """Take leave of the server; whatever it answers, the mails are sent."""
    try:
        connection.close()
    except (OSError, smtplib.SMTPException):
        log.info("the mail server did not take leave")
