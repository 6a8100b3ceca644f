"""What happens with a notice once it was issued: sent, received, waived, contested, settled."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils.timezone import localdate

from zielwerk.core.actions import action, seal
from zielwerk.core.cases import locked
from zielwerk.core.permissions import Actor
from zielwerk.granting import queries
from zielwerk.granting.actions.reckoning import days_before, keep
from zielwerk.granting.models import GrantAct, GrantNotice, Issuing, NoticeEvent
from zielwerk.rulebook.grant.course import GrantState
from zielwerk.rulebook.grant.delivery import WAYS, why_not_recorded
from zielwerk.rulebook.grant.events import EVENTS, Event
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.rulebook.writing import says_something


@dataclass(frozen=True)
class NewEvent:
    """What happened with a notice or an act, on a day; without a day it did not happen."""

    case: Issuing
    kind: str
    day: date | None
    way: str = ""
    remedy: str = ""
    note: str = ""

    @property
    def ags(self) -> str:
        return self.case.ags


@action("granting.enter")
def enter(actor: Actor, new: NewEvent, *, at: datetime) -> NoticeEvent:
    """Enter what happened; its days are reckoned anew, and a correction is entered again."""
    case = locked(new.case, {GrantState.ISSUED})
    if reasons := why_not_entered(replace(new, case=case), localdate(at)):
        raise Refused(*reasons)
    before = days_before(case)
    act = case if isinstance(case, GrantAct) else None
    notice = act.notice if act else case
    assert isinstance(notice, GrantNotice)
    event = NoticeEvent.objects.create(
        notice=notice,
        act=act,
        kind=new.kind,
        day=new.day,
        way=new.way if new.kind == Event.SENT else "",
        remedy=new.remedy if new.kind == Event.CONTESTED else "",
        note=new.note.strip(),
        entered_by=actor.audit_name,
        entered_at=at,
    )
    seal(event)
    keep(actor, case, before, queries.days_of(case, queries.events_of(case)), event, at=at)
    return event


def why_not_entered(new: NewEvent, today: date) -> list[Refusal]:
    """Why an event cannot have happened so."""
    if new.kind not in EVENTS or (new.kind == Event.SENT and new.way not in WAYS):
        return [NO_SUCH_EVENT]
    before = queries.events_of(new.case)
    happened = {each.kind for each in before if each.day}
    if new.day is None:
        if new.kind not in {each.kind for each in before}:
            return [NO_DAY]
        if not says_something(new.note):
            return [NO_NOTE]
        entered = NoticeEvent(kind=new.kind, day=None)
        left = [*before, entered]
        if new.kind == Event.SENT and len(happened) > 1:
            return [NOT_SENT_AFTER_ALL]
        remains = queries.delivery(left)
        return list(why_not_recorded(remains, today)) if remains else []
    if new.kind != Event.SENT and Event.SENT not in {each.kind for each in before if each.day}:
        return [NOT_SENT]
    if new.kind in happened and not says_something(new.note):
        return [CORRECTED]
    if new.case.issued_on and new.day < new.case.issued_on:
        params = {"day": new.case.issued_on}
        return [Refusal("grant.before_issued", BEFORE_ISSUED, params)]
    entered = NoticeEvent(kind=new.kind, day=new.day, way=new.way)
    delivery = queries.delivery([*before, entered])
    return list(why_not_recorded(delivery, today)) if delivery else []


NO_SUCH_EVENT = Refusal("grant.no_such_event", msg("Dieses Ereignis gibt es nicht."))
NO_DAY = Refusal("grant.no_day", msg("Es fehlt der Tag."))
NOT_SENT = Refusal("grant.not_sent", msg("Zuerst ist einzutragen, wann und wie er abging."))
NOT_SENT_AFTER_ALL = Refusal(
    "grant.not_sent_after_all",
    msg("Zuerst ist zurückzunehmen, was nach der Absendung eingetragen ist."),
)
NO_NOTE = Refusal("grant.no_note", msg("Es fehlt, warum der Eintrag zurückgenommen wird."))
CORRECTED = Refusal(
    "grant.corrected",
    msg("Dazu ist schon ein Tag eingetragen. Ein anderer braucht einen Vermerk, warum."),
)
BEFORE_ISSUED = msg("Das kann nicht vor dem Erlass am {day} geschehen sein.")
