"""The demo's planned measures and overall targets: of last year, in work, ready, given up.

All are invented. Whatever the programme: types, groups and sources are the first of its rules.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from zielwerk.config.cast import INVENTED, Cast
from zielwerk.config.world_money import moment
from zielwerk.identity.models import User
from zielwerk.measures import actions
from zielwerk.measures.actions import NewPlan, NewTarget, Revision, TakeOver
from zielwerk.measures.models import PlannedMeasure
from zielwerk.packs import loading as packs
from zielwerk.packs.demo import DemoAgreement
from zielwerk.packs.model import Year
from zielwerk.rulebook.calendar import holds_on
from zielwerk.rulebook.planned import CostLine, Plan, names_age_group
from zielwerk.rulebook.target import Target, TargetKind

TITLES = ("Werkstatt für den Einstieg", "Lernen mit Begleitung", "Fachtag der Beratungsstellen")
IN_WORDS = f"Wer eine Ausbildung sucht, hat im Herbst eine Antwort ({INVENTED})."
PACE = timedelta(minutes=10)


def enter(cast: Cast, programme: str, year: int, agreed: int) -> None:
    """Plans of the home body for a year and the one before, and of two bodies for the ``agreed``.

    These two planned what their invented agreements name.
    """
    ags = cast.body.ags
    before = packs.year_before(programme, year)
    is_known = before in packs.years(programme) and not packs.load(programme, before).is_draft
    if is_known and is_body(programme, before, ags):
        last = begin_all(cast.body, programme, before, ags)
        for measure in last:
            actions.finish(cast.body, measure, at=moment(before, 2, 10))
        carry(cast.body, programme, year, ags)
    for agreement in packs.demo_agreements(programme, agreed)[:2]:
        of_agreement(cast.officer, programme, agreed, agreement)


def is_body(programme: str, year: int, ags: str) -> bool:
    return ags in {body.ags for body in packs.bodies_in(programme, year)}


def begin_all(user: User, programme: str, year: int, ags: str) -> list[PlannedMeasure]:
    """Three measures, the last of them without participants where the rules know such a type."""
    rules, at = packs.load(programme, year), moment(year, 1, 20)
    kinds = sorted(rules.measure_types, key=lambda kind: not kind.has_participants)
    chosen = (kinds[0], kinds[1], kinds[-1])
    made = []
    overall = replace(target(rules), value=60, curve=())
    for aim in (overall, Target(2, TargetKind.WORDS, words=IN_WORDS)):
        at += PACE
        new = NewTarget(programme, year, ags, aim)
        actions.finish_target(user, actions.set_target(user, new, at=at), at=at)
    for title, kind in zip(TITLES, chosen, strict=True):
        at += PACE
        plan = complete(rules, title, kind.code, 48_000_00)
        made.append(actions.plan(user, NewPlan(programme, year, ags, plan), at=at))
    return made


def carry(user: User, programme: str, year: int, ags: str) -> None:
    """Last year's measures taken over; one looked at and ready, the others still to be reviewed."""
    at = moment(year, 2, 2)
    taken = actions.take_over(user, TakeOver(programme, year, ags), at=at)
    made = [each for each in taken if isinstance(each, PlannedMeasure)]
    first = next(measure for measure in made if measure.title == TITLES[0])
    rules = packs.load(programme, year)
    plan = complete(rules, first.title, first.type, 52_000_00)
    first = actions.revise(user, first, Revision(first.version, plan), at=at + PACE)
    for review in first.reviews:
        first = actions.tick(user, first, review.field, at=at + 2 * PACE)
    actions.finish(user, first, at=at + 3 * PACE)
    for second in (measure for measure in made if measure.pk != first.pk):
        kept = replace(second.plan, gender=f"Die Zeiten sind frei wählbar ({INVENTED}).")
        actions.revise(user, second, Revision(1, kept), at=at + 4 * PACE)


def of_agreement(user: User, programme: str, year: int, agreement: DemoAgreement) -> None:
    """What a body planned before its agreement was concluded: ready, in work, given up."""
    rules, at = packs.load(programme, year), moment(year, 2, 4)
    share = agreement.amount_cents // max(1, len(agreement.measures)) // 100_00 * 100_00
    for place, (kind, title) in enumerate(agreement.measures[:3]):
        at += PACE
        plan = complete(rules, title, kind, share)
        plan = replace(plan, accessibility="") if place == 1 else plan
        new = NewPlan(programme, year, agreement.ags, plan)
        measure = actions.plan(user, new, at=at)
        if place == 0:
            actions.finish(user, measure, at=at + PACE)
        if place == 0:
            aim = Target(1, TargetKind.WORDS, words=IN_WORDS)
            wish = NewTarget(programme, year, agreement.ags, aim)
            overall = actions.set_target(user, wish, at=at)
            actions.drop_target(user, overall, note=f"Noch zu früh ({INVENTED})", at=at + PACE)
        if place == 2:
            actions.drop(user, measure, note=f"Der Bedarf fehlt ({INVENTED})", at=at + PACE)


def complete(rules: Year, title: str, kind: str, state_cents: int) -> Plan:
    """A plan of which nothing is missing, from the first entries of a year's rules."""
    has_participants = next(
        each.has_participants for each in rules.measure_types if each.code == kind
    )
    valid = [each.code for each in rules.frameworks if holds_on(each, rules.begins)]
    plan = Plan(
        title=title,
        type=kind,
        age_reason=f"Name des Angebots ({INVENTED})" if names_age_group(title) else "",
        first_day=rules.begins,
        last_day=rules.ends,
        passing_on=actions.OWN_DELIVERY,
        costs=tuple(costs(rules, state_cents)),
        frameworks=tuple(valid[:1]),
        accessibility=f"Die Räume sind stufenlos erreichbar ({INVENTED}).",
        gender=f"Die Zeiten richten sich nach Schule und Kita ({INVENTED}).",
    )
    if not has_participants:
        return plan
    groups = [each.code for each in rules.target_groups if not each.needs_reason]
    return replace(
        plan,
        seats=12,
        target_groups=tuple(groups[:1]),
        legal_areas=tuple(area.code for area in rules.legal_areas[:2]),
        part_time="yes",
        language="no",
        targets=(target(rules),),
    )


def costs(rules: Year, state_cents: int) -> Sequence[CostLine]:
    """What the programme pays for the first category, and the body for the second."""
    first, second = (category.code for category in rules.cost_categories[:2])
    paying, own = (source.code for source in rules.cost_sources[:2])
    return (
        CostLine(first, paying, rules.year, state_cents),
        CostLine(second, own, rules.year, state_cents // 4),
    )


def target(rules: Year) -> Target:
    """A value with a course over the year, and no baseline."""
    indicator = rules.target_indicators[0]
    months = (rules.begins, rules.ends)
    first, last = (f"{day:%Y-%m}" for day in months)
    return Target(
        1,
        TargetKind.VALUE,
        indicator.code,
        value=20,
        has_no_baseline=True,
        assumption=f"Zwei Lehrkräfte sind da ({INVENTED})",
        data_source=str(indicator.data_source),
        curve=((first, 4), (last, 20)),
    )
