"""A page of the budget shows one year; a preview tells every booking from the others."""

import re
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from tests import worlds
from tests.rooms import money as stage
from tests.rooms.budget.stage import authority, close, consume, correct, entry, line
from tests.rooms.budget.test_budget_pages import confirm, page, typed
from tests.rooms.money import AT, OFFICER
from tests.stage import signed_in
from zielwerk.budget import actions as budget
from zielwerk.budget import queries
from zielwerk.budget.actions import Consent
from zielwerk.budget.forms import NEW
from zielwerk.config import world
from zielwerk.ledger import actions as ledger
from zielwerk.ledger.models import AccountKey, EntryCode, Place, Transfer
from zielwerk.packs import loading as packs
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.planning import Fund

pytestmark = pytest.mark.django_db
YEAR = stage.YEAR - 1  # a year that is over
NOW = timezone.localdate().year


@pytest.fixture
def cast(programme: str, settings: Settings) -> world.Cast:
    settings.PROGRAMME = programme
    return worlds.put(world.enrol_cast)


@pytest.fixture
def officer(cast: world.Cast) -> Client:
    return signed_in(cast.officer)


def preview(client: Client, verb: str, said: dict[str, str]) -> str:
    answer = client.post(f"/arbeit/haushalt/{verb}", said)
    return answer.content.decode().replace("\xa0", " ")


def rows(text: str) -> list[dict[str, str]]:
    """The table of foreseen bookings, by its headings, with what holds for all."""
    (table,) = re.findall(r"<table.*?</table>", text, re.DOTALL)
    cells = [
        [" ".join(re.sub("<[^>]*>", " ", cell).split()) for cell in found]
        for found in (
            re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
            for row in re.findall(r"<tr[^>]*>(.*?)</tr>", table, re.DOTALL)
        )
    ]
    before = text[: text.index(table)]
    facts = re.findall(r"<dt[^>]*>(.*?)</dt>\s*<dd[^>]*>(.*?)</dd>", before, re.DOTALL)
    shared = {name.strip(): " ".join(value.split()) for name, value in facts}
    return [{**shared, **dict(zip(cells[0], row, strict=True))} for row in cells[1:]]


class TestYears:
    @pytest.mark.parametrize("year", [NOW + 1, NOW + 2])
    def test_a_year_without_figures_says_so_under_its_own_heading(
        self, officer: Client, year: int
    ) -> None:
        text = page(officer, f"/arbeit/haushalt?jahr={year}")
        assert f"<h1>Haushalt {year}</h1>" in text
        assert f"Haushaltsjahr: <strong>{year}</strong>" in text
        assert "Zu diesem Haushaltsjahr ist noch nichts veranschlagt" in text
        assert f"/arbeit/haushalt/veranschlagen?jahr={year}" in text
        form = page(officer, f"/arbeit/haushalt/veranschlagen?jahr={year}")
        assert f'<option value="{year}" selected>' in form

    @pytest.mark.parametrize("year", ["9999", str(NOW + 3), "1066", "bald", "-1"])
    def test_a_year_out_of_reach_is_refused_with_a_sentence(
        self, officer: Client, year: str
    ) -> None:
        addresses = [f"?jahr={year}", f"?jahr={year}&export=csv", f"/sperren?jahr={year}"]
        if year == str(NOW + 3):
            addresses.append(f"/{year}/abschliessen")
        for address in addresses:
            answer = officer.get(f"/arbeit/haushalt{address}")
            assert answer.status_code == 400, address
            assert f"Das Haushaltsjahr {year} kann nicht gewählt werden" in answer.content.decode()

    def test_without_a_year_it_is_the_running_one(self, officer: Client) -> None:
        assert f"<h1>Haushalt {NOW}</h1>" in page(officer, "/arbeit/haushalt")
        form = page(officer, "/arbeit/haushalt/veranschlagen")
        assert f'<option value="{NOW}" selected>' in form

    def test_every_form_and_filter_offers_the_same_years(
        self, officer: Client, programme: str
    ) -> None:
        stage.enact(programme, year=YEAR)
        offered = {
            tuple(re.findall(r"<option value=\"(\d{4})\"", part))
            for text, name in (
                (page(officer, "/arbeit/haushalt"), "jahr"),
                (page(officer, "/arbeit/haushalt/veranschlagen"), "year"),
                (page(officer, "/arbeit/haushalt/sperren"), "year"),
            )
            for part in re.findall(rf'<select name="{name}".*?</select>', text, re.DOTALL)
        }
        (years,) = offered
        assert years[:3] == tuple(str(NOW + ahead) for ahead in (2, 1, 0))
        assert {str(year) for year in packs.years(programme)} <= set(years)

    def test_authority_is_offered_for_the_year_after_its_budget_first(
        self, officer: Client, programme: str
    ) -> None:
        text = page(officer, f"/arbeit/haushalt/ermaechtigen?jahr={NOW + 1}")
        assert f'<option value="{NOW + 2}" selected>' in text
        reach = programmes.later_years(packs.load(programme, packs.years(programme)[0]))
        assert f'<option value="{NOW + 2 + reach}">' in text


