"""Money and permission apart: what a decision takes, frees and covers, and who has which."""

import re
from csv import reader
from datetime import date

import pytest

from tests.journeys import shown
from tests.rooms.allocation.scenario_page import LIST, page, text_of, url
from tests.rooms.money import (
    AT,
    HEAD,
    MILLION,
    OFFICER,
    YEAR,
    bodies,
    by_hand,
    decided,
    enact,
    enter_needs,
    put_forward,
    scenario,
)
from tests.stage import signed_in
from zielwerk.allocation import actions as allocation
from zielwerk.allocation.models import Scenario
from zielwerk.budget import actions as budget
from zielwerk.budget.actions import Authority, Entry, Line
from zielwerk.config.world import Cast
from zielwerk.ledger import actions as ledger
from zielwerk.ledger.models import Transfer
from zielwerk.packs import loading as packs
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.money import Cents, format_euro
from zielwerk.rulebook.planning import Fund

pytestmark = pytest.mark.django_db
GIVEN = "/arbeit/zuweisungen"

NAMES = (f"Barmittel {YEAR}", f"Verpflichtungsermächtigung, fällig {YEAR + 1}")


@pytest.fixture
def money_and_authority(people: Cast, programme: str) -> Cast:
    """20 millions of this year's money, and 10 that may be promised for the next."""
    enact(programme, 20 * MILLION)
    permitted = Authority(line(programme), YEAR + 1, 10 * MILLION, date(YEAR, 1, 1), "Gesetz")
    budget.authorise(OFFICER, permitted, at=AT)
    return people


def line(programme: str) -> Line:
    source = packs.load(programme, YEAR).money_sources[0].code
    return Line(programme, YEAR, "0806 684 71", source, "")


def words(cast: Cast, address: str) -> str:
    return text_of(page(signed_in(cast.head), address)).replace(",00 €", " €")


def of_kinds(cast: Cast, address: str) -> dict[str, dict[str, str]]:
    """The table of the kinds of money: for each kind what stands under which heading."""
    html = page(signed_in(cast.head), address)
    grid = next(one for one in shown.Page(html).grids if one.headings[0].text == "Mittelart")
    titles = [cell.text for cell in grid.headings[1:]]
    return {
        kind.text: dict(zip(titles, (plain(cell.text) for cell in amounts), strict=True))
        for kind, *amounts in grid.rows
    }


def plain(text: str) -> str:
    """An amount as these tests write it: without cents where there are none."""
    return text.replace("\u00a0", " ").replace(",00 €", " €")


def file(cast: Cast, address: str) -> list[list[str]]:
    content = signed_in(cast.head).get(address).getvalue().decode("utf-8-sig")
    return list(reader(content.splitlines(), delimiter=";"))


def euro(cents: int) -> str:
    return format_euro(Cents(cents)).replace(",00\u00a0", "\u00a0").replace("\u00a0", " ")


def free(programme: str) -> dict[bool, int]:
    """What is free today, money and authority apart."""
    tranches = programmes.standing(Fund(programme, YEAR), AT.date()).tranches
    found = {one.is_authority: of.free_cents for one, of in tranches.items()}
    return {False: 0, True: 0, **found}


def moved_by(one: Scenario, *, is_authority: bool) -> int:
    """What the single bookings of a decision brought to the bodies, less what they took."""
    booked = Transfer.objects.filter(case=one.file_number)
    own = {"source__due_year__gt": 0} if is_authority else {"source__due_year": 0}
    signs = [
        (bool(each.target.ags) - bool(each.source.ags), each.amount_cents)
        for each in booked.filter(**own)
    ]
    return sum(sign * cents for sign, cents in signs)


@pytest.mark.parametrize("is_decided", [False, True])
def test_a_decision_tells_of_each_kind_what_it_takes_and_what_is_free_afterwards(
    money_and_authority: Cast, programme: str, is_decided: bool
) -> None:
    one = put_forward(scenario(programme, 24 * MILLION))
    if is_decided:
        one = allocation.decide(HEAD, one, at=AT)
    for part in ("", "" if is_decided else "/entscheiden"):
        said = of_kinds(money_and_authority, url(one, part))
        assert [*said] == [*NAMES]
        for kind, shared, free_then in zip(NAMES, ("20", "4"), ("0 €", "6.000.000 €"), strict=True):
            assert said[kind]["Verteilt nach Mittelart"] == f"{shared}.000.000 €"
            assert said[kind]["Die Entscheidung braucht davon"] == f"{shared}.000.000 €"
            assert said[kind]["Danach frei"] == free_then
            assert "Die Entscheidung macht frei" not in said[kind]
    if is_decided:
        assert free(programme) == {False: 0, True: 6 * MILLION}
        assert moved_by(one, is_authority=True) == 4 * MILLION


def cut_after_a_block(programme: str) -> Scenario:
    """24 millions are shared out; 2 of the money are blocked; all lose the half."""
    data = enter_needs(programme)
    decided(programme, 24 * MILLION, data=data)
    entry = Entry(line(programme), 2 * MILLION, date(YEAR, 2, 1), "Haushaltssperre")
    budget.block(OFFICER, entry, at=AT)
    return put_forward(scenario(programme, 12 * MILLION, data=data))


