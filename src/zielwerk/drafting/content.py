"""The content of a draft: what the year's rules say of a body, and what is planned with it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from zielwerk.drafting.model import Content, Entry, Measure, Target
from zielwerk.drafting.targets import beneath
from zielwerk.packs import competence
from zielwerk.packs.model import Body, Year
from zielwerk.packs.naming import official


@dataclass(frozen=True)
class Planned:
    """What is known of a body before anything is drafted. Amounts in euro cents.

    ``earmarks`` are the decided amounts by code, null where an earmark is named without one;
    ``frameworks`` the codes that the parties rest on, all of the day where none are given.
    """

    amount_cents: int
    earmarks: Mapping[str, int | None] = field(default_factory=dict)
    measures: Sequence[Measure] = ()
    frameworks: Sequence[str] = ()
    strategy: str = ""
    meeting: str = ""
    targets: Sequence[Target] = ()


def content(rules: Year, body: Body, planned: Planned, day: date) -> Content:
    """The content of a body's draft under the rules as they hold on a day of the year."""
    programme, of_day = rules.programme, rules.on(day)
    ministry = competence.competent(of_day.organisations, "ministry", rules.within(day), body)
    measures = tuple(in_order(of_day, planned.measures))
    chosen = set(planned.frameworks) or {each.code for each in of_day.frameworks}
    return Content(
        programme=programme.code,
        programme_name=programme.name,
        document=str(programme.document.label),
        year=rules.year,
        ags=body.ags,
        region=official(body),
        ministry=ministry.name if ministry else "",
        ministry_short=(ministry.short_name or ministry.name) if ministry else "",
        granting_authority=competence.title(rules, "authority", day, body),
        budget_name=rules.budget_name,
        portal=programme.portal,
        amount_cents=planned.amount_cents,
        legal_areas=tuple(area.code for area in of_day.legal_areas),
        frameworks=tuple(
            Entry(each.code, each.title) for each in of_day.frameworks if each.code in chosen
        ),
        earmarks=tuple(
            Entry(each.code, str(each.label), planned.earmarks[each.code])
            for each in of_day.earmarks
            if each.code in planned.earmarks
        ),
        measures=measures,
        strategy=planned.strategy,
        meeting=planned.meeting or programme.meeting,
        targets=beneath(measures, planned.targets) if has_place(rules) else (),
    )


def in_order(rules: Year, measures: Iterable[Measure]) -> list[Measure]:
    """The measures type by type as the year lists them, unknown types last, else as they came."""
    place = {kind.code: number for number, kind in enumerate(rules.measure_types)}
    return sorted(measures, key=lambda measure: place.get(measure.type, len(place)))


def has_place(rules: Year) -> bool:
    """Whether a clause of the year has a place for targets."""
    return any("targets" in clause.slots for clause in rules.clauses)
