"""What tests of telling begin with: people who chose, and a recording."""

from tests.stage import AT
from zielwerk.agreements import actions as agreements
from zielwerk.agreements.models import Intake
from zielwerk.config import world
from zielwerk.identity.models import User
from zielwerk.messaging import actions
from zielwerk.messaging.actions import Choice
from zielwerk.messaging.models import MailChoice

Way = MailChoice.Way


def told(
    person: User,
    waits: str = Way.AT_ONCE,
    happened: str = Way.AT_ONCE,
    *,
    reminders: bool = True,
    hour: int = 7,
    language: str = "de",
) -> None:
    """The person chooses how she is told."""
    choice = Choice(person, waits, happened, reminders, hour, language)
    actions.choose(person, choice, at=AT)


def entered_by(officer: User) -> Intake:
    """A recording that has begun."""
    entered = agreements.HandEntry(world.main_kinzig(), "Quelle", is_invented=False)
    return agreements.begin_by_hand(officer, entered, at=AT)
