"""Notices of the demo: one issued from the list of what waits, and sent.

Its body releases a part again. Made by the verbs that people use, about the application that was
assessed.
"""

from datetime import timedelta

from django.utils.timezone import localdate

from zielwerk.config import world_funding
from zielwerk.config.cast import INVENTED, Cast, walk
from zielwerk.config.world_strategy import cast_of
from zielwerk.granting import actions, queries
from zielwerk.granting.actions import Batch, NewAct, NewEvent
from zielwerk.granting.models import GrantNotice
from zielwerk.granting.queries import ActDraft
from zielwerk.rulebook.grant.course import GrantState
from zielwerk.rulebook.grant.delivery import Way
from zielwerk.rulebook.grant.events import Event
from zielwerk.rulebook.grant.together import code_of

PACE = timedelta(minutes=10)
RELEASED = f"Zwei Plätze wurden nicht besetzt ({INVENTED})."


def make(cast: Cast, programme: str, year: int) -> None:
    """The notice of the body whose application was assessed, and what came after it."""
    for coordinator in world_funding.others(year):
        notice = GrantNotice.objects.filter(
            programme=programme, year=year, ags=coordinator.ags, state=GrantState.DRAFT
        ).first()
        if notice is None:
            continue
        acting = cast_of(cast, coordinator)
        at = notice.drafted_at + timedelta(days=5)
        notice, at = walk(acting, notice, at, PACE, to_the_end=False)
        clerk, head = acting.pair("authority", notice.ags)
        batch = Batch((notice,), code_of(queries.entries_of([notice])))
        actions.issue_together(head, batch, at=at)
        notice.refresh_from_db()
        sent = at + timedelta(days=1)
        event = NewEvent(notice, Event.SENT, localdate(sent), Way.POST)
        actions.enter(clerk, event, at=sent)
        day = sent + timedelta(days=40)
        place, cents = next(iter(queries.stands(notice, localdate(day)).amounts.items()))
        draft = ActDraft({place: -cents // 10}, reason=RELEASED)
        actions.release(coordinator, NewAct(notice, "", draft), at=day)
