"""The days of a notice: what happened, what follows from it, and how firm it is."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from zielwerk.granting.models import GrantAct, GrantNotice, Issuing, NoticeEvent, ReckonedDays
from zielwerk.granting.queries.notices import rules_of
from zielwerk.packs.notices import delivery_law, periods
from zielwerk.rulebook.grant import delivery as rulebook
from zielwerk.rulebook.grant.delivery import DatedDay, Delivery, Law, State, changed_days
from zielwerk.rulebook.grant.events import delivery_of
from zielwerk.rulebook.refusal import Refusal, Refused


def events_of(case: Issuing) -> list[NoticeEvent]:
    """What was entered of a notice, or of an act on one, in that order; one query."""
    rows = NoticeEvent.objects.order_by("pk")
    if isinstance(case, GrantAct):
        return list(rows.filter(act=case))
    return list(rows.filter(notice_id=case.pk, act=None))


def delivery(events: Iterable[NoticeEvent]) -> Delivery | None:
    """What happened with it; None before it was sent."""
    return delivery_of(events)


def _law_of(case: Issuing, sent: date) -> Law:
    """What law and pack say of its delivery on the day on which it was sent."""
    return delivery_law(rules_of(case), sent)


def days_of(case: Issuing, events: Iterable[NoticeEvent]) -> tuple[DatedDay, ...]:
    """Every day that counts, each with its basis and what it is reckoned from; none before."""
    happened = delivery(events)
    if happened is None or case.issued_on is None:
        return ()
    law = _law_of(case, happened.sent)
    # A later notice of other rules has other periods; these are those of its own.
    own = periods(rules_of(case), case.issued_on) if isinstance(case, GrantNotice) else ()
    return rulebook.days_of(happened, law, own)


def reckoned(case: Issuing) -> list[ReckonedDays]:
    """Each time that days of it changed, the first reckoning first; one query."""
    rows = ReckonedDays.objects.select_related("event").order_by("pk")
    if isinstance(case, GrantAct):
        return list(rows.filter(act=case))
    return list(rows.filter(notice_id=case.pk, act=None))


def key_of(case: Issuing) -> tuple[int, int | None]:
    """The notice and the act, if it is one."""
    if isinstance(case, GrantAct):
        return case.notice_id, case.pk
    assert isinstance(case, GrantNotice)
    return case.pk, None


@dataclass(frozen=True)
class Stale:
    """A notice or an act whose days are others now than they were last reckoned."""

    case: Issuing
    before: Sequence[DatedDay]
    after: Sequence[DatedDay]


def stale(programme: str) -> list[Stale]:
    """Every case whose days are others than last reckoned, or were never kept; two queries.

    One whose rules nobody kept is left as it is: its own page says so.
    """
    rows = ReckonedDays.objects.filter(notice__programme=programme).order_by("pk")
    known = {(row.notice_id, row.act_id): row.dated for row in rows}
    found = []
    for case, events in _events_by_case(programme).items():
        try:
            after = days_of(case, events)
        except Refused:
            continue
        before = known.get(key_of(case), [])
        if changed_days(before, after):
            found.append(Stale(case, before, after))
    return found


def late_of(case: Issuing, events: Iterable[NoticeEvent]) -> tuple[Refusal, ...]:
    """Why a suit or an objection came too late; it is recorded all the same."""
    happened = delivery(events)
    if happened is None or case.issued_on is None:
        return ()
    return rulebook.why_late(happened, _law_of(case, happened.sent))


def days_of_all(programme: str) -> Iterator[tuple[Issuing, tuple[DatedDay, ...]]]:
    """The days of every notice and act of a programme that was sent; one query."""
    for case, events in _events_by_case(programme).items():
        yield case, days_of(case, events)


def _events_by_case(programme: str) -> dict[Issuing, list[NoticeEvent]]:
    events: dict[Issuing, list[NoticeEvent]] = {}
    rows = NoticeEvent.objects.filter(notice__programme=programme).order_by("pk")
    for each in rows.select_related("notice", "act"):
        events.setdefault(each.act or each.notice, []).append(each)
    return events


def state_of(case: Issuing, events: Iterable[NoticeEvent], on: date) -> State | None:
    """How firm it is on a day; None before it was sent."""
    happened = delivery(events)
    if happened is None or case.issued_on is None:
        return None
    return rulebook.state_on(happened, _law_of(case, happened.sent), on)
