"""Monday morning: each measure with each Träger, over all running programme years.

Whatever a page, a file or a draft for the committee shows of it is read with the same few queries,
however many rows there are.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from zielwerk.core.permissions import Actor
from zielwerk.granting import queries as granting
from zielwerk.granting.models import GrantNotice
from zielwerk.packs import loading as packs
from zielwerk.packs import passing as passing_on
from zielwerk.packs.model import Year
from zielwerk.passing.models import PassOn, ProviderReminder, Spent
from zielwerk.passing.queries import facts, records
from zielwerk.passing.queries.drafts import PassDraft
from zielwerk.rulebook.alphabet import sort_key
from zielwerk.rulebook.grant.course import GrantState
from zielwerk.rulebook.passing import amounts as money
from zielwerk.rulebook.passing.course import PassState
from zielwerk.rulebook.passing.days import Due, Event, is_running, next_due
from zielwerk.rulebook.passing.ways import Due as PaperDue
from zielwerk.rulebook.passing.ways import OpenPaper, Way, of_code, open_papers


@dataclass(frozen=True)
class SurveyRow:
    """A measure with a Träger, or what of the measure nobody has got yet.

    ``key`` is the number of the pass-on, or names notice and measure. ``granted_cents`` is of the
    whole measure. ``passed_cents`` is what counts, null of what is not in force yet; ``open_cents``
    what is left, said once for a measure. ``spent_cents`` and ``taken`` are as last noted.
    """

    key: str
    ags: str
    body_name: str
    year: int
    notice: str
    notice_pk: int
    measure: str
    title: str
    case: PassOn | None = None
    way: Way | None = None
    granted_cents: int = 0
    passed_cents: int | None = None
    open_cents: int | None = None
    spent_cents: int | None = None
    spent_on: date | None = None
    taken: int | None = None
    papers: tuple[OpenPaper, ...] = ()
    due: Due | None = None
    reminded: date | None = None

    @property
    def pk(self) -> int | None:
        return self.case.pk if self.case else None

    @property
    def number(self) -> str:
        return self.case.file_number if self.case else ""

    @property
    def carrier(self) -> str:
        return str(self.case.carrier) if self.case else ""

    @property
    def state(self) -> str:
        """The state of the pass-on; "open" of what nobody has got yet."""
        return self.case.state if self.case else OPEN

    @property
    def other_cents(self) -> int | None:
        return self.case.other_cents if self.case else None

    @property
    def seats(self) -> int | None:
        return self.case.seats if self.case else None

    @property
    def is_overspent(self) -> bool:
        """Whether more was spent than counts as passed on."""
        return (self.spent_cents or 0) > (self.passed_cents or 0)

    @property
    def missing(self) -> int:
        """How many papers are late."""
        return sum(each.is_late for each in self.papers)

    @property
    def due_day(self) -> date | None:
        return self.due.day if self.due else None

    @property
    def title_key(self) -> str:
        return sort_key(self.title)

    @property
    def carrier_key(self) -> str:
        return sort_key(self.carrier)

    @property
    def body_key(self) -> str:
        return sort_key(self.body_name)


OPEN = "open"


def running_years(programme: str, on: date) -> list[int]:
    """The programme years whose body has not to have proved by a day, newest first."""
    found = []
    for year in years(programme):
        rules = packs.load(programme, year)
        last = passing_on.proof_of_body(rules, rules.ends)
        if is_running(rules.begins, last, rules.ends, on):
            found.append(year)
    return found


def years(programme: str) -> list[int]:
    """The programme years whose grants are passed on here, newest first."""
    known = packs.years(programme)
    return [year for year in known if packs.load(programme, year).procedure("passing")]


def survey(
    user: Actor, programme: str, years: Collection[int], on: date, ags: str = ""
) -> list[SurveyRow]:
    """All rows of some programme years that a person sees, by body, measure and Träger.

    With ``ags`` those of this body alone.
    """
    notices = granting.notices(user, programme).filter(
        state=GrantState.ISSUED, amount_cents__gt=0, year__in=years
    )
    notices = (notices.filter(ags=ags) if ags else notices).select_related(None)
    return sorted(Survey(user, list(notices), on).rows(), key=_place)


def _place(row: SurveyRow) -> tuple[int, str, str, bool, str, str]:
    return (-row.year, row.body_key, row.title_key, row.case is None, row.carrier_key, row.key)


class Survey:
    """What some notices grant, and what became of it; read at once for all of them."""

    def __init__(self, user: Actor, notices: Sequence[GrantNotice], on: date) -> None:
        self.user, self.on = user, on
        self.notices = {notice.pk: notice for notice in notices}

    @cached_property
    def granted(self) -> Mapping[int, Mapping[str, tuple[str, dict[int, int]]]]:
        """What stands on the day: by notice and measure its title, and cents by budget year."""
        notices = list(self.notices.values())
        found: dict[int, dict[str, tuple[str, dict[int, int]]]] = {
            notice: {measure: (title, {}) for measure, title in sorted(titles.items())}
            for notice, titles in granting.titles_of(notices).items()
        }
        for notice, standing in granting.standings(notices, self.on).items():
            for (measure, year), cents in sorted(standing.amounts.items()):
                found[notice][measure][1][year] = cents
        return found

    @cached_property
    def cases(self) -> list[PassOn]:
        """The newest of each chain that the person sees and nobody gave up."""
        rows = records.pass_ons(self.user, self.programme).filter(notice__in=self.notices)
        rows = rows.exclude(state=PassState.DISCARDED).select_related(None).order_by("pk")
        return list(records.newest(rows).defer("content", "trail", "words"))

    @property
    def programme(self) -> str:
        return next((each.programme for each in self.notices.values()), "")

    @cached_property
    def firsts(self) -> list[int]:
        return [case.first_pk for case in self.cases]

    @cached_property
    def spent(self) -> Mapping[int, Mapping[int, Spent]]:
        return records.spent_of(self.firsts)

    @cached_property
    def papers(self) -> Mapping[int, Collection[str]]:
        """The codes of the papers that are there, by the first of the chain."""
        found = records.papers_of(self.firsts)
        return {
            pk: [code for code, row in rows.items() if row.is_there] for pk, rows in found.items()
        }

    @cached_property
    def reminders(self) -> Mapping[int, ProviderReminder]:
        return records.reminders_of(self.firsts)

    @cached_property
    def rules(self) -> Mapping[tuple[int, str], Year]:
        """The rules of the notices, each version read once."""
        found: dict[tuple[int, str], Year] = {}
        for notice in self.notices.values():
            version = (notice.year, notice.rule_version)
            if version not in found:
                found[version] = records.rules_of_notice(notice)
        return found

    @cached_property
    def by_measure(self) -> Mapping[tuple[int, str], list[PassOn]]:
        found: dict[tuple[int, str], list[PassOn]] = defaultdict(list)
        for case in self.cases:
            found[case.notice_id, case.measure].append(case)
        return found

    def rows(self) -> Iterator[SurveyRow]:
        """Each measure that gets something, or got it and passed it on."""
        for pk, notice in self.notices.items():
            for measure, (title, granted) in self.granted[pk].items():
                cases = self.by_measure.get((pk, measure), [])
                if cases or any(granted.values()):
                    yield from self._of_measure(notice, measure, title, granted)

    def _of_measure(
        self, notice: GrantNotice, measure: str, title: str, granted: dict[int, int]
    ) -> Iterator[SurveyRow]:
        common = {
            "ags": notice.ags,
            "body_name": str(notice.body_name),
            "year": notice.year,
            "notice": notice.file_number,
            "notice_pk": notice.pk,
            "measure": measure,
            "title": title,
            "granted_cents": sum(granted.values()),
        }
        ways = passing_on.ways(self.rules[notice.year, notice.rule_version])
        kept = []
        for case in self.by_measure.get((notice.pk, measure), []):
            counted = facts.counted(case, self.spent) if case.counts else None
            kept += [counted] if counted is not None else []
            yield self._row(case, of_code(ways, case.way), counted, common)
        rest = sum(money.left(granted, kept).values())
        if rest:
            yield SurveyRow(f"n{notice.pk}-{measure}", open_cents=rest, **common)  # type: ignore[arg-type]

    def _row(
        self,
        case: PassOn,
        way: Way | None,
        counted: dict[int, int] | None,
        common: dict[str, object],
    ) -> SurveyRow:
        spent = self.spent.get(case.first_pk, {})
        cents = records.cents_by_year(spent.values())
        last = max(spent.values(), key=lambda row: (row.budget_year, row.pk), default=None)
        papers = papers_open(case, way, self.papers.get(case.first_pk, ()), self.on)
        reminded = self.reminders.get(case.first_pk)
        return SurveyRow(
            str(case.pk),
            case=case,
            way=way,
            passed_cents=None if counted is None else sum(counted.values()),
            spent_cents=sum(cents.values()) if cents else None,
            spent_on=max((row.day for row in spent.values()), default=None),
            taken=last.taken if last else None,
            papers=tuple(papers),
            due=next_due(dues_of(case, way, papers), self.on),
            reminded=reminded.day if reminded else None,
            **common,  # type: ignore[arg-type]
        )


def papers_open(case: PassOn, way: Way | None, there: Collection[str], on: date) -> list[OpenPaper]:
    """The papers that the Träger of a pass-on in force still owes."""
    if way is None or not case.counts:
        return []
    return open_papers(way, there, case.concluded_on, case.proof_due or case.last_day, on)


def dues_of(case: PassOn, way: Way | None, papers: Sequence[OpenPaper]) -> Iterator[Due]:
    """What is due of a pass-on in force, in no order: instalments, its end, papers and proof."""
    if way is None or not case.counts:
        return
    if case.state == PassState.IN_FORCE:
        for part in PassDraft.of(case).instalments:
            yield Due(part.day, Event.INSTALMENT)
        if case.last_day:
            yield Due(case.last_day, Event.END)
    of_proof = {paper.code for paper in way.papers if paper.due is PaperDue.PROOF}
    owed = {each.paper.code for each in papers}
    if way.proof and case.proof_due and (owed & of_proof or not of_proof):
        yield Due(case.proof_due, Event.PROOF)
    for each in papers:
        if each.due and not (way.proof and each.paper.code in of_proof):
            yield Due(each.due, Event.PAPER)
