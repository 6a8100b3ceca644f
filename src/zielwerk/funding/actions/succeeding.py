"""An application passes to the successor of its body, with the notice that decided about it."""

from dataclasses import dataclass
from datetime import datetime

from zielwerk.core.actions import action
from zielwerk.core.cases import locked, save_case
from zielwerk.core.permissions import Actor
from zielwerk.funding.models import Application


@dataclass(frozen=True)
class ToSuccessor:
    """To whom an application passes: key and name of the successor."""

    application: Application
    ags: str
    body_name: str


@action("funding.take_over")
def take_over(actor: Actor, passing: ToSuccessor, *, at: datetime) -> Application:
    """Let an application be the successor's; what was handed in stays as it was."""
    application = locked(passing.application)
    application.passed_from = application.passed_from or application.ags
    application.ags, application.body_name = passing.ags, passing.body_name
    return save_case(application)
