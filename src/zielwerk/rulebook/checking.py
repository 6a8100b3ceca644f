"""What a good colleague would say about a draft before it is signed: declared rules, one by one.

A rule has a severity, the place that it is about, what it rests on, and a sentence. A finding has
a key that stays while its reason stays, so that an answer given once is kept and shows in the
draft of the next year. None of it changes the draft.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from zielwerk.rulebook.lifecycle import OWN_RULE
from zielwerk.rulebook.likeness import Titles
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.planned import Plan, PlanRules, faults
from zielwerk.rulebook.refusal import Refusal, Said, msg


class Severity(StrEnum):
    """What a finding asks for."""

    ERROR = "error"  # to be mended: nobody signs it so
    QUESTION = "question"  # to be answered before signing
    HINT = "hint"  # to be known


@dataclass(frozen=True)
class Funded:
    """A measure as others fund it: ``where`` says who and when, in words, ``ags`` whose it is."""

    where: str
    title: str
    ags: str = ""

    @property
    def named(self) -> Said:
        """What it is and where, for whoever sees that body's files."""
        return Said(FUNDED, {"title": self.title, "where": self.where})


@dataclass(frozen=True)
class OtherFunding:
    """Another programme that may fund the same (ESF+ IdeA), and the words that tell of it."""

    code: str
    label: str
    cues: tuple[str, ...] = ()
    with_language: bool = False  # it funds language teaching beside measures


@dataclass(frozen=True)
class Planned:
    """A measure of the draft: ``id`` for good, ``place`` as people call it, what is planned."""

    id: str
    place: str
    plan: Plan


@dataclass(frozen=True)
class Reference:
    """A clause that announces something in another: "die Ziele in § 5", "die Eckdaten in § 4"."""

    source: str
    target: str
    what: str  # goals, figures, clause


@dataclass(frozen=True)
class Draft:
    """The facts of a draft that the rules look at. Amounts in euro cents.

    ``allocated_cents`` is null where nothing was decided; ``allocated`` are its earmarks by code,
    ``labels`` what people call them, ``agreed`` what the draft names of each, null where it names
    one without an amount. ``frameworks`` are the titles of those that the draft rests on and that
    do not hold in the year. ``strategy`` says what the regional strategy lacks, nothing where it
    is whole or none is asked for; ``against`` what of that stands against the ``precondition_of``
    ``funding`` or an ``agreement``. ``clauses`` are the numbers of all clauses, ``goals`` and
    ``figures`` those of the clauses that hold any. ``own_sources`` are the codes of the money of
    this programme, ``bases`` what rules rest on by their codes, as the programme says. With
    ``changes_nothing`` it is to change an agreed text and is still its copy.
    """

    amount_cents: int
    rules: PlanRules
    allocated_cents: int | None = None
    allocated: Mapping[str, int] = field(default_factory=dict)
    agreed: Mapping[str, int | None] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    measures: Sequence[Planned] = ()
    frameworks: Sequence[str] = ()
    strategy: Sequence[Said] = ()
    against: Sequence[Said] = ()
    precondition_of: str = "none"
    references: Sequence[Reference] = ()
    clauses: Collection[str] = ()
    goals: Collection[str] = ()
    figures: Collection[str] = ()
    elsewhere: Sequence[Funded] = ()
    others: Sequence[OtherFunding] = ()
    own_sources: Collection[str] = ()
    changes_nothing: bool = False
    money_place: str = "§ 4"
    strategy_place: str = "§ 2"
    bases: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Finding:
    """One thing to mend, to answer or to know.

    ``key`` names rule and subject and stays while both do; ``place`` is a number of a clause or
    what people call the measure. ``funded`` is what other bodies plan, for whoever sees the files
    of those: neither ``key`` nor ``said`` tell of it, because both sides read them.
    """

    key: str
    severity: Severity
    place: str
    said: Said
    basis: str = ""
    funded: tuple[Funded, ...] = ()

    @property
    def must_be_answered(self) -> bool:
        return self.severity is Severity.QUESTION


