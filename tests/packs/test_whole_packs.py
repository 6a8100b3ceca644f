"""``pack check`` tells all that the rooms and the demo need; ``pack new`` begins what passes it."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.drafts import draft_year
from tests.packs.planting import change
from zielwerk.config import demo, world
from zielwerk.config.cli import main
from zielwerk.packs import folders, loading

AQB, LFN = "aqb_hessen", "lotsenfonds_nordmark"
NAMES = 'label = "Förderjahr 2027"\nbudget_name = "Lotsenfonds 2027"\n'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with a copy of the small invented programme."""
    shutil.copytree(folders.SHIPPED / LFN, tmp_path / LFN)
    return tmp_path


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    folders.use(None)


def check(path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    folders.forget()
    code = main(["pack", "check", str(path)])
    out, err = capsys.readouterr()
    return code, out, err


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("easy.toml", "guidance = [", "guide = [",
         r"easy\.toml, Zeile \d+, measure_types: Für „guidance“ fehlen die Sätze"),
        ("easy.toml", "independent_city = [", "city = [",
         r"easy\.toml, Zeile \d+, body_kinds: Für „independent_city“ fehlen"),
        ("demo/2026.toml", "# ERFUNDEN", "# Erdacht",
         r"demo/2026\.toml, Zeile 1: Die Datei muss mit „# ERFUNDEN“ beginnen\."),
        ("demo/2026.toml", "reference_date = ", "# reference_date = ",
         r"demo/2026\.toml, Zeile 1, reference_date: Die Angabe fehlt\."),
    ],
)  # fmt: skip
def test_what_only_tests_knew_is_told(
    root: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    old: str,
    new: str,
    told: str,
) -> None:
    path = root / LFN / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    code, _, err = check(root, capsys)
    assert code == 1
    assert re.search(told, err), err


