"""The command line: exit codes, sentences, JSON, both languages."""

import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from tests.reading.conftest import ROOT
from zielwerk.reading.agreement import Reading
from zielwerk.reading.cli import read_command, schema_command

WETTERAU = ROOT / "examples/zielvereinbarung-2024-wetteraukreis.txt"
LAHN_DILL = ROOT / "examples/zielvereinbarung-2024-lahn-dill-kreis.txt"
Capture = pytest.CaptureFixture[str]


def test_a_summary_for_people(capsys: Capture) -> None:
    assert read_command([str(WETTERAU)]) == 0
    said = capsys.readouterr().out
    assert "Wetteraukreis (Landkreis, AGS 06440)" in said
    assert "1.140.300,00\u00a0€" in said
    assert "(?)" in said


def test_json_follows_the_schema(capsys: Capture) -> None:
    assert schema_command([]) == 0
    schema = json.loads(capsys.readouterr().out)
    for file in (WETTERAU, LAHN_DILL):
        assert read_command([str(file), "--json", "--lang", "en"]) == 0
        jsonschema.validate(json.loads(capsys.readouterr().out), schema)


def test_fields_are_only_ever_added(capsys: Capture) -> None:
    """Who reads the JSON of a paper finds what stood in it from the beginning."""
    first = {
        "programme": None, "year": None, "parties": {"role", "name", "kind", "ags"},
        "budget_cents": None, "granting_authority": None, "frameworks": None, "legal_areas": None,
        "measures": {"type", "title"}, "earmarks": {"code", "amount_cents", "inside_total"},
        "meeting": {"season", "label"},
        "signatures": {"party", "name", "office", "place", "date", "raw"},
        "clauses": {"number", "title", "text"}, "findings": {"severity", "place", "sentence"},
        "confidence": {"year", "budget_cents", "parties[1].ags", "measures[0].title"},
    }  # fmt: skip
    assert read_command([str(WETTERAU), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert first.keys() <= found.keys()
    for name, fields in first.items():
        if isinstance(fields, set):
            members = found[name] if isinstance(found[name], list) else [found[name]]
            assert all(fields <= member.keys() for member in members), name
    assert found["confidence"]["year"].keys() == {"score", "certain"}


def test_standard_input(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(WETTERAU.read_bytes())))
    assert read_command(["-", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["budget_cents"] == 114_030_000


@pytest.mark.parametrize("content", [None, b"", b"%PDF-1.7", b"Guten Tag"])
def test_a_refusal_is_a_sentence_and_exit_1(
    capsys: Capture, tmp_path: Path, content: bytes | None
) -> None:
    file = tmp_path / "text.txt"
    if content is not None:
        file.write_bytes(content)
    assert read_command([str(file)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.strip().endswith(".")


@pytest.mark.parametrize("arguments", [[], ["a", "b"], ["a", "--lang", "fr"]])
def test_wrong_use_is_exit_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as left:
        read_command(arguments)
    assert left.value.code == 2


def test_reading_needs_no_django() -> None:
    code = "import sys, zielwerk.reading.cli; sys.exit(any(m == 'django' for m in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_examples_have_the_faults_they_promise(
    reading: Callable[[str], Reading],
) -> None:
    wetterau = reading(WETTERAU.read_text(encoding="utf-8"))
    assert (wetterau.region.ags, wetterau.budget_cents) == ("06440", 114_030_000)
    assert len(wetterau.measures) == 11
    assert wetterau.proposals
    lahn_dill = reading(LAHN_DILL.read_text(encoding="utf-8"))
    assert (lahn_dill.region.ags, lahn_dill.budget_cents) == ("06532", 120_310_000)
    assert not lahn_dill.evidence["budget_cents"].certain
    assert len(lahn_dill.measures) == 9
    assert len(lahn_dill.signatures) == 2