Found = Iterator[tuple[str, str, Said] | tuple[str, str, Said, tuple[Funded, ...]]]
"""Subject (part of the key), place and sentence; and what other bodies plan."""


@dataclass(frozen=True)
class Rule:
    """A rule: its name, severity and basis, and what it finds in a draft.

    Where the programme says what a rule rests on (``Draft.bases``), that is its basis.
    """

    code: str
    severity: Severity
    basis: str
    look: Callable[[Draft], Found]

    def findings(self, draft: Draft) -> Iterator[Finding]:
        for subject, place, said, *funded in self.look(draft):
            key = f"{self.code}:{subject}" if subject else self.code
            basis = draft.bases.get(self.code, self.basis)
            yield Finding(key, self.severity, place, said, basis, *funded)


def check(draft: Draft) -> tuple[Finding, ...]:
    """All findings, the gravest first, else in the order of the rules."""
    found = [finding for rule in RULES for finding in rule.findings(draft)]
    order = list(Severity)
    return tuple(sorted(found, key=lambda finding: order.index(finding.severity)))


def unanswered(findings: Sequence[Finding], answers: Mapping[str, str]) -> tuple[Finding, ...]:
    """What keeps a draft from being signed: errors, and questions without an answer by key."""
    return tuple(
        finding
        for finding in findings
        if finding.severity is Severity.ERROR
        or (finding.must_be_answered and not answers.get(finding.key, "").strip())
    )


def _allocation(draft: Draft) -> Found:
    amount, allocated = Cents(draft.amount_cents), draft.allocated_cents
    if allocated is None:
        yield "", draft.money_place, Said(NOTHING_ALLOCATED, {"amount": amount})
    elif draft.amount_cents > allocated:
        params = {"amount": amount, "allocated": Cents(allocated)}
        yield "", draft.money_place, Said(MORE_THAN_ALLOCATED, params)


def _changes_nothing(draft: Draft) -> Found:
    if draft.changes_nothing:
        yield "", "", Said(CHANGES_NOTHING)


def _less_than_allocated(draft: Draft) -> Found:
    allocated = draft.allocated_cents
    if allocated is not None and draft.amount_cents < allocated:
        left = Cents(allocated - draft.amount_cents)
        yield "", draft.money_place, Said(LESS_THAN_ALLOCATED, {"left": left})


def _sum_of_measures(draft: Draft) -> Found:
    costs = [_state_money(draft, planned) for planned in draft.measures]
    known = [cents for cents in costs if cents is not None]
    total = Cents(sum(known))
    if known and total > draft.amount_cents:
        yield (
            "",
            draft.money_place,
            Said(MEASURES_COST_MORE, {"sum": total, "amount": Cents(draft.amount_cents)}),
        )
    elif known and len(known) == len(costs) and total < draft.amount_cents:
        left = Cents(draft.amount_cents - total)
        yield "", draft.money_place, Said(MEASURES_COST_LESS, {"left": left})


def _earmarks(draft: Draft) -> Found:
    used = {planned.plan.earmark for planned in draft.measures}
    for code in dict.fromkeys((*draft.allocated, *draft.agreed)):
        label = draft.labels.get(code, code)
        if code not in used:
            yield code, draft.money_place, Said(EARMARK_UNUSED, {"earmark": label})


def _earmark_sums(draft: Draft) -> Found:
    for code, cents in draft.agreed.items():
        allocated = draft.allocated.get(code)
        if cents is not None and allocated is not None and cents != allocated:
            params = {
                "earmark": draft.labels.get(code, code),
                "amount": Cents(cents),
                "allocated": Cents(allocated),
            }
            yield code, draft.money_place, Said(EARMARK_DIFFERS, params)


def _plans(draft: Draft, *rules: str) -> Found:
    """What the plans of the measures lack, by the rules that have one of these names."""
    for planned in draft.measures:
        for refusal in faults(planned.plan, draft.rules):
            if refusal.rule in rules:
                yield f"{planned.id}:{refusal.rule}", planned.place, _said(refusal)


