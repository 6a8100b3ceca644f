"""What was passed on of a notice passes to the successor of its body with the notice."""

from datetime import datetime

from zielwerk.core.actions import action
from zielwerk.core.cases import locked, save_case
from zielwerk.core.permissions import Actor
from zielwerk.granting.actions import NoticePassed
from zielwerk.passing.models import PassOn


@action("passing.take_over")
def take_over_for(actor: Actor, passed: NoticePassed, *, at: datetime) -> None:
    """Where a notice passes to a successor, what was passed on of it is the successor's.

    What came into force stays as it was; where the body carried a measure out itself, the
    successor does.
    """
    rows = PassOn.objects.filter(notice=passed.notice).order_by("pk")
    for each in rows:
        case = locked(each)
        if case.party_id is None and str(case.carrier) == passed.source_name:
            case.carrier = passed.notice.body_name
        case.ags, case.body_name = passed.notice.ags, passed.notice.body_name
        save_case(case)