def test_the_demo_names_the_need_of_every_body_and_money_to_share_out(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = root / LFN / "demo" / "2026.toml"
    text = path.read_text(encoding="utf-8")
    first = re.search(r"\[\[indicators\]\]\n.*?\n\n", text, re.S)
    assert first
    ags = re.search(r'ags = "(\d+)"', first[0])
    assert ags
    path.write_text(text.replace(first[0], "", 1), encoding="utf-8")
    _, _, err = check(root, capsys)
    assert f"Es fehlen Kennzahlen ([[indicators]]) für: {ags[1]}." in err


def test_faults_of_one_file_hide_none_of_another(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, old, new in (
        ("programme.toml", 'gender = "f"', 'gender = "x"'),
        ("bodies.toml", 'seat = "Moordorf"', "seat = 1"),
        ("organisations.toml", 'role = "authority"', 'role = "office"'),
        ("2025/year.toml", "day = 15\n", 'day = "15"\n'),
        ("easy.toml", 'state = "Nordmark (erfunden)"', "state = 1"),
        ("demo/2026.toml", "due_year = 2027", 'due_year = "2027"'),
    ):
        change(root / LFN, name, old, new)
    code, out, err = check(root, capsys)
    assert (code, out) == (1, "")
    told = {re.match(rf"{LFN}/([\w./]+), Zeile", line)[1] for line in err.splitlines()}  # type: ignore[index]
    assert told == {
        "programme.toml", "bodies.toml", "organisations.toml", "2025/year.toml", "easy.toml",
        "demo/2026.toml",
    }  # fmt: skip
    assert "möglich sind: ministry, authority, court" in err
    assert "möglich sind: f, m, n" in err


def test_what_somebody_will_miss_is_a_hint_and_no_fault(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(root / LFN / "demo")
    change(root / LFN, "bodies.toml", "tile = [2, 1]\n", "")
    change(root / LFN, "2025/year.toml", 'label_en = "Networking of local professionals"\n', "")
    code, out, err = check(root, capsys)
    assert (code, err) == (0, "")
    assert "Hinweis: Auf der Karte fehlen (tile): Landkreis Heidetal." in out
    assert "Hinweis: 1 Bezeichnungen haben keinen englischen Wortlaut" in out
    assert out.count("Hinweis: Für die Vorführung ist nichts erfunden") == 2


def test_a_key_that_was_published_is_no_assumption(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    year = root / LFN / "2027"
    year.mkdir()
    published = '[[allocation_key]]\nsource = { text = "Staatsanzeiger 2027, S. 12" }\n'
    (year / "year.toml").write_text(NAMES + published, encoding="utf-8")
    assert check(year, capsys)[0] == 0
    assert not loading.load(LFN, 2027, root).allocation_keys[0].source.assumed


# --- beginning a programme ----------------------------------------------------------------


def test_a_programme_that_is_begun_passes_the_check_at_once(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    begin = ["pack", "new", "--programme", "werkpass", "--name", 'Werkpass "Süd"']
    assert main([*begin, "--year", "2031", "--to", str(own)]) == 0
    assert "werkpass ist angelegt" in capsys.readouterr().out
    code, out, err = check(own, capsys)
    assert (code, err) == (0, "")
    assert out.startswith("werkpass 2031: in Ordnung")
    rules = loading.load("werkpass", 2031, own)
    assert rules.programme.name == 'Werkpass "Süd"'
    assert rules.is_draft
    tables = (value for _, value in rules if isinstance(value, tuple))
    sources = [getattr(entry, "source", None) for table in tables for entry in table]
    own_sources = [each for each in sources if each and "ZU PRÜFEN" in each.text]
    assert len(own_sources) > 15
    assert all(each.assumed for each in own_sources)
    assert main(["pack", "new", "--from", str(own / "werkpass" / "2031"), "--year", "2032"]) == 0


def test_its_files_explain_every_table(own: Path) -> None:
    main(["pack", "new", "--programme", "werkpass", "--name", "Werkpass", "--to", str(own)])
    for file in (own / "werkpass").rglob("*.toml"):
        text = file.read_text(encoding="utf-8")
        assert text.startswith("#"), file
        assert "@" not in text, file
    heading = re.compile(r"^\[\[?(\w+)\]\]?$", re.MULTILINE)
    year = next((own / "werkpass").glob("*/year.toml")).read_text(encoding="utf-8")
    assert set(heading.findall(year)) >= {
        "measure_type", "legal_area", "framework", "money_source", "target_group",
        "cost_category", "cost_source", "target_indicator", "indicator", "allocation_key",
        "stage", "passing_on", "deadline", "parameter",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("code", "told"),
    [("Werk-Pass", "ist kein Kürzel"), ("law", "ist kein Kürzel"), (AQB, "gibt es schon")],
)
def test_a_code_that_cannot_be_one_begins_nothing(
    own: Path, capsys: pytest.CaptureFixture[str], code: str, told: str
) -> None:
    assert main(["pack", "new", "--programme", code, "--name", "X", "--to", str(own)]) == 1
    assert told in capsys.readouterr().err
    assert list(own.iterdir()) == []


def test_a_programme_without_a_name_or_a_folder_is_wrong_use() -> None:
    for words in (["--programme", "werkpass"], ["--programme", "werkpass", "--name", "X"], []):
        with pytest.raises(SystemExit) as ended:
            main(["pack", "new", *words])
        assert ended.value.code == 2


@pytest.mark.django_db
def test_a_pack_without_a_demo_has_a_demo_of_people_only(
    own: Path, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["pack", "new", "--programme", "werkpass", "--name", "Werkpass", "--to", str(own)])
    folders.use(own)
    settings.PROGRAMME = "werkpass"
    capsys.readouterr()
    assert demo.prepare([]) == 0
    said = capsys.readouterr().out
    assert "0 Vereinbarungen" in said
    assert "nur ihre Personen" in said


@pytest.mark.django_db
@pytest.mark.parametrize("programme", [AQB, LFN])
def test_after_a_year_is_begun_the_demo_and_its_pages_work_as_before(
    programme: str, own: Path, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    """As the handbook says: pack new --year, and everything goes on; the draft is no demo."""
    settings.PROGRAMME = programme
    with draft_year(programme, own) as year:
        assert main(["pack", "check", str(own / programme)]) == 0
        assert world.demo_year() < year
        assert world.home()
        assert year not in set(world.world_money.years(programme))
    assert "in Ordnung" in capsys.readouterr().out
