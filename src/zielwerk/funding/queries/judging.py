"""What an application says once it is read, and what speaks against it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils.timezone import localdate

from zielwerk.agreements import queries as recorded
from zielwerk.agreements.models import AgreedMeasure
from zielwerk.funding.models import Application
from zielwerk.funding.queries.elsewhere import elsewhere
from zielwerk.negotiation import queries as negotiation
from zielwerk.packs.applying import application_rules
from zielwerk.packs.model import Year
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.application import (
    Answers,
    ApplicationRules,
    Elsewhere,
    Finding,
    Grant,
    Read,
    Weight,
    against,
    check,
    grant,
    read,
)
from zielwerk.rulebook.application.path import REASONS
from zielwerk.rulebook.lifecycle import OWN_RULE
from zielwerk.rulebook.refusal import Refusal, Said

REASON = REASONS
"""Before the key of a finding: the place of the reason that is given for it."""


@dataclass(frozen=True)
class Judged:
    """An application as it was read, everything that was found of it, and what its form allows."""

    read: Read
    findings: Sequence[Finding]
    rules: ApplicationRules
    reasons: Mapping[str, str] = field(default_factory=dict)

    @property
    def stops(self) -> tuple[Refusal, ...]:
        """What keeps it from being handed in: what is wrong, and what has no reason yet."""
        return tuple(
            Refusal(f"application.{each.rule}", each.said.msgid, each.said.params, each.basis)
            for each in against(self.findings, self.reasons)
        )

    @property
    def applied_cents(self) -> int:
        """The programme's money that is applied for."""
        return self.read.application.income_from(self.rules.programme_sources)

    @property
    def grant(self) -> Grant:
        """What the form of financing allows of it, step by step."""
        applied, rules = self.read.application, self.rules
        own = applied.income_from(rules.own_sources)
        third = applied.income_from(rules.third_sources)
        return grant(
            applied.form,
            applied.cost_cents,
            own,
            third,
            self.applied_cents,
            applied.share_percent,
            rules.bases.get("over_grant", OWN_RULE),
        )

    def reason_of(self, finding: Finding) -> str:
        """The reason that the body gave for what was found; empty where it gave none."""
        return self.reasons.get(finding.key, "").strip()

    def at(self, place: str) -> list[Finding]:
        """What was found at a place, and below it."""
        return [f for f in self.findings if f.place == place or f.place.startswith(f"{place}/")]


def rules_of(application: Application) -> Year:
    """The rules under which the application was begun."""
    where = (application.programme, application.year, application.rule_version)
    return programmes.rules(*where)


@dataclass(frozen=True)
class Outside:
    """What is known of a body and year outside its application: writing into it changes nothing.

    ``plans`` are the numbers of the plans that its agreements in force name. What else may be
    funded is asked once for the same carriers, and kept in ``by_carriers``.
    """

    rules: ApplicationRules
    plans: frozenset[str]
    by_carriers: dict[frozenset[str], tuple[Elsewhere, ...]] = field(default_factory=dict)

    def elsewhere(self, application: Application, found: Read) -> tuple[Elsewhere, ...]:
        carriers = frozenset(each.carrier for each in found.application.measures if each.carrier)
        if carriers not in self.by_carriers:
            rows = elsewhere(application, carriers, self.rules.window)
            self.by_carriers[carriers] = tuple(rows)
        return self.by_carriers[carriers]


def judged(
    application: Application,
    answers: Answers,
    papers: Collection[str],
    on: date,
    outside: Outside | None = None,
) -> Judged:
    """Read these answers, and look for what contradicts in them and with what is known.

    ``papers`` are the codes of those that are there. What was handed in is judged as of the day on
    which it came. ``outside`` spares asking again.
    """
    known = outside or outside_of(application, on)
    found = read(answers, application.year, papers, known.plans)
    rules = replace(known.rules, elsewhere=known.elsewhere(application, found))
    unread = [
        Finding("unread", Weight.STOPS, place, Said(why.msgid, why.params), why.basis or OWN_RULE)
        for place, why in found.unread.items()
    ]
    at_unread = set(found.unread)
    findings = [each for each in check(found.application, rules) if each.place not in at_unread]
    reasons = {
        place.removeprefix(REASON): text
        for place, text in answers.items()
        if place.startswith(REASON)
    }
    return Judged(found, [*unread, *findings], rules, reasons)


def outside_of(application: Application, on: date) -> Outside:
    """All that the rules of an application know from outside, whatever it says itself."""
    day = localdate(application.handed_in_at) if application.handed_in_at else on
    where = (application.programme, application.year, application.ags)
    year = rules_of(application)
    sources = negotiation.sources_of(*where)
    lacking = sources.lacking(day)
    agreements = recorded.standing().filter(
        programme=application.programme, year=application.year, ags=application.ags
    )
    agreed = dict(agreements.values_list("pk", "amount_cents"))
    named = AgreedMeasure.objects.filter(agreement__in=agreed).exclude(planned="")
    plans = frozenset(named.values_list("planned", flat=True)) if agreed else frozenset()
    there = {"strategy"} if lacking.in_force else set()
    rules = replace(
        application_rules(year, year.within(day)),
        decided_from=day,
        allocated=dict(sources.money) or None,
        agreed_cents=sum(agreed.values()) if agreed else None,
        strategy=lacking.parts,
        there=there | ({"agreement"} if agreed else set()),
    )
    return Outside(rules, plans)
