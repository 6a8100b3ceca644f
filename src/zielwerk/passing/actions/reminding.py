"""Reminding several Träger at once of what they owe; each once a day at most."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localdate

from zielwerk.core.actions import action, seal
from zielwerk.core.permissions import Actor
from zielwerk.passing import queries
from zielwerk.passing.models import ProviderReminder
from zielwerk.passing.queries import Reach
from zielwerk.rulebook.refusal import Refusal, Refused, msg


@dataclass(frozen=True)
class Reminding:
    """The wish to remind the Träger of some pass-ons of a body, as the page showed whom it reaches.

    ``reached`` are the numbers of the people then; where others would be reached now, nothing is
    sent.
    """

    ags: str
    pass_ons: tuple[int, ...]
    reached: frozenset[int]


@action("passing.remind")
def remind(actor: Actor, new: Reminding, *, at: datetime) -> list[ProviderReminder]:
    """Remind them: the people of each Träger find it with their messages, and by mail as chosen."""
    day = localdate(at)
    found = queries.reach(actor, new.pass_ons, day)
    found = [each for each in found if each.case.ags == new.ags]
    if {person.pk for each in found for person in each.people} != new.reached:
        raise Refused(OTHERS_REACHED)
    reached = [each for each in found if each.is_reached]
    if not reached:
        raise Refused(NOBODY_REACHED)
    made = ProviderReminder.objects.bulk_create(_reminder(actor, each, at) for each in reached)
    seal(*made)
    return made


def _reminder(actor: Actor, each: Reach, at: datetime) -> ProviderReminder:
    return ProviderReminder(
        pass_on_id=each.case.first_pk,
        day=localdate(at),
        missing=[paper.paper.code for paper in each.papers],
        due=each.due.day if each.due else None,
        entered_by=actor.audit_name,
        entered_at=at,
    )


def seen(found: Sequence[Reach]) -> frozenset[int]:
    """The numbers of the people that a page shows."""
    return frozenset(person.pk for each in found for person in each.people)


OTHERS_REACHED = Refusal(
    "passing.others_reached",
    msg(
        "Inzwischen würde die Erinnerung andere erreichen, als die Seite zeigte. Bitte sehen Sie "
        "noch einmal nach, an wen sie geht."
    ),
)
NOBODY_REACHED = Refusal(
    "passing.nobody_reached", msg("Von der Auswahl ist heute niemand zu erinnern.")
)
