"""The notices that wait to be issued, as a list that one person can issue at once; and such lists
as they were issued.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from zielwerk.core import stages
from zielwerk.core.permissions import Actor
from zielwerk.granting.models import GrantNotice, IssuedTogether
from zielwerk.granting.queries.notices import lifecycle_of, notices
from zielwerk.packs import loading as packs
from zielwerk.rulebook.grant.course import GrantState
from zielwerk.rulebook.grant.together import Entry, Limits
from zielwerk.rulebook.lifecycle import Step


def waiting(user: Actor, programme: str) -> list[GrantNotice]:
    """The notices that this person may issue now, by body; one query."""
    over = (GrantState.DRAFT, GrantState.ISSUED, GrantState.DISCARDED)
    rows = notices(user, programme).exclude(state__in=over).order_by("-year", "body_key", "pk")
    return [notice for notice in rows if _may_issue(user, notice)]


def _may_issue(user: Actor, notice: GrantNotice) -> bool:
    step = issuing(notice)
    return step is not None and not stages.forbids(user, step, notice)


def issuing(notice: GrantNotice) -> Step | None:
    """The step that issues it, where that is the next one."""
    possible = lifecycle_of(notice).possible(notice.state)
    return next((step for step in possible if step.taken_by == "issue"), None)


def entries_of(chosen: Sequence[GrantNotice]) -> list[Entry]:
    """What the list says of each: number, recipient, amount, revision."""
    return [Entry(each.file_number, each.ags, each.amount_cents, each.revision) for each in chosen]


def limits_of(chosen: Sequence[GrantNotice]) -> Limits:
    """The narrowest limits of the years of these notices."""
    years = {(each.programme, each.year) for each in chosen}
    stated = [rules for year in years if (rules := packs.load(*year).notice)]
    return Limits(
        min((each.together_most for each in stated if each.together_most), default=0),
        min((each.together_cents for each in stated if each.together_cents), default=0),
    )


@dataclass(frozen=True)
class IssuedEntry:
    """A notice on a list that one person issued at once: the amount as it stood there.

    ``pk`` is the notice's, ``key`` tells the entries of several lists apart, ``count`` is how many
    notices the whole list names, also those that the person does not see. It and ``code`` are no
    body's to see: from both and its own line it would reckon what its neighbour was granted.
    """

    key: str
    pk: int
    file_number: str
    ags: str
    body_name: str
    body_key: str
    year: int
    is_invented: bool
    amount_cents: int
    code: str
    count: int
    issued_by: str
    issued_at: datetime


def issued_together(user: Actor, programme: str) -> list[IssuedEntry]:
    """What was issued together, newest first, as far as the person sees the notices."""
    return _entries(user, programme, list(IssuedTogether.objects.order_by("-pk")))


def issued_with(user: Actor, notice: GrantNotice) -> list[IssuedEntry]:
    """The list with which a notice was issued, itself included; empty where it was alone."""
    if notice.issued_at is None:
        return []
    lists = IssuedTogether.objects.filter(issued_at=notice.issued_at, issued_by=notice.issued_by)
    own = [
        each
        for each in lists.filter(count__gt=1)
        if any(number == notice.file_number for number, *_ in each.entries)
    ]
    return _entries(user, notice.programme, own)


def _entries(user: Actor, programme: str, lists: Sequence[IssuedTogether]) -> list[IssuedEntry]:
    """What some lists say of the notices that the person sees; at most one query."""
    moments = {each.issued_at for each in lists}
    rows = notices(user, programme).filter(issued_at__in=moments).select_related(None)
    seen = {each.file_number: each for each in rows.defer("draft", "content", "trail", "words")}
    return [
        _entry(each, seen[number], cents)
        for each in lists
        for number, _, cents in each.entries
        if number in seen
    ]


def _entry(issued: IssuedTogether, notice: GrantNotice, cents: int) -> IssuedEntry:
    return IssuedEntry(
        key=f"{issued.pk}-{notice.pk}",
        pk=notice.pk,
        file_number=notice.file_number,
        ags=notice.ags,
        body_name=str(notice.body_name),
        body_key=notice.body_key,
        year=notice.year,
        is_invented=notice.is_invented,
        amount_cents=cents,
        code=issued.code,
        count=issued.count,
        issued_by=issued.issued_by,
        issued_at=issued.issued_at,
    )
