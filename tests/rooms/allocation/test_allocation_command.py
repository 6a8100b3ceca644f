"""``zielwerk allocation compute``: what it prints, what it refuses, and that it stays quiet."""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from zielwerk.allocation.cli import compute

Capture = pytest.CaptureFixture[str]

KEY = """[key]
rounding_cents = 10000
base_cents = 100000
cap_cents = 400000

[weights]
sgb2 = 3
u25 = 1.0
"""
BODIES = """ags;name;sgb2;u25;last_year_cents
06413;Offenbach;60;6;
06411;Darmstadt;10;1;900000
06412;Frankfurt;30;3;
"""


class Files:
    """A key and a table that can be written anew, and the command over them."""

    def __init__(self, folder: Path, capture: Capture) -> None:
        self.key, self.bodies, self.capture = folder / "key.toml", folder / "bodies.csv", capture
        self.write_key(KEY)
        self.write_bodies(BODIES)

    def write_key(self, text: str | bytes) -> None:
        self.key.write_bytes(text if isinstance(text, bytes) else text.encode())

    def write_bodies(self, text: str | bytes) -> None:
        self.bodies.write_bytes(text if isinstance(text, bytes) else text.encode())

    def run(self, *words: str, total: int = 1_000_000) -> tuple[int, str, str]:
        code = compute([str(self.key), str(self.bodies), "--total-cents", str(total), *words])
        said = self.capture.readouterr()
        return code, said.out, said.err

    def json(self, *words: str, total: int = 1_000_000) -> Any:
        code, out, _err = self.run("--json", *words, total=total)
        assert code == 0
        return json.loads(out)

    def amounts(self, total: int = 1_000_000) -> list[int]:
        return [row["amount_cents"] for row in self.json(total=total)["amounts"]]

    def refused(self, *words: str, total: int = 1_000_000) -> str:
        code, out, err = self.run("--json", *words, total=total)
        assert (code, out) == (1, "")
        assert all(line.endswith(".") for line in err.splitlines())
        assert "{" not in err
        return err


@pytest.fixture
def files(tmp_path: Path, capsys: Capture) -> Files:
    return Files(tmp_path, capsys)


# --- what it prints -------------------------------------------------------------------


def test_json_has_exactly_what_is_promised(files: Files) -> None:
    # Worked in the tests of the rule: base 1,000 €, cap 4,000 €, shares 0.1, 0.3, 0.6.
    assert files.json() == {
        "amounts": [
            {"ags": "06411", "amount_cents": 200_000, "share": 0.1, "limited_by": None},
            {"ags": "06412", "amount_cents": 400_000, "share": 0.3, "limited_by": None},
            {"ags": "06413", "amount_cents": 400_000, "share": 0.6, "limited_by": "cap"},
        ],
        "residual_cents": 0,
    }


def test_the_key_names_the_method_and_without_one_it_is_the_divisor_method(
    files: Files,
) -> None:
    needs = "ags;name;need\n1;A;6\n2;B;6\n3;C;2\n"
    written = "[key]\nrounding_cents = 1\nbase_cents = 0\n{}[weights]\nneed = 1\n"
    files.write_bodies(needs)
    for line, of_ten, of_eleven in (
        ('method = "hare_niemeyer"\n', [4, 4, 2], [5, 5, 1]),
        ('method = "sainte_lague"\n', [5, 4, 1], [5, 5, 1]),
        ("", [5, 4, 1], [5, 5, 1]),
    ):
        files.write_key(written.format(line))
        assert (files.amounts(total=10), files.amounts(total=11)) == (of_ten, of_eleven)


@pytest.mark.parametrize("value", ['"d_hondt"', "1", "[]", '["sainte_lague"]'])
def test_a_method_that_there_is_not_is_refused_with_its_line(files: Files, value: str) -> None:
    files.write_key(KEY.replace("[weights]", f"method = {value}\n[weights]"))
    said = files.refused()
    assert "Zeile 6: „method“ ist keines von: sainte_lague" in said


def test_less_than_a_unit_stays_as_residual(files: Files) -> None:
    assert files.json(total=1_000_000 + 9_999)["residual_cents"] == 9_999


def test_a_table_for_people_adds_up(files: Files) -> None:
    code, out, err = files.run(total=1_005_055)
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0].split() == ["Schlüssel", "Name", "Betrag", "Anteil", "begrenzt", "durch"]
    assert lines[2].split() == ["06411", "Darmstadt", "2.000,00", "€", "10,0000", "%"]
    assert lines[4].endswith("Höchstbetrag")
    assert lines[-3].split() == ["Verteilt", "10.000,00", "€"]
    assert lines[-2].endswith("50,55\N{NO-BREAK SPACE}€")
    assert lines[-1].split() == ["Zu", "verteilen", "10.050,55", "€"]
    ends = {line.index("€") for line in (*lines[2:5], *lines[-3:])}
    assert len(ends) == 1


