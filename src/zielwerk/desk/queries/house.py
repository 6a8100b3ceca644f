"""The work of a house beyond the steps of cases: what a programme year asks for, what is unclear.

It follows from all that is on record, so it is kept in memory under the newest entry of the audit
chain that is about it: nobody waits for it twice between two acts. Colleagues with the same roles
and bodies share it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language, gettext, ngettext

from zielwerk.agreements import queries as agreements
from zielwerk.budget import queries as budget
from zielwerk.core import capacity, permissions
from zielwerk.core.digests import digest_of
from zielwerk.core.models import AuditEntry
from zielwerk.desk.queries import year as overview
from zielwerk.desk.queries.money import Money, OwnAgreement, own_agreements, own_money
from zielwerk.desk.queries.rows import Group, of_day
from zielwerk.desk.queries.year import BodyYear
from zielwerk.ledger import queries as ledger
from zielwerk.ledger.models import Place
from zielwerk.packs import loading as packs
from zielwerk.programme import queries as programmes
from zielwerk.publication import queries as publication
from zielwerk.rulebook.refusal import msg
from zielwerk.rulebook.tasks import ELSEWHERE, LABELS, Asked, Progress, Work
from zielwerk.succession import queries as successions
from zielwerk.ui import wording
from zielwerk.ui.notices import TO_PUBLISH
from zielwerk.ui.tags.values import said

SHOWN = 3
BY_TURNS = frozenset({Work.REVIEW, Work.CONFIRM, Work.DISCARD})
"""Work that is a step of a case: whoever is asked for it has it among her steps."""
NAMED = {Work.COVER: "adjustments.reallocate", Work.PUBLISH: "publication.publish"}
"""Work that is named by itself to those who have the permission."""
READ = frozenset(
    {
        "adjustments",
        "agreements",
        "allocation",
        "budget",
        "identity",
        "imports",
        "ledger",
        "measures",
        "programme",
        "publication",
        "succession",
    }
)
"""The rooms whose records the facts of a house are made of."""
SOME = {
    "publish": (msg("Mehrere veröffentlichen"), "veroeffentlichen"),
    "propose": (msg("Mehrere vorlegen"), "vorlegen"),
}
"""By the act: to choose some of a year, and where."""
WHOLE = {
    "publish": (msg("Alle veröffentlichen"), ""),
    "propose": (msg("Alle vorlegen"), "?stufe=vorlegen"),
}
"""By the act: to have all of a year done in the background, and where."""


@dataclass(frozen=True)
class Asking:
    """Work of a programme year for which an organisation is asked.

    ``number`` of bodies it is open for, ``late`` of them overdue; ``due`` is the first of their
    days, ``since`` the first since when it waits, None where nobody knows.
    """

    work: Work
    year: int
    number: int
    late: int
    due: date | None
    since: date | None
    is_assumed: bool


@dataclass(frozen=True)
class Glance:
    """A programme year in a few numbers.

    ``own_late`` of the late bodies wait for ``organisation``, the person's own (a value of
    :class:`Asked`, empty for one that nobody asks). ``is_begun`` says that anything of it is on
    record here: an earlier year that was carried elsewhere is nobody's overdue work.
    """

    year: int
    bodies: int
    published: int
    late: int
    organisation: str
    own_late: int
    askings: tuple[Asking, ...] = ()
    is_begun: bool = True


@dataclass(frozen=True)
class HouseFacts:
    """What the records say to all with the same roles and bodies.

    ``stuck`` are annulments that nobody may decide (key, title, who asked, since), ``successions``
    those whose day has come (code, label, day), ``drafts`` years that nobody proposed,
    ``unbudgeted`` the running year while no budget is entered for it,
    ``to_begin`` years with what is not published (year, act, number); ``money`` and ``agreements``
    are those of a body.
    """

    glances: tuple[Glance, ...] = ()
    disagreements: int = 0
    uncovered: int = 0
    stuck: tuple[tuple[int, str, str, date], ...] = ()
    successions: tuple[tuple[str, str, date], ...] = ()
    drafts: tuple[int, ...] = ()
    unbudgeted: int = 0
    to_begin: tuple[tuple[int, str, int], ...] = ()
    money: tuple[Money, ...] = ()
    agreements: tuple[OwnAgreement, ...] = ()


def facts(user: Any, today: date) -> HouseFacts:
    """The facts of a person's house on a day; found anew after every act."""
    keys = user.perimeter.keys
    who = [sorted(user.roles), None if keys is None else sorted(keys), user.ags, get_language()]
    stamp = [_newest_act(), settings.PROGRAMME, today.isoformat(), who]
    name = f"desk-{digest_of(stamp)}"
    found: HouseFacts | None = cache.get(name)
    if found is None:
        found = _found(user, settings.PROGRAMME, today)
        cache.set(name, found)
    return found


