"""Money and permission apart: what a move takes, what becomes of it, and what it turns into."""

import re
from csv import reader
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import worlds
from tests.rooms.money import AT, EURO, HEAD, MILLION, OFFICER, YEAR, decided, enact
from tests.stage import signed_in
from zielwerk.adjustments import actions as adjustments
from zielwerk.adjustments.models import Adjustment
from zielwerk.budget import actions as budget
from zielwerk.budget.actions import Authority, Entry, Line
from zielwerk.config import world
from zielwerk.config.world import Cast
from zielwerk.ledger import actions as ledger
from zielwerk.packs import loading as packs
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.adjustment import AdjustmentKind
from zielwerk.rulebook.kinds import Account
from zielwerk.rulebook.money import Cents, format_euro
from zielwerk.rulebook.planning import Fund

pytestmark = pytest.mark.django_db
LIST = "/arbeit/mittelaenderungen"
WAIVER, REALLOCATION, COVER = AdjustmentKind
MONEY, LATER = f"Barmittel {YEAR}", f"Verpflichtungsermächtigung, fällig {YEAR + 1}"


@pytest.fixture
def people(db: None, settings: Any, programme: str) -> Cast:
    """20 millions of money and 10 of permission; 25 are allocated, by one mixture."""
    settings.PROGRAMME = programme
    enact(programme, 20 * MILLION)
    permitted = Authority(line(programme), YEAR + 1, 10 * MILLION, date(YEAR, 1, 1), "Gesetz")
    budget.authorise(OFFICER, permitted, at=AT)
    decided(programme, 25 * MILLION)
    return worlds.put(world.enrol_cast)


def line(programme: str) -> Line:
    return Line(programme, YEAR, "0806 684 71", packs.load(programme, YEAR).money_sources[0].code)


def move(kind: AdjustmentKind, programme: str, ags: str, cents: int) -> Adjustment:
    wanted = adjustments.Move(kind, Fund(programme, YEAR), ags, cents, "Bedarf")
    return adjustments.declare(OFFICER, wanted, at=AT)


def held(programme: str, place: str, ags: str = "") -> dict[bool, int]:
    """What lies at a place, in cents; money and permission apart."""
    kinds = programmes.standing(Fund(programme, YEAR)).kinds
    found = kinds.at(Account(place, ags))  # type: ignore[arg-type]
    return {tranche.is_authority: cents for tranche, cents in found.items()}


def words(response: Any) -> str:
    assert response.status_code in (200, 409)
    html = response.content.decode()
    text = re.sub(r"<[^>]*>", " ", html[html.index("<main") : html.index("</main>")])
    return without_cents(unescape(text))


def without_cents(text: str) -> str:
    """A text with its whole amounts written alike, whether their table shows cents or not."""
    return " ".join(text.split()).replace(",00 €", " €")


def euro(cents: int) -> str:
    return without_cents(format_euro(Cents(cents)))


def of_kinds(money: int, later: int) -> str:
    """Both kinds as a page writes them."""
    return f"{euro(money)} {MONEY} {euro(later)} {LATER}"


def page(cast: Cast, one: Adjustment, part: str = "") -> str:
    return words(signed_in(cast.head).get(f"{LIST}/{one.pk}{part}"))


def test_a_waiver_tells_of_each_kind_what_it_gives_back_before_and_after_it_is_decided(
    people: Cast, programme: str
) -> None:
    ags = people.body.ags
    had, free = held(programme, "allocated", ags), held(programme, "free")
    one = move(WAIVER, programme, ags, 100_001 * EURO)
    asked, before = page(people, one, "/entscheiden"), page(people, one)
    adjustments.decide(HEAD, one, at=AT)
    has = held(programme, "allocated", ags)
    money, later = had[False] - has[False], had[True] - has[True]
    assert (money + later, min(money, later) > 0) == (100_001 * EURO, True)
    for said in (asked, before, page(people, one)):
        assert f"Betrag nach Mittelart {of_kinds(money, later)}" in said
    assert f"{of_kinds(had[False], had[True])} {of_kinds(has[False], has[True])}" in asked
    assert f"{euro(free[True])} {LATER} {of_kinds(money, free[True] + later)}" in asked
    assert "wenn heute entschieden würde" in before
    assert "wenn heute entschieden würde" not in page(people, one)


def test_the_list_tells_of_decided_moves_what_was_money_and_of_others_nothing(
    people: Cast, programme: str
) -> None:
    ags = people.body.ags
    had = held(programme, "allocated", ags)
    one = move(WAIVER, programme, ags, 100_001 * EURO)
    head = signed_in(people.head)
    names = ("davon Barmittel", "davon Ermächtigung", "davon Mittelart nicht bekannt")

    def listed() -> list[str]:
        content = head.get(f"{LIST}?export=csv").getvalue().decode("utf-8-sig")
        titles, row = reader(content.splitlines(), delimiter=";")
        return [row[titles.index(name)] for name in names]

    assert listed() == ["", "", ""]
    # No sum of what nobody knows yet: 0 would be a figure.
    assert re.search(r"Summe aller 1 100\.001 € 1 bis 1 von 1", words(head.get(LIST)))
    adjustments.decide(HEAD, one, at=AT)
    has = held(programme, "allocated", ags)
    moved = (had[False] - has[False], had[True] - has[True], 0)
    assert listed() == [f"{cents / 100:.2f}".replace(".", ",") for cents in moved]
    assert of_list(moved[0], moved[1]) in words(head.get(LIST))


