"""The demo world: a named cast that does what people would do, by the same verbs.

Made by running the actions, so it is always lawful; the tests live in the same world. It is
made of whatever programme the installation serves, from that programme's pack. The agreement
of the Main-Kinzig-Kreis is the real one of 2024, with its public facts and without its
wording; the others are invented and say so wherever they show.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from zielwerk.agreements import actions as agreements
from zielwerk.agreements import queries as agreement_queries
from zielwerk.agreements.models import Agreement, Intake
from zielwerk.agreements.queries.changing import next_change
from zielwerk.config import (
    world_amendment,
    world_conclusion,
    world_funding,
    world_granting,
    world_money,
    world_negotiation,
    world_passing,
    world_plans,
    world_strategy,
)
from zielwerk.config.cast import INVENTED, Cast, enrol, walk
from zielwerk.identity import queries as people
from zielwerk.packs import competence
from zielwerk.packs import loading as packs
from zielwerk.packs.demo import DemoAgreement
from zielwerk.packs.model import Body, Year
from zielwerk.publication import actions as publication
from zielwerk.rulebook.agreement import Earmark, Measure, Signature, Terms, forms_of
from zielwerk.rulebook.refusal import Refusal, Refused, msg

HESSE, MAIN_KINZIG = "aqb_hessen", "06435"  # whose agreement of 2024 is public
# What agreements of 2024 name whose texts lie in `examples/`, so that they can be recorded.
PUBLIC_AMOUNTS = {"06440": 1_140_300_00}
PUBLIC_FACTS = "veröffentlichte Angaben der Zielvereinbarung 2024"
NOT_EMPTY = Refusal(
    "demo.not_empty",
    msg(
        "In dieser Datenbank arbeiten schon Personen. Die Vorführung wird nur in einer leeren "
        "Datenbank angelegt."
    ),
)


def build() -> Cast:
    """Make the demo world in an empty database."""
    if people.anybody():
        raise Refused(NOT_EMPTY)
    with transaction.atomic():  # a demo that was interrupted leaves nothing behind
        cast = enrol_cast()
        years = list(world_money.years(settings.PROGRAMME))
        for year in years:
            one_year(cast, year)
        if not years:  # the pack invents nothing: there are the people
            return cast
        world_money.enter_parties(cast.officer, settings.PROGRAMME, year)
        world_strategy.make(cast)
        made_up = {terms.ags for terms in invented()}
        world_money.deliver(cast.officer, settings.PROGRAMME, demo_year(), made_up)
        world_plans.enter(cast, settings.PROGRAMME, year, demo_year())
        if concluded := world_conclusion.make(cast, settings.PROGRAMME, year):
            publish(cast, *concluded)
            agreement, ended = concluded
            world_amendment.make(cast, agreement, ended + timedelta(days=21))
        world_negotiation.make(cast, settings.PROGRAMME, year)
        world_funding.make(cast, settings.PROGRAMME, year)
        world_granting.make(cast, settings.PROGRAMME, year)
        world_passing.make(cast, settings.PROGRAMME, year)
        # Last, for it reaches into autumn: time in the chain never goes back.
        world_money.open_questions(cast, settings.PROGRAMME, year)
    return cast


def one_year(cast: Cast, year: int) -> None:
    """A programme year of the demo: budget, needs, decided shares, and perhaps agreements."""
    programme = settings.PROGRAMME
    concluded = [*public(), *((terms, True) for terms in invented())] if year == demo_year() else []
    agreed = {terms.ags: terms.amount_cents for terms, _ in concluded}
    allocated = PUBLIC_AMOUNTS if concluded and programme == HESSE else {}
    world_money.authorise(cast.officer, programme, year)
    real = {*allocated, *(terms.ags for terms, is_invented in concluded if not is_invented)}
    world_money.share_out(cast, programme, year, {**allocated, **agreed}, real)
    moment = recorded_from(year)
    for terms, is_invented in concluded:
        moment += timedelta(minutes=20)
        record_and_publish(cast, terms, is_invented, moment)
    if concluded:
        change_one(cast, year, moment + timedelta(days=14))
    if year < max(world_money.years(programme)):
        world_money.commit(cast.officer, programme, year)


def recorded_from(year: int) -> datetime:
    """When the year's agreements are recorded, the first of them."""
    return world_money.moment(year, 9, 2)


