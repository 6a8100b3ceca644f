"""What the rules of an application need of a programme year, as it says it."""

from datetime import date
from decimal import Decimal

from zielwerk.packs.model import ApplicationAttachment, Declaration, Year
from zielwerk.rulebook.application import ApplicationRules, Paper
from zielwerk.rulebook.budget import LATER_YEARS
from zielwerk.rulebook.checking import OtherFunding


def application_rules(year: Year, day: date) -> ApplicationRules:
    """The rules of applications as they hold on a day of the year; of a case they know nothing.

    Whoever checks an application states what is true of it with ``dataclasses.replace``: what is
    allocated and agreed, the strategy, other applications, and from which day there may be a
    decision. A year without applications allows no form of financing.
    """
    rules, applying = year.on(day), year.application
    strategy = year.programme.strategy
    numbers = {each.code: each.number for each in rules.parameters if each.code in NUMBERS}
    years = int(numbers.get("budget_years", Decimal(LATER_YEARS + 1)))
    early = [each for each in rules.deadlines if each.purpose == "early_start" and each.is_day]
    bases = {
        **({"over_grant": applying.basis} if applying and applying.basis else {}),
        **({"strategy_needed": strategy.source.text} if strategy else {}),
    }
    return ApplicationRules(
        window=year.period,
        budget_years=range(year.begins.year, year.year + years),
        forms=applying.forms if applying else (),
        types={each.code: each.has_participants for each in rules.measure_types},
        categories={each.code: each.label for each in rules.cost_categories},
        sources={each.code: each.label for each in rules.cost_sources},
        programme_sources=frozenset(e.code for e in rules.cost_sources if e.of_programme),
        own_sources=frozenset(each.code for each in rules.cost_sources if each.own),
        earmarks={each.code: each.label for each in rules.earmarks},
        passing_on={each.code: each.carrier_income for each in rules.passing_on},
        flat_rates=tuple(each.rule for each in rules.flat_rates),
        pools=tuple(each.rule for each in rules.cost_pools),
        declarations=tuple(map(_paper, rules.declarations)),
        attachments=tuple(map(_paper, rules.application_attachments)),
        agreement=applying.agreement if applying else "none",
        early_start=applying.early_start if applying else False,
        early_from=early[0].day_in(year.year) if early else None,
        own_share=numbers.get("own_share"),
        precondition_of=strategy.precondition_of if strategy else "none",
        others=tuple(
            OtherFunding(each.code, each.label, each.cues, each.with_language)
            for each in rules.other_funding
        ),
        bases=bases,
    )


def _paper(entry: Declaration | ApplicationAttachment) -> Paper:
    once_in = entry.once_in if isinstance(entry, ApplicationAttachment) else ""
    return Paper(entry.code, entry.label, entry.required, once_in, entry.basis)


NUMBERS = ("budget_years", "own_share")
