"""What the surroundings do wrong: a sentence and 3, for every command; never a traceback.

The commands of one row run in one process, each as it is typed, over a folder of their own.
"""

import json
import os
import resource
import shutil
import socket
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests import programs
from tests.programs import PROGRAM
from zielwerk.config.cli import COMMANDS, main
from zielwerk.config.serve import address

SQLITE_ALONE = True  # each test names a database of its own, the same whatever the tests run on
READING = (
    "audit verify",
    "audit seal",
    "budget check",
    "ledger check",
    "agreement render 2024 06435 --out /dev/null",
    "person erase niemand@example.org",
    "consent erase Niemand",
    "people invite niemand@example.org",
    "people recover niemand@example.org",
    "backup nirgends.backup",
)
SETUP = "setup --yes --admin-name Anna --admin-email anna@example.org"
WRITING = ("prepare", "demo prepare", SETUP, "serve --port 18431", "django migrate")
WITHOUT_DATABASE = ("agreement schema", "pack check aqb_hessen", "django check")
ENDLESS = {"worker", "shell", "serve"}
Ended = list[tuple[str, int, str, str]]


def surroundings(data: Path, url: str = "") -> dict[str, str]:
    """The environment of a process over a folder."""
    own = {"ZIELWERK_DATA": str(data), "ZIELWERK_DATABASE_URL": url}
    own["ZIELWERK_BACKUP_PASSPHRASE"] = "nur für diese Prüfungen"
    settings = {"DJANGO_SETTINGS_MODULE": "zielwerk.config.settings"}
    return {**os.environ, **settings, **own}


def ends(words: tuple[str, ...], data: Path, url: str = "", most_bytes: int = 0) -> Ended:
    """How commands end over a folder: words, code, output, sentence."""
    done = programs.run(words, surroundings(data, url), most_bytes, "tests.journeys.several:main")
    assert done.returncode == 0, done.stderr
    return [tuple(row) for row in json.loads(done.stdout)]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A prepared folder, to be copied and spoiled."""
    folder = tmp_path_factory.mktemp("sound")
    subprocess.run([PROGRAM, "prepare"], env=surroundings(folder), check=True)
    with closing(sqlite3.connect(folder / "zielwerk.sqlite3")) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return folder


@pytest.fixture
def spoiled(sound: Path, tmp_path: Path) -> Path:
    """The database of a copy of the prepared folder."""
    shutil.copytree(sound, tmp_path / "data")
    return tmp_path / "data" / "zielwerk.sqlite3"


def assert_told(ended: Ended, *parts: str) -> None:
    """Every command ended with 3 and one sentence that says this."""
    for words, code, out, err in ended:
        assert code == 3, (words, code, out, err)
        assert "Traceback" not in err, words
        assert len(err.strip().splitlines()) == 1, (words, err)
        assert err.strip().endswith("."), (words, err)
        for part in parts:
            assert part in err, (words, err)


EVERY = {
    "serve": "--port 18434",
    "setup": "--yes --admin-name Anna --admin-email anna@example.org",
    "worker": "",
    "prepare": "",
    "backup": "nirgends.backup",
    "restore": "nirgends.backup",
    "demo prepare": "",
    "agreement read": "nirgends.txt",
    "agreement schema": "",
    "agreement draft": "2024 06435",
    "agreement check": "2024 06435",
    "agreement redline": "nirgends.txt nirgendwo.txt",
    "agreement render": "2024 06435 --out /dev/null",
    "agreement verify": "nirgends.pdf",
    "agreement sign": "nirgends.pdf --key nirgends.p12 --field body/1",
    "scan check": "nirgends.pdf",
    "allocation compute": "nirgends.toml nirgends.csv --total-cents 100",
    "pack check": "aqb_hessen",
    "pack new": "--programme neu --name Neu --to /proc/nirgends",
    "people invite": "niemand@example.org --name A --organisation B",
    "people recover": "niemand@example.org",
    "person erase": "niemand@example.org",
    "consent erase": "Niemand",
    "audit verify": "",
    "audit seal": "",
    "budget check": "",
    "ledger check": "",
    "shell": "",
    "docs": "--check",
    "language": "check",
    "django": "migrate",
}
"""Every command with words that it takes."""


def test_every_command_is_tried_here() -> None:
    assert [command.words for command in COMMANDS] == list(EVERY)


def assert_no_traceback(ended: Ended) -> None:
    """Every command ended with a code of its own, and where it was not done with a sentence."""
    for words, code, out, err in ended:
        assert code in (0, 1, 2, 3), (words, code, out, err)
        assert "Traceback" not in err, (words, err)
        assert code == 0 or (out + err).strip().endswith((".", ":")), (words, out, err)


def test_in_a_folder_that_nobody_prepared_every_command_says_so(tmp_path: Path) -> None:
    begins = {command.words for command in COMMANDS if command.begins}
    tried = tuple(f"{name} {more}" for name, more in EVERY.items() if name not in begins)
    ended = ends(tried, tmp_path)
    assert_no_traceback(ended)
    without = tuple(command.words for command in COMMANDS if not command.needs_django)
    asks = [row for row in ended if not row[0].startswith((*without, "shell"))]
    assert len(asks) > 8
    assert_told(asks, "zielwerk prepare", str(tmp_path))


def test_in_a_folder_that_cannot_be_written_every_command_says_so(tmp_path: Path) -> None:
    tried = tuple(f"{name} {more}" for name, more in EVERY.items())
    ended = ends(tried, Path("/proc/zielwerk"))
    assert_no_traceback(ended)
    begins = {command.words for command in COMMANDS if command.begins} - {"docs"}
    assert_told([row for row in ended if row[0].startswith(tuple(begins))], "/proc/zielwerk")


def test_a_folder_without_a_database_is_not_prepared_and_not_unsound(tmp_path: Path) -> None:
    assert_told(ends(READING, tmp_path), "zielwerk prepare", str(tmp_path))


@pytest.mark.parametrize("words", [*READING, "shell", "worker"])
def test_a_misspelt_folder_is_told_and_not_made(words: str, tmp_path: Path) -> None:
    own = {"ZIELWERK_DATABASE_URL": "", "ZIELWERK_SECRET_KEY": ""}
    for misspelt, there in ((tmp_path / "vra", False), (tmp_path, True)):
        ended = started(words, ZIELWERK_DATA=str(misspelt), **own)
        assert ended.returncode == 3, ended.stderr
        assert str(misspelt) in ended.stderr
        assert "zielwerk prepare" in ended.stderr
        assert ended.stderr.count("\n") == 1
        assert misspelt.exists() == there
        assert list(tmp_path.iterdir()) == []


def test_an_empty_database_is_not_prepared(tmp_path: Path) -> None:
    (tmp_path / "zielwerk.sqlite3").touch()
    assert_told(ends(READING, tmp_path), "zielwerk prepare")
    assert ends(("prepare", "audit verify", "ledger check"), tmp_path)[-1][1] == 0


def test_what_is_no_database_is_told_and_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "zielwerk.sqlite3"
    file.write_bytes(b"no database" * 1000)
    assert_told(ends((*READING, *WRITING), tmp_path), "beschädigt", str(file), "Sicherung")
    assert file.read_bytes() == b"no database" * 1000


def cut(file: Path) -> None:
    with file.open("r+b") as database:
        database.truncate(file.stat().st_size // 3)


def scribble(file: Path) -> None:
    """Pages in the middle are overwritten, the first stays."""
    with file.open("r+b") as database:
        database.seek(4096)
        database.write(b"\xa5" * (file.stat().st_size - 4096))


@pytest.mark.parametrize("spoil", [cut, scribble])
def test_a_damaged_database_is_told(spoil: Callable[[Path], None], spoiled: Path) -> None:
    spoil(spoiled)
    assert_told(ends((*READING, *WRITING), spoiled.parent), "beschädigt", str(spoiled))


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Another program holds the whole database."""
    with closing(sqlite3.connect(file, isolation_level=None)) as holder:
        holder.execute("PRAGMA locking_mode=EXCLUSIVE")
        holder.execute("BEGIN EXCLUSIVE")
        holder.execute("CREATE TABLE IF NOT EXISTS held (id integer)")
        yield
        holder.execute("ROLLBACK")


