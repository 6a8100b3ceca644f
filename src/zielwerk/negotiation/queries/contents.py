"""What a draft of a body and year would say today, and what a colleague would say about one.

Nothing here is kept: it is computed from the allocation, the planned measures, the strategy, last
year's draft and the rules as they are.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

from zielwerk.drafting.clauses import drafted
from zielwerk.drafting.content import Planned, content
from zielwerk.drafting.model import Clause, Document, Measure, Target
from zielwerk.drafting.references import references, with_figures, with_goals
from zielwerk.drafting.targets import agreed
from zielwerk.drafting.views import nodes
from zielwerk.ledger import queries as ledger
from zielwerk.ledger.models import Book, Place
from zielwerk.measures import queries as measures
from zielwerk.measures.models import OverallTarget, PlannedMeasure
from zielwerk.measures.queries.words import Words
from zielwerk.negotiation.queries.drafts import last_year
from zielwerk.packs import loading as packs
from zielwerk.packs.model import Body, Year
from zielwerk.packs.naming import short
from zielwerk.rulebook import checking
from zielwerk.rulebook.checking import Finding, Funded, OtherFunding, check
from zielwerk.rulebook.checking import Planned as Checked
from zielwerk.rulebook.planned import Plan
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.strategy import queries as strategy


class Sources:
    """What is known of a body and year; each part is read once, when it is asked for."""

    def __init__(self, rules: Year, body: Body) -> None:
        self.rules, self.body = rules, body
        self._lacking: dict[date, strategy.Missing] = {}

    @property
    def place(self) -> tuple[str, int, str]:
        return self.rules.programme.code, self.rules.year, self.body.ags

    @cached_property
    def money(self) -> Mapping[str, int]:
        """What was decided for it by earmark, agreed or not; empty where nothing was."""
        return _allocated(*self.place)

    @cached_property
    def planned(self) -> Sequence[PlannedMeasure]:
        """What it plans and did not give up."""
        return list(measures.plans_of(*self.place).select_related("carried_from"))

    @cached_property
    def own(self) -> Sequence[Clause]:
        """Its additions to last year's document."""
        takes_own = self.rules.programme.document.additions
        return last_year(*self.place).own if takes_own else ()

    @cached_property
    def overall(self) -> Sequence[OverallTarget]:
        """What it aims at in the whole year."""
        return list(measures.targets_of(*self.place))

    def lacking(self, on: date) -> strategy.Missing:
        """What its strategy lacks on a day, or on the day of the year that is next to it."""
        day = self.rules.within(on)
        if day not in self._lacking:
            self._lacking[day] = strategy.missing(self.place[0], self.body.ags, day)
        return self._lacking[day]

    @property
    def measures(self) -> list[Measure]:
        """What is planned, as a document would name it."""
        return [measure_of(each, self.rules) for each in self.planned]

    @property
    def targets(self) -> list[Target]:
        """What is aimed at, as a document would name it."""
        return list(_targets(self))


def sources_of(programme: str, year: int, ags: str) -> Sources:
    """All that a draft is made from; raises Refused where there is no such body in the year."""
    return Sources(packs.load(programme, year), _body(programme, year, ags))


def draft_of(programme: str, year: int, ags: str, on: date) -> Document:
    """The document as it would be drafted on a day; raises Refused where there is no such body."""
    return document_of(sources_of(programme, year, ags), on)


def document_of(sources: Sources, on: date) -> Document:
    """The document that the sources make on a day."""
    (programme, _, ags), rules = sources.place, sources.rules
    day = rules.within(on)
    in_force = strategy.strategy_in_force(programme, ags, day)
    known = Planned(
        amount_cents=sum(sources.money.values()),
        earmarks=_earmarks(sources.money, sources.planned),
        measures=sources.measures,
        frameworks=sorted({code for each in sources.planned for code in each.plan.frameworks}),
        strategy=in_force.title if in_force else "",
        targets=sources.targets,
    )
    return drafted(rules, content(rules, sources.body, known, day), sources.own)


def findings_of(programme: str, year: int, ags: str, on: date) -> tuple[Finding, ...]:
    """What would be said about the draft as it would be made on a day, the gravest first."""
    sources = sources_of(programme, year, ags)
    return findings_in(document_of(sources, on), sources, on)


def findings_in(document: Document, sources: Sources, on: date) -> tuple[Finding, ...]:
    """What is to be mended, answered or known before a document is signed, the gravest first."""
    return check(_facts(document, sources, on))


def years(programme: str) -> list[int]:
    """The years for which the programme has rules."""
    return list(packs.years(programme))


