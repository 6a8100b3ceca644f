"""The operator's file: complete or refused, with a sentence that names the place."""

from datetime import date
from pathlib import Path

import pytest

from tests.rooms.disclosures import operators
from zielwerk.config import environment
from zielwerk.packs import operator as operators_file
from zielwerk.packs.faults import PackFaults
from zielwerk.packs.operator import TABLES, Bases, read_operator

REQUIRED = [
    (table, key)
    for table, kind in {**TABLES, "privacy.bases": Bases}.items()
    if table != "sign_language"
    for key, value in kind.model_fields.items()
    if value.is_required() and (table, key) != ("privacy", "bases")
]


def faults(path: Path) -> str:
    with pytest.raises(PackFaults) as caught:
        read_operator(path)
    return "\n".join(one.msgid.format(**one.params) for one in caught.value.refusals)


def codes(path: Path) -> list[str]:
    return [barrier.code for barrier in read_operator(path).barriers]


def test_the_example_of_the_handbook_is_complete(tmp_path: Path) -> None:
    operator = read_operator(operators.write(tmp_path))
    assert operator.sections.body.name == "Ministerium für Beispiele"
    assert operator.sections.feedback.answer_weeks == 3
    assert operator.barriers[-1].text == "Ältere Rundschreiben sind Bilder ohne Text."
    walk = next(one for one in operator.barriers if one.code == "screen_reader_walk")
    assert walk.planned == date(2027, 6, 30)
    assert walk.alternative == "Wer hängen bleibt, ruft an; wir lesen vor."
    assert not operator.is_example


@pytest.mark.parametrize(("table", "key"), REQUIRED)
def test_behind_tls_no_start_without_a_required_value(
    table: str, key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = operators.write(tmp_path, operators.without(table, key))
    monkeypatch.setenv("ZIELWERK_HTTPS", "1")
    monkeypatch.setenv("ZIELWERK_OPERATOR", str(file))
    with pytest.raises(environment.OddValue) as refused:
        environment.read_environment()
    said = str(refused.value)
    assert said.startswith("ZIELWERK_OPERATOR=")
    assert f"{table}.{key}: The entry is missing" in said


def test_all_that_must_be_said_is_asked_for() -> None:
    """The list above is read from the schema: it must hold what the law asks for."""
    asked = {f"{table}.{key}" for table, key in REQUIRED}
    assert {"body.name", "body.address", "feedback.office", "feedback.email"} <= asked
    assert {"imprint.responsible", "privacy.officer", "privacy.bases.visit"} <= asked
    assert {"statement.status", "statement.reviewed", "scope.sites"} <= asked


def test_behind_tls_the_file_must_be_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZIELWERK_HTTPS", "1")
    monkeypatch.delenv("ZIELWERK_OPERATOR", raising=False)
    with pytest.raises(environment.OddValue, match="ZIELWERK_OPERATOR='' is not usable"):
        environment.read_environment()
    monkeypatch.setenv("ZIELWERK_OPERATOR", str(tmp_path / "nirgends.toml"))
    with pytest.raises(environment.OddValue, match=r"nirgends\.toml"):
        environment.read_environment()
    monkeypatch.setenv("ZIELWERK_OPERATOR", str(operators.write(tmp_path)))
    assert environment.read_environment().operator.sections.body.name
    assert not environment.read_environment().operator.is_example


def test_without_tls_the_demo_has_values_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ZIELWERK_HTTPS", "ZIELWERK_OPERATOR"):
        monkeypatch.delenv(name, raising=False)
    operator = environment.read_environment().operator
    assert operator.is_example
    assert "Vorführung" in operator.sections.body.name


def test_nobody_may_promise_an_answer_later_than_the_law_allows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = operators.EXAMPLE.replace("answer_weeks = 3", "answer_weeks = 7")
    monkeypatch.setenv("ZIELWERK_OPERATOR", str(operators.write(tmp_path, late)))
    with pytest.raises(environment.OddValue, match="answer_weeks is 7, but the law gives no more"):
        environment.read_environment()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('name = "Ministerium für Beispiele"', 'name = "  "', "body.name: Die Angabe ist leer"),
        ('address = ["Beispielstraße 1", "65183 Wiesbaden"]', "address = []", "body.address: Die"),
        ('email = "poststelle@ministerium.example"', 'email = "Poststelle"', "body.email"),
        ('"https://foerderung.ministerium.example"', '"http://a.example"', "scope.sites"),
        ('status = "partly"', 'status = "fully"', "statement.status: Vollständig vereinbar kann"),
        ('status = "partly"', 'status = "gut"', "möglich sind: fully, partly, not"),
        ('examiner = "Prüfstelle Beispiel"', 'examiner = ""', "statement.examiner: Die Angabe"),
        ("reviewed = 2026-11-28", "reviewed = 2026-10-31", "statement.reviewed: Die Tage"),
        ('code = "screen_reader_walk"', 'code = "lift"', "planned.code: Eine Barriere „lift“"),
        ("[imprint]", '[imprint]\ncolour = "rot"', "imprint.colour: Diese Angabe ist nicht"),
        ('page = "start"', 'page = "ende"', "review.page: „ende“ ist nicht möglich"),
    ],
)
def test_an_odd_value_is_refused_with_its_place(
    old: str, new: str, said: str, tmp_path: Path
) -> None:
    assert operators.EXAMPLE.count(old) == 1
    text = operators.EXAMPLE.replace(old, new)
    told = faults(operators.write(tmp_path, text))
    assert said in told
    line = next(n for n, row in enumerate(text.splitlines(), 1) if new.splitlines()[-1] in row)
    assert f"operator.toml, Zeile {line}, " in told


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    text = operators.EXAMPLE.replace("[imprint]\n", "").replace('office = "Referat', 'ofice = "R')
    told = faults(operators.write(tmp_path, text))
    assert "imprint" in told
    assert "feedback.office: Die Angabe fehlt" in told
    assert "feedback.ofice" in told


