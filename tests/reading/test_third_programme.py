"""The notice that ships as an example of the third programme is read by its own words."""

import pytest

from tests.reading.conftest import ROOT
from zielwerk.packs import loading
from zielwerk.reading.agreement import Reading, read
from zielwerk.reading.cli import read_command

PROGRAMME = "kreisbudget_suedland"
EXAMPLE = ROOT / "examples" / "zuwendungsbescheid-2026-landkreis-neckelheim.txt"


@pytest.fixture(scope="module")
def notice() -> Reading:
    return read(
        EXAMPLE.read_text(encoding="utf-8"),
        programme=loading.programme(PROGRAMME),
        bodies=loading.bodies(PROGRAMME),
        organisations=loading.organisations(PROGRAMME),
        years=loading.years(PROGRAMME),
        load=lambda year: loading.load(PROGRAMME, year),
    )


def test_what_matters_is_read_without_a_doubt(notice: Reading) -> None:
    giver, region = notice.parties
    assert (giver.role, giver.name) == ("authority", "Bezirksregierung Unterland")
    assert (region.name, region.kind, region.ags) == ("Landkreis Neckelheim", "Landkreis", "SL211")
    assert (notice.budget_cents, notice.own_share_cents) == (812_500_00, 111_000_00)
    amounts = [measure.amount_cents for measure in notice.measures]
    assert amounts == [288_000_00, 164_500_00, 140_000_00, 175_000_00, 45_000_00]
    assert notice.findings == ()
    paths = (
        *("year", "parties[0].name", "parties[1].ags", "budget_cents", "own_share_cents"),
        *("granting_authority", "legal_areas", "measures", "clauses", "signatures[0].office"),
        *(f"measures[{i}].amount_cents" for i in range(5)),
    )
    assert [path for path in paths if not notice.evidence[path].certain] == []


def test_no_correct_word_is_changed(notice: Reading) -> None:
    assert {(one.before, one.after) for one in notice.proposals} == {("Ill", "III")}


def test_the_command_line_speaks_the_words_of_the_pack(capsys: pytest.CaptureFixture[str]) -> None:
    assert read_command([str(EXAMPLE), "--programme", PROGRAMME]) == 0
    said = capsys.readouterr().out
    assert "Landkreis Neckelheim (Landkreis, Kreiskennzahl SL211)" in said
    assert "Eigenanteil" in said
    assert "111.000,00\u00a0€" in said
    assert "Ziffer 2" in said
    assert "AGS" not in said
    assert "§" not in said