def _facts(document: Document, sources: Sources, on: date) -> checking.Draft:
    about, rules, money = document.content, sources.rules, sources.money
    programme, year, ags = sources.place
    checked = _checked(document, sources)
    lacking = sources.lacking(on)
    amends = document.amends
    needed = rules.programme.strategy
    return checking.Draft(
        amount_cents=about.amount_cents,
        rules=measures.rules_of(programme, year, ags, named=[each.plan for each in checked]),
        allocated_cents=sum(money.values()) if money else None,
        allocated=_earmarked(document, money),
        changes_nothing=amends is not None and document.substance == amends.digest,
        agreed={each.code: each.amount_cents for each in about.earmarks},
        labels={each.code: str(each.label) for each in rules.earmarks},
        measures=checked,
        frameworks=_over(document, rules),
        strategy=lacking.parts,
        against=lacking.against,
        precondition_of=needed.precondition_of if needed else "none",
        references=references(document),
        clauses=tuple(clause.number for clause in document.clauses),
        goals=with_goals(document),
        figures=with_figures(document),
        elsewhere=tuple(_elsewhere(sources)),
        others=tuple(
            OtherFunding(each.code, str(each.label), each.cues, each.with_language)
            for each in rules.on(on).other_funding
        ),
        own_sources={each.code for each in rules.cost_sources if each.of_programme},
        money_place=_place_of(rules, "amount"),
        strategy_place=_place_of(rules, "strategy"),
        bases=dict.fromkeys(("strategy", "precondition"), needed.source.text) if needed else {},
    )


def _earmarked(document: Document, money: Mapping[str, int]) -> dict[str, int]:
    """What was decided by earmark; a change may leave some of it, which is no difference then."""
    named = {each.code: each.amount_cents for each in document.content.earmarks}
    return {
        code: cents
        for code, cents in money.items()
        if code and not (document.amends and (named.get(code) or 0) < cents)
    }


def _checked(document: Document, sources: Sources) -> tuple[Checked, ...]:
    """Each measure of the document with its place in it: "§ 5, Maßnahme 2".

    What it names of a measure counts, and what is planned besides.
    """
    places = {node.id: node.label for node in nodes(document)}
    plans = {each.file_number: each.plan for each in sources.planned}
    rules = sources.rules
    fresh = Plan(first_day=rules.begins, last_day=rules.ends)
    return tuple(
        Checked(
            each.id,
            places[f"measures/{each.id}"],
            replace(plans.get(each.id, fresh), title=each.title, type=each.type, seats=each.places),
        )
        for each in document.content.measures
    )


def _elsewhere(sources: Sources) -> Iterator[Funded]:
    """What other bodies plan in the year with the parties that carry these measures out."""
    parties = {each.plan.party for each in sources.planned if each.plan.party is not None}
    for other in measures.plans_carried_by(parties, *sources.place) if parties else ():
        where = f"{short(sources.place[0], other.ags)}, {other.file_number}"
        yield Funded(where, other.title, other.ags)


def _over(document: Document, rules: Year) -> list[str]:
    """The titles of the frameworks that the draft names and that hold on no day of the year."""
    held = {each.code for each in rules.frameworks}
    return [each.label for each in document.content.frameworks if each.code not in held]


def _place_of(rules: Year, slot: str) -> str:
    """The number of the clause that has a slot, as the place of what is said about it."""
    return next((clause.number for clause in rules.clauses if slot in clause.slots), "")


def measure_of(planned: PlannedMeasure, rules: Year) -> Measure:
    """A planned measure as a document names it."""
    plan = planned.plan
    labels = {each.code: str(each.label) for each in rules.measure_types}
    return Measure(
        planned.file_number,
        plan.type,
        labels.get(plan.type, plan.type),
        plan.title,
        measures.programme_cents(plan, rules)
        if rules.programme.document.recipient == "measure"
        else None,
        plan.seats,
    )


def _targets(sources: Sources) -> Iterator[Target]:
    """The targets of the whole year, then those of each measure."""
    rules = sources.rules
    words = Words(rules.programme.code, rules.year)
    for overall in sources.overall:
        aim = overall.target
        yield agreed(aim, words.names(aim), own=overall.file_number, ends=rules.ends)
    for planned in sources.planned:
        yield from targets_of_plan(planned, words)


def targets_of_plan(planned: PlannedMeasure, words: Words | None = None) -> Iterator[Target]:
    """The targets of a planned measure as a document names them."""
    words = words or Words(planned.programme, planned.year)
    number, ends = planned.file_number, planned.plan.last_day or words.rules.ends
    for aim in planned.plan.targets:
        own = f"{number}.{aim.number}"
        yield agreed(aim, words.names(aim), own=own, measure=number, ends=ends)


def _earmarks(money: Mapping[str, int], planned: Iterable[PlannedMeasure]) -> dict[str, int | None]:
    """The purposes that the draft names: those with money, and those that a measure names."""
    named: dict[str, int | None] = {each.plan.earmark: None for each in planned}
    named |= money
    return {code: cents for code, cents in named.items() if code}


def _allocated(programme: str, year: int, ags: str) -> dict[str, int]:
    """What was decided for a body and year by earmark, agreed or not; empty where nothing was."""
    sums: dict[str, int] = defaultdict(int)
    places = (Place.ALLOCATED, Place.AGREED)
    for key, cents in ledger.account_balances(
        book=Book.PLANNING, place__in=places, programme=programme, programme_year=year, ags=ags
    ):
        sums[key.earmark] += cents
    return dict(sums)


def _body(programme: str, year: int, ags: str) -> Body:
    bodies = {body.ags: body for body in packs.bodies_in(programme, year)}
    if ags not in bodies:
        params = {"ags": ags, "year": str(year)}
        raise Refused(Refusal("agreements.no_such_body", NO_SUCH_BODY, params))
    return bodies[ags]


NO_SUCH_BODY = msg("{year} gibt es keine Gebietskörperschaft mit dem Schlüssel {ags}.")
