"""``zielwerk agreement redline``: texts and exports, lines and JSON, and what is no file."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from zielwerk.agreements.cli.redline import MOST_BYTES
from zielwerk.config.cli import main

Capsys = pytest.CaptureFixture[str]

OLD = """§ 4 Haushaltsmittel

Das Land stellt insgesamt 1.600.100 Euro
aus dem Budget zur Verfügung.

§ 5 Ziele

• Startklar! – Kreativ ins Berufsleben

• Team-Camp
"""
NEW = """§ 4 Haushaltsmittel

Das Land stellt insgesamt 1.650.300 Euro aus dem
Budget zur Verfügung.

§ 5 Ziele

• Team-Camp

• Startklar! – Kreativ ins Berufsleben

• Logistik
"""
SENTENCES = [
    "§ 4: statt 1.600.100 Euro nun 1.650.300 Euro (+ 50.200 Euro)",
    "§ 5: „Team-Camp“ steht nun vor „Startklar! – Kreativ ins Berufsleben“",
    "§ 5, Punkt 3: neu: „Logistik“",
]


@pytest.fixture
def written(tmp_path: Path) -> list[str]:
    """The two versions as files."""
    files = [tmp_path / "alt.txt", tmp_path / "neu.txt"]
    for file, text in zip(files, (OLD, NEW), strict=True):
        file.write_text(text, encoding="utf-8")
    return [str(file) for file in files]


def redline(*words: str, code: int = 0) -> None:
    assert main(["agreement", "redline", *words]) == code


def found(capsys: Capsys, *words: str) -> list[dict[str, Any]]:
    redline(*words, "--json")
    changes: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["changes"]
    return changes


def export(folder: Path, name: str, data: Any) -> str:
    file = folder / name
    file.write_text(json.dumps(data), encoding="utf-8")
    return str(file)


def test_each_change_is_a_sentence_with_the_wording_under_it(
    written: list[str], capsys: Capsys
) -> None:
    redline(*written)
    said = capsys.readouterr().out
    assert said == (
        f"{SENTENCES[0]}\n"
        "    Das Land stellt insgesamt [-1.600.100-] {+1.650.300+} Euro aus dem Budget zur "
        "Verfügung.\n\n"
        f"{SENTENCES[1]}\n\n"
        f"{SENTENCES[2]}\n    {{+• Logistik+}}\n"
    )


def test_json_gives_both_texts_back_to_the_letter(written: list[str], capsys: Capsys) -> None:
    changes = found(capsys, *written)
    assert [each["sentence"] for each in changes] == SENTENCES
    assert [(each["kind"], each["node"]) for each in changes] == [
        ("changed", "2"),
        ("moved", "4"),
        ("added", "6"),
    ]
    for text, ops in ((OLD, {"keep", "drop"}), (NEW, {"keep", "add"})):
        parts = [part for part in changes[0]["parts"] if part["op"] in ops]
        assert "".join(part["text"] for part in parts) in text


def test_what_does_not_differ_is_said_and_ends_with_0(written: list[str], capsys: Capsys) -> None:
    redline(written[0], written[0])
    assert capsys.readouterr().out == "Kein Unterschied im Wortlaut.\n"
    assert found(capsys, written[0], written[0]) == []


def test_structured_agreements_are_matched_by_id(tmp_path: Path, capsys: Capsys) -> None:
    nodes = [
        {"id": "b", "kind": "value", "label": "§ 4", "text": "1.600.100 Euro"},
        {"id": "m", "text": "Kurs"},
    ]
    changed = [nodes[1] | {"text": "Ganz anderes"}, nodes[0] | {"text": "1.650.300 Euro"}]
    old = export(tmp_path, "alt.json", {"nodes": nodes})
    new = export(tmp_path, "neu.json", {"nodes": changed})
    changes = {each["node"]: each for each in found(capsys, old, new)}
    assert {node: each["kind"] for node, each in changes.items()} == {
        "b": "changed",
        "m": "changed",
    }
    assert sum(each["moved"] for each in changes.values()) == 1
    assert SENTENCES[0] == changes["b"]["sentence"]


def test_what_is_published_and_what_was_read_are_compared_by_their_wording(
    tmp_path: Path, capsys: Capsys
) -> None:
    read = {
        "budget_cents": 160010000,
        "clauses": [{"number": "§ 4", "title": "Mittel", "text": "Es sind 1.600.100 Euro.\n• A"}],
    }
    wording = [
        {"text": "Es sind 1.650.300 Euro.", "signed": "Es sind 1.650.300 Eur0."},
        {"text": "\n• A"},
    ]
    published = {"clauses": [{"number": "§ 4", "title": "Mittel", "wording": wording}]}
    changes = found(capsys, export(tmp_path, "a.json", read), export(tmp_path, "b.json", published))
    assert [each["sentence"] for each in changes] == [SENTENCES[0]]


def test_without_a_published_wording_amount_and_measures_are_compared(
    tmp_path: Path, capsys: Capsys
) -> None:
    facts: dict[str, Any] = {"clauses": [], "amount_cents": 100_00, "measures": [{"title": "A"}]}
    more = facts | {"amount_cents": 150_00, "measures": [{"title": "A", "amount_cents": 5_00}]}
    redline(export(tmp_path, "a.json", facts), export(tmp_path, "b.json", more))
    said = capsys.readouterr().out
    assert "Betrag: statt 100,00 € nun 150,00 € (+ 50 €)" in said
    assert "Maßnahmen, Punkt 1: neu ist „, 5,00 €“" in said


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" \n \n",
        b"%PDF-1.7",
        bytes(range(256)),
        b"x" * (MOST_BYTES + 1),
        b'{"nodes": ',
        b"{" * 5_000,
        b'[{"a":' * 100_000,
        b'{"nodes": {}}',
        b'{"nodes": [{"id": "a"}]}',
        b'{"nodes": [null]}',
        b'{"nodes": [{"id": [], "text": "a"}]}',
        b'{"nodes": [{"id": "a", "text": "1"}, {"id": "a", "text": "2"}]}',
        b'{"clauses": [1]}',
        b'{"clauses": [{"number": 4}]}',
        b'{"clauses": [{"wording": [7]}]}',
        b'{"clauses": [{"wording": 7}]}',
        b'{"other": 1}',
        None,
    ],
    ids=lambda content: "none" if content is None else content[:24].decode("latin-1").strip(),
)
@pytest.mark.parametrize("place", [0, 1])
def test_what_cannot_be_compared_is_one_sentence_about_its_file(
    content: bytes | None, place: int, language: str, written: list[str], capsys: Capsys
) -> None:
    file = Path(written[place]).with_name("falsch.txt")
    if content is not None:
        file.write_bytes(content)
    written[place] = str(file)
    redline(*written, "--lang", language, code=1)
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.strip().splitlines()) == 1
    assert str(file) in said.err
    assert said.err.strip().endswith(".")
    assert "{" not in said.err


@pytest.mark.parametrize("words", [[], ["a"], ["a", "b", "c"], ["a", "b", "--lang", "fr"]])
def test_wrong_use_ends_with_2(words: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        redline(*words)
    assert ended.value.code == 2


def test_half_a_character_and_an_order_to_the_terminal_are_no_harm(
    tmp_path: Path, capsys: Capsys
) -> None:
    (tmp_path / "a.json").write_text('{"nodes": [{"id": "\\ud800", "text": "\\ud800 alt"}]}')
    (tmp_path / "b.json").write_text('{"nodes": [{"id": "\\ud800", "text": "\\u001b[2J neu"}]}')
    redline(str(tmp_path / "a.json"), str(tmp_path / "b.json"))
    assert "\x1b" not in capsys.readouterr().out
    assert len(found(capsys, str(tmp_path / "a.json"), str(tmp_path / "b.json"))) == 1


@pytest.mark.parametrize(
    ("is_terminal", "no_color", "in_colour"),
    [(True, "", True), (True, "1", False), (False, "", False)],
)
def test_colour_is_for_a_terminal_whose_reader_wants_it(
    is_terminal: bool,
    no_color: str,
    in_colour: bool,
    written: list[str],
    capsys: Capsys,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: is_terminal)
    monkeypatch.setenv("NO_COLOR", no_color)
    redline(*written)
    said = capsys.readouterr().out
    assert ("\x1b[" in said) == in_colour
    assert "[-1.600.100-]" in said  # the marks stay for those who see no colour


def test_it_needs_neither_django_nor_packs(written: list[str]) -> None:
    code = (
        "import sys; from zielwerk.config.cli import main; main(sys.argv[1:]);"
        "sys.exit(any(name in sys.modules for name in ('django', 'pydantic')))"
    )
    command = [sys.executable, "-c", code, "agreement", "redline", *written]
    done = subprocess.run(command, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_reader_who_leaves_is_no_fault(tmp_path: Path) -> None:
    files = [tmp_path / "alt.txt", tmp_path / "neu.txt"]
    for file, word in zip(files, ("alt", "neu"), strict=True):
        file.write_text("\n\n".join(f"{word} {n}" for n in range(20_000)))
    command = [sys.executable, "-m", "zielwerk.config", "agreement", "redline", *map(str, files)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout
        assert running.stderr
        running.stdout.read(10)
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 0