def _newest_act() -> object:
    """The newest entry of the chain that is about what is read here; a note or a look is not."""
    verbs = [name for name in permissions.TABLE if name.partition(".")[0] in READ]
    entries = AuditEntry.objects.filter(verb__in=verbs).order_by("-pk")
    return entries.values_list("pk", "hash").first()


def _found(user: Any, programme: str, today: date) -> HouseFacts:
    return HouseFacts(
        glances=tuple(_glances(user, programme, today)),
        disagreements=_disagreements(user, programme),
        uncovered=_uncovered(user, programme),
        stuck=_stuck(user, programme, today),
        successions=_successions(user, programme, today),
        drafts=_drafts(user, programme),
        unbudgeted=_unbudgeted(user, programme, today),
        to_begin=tuple(publication.years_to_begin(user)),
        money=tuple(own_money(user)),
        agreements=tuple(own_agreements(user)),
    )


def _may(user: Any, name: str) -> bool:
    return permissions.role_refusal(user, name) is None


def _disagreements(user: Any, programme: str) -> int:
    """Where records and books differ: for whoever keeps the books."""
    if not _may(user, "desk.look_at_accord"):
        return 0
    return sum(1 for _ in ledger.disagreements(programme))


def _uncovered(user: Any, programme: str) -> int:
    if not _may(user, "adjustments.reallocate"):
        return 0
    selection = ledger.Selection(programme=programme, place=Place.UNCOVERED)
    return sum(standing.balance_cents < 0 for standing in ledger.places(user, selection, "ags"))


def _stuck(user: Any, programme: str, today: date) -> tuple[tuple[int, str, str, date], ...]:
    """What was asked for and nobody may decide: only who asked can clear the way."""
    if not _may(user, "agreements.withdraw_annulment"):
        return ()
    return tuple(
        (each.pk, str(each), each.asked_by, localdate(each.asked_at))
        for each in agreements.undecidable(user, programme, today)
    )


def _successions(user: Any, programme: str, today: date) -> tuple[tuple[str, str, date], ...]:
    """Successions whose day has come and that nobody has declared, though money is to pass."""
    if not _may(user, "succession.declare"):
        return ()
    waiting = [each.succession for each in successions.undeclared(programme, today)]
    return tuple((each.code, each.label, each.day) for each in waiting)


def _drafts(user: Any, programme: str) -> tuple[int, ...]:
    """Draft years whose rules nobody has proposed for release yet."""
    if not _may(user, "programme.propose_release"):
        return ()
    years = sorted(programmes.draft_years(programme))
    return tuple(year for year in years if programmes.open_release(programme, year) is None)


def _unbudgeted(user: Any, programme: str, today: date) -> int:
    """The running year if no budget is entered for it: nothing else can be begun; else 0."""
    year = programmes.running_year(programme, today)
    is_its_time = year not in programmes.draft_years(programme) and _may(user, "budget.book")
    return 0 if not is_its_time or budget.is_provided(programme, year) else year


# --- a programme year ---------------------------------------------------------------------


def _glances(user: Any, programme: str, today: date) -> list[Glance]:
    """The running programme year and the one before it, for people who may look at them."""
    if not _may(user, "desk.look_at_year"):
        return []
    newest = programmes.running_year(programme, today)
    before = packs.year_before(programme, newest)
    years = [year for year in packs.years(programme) if before <= year <= newest]
    glances = [_glance(user, programme, year, today) for year in years]
    return [one for one in glances if one.year == newest or one.is_begun]


def _glance(user: Any, programme: str, year: int, today: date) -> Glance:
    rows = overview.body_years(user, programme, year, today)
    summary = overview.summary(rows)
    organisation = next((candidate for candidate in Asked if candidate.value in user.roles), None)
    own_late = sum(row.is_late_for(organisation) for row in rows) if organisation else 0
    return Glance(
        year,
        summary.bodies,
        summary.published,
        summary.late,
        organisation or "",
        own_late,
        tuple(_askings(year, rows, organisation)) if organisation else (),
        any(row.progress != Progress.NOTHING for row in rows),
    )


def _askings(year: int, rows: Sequence[BodyYear], organisation: Asked) -> list[Asking]:
    """The work that the organisation is asked for, by urgency, each counted over the bodies."""
    asked = [(row, task) for row in rows for task in row.tasks if organisation in task.asked]
    askings = []
    for work in LABELS:
        if same := [(row, task) for row, task in asked if task.work == work]:
            days = [task.due for _, task in same if task.due]
            since = [row.since[work] for row, _ in same if work in row.since]
            askings.append(
                Asking(
                    work,
                    year,
                    len(same),
                    sum(task.is_late for _, task in same),
                    min(days, default=None),
                    min(since, default=None),
                    any(task.is_assumed for _, task in same),
                )
            )
    return askings


