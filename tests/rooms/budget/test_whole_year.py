"""A budget from its draft to its closing and on into the next year, checked after each step."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from tests import worlds
from tests.rooms import money
from tests.rooms.budget.stage import (
    CODE,
    EURO,
    YEAR,
    authority,
    close,
    consume,
    correct,
    entry,
    frame,
    free,
    line,
    stand,
)
from tests.rooms.money import AT, OFFICER
from tests.stage import signed_in
from zielwerk.budget import actions as budget
from zielwerk.budget import queries
from zielwerk.budget.actions import Consent, Redemption
from zielwerk.config import world
from zielwerk.config.cli import main
from zielwerk.ledger import actions as ledger
from zielwerk.ledger.models import AccountKey, Book, EntryCode, Place
from zielwerk.packs import loading as packs
from zielwerk.rulebook.planning import Fund

pytestmark = pytest.mark.django_db
NEXT = YEAR + 1
RENAMED = "0807 684 71"


def pay(programme: str, euros: int, year: int = YEAR) -> None:
    """Money that left the state's cash from the line, as the cash book knows it."""
    of = line(programme, year)
    paid = AccountKey(
        Book.CASH,
        Place.PAID,
        programme=programme,
        programme_year=year,
        budget_year=year,
        budget_line=of.budget_line,
        source=of.source,
    )
    outside = replace(paid, place=Place.OUTSIDE)
    fact = ledger.Posting(outside, paid, euros * EURO, EntryCode.OPENING, date(year, 6, 1), "AZ-1")
    ledger.record_fact(OFFICER, fact, at=AT)


