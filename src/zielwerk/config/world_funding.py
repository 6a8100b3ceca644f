"""Applications of the demo: one being written, one about which the authority asks, one assessed.

Made by the verbs that people use. What was planned is in them already; the rest is invented.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils.timezone import localdate

from zielwerk.config.cast import INVENTED, Cast, walk
from zielwerk.config.world_money import moment
from zielwerk.config.world_strategy import JANA, PAPER, cast_of
from zielwerk.funding import actions, queries
from zielwerk.funding.actions import (
    NewAnswer,
    NewApplication,
    NewPaper,
    NewQuestion,
    Settling,
    Writing,
)
from zielwerk.funding.models import Application
from zielwerk.identity.models import User
from zielwerk.identity.queries import let_in
from zielwerk.packs import loading as packs
from zielwerk.packs.model import Year
from zielwerk.rulebook.application import ASPECTS, Finding, Outcome, Weight, keys_of
from zielwerk.rulebook.application.answers import ITSELF, THERE
from zielwerk.rulebook.money import format_euro
from zielwerk.rulebook.planned import OWN_DELIVERY

PACE = timedelta(minutes=10)
COST_CENTS = 40_000_00
SAID = f"Das liegt am örtlichen Bedarf ({INVENTED})."
MOST_ROUNDS = 6
SEATS = f"Sind alle Plätze schon vergeben? ({INVENTED})"


def make(cast: Cast, programme: str, year: int) -> None:
    """The applications of three bodies, as of the newest year of the demo."""
    if year not in queries.years(programme):
        return
    at = beginning(programme, year)
    being_written(cast.body, begin(cast.body, programme, year, at), at + PACE)
    for number, coordinator in enumerate(others(year)):
        at += timedelta(days=1)
        application = begin(coordinator, programme, year, at)
        whole(coordinator, application, at + PACE)
        acting = cast_of(cast, coordinator)
        if number:
            hand_in_and_settle(acting, application, at + 4 * PACE)
        else:
            hand_in_and_ask(acting, application, at + 4 * PACE)


def beginning(programme: str, year: int) -> datetime:
    """When bodies apply: some weeks before the last day of applications."""
    day = queries.last_day(packs.load(programme, year)) or date(year, 3, 31)
    day -= timedelta(days=22)
    return moment(day.year, day.month, day.day)


def others(year: int) -> Iterator[User]:
    """Who coordinates the other bodies that have a strategy, acting for each of them."""
    person = User.objects.filter(email=JANA[0]).first()
    for post in person.posts.order_by("pk").values_list("pk", flat=True) if person else ():
        assert person
        yield let_in(User.objects.get(pk=person.pk), date(year, 3, 9), post)


def begin(coordinator: User, programme: str, year: int, at: datetime) -> Application:
    new = NewApplication(programme, year, coordinator.ags, is_invented=True)
    return actions.apply(coordinator, new, at=at)


def being_written(writer: User, application: Application, at: datetime) -> None:
    """A paper is there, where one is asked for; one measure was taken out again."""
    if keys := keys_of(queries.said(application).answers):
        _write(writer, application, {f"m/{keys[-1]}": ""}, at)
    kinds = queries.rules_of(application).application_attachments
    for kind in [each for each in kinds if not each.once_in][:1]:
        content = PAPER + f"{application.file_number} {kind.code}".encode()
        actions.attach(writer, NewPaper(application, kind.code, "anlage.pdf", content), at=at)


def hand_in_and_ask(cast: Cast, application: Application, at: datetime) -> None:
    """Handed in; the authority asks about its first measure and waits."""
    first, _ = cast.pair("body", application.ags)
    application = actions.hand_in(first, application, at=at)
    clerk, _ = cast.pair("authority", application.ags)
    places = ("m/1/concept", "m/1/cost")
    day = localdate(at) + timedelta(days=14)
    text = f"Wie kommen die Kosten zustande? ({INVENTED})"
    actions.ask(clerk, NewQuestion(application, places, text, day), at=at + PACE)
    settling = Settling(application, next(iter(ASPECTS)), Outcome.EXAMINED)
    actions.settle(clerk, settling, at=at + 2 * PACE)


def hand_in_and_settle(cast: Cast, application: Application, at: datetime) -> Application:
    """Handed in, asked about and answered, each aspect accepted, and assessed."""
    first, _ = cast.pair("body", application.ags)
    application = actions.hand_in(first, application, at=at)
    clerk, _ = cast.pair("authority", application.ags)
    new = NewQuestion(application, ("m/1/seats",), SEATS, localdate(at) + timedelta(days=14))
    question = actions.ask(clerk, new, at=at + PACE / 3)
    actions.answer(first, NewAnswer(question, SAID), at=at + PACE / 2)
    for aspect in ASPECTS:
        at += PACE
        actions.settle(clerk, Settling(application, aspect, Outcome.ACCEPTED, SAID), at=at)
    return walk(cast, application, at + PACE, PACE)[0]


def whole(writer: User, application: Application, at: datetime) -> None:
    """Write whatever keeps the application from being handed in, as its rules ask for it."""
    if queries.late_days(application, localdate(at)):
        _write(writer, application, {"late_reason": SAID}, at)
    if not keys_of(queries.said(application).answers):
        first = _measure(queries.rules_of(application), localdate(at))
        _write(writer, application, dict(first), at)
    for _ in range(MOST_ROUNDS):
        judged = queries.judged_now(application, localdate(at))
        if not judged.stops:
            break
        answers = {
            place: text for each in judged.findings for place, text in _mended(application, each)
        }
        _write(writer, application, answers, at)
        for each in judged.findings:
            if each.place.startswith("attachment/") and each.weight is Weight.STOPS:
                code = each.place.removeprefix("attachment/")
                content = PAPER + f"{application.file_number} {code}".encode()
                paper = NewPaper(application, code, f"{code}.pdf", content)
                actions.attach(writer, paper, at=at)


def _write(writer: User, application: Application, answers: dict[str, str], at: datetime) -> None:
    number = queries.said(application).number
    actions.write(writer, Writing(application, number, answers), at=at)


def _measure(rules: Year, day: date) -> Iterator[tuple[str, str]]:
    """The answers of a first measure: what it is, what it costs, who pays."""
    kind = next(each for each in rules.measure_types if each.has_participants)
    percent = (rules.application and rules.application.share) or Decimal(100)
    granted = int(COST_CENTS * percent / 100)
    passed = {each.code for each in rules.passing_on}
    first = min(max(rules.begins, day + timedelta(days=30)), rules.ends)
    yield "m/1", THERE
    yield "m/1/title", f"Werkstatt am Ort ({INVENTED})"
    yield "m/1/type", kind.code
    yield "m/1/first_day", f"{first:%d.%m.%Y}"
    yield "m/1/last_day", f"{rules.ends:%d.%m.%Y}"
    yield "m/1/seats", "12"
    yield "m/1/concept", f"Vormittags Werkstatt, nachmittags Unterricht ({INVENTED})."
    yield "m/1/carrier", ITSELF
    yield "m/1/passing_on", OWN_DELIVERY if OWN_DELIVERY in passed else sorted(passed)[0]
    yield f"m/1/cost/{rules.cost_categories[0].code}/{rules.year}", _written(COST_CENTS)
    ways = {each.of_programme: each.code for each in reversed(rules.cost_sources)}
    yield f"m/1/income/{ways[True]}/{rules.year}", _written(granted)
    if granted < COST_CENTS:
        yield f"m/1/income/{ways[False]}/{rules.year}", _written(COST_CENTS - granted)


def _written(cents: int) -> str:
    return format_euro(cents).removesuffix("€").strip()


def _mended(application: Application, finding: Finding) -> Iterator[tuple[str, str]]:
    """The answers by which what was found is mended, or gets its reason."""
    if finding.weight is Weight.ASKS:
        yield f"{queries.REASON}{finding.key}", SAID
    elif finding.place.startswith("declaration/"):
        yield finding.place, THERE
    elif finding.rule == "early_not_asked":
        first = packs.load(application.programme, application.year).begins
        yield "early_start", f"{first:%d.%m.%Y}"
        yield "early_reason", SAID
    elif finding.rule == "share":
        yield "share", "80"
    elif finding.place.endswith("/seats"):
        yield finding.place, "12"