class TestPreview:
    def test_two_lines_of_one_name_are_told_apart(self, officer: Client, programme: str) -> None:
        rules = packs.load(programme, YEAR)
        one, other = rules.money_sources[:2]
        confirm(officer, "/arbeit/haushalt/inkraftsetzen", typed(programme, source=one.code))
        new = {**typed(programme), "line": NEW, "budget_line": "0806 684 71", "source": other.code}
        text = preview(officer, "inkraftsetzen", new)
        assert "Unter diesem Namen gibt es schon: 0806 684 71" in text
        assert one.label in text
        assert "Vorgesehene Buchungen" not in text
        shown = rows(preview(officer, "inkraftsetzen", {**new, "another": "on"}))
        assert {row["Mittelherkunft"] for row in shown} == {other.label}
        assert {row["Haushaltsjahr"] for row in shown} == {str(YEAR)}
        assert {row["Zweckbindung"] for row in shown} == {"Mittel ohne Zweckbindung"}

    @pytest.mark.parametrize("name", ["0806 684 71", " 0806  684 71 ", "080668471"])
    def test_a_known_line_is_not_made_new_under_another_spelling(
        self, officer: Client, programme: str, name: str
    ) -> None:
        confirm(officer, "/arbeit/haushalt/inkraftsetzen", typed(programme))
        source = packs.load(programme, YEAR).money_sources[0].code
        new = {**typed(programme), "line": NEW, "budget_line": name, "source": source}
        text = preview(officer, "nachtrag", {**new, "another": "on"})
        assert "Diese Haushaltsstelle gibt es schon: 0806 684 71" in text
        assert "Vorgesehene Buchungen" not in text
        assert len(queries.known_lines(programme)) == 1

    def test_no_two_rows_of_a_closing_are_alike_and_none_moves_nothing(
        self, officer: Client, programme: str
    ) -> None:
        budget.enact(OFFICER, entry(programme, 1000), at=AT)
        budget.authorise(OFFICER, authority(programme, 400), at=AT)
        fund = Fund(programme, YEAR)
        for body in packs.bodies_in(programme, YEAR)[:3]:
            for source, target in ((Place.FREE, Place.ALLOCATED), (Place.ALLOCATED, Place.AGREED)):
                ends = [
                    AccountKey.planning(fund, place, "" if place == Place.FREE else body.ags)
                    for place in (source, target)
                ]
                day = date(YEAR, 3, 1)
                posting = ledger.Posting(*ends, 200_00, EntryCode.ALLOCATION, day, "BV-1")
                ledger.post(OFFICER, [posting], at=AT)
        said = {"basis": "Jahresabschluss", "consent0": "1.000,00"}
        shown = rows(preview(officer, f"{YEAR}/abschliessen", said))
        assert len({tuple(row.values()) for row in shown}) == len(shown)
        moved = [row for row in shown if row["Von"] == row["Nach"]]
        assert len(moved) >= 4  # what three bodies have, and what is outside
        for row in moved:
            ends = (YEAR + 1, YEAR) if row["Von"] == "außerhalb" else (YEAR, YEAR + 1)
            assert row["Haushaltsjahr"] == "{} → {}".format(*ends)
        assert len({row["Gebietskörperschaft"] for row in moved}) >= 4

    def test_a_correction_shows_the_same_columns(self, officer: Client, programme: str) -> None:
        budget.enact(OFFICER, entry(programme, 1000), at=AT)
        correct(programme, queries.entries(programme)[0].number)
        case = queries.corrections(OFFICER, programme).get()
        shown = rows(page(officer, f"/arbeit/haushalt/berichtigungen/{case.pk}"))
        assert {row["Haushaltsjahr"] for row in shown} == {str(YEAR)}
        assert [row["Stand"] for row in shown].count("zurückgenommen") == len(shown) // 2