def test_what_is_given_back_and_covers_a_gap_is_not_said_to_become_free(
    money_and_authority: Cast, programme: str
) -> None:
    """Of 12 millions some 10 were money, of which 2 cover the block."""
    one = cut_after_a_block(programme)
    before = of_kinds(money_and_authority, url(one, "/entscheiden"))
    one = allocation.decide(HEAD, one, at=AT)
    money, later = (-moved_by(one, is_authority=form) for form in (False, True))
    assert abs(money - 10 * MILLION) < 100
    assert money + later == 12 * MILLION
    for said in (before, of_kinds(money_and_authority, url(one))):
        found = [
            [said[kind][f"Die Entscheidung {verb}"] for kind in NAMES]
            for verb in ("macht frei", "deckt", "braucht davon")
        ]
        assert found[0] == [euro(money - 2 * MILLION), euro(later)]
        assert found[1:] == [[euro(2 * MILLION), "–"], ["–", "–"]]
        after = [euro(money - 2 * MILLION), euro(6 * MILLION + later)]
        assert [said[kind]["Danach frei"] for kind in NAMES] == after
    assert free(programme) == {False: money - 2 * MILLION, True: 6 * MILLION + later}


def test_what_no_kind_has_is_told_as_missing(money_and_authority: Cast, programme: str) -> None:
    one = scenario(programme, 31 * MILLION)
    said = of_kinds(money_and_authority, url(one))["nicht vorhanden"]
    assert said["Verteilt nach Mittelart"] == "1.000.000 €"
    assert said["Danach frei"] == "−1.000.000 €"


def test_of_a_decision_from_before_kinds_were_kept_the_page_says_so(
    money_and_authority: Cast, programme: str
) -> None:
    one = decided(programme, 24 * MILLION)
    kept = {name: value for name, value in one.figures.items() if name != "effects"}
    for row in kept["rows"].values():
        del row["kinds"]
    Scenario.objects.filter(pk=one.pk).update(figures=kept)
    said = words(money_and_authority, url(one))
    assert "24.000.000 € (nach Mittelart nicht festgehalten)" in said
    assert "Verteilt nach Mittelart" not in said
    head, *rows = file(money_and_authority, url(one, "?export=csv"))
    assert {row[head.index("Neu: Barmittel")] for row in rows} == {"nicht festgehalten"}


def test_the_file_of_a_scenario_tells_of_each_amount_what_is_money(
    money_and_authority: Cast, programme: str
) -> None:
    one = put_forward(scenario(programme, 24 * MILLION))
    head, *rows = file(money_and_authority, url(one, "?export=csv"))
    new, *parts = (head.index(f"Neu{form}") for form in FORMS)
    for row in rows:
        assert cents(row[new]) == sum(cents(row[part]) for part in parts)
    assert sum(cents(row[parts[0]]) for row in rows) == 20 * MILLION
    assert sum(cents(row[parts[1]]) for row in rows) == 4 * MILLION


FORMS = ("", ": Barmittel", ": Ermächtigung", ": Mittelart nicht bekannt")


def cents(text: str) -> int:
    return int(text.replace(",", ""))


def test_the_list_tells_what_is_money_and_sums_up_what_holds_alone(
    money_and_authority: Cast, programme: str
) -> None:
    data = enter_needs(programme)
    decided(programme, 24 * MILLION, data=data)
    own = bodies(programme)[-1].ags
    amounts = {body.ags: 0 for body in bodies(programme)}
    hand = by_hand(**{f"b{ags}": cents for ags, cents in {**amounts, own: 21 * MILLION}.items()})
    second = decided(programme, 21 * MILLION, data=data, overrides=hand)
    said = words(money_and_authority, GIVEN)
    number = len(bodies(programme))
    later = moved_by(second, is_authority=True) + 4 * MILLION
    money = 21 * MILLION - later
    assert f"Summe der {number} geltenden" in said
    assert f"Summe aller {2 * number}" not in said
    assert " ".join(map(euro, (21 * MILLION, money, later))) in said
    head, *rows = file(money_and_authority, f"{GIVEN}?export=csv")
    place = {name: head.index(name) for name in ("Stand", "Zugewiesen", *PARTS)}
    decided_as = [head.index(f"Entschiedener Betrag{form}") for form in FORMS]
    for row in rows:
        if row[place["Stand"]] == "gilt":
            assert cents(row[place["Zugewiesen"]]) == sum(cents(row[place[part]]) for part in PARTS)
        assert cents(row[decided_as[0]]) == sum(cents(row[part]) for part in decided_as[1:])
    assert sum(cents(row[decided_as[2]]) for row in rows) == 4 * MILLION + later
    assert not re.search("Mittelart nicht bekannt", said)


def test_what_was_agreed_before_these_books_stands_apart_on_the_page_too(
    people: Cast, programme: str
) -> None:
    own = bodies(programme)[0].ags
    enact(programme)
    decided(programme, 27 * MILLION, overrides=by_hand(**{f"b{own}": 0}))
    agreed = ledger.Agreed(programme, YEAR, own, 1_600_100_00, AT.date(), "ZV-2026-0001")
    ledger.record_agreed(OFFICER, agreed, at=AT)
    said = words(people, GIVEN)
    assert "davon Barmittel davon Ermächtigung davon Mittelart nicht bekannt" in said
    assert "gilt 1.600.100 € 0 € 0 € 1.600.100 €" in said


PARTS = ("davon Barmittel", "davon Ermächtigung", "davon Mittelart nicht bekannt")


def test_two_scenarios_are_compared_by_kind_of_money(
    money_and_authority: Cast, programme: str
) -> None:
    data = enter_needs(programme)
    a, b = (scenario(programme, each * MILLION, data=data) for each in (18, 24))
    said = words(money_and_authority, f"{LIST}/vergleich?a={a.pk}&b={b.pk}")
    money, later = f"Barmittel {YEAR}", f"Verpflichtungsermächtigung, fällig {YEAR + 1}"
    sides = f"18.000.000 € {money} 20.000.000 € {money}; 4.000.000 € {later}"
    assert f"Verteilt nach Mittelart {sides}" in said
