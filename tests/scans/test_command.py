"""`zielwerk scan check` and what it needs."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.scans.cast import HASH, filed, paper, pictures, put_together
from zielwerk.config import cli
from zielwerk.scans.codes import check_code

COUNT = len(pictures(paper(4)))


def called(*words: object) -> int:
    return cli.main(["scan", "check", *map(str, words)])


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    file = tmp_path / "scan.pdf"
    file.write_bytes(filed(pictures(paper(4))))
    return file


def test_the_command_says_which_document_and_version(
    scan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert called(scan) == 0
    first, _ = capsys.readouterr().out.splitlines()
    assert first == (
        f"Nach ihren Codes gehören {COUNT} von {COUNT} Seiten zu Fassung 3 von ZV-2024-06435."
    )
    assert called(scan, "--lang", "en") == 0
    assert f"{COUNT} of {COUNT} pages" in capsys.readouterr().out


def test_what_is_wrong_is_told_with_exit_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, printed = tmp_path / "scan.pdf", tmp_path / "printed.pdf"
    printed.write_bytes(paper(4))
    changed = paper(4, old="88.100,50", new="98.100,50")
    file.write_bytes(put_together((changed, 1), (changed, 3), (changed, 2)))
    assert called(file, "--json", "--approved", printed) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["check_code"] == check_code(HASH)
    assert (found["reference"], found["version"], found["pages"]) == ("ZV-2024-06435", 3, 3)
    assert [(one["kind"], one["severity"], one["place"]) for one in found["findings"]] == [
        ("amount", "stops", 1),
        ("swapped", "to look at", 3),
    ]
    assert found["stops"] is True
    assert found["findings"][0]["sentence"] in found["sentences"]


def test_a_file_without_codes_and_one_that_is_none_are_said(
    tmp_path: Path, scan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "other.pdf"
    file.write_bytes(filed([pictures(paper(4))[0].crop((0, 0, 900, 900))]))
    assert called(file) == 1
    assert capsys.readouterr().out == "Auf keiner Seite der Datei ist ein Code zu lesen.\n"
    assert called(file, "--json") == 1
    assert json.loads(capsys.readouterr().out)["reference"] is None
    assert called(scan, "--approved", file) == 1
    assert "other.pdf ist kein Dokument" in capsys.readouterr().err
    file.write_bytes(b"PK\x03\x04")
    assert called(file) == 1
    assert capsys.readouterr().err.strip().endswith("ein ZIP-Archiv.")
    assert called(tmp_path / "nowhere.pdf") == 1
    assert "nowhere.pdf" in capsys.readouterr().err


def test_the_command_needs_neither_django_nor_what_reads(scan: Path) -> None:
    program = (
        "import sys; from zielwerk.config import cli; code = cli.main(sys.argv[1:]);"
        "print([name for name in ('django', 'pypdfium2', 'zxingcpp', 'PIL')"
        " if name in sys.modules]); sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "scan", "check", str(scan)],
        capture_output=True,
        text=True,
        env={"PATH": ""},
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == "[]"
