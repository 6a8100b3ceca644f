"""``zielwerk pack check`` and ``pack new``: what people who write packs see and get."""

import shutil

import pytest

from zielwerk.config.cli import main
from zielwerk.packs import folders, loading

AQB = "aqb_hessen"
LFN = "lotsenfonds_nordmark"


@pytest.fixture
def packs(tmp_path):
    """A folder of packs with both programmes."""
    for programme in (AQB, LFN):
        shutil.copytree(folders.SHIPPED / programme, tmp_path / programme)
    return tmp_path


def spoil(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def files(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def new(*words):
    return main(["pack", "new", *words])


@pytest.mark.parametrize(
    ("below", "years"),
    [
        (".", 6),
        (AQB, 4),
        (f"{LFN}/2025", 1),
    ],
)
def test_a_sound_pack_is_in_order_with_what_was_loaded(packs, capsys, below, years):
    assert main(["pack", "check", str(packs / below)]) == 0
    out, err = capsys.readouterr()
    assert out.count("in Ordnung") == years
    assert out.count("Maßnahmearten: 4") == years
    assert err == ""


def test_a_pack_that_ships_is_checked_by_its_name(capsys):
    assert main(["pack", "check", f"{AQB}/2025"]) == 0
    out = capsys.readouterr().out
    assert out.startswith(
        f"{AQB} 2025: in Ordnung (Fassung {loading.load(AQB, 2025).rule_version})"
    )
    assert "Gebietskörperschaften: 26," in out


def test_all_faults_are_told_and_sound_years_too(packs, capsys):
    spoil(packs / LFN / "2025" / "year.toml", "day = 31\nmonth = 5", "day = 31\nmonth = 6")
    spoil(packs / LFN / "2025" / "year.toml", "cap_cents = 1_500_000_00", "cap_cents = 1")
    spoil(packs / AQB / "demo" / "2024.toml", 'money_source = "state"', 'money_source = "x"')
    assert main(["pack", "check", str(packs)]) == 1
    out, err = capsys.readouterr()
    assert out.count("in Ordnung") == 3  # of the other programme; 2026 rests on the faulty 2025
    assert len(err.splitlines()) == 3
    assert "deadline.day: Den Tag 31.6.2025 gibt es nicht." in err
    assert f"{AQB}/demo/2024.toml, Zeile" in err


def test_a_fault_of_the_programme_is_told_once_for_all_years(packs, capsys):
    spoil(packs / AQB / "bodies.toml", "tile = [2, 6]", "tile = [-1, 6]")
    assert main(["pack", "check", str(packs / AQB)]) == 1
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("name", ["nirgends", "."])
def test_where_no_pack_is_a_sentence_says_so(tmp_path, capsys, name):
    assert main(["pack", "check", str(tmp_path / name)]) == 1
    assert "liegt weder ein Programm" in capsys.readouterr().err


def test_a_folder_that_is_no_year_is_named(packs, capsys):
    (packs / AQB / "2026").rename(packs / AQB / "next")
    assert main(["pack", "check", str(packs / AQB)]) == 1
    assert "muss wie sein Jahr heißen" in capsys.readouterr().err


@pytest.mark.parametrize("programme", [AQB, LFN])
def test_a_new_year_changes_nothing_but_its_names(packs, capsys, programme):
    assert new("--from", str(packs / programme / "2026"), "--year", "2027") == 0
    assert "Jede Angabe ist für 2027 zu prüfen." in capsys.readouterr().out
    assert main(["pack", "check", str(packs / programme / "2027")]) == 0
    begun, before = (loading.load(programme, one, packs) for one in (2027, 2026))
    assert "2027" in begun.label
    assert "2027" in begun.label.english
    assert "2027" in begun.budget_name
    names = {"year", "label", "label_en", "budget_name", "begins", "ends", "parameters"}
    same = set(type(begun).model_fields) - names
    differing = [name for name in same if getattr(begun, name) != getattr(before, name)]
    assert sorted(differing) == ["is_draft", "rule_version"]
    assert begun.is_draft
    undated = [[one for one in rules.parameters if not one.valid_from] for rules in (begun, before)]
    assert undated[0] == undated[1] != []
    text = (packs / programme / "2027" / "year.toml").read_text(encoding="utf-8")
    assert text.startswith("# ZU PRÜFEN: übernommen aus 2026.")


def test_what_was_published_of_a_year_is_not_said_of_the_next(packs):
    for year in ("2024", "2025", "2026"):
        shutil.rmtree(packs / AQB / year)
    assert new("--from", str(packs / AQB / "2023"), "--year", "2024") == 0
    assert loading.load(AQB, 2023, packs).published_total_cents
    assert loading.load(AQB, 2024, packs).published_total_cents is None


def test_a_year_begins_on_top_of_the_one_before_it_only(packs, capsys):
    before = files(packs)
    assert new("--from", str(packs / AQB / "2024"), "--year", "2027") == 1
    assert "2027 folgt auf 2026, nicht auf 2024" in capsys.readouterr().err
    assert files(packs) == before


def test_what_no_longer_holds_is_listed_to_be_checked(packs, capsys):
    assert new("--from", str(packs / AQB / "2026"), "--year", "2029") == 0
    assert capsys.readouterr().out.splitlines()[1:] == [
        "  zu prüfen: Bündnis Ausbildung Hessen galt nur bis 31.12.2028"
    ]


def test_into_another_folder_the_programme_comes_along(packs, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    assert new("--from", f"{LFN}/2026", "--year", "2027", "--to", str(elsewhere)) == 0
    assert sorted(one.name for one in elsewhere.iterdir()) == [LFN]
    assert loading.bodies(LFN, elsewhere) == loading.bodies(LFN)
    assert new("--from", str(elsewhere / LFN / "2027"), "--year", "2028") == 0
    assert loading.available(elsewhere) == tuple((LFN, year) for year in range(2025, 2029))
    assert loading.load(LFN, 2026, elsewhere) == loading.load(LFN, 2026)


def test_into_the_software_itself_nothing_is_written(capsys):
    before = files(folders.SHIPPED)
    assert new("--from", f"{AQB}/2026", "--year", "2027") == 1
    assert "„aqb_hessen“ gehört zur Software" in capsys.readouterr().err
    assert files(folders.SHIPPED) == before


def test_nothing_is_overwritten(packs, capsys):
    before = files(packs)
    assert new("--from", str(packs / AQB / "2025"), "--year", "2026") == 1
    assert "gibt es schon; es wird nichts überschrieben." in capsys.readouterr().err
    assert files(packs) == before


@pytest.mark.parametrize("name", ["2025/year.toml", "bodies.toml"])
def test_of_a_faulty_year_nothing_is_written(packs, capsys, name):
    spoil(packs / AQB / name, "source = {", "sauce = {")
    before = files(packs)
    assert new("--from", str(packs / AQB / "2026"), "--year", "2027") == 1
    assert f"{AQB}/{name}, Zeile" in capsys.readouterr().err
    assert files(packs) == before
    assert sorted(one.name for one in packs.iterdir()) == [AQB, LFN]


def test_what_its_new_year_does_not_bear_is_not_written(packs, capsys):
    """29 February is in the calendar of 2028 and not in that of 2029."""
    new("--from", str(packs / AQB / "2026"), "--year", "2028")
    with (packs / AQB / "2028" / "year.toml").open("a", encoding="utf-8") as file:
        file.write('[[deadline]]\ncode = "application"\nday = 29\nmonth = 2\n')
    before = files(packs)
    assert new("--from", str(packs / AQB / "2028"), "--year", "2029") == 1
    told = capsys.readouterr().err
    assert told.startswith(f"{AQB}/2028/year.toml, Zeile")
    assert "Den Tag 29.2.2029 gibt es nicht." in told
    assert files(packs) == before


def test_from_where_nothing_is_and_to_where_nothing_is(packs, capsys):
    assert new("--from", str(packs / AQB), "--year", "2027") == 1
    assert "ist kein Programmjahr" in capsys.readouterr().err
    missing = str(packs / "x")
    assert new("--from", f"{AQB}/2026", "--year", "2027", "--to", missing) == 1
    assert "gibt es nicht" in capsys.readouterr().err


@pytest.mark.parametrize("year", ["27", "2027a", "zwei", "-2027", "²027"])
def test_a_word_that_is_no_year_is_wrong_use(year):
    with pytest.raises(SystemExit) as caught:
        new("--from", f"{AQB}/2026", f"--year={year}")
    assert caught.value.code == 2


def test_the_first_programme_of_ones_own_makes_its_folder(tmp_path, capsys):
    folder = tmp_path / "packs"
    begin = ("--programme", "probe", "--name", "Probe", "--to")
    assert new(*begin, str(folder)) == 0
    assert (folder / "probe" / "programme.toml").is_file()
    assert new(*begin, str(tmp_path / "a" / "b")) == 1
    assert "gibt es nicht" in capsys.readouterr().err
