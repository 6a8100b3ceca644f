"""Pass-ons that a person sees, and what belongs to them."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from zielwerk.core.permissions import Actor
from zielwerk.core.queries import perimeter
from zielwerk.granting.models import GrantNotice
from zielwerk.packs import passing as packs
from zielwerk.packs.model import Year
from zielwerk.passing.models import PassOn, ProviderPaper, ProviderReminder, Spent
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.lifecycle import Lifecycle
from zielwerk.rulebook.passing.course import COUNTING, PASSING, PassState
from zielwerk.rulebook.passing.ways import Way, of_code

INSIDE = frozenset({"body", "auditor"})
"""The sides that see what is drafted too."""


def pass_ons(user: Actor, programme: str) -> QuerySet[PassOn]:
    """The pass-ons that a person sees, newest first.

    A body and the auditors see all of a body's; a Träger its own, ministry and authority those of
    their bodies: both only what is, or was, in force.
    """
    rows = PassOn.objects.filter(programme=programme).select_related("notice").order_by("-pk")
    if user.party:
        return rows.filter(party=user.party, state__in=COUNTING)
    rows = rows.filter(perimeter(user))
    return rows if INSIDE & user.roles else rows.filter(state__in=COUNTING)


def told_from(user: Actor, case: PassOn) -> datetime | None:
    """Since when a person reads what is noted of it: a Träger and the state once it is in force."""
    return None if not user.party and INSIDE & user.roles else case.concluded_at


def may_read(user: Actor, case: PassOn) -> bool:
    """Whether a person reads the document and the papers of a pass-on that she sees.

    Body, Träger and auditors read all. Ministry and authority read an onward notice, which rests on
    their own; a contract of private law is between the body and the Träger, and shown to the
    authority with the proof of use.
    """
    if user.party or INSIDE & user.roles:
        return True
    way = way_of(case)
    return bool(way and not way.is_private)


def rules_of(case: PassOn) -> Year:
    """The rules of the notice, which a pass-on inherits for ever."""
    return rules_of_notice(case.notice)


def rules_of_notice(notice: GrantNotice) -> Year:
    return programmes.rules(notice.programme, notice.year, notice.rule_version)


def lifecycle_of(case: PassOn) -> Lifecycle:
    """The path that the rules of its notice declare."""
    return PASSING.lifecycle(rules_of(case).procedure("passing"))


def ways_of(case: PassOn) -> list[Way]:
    return packs.ways(rules_of(case))


def way_of(case: PassOn) -> Way | None:
    """The way in which it is passed on; None where none was chosen."""
    return of_code(ways_of(case), case.way)


def newest(rows: QuerySet[PassOn]) -> QuerySet[PassOn]:
    """Of each chain the one that counts: in whose place nothing came into force."""
    later = PassOn.objects.filter(changes=OuterRef("pk"), state__in=COUNTING)
    return rows.filter(~Exists(later))


def counting(notice: GrantNotice | int, measure: str = "") -> QuerySet[PassOn]:
    """What counts against a notice, or one of its measures: one of each chain."""
    rows = PassOn.objects.filter(notice=notice, state__in=COUNTING)
    return newest(rows.filter(measure=measure) if measure else rows)


def changed_by(case: PassOn) -> PassOn | None:
    """What takes its place, or is about to."""
    return PassOn.objects.filter(changes=case).exclude(state=PassState.DISCARDED).first()


def chain(case: PassOn) -> list[PassOn]:
    """All that came in the place of each other, oldest first."""
    of_chain = Q(pk=case.first_pk) | Q(origin=case.first_pk)
    return list(PassOn.objects.filter(of_chain).order_by("pk"))


def spent_of(firsts: Collection[int]) -> dict[int, dict[int, Spent]]:
    """The newest entry of each budget year, by the first of the chain; one query."""
    found: dict[int, dict[int, Spent]] = {}
    for row in Spent.objects.filter(pass_on__in=firsts).order_by("pk"):
        found.setdefault(row.pass_on_id, {})[row.budget_year] = row
    return found


def papers_of(firsts: Collection[int]) -> dict[int, dict[str, ProviderPaper]]:
    """The newest entry of each paper, by the first of the chain; one query, no bytes."""
    found: dict[int, dict[str, ProviderPaper]] = {}
    for row in ProviderPaper.objects.filter(pass_on__in=firsts).order_by("pk"):
        found.setdefault(row.pass_on_id, {})[row.code] = row
    return found


def reminders_of(firsts: Collection[int]) -> dict[int, ProviderReminder]:
    """The newest reminder, by the first of the chain; one query."""
    rows = ProviderReminder.objects.filter(pass_on__in=firsts).order_by("pk")
    return {row.pass_on_id: row for row in rows}


def cents_by_year(spent: Iterable[Spent]) -> dict[int, int]:
    return {row.budget_year: row.cents for row in spent if row.cents is not None}