def test_a_locked_database_is_told(spoiled: Path) -> None:
    with locked(spoiled):
        assert_told(ends((*READING, *WRITING), spoiled.parent), "gesperrt", str(spoiled))
    assert ends(("audit verify",), spoiled.parent)[0][1] == 0


def test_a_full_disk_is_told_and_leaves_nothing_behind(spoiled: Path) -> None:
    most = spoiled.stat().st_size + 32_768 * 2
    assert_told(ends(("demo prepare",), spoiled.parent, most_bytes=most), "Datenträger")
    assert ends(("audit verify", "demo prepare"), spoiled.parent)[-1][1] == 0


def test_a_full_disk_at_the_first_start_leaves_no_half_key(tmp_path: Path) -> None:
    def nothing() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))

    done = subprocess.run(
        [PROGRAM, "prepare"],
        env={**surroundings(tmp_path), "ZIELWERK_SECRET_KEY": ""},
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=nothing,
    )
    assert (done.returncode, done.stdout) == (3, "")
    assert "kein Platz" in done.stderr
    assert not (tmp_path / "secret_key").exists()


def test_a_database_server_that_is_down_is_told_at_once(tmp_path: Path) -> None:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))  # taken, and nobody listens
        port = probe.getsockname()[1]
        url = f"postgresql://zielwerk:geheim@127.0.0.1:{port}/zielwerk"
        ended = ends((*READING, *WRITING), tmp_path, url)
    assert_told(ended, "antwortet nicht", f"127.0.0.1:{port}/zielwerk", "ZIELWERK_DATABASE_URL")
    assert all("geheim" not in err for *_, err in ended)


def test_what_needs_no_database_works_without_one(tmp_path: Path) -> None:
    (tmp_path / "zielwerk.sqlite3").write_bytes(b"no database" * 1000)
    assert {code for _, code, *_ in ends(WITHOUT_DATABASE, tmp_path)} == {0}


