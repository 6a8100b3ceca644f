"""Whom a reminder reaches: the people of the Träger who have an account; and why it does not."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import QuerySet

from zielwerk.core.permissions import Actor
from zielwerk.identity.models import Post, User
from zielwerk.passing.models import PassOn
from zielwerk.passing.queries import records
from zielwerk.passing.queries.survey import dues_of, papers_open
from zielwerk.rulebook.passing.course import PassState
from zielwerk.rulebook.passing.days import Due, next_due
from zielwerk.rulebook.passing.ways import OpenPaper
from zielwerk.rulebook.refusal import Refusal, msg

CONTACT = "provider_contact"


@dataclass(frozen=True)
class Owed:
    """A pass-on, the papers that its Träger still owes, and what comes next."""

    case: PassOn
    papers: Sequence[OpenPaper]
    due: Due | None

    @property
    def late(self) -> list[OpenPaper]:
        return [each for each in self.papers if each.is_late]


@dataclass(frozen=True)
class Reach:
    """A pass-on, what its Träger owes, and who would be reminded; ``why_not`` where nobody is."""

    case: PassOn
    papers: Sequence[OpenPaper]
    due: Due | None
    people: Sequence[User]
    why_not: Refusal | None = None

    @property
    def is_reached(self) -> bool:
        return self.why_not is None


def reach(user: Actor, numbers: Collection[int], on: date) -> list[Reach]:
    """What a reminder of some pass-ons would reach, of those that the person sees; five queries."""
    rows = records.pass_ons(user, settings.PROGRAMME)
    cases = list(records.newest(rows.filter(pk__in=numbers)).order_by("carrier_key", "pk"))
    reminders = records.reminders_of([case.first_pk for case in cases])
    people = contacts({case.party_id for case in cases if case.party_id}, on)
    found = []
    for each in owed(cases, on):
        case, last = each.case, reminders.get(each.case.first_pk)
        of_party = people.get(case.party_id or 0, [])
        why_not = _why_not(case, of_party, is_reminded=last is not None and last.day == on)
        found.append(Reach(case, each.papers, each.due, [] if why_not else of_party, why_not))
    return found


def owed(cases: Sequence[PassOn], on: date) -> Iterator[Owed]:
    """What the Träger of some pass-ons owe on a day; one query."""
    papers = records.papers_of([case.first_pk for case in cases])
    for case in cases:
        way = records.way_of(case)
        there = [code for code, row in papers.get(case.first_pk, {}).items() if row.is_there]
        missing = papers_open(case, way, there, on)
        yield Owed(case, missing, next_due(dues_of(case, way, missing), on))


def in_force(user: Actor, programme: str) -> QuerySet[PassOn]:
    """What is passed on now, of what the person sees: the newest of each chain."""
    rows = records.pass_ons(user, programme).filter(state=PassState.IN_FORCE)
    return records.newest(rows).defer("content", "trail", "words")


def contacts(parties: Collection[int], on: date) -> dict[int, list[User]]:
    """The people of some Träger who may sign in on a day, by the number of the Träger."""
    posts = Post.objects.filter(
        role=CONTACT, party__in=parties, ended_at=None, person__is_active=True
    )
    found: dict[int, list[User]] = defaultdict(list)
    for post in posts.select_related("person").order_by("person", "pk"):
        if post.holds_on(on) and post.person not in found[post.party]:
            found[post.party].append(post.person)
    return found


def _why_not(case: PassOn, people: Sequence[User], *, is_reminded: bool) -> Refusal | None:
    if not case.counts:
        return NOT_IN_FORCE
    if case.party_id is None:
        return NO_TRAEGER
    if is_reminded:
        return REMINDED
    return None if people else NO_CONTACT


NOT_IN_FORCE = Refusal("passing.remind_draft", msg("Noch nicht in Kraft."))
NO_TRAEGER = Refusal("passing.remind_nobody", msg("Die Körperschaft führt selbst durch."))
REMINDED = Refusal("passing.remind_again", msg("Heute schon erinnert."))
NO_CONTACT = Refusal(
    "passing.remind_no_contact", msg("Der Träger hat niemanden, der sich anmelden kann.")
)
