"""Grants as they are played: two bodies, their people, the day, and the notes beside.

A verb is tried on a thing of which the notes say whether it may be done. What may be done is done
and noted; what may not is refused, and leaves nothing behind.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.timezone import localdate

from tests import worlds
from tests.journeys.applied import coordinator
from tests.journeys.grants.model import Body
from tests.rooms.granting import made
from zielwerk.config import world_strategy
from zielwerk.config.cast import OPERATOR, Cast
from zielwerk.core.permissions import NotAllowed
from zielwerk.identity.actions import Enrolment, enrol
from zielwerk.identity.models import User
from zielwerk.identity.queries import let_in
from zielwerk.ledger import actions as ledger
from zielwerk.ledger.actions import Posting
from zielwerk.ledger.models import AccountKey, Book, EntryCode, Place
from zielwerk.packs import loading as packs
from zielwerk.programme import actions as programme
from zielwerk.programme.actions import NewParty, NewRelation
from zielwerk.programme.models import Party
from zielwerk.rulebook.planning import Fund
from zielwerk.rulebook.refusal import Refused
from zielwerk.rulebook.tranche import Tranche

PACE = timedelta(hours=3)
MOST = 1000
ALLOTTED = {0: 90_000_00, 1: 11_000_00}
"""What each body is given at first, by how many years later it is due; more than it applies for."""
PERMITTED = 12_000_00
"""What the budget permits to promise for the next year, for all bodies together."""
WRITTEN = ("funding_application", "granting_grantnotice", "granting_grantact", "passing_passon")
"""The tables in which rows change; all others are only added to."""


@dataclass(frozen=True)
class Verb:
    """A verb: on which things of a body it can be tried, on which it may be done, and doing it.

    Doing it also notes what became of the thing; ``part`` says how much, out of a thousand. What
    ``leads_on`` is done more often than the ways back and out: else hardly anything is issued.
    """

    of: Callable[[Body], Sequence[Any]]
    may: Callable[[Any], bool]
    do: Callable[["Play", Any, int], None]
    leads_on: bool = False


VERBS: dict[str, Verb] = {}


def verb(
    of: Callable[[Body], Sequence[Any]], may: Callable[[Any], bool], *, leads_on: bool = False
) -> Callable[[Callable[["Play", Any, int], None]], Callable[["Play", Any, int], None]]:
    """Make a function a verb of the play, under its own name."""

    def declare(do: Callable[["Play", Any, int], None]) -> Callable[["Play", Any, int], None]:
        VERBS[do.__name__] = Verb(of, may, do, leads_on)
        return do

    return declare


def never(thing: object) -> bool:
    """What nobody may do, whatever the state."""
    return False


@dataclass
class Play:
    """The bodies with their people; what was done so far in this sequence, and how often."""

    casts: dict[str, Cast]
    heads: dict[str, User]
    party: Party
    bodies: list[Body]
    at: datetime
    done: Counter[str] = field(default_factory=Counter)
    told: list[str] = field(default_factory=list)
    issued: bool = False
    """Whether the last verb issued something."""

    @property
    def today(self) -> date:
        return localdate(self.at)

    @property
    def year(self) -> int:
        return made.year()

    def cast(self, thing: Any) -> Cast:
        return self.casts[thing.body.ags]

    def clerk(self, thing: Any) -> User:
        return self.cast(thing).pair("authority", thing.body.ags)[0]

    def head(self, thing: Any) -> User:
        return self.cast(thing).pair("authority", thing.body.ags)[1]

    def step(self, number: int, which: int, part: int) -> None:
        """Do what may be done, the rarer the sooner; now and then try anything there is."""
        # The plainest sequence, which repeats one step, is one of everything, too.
        number, part = number + len(self.told), (part + 37 * len(self.told)) % MOST + 1
        self.at += PACE
        body = self.bodies[which]
        for each in self.bodies:
            each.today = self.today
        name, thing = self.chosen(body, number)
        self.told.append(f"{name} {body.ags} {part}")
        self.take(name, thing, part)

    def chosen(self, body: Body, number: int) -> tuple[str, Any]:
        """Two times in four what leads on, the rarest first; one time what may be done; one time
        whatever can be tried."""
        turn, number = number % 4, number // 4
        things = {name: list(one.of(body)) for name, one in VERBS.items()}
        if turn < 3:
            things = {name: list(filter(VERBS[name].may, of)) for name, of in things.items()}
        names = [name for name, of in things.items() if of]
        onward = [name for name in names if VERBS[name].leads_on]
        if turn < 2 and onward:
            names = sorted(onward, key=self.done.__getitem__)[: (len(onward) + 1) // 2]
        name = names[number % len(names)]
        return name, things[name][number // len(names) % len(things[name])]

    def take(self, name: str, thing: Any, part: int) -> None:
        """Try a verb: it is done where the notes say that it may be, and else leaves no trace."""
        one, before, self.issued = VERBS[name], traces(), False
        is_allowed, why = one.may(thing), ""
        try:
            one.do(self, thing, part)
        except (Refused, NotAllowed) as refused:
            why = f"{refused!r} {getattr(refused, 'refusals', '')}"
        assert is_allowed != bool(why), f"{why or 'nobody refused it'}: {self.told}"
        if why:
            assert traces() == before, f"a refusal left traces: {self.told}"
        else:
            self.done[name] += 1


def traces() -> tuple[object, ...]:
    """What a verb leaves behind: rows in every table, changed cases, entries in the chain."""
    tables = connection.introspection.django_table_names(only_existing=False)
    counts = ", ".join(f'(SELECT count(*) FROM "{name}")' for name in tables)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counts}")
        counted = cursor.fetchone()
    return (*counted, worlds.content((*WRITTEN, "ledger_account", "core_audithead")))


def begun(cast: Cast) -> Play:
    """Two bodies with a strategy each, a Träger of both, and a budget that permits promises."""
    year = made.year()
    bodies = [Body(body.ags) for body in packs.bodies_in(settings.PROGRAMME, year)[:2]]
    casts = {one.ags: world_strategy.cast_of(cast, coordinator(one.ags)) for one in bodies}
    heads = {one.ags: head(one.ags) for one in bodies}
    for acting in casts.values():
        made.strategy(acting)
    relations = tuple(NewRelation(one.ags) for one in bodies)
    entry = NewParty(settings.PROGRAMME, "Werkhof (erfunden)", "provider", relations)
    party = programme.enter_party(cast.officer, entry, at=made.at(-50))
    permitted = AccountKey(
        Book.AUTHORISATION,
        Place.PERMITTED,
        settings.PROGRAMME,
        year,
        year,
        "0806 684 71",
        "land",
        due_year=year + 1,
    )
    outside = replace(permitted, place=Place.OUTSIDE)
    day = date(year, 1, 2)
    posting = Posting(outside, permitted, PERMITTED, EntryCode.APPROPRIATION, day, "HH-2026-0001")
    ledger.post(cast.officer, [posting], at=made.at(-49))
    play = Play(casts, heads, party, bodies, made.at(-1))
    for body in bodies:
        body.today = play.today
        for later, cents in ALLOTTED.items():
            allot(play, body, year + later, cents)
    return play


def head(ags: str) -> User:
    """The head of a body, who brings pass-ons into force."""
    email = f"leitung-{ags}@example.org"
    function, role = "Fachdienstleitung", "body_approver"
    person = enrol(
        OPERATOR, Enrolment(email, f"Leitung {ags}", function, role, "Kreis", ags), at=made.at(-99)
    )
    return let_in(person, made.at().date())


def allot(play: Play, body: Body, year: int, cents: int) -> None:
    """A body is given money, or what may be promised for the next year."""
    source, target = (pot(play, body, place, year) for place in (Place.OPENING, Place.ALLOCATED))
    day = date(play.year, 1, 2)
    opening = Posting(source, target, cents, EntryCode.OPENING, day, "VS-2026-0001")
    ledger.record_opening(play.casts[body.ags].officer, opening, at=play.at)
    body.given[year] += cents


def pot(play: Play, body: Body, place: Place, year: int) -> AccountKey:
    """A body's account of money that is due in a year; of the next one it is a promise."""
    tranche = Tranche("land", play.year, year if year > play.year else 0)
    fund = Fund(settings.PROGRAMME, play.year)
    ags = "" if place == Place.FREE else body.ags
    return AccountKey.planning(fund, place, ags).of(tranche)
