"""``ZIELWERK_PACKS``: an installation's own packs, without a change in the source tree."""

import shutil
from pathlib import Path

import pytest

from tests.packs.planting import change
from zielwerk.config import environment
from zielwerk.config.cli import main
from zielwerk.packs import easy, folders, law, loading, naming, operator, walk

AQB, KBS, LFN = "aqb_hessen", "kreisbudget_suedland", "lotsenfonds_nordmark"


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A folder of packs that this installation has for its own while the test runs."""
    folder = tmp_path / "packs"
    folder.mkdir()
    monkeypatch.setenv("ZIELWERK_PACKS", str(folder))
    yield folder
    folders.use(None)


def second(own: Path, code: str = "werkpass") -> None:
    """The invented programme once more, under a name of its own."""
    shutil.copytree(folders.SHIPPED / LFN, own / code)
    change(own / code, "programme.toml", f'code = "{LFN}"', f'code = "{code}"')
    change(own / code, "programme.toml", 'name = "Lotsenfonds Nordmark (erfunden)"',
           'name = "Werkpass (erfunden)"')  # fmt: skip


def test_a_programme_of_ones_own_is_served_beside_those_that_ship(own, monkeypatch):
    second(own)
    monkeypatch.setenv("ZIELWERK_PROGRAMME", "werkpass")
    settings = environment.read_environment()
    assert (settings.packs, settings.programme) == (own, "werkpass")
    assert loading.codes() == [AQB, KBS, LFN, "werkpass"]
    assert loading.programme("werkpass").name == "Werkpass (erfunden)"
    assert loading.load("werkpass", 2026).programme.state == "Nordmark (erfunden)"
    assert naming.short("werkpass", "91002") == "Hochfurt"
    assert easy.load("werkpass").agreement == "Förder-Vereinbarung"
    assert loading.demo_agreements("werkpass", 2026)
    assert loading.load(AQB, 2024).year == 2024


def test_a_programme_there_goes_before_the_one_that_ships_as_a_whole(own):
    shipped = loading.load(LFN, 2025)
    shutil.copytree(folders.SHIPPED / LFN, own / LFN)
    shutil.rmtree(own / LFN / "2026")
    change(own / LFN, "2025/year.toml", 'label = "Förderjahr 2025"', 'label = "Hier 2025"')
    environment.read_environment()
    assert loading.years(LFN) == [2025]
    assert loading.load(LFN, 2025).label == "Hier 2025"
    assert loading.load(LFN, 2025).rule_version != shipped.rule_version
    assert len(loading.years(AQB)) == 4


def test_files_of_law_and_site_go_before_those_that_ship_one_by_one(own):
    for name in ("law/bund.toml", "site/walk.toml", "site/example.toml"):
        (own / name).parent.mkdir(exist_ok=True)
        shutil.copyfile(folders.SHIPPED / name, own / name)
    change(own, "law/bund.toml", 'value = "2.27"', 'value = "9.99"')
    example = operator.example().sections.body.name
    change(own, "site/example.toml", example, "Unser Amt")
    environment.read_environment()
    assert "9.99" in [one.value for one in law.parameters(("bund", "hessen"))]
    assert "9.99" in [one.value for one in loading.load(AQB, 2025).parameters]
    assert operator.example().sections.body.name == "Unser Amt"
    assert operator.shipped_barriers()
    assert walk.load().task


def test_without_it_nothing_but_what_ships_is_there(own, monkeypatch):
    second(own)
    environment.read_environment()
    monkeypatch.delenv("ZIELWERK_PACKS")
    assert environment.read_environment().packs is None
    assert loading.codes() == [AQB, KBS, LFN]


def test_a_folder_that_is_none_is_a_sentence(own, monkeypatch, capsys):
    monkeypatch.setenv("ZIELWERK_PACKS", str(own / "missing"))
    with pytest.raises(environment.OddValue, match="that is there"):
        environment.read_environment()
    shutil.copytree(folders.SHIPPED / LFN, own / "x")
    monkeypatch.setenv("ZIELWERK_PACKS", str(own / "x"))
    assert main(["pack", "check", "x"]) == 3
    assert "this is a programme" in capsys.readouterr().err


def test_no_start_with_faults_in_the_programme_that_is_served(own, monkeypatch):
    second(own)
    monkeypatch.setenv("ZIELWERK_PROGRAMME", "werkpass")
    change(own / "werkpass", "2025/year.toml", "day = 15\n", 'day = "15"\n')
    change(own / "werkpass", "bodies.toml", 'kind = "district"\nseat = "Inselstein"', "")
    (own / "werkpass" / "easy.toml").unlink()
    with pytest.raises(environment.OddValue) as ended:
        environment.read_environment()
    said = str(ended.value)
    assert said.startswith("ZIELWERK_PROGRAMME='werkpass' is not usable: its pack has faults:")
    for place in ("2025/year.toml, line", "bodies.toml, line", "easy.toml: The file"):
        assert f"\nwerkpass/{place}" in said


def test_its_packs_are_checked_and_continued_by_their_names(own, capsys):
    second(own)
    assert main(["pack", "check", "werkpass"]) == 0
    assert capsys.readouterr().out.count("in Ordnung") == 2
    assert main(["pack", "new", "--from", "werkpass/2026", "--year", "2027"]) == 0
    assert (own / "werkpass" / "2027" / "year.toml").is_file()
    assert main(["pack", "new", "--from", f"{LFN}/2026", "--year", "2027"]) == 0
    folders.forget()
    assert loading.years(LFN) == [2027, 2026, 2025]
    assert loading.demo_agreements(LFN, 2026)
