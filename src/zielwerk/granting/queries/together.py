"""The notices that wait to be issued, as a list that one person can issue at once."""

from collections.abc import Sequence

from zielwerk.core import stages
from zielwerk.core.permissions import Actor
from zielwerk.granting.models import GrantNotice
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