def test_the_order_of_rows_changes_nothing(files: Files) -> None:
    before = files.json()
    head, *rows = BODIES.splitlines()
    files.write_bodies("\n".join([head, *reversed(rows)]))
    assert files.json() == before


@pytest.mark.parametrize(
    "table",
    [
        BODIES.replace(";", ","),
        BODIES.replace("\n", "\r\n"),
        BODIES.replace("\n", ";;\n"),
        BODIES.replace(";10;1;", ";10,0;1.0;"),
        BODIES.replace("Darmstadt", '"Darmstadt; Stadt"'),
        BODIES + "\n;;;;\n",
        "art;" + BODIES.replace("\n0", "\nkfS;0"),
        b"\xef\xbb\xbf" + BODIES.encode(),
        BODIES.replace("Frankfurt", "Süd").encode("cp1252"),
        BODIES.replace(";last_year_cents", "").replace(";900000", "").replace(";\n", "\n"),
    ],
    ids=str,
)
def test_usual_writings_of_the_same_table(files: Files, table: str | bytes) -> None:
    files.write_bodies(table)
    assert files.amounts() == [200_000, 400_000, 400_000]


def test_column_names_match_however_umlauts_are_stored(files: Files) -> None:
    files.write_key("[key]\nrounding_cents = 1\nbase_cents = 0\n[weights]\n'Bedürftige' = 1")
    files.write_bodies("ags;name;Bedu\u0308rftige\n06411;A;1\n")
    assert files.amounts() == [1_000_000]


def test_a_decimal_weight_is_the_one_that_is_written(files: Files) -> None:
    # 0.1 + 0.2 against 0.3: binary numbers would tip the tie to the second body.
    files.write_key("[key]\nrounding_cents=100\nbase_cents=0\n[weights]\na=0.1\nb=0.2\nc=0.3\n")
    files.write_bodies("ags;name;a;b;c\n06411;A;1;1;0\n06412;B;0;0;1\n")
    rows = files.json(total=300)["amounts"]
    assert [(row["share"], row["amount_cents"]) for row in rows] == [(0.5, 200), (0.5, 100)]


def test_three_decimals_are_read_where_the_table_shows_its_sign(files: Files) -> None:
    files.write_key("[key]\nrounding_cents = 1\nbase_cents = 0\n[weights]\nq = 1\n")
    files.write_bodies("ags;name;q\n06411;A;1,500\n06412;B;0,5\n")
    assert [row["share"] for row in files.json()["amounts"]] == [0.75, 0.25]


def test_a_limit_that_cannot_act_is_told(files: Files) -> None:
    files.write_key(KEY.replace("cap_cents = 400000", "max_change_percent = 12.5"))
    files.write_bodies(BODIES.replace("900000", ""))
    code, out, err = files.run("--json")
    assert (code, len(json.loads(out)["amounts"])) == (0, 3)
    assert "Vorjahr" in err


