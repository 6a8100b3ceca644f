"""A notice, drafted and taken as far as a test needs it; and money for its body."""

from datetime import date, datetime, timedelta

from django.conf import settings

from tests.rooms.funding import made as applied
from tests.rooms.funding.made import PACE
from zielwerk.config import world, world_funding, world_strategy
from zielwerk.config.cast import Cast, walk
from zielwerk.funding.models import Application
from zielwerk.granting import actions, queries
from zielwerk.granting.actions import NewEvent, WriteNotice
from zielwerk.granting.models import GrantAct, GrantNotice
from zielwerk.granting.queries import NoticeDraft
from zielwerk.identity.models import User
from zielwerk.ledger import actions as ledger
from zielwerk.ledger.actions import Posting
from zielwerk.ledger.models import AccountKey, EntryCode, Place
from zielwerk.packs import loading as packs
from zielwerk.rulebook.agreement import Measure, Terms
from zielwerk.rulebook.planning import Fund
from zielwerk.rulebook.tranche import Tranche
from zielwerk.strategy import queries as strategies

year, PAUSE = applied.year, timedelta(days=7)


def at(days: int = 0) -> datetime:
    """A moment after the application was handed in."""
    return applied.at() + timedelta(days=1 + days)


def give(cast: Cast, cents: int, budget_year: int | None = None, ags: str = "") -> None:
    """Money of a budget year that the body was given before these books."""
    tranche = Tranche("land", budget_year or year())
    fund = Fund(settings.PROGRAMME, year())
    opening, target = (
        AccountKey.planning(fund, place, ags or cast.body.ags).of(tranche)
        for place in (Place.OPENING, Place.ALLOCATED)
    )
    day = date(year(), 1, 2)
    posting = Posting(opening, target, cents, EntryCode.ALLOCATION, day, "VS-2026-0001")
    ledger.record_facts(cast.officer, [posting], at=applied.at())


def strategy(cast: Cast) -> None:
    """A strategy in force, where the programme asks for one."""
    if strategies.asks_for(settings.PROGRAMME):
        bodies = {body.ags: body for body in packs.bodies_in(settings.PROGRAMME, year())}
        last = date(year() + 1, 12, 31)
        plan = world_strategy.Plan(bodies[cast.body.ags], cast.body, last)
        world_strategy.lay_down(cast, plan, year(), applied.at() - PAUSE)


def agreed(cast: Cast, notice: GrantNotice, *named: tuple[str, int | None], total: int) -> None:
    """An agreement over measures of these titles and amounts is recorded and confirmed."""
    rules = packs.load(settings.PROGRAMME, notice.year)
    kind = rules.measure_types[0].code
    body = world.bodies(settings.PROGRAMME, notice.year)[notice.ags]
    terms = Terms(
        **world.frame(settings.PROGRAMME, notice.year, notice.ags),  # type: ignore[arg-type]
        amount_cents=total,
        measures=tuple(Measure(kind, title, cents) for title, cents in named),
        signatures=tuple(world.signatures_of(rules, body)),
    )
    world.record_and_publish(cast, terms, True, at(1))


def assessed(cast: Cast) -> Application:
    """An application that was handed in and assessed; its notice is drafted by that."""
    application = applied.whole(cast)
    return world_funding.hand_in_and_settle(cast, application, applied.at() + 2 * PACE)


def drafted(cast: Cast) -> GrantNotice:
    """The notice of an assessed application, as it began; there is money for it."""
    strategy(cast)
    application = assessed(cast)
    notice = GrantNotice.objects.get(application=application)
    give(cast, notice.applied_cents)
    return notice


def clerk(cast: Cast, notice: GrantNotice | GrantAct) -> User:
    return cast.pair("authority", notice.ags)[0]


def head(cast: Cast, notice: GrantNotice | GrantAct) -> User:
    return cast.pair("authority", notice.ags)[1]


def write(cast: Cast, notice: GrantNotice, draft: NoticeDraft) -> GrantNotice:
    return actions.write(clerk(cast, notice), WriteNotice(notice, draft), at=at())


def lowered(
    notice: GrantNotice, cents: int, reason: str = "Der Bedarf ist geringer."
) -> NoticeDraft:
    """A draft that grants so much less at its first place."""
    draft = NoticeDraft.of(notice)
    place = next(iter(draft.amounts))
    amounts = {**draft.amounts, place: draft.amounts[place] - cents}
    return NoticeDraft(amounts, draft.conditions, reason)


def issued(cast: Cast, notice: GrantNotice | None = None) -> GrantNotice:
    """Through all stages of the programme, by those who take them."""
    notice = notice or drafted(cast)
    return walk(cast, notice, at(1), PACE)[0]


def sent(cast: Cast, notice: GrantNotice | GrantAct, way: str = "post", days: int = 2) -> None:
    new = NewEvent(notice, "sent", at(days).date(), way)
    actions.enter(clerk(cast, notice), new, at=at(days))


def stands(notice: GrantNotice, day: date | None = None) -> int:
    return queries.stands(notice, day or at(90).date()).cents
