"""Every application of a year with what it waits for, and its notice; one query."""

from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from zielwerk.core.permissions import Actor
from zielwerk.funding import queries as funding
from zielwerk.funding.models import Application, Question
from zielwerk.granting.models import GrantNotice, NoticeEvent
from zielwerk.granting.queries.notices import standing_of
from zielwerk.rulebook.application import ApplicationState
from zielwerk.rulebook.application.path import OVER
from zielwerk.rulebook.grant.course import GrantState
from zielwerk.rulebook.grant.events import Event
from zielwerk.rulebook.grant.season import AUTHORITY, BODY, NOBODY, OF_BODY, OF_NOBODY, Waits


def season(user: Actor, programme: str) -> QuerySet[Application]:
    """The applications within the person's perimeter, each with its notice and what it waits for.

    ``waits`` is one of :class:`Waits`, ``waits_since`` the moment since when.
    """
    notice = GrantNotice.objects.filter(application=OuterRef("pk"))
    notice = notice.exclude(state=GrantState.DISCARDED).order_by("pk")
    last_sent = NoticeEvent.objects.filter(
        notice__application=OuterRef("pk"), act=None, kind=Event.SENT
    ).order_by("-pk")
    asked = Question.objects.filter(application=OuterRef("pk"), closing__isnull=True)
    rows = funding.applications(user, programme).annotate(
        notice_pk=Subquery(notice.values("pk")[:1]),
        notice_number=Subquery(notice.values("file_number")[:1]),
        notice_state=Subquery(notice.values("state")[:1]),
        notice_since=Subquery(notice.values("state_since")[:1]),
        granted_cents=Subquery(notice.values("amount_cents")[:1]),
        stands_cents=Subquery(
            notice.annotate(stands=standing_of(OuterRef("pk"))).values("stands")[:1]
        ),
        sent_on=Subquery(last_sent.values("day")[:1]),
        answer_by=Subquery(asked.order_by("answer_by").values("answer_by")[:1]),
        is_asked=Exists(asked),
    )
    assessed = Q(state=ApplicationState.ASSESSED)
    issued = assessed & Q(notice_state=GrantState.ISSUED)
    drafting = assessed & (Q(notice_state=None) | Q(notice_state=GrantState.DRAFT))
    return rows.annotate(
        waits=Case(
            When(state__in=sorted(OVER), then=Value(Waits.NOTHING)),
            When(state=ApplicationState.DRAFT, then=Value(Waits.WRITING)),
            When(issued & Q(sent_on__isnull=False), then=Value(Waits.REMEDY)),
            When(issued, then=Value(Waits.SENDING)),
            When(drafting, then=Value(Waits.DRAFT)),
            When(assessed, then=Value(Waits.ISSUE)),
            When(is_asked=True, then=Value(Waits.ANSWER)),
            default=Value(Waits.EXAMINATION),
            output_field=CharField(),
        ),
        owes=Case(
            When(waits__in=sorted(OF_BODY), then=Value(BODY)),
            When(waits__in=sorted(OF_NOBODY), then=Value(NOBODY)),
            default=Value(AUTHORITY),
            output_field=CharField(),
        ),
        waits_since=Coalesce(F("notice_since"), F("state_since")),
        is_done=Q(state__in=sorted(OVER)) | (issued & Q(sent_on__isnull=False)),
    )