# --- as groups of the desk ----------------------------------------------------------------


def groups(user: Any, found: HouseFacts, today: date) -> tuple[list[Group], list[Group]]:
    """What is unclear and comes before everything, and what is to be begun, after the steps."""
    before = [*_unclear(found)]
    after = [*_clearing(user, found, today), *_beginning(found, today)]
    return before, after


def _unclear(found: HouseFacts) -> list[Group]:
    groups = []
    if found.disagreements:
        text = ngettext(
            "Abweichung zwischen Vorgängen und Büchern ist zu klären",
            "Abweichungen zwischen Vorgängen und Büchern sind zu klären",
            found.disagreements,
        )
        groups.append(Group(found.disagreements, text, reverse("desk:accord")))
    if found.uncovered:
        text = ngettext(
            "ungedeckter Posten ist zu klären",
            "ungedeckte Posten sind zu klären",
            found.uncovered,
        )
        url = f"{reverse('ledger:transfers')}?ort={Place.UNCOVERED.value}"
        door = said(msg("Mehrere decken")), reverse("desk:together_to_cover")
        doors = [door] if found.uncovered > 1 else []
        groups.append(Group(found.uncovered, text, url, at_once=doors))
    return groups


def _clearing(user: Any, found: HouseFacts, today: date) -> list[Group]:
    """What this person asked for and nobody may decide."""
    hers = [each for each in found.stuck if capacity.did(user, each[2])]
    if not hers:
        return []
    text = ngettext(
        "Ihr Antrag auf Aufhebung ist zurückzuziehen: niemand darf darüber entscheiden",
        "Ihre Anträge auf Aufhebung sind zurückzuziehen: niemand darf darüber entscheiden",
        len(hers),
    )
    rows = [
        of_day(title, reverse("agreements:annulment", args=[pk]), since, today)
        for pk, title, _, since in hers[:SHOWN]
    ]
    return [Group(len(hers), text, reverse("agreements:annulments"), rows)]


def _beginning(found: HouseFacts, today: date) -> list[Group]:
    groups = []
    if found.successions:
        text = ngettext(
            "Rechtsnachfolge ist zu vollziehen",
            "Rechtsnachfolgen sind zu vollziehen",
            len(found.successions),
        )
        rows = [
            of_day(label, reverse("succession:declare", args=[code]), day, today)
            for code, label, day in found.successions[:SHOWN]
        ]
        groups.append(Group(len(found.successions), text, reverse("succession:choose"), rows))
    for year in found.drafts:
        text = gettext("Entwurf eines Programmjahrs ist zu prüfen und vorzuschlagen ({year})")
        url = reverse("programme:propose_release", args=[year])
        groups.append(Group(1, text.format(year=year), url))
    for year, act, number in found.to_begin:
        text = wording.fitted_number(TO_PUBLISH, number)
        (some, stage), (whole, query) = SOME[act], WHOLE[act]
        doors = [
            (said(some), reverse("desk:together_to_publish", args=[year, stage])),
            (said(whole), reverse("publication:whole_year", args=[year]) + query),
        ]
        url = reverse("agreements:agreements")
        groups.append(Group(number, f"{text} ({year})", url, at_once=doors[number < 2 :]))
    return groups


def askings(user: Any, found: HouseFacts, today: date) -> list[Group]:
    """The work of the years for which the person's house is asked and that nothing else names."""
    named = BY_TURNS | {work for work, name in NAMED.items() if _may(user, name)}
    first = [_of_budget(found.unbudgeted)] if found.unbudgeted else []
    return first + [
        _of_house(user, asking, today)
        for glance in found.glances
        for asking in glance.askings
        if asking.work not in named
    ]


def _of_budget(year: int) -> Group:
    """What comes before all else of a year, for whoever enters the budget."""
    text = gettext("Haushalt veranschlagen, Programmjahr {year}").format(year=year)
    return Group(1, text, reverse("budget:budget"))


def _of_house(user: Any, asking: Asking, today: date) -> Group:
    text = gettext("{work}, Programmjahr {year}").format(
        work=said(LABELS[asking.work]), year=asking.year
    )
    url = f"{reverse('desk:year', args=[asking.year])}?was={asking.work.value}"
    when = of_day("", url, asking.since, today, asking.due)
    return Group(
        asking.number,
        text,
        url,
        late=asking.late,
        is_of_house=True,
        bodies=0 if user.ags else asking.number,
        when=replace(when, is_late=False, is_assumed=asking.is_assumed),
        is_kept_elsewhere=asking.work in ELSEWHERE,
    )
