"""A mail that shows whether mails go out."""

from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils.translation import gettext

from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.setup import queries

SECONDS = 15  # after which a mail server counts as silent
SUBJECT = msg("Zielwerk: Der Versand von E-Mails funktioniert")
TEXT = msg(
    "Diese Nachricht wurde bei der Einrichtung von Zielwerk verschickt ({address}). Es ist nichts "
    "zu tun."
)
NO_SERVER = Refusal(
    "setup.no_server",
    msg(
        "Es ist kein Mailserver eingestellt (ZIELWERK_SMTP_URL, ZIELWERK_MAIL_FROM). Das geht auch "
        "später."
    ),
)
NOT_SENT = msg(
    "Die Nachricht wurde nicht angenommen: {reason}. Prüfen Sie die Einstellungen des "
    "Mailservers; das geht auch später."
)


def send_test_mail(to: str) -> None:
    """Send a mail by the settings of this installation; raises Refused with its reason."""
    if not queries.has_mail():
        raise Refused(NO_SERVER)
    text = gettext(TEXT).format(address=settings.ENVIRONMENT.address)
    try:
        connection = get_connection(timeout=SECONDS)
        EmailMessage(gettext(SUBJECT), text, to=[to], connection=connection).send()
    except (OSError, SMTPException, ValueError) as error:
        reason = str(error).strip().rstrip(".") or type(error).__name__
        raise Refused(Refusal("setup.not_sent", NOT_SENT, {"reason": reason[:300]})) from error