class TestClosing:
    def test_where_there_is_nothing_no_form_is_offered(self, officer: Client) -> None:
        text = page(officer, f"/arbeit/haushalt/{YEAR}/abschliessen")
        assert "liegt nichts mehr in den Büchern" in text
        assert 'name="basis"' not in text
        assert "Es ist keine Auszahlung erfasst" not in text
        assert Transfer.objects.count() == 0

    def test_a_closed_year_says_that_it_is_closed(self, officer: Client, programme: str) -> None:
        budget.enact(OFFICER, entry(programme, 1000), at=AT)
        close(programme, Consent(line(programme), YEAR, 100_00))
        text = page(officer, f"/arbeit/haushalt/{YEAR}/abschliessen")
        assert f"Das Haushaltsjahr {YEAR} ist abgeschlossen" in text
        assert "liegt nichts mehr in den Büchern" not in text
        assert 'name="basis"' not in text

    def test_only_what_is_promised_or_lapses_is_listed(self, programme: str) -> None:
        budget.enact(OFFICER, entry(programme, 1000), at=AT)
        budget.authorise(OFFICER, authority(programme, 400), at=AT)
        consume(programme, 400)  # all of it: nothing lapses, and nobody was promised any
        promised = budget.promises(programme, budget.foreseen_closing(programme, YEAR))
        assert [(each.tranche.due_year, each.lapsing_cents) for each in promised] == [(0, 1000_00)]


class TestNothingToChoose:
    def test_a_redemption_says_why_and_where_it_goes_on(
        self, officer: Client, programme: str
    ) -> None:
        text = page(officer, "/arbeit/haushalt/einloesen")
        assert "Keine Verpflichtung ist einzulösen" in text
        assert "<select" not in text
        budget.authorise(OFFICER, authority(programme, 400), at=AT)
        consume(programme, 300)
        text = page(officer, "/arbeit/haushalt/einloesen")
        assert "der Haushalt ihres Fälligkeitsjahrs ist noch nicht in Kraft" in text
        assert f"/arbeit/haushalt/inkraftsetzen?jahr={YEAR + 1}" in text

    def test_without_lines_a_block_leads_to_a_budget(self, officer: Client) -> None:
        text = page(officer, "/arbeit/haushalt/sperren")
        assert "Noch keine Haushaltsstelle" in text
        assert 'href="/arbeit/haushalt/inkraftsetzen"' in text


def test_a_row_of_free_money_leads_to_its_own_figure(officer: Client, programme: str) -> None:
    budget.enact(OFFICER, entry(programme, 1000), at=AT)
    for due, euros in ((YEAR + 1, 400), (YEAR + 2, 250)):
        budget.authorise(OFFICER, authority(programme, euros, due=due), at=AT)
    text = page(officer, f"/arbeit/haushalt?jahr={YEAR}").split('id="rahmen"')[1]
    links = re.findall(r'href="(/arbeit/buecher[^"]*)"\s*>([^<]*)</a>', text)
    assert len(links) == len(dict(links)) == 3
    for address, figure in links:
        shown = page(officer, address.replace("&amp;", "&"))
        place = shown.split("nicht zugewiesen")
        assert any(figure.strip() in after[:400] for after in place[1:]), (address, figure)
        others = {other.strip() for _, other in links} - {figure.strip()}
        assert not any(other in shown for other in others)


def test_a_budget_is_drafted_in_the_autumn_before(officer: Client, programme: str) -> None:
    said = typed(programme, year=str(NOW + 1), value_date=f"01.01.{NOW + 1}")
    assert "Verbucht" in confirm(officer, "/arbeit/haushalt/veranschlagen", said).content.decode()
    assert "1.000 €" in page(officer, f"/arbeit/haushalt?jahr={NOW + 1}")
