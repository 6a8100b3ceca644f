"""The days of a notice are reckoned anew, and each that changed is kept and told."""

from collections.abc import Iterable
from datetime import datetime

from zielwerk.core.actions import action, seal
from zielwerk.core.permissions import Actor
from zielwerk.granting import queries
from zielwerk.granting.models import Issuing, NoticeEvent, ReckonedDays
from zielwerk.rulebook.grant.delivery import DatedDay, changed_days


@action("granting.reckon")
def reckon_all(actor: Actor, programme: str, *, at: datetime) -> list[ReckonedDays]:
    """Reckon the days of all notices and acts anew, where something was learnt that nobody enters.

    So it is with a holiday that the state made after a notice was sent. What did not change is
    left alone.
    """
    return [
        row
        for each in queries.stale(programme)
        for row in keep(actor, each.case, each.before, each.after, at=at)
    ]


def keep(
    actor: Actor,
    case: Issuing,
    before: Iterable[DatedDay],
    after: Iterable[DatedDay],
    event: NoticeEvent | None = None,
    *,
    at: datetime,
) -> list[ReckonedDays]:
    """Keep what the days are since now, for the verb that calls it; nothing where none changed."""
    after = list(after)
    changed = changed_days(before, after)
    if not changed:
        return []
    notice, act = queries.key_of(case)
    row = ReckonedDays.objects.create(
        notice_id=notice,
        act_id=act,
        event=event,
        days=[[each.code, each.label, each.day.isoformat()] for each in after],
        changed=[
            [each.code, each.label, *(day and day.isoformat() for day in (each.before, each.after))]
            for each in changed
        ],
        entered_by=actor.audit_name,
        entered_at=at,
    )
    seal(row)
    return [row]


def days_before(case: Issuing) -> list[DatedDay]:
    """The days as last reckoned; of what was sent before they were kept, as they are now."""
    rows = queries.reckoned(case)
    return rows[-1].dated if rows else list(queries.days_of(case, queries.events_of(case)))
