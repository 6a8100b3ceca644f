"""What was put forward or decided stays as it was; what happened since stands beside it."""

import re
from csv import reader
from datetime import timedelta

import pytest

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
    key,
    put_forward,
    scenario,
)
from tests.stage import signed_in
from zielwerk.adjustments import actions as adjustments
from zielwerk.allocation import actions as allocation
from zielwerk.allocation import queries
from zielwerk.allocation.models import BodyAllocation, Scenario
from zielwerk.config.world import Cast
from zielwerk.core import audit
from zielwerk.ledger import actions as ledger
from zielwerk.packs import loading as packs
from zielwerk.rulebook.adjustment import AdjustmentKind
from zielwerk.rulebook.planning import Fund

pytestmark = pytest.mark.django_db
GIVEN = "/arbeit/zuweisungen"
BEFORE = YEAR - 1


def of_last_year(programme: str, cents: int) -> Scenario:
    """The year before, decided for all bodies alike."""
    enact(programme, 30 * MILLION, year=BEFORE)
    data = enter_needs(programme, BEFORE)
    start = allocation.Start(
        Fund(programme, BEFORE), allocation.Draft("Vorjahr", "", cents, key(programme), data)
    )
    return allocation.decide(HEAD, put_forward(allocation.begin(OFFICER, start, at=AT)), at=AT)


def agree(programme: str, ags: str, cents: int, case: str, year: int = YEAR) -> None:
    agreed = ledger.Agreed(programme, year, ags, cents, AT.date(), case)
    ledger.record_agreed(OFFICER, agreed, at=AT)


def waive(fund: Fund, ags: str, cents: int) -> None:
    move = adjustments.Move(AdjustmentKind.WAIVER, fund, ags, cents, "Ein Kurs entfällt")
    waiver = adjustments.declare(OFFICER, move, at=AT)
    adjustments.decide(HEAD, waiver, at=AT)


def rows_of(csv: bytes) -> dict[str, dict[str, str]]:
    """The rows of a file by AGS, each by the headings."""
    rows = list(reader(csv.decode("utf-8-sig").splitlines(), delimiter=";"))
    return {row[0]: dict(zip(rows[0], row, strict=True)) for row in rows[1:]}


THEN = ("Vorjahr", "Bisher", "Vereinbart", "Neu", "Zum Vorjahr", "Zum Vorjahr in Prozent")


