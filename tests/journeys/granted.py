"""Notices and acts on them in the states that the demo lacks, and every step of both."""

from dataclasses import replace
from datetime import date, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from tests.journeys import applied, pages, passed
from tests.journeys.pages import take
from tests.stage import signed_in
from zielwerk.config import world_funding, world_strategy
from zielwerk.config.cast import Cast, walk
from zielwerk.config.world_strategy import cast_of
from zielwerk.core.cases import kind_of
from zielwerk.funding import queries as funding
from zielwerk.funding.actions import Settling, settle
from zielwerk.funding.models import Application
from zielwerk.granting import actions, queries
from zielwerk.granting.actions import NewAct, NewNotice, WriteAct
from zielwerk.granting.forms import amount_name
from zielwerk.granting.models import GrantAct, GrantNotice, Issuing
from zielwerk.granting.queries import ActDraft
from zielwerk.identity.models import User
from zielwerk.identity.queries import let_in
from zielwerk.ledger import actions as ledger
from zielwerk.ledger.actions import Posting
from zielwerk.ledger.models import AccountKey, EntryCode, Place
from zielwerk.rulebook.grant.course import GrantState
from zielwerk.rulebook.grant.paths import Kind
from zielwerk.rulebook.planning import Fund
from zielwerk.rulebook.procedure import address_of
from zielwerk.rulebook.tranche import Tranche

PACE = timedelta(minutes=5)
LESS = ActDraft(reason="Es wird weniger gebraucht.", unheard="Auf Wunsch der Empfängerin.")
"""What an act rests on, beside the day of the consent."""


def make(cast: Cast) -> None:
    """One notice and one act after each stage between the first and the last, and given up."""
    drafted = GrantNotice.objects.filter(state=GrantState.DRAFT).latest("pk")
    clerk, _ = cast.pair("authority", drafted.ags)
    actions.discard(clerk, drafted, at=timezone.now())
    actions.draft(clerk, NewNotice(drafted.application), at=timezone.now())
    stages = queries.lifecycle_of(drafted).labels
    assert stages
    count = len(queries.rules_of(drafted).procedure("grant")) - 1
    for number in range(count):
        notice = of_another(cast)
        taken(cast, notice, number + 1)
    issued = GrantNotice.objects.filter(state=GrantState.ISSUED).earliest("pk")
    clerk, _ = cast.pair("authority", issued.ags)
    walk(cast, less(cast, issued, Kind.AMENDMENT), timezone.now(), PACE)
    actions.discard(clerk, less(cast, issued, Kind.SUPPLEMENT), at=timezone.now())
    for number, kind in zip(range(count), (Kind.AMENDMENT, Kind.FINAL), strict=False):
        taken(cast, less(cast, issued, kind), number + 1)


def taken(cast: Cast, case: Issuing, count: int) -> None:
    """Take so many stages of a notice or an act, by who takes them."""
    kind = kind_of(case)
    stages = {stage.code: stage for stage in queries.rules_of(case).procedure("grant")}
    for _ in range(count):
        row = next(row for row in kind.open_steps(case) if row.verb in stages)
        who, _ = cast.pair(row.side, case.ags)
        given = {"note": "Keine Einwände"} if row.notes else {}
        case = kind.verb(row.taken_by)(who, case, **given, at=timezone.now())


def less(cast: Cast, notice: GrantNotice, kind: Kind) -> GrantAct:
    """The draft of an act by which a measure gets a little less."""
    clerk, _ = cast.pair("authority", notice.ags)
    act = actions.change(clerk, NewAct(notice, kind), at=timezone.now())
    place = next(iter(queries.stands(notice, localdate()).amounts))
    draft = replace(LESS, amounts={place: -1_00}, asked=localdate())
    return actions.write_act(clerk, WriteAct(act, draft), at=timezone.now())


def of_another(cast: Cast) -> GrantNotice:
    """The notice of an application that was only handed in so far; there is money for it."""
    year = funding.years(settings.PROGRAMME)[0]
    at = world_funding.beginning(settings.PROGRAMME, year)
    rows = Application.objects.filter(state="hand_in", questions__isnull=True).order_by("-pk")
    application = rows.first()
    if application is None:
        application, _ = applied.handed_in(cast, year, applied.free(year)[0], at)
    return assessed(cast, application)


