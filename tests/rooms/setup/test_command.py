"""`zielwerk setup`: asked, told by options, environment or a file, and typed again."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core import mail

from tests.journeys.programmes import Example
from zielwerk.config.cli import main
from zielwerk.core import audit
from zielwerk.core.models import AuditEntry
from zielwerk.identity.models import Post, User
from zielwerk.setup import queries

Capsys = pytest.CaptureFixture[str]
WHO = ["--admin-name", "Anna Weiß", "--admin-email", "anna@example.org"]


def run(*words: str) -> int:
    return main(["setup", *words])


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Somebody sits there and answers in this order; returns what was asked."""

    def answer(*answers: str) -> list[str]:
        asked: list[str] = []
        given: Iterator[str] = iter(answers)

        def typed(question: str) -> str:
            asked.append(question)
            answer = next(given, None)
            if answer is None:
                raise EOFError
            return answer

        monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
        monkeypatch.setattr("builtins.input", typed)
        return asked

    return answer


@pytest.fixture(autouse=True)
def prepared(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests' database is prepared already."""
    monkeypatch.setattr("zielwerk.config.serve.prepare", lambda arguments: 0)


def test_options_lead_from_nothing_to_the_first_link(empty: Example, capsys: Capsys) -> None:
    assert run("--yes", *WHO, "--ministry", "Ministerium Nord") == 0
    told = capsys.readouterr().out
    assert "/anmelden/einladung?schluessel=" in told
    assert "Es fehlt noch:" in told
    post = Post.objects.get()
    assert (post.organisation, post.person.name) == ("Ministerium Nord", "Anna Weiß")
    assert set(AuditEntry.objects.values_list("verb", flat=True)) == {"setup.take", "setup.appoint"}
    assert list(audit.verify()) == []


def test_typed_again_it_says_what_is_there_and_goes_on(empty: Example, capsys: Capsys) -> None:
    assert run("--yes") == 2
    assert "--admin-name" in capsys.readouterr().err
    number = AuditEntry.objects.count()
    assert run("--yes", *WHO) == 0
    assert "schon da: Programm und Jahre" in capsys.readouterr().out
    assert AuditEntry.objects.count() == number + 1
    assert run("--yes", *WHO) == 0
    told = capsys.readouterr().out
    assert "schon da: Erste Personenverwaltung" in told
    assert "schluessel" not in told
    assert User.objects.count() == 1


def test_a_file_and_the_environment_say_it_too_and_options_go_before(
    empty: Example, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "setup.toml"
    file.write_text('admin_name = "Aus der Datei"\nadmin_email = "datei@example.org"\n')
    monkeypatch.setenv("ZIELWERK_SETUP_ADMIN_NAME", "Aus der Umgebung")
    monkeypatch.setenv("ZIELWERK_SETUP_ADMIN_FUNCTION", "Leitung")
    assert run("--yes", "--file", str(file), "--admin-email", "option@example.org") == 0
    person = User.objects.get()
    said = (person.name, person.email, str(person.function))
    assert said == ("Aus der Datei", "option@example.org", "Leitung")


@pytest.mark.parametrize("text", ["admin_name = ", 'name = "x"', "admin_name = 3", "\xff"])
def test_an_odd_file_is_wrong_use_and_does_nothing(
    empty: Example, tmp_path: Path, capsys: Capsys, text: str
) -> None:
    file = tmp_path / "setup.toml"
    file.write_bytes(text.encode("latin-1"))
    assert run("--yes", "--file", str(file)) == 2
    assert str(file) in capsys.readouterr().err
    assert not AuditEntry.objects.exists()
    assert run("--yes", "--file", str(tmp_path / "fehlt.toml")) == 3


def test_whoever_sits_there_is_asked_step_by_step(
    empty: Example, capsys: Capsys, answering: Callable[..., list[str]]
) -> None:
    asked = answering(
        *("", "Ministerium Süd", "n", "j", ""),
        *("niemand", "probe@example.org"),
        *("Anna Weiß", "keine Adresse", "anna@example.org", ""),
    )
    assert run() == 0
    assert "bodies" in queries.taken()
    assert "authorities" not in queries.taken()
    assert [one.to for one in mail.outbox] == [["probe@example.org"]]
    assert User.objects.get().email == "anna@example.org"
    assert "keine E-Mail-Adresse" in capsys.readouterr().out
    assert empty.programme in asked[0]


def test_who_leaves_in_the_middle_finds_it_there(
    empty: Example, capsys: Capsys, answering: Callable[..., list[str]]
) -> None:
    answering("", "Ministerium Süd")
    assert run() == 1
    assert "macht hier weiter" in capsys.readouterr().err
    assert set(queries.taken()) == {"programme", "ministry"}


def test_an_address_that_is_none_is_refused_where_nobody_is_asked(
    empty: Example, capsys: Capsys
) -> None:
    assert run("--yes", "--admin-name", "Anna", "--admin-email", "anna") == 2
    assert "„anna“" in capsys.readouterr().err
    assert not User.objects.exists()


def test_in_english(empty: Example, capsys: Capsys) -> None:
    assert run("--yes", *WHO, "--lang", "en") == 0
    told = capsys.readouterr().out
    assert "done: Programme and years" in told
    assert "Still missing:" in told


def test_a_code_for_the_browser_is_printed_only_while_nobody_is_there(
    empty: Example, capsys: Capsys
) -> None:
    assert run("--code") == 0
    assert "/einrichten" in capsys.readouterr().out
    assert run("--yes", *WHO) == 0
    assert run("--code") == 1


def test_under_the_settings_of_a_demo_nothing_is_set_up(
    empty: Example, settings: Any, capsys: Capsys
) -> None:
    settings.DEMO = True
    for words in (["--yes", *WHO], ["--code"]):
        assert run(*words) == 3
        assert "ZIELWERK_DEMO=1" in capsys.readouterr().err
    assert not AuditEntry.objects.exists()