def _planned_wrong(draft: Draft) -> Found:
    yield from _plans(draft, *WRONG_PLANS)


def _title_names_age(draft: Draft) -> Found:
    yield from _plans(draft, "plan.age_group")


def _no_statement(draft: Draft) -> Found:
    yield from _plans(draft, "plan.accessibility", "plan.gender")


def _frameworks(draft: Draft) -> Found:
    for title in draft.frameworks:
        yield title, "", Said(FRAMEWORK_OVER, {"framework": title})


def _strategy(draft: Draft) -> Found:
    """What it lacks; what stands against an agreement is no question, see :func:`_precondition`."""
    if draft.precondition_of == "none":
        return
    for number, said in enumerate(draft.strategy, 1):
        if said not in draft.against:
            yield str(number), draft.strategy_place, said
        elif draft.precondition_of == "funding":
            about = Said(AGAINST_FUNDING, {"lacking": said})
            yield str(number), draft.strategy_place, about


def _precondition(draft: Draft) -> Found:
    if draft.precondition_of == "agreement":
        for number, said in enumerate(draft.against, 1):
            about = Said(AGAINST_AGREEMENT, {"lacking": said})
            yield str(number), draft.strategy_place, about


def _references(draft: Draft) -> Found:
    """Announced in one clause and absent in the other."""
    for each in draft.references:
        slots = {"source": each.source, "target": each.target}
        about = f"{each.source}-{each.target}-{each.what}"
        if each.target not in draft.clauses:
            yield about, each.source, Said(NO_SUCH_CLAUSE, slots)
        elif each.what == "goals" and each.target not in draft.goals:
            yield about, each.source, Said(NO_GOALS, slots)
        elif each.what == "figures" and each.target not in draft.figures:
            yield about, each.source, Said(NO_FIGURES, slots)


def _elsewhere(draft: Draft) -> Found:
    """What sounds alike at neighbours: one question for each measure, however many there are.

    Neither how many nor, in the key, which: of so few bodies a digest tells which one it is.
    """
    titles = Titles(funded.title for funded in draft.elsewhere)
    for planned in draft.measures:
        if places := titles.alike(planned.plan.title):
            funded = tuple(draft.elsewhere[at] for at in places)
            said = Said(ALSO_FUNDED, {"title": planned.plan.title})
            yield planned.id, planned.place, said, funded


def key_now(key: str) -> str:
    """The key of a finding as it is today, of one that was kept: an answer stays one.

    What sounds alike elsewhere was kept with a digest of whose it is.

    >>> key_now("elsewhere:MP-1:0a1b2c3d4e5f"), key_now("statement:MP-1:plan.gender")
    ('elsewhere:MP-1', 'statement:MP-1:plan.gender')
    """
    rule, _, subject = key.partition(":")
    return f"{rule}:{subject.partition(':')[0]}" if rule == "elsewhere" else key


def _other_programmes(draft: Draft) -> Found:
    for planned in draft.measures:
        plan = planned.plan
        for other in funding_also(plan.title, plan.language, draft.others):
            params = {"title": plan.title, "programme": other.label}
            yield f"{planned.id}:{other.code}", planned.place, Said(OTHER_FUNDING, params)


def funding_also(
    title: str, language: str, others: Sequence[OtherFunding]
) -> Iterator[OtherFunding]:
    """The other programmes that may fund a measure: by words of its title, or for its language."""
    words = title.casefold()
    for other in others:
        by_language = other.with_language and language == "yes"
        if by_language or any(cue.casefold() in words for cue in other.cues):
            yield other


def _state_money(draft: Draft, planned: Planned) -> int | None:
    """What a measure is to cost the programme itself; null where nothing is planned."""
    if not planned.plan.costs:
        return None
    costs = planned.plan.costs
    return sum(line.amount_cents for line in costs if line.source in draft.own_sources)


def _said(refusal: Refusal) -> Said:
    return Said(refusal.msgid, refusal.params)