def assessed(cast: Cast, application: Application) -> GrantNotice:
    """The notice of an application that is settled and assessed now."""
    email = f"{application.ags}@example.org"
    writer = let_in(User.objects.get(email__iexact=email), localdate())
    acting, at = cast_of(cast, writer), timezone.now()
    clerk, _ = acting.pair("authority", application.ags)
    for aspect in world_funding.ASPECTS:
        settle(clerk, Settling(application, aspect, "accepted"), at=at)
    walk(acting, application, at, PACE)
    notice = GrantNotice.objects.get(application=application)
    money(cast, notice)
    return notice


def money(cast: Cast, notice: GrantNotice) -> None:
    """What a notice applies for was given before these books."""
    fund = Fund(notice.programme, notice.year)
    source, target = (
        AccountKey.planning(fund, place, notice.ags).of(Tranche("land", notice.year))
        for place in (Place.OPENING, Place.ALLOCATED)
    )
    opening = Posting(
        source,
        target,
        notice.applied_cents,
        EntryCode.OPENING,
        date(notice.year, 1, 2),
        notice.file_number,
    )
    ledger.record_opening(cast.officer, opening, at=timezone.now())


def strategy(cast: Cast, notice: GrantNotice) -> None:
    """Where a grant rests on a strategy, its body has one in force."""
    body = queries.body_of_case(notice)
    if body and queries.facts_of(notice, localdate()).premature:
        plan = world_strategy.Plan(body, passed.writer(notice.ags), date(notice.year, 12, 31))
        world_strategy.lay_down(cast, plan, notice.year, timezone.now())


def act(cast: Cast) -> None:
    """Every step of a notice and of an act, taken at the desks of those who take it."""
    notice = GrantNotice.objects.filter(state=GrantState.DRAFT).latest("pk")
    money(cast, notice)
    strategy(cast, notice)
    first, second = cast.pair("authority", notice.ags)
    clerk, head = signed_in(first), signed_in(second)
    page = reverse("granting:notice", args=[notice.pk])
    take(clerk, page, "verwerfen")
    take(clerk, page, "wiederherstellen")
    write = reverse("granting:write", args=[notice.pk])
    pages.press(clerk, write, write, begruendung="Wie besprochen.")
    take(clerk, page, "vorlegen")
    take(clerk, page, "zuruecknehmen")
    take(clerk, page, "vorlegen")
    _back_and_forth(cast, notice, page)
    notice.refresh_from_db()
    enter = reverse("granting:enter", args=[notice.pk, "sent"])
    take_event(clerk, enter)
    begin = reverse("granting:begin_act", args=[notice.pk])
    change = pages.press(clerk, begin, begin, art=Kind.AMENDMENT.value)
    act = GrantAct.objects.latest("pk")
    assert str(act.pk) in change
    name = amount_name(next(iter(queries.stands(notice, localdate()).amounts)))
    typed = {
        name: "1,00",
        "begruendung": "Weniger.",
        "gebeten": f"{localdate():%d.%m.%Y}",
        "ausgang": notice.file_number,
    }
    pages.press(clerk, change, change, **typed)
    page = reverse("granting:act", args=[act.pk])
    take(clerk, page, "verwerfen")
    take(clerk, page, "wiederherstellen")
    take(clerk, page, "vorlegen")
    take(clerk, page, "zuruecknehmen")
    take(clerk, page, "vorlegen")
    _back_and_forth(cast, act, page)
    take_event(clerk, reverse("granting:enter_of_act", args=[act.pk, "sent"]))
    assert head


def take_event(clerk: object, door: str) -> None:
    pages.press(clerk, door, door, weg="electronic")  # type: ignore[arg-type]


def _back_and_forth(cast: Cast, case: Issuing, page: str) -> None:
    """Through the stages to the end, once given back on the way."""
    first, second = cast.pair("authority", case.ags)
    ministry = signed_in(cast.officer)
    between = queries.rules_of(case).procedure("grant")[1:-1]
    back = ministry if between else signed_in(second)
    take(back, page, "zurueckgeben", note="Bitte prüfen")
    take(signed_in(first), page, "vorlegen")
    for stage in between:
        take(ministry, page, address_of(stage.label), note="Keine Einwände")
    take(signed_in(second), page, "erlassen")