def enrol_cast() -> Cast:
    """The demo persons, each with a role."""
    return enrol(packs.load(settings.PROGRAMME, demo_year()), home())


def home() -> Body:
    """The body for which the cast's coordinator works: one that has an agreement."""
    bodies_by_ags = bodies(settings.PROGRAMME, demo_year())
    if settings.PROGRAMME == HESSE:
        return bodies_by_ags[MAIN_KINZIG]
    agreed = packs.demo_agreements(settings.PROGRAMME, demo_year())
    return bodies_by_ags[agreed[0].ags] if agreed else next(iter(bodies_by_ags.values()))


def demo_year() -> int:
    """The newest year for which the pack invents agreements; its newest where there is none."""
    known = packs.years(settings.PROGRAMME)
    open_years = [year for year in known if not packs.load(settings.PROGRAMME, year).is_draft]
    years = open_years or known
    filled = [year for year in years if packs.demo_agreements(settings.PROGRAMME, year)]
    return max(filled or years)


def record_and_publish(cast: Cast, terms: Terms, is_invented: bool, at: datetime) -> Intake:
    """Two people record an agreement, and whoever may publishes it."""
    entered = agreements.HandEntry(terms, INVENTED if is_invented else PUBLIC_FACTS, is_invented)
    first, _ = cast.takers("recording", terms.year, terms.ags)
    pace = timedelta(minutes=5)
    intake = agreements.begin_by_hand(first, entered, at=at)
    intake, ended = walk(cast, intake, at + pace, pace)
    assert intake.agreement
    publish(cast, intake.agreement, ended)
    return intake


def change_one(cast: Cast, year: int, at: datetime) -> None:
    """One invented agreement is changed: of the body that then waives a part, if it has one."""
    programme, made_up = settings.PROGRAMME, invented()
    if not made_up:
        return
    giving = packs.demo_year(programme, year).indicators[0].ags
    chosen = next((terms for terms in made_up if terms.ags == giving), made_up[-1])
    less = 100 * packs.load(programme, year).allocation_keys[0].rounding_cents
    change(cast, agreement_queries.recorded(programme, year, chosen.ags).get(), less, at)


def change(cast: Cast, agreement: Agreement, less_cents: int, at: datetime) -> Agreement:
    """Less was needed, so an invented agreement was changed; two record it, and it is published."""
    rules = packs.load(agreement.programme, agreement.year)
    first, _ = cast.takers("recording", agreement.year, agreement.ags)
    clause = next((each for each in rules.clauses if "amount" in each.slots), None)
    new = agreements.NewChange(
        agreement,
        forms_of(rules.programme.document.sides)[0],
        f"{clause.number} {clause.title}" if clause else INVENTED,
        next_change(agreement),
        INVENTED,
        is_invented=True,
    )
    pace = timedelta(minutes=5)
    intake = agreements.begin_change(first, new, at=at)
    content = lowered(intake.content, rules, less_cents)
    review = agreements.Review(content, (), intake.revision)
    intake = agreements.review(first, intake, review, at=at + pace)
    intake, ended = walk(cast, intake, at + 2 * pace, pace)
    assert intake.agreement
    publish(cast, intake.agreement, ended)
    return intake.agreement


def lowered(terms: Terms, rules: Year, less_cents: int) -> Terms:
    """The content of an agreement over less, the first measure's amount with it."""
    body = bodies(terms.programme, terms.year)[terms.ags]
    first, *others = terms.measures
    if first.amount_cents is not None:
        first = replace(first, amount_cents=first.amount_cents - less_cents)
    return replace(
        terms,
        amount_cents=terms.amount_cents - less_cents,
        measures=(first, *others),
        signatures=tuple(signatures_of(rules, body)),
    )


def publish(cast: Cast, agreement: Agreement, at: datetime) -> None:
    """Every stage of publishing that the programme declares, by people who take them."""
    first, _ = cast.takers("publication", agreement.year, agreement.ags)
    edition = publication.begin(first, agreement, at=at)
    walk(cast, edition, at, timedelta(minutes=5))