WRONG_PLANS = (
    *("plan.title", "plan.title_twice", "plan.type", "plan.type_unknown", "plan.framework"),
    *("plan.period_outside", "plan.period_reversed", "plan.priority", "plan.earmark_unknown"),
    *("plan.seats_without_participants", "plan.groups_without_participants"),
    *("plan.group_reason", "plan.cost_year", "plan.carrier_without_relation"),
    *("plan.group_unknown", "plan.legal_area_unknown", "plan.passing_on_unknown"),
    *("plan.carrier_contradicts", "plan.cost_unknown", "plan.cost_amount", "plan.cost_twice"),
)
CHANGES_NOTHING = msg("Geändert ist noch nichts: Der Text ist der, der schon gilt.")
NOTHING_ALLOCATED = msg(
    "Für die Gebietskörperschaft ist nichts zugewiesen; der Entwurf nennt {amount}."
)
MORE_THAN_ALLOCATED = msg("Der Entwurf nennt {amount}, zugewiesen sind {allocated}.")
LESS_THAN_ALLOCATED = msg("Von der Zuweisung bleiben {left} übrig.")
MEASURES_COST_MORE = msg("Die Maßnahmen kosten zusammen {sum}, vereinbart werden {amount}.")
MEASURES_COST_LESS = msg("Für {left} des Betrags ist keine Maßnahme geplant.")
EARMARK_UNUSED = msg("Das Geld für „{earmark}“ verwendet keine Maßnahme.")
EARMARK_DIFFERS = msg("Für „{earmark}“ nennt der Entwurf {amount}, zugewiesen sind {allocated}.")
FRAMEWORK_OVER = msg("„{framework}“ gilt im Programmjahr nicht.")
AGAINST_FUNDING = msg("Das steht einer Bewilligung entgegen, solange es so bleibt: {lacking}.")
AGAINST_AGREEMENT = msg("Ohne das wird nichts geschlossen: {lacking}.")
NO_SUCH_CLAUSE = msg("{source} verweist auf {target}; das gibt es nicht.")
NO_GOALS = msg("{source} kündigt Ziele in {target} an; dort stehen keine.")
NO_FIGURES = msg("{source} verweist auf Eckdaten in {target}; dort steht nur der Gesamtbetrag.")
ALSO_FUNDED = msg(
    "„{title}“ klingt wie etwas, das derselbe Träger bei einer anderen Gebietskörperschaft "
    "durchführt: Ist es dieselbe Maßnahme, und wer zahlt was?"
)
FUNDED = msg("Dort: „{title}“ ({where}).")
OTHER_FUNDING = msg("Wird „{title}“ auch aus {programme} gefördert?")

RULES = (
    Rule("allocation", Severity.ERROR, OWN_RULE, _allocation),
    Rule("changes_nothing", Severity.ERROR, OWN_RULE, _changes_nothing),
    Rule("precondition", Severity.ERROR, OWN_RULE, _precondition),
    Rule("sum_of_measures", Severity.QUESTION, OWN_RULE, _sum_of_measures),
    Rule("earmark_sums", Severity.QUESTION, OWN_RULE, _earmark_sums),
    Rule("plan", Severity.ERROR, OWN_RULE, _planned_wrong),
    Rule("references", Severity.QUESTION, OWN_RULE, _references),
    Rule("earmark_unused", Severity.QUESTION, OWN_RULE, _earmarks),
    Rule("age", Severity.QUESTION, OWN_RULE, _title_names_age),
    Rule("statement", Severity.QUESTION, OWN_RULE, _no_statement),
    Rule("framework", Severity.ERROR, OWN_RULE, _frameworks),
    Rule("strategy", Severity.QUESTION, OWN_RULE, _strategy),
    Rule("elsewhere", Severity.QUESTION, OWN_RULE, _elsewhere),
    Rule("other_programme", Severity.QUESTION, OWN_RULE, _other_programmes),
    Rule("less_than_allocated", Severity.HINT, OWN_RULE, _less_than_allocated),
)
"""All rules, in the order in which a page tells what they find."""
