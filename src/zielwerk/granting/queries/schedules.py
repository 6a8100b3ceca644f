"""When what a notice grants is paid, with all its acts, and after one more."""

from dataclasses import dataclass
from datetime import date

from zielwerk.granting.models import GrantAct, GrantNotice
from zielwerk.granting.queries.drafts import ActDraft
from zielwerk.granting.queries.notices import replay, rules_of, stands
from zielwerk.packs.model.notices import Instalment as Part
from zielwerk.rulebook.grant.amounts import Amounts, added, by_year
from zielwerk.rulebook.grant.instalments import Schedule, replayed, rescheduled


@dataclass(frozen=True)
class AfterAct:
    """What a notice grants before and after an act, and when each is paid.

    All acts that were issued count, also those that work later than this one.
    """

    before: Amounts
    after: Amounts
    paid_before: Schedule
    paid_after: Schedule
    by_need: bool


def after_act(act: GrantAct, day: date) -> AfterAct:
    """What stands once an act is issued on a day, under the rules of its notice."""
    parts = _parts(act.notice)
    before = stands(act.notice, day).amounts
    after = added(before, ActDraft.of(act).amounts)
    paid = schedule_of(act.notice)
    new = rescheduled(paid.instalments, by_year(after), parts, day)
    return AfterAct(before, after, paid, new, by_need=not parts)


def schedule_of(notice: GrantNotice) -> Schedule:
    """When what a notice grants is paid, as it stands; nothing where it is drawn by need."""
    first, acts = replay(notice)
    changes = [(act.recorded, by_year(act.changes)) for act in acts]
    return replayed(by_year(first.amounts), _parts(notice), first.day, changes)


def _parts(notice: GrantNotice) -> tuple[Part, ...]:
    stated = rules_of(notice).notice
    return stated.instalments if stated else ()
