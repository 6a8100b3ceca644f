"""The verbs of the setup: take a step, appoint the first administrator; the code of the page."""

from zielwerk.setup.actions.backups import note_backup
from zielwerk.setup.actions.codes import new_code, redeem_code
from zielwerk.setup.actions.mail import send_test_mail
from zielwerk.setup.actions.steps import CLOSED, Appointment, NewStep, appoint, take

__all__ = [
    "CLOSED",
    "Appointment",
    "NewStep",
    "appoint",
    "new_code",
    "note_backup",
    "redeem_code",
    "send_test_mail",
    "take",
]