def of_list(money: int, later: int) -> str:
    return f"{euro(money)} {euro(later)}"


def test_what_can_be_waived_stands_by_kind_of_money(people: Cast, programme: str) -> None:
    own = held(programme, "allocated", people.body.ags)
    said = words(signed_in(people.body).get(f"{LIST}/verzicht"))
    assert f"{MONEY} {euro(own[False])}" in said
    assert f"{LATER} {euro(own[True])}" in said
    assert euro(sum(own.values())) not in said


def test_who_wants_more_is_told_what_is_there_of_each_kind(people: Cast, programme: str) -> None:
    own = held(programme, "allocated", people.body.ags)
    sent = {"jahr": YEAR, "zweck": "", "betrag": "99.000.000", "begruendung": "zu viel"}
    refused = words(signed_in(people.body).post(f"{LIST}/verzicht", sent))
    there = f"{euro(own[False])} ({MONEY}), {euro(own[True])} ({LATER})"
    assert f"Vorhanden sind {there}, bewegt werden sollen" in refused
    given = {**sent, "ags": people.body.ags}
    refused = words(signed_in(people.officer).post(f"{LIST}/umverteilung", given))
    assert f"{euro(5 * MILLION)} ({LATER}), bewegt werden sollen" in refused


def test_a_waiver_to_follow_is_chosen_by_what_it_gave_back(people: Cast, programme: str) -> None:
    ags = people.body.ags
    had = held(programme, "allocated", ags)
    one = move(WAIVER, programme, ags, 100_001 * EURO)
    adjustments.decide(HEAD, one, at=AT)
    has = held(programme, "allocated", ags)
    money, later = had[False] - has[False], had[True] - has[True]
    said = words(signed_in(people.officer).get(f"{LIST}/umverteilung"))
    assert f"({YEAR}), {euro(money)} {MONEY}, {euro(later)} {LATER}" in said


def lacking(programme: str, ags: str) -> int:
    """The body agreed all it has; the ministry cuts it, and a block takes the money given back."""
    own = programmes.standing(Fund(programme, YEAR)).of(ags).total_cents
    agreed = ledger.Agreed(programme, YEAR, ags, own, AT.date(), "ZV-2026-0001")
    ledger.record_agreed(OFFICER, agreed, at=AT)
    gap = held(programme, "agreed", ags)[False]
    money = programmes.standing(Fund(programme, YEAR)).kinds.at(Account("agreed", ags))
    tranche = next(one for one in money if not one.is_authority)
    fund = Fund(programme, YEAR)
    bookings = [adjustments.planning.Booking("cut", Account("uncovered", ags), FREE, gap)]
    cut = ledger.planned(bookings, fund, AT.date(), "VS-2026-0099")
    source, target = cut[0].source.of(tranche), cut[0].target.of(tranche)
    exact = ledger.Posting(source, target, gap, cut[0].code, AT.date(), "VS-2026-0099")
    ledger.post(OFFICER, [exact], at=AT)
    entry = Entry(line(programme), gap, date(YEAR, 2, 1), "Haushaltssperre")
    budget.block(OFFICER, entry, at=AT)
    return gap


FREE = Account("free")


def test_a_cover_that_turns_agreed_money_into_a_permission_is_seen_before_it_is_decided(
    people: Cast, programme: str
) -> None:
    """All that is left is a permission."""
    ags = people.body.ags
    gap = lacking(programme, ags)
    assert held(programme, "uncovered", ags) == {False: -gap}
    agreed = held(programme, "agreed", ags)
    one = move(COVER, programme, ags, gap)
    asked, before = page(people, one, "/entscheiden"), page(people, one)
    adjustments.decide(HEAD, one, at=AT)
    assert held(programme, "agreed", ags) == {True: sum(agreed.values())}
    for said in (asked, before, page(people, one)):
        assert "Die Mittelart des Zugesagten ändert sich" in said
        assert f"{euro(gap)}: bisher {MONEY}, danach {LATER}." in said
        assert f"Betrag nach Mittelart {euro(gap)} {LATER}" in said


def test_a_cover_by_its_own_kind_turns_nothing(people: Cast, programme: str) -> None:
    ags = people.body.ags
    gap = lacking(programme, ags)
    entry = Entry(line(programme), 2 * gap, date(YEAR, 2, 1), "Nachtragshaushalt")
    budget.supplement(OFFICER, entry, at=AT)
    one = move(COVER, programme, ags, gap)
    said = page(people, one, "/entscheiden")
    assert f"Betrag nach Mittelart {euro(gap)} {MONEY}" in said
    assert "Die Mittelart des Zugesagten ändert sich" not in said


@pytest.mark.parametrize("part", ["", "/1", "/1/entscheiden", "/umverteilung"])
def test_more_moves_take_no_more_queries(people: Cast, programme: str, part: str) -> None:
    head, found = signed_in(people.head), []
    first = move(WAIVER, programme, people.body.ags, 1_000 * EURO)
    address = f"{LIST}{part.replace('1', str(first.pk))}"
    for number in (1, 8):
        for _ in range(number):
            done = move(WAIVER, programme, people.body.ags, 1_000 * EURO)
            adjustments.decide(HEAD, done, at=AT)
        head.get(address)
        with CaptureQueriesContext(connection) as made:
            words(head.get(address))
        found.append(len(made))
    assert found[0] == found[1]
