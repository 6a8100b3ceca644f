"""What stands against an application, or asks for a reason: declared rules, one flat table.

A rule has one sentence. A finding names the place that it is about by its address: ``form``,
``share``, ``early_start``, ``early_reason``, ``declaration/<code>``, ``attachment/<code>``,
``m/<key>`` with a field behind it, ``m/<key>/cost/<category>/<year>`` and
``m/<key>/income/<source>/<year>``, or their tables; empty is the application as a whole. None of
it changes the application, and none keeps an interim state from being saved.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from zielwerk.rulebook.application import looks
from zielwerk.rulebook.application import looks_money as money
from zielwerk.rulebook.application import sentences as said
from zielwerk.rulebook.application.content import Application
from zielwerk.rulebook.application.facts import ApplicationRules
from zielwerk.rulebook.application.looks import Look
from zielwerk.rulebook.checking import Funded
from zielwerk.rulebook.lifecycle import OWN_RULE
from zielwerk.rulebook.refusal import Said, msg


class Weight(StrEnum):
    """What a finding does to an application."""

    STOPS = "stops"  # it is not handed in so
    ASKS = "asks"  # it is handed in with a reason
    HINTS = "hints"  # to be known


WEIGHTS: Mapping[str, str] = {
    Weight.STOPS: msg("zu beheben"),
    Weight.ASKS: msg("zu begründen"),
    Weight.HINTS: msg("Hinweis"),
}


@dataclass(frozen=True)
class Finding:
    """One thing to mend, to give a reason for, or to know, with the address of its place.

    ``subject`` tells findings of a rule at one place apart. ``funded`` is what other bodies do, for
    whoever sees the files of those; the sentence does not tell it.
    """

    rule: str
    weight: Weight
    place: str
    said: Said
    basis: str
    subject: str = ""
    funded: tuple[Funded, ...] = ()

    @property
    def key(self) -> str:
        """Rule and subject; it stays while both do, and so does the reason given for it."""
        return ":".join(filter(None, (self.rule, self.place, self.subject)))


@dataclass(frozen=True)
class Rule:
    """A rule: its name, its sentence, what it rests on, its weight, and what it looks at.

    Where the programme says what a rule rests on (``ApplicationRules.bases``), that is its basis.
    """

    code: str
    sentence: str
    basis: str
    weight: Weight
    look: Callable[[Application, ApplicationRules], Look]

    def findings(self, application: Application, rules: ApplicationRules) -> Iterator[Finding]:
        for each in self.look(application, rules):
            basis = each.basis or rules.bases.get(self.code) or self.basis
            words = Said(self.sentence, each.params)
            yield Finding(
                *(self.code, self.weight, each.place, words, basis), each.subject, each.funded
            )


def check(application: Application, rules: ApplicationRules) -> tuple[Finding, ...]:
    """All findings, the gravest first, else in the order of the rules."""
    found = [finding for rule in RULES for finding in rule.findings(application, rules)]
    order = {weight: place for place, weight in enumerate(Weight)}
    return tuple(sorted(found, key=lambda finding: order[finding.weight]))


def against(findings: Sequence[Finding], reasons: Mapping[str, str]) -> tuple[Finding, ...]:
    """What keeps an application from being handed in.

    That is what stops it, and what asks for a reason where ``reasons`` has none under its key.
    """
    return tuple(
        finding
        for finding in findings
        if finding.weight is Weight.STOPS
        or (finding.weight is Weight.ASKS and not reasons.get(finding.key, "").strip())
    )


STOPS, ASKS, HINTS = Weight
PLAN, START, TWICE = said.LAW_OF_FINANCING, said.LAW_OF_START, said.LAW_OF_OTHER_FUNDING
RULES = (
    Rule("form", said.FORM, OWN_RULE, STOPS, looks.form_missing),
    Rule("form_allowed", said.FORM_ALLOWED, OWN_RULE, STOPS, looks.form_not_allowed),
    Rule("share", said.SHARE, OWN_RULE, STOPS, looks.share),
    Rule("no_measure", said.NO_MEASURE, OWN_RULE, STOPS, looks.no_measure),
    Rule("title", said.TITLE, OWN_RULE, STOPS, looks.title),
    Rule("title_long", said.TITLE_LONG, OWN_RULE, STOPS, looks.title_long),
    Rule("type", said.TYPE, OWN_RULE, STOPS, looks.type_missing),
    Rule("type_unknown", said.TYPE_UNKNOWN, OWN_RULE, STOPS, looks.type_unknown),
    Rule("period", said.PERIOD, OWN_RULE, STOPS, looks.period),
    Rule("period_reversed", said.PERIOD_REVERSED, OWN_RULE, STOPS, looks.period_reversed),
    Rule("period_outside", said.PERIOD_OUTSIDE, OWN_RULE, STOPS, looks.period_outside),
    Rule("seats", said.SEATS, OWN_RULE, STOPS, looks.seats),
    Rule("no_seats", said.NO_SEATS, OWN_RULE, STOPS, looks.no_seats),
    Rule("seats_without", said.SEATS_WITHOUT, OWN_RULE, STOPS, looks.seats_without),
    Rule("passing_on", said.PASSING_ON, OWN_RULE, STOPS, looks.passing_on),
    Rule("passing_on_unknown", said.PASSING_ON_UNKNOWN, OWN_RULE, STOPS, looks.passing_on_unknown),
    Rule("carrier", said.CARRIER, OWN_RULE, STOPS, looks.carrier),
    Rule("costs", said.COSTS, PLAN, STOPS, money.costs),
    Rule("without_income", said.WITHOUT_INCOME, PLAN, STOPS, money.without_income),
    Rule("nothing_asked", said.NOTHING_ASKED, OWN_RULE, STOPS, money.nothing_asked),
    Rule("line_unknown", said.LINE_UNKNOWN, OWN_RULE, STOPS, money.line_unknown),
    Rule("line_year", said.LINE_YEAR, OWN_RULE, STOPS, money.line_year),
    Rule("line_amount", said.LINE_AMOUNT, OWN_RULE, STOPS, money.line_amount),
    Rule("line_twice", said.LINE_TWICE, OWN_RULE, STOPS, money.line_twice),
    Rule("balance", said.BALANCE, PLAN, STOPS, money.balance),
    Rule("earmark_unknown", said.EARMARK_UNKNOWN, OWN_RULE, STOPS, money.earmark_unknown),
    Rule("over_grant", said.OVER_GRANT, PLAN, STOPS, money.over_grant),
    Rule("over_allocated", said.OVER_ALLOCATED, OWN_RULE, STOPS, money.over_allocated),
    Rule("not_agreed_before", said.NOT_AGREED_BEFORE, OWN_RULE, STOPS, looks.not_agreed_before),
    Rule("same_plan", said.SAME_PLAN, TWICE, STOPS, looks.same_plan),
    Rule("early_not_asked", said.EARLY_NOT_ASKED, START, STOPS, looks.early_not_asked),
    Rule("early_after_start", said.EARLY_AFTER_START, START, STOPS, looks.early_after_start),
    Rule("early_impossible", said.EARLY_IMPOSSIBLE, START, STOPS, looks.early_impossible),
    Rule("early_too_early", said.EARLY_TOO_EARLY, START, STOPS, looks.early_too_early),
    Rule("early_reason", said.EARLY_REASON, START, STOPS, looks.early_reason),
    Rule("declaration", said.DECLARATION, OWN_RULE, STOPS, looks.declarations),
    Rule("attachment", said.ATTACHMENT, OWN_RULE, STOPS, looks.attachments),
    Rule("full_with_others", said.FULL_WITH_OTHERS, PLAN, ASKS, money.full_with_others),
    Rule("own_share", said.OWN_SHARE, OWN_RULE, ASKS, money.own_share),
    Rule("over_agreed", said.OVER_AGREED, OWN_RULE, ASKS, money.over_agreed),
    Rule("earmark_over", said.EARMARK_OVER, OWN_RULE, ASKS, money.earmark_over),
    Rule("general_over", said.GENERAL_OVER, OWN_RULE, ASKS, money.general_over),
    Rule("not_agreed_beside", said.NOT_AGREED_BESIDE, OWN_RULE, ASKS, looks.not_agreed_beside),
    Rule("twice", said.TITLE_TWICE, TWICE, ASKS, looks.twice),
    Rule("own_elsewhere", said.OWN_ELSEWHERE, TWICE, ASKS, looks.own_elsewhere),
    Rule("neighbours", said.NEIGHBOURS, TWICE, ASKS, looks.neighbours),
    Rule("other_programme", said.OTHER_PROGRAMME, TWICE, ASKS, looks.other_programme),
    Rule("flat_rate", said.FLAT_RATE, OWN_RULE, ASKS, money.flat_rates),
    Rule("pool", said.POOL, OWN_RULE, ASKS, money.pools),
    Rule("over_binding", said.OVER_BINDING, OWN_RULE, ASKS, money.over_binding),
    Rule("strategy_needed", said.STRATEGY_NEEDED, OWN_RULE, ASKS, looks.strategy_needed),
    Rule("not_there_yet", said.NOT_THERE_YET, OWN_RULE, ASKS, looks.not_there_yet),
    Rule("strategy_wanted", said.STRATEGY_WANTED, OWN_RULE, HINTS, looks.strategy_wanted),
    Rule("nothing_allocated", said.NOTHING_ALLOCATED, OWN_RULE, HINTS, money.nothing_allocated),
    Rule("early_unneeded", said.EARLY_UNNEEDED, START, HINTS, looks.early_unneeded),
    Rule("carrier_income", said.CARRIER_INCOME, said.ASSUMED, HINTS, looks.carrier_income),
)
"""All rules, in the order in which a page tells what they find."""