# --- what it refuses ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "words"),
    [
        (KEY.replace("10000\n", "= 3\n", 1), "Zeile 2"),
        (KEY.replace("[weights]", "[weights"), "Zeile 6"),
        (KEY.replace("u25 = 1.0", 'u25 = "viel"'), "Zeile 8"),
        (KEY.replace("u25 = 1.0", "u25 = true"), "Zeile 8"),
        (KEY.replace("u25 = 1.0", "u25 = nan"), "Zeile 8"),
        (KEY.replace("u25 = 1.0", "u25 = inf"), "Zeile 8"),
        (KEY.replace("u25 = 1.0", "u25 = -1"), "negativ"),
        (KEY.replace("= 3", "= 0").replace("= 1.0", "= 0.0"), "zusammen null"),
        (KEY.replace("u25 = 1.0", "u52 = 1.0"), "„u52“ fehlt"),
        (KEY.replace("u25 = 1.0", "name = 1.0"), "„Offenbach“ ist keine Zahl"),
        (KEY.replace("cap_cents", "cap"), "Zeile 4: „cap“"),
        (KEY.replace("base_cents = 100000", ""), "„base_cents“ fehlt"),
        (KEY.replace("base_cents = 100000", "base_cents = 1000.0"), "Zeile 3"),
        (KEY.replace("base_cents = 100000", "base_cents = true"), "Zeile 3"),
        (KEY.replace("base_cents = 100000", "base_cents = -1"), "Sockelbetrag"),
        (KEY.replace("= 10000\n", "= 0\n"), "Rundungseinheit"),
        (KEY.replace("= 400000", "= " + "9" * 400), "zu groß"),
        (KEY.replace("= 400000", "= " + "9" * 5000), "TOML"),
        (KEY + "[more]\nx = 1\n", "„more“"),
        ("x = 1", "„[key]“ fehlt"),
        ("key = 1\nweights = 2", "„[key]“ fehlt"),
        ("x = " + "[" * 5000, "TOML"),
        ("", "leer"),
        ("\ufeff \n", "leer"),
        (b"PK\x03\x04rest", "XLSX"),
        (b"\x81\x00\xff", "keinen lesbaren Text"),
    ],
    ids=lambda value: str(value)[-40:],
)
def test_a_key_with_a_fault(files: Files, key: str | bytes, words: str) -> None:
    files.write_key(key)
    said = files.refused()
    assert words in said
    assert len(said) < 1_000


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (BODIES.replace(";60;", ";viele;"), "Zeile 2, Spalte „sgb2“"),
        (BODIES.replace(";60;", ";;"), "Der Wert fehlt"),
        (BODIES.replace(";60;", ";-60;"), "„-60“ ist negativ"),
        (BODIES.replace(";60;", ";nan;"), "keine Zahl"),
        (BODIES.replace(";60;", ";1e9;"), "keine Zahl"),
        (BODIES.replace(";60;", ";٦٠;"), "keine Zahl"),
        (BODIES.replace(";60;", ";1.060,5;"), "kein Tausenderzeichen"),
        (BODIES.replace(";60;", ";1.060;"), "Zeile 2, Spalte „sgb2“: „1.060“ lässt sich"),
        (BODIES.replace(";60;", f";{'9' * 19};"), "zu groß"),
        (BODIES.replace(";60;", ";=B2*2;"), "ist eine Formel"),
        (BODIES.replace("Offenbach", "@SUM(A1)"), "ist eine Formel"),
        (BODIES.replace("06413", '"=""06413"""'), "ist eine Formel"),
        (BODIES.replace("06411", "6411"), "Zeile 3: „6411“ hat weniger Ziffern"),
        (BODIES.replace("06411", "06413"), "Zeile 3: Der Schlüssel 06413 steht schon in Zeile 2"),
        (BODIES.replace("900000", "9000,00"), "Zeile 3, Spalte „last_year_cents“"),
        (BODIES.replace("900000", "-1"), "Zeile 3, Spalte „last_year_cents“"),
        (BODIES.replace("900000", "9" * 19), "Vorjahresbetrag"),
        (BODIES.replace("Darmstadt;", ""), "Zeile 3: Felder in der Zeile: 4, im Kopf: 5"),
        (BODIES.replace("900000", "900000;x"), "Zeile 3"),
        (BODIES.replace("Darmstadt", '"Darmstadt'), "Zeile"),
        (BODIES.replace("u25", "sgb2", 1), "mehrfach"),
        (BODIES.replace("u25", "U25", 1), "„u25“ fehlt"),
        (BODIES.replace("ags", "schluessel", 1), "„ags“ fehlt"),
        (BODIES.replace(";6;", ";0;").replace(";1;", ";0;").replace(";3;", ";0;"), "überall null"),
        ("ags;name;sgb2;u25\n", "keine Gebietskörperschaft"),
        ("", "leer"),
        (b"PK\x03\x04rest", "XLSX"),
        (b"ags;name\x00;sgb2", "keinen lesbaren Text"),
        ("\x1b[2J" + BODIES, "keinen lesbaren Text"),
    ],
    ids=lambda value: str(value)[-40:],
)
def test_a_table_with_a_fault(files: Files, table: str | bytes, words: str) -> None:
    files.write_bodies(table)
    assert words in files.refused()


def test_every_faulty_row_is_told_and_a_flood_is_counted(files: Files) -> None:
    rows = [f"{place:05d};K;x;1" for place in range(60)]
    files.write_bodies("\n".join(["ags;name;sgb2;u25", *rows]))
    lines = files.refused().splitlines()
    assert [f"Zeile {place}," in line for place, line in enumerate(lines[:-1], 2)] == [True] * 20
    assert "40" in lines[-1]


@pytest.mark.parametrize(
    ("total", "words"),
    [
        (0, "mehr als null"),
        (-5, "mehr als null"),
        (2**63, "zu groß"),
        (290_000, "Sockelbeträge"),
        (1_300_000, "Obergrenzen"),
    ],
)
def test_a_total_that_does_not_fit(files: Files, total: int, words: str) -> None:
    assert words in files.refused(total=total)


def test_a_file_that_is_not_there(files: Files) -> None:
    files.bodies.unlink()
    assert "bodies.csv kann nicht gelesen werden" in files.refused()
    files.bodies.mkdir()
    assert "bodies.csv ist keine gewöhnliche Datei" in files.refused()


def test_a_huge_file_is_refused_at_once(files: Files) -> None:
    with files.bodies.open("wb") as sparse:
        sparse.truncate(200_000_000)
    began = time.process_time()
    assert "zu groß" in files.refused()
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    "words",
    [[], ["a", "b"], ["a", "b", "--total-cents", "viel"], ["a", "b", "--total-cents", "1.5"]],
)
def test_wrong_use_is_exit_2(words: list[str], capsys: Capture) -> None:
    with pytest.raises(SystemExit) as left:
        compute(words)
    assert left.value.code == 2
    assert capsys.readouterr().out == ""


def test_it_needs_no_django() -> None:
    code = "import sys, zielwerk.programme.cli; sys.exit(any(m == 'django' for m in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
