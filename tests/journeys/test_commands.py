"""The command line: what people type, and the exit codes they get."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.db import connection

from tests.journeys.programmes import HESSE, PROGRAMMES, Example
from tests.typesetting.validation import pdf_faults
from zielwerk.agreements.models import Agreement
from zielwerk.config.cli import COMMANDS, main
from zielwerk.config.environment import read_environment
from zielwerk.core import audit, guards

EXAMPLE = HESSE.file
EQUAL = "[key]\nrounding_cents = 100\nbase_cents = 0\n[weights]\nneeds = 1\n"

Capsys = pytest.CaptureFixture[str]


def test_help_names_every_command(capsys: Capsys) -> None:
    assert main(["--help"]) == 0
    said = capsys.readouterr().out
    assert all(command.words in said for command in COMMANDS)


@pytest.mark.parametrize("words", [[], ["fliegen"], ["agreement"], ["agreement", "fly"]])
def test_wrong_words_end_with_2_and_the_usage(words: list[str], capsys: Capsys) -> None:
    assert main(words) == 2
    said = capsys.readouterr()
    assert "usage: zielwerk" in said.out + said.err


@pytest.mark.parametrize("words", [["agreement", "read"], ["agreement", "render", "x", "y"]])
def test_wrong_use_of_a_command_ends_with_2(words: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2


@pytest.mark.parametrize("example", PROGRAMMES, ids=str)
def test_reading_an_example_keeps_the_schema(example: Example, capsys: Capsys) -> None:
    assert main(["agreement", "schema"]) == 0
    schema = json.loads(capsys.readouterr().out)
    words = ["agreement", "read", str(example.file), "--programme", example.programme, "--json"]
    assert main(words) == 0
    read = json.loads(capsys.readouterr().out)
    jsonschema.validate(read, schema)
    assert read["programme"] == example.programme
    assert read["budget_cents"] == example.amount_cents
    assert read["parties"][1]["ags"] == example.ags


def test_the_environment_names_the_programme_that_is_read(
    monkeypatch: pytest.MonkeyPatch, capsys: Capsys
) -> None:
    monkeypatch.delenv("ZIELWERK_PROGRAMME", raising=False)
    assert main(["agreement", "read", str(EXAMPLE)]) == 0
    assert "aqb_hessen" in capsys.readouterr().out
    monkeypatch.setenv("ZIELWERK_PROGRAMME", "nirgends")
    assert main(["agreement", "read", str(EXAMPLE)]) == 1
    said = capsys.readouterr().err
    assert "„nirgends“" in said
    assert "aqb_hessen" in said


def test_the_start_refuses_an_unknown_programme_and_names_those_there_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for example in PROGRAMMES:
        monkeypatch.setenv("ZIELWERK_PROGRAMME", example.programme)
        assert read_environment().programme == example.programme
    monkeypatch.setenv("ZIELWERK_PROGRAMME", "")
    assert read_environment().programme == "aqb_hessen"
    monkeypatch.setenv("ZIELWERK_PROGRAMME", "nirgends")
    with pytest.raises(SystemExit) as ended:
        read_environment()
    for example in PROGRAMMES:
        assert example.programme in str(ended.value)


@pytest.mark.parametrize(
    "content",
    [b"", b"Guten Tag", b"%PDF-1.7", bytes(range(256))],
    ids=["empty", "no", "pdf", "bin"],
)
def test_what_is_no_agreement_ends_with_1_and_a_sentence(
    content: bytes, tmp_path: Path, capsys: Capsys
) -> None:
    file = tmp_path / "text.txt"
    file.write_bytes(content)
    said = {}
    for language in ("de", "en"):
        assert main(["agreement", "read", str(file), "--lang", language]) == 1
        printed = capsys.readouterr()
        assert printed.out == ""
        said[language] = printed.err.strip()
    assert all(sentence.endswith(".") for sentence in said.values())
    assert said["de"] != said["en"]


@pytest.mark.parametrize("words", ["agreement read {}", "agreement redline {} {}"])
def test_a_terminal_without_umlauts_is_no_fault(words: str) -> None:
    other = EXAMPLE.with_name("zielvereinbarung-2024-lahn-dill-kreis.txt")
    command = [sys.executable, "-m", "zielwerk.config", *words.format(EXAMPLE, other).split()]
    surroundings = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(command, env=surroundings, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_file_that_is_not_there_ends_with_1(capsys: Capsys) -> None:
    assert main(["agreement", "read", "gibt-es-nicht.txt"]) == 1
    assert "gibt-es-nicht.txt" in capsys.readouterr().err


@pytest.mark.parametrize("odd", ["pipe", "folder", "circle", "/dev/zero", "/dev/tty"])
@pytest.mark.parametrize(
    "words",
    [
        "agreement read {}",
        "agreement redline {} bodies.csv",
        "agreement redline {key} {}",
        "allocation compute {} bodies.csv --total-cents 100",
        "allocation compute {key} {} --total-cents 100",
    ],
)
def test_what_is_no_file_is_told_and_not_waited_for(
    words: str, odd: str, tmp_path: Path, capsys: Capsys
) -> None:
    key = tmp_path / "key.toml"
    key.write_text(EQUAL)
    file = tmp_path / odd
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    (tmp_path / "circle").symlink_to("circle")
    assert main(words.format(file, key=key).split()) == 1
    said = capsys.readouterr()
    assert f"{file} ist keine gewöhnliche Datei" in said.err
    assert said.out == ""


def test_a_paper_goes_into_no_pipe_that_nobody_reads(
    main_kinzig: Agreement, tmp_path: Path, capsys: Capsys
) -> None:
    os.mkfifo(tmp_path / "pipe")
    words = ["agreement", "render", "2024", "06435", "--out", str(tmp_path / "pipe")]
    assert main(words) == 3
    assert str(tmp_path / "pipe") in capsys.readouterr().err


def test_a_hundred_megabytes_are_refused_unread(tmp_path: Path, capsys: Capsys) -> None:
    file = tmp_path / "riesig.txt"
    with file.open("wb") as large:
        large.truncate(100_000_000)
    assert main(["agreement", "read", str(file)]) == 1
    assert "zu groß" in capsys.readouterr().err


def test_the_pdf_of_a_recorded_agreement(
    main_kinzig: Agreement, tmp_path: Path, capsys: Capsys
) -> None:
    out = tmp_path / "a.pdf"
    assert main(["agreement", "render", "2024", "06435", "--out", str(out)]) == 0
    assert pdf_faults(out.read_bytes()) == []
    assert main(["agreement", "render", "2024", "06411", "--out", str(out)]) == 1
    assert "06411" in capsys.readouterr().err
    nowhere = tmp_path / "nirgends" / "a.pdf"
    assert main(["agreement", "render", "2024", "06435", "--out", str(nowhere)]) == 3


def test_the_proofs_pass_and_name_the_first_fault(main_kinzig: Agreement, capsys: Capsys) -> None:
    assert main(["audit", "verify"]) == 0
    assert main(["ledger", "check"]) == 0
    assert main(["budget", "check"]) == 0
    seal = str(audit.seal())
    assert main(["audit", "seal"]) == 0
    assert seal in capsys.readouterr().out
    assert main(["audit", "verify", "--seal", seal]) == 0
    for option in ("--seal", "--since"):
        assert main(["audit", "verify", option, "quatsch"]) == 2
    guards.remove_all()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE ledger_account SET balance_cents = balance_cents + 1 WHERE place = 'agreed'"
        )
        cursor.execute("UPDATE core_auditentry SET actor = 'x' WHERE id = 3")
    guards.install_all()
    capsys.readouterr()
    assert main(["audit", "verify"]) == 1
    assert "Eintrag 3" in capsys.readouterr().err
    assert main(["ledger", "check", "--lang", "en"]) == 1
    assert "book" in capsys.readouterr().err.lower()


def test_reading_needs_no_django() -> None:
    """Reading works without settings and database, and does not load them."""
    script = (
        "import sys; from zielwerk.config.cli import main;"
        f"code = main(['agreement', 'read', {str(EXAMPLE)!r}]);"
        "assert 'django' not in sys.modules; sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_standard_input_is_read_too(monkeypatch: pytest.MonkeyPatch, capsys: Capsys) -> None:
    class Stdin:
        buffer: Any = io.BytesIO(EXAMPLE.read_bytes())

    monkeypatch.setattr(sys, "stdin", Stdin)
    assert main(["agreement", "read", "-"]) == 0
    assert "06440" in capsys.readouterr().out