def test_a_video_without_its_file_or_its_text_is_refused(tmp_path: Path) -> None:
    file = operators.with_video(tmp_path)
    assert read_operator(file).transcript == ("Willkommen.", "Hier stehen Vereinbarungen.")
    (tmp_path / "gebaerdensprache.txt").write_text("  \n")
    assert "sign_language.transcript" in faults(file)
    (tmp_path / "gebaerdensprache.txt").unlink()
    assert "gebaerdensprache.txt: Die Datei fehlt" in faults(file)
    (tmp_path / "gebaerdensprache.mp4").unlink()
    assert "sign_language.video" in faults(file)


@pytest.mark.parametrize("video", ["../geheim.mp4", "operator.toml"])
def test_no_other_file_is_given_out_as_the_video(video: str, tmp_path: Path) -> None:
    file = operators.with_video(tmp_path)
    (tmp_path.parent / "geheim.mp4").write_bytes(b"x")
    file.write_text(file.read_text().replace("gebaerdensprache.mp4", video))
    assert "sign_language.video" in faults(file)


def test_a_barrier_ends_by_what_ends_it(tmp_path: Path) -> None:
    file = operators.write(tmp_path)
    assert {"sign_language", "easy_language_review", "screen_reader_walk"} <= set(codes(file))
    assert "sign_language" not in codes(operators.with_video(tmp_path))
    more = "".join(
        f'[[review]]\npage = "{page}"\nby = "Gruppe"\nday = 2026-11-01\n'
        for page in operators_file.EASY_PAGES
    )
    assert "easy_language_review" not in codes(operators.write(tmp_path, operators.EXAMPLE + more))


def test_a_walk_ends_its_barriers_only_when_every_screen_reader_was_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, protocol = operators.write(tmp_path), operators_file.walk.load()
    assert protocol.done == (), "a walk took place: the statement must be looked at"
    done = [
        {"day": date(2027, 1, 15), "reader": reader.name, "version": "1", "by": "blind"}
        for reader in protocol.reader
    ]
    for number, is_told in ((1, True), (len(done), False)):
        entries = tuple(operators_file.walk.Done(**one) for one in done[:number])
        walked = protocol.model_copy(update={"done": entries})
        monkeypatch.setattr(operators_file.walk, "load", lambda walked=walked: walked)
        assert ("screen_reader_walk" in codes(file)) is is_told