@pytest.mark.parametrize("is_decided", [False, True])
def test_figures_stay_as_they_were_whatever_moves_afterwards(hesse: Cast, is_decided: bool) -> None:
    programme = "aqb_hessen"
    of_last_year(programme, 20 * MILLION)
    enact(programme)
    first = decided(programme, 20 * MILLION)
    ags = bodies(programme)[-1].ags
    agree(programme, ags, first.result[ags], "ZV-2026-0001")
    case = put_forward(scenario(programme, 15 * MILLION))
    if is_decided:
        case = allocation.decide(HEAD, case, at=AT)
    officer = signed_in(hesse.officer)
    before = rows_of(officer.get(url(case, "?export=csv")).getvalue())
    page_before = text_of(page(officer, url(case)))
    compared = text_of(page(officer, f"{LIST}/vergleich?a={first.pk}&b={case.pk}"))

    waive(Fund(programme, BEFORE), bodies(programme)[3].ags, MILLION // 100)
    agree(programme, bodies(programme)[4].ags, 50_000_00, "ZV-2026-0002")

    after = rows_of(officer.get(url(case, "?export=csv")).getvalue())
    for body in bodies(programme):
        for name in THEN:
            assert after[body.ags][name] == before[body.ags][name]
    assert before[ags]["Vereinbart"] == f"{first.result[ags] / 100:.2f}".replace(".", ",")
    words = text_of(page(officer, url(case)))
    assert "Seither geändert: 2" in words
    assert "Vereinbarungen zu ändern" in words or "unter dem Vereinbarten" in words
    assert text_of(page(officer, f"{LIST}/vergleich?a={first.pk}&b={case.pk}")) == compared
    start = page_before.index("Gebietskörperschaft Anteil")
    end = page_before.index("Summe", start)
    assert page_before[start:end] in words
    assert list(audit.verify()) == []


def test_the_arithmetic_of_what_is_needed_is_kept_with_the_decision(
    people: Cast, programme: str
) -> None:
    enact(programme)
    first = decided(programme, 20 * MILLION)
    assert first.figures["needed"] == {
        "gains_cents": 20 * MILLION,
        "opened_cents": 0,
        "short_cents": 0,
        "covered_cents": 0,
        "given_back_cents": 0,
    }
    assert first.figures["free_cents"] == 30 * MILLION
    words = text_of(page(signed_in(people.officer), url(first)))
    assert re.search(r"− 20\.000\.000,00\s€ Zuwächse der Körperschaften", words)
    amounts = (20, 30, 20, 10)  # shared out, free at the decision, needed, free afterwards
    told = r"\s".join(rf"{each}\.000\.000\s€" for each in amounts)
    assert re.search(rf"Barmittel \d{{4}} {told}", words)


def test_of_a_decision_from_before_figures_were_kept_the_page_says_so(
    people: Cast, programme: str
) -> None:
    enact(programme)
    one = decided(programme, 20 * MILLION)
    Scenario.objects.filter(pk=one.pk).update(figures=None)
    officer = signed_in(people.officer)
    words = text_of(page(officer, url(one)))
    assert "Frei bei der Entscheidung nicht festgehalten" in words
    assert "Die Entscheidung braucht davon nicht festgehalten" in words
    for row in rows_of(officer.get(url(one, "?export=csv")).getvalue()).values():
        agreed = row.get("Vereinbart", row.get("Bewilligt"))
        assert (row["Vorjahr"], agreed) == ("nicht festgehalten", "nicht festgehalten")
    given = one.allocations.get(ags=people.body.ags)
    assert "nicht festgehalten" in text_of(page(officer, f"{GIVEN}/{given.pk}"))


def test_a_case_from_before_there_were_kept_figures_keeps_its_seal(programme: str) -> None:
    case = scenario(programme)
    assert ["figures", None] not in case.sealed_facts()  # type: ignore[operator]
    enact(programme)
    assert any(name == "figures" for name, _ in put_forward(case).sealed_facts())  # type: ignore[attr-defined]


def test_superseded_allocations_are_marked_and_count_no_more(people: Cast, programme: str) -> None:
    enact(programme)
    decided(programme, 20 * MILLION)
    second = decided(programme, 24 * MILLION)
    ags = bodies(programme)[-1].ags
    waive(second.fund, ags, 10_000_00)
    officer = signed_in(people.officer)
    words = text_of(page(officer, GIVEN))
    number = len(bodies(programme))
    assert " ersetzt " in words
    left = 24 * MILLION - 10_000_00
    assert f"{left // 100:,}".replace(",", ".") in words
    csv = officer.get(f"{GIVEN}?export=csv").getvalue().decode("utf-8-sig").splitlines()
    head, *rows = reader(csv, delimiter=";")
    cells = [row[head.index("Zugewiesen")] for row in rows]
    stands = [row[head.index("Stand")] for row in rows]
    assert stands.count("gilt") == stands.count("ersetzt") == cells.count("") == number
    assert sum(int(cell.replace(",", "")) for cell in cells if cell) == left
    old, new = BodyAllocation.objects.filter(ags=ags).order_by("pk")
    superseded = text_of(page(officer, f"{GIVEN}/{old.pk}"))
    assert "Eine spätere Entscheidung hat diese ersetzt" in superseded
    assert "Heute zugewiesen" not in superseded
    today = second.result[ags] - 10_000_00
    shown = text_of(page(officer, f"{GIVEN}/{new.pk}"))
    assert f"Heute zugewiesen {today // 100:,}".replace(",", ".") in shown
    assert "seither -10.000,00" in shown.replace("−", "-")


def test_an_amount_beyond_the_key_is_allowed_and_marked_everywhere(
    people: Cast, programme: str
) -> None:
    enact(programme)
    ags = people.body.ags
    rules = key(programme, cap_cents=MILLION * 2, floor_cents=10_000_00)
    set_by_hand = by_hand(**{f"b{ags}": 2 * MILLION + 55})
    case = decided(programme, 10 * MILLION, key=rules, overrides=set_by_hand)
    officer = signed_in(people.officer)
    row = page(officer, url(case)).split(f'id="zeile-{ags}"')[1].split("</tr>")[0]
    given = BodyAllocation.objects.get(ags=ags)
    csv = rows_of(officer.get(url(case, "?export=csv")).getvalue())[ags]
    for shown in (
        row,
        csv["Abweichung vom Schlüssel"],
        text_of(page(signed_in(people.body), f"{GIVEN}/{given.pk}")),
    ):
        assert "über dem Höchstbetrag" in shown
        assert "kein Vielfaches der Rundungseinheit" in shown


def test_what_is_left_when_all_is_set_by_hand_is_no_matter_of_rounding(
    people: Cast, programme: str
) -> None:
    enact(programme)
    all_by_hand = by_hand(**{f"b{body.ags}": 10_000_00 for body in bodies(programme)})
    case = scenario(programme, 20 * MILLION, overrides=all_by_hand)
    officer = signed_in(people.officer)
    words = text_of(page(officer, url(case)))
    left = 20 * MILLION - len(bodies(programme)) * 10_000_00
    word = "Nicht verteilt, weil alle Beträge von Hand gesetzt sind"
    assert f"{word} " + f"{left // 100:,}".replace(",", ".") in words
    assert "Rest unter einer Rundungseinheit" not in words
    other = scenario(programme, 20 * MILLION)
    compared = text_of(page(officer, f"{LIST}/vergleich?a={case.pk}&b={other.pk}"))
    assert word in compared


def test_the_explanation_tells_of_amounts_set_by_hand_and_sums_all(
    people: Cast, programme: str
) -> None:
    enact(programme)
    other = next(body.ags for body in bodies(programme) if body.ags != people.body.ags)
    case = decided(programme, 20 * MILLION, overrides=by_hand(**{f"b{other}": MILLION}))
    given = BodyAllocation.objects.get(ags=people.body.ags)
    words = text_of(page(signed_in(people.body), f"{GIVEN}/{given.pk}"))
    number = len(bodies(programme))
    place = [body.ags for body in bodies(programme)].index(other) + 1
    everybody = 1000 * number * (number + 1) // 2
    assert "Davon sind 1.000.000,00" in words
    assert "die übrigen 19.000.000,00" in words
    sums = f"{everybody:,} (davon nach dem Schlüssel {everybody - 1000 * place:,})"
    assert sums.replace(",", ".") in words
    assert case.figures["rows"][other]["reason"] == "Leitungsentscheidung"
    assert packs.load(programme, YEAR).year == given.year
    assert given.decided_at - AT == timedelta()


@pytest.mark.parametrize(
    ("rule", "expected"), [("held", 2), ("first_decided", 0), ("last_decided", 1)]
)
def test_last_year_is_what_the_rules_mean_by_it(hesse: Cast, rule: str, expected: int) -> None:
    """First decided, decided again, and then waived in part."""
    programme = "aqb_hessen"
    first = of_last_year(programme, 20 * MILLION)
    data = enter_needs(programme, BEFORE)
    draft = allocation.Draft("Neu verteilt", "", 24 * MILLION, key(programme), data)
    again = allocation.begin(OFFICER, allocation.Start(Fund(programme, BEFORE), draft), at=AT)
    second = allocation.decide(HEAD, put_forward(again), at=AT)
    ags = bodies(programme)[-1].ags
    waive(first.fund, ags, 10_000_00)
    rules = packs.load(programme, YEAR)
    keys = tuple(found.model_copy(update={"last_year": rule}) for found in rules.allocation_keys)
    meant = queries.last_year_of(
        Fund(programme, YEAR), rules.model_copy(update={"allocation_keys": keys})
    )
    by_rule = (first.result[ags], second.result[ags], second.result[ags] - 10_000_00)
    assert meant[ags] == by_rule[expected]
    case = scenario(programme)
    words = text_of(page(signed_in(hesse.officer), url(case)))
    assert "Als Vorjahr gilt: was im Programmjahr davor in den Büchern zugewiesen ist" in words