@pytest.mark.parametrize(
    "programme", ["aqb_hessen", "kreisbudget_suedland", "lotsenfonds_nordmark"]
)
def test_from_draft_to_closing_and_into_the_next_year(
    programme: str, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.PROGRAMME = programme

    def then(step: Callable[[], object], *, appropriated: int, frames: tuple[int, int]) -> None:
        """Take a step; both commands find the books sound, and the figures are these."""
        step()
        assert main(["budget", "check"]) == 0, capsys.readouterr().err
        assert main(["ledger", "check"]) == 0, capsys.readouterr().err
        assert stand(Place.APPROPRIATED) == appropriated
        assert (frame(programme), frame(programme, NEXT)) == frames

    def enter(verb: Callable[..., object], euros: int, year: int = YEAR) -> Callable[[], object]:
        return lambda: verb(OFFICER, entry(programme, euros, year), at=AT)

    def permit(verb: Callable[..., object], euros: int) -> Callable[[], object]:
        return lambda: verb(OFFICER, authority(programme, euros), at=AT)

    then(enter(budget.estimate, 900), appropriated=0, frames=(0, 0))
    then(enter(budget.provide_provisionally, 200), appropriated=0, frames=(0, 0))
    then(enter(budget.enact, 1000), appropriated=1000, frames=(1000, 0))
    then(permit(budget.authorise, 400), appropriated=1000, frames=(1400, 0))
    then(enter(budget.supplement, 200), appropriated=1000, frames=(1600, 0))
    then(enter(budget.block, 300), appropriated=900, frames=(1300, 0))
    then(enter(budget.release, 100), appropriated=1000, frames=(1400, 0))
    then(permit(budget.block_authority, 150), appropriated=1000, frames=(1250, 0))
    then(permit(budget.release_authority, 100), appropriated=1000, frames=(1350, 0))
    then(permit(budget.cut_authority, 50), appropriated=1000, frames=(1300, 0))
    then(enter(budget.cut, 100), appropriated=900, frames=(1200, 0))
    wrong = enter(budget.supplement, 5000)
    then(wrong, appropriated=900, frames=(6200, 0))
    number = queries.entries(programme)[0].number
    then(lambda: correct(programme, number), appropriated=900, frames=(1200, 0))
    then(lambda: consume(programme, 250), appropriated=900, frames=(1200, 0))
    then(lambda: pay(programme, 500), appropriated=900, frames=(1200, 0))

    consent = Consent(line(programme), YEAR, 300 * EURO)
    foreseen = budget.foreseen_closing(programme, YEAR, [consent])
    (end,) = foreseen.ends
    assert (end.spent_cents, end.carried_cents, end.lapsed_cents) == (500_00, 300_00, 100_00)
    # 200 are blocked; of the authority 50 are, too, and 50 were never consumed.
    assert sum(cents for _, cents in foreseen.dropping) == 300_00
    then(lambda: close(programme, consent), appropriated=0, frames=(1050, 0))
    assert stand(Place.EXPENDED) == 500
    assert stand(Place.LAPSED, due_year=0) == 300
    assert stand(Place.CARRIED_OVER, budget_year=NEXT, programme_year=YEAR) == 300

    act = lambda: budget.enact(OFFICER, entry(programme, 800, NEXT, RENAMED), at=AT)  # noqa: E731
    act()
    assert main(["budget", "check"]) == 1  # the line is renamed: both would count
    paying = entry(programme, 250, NEXT, RENAMED)
    redeem = lambda: budget.redeem_from(OFFICER, Redemption(line(programme), paying), at=AT)  # noqa: E731
    then(redeem, appropriated=550, frames=(1050, 550))
    assert stand(Place.BURDENED, budget_year=NEXT, programme_year=YEAR) == 250
    assert (free(programme), free(programme, NEXT)) == (1050, 550)
    then(enter(budget.block, 100, NEXT), appropriated=550, frames=(950, 550))
    then(enter(budget.release, 100, NEXT), appropriated=550, frames=(1050, 550))
    assert stand(Place.CARRIED_OVER, budget_year=NEXT) == 300


class TestPreview:
    @pytest.fixture
    def cast(self, programme: str, settings: Settings) -> world.Cast:
        settings.PROGRAMME = programme
        return worlds.put(world.enrol_cast)

    def test_it_shows_what_lapses_what_is_agreed_and_that_nothing_is_paid(
        self, cast: world.Cast, programme: str
    ) -> None:
        budget.enact(OFFICER, entry(programme, 1000), at=AT)
        budget.authorise(OFFICER, authority(programme, 400), at=AT)
        budget.block(OFFICER, entry(programme, 100), at=AT)
        client = signed_in(cast.officer)
        page = client.get(f"/arbeit/haushalt/{YEAR}/abschliessen")
        text = page.content.decode().replace("\xa0", " ")
        assert "Es ist keine Auszahlung erfasst" in text
        assert "Die Reihenfolge ist eine Annahme" in text
        for figure in ("900 €", "100 €", "400 €"):
            assert figure in text
        answer = client.get(f"/arbeit/haushalt/{YEAR}/abschliessen?export=csv")
        rows = list(
            csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig")), delimiter=";")
        )
        assert {(row["Art"], row["Ort"], row["verfällt"]) for row in rows} == {
            ("Barmittel", "", "900,00"),
            ("Barmittel", "gesperrt", "100,00"),
            ("Verpflichtungsermächtigung", "Verpflichtung erlaubt", "400,00"),
        }
        pay(programme, 300)
        text = client.get(f"/arbeit/haushalt/{YEAR}/abschliessen").content.decode()
        assert "Es ist keine Auszahlung erfasst" not in text

    def test_what_must_be_settled_stands_there_and_nothing_can_be_filled_in(
        self, cast: world.Cast, programme: str
    ) -> None:
        budget.enact(OFFICER, entry(programme, 1000), at=AT)
        budget.cut(OFFICER, entry(programme, 1200), at=AT)
        text = signed_in(cast.officer).get(f"/arbeit/haushalt/{YEAR}/abschliessen")
        page = text.content.decode().replace("\xa0", " ")
        assert "Vorher zu klären" in page
        assert "−200" in page
        assert 'name="basis"' not in page

    def test_what_is_still_on_its_way_is_named(self, cast: world.Cast, programme: str) -> None:
        if YEAR not in packs.years(programme):
            return
        money.enact(programme, year=YEAR)
        number = queries.entries(programme)[0].number
        mistake = budget.Mistake(programme, number, "falsch")
        budget.ask_for_correction(OFFICER, mistake, at=AT)
        text = signed_in(cast.officer).get(f"/arbeit/haushalt/{YEAR}/abschliessen")
        assert "Berichtigungen: 1" in text.content.decode()

    def test_it_asks_no_more_where_there_are_more_lines(
        self,
        cast: world.Cast,
        programme: str,
        django_assert_max_num_queries: DjangoAssertNumQueries,
    ) -> None:
        client, address = signed_in(cast.officer), f"/arbeit/haushalt/{YEAR}/abschliessen"
        budget.enact(OFFICER, entry(programme, 1000), at=AT)
        for export in ("", "?export=csv"):
            with django_assert_max_num_queries(60) as few:
                client.get(address + export)
            for number in range(6):
                code = f"{CODE} {number}{bool(export)}"
                budget.enact(OFFICER, entry(programme, 100, code=code), at=AT)
            with django_assert_max_num_queries(len(few)):
                client.get(address + export)


def test_what_planning_will_lack_is_said(programme: str) -> None:
    budget.enact(OFFICER, entry(programme, 1000), at=AT)
    fund = Fund(programme, YEAR)
    given = AccountKey.planning(fund, Place.ALLOCATED, packs.bodies_in(programme, YEAR)[0].ags)
    posting = ledger.Posting(
        AccountKey.planning(fund, Place.FREE),
        given,
        700 * EURO,
        EntryCode.ALLOCATION,
        date(YEAR, 3, 1),
        "BV-1",
    )
    ledger.post(OFFICER, [posting], at=AT)
    (promise,) = budget.promises(programme, budget.foreseen_closing(programme, YEAR))
    assert (promise.lapsing_cents, promise.unallocated_cents) == (1000_00, 300_00)
    assert (promise.allocated_cents, promise.lacking_cents) == (700_00, 700_00)


def test_a_line_is_called_as_the_programme_calls_it(programme: str, settings: Settings) -> None:
    settings.PROGRAMME = programme
    officer = signed_in(worlds.put(world.enrol_cast).officer)
    budget.enact(OFFICER, entry(programme, 1000), at=AT)
    word = {"aqb_hessen": ("Förderprodukt (Haushaltsstelle)", "Funding product (budget line)")}.get(
        programme, ("Haushaltsstelle", "Budget line")
    )
    for language, said in zip(("de", "en"), word, strict=True):
        officer.cookies["django_language"] = language
        for address in ("", "/sperren", f"/{YEAR}/abschliessen"):
            page = officer.get(f"/arbeit/haushalt{address}?jahr={YEAR}").content.decode()
            page = page.replace("\N{SOFT HYPHEN}", "")  # nobody sees it
            assert said in page, (language, address)