def frame(programme: str, year: int, ags: str) -> dict[str, object]:
    """The terms that all agreements of the year share."""
    rules, body = packs.load(programme, year), bodies(programme, year)[ags]
    day = recorded_from(year).date()  # the names are those of the day of the act
    return {
        "programme": programme,
        "year": year,
        "ags": body.ags,
        "body_name": body.name,
        "body_kind": str(body.kind.label),
        "ministry": competence.title(rules, "ministry", day, body),
        "granting_authority": competence.title(rules, "authority", day, body),
        "frameworks": tuple(framework.title for framework in rules.frameworks),
        "legal_areas": tuple(area.code for area in rules.legal_areas),
        "earmarks": tuple(Earmark(earmark.code) for earmark in rules.earmarks),
        "meeting": rules.programme.meeting,
    }


def bodies(programme: str, year: int) -> dict[str, Body]:
    """The bodies of a programme year, by AGS."""
    return {body.ags: body for body in packs.bodies_in(programme, year)}


def public() -> list[tuple[Terms, bool]]:
    """Agreements whose facts are public, none of them invented."""
    return [(main_kinzig(), False)] if settings.PROGRAMME == HESSE else []


def main_kinzig() -> Terms:
    """The public facts of the agreement that the Main-Kinzig-Kreis concluded for 2024."""
    titles = {
        "training_preparation": (
            "Startklar! - Kreativ ins Berufsleben",
            "Team-Camp",
            "Ausbildung - Mein Ziel + Sprache",
            "U-25 Robotik - kleiner Führerschein",
            "U-25 Robotik - großer Führerschein",
            "Teilzeitausbildung — Wie geht das? Kurs",
        ),
        "qualification": (
            "Ukrainer BeiUNS",
            "Altenpflegehilfe + Sprache",
            "GaLa+Sprache - Das grüne Projekt",
            "Berufsorientierung und Sprache für Menschen mit Migrationshintergrund",
        ),
        "staff_training": ("BASS - Bachelor of Arts, Soziale Sicherung, Inklusion - Studium 2024",),
    }
    return Terms(
        **frame(HESSE, 2024, MAIN_KINZIG),  # type: ignore[arg-type]
        amount_cents=1_600_100_00,
        measures=tuple(Measure(kind, title) for kind in titles for title in titles[kind]),
        signatures=(
            Signature("ministry", "Heike Hofmann", "Staatsministerin", "Wiesbaden"),
            Signature("region", "Thorsten Stolz", "Landrat", "Gelnhausen"),
        ),
    )


def invented() -> list[Terms]:
    """Agreements invented for the demo, from the pack."""
    programme, year = settings.PROGRAMME, demo_year()
    bodies_by_ags, rules = bodies(programme, year), packs.load(programme, year)
    return [
        Terms(
            **frame(programme, year, agreement.ags),  # type: ignore[arg-type]
            amount_cents=agreement.amount_cents,
            measures=tuple(measures_of(rules, agreement)),
            signatures=tuple(signatures_of(rules, bodies_by_ags[agreement.ags])),
        )
        for agreement in packs.demo_agreements(programme, year)
    ]


def measures_of(rules: Year, agreement: DemoAgreement) -> Iterator[Measure]:
    """The measures of an invented agreement; where each has its amount, the first has the rest."""
    each, first = divmod(agreement.amount_cents, len(agreement.measures))
    by_measure = rules.programme.document.recipient == "measure"
    for number, (kind, title) in enumerate(agreement.measures):
        cents = each + first * (number == 0) if by_measure else None
        yield Measure(kind, title, cents)


def signatures_of(rules: Year, body: Body) -> Iterator[Signature]:
    """Who signs on the sides that the programme's documents have, each without a name."""
    for side in rules.programme.document.sides:
        if side == "body":
            yield Signature("region", None, str(body.kind.offices[0]), body.seat)
            continue
        day = recorded_from(rules.year).date()
        organisation = competence.competent(rules.organisations, side, day, body)
        assert organisation  # a pack without one is refused
        yield Signature(side, None, organisation.offices[0], organisation.seat)
