"""Notices and acts that a person sees, and what they grant."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Sum

from zielwerk.core.permissions import Actor
from zielwerk.core.queries import within
from zielwerk.funding.models import Application
from zielwerk.granting.models import GrantAct, GrantedAmount, GrantNotice, Issuing, NoticeEvent
from zielwerk.packs.model import Year
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.grant import acts as rulebook
from zielwerk.rulebook.grant.amounts import Place, whole
from zielwerk.rulebook.grant.course import GRANT, GrantState
from zielwerk.rulebook.grant.events import Event
from zielwerk.rulebook.grant.paths import Kind, Reach
from zielwerk.rulebook.lifecycle import Lifecycle

ISSUED = Q(state=GrantState.ISSUED)


def notices(user: Actor, programme: str) -> QuerySet[GrantNotice]:
    """The notices of the bodies within the person's perimeter, newest first.

    A body sees what was issued; drafts are the authority's and the ministry's.
    """
    rows = within(user, GrantNotice.objects.filter(programme=programme)).order_by("-pk")
    rows = rows.select_related("application").annotate(stands_cents=standing_of(OuterRef("pk")))
    return rows if _is_inside(user) else rows.filter(ISSUED)


def standing_of(notice: OuterRef) -> Subquery:
    """What a notice grants with all its acts, as a column; null where nothing was granted."""
    rows = GrantedAmount.objects.filter(notice=notice).order_by().values("notice")
    return Subquery(rows.annotate(cents_=Sum("cents")).values("cents_"))


def acts(user: Actor, programme: str) -> QuerySet[GrantAct]:
    """The acts on notices within the person's perimeter, newest first; to a body what was issued,
    and what it released itself.
    """
    rows = within(user, GrantAct.objects.filter(programme=programme)).order_by("-pk")
    rows = rows.select_related("notice")
    return rows if _is_inside(user) else rows.filter(ISSUED | Q(kind=Kind.RELEASE))


def unsent(user: Actor, programme: str) -> list[Issuing]:
    """What was issued and not sent yet, notices before acts on them, oldest first; two queries."""
    sent = NoticeEvent.objects.filter(kind=Event.SENT, day__isnull=False)
    of_notice = Exists(sent.filter(notice=OuterRef("pk"), act=None))
    of_act = Exists(sent.filter(act=OuterRef("pk")))
    rows = within(user, GrantNotice.objects.filter(ISSUED, ~of_notice, programme=programme))
    acts_ = within(user, GrantAct.objects.filter(ISSUED, ~of_act, programme=programme))
    return [*rows.order_by("issued_at", "pk"), *acts_.order_by("issued_at", "pk")]


def told_from(user: Actor, case: Issuing) -> datetime | None:
    """Since when a person reads what is noted of it: a body from when it was issued on.

    What the body released itself it reads from the beginning.
    """
    is_own = isinstance(case, GrantAct) and case.kind == Kind.RELEASE
    return None if _is_inside(user) or is_own else case.issued_at


def _is_inside(user: Actor) -> bool:
    return bool({"ministry", "authority", "auditor"} & user.roles)


def rules_of(case: Issuing) -> Year:
    """The rules under which it is drafted, and for ever those under which it was issued."""
    return programmes.rules(case.programme, case.year, case.rule_version)


def lifecycle_of(case: Issuing) -> Lifecycle:
    """The path that the rules of its time declare, for a notice and for an act on one."""
    return GRANT.lifecycle(rules_of(case).procedure("grant"))


def decided_with(application: Application) -> GrantNotice | None:
    """The notice that decides about an application, drafted or issued; none that was given up."""
    rows = GrantNotice.objects.filter(application=application)
    return rows.exclude(state=GrantState.DISCARDED).first()


def notice_of(user: Actor, application: Application) -> list[GrantNotice]:
    """The notices about an application that a person sees, newest first."""
    return list(notices(user, application.programme).filter(application=application))


def under_way(notice: GrantNotice) -> list[GrantAct]:
    """The acts on a notice that somebody drafts or waits for."""
    rows = GrantAct.objects.filter(notice=notice)
    over = (GrantState.ISSUED, GrantState.DISCARDED)
    return list(rows.exclude(state__in=over).order_by("pk"))


Replayed = tuple[rulebook.Notice, list[rulebook.Act]]


def replay(notice: GrantNotice) -> Replayed:
    """A notice and its acts as the rules replay them; two queries."""
    return replays([notice])[notice.pk]


def replays(notices: Collection[GrantNotice]) -> dict[int, Replayed]:
    """The same of many notices, by their keys; two queries for all of them."""
    amounts: dict[tuple[int, int | None], dict[Place, int]] = defaultdict(dict)
    rows = GrantedAmount.objects.filter(notice__in=notices).order_by("pk")
    for notice, act, measure, year, cents in rows.values_list(
        "notice", "act", "measure", "budget_year", "cents"
    ):
        amounts[notice, act][measure, year] = cents
    acts: dict[int, list[rulebook.Act]] = defaultdict(list)
    issued = GrantAct.objects.filter(ISSUED, notice__in=notices).order_by("issued_at", "pk")
    for each in issued:
        acts[each.notice_id].append(_act(each, amounts[each.notice_id, each.pk]))
    return {each.pk: (_notice(each, amounts[each.pk, None]), acts[each.pk]) for each in notices}


def _notice(notice: GrantNotice, amounts: dict[Place, int]) -> rulebook.Notice:
    day = notice.issued_on or date.max
    reserved = bool((notice.content or {}).get("reserved"))
    return rulebook.Notice(notice.file_number, day, amounts, day, reserved)


def _act(act: GrantAct, changes: dict[Place, int]) -> rulebook.Act:
    assert act.issued_on
    day = act.counts_from or act.issued_on
    reach = act.draft.get("reach")
    return rulebook.Act(
        act.file_number,
        Kind(act.kind),
        day,
        changes,
        act.issued_on,
        Reach(reach) if reach else None,
    )


def stands(notice: GrantNotice, on: date, known: date | None = None) -> rulebook.Standing:
    """What is in force on a day, and the act that it rests on; see :mod:`…rulebook.grant.acts`."""
    return rulebook.stands(*replay(notice), on, known)


def released_by(notice: GrantNotice) -> int:
    """What the body gave back of a notice by releases that were issued, in cents."""
    released = (act for act in replay(notice)[1] if act.kind is Kind.RELEASE)
    return -sum(whole(act.changes) for act in released)


def standings(notices: Collection[GrantNotice], on: date) -> dict[int, rulebook.Standing]:
    """What of many notices is in force on a day, by their keys; two queries for all of them."""
    return {pk: rulebook.stands(*found, on) for pk, found in replays(notices).items()}


def titles_of(notices: Collection[GrantNotice]) -> dict[int, dict[str, str]]:
    """The names of the measures that some notices or acts on them name, by notice and measure."""
    found: dict[int, dict[str, str]] = {each.pk: {} for each in notices}
    rows = GrantedAmount.objects.filter(notice__in=notices).order_by("-pk")
    for notice, measure, title in rows.values_list("notice", "measure", "title"):
        found[notice][measure] = title
    return found


def granted_by_body(programme: str) -> dict[tuple[int, str], int]:
    """What notices with all their acts grant, in cents by programme year and body."""
    rows = GrantedAmount.objects.filter(notice__programme=programme).order_by()
    sums = rows.values_list("notice__year", "notice__ags").annotate(Sum("cents"))
    return {(year, ags): cents for year, ags, cents in sums}