def started(words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A command in a process of its own."""
    settings = {"DJANGO_SETTINGS_MODULE": "zielwerk.config.settings"}
    return programs.run(words.split(), {**os.environ, **settings, **environment})


def test_a_file_in_place_of_the_data_folder(tmp_path: Path) -> None:
    file = tmp_path / "data"
    file.write_text("")
    for folder in (file, file / "below"):
        ended = started("audit verify", ZIELWERK_DATA=str(folder), ZIELWERK_SECRET_KEY="")
        assert ended.returncode == 3
        assert str(file) in ended.stderr
        assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("kept", [b"", b"short", b"\xff" * 60])
def test_an_odd_kept_key_is_told(kept: bytes, tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_bytes(kept)
    ended = started("audit verify", ZIELWERK_DATA=str(tmp_path), ZIELWERK_SECRET_KEY="")
    assert ended.returncode == 3
    assert "secret_key" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_pipe_in_place_of_the_key_is_told_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "secret_key")
    ended = started("audit verify", ZIELWERK_DATA=str(tmp_path), ZIELWERK_SECRET_KEY="")
    assert ended.returncode == 3
    assert "secret_key in it is no file" in ended.stderr


ODD = {
    "ZIELWERK_SECRET_KEY": "kurz",
    "ZIELWERK_HTTPS": "vielleicht",
    "ZIELWERK_LOG": "bunt",
    "ZIELWERK_SESSION_MINUTES": "-1",
    "ZIELWERK_SESSION_HOURS": "100",
    "ZIELWERK_LINK_DAYS": "0",
    "ZIELWERK_LOOK_DAYS": "7",
    "ZIELWERK_SECOND_FACTOR": "ministery",
    "ZIELWERK_OIDC_ISSUER": "http://login.example.org",
    "ZIELWERK_SMTP_URL": "mail.example.org",
    "ZIELWERK_PROGRAMME": "nirgends",
    "ZIELWERK_PACKS": "/dev/null",
    "ZIELWERK_AUTHORITIES": "/dev/null",
    "ZIELWERK_OPERATOR": "/nirgends.toml",
}
URLS = ("mysql://x/y", "postgresql://u:p@h:70000/n", "postgresql://u:p@h:x/n", "postgresql://[::/n")


@pytest.mark.parametrize(
    ("name", "value"), [*ODD.items(), *(("ZIELWERK_DATABASE_URL", url) for url in URLS)]
)
def test_an_odd_variable_is_named_and_no_proof_of_anything(
    name: str, value: str, tmp_path: Path
) -> None:
    given = {"ZIELWERK_DATA": str(tmp_path), "ZIELWERK_DATABASE_URL": "", name: value}
    ended = started("audit verify", **given)
    assert ended.returncode == 3, ended.stderr
    assert name in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("port", ["0", "70000", "-1", "achtzig", "", "８０００"])
def test_an_odd_port_is_wrong_use(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["serve", f"--port={port}"])
    assert ended.value.code == 2
    assert "1 to 65535" in capsys.readouterr().err


@pytest.mark.parametrize("host", ["", " ", "http://hier", "a b", "h\nh", "0.0.0.0/0"])
def test_an_odd_host_is_wrong_use(host: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["serve", f"--host={host}"])
    assert ended.value.code == 2
    assert "no address or name to listen on" in capsys.readouterr().err


def test_an_address_of_ipv6_is_told_in_brackets() -> None:
    assert (address("::1", 8000), address("127.0.0.1", 8000)) == ("[::1]:8000", "127.0.0.1:8000")


def test_a_port_in_use_is_told_before_anything_is_done(tmp_path: Path) -> None:
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = str(listener.getsockname()[1])
        given = {"ZIELWERK_DATA": str(tmp_path), "ZIELWERK_DATABASE_URL": ""}
        ended = started(f"serve --port {port}", **given)
    assert ended.returncode == 3
    assert f"127.0.0.1:{port}" in ended.stderr
    assert not (tmp_path / "zielwerk.sqlite3").exists()


@pytest.mark.parametrize("seal", ["quatsch", "1:ab", "-1:" + "0" * 64, ":", "１:" + "0" * 64])
def test_an_odd_seal_is_wrong_use_and_says_nothing_about_the_chain(
    seal: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["audit", "verify", f"--seal={seal}"]) == 2
    assert "Siegel" in capsys.readouterr().err


@pytest.mark.parametrize("pause", ["-1", "nan", "inf", "lange"])
def test_an_odd_pause_of_the_worker_is_wrong_use(pause: str) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["worker", f"--sleep={pause}"])
    assert ended.value.code == 2


def test_output_that_fits_nowhere_is_told(tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(
            [PROGRAM, "agreement", "schema"],
            env=surroundings(tmp_path),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert ended.returncode == 3
    assert "kein Platz" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_the_help_says_how_commands_end(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--help"])
    said = capsys.readouterr().out
    handbook = (Path(__file__).parents[2] / "docs" / "handbook" / "betrieb.md").read_text()
    for code, word in (("0", "done"), ("1", "refused"), ("2", "wrong use"), ("3", "surroundings")):
        assert f"{code} " in said
        assert word in said
        assert f"| {code} |" in handbook
