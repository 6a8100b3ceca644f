"""Demo, development and real installation are never taken for each other.

Each command runs in a process of its own, as people type it, over a folder of its own.
"""

import io
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.test import Client

from tests.journeys.test_surroundings import started
from tests.rooms.disclosures.operators import write
from tests.served import prepared
from tests.stage import html_of, signed_in
from zielwerk.agreements.models import Agreement
from zielwerk.config import world
from zielwerk.config.environment import Environment, read_environment

SQLITE_ALONE = True  # the database is asked for nothing here
SAID = "Vorführung – keine amtliche Anwendung"
IN_DEVELOPMENT = "Entwicklung – keine amtliche Anwendung"
ADMIN = "--yes --admin-name Anna --admin-email anna@example.org"
UNSAID = {"ZIELWERK_DEMO": "", "ZIELWERK_HTTPS": "", "ZIELWERK_DATABASE_URL": ""}


def run(words: str, data: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return started(words, **{**UNSAID, "ZIELWERK_DATA": str(data), **environment})


@pytest.fixture(scope="module")
def demo() -> Iterator[Path]:
    with prepared() as world:
        yield Path(world.surroundings["ZIELWERK_DATA"])


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("real")
    assert run(f"setup {ADMIN}", folder).returncode == 0
    return folder


@pytest.mark.parametrize("words", ["serve --port 18432", "worker", f"setup {ADMIN}"])
def test_a_demo_is_never_served_as_a_real_installation(demo: Path, words: str) -> None:
    ended = run(words, demo, ZIELWERK_DEMO="0")
    assert ended.returncode == 3, ended.stderr
    assert "keine wirkliche Installation" in ended.stderr


@pytest.mark.parametrize("words", [f"setup {ADMIN}", "people invite x@example.org --name X"])
def test_a_demo_is_set_up_as_nothing_else_whatever_the_settings(demo: Path, words: str) -> None:
    ended = run(f"{words} --organisation Y" if "invite" in words else words, demo)
    assert ended.returncode in (1, 3)
    assert "Vorführung" in ended.stderr


@pytest.mark.parametrize("words", ["serve --port 18433", "worker", "demo prepare"])
def test_a_real_installation_is_never_served_as_a_demo(real: Path, words: str) -> None:
    ended = run(words, real, ZIELWERK_DEMO="1")
    assert ended.returncode == 3, ended.stderr
    assert "wirklichen Installation" in ended.stderr


def test_without_a_word_the_data_say_what_they_are(demo: Path, real: Path) -> None:
    assert environment_of(demo).demo
    assert not environment_of(real).demo
    ended = run("demo prepare", real)
    assert ended.returncode == 3
    assert "wirklichen Installation" in ended.stderr
    assert "schon angelegt" in run("demo prepare", demo).stdout


def environment_of(data: Path, **further: str) -> Environment:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {**UNSAID, "ZIELWERK_DATA": str(data), **further}.items():
            patch.setenv(name, value)
        return read_environment()


@pytest.mark.parametrize("settings", [{"ZIELWERK_DEMO": "0"}, {"ZIELWERK_HTTPS": "1"}], ids=str)
def test_no_demo_is_made_under_real_settings(
    tmp_path: Path, settings: dict[str, str], operators_file: Path
) -> None:
    ended = run("demo prepare", tmp_path, ZIELWERK_OPERATOR=str(operators_file), **settings)
    assert ended.returncode == 3, ended.stderr
    assert "keine Vorführung" in ended.stderr
    assert not (tmp_path / "zielwerk.sqlite3").exists()


@pytest.fixture
def operators_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("operator"))


def test_a_damaged_or_old_database_makes_no_demo(tmp_path: Path) -> None:
    assert not environment_of(tmp_path).demo
    (tmp_path / "zielwerk.sqlite3").write_bytes(b"no database" * 100)
    assert not environment_of(tmp_path).demo


def test_each_kind_has_cookies_of_its_own(demo: Path, real: Path) -> None:
    known = {
        environment_of(demo).cookie_suffix,
        environment_of(real).cookie_suffix,
        environment_of(demo, ZIELWERK_DEVELOP="1").cookie_suffix,
    }
    assert known == {"-demo", "", "-develop"}


@pytest.mark.parametrize(("name", "said"), [("DEMO", SAID), ("DEBUG", IN_DEVELOPMENT)])
def test_every_page_says_it_on_the_screen_and_on_paper(
    main_kinzig: Agreement, settings: Any, name: str, said: str
) -> None:
    settings.DEMO, settings.DEBUG = name == "DEMO", name == "DEBUG"
    for address in ("/zielvereinbarungen", "/impressum", "/kontakt", "/anmelden"):
        page = html_of(Client().get(address).content)
        assert f'kern-kopfzeile__label">{said}' in page, address
        assert f'data-printed="{said}' in page, address


def test_a_real_installation_says_nothing_of_it(main_kinzig: Agreement, settings: Any) -> None:
    settings.DEMO = False
    page = html_of(Client().get("/zielvereinbarungen").content)
    assert "kern-kopfzeile" not in page
    assert 'data-printed="Stand' in page


def test_documents_and_tables_of_a_demo_say_what_they_are(
    cast: world.Cast, main_kinzig: Agreement
) -> None:
    pdf = pypdfium2.PdfDocument(Client().get("/zielvereinbarungen/2024/06435.pdf").getvalue())
    for page in pdf:
        assert SAID in page.get_textpage().get_text_range()
    table = signed_in(cast.officer).get("/arbeit/vereinbarungen?export=xlsx").getvalue()
    with zipfile.ZipFile(io.BytesIO(table)) as book:
        assert SAID in book.read("docProps/core.xml").decode()
        assert f"&amp;C{SAID}" in book.read("xl/worksheets/sheet1.xml").decode()


def test_the_whole_address_of_the_site_is_taken_as_it_is(tmp_path: Path) -> None:
    environment = environment_of(
        tmp_path,
        ZIELWERK_URL="http://foerderung.example:8080/",
        ZIELWERK_HOSTS="foerderung.example",
    )
    assert environment.address == "http://foerderung.example:8080"
    assert replace(environment, url="").address == "http://foerderung.example:8000"


@pytest.mark.parametrize(
    "url", ["foerderung.example", "https://x.example/a", "ftp://x", "http://["]
)
def test_an_odd_address_is_refused(tmp_path: Path, url: str) -> None:
    ended = run("audit verify", tmp_path, ZIELWERK_URL=url)
    assert ended.returncode == 3
    assert "ZIELWERK_URL" in ended.stderr
