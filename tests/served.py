"""The product's own server, `zielwerk serve`, with a demo world of its own."""

import fcntl
import os
import secrets
import select
import shutil
import signal
import socket
import subprocess
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from tests import programs
from tests.programs import PROGRAM


@dataclass(frozen=True)
class World:
    """An installation with a demo world, and the surroundings in which commands reach its data."""

    surroundings: dict[str, str]

    def command(self, *words: str) -> str:
        """What another process of the same installation says."""
        done = programs.run(words, self.surroundings)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def shell(self, code: str) -> str:
        return self.command("django", "shell", "--verbosity", "0", "-c", code).strip()

    @contextmanager
    def running(self, *words: str) -> Iterator[int]:
        """A command that goes on until it is told to stop; yields its process."""
        log = Path(self.surroundings["ZIELWERK_DATA"]) / f"{words[0]}.log"
        with log.open("w") as out:
            process = subprocess.Popen(
                [PROGRAM, *words], env=self.surroundings, stdout=out, stderr=out
            )
        try:
            yield process.pid
        finally:
            process.send_signal(signal.SIGTERM)
            assert process.wait() in (0, -signal.SIGTERM), log.read_text()


@dataclass(frozen=True)
class Served(World):
    """A running server, and where it is."""

    address: str


@contextmanager
def prepared() -> Iterator[World]:
    """A demo world of its own, on the tests' kind of database: a copy of the one made first."""
    with tempfile.TemporaryDirectory(prefix="zielwerk-served-") as folder:
        first = _first_demo()
        shutil.copytree(first.surroundings["ZIELWERK_DATA"], folder, dirs_exist_ok=True)
        database = own_database(first.surroundings["ZIELWERK_DATABASE_URL"])
        yield _world(folder, database)


def _first_demo() -> World:
    """The demo that nobody uses; whichever process of these tests asks first prepares it."""
    shared = Path(os.environ["ZIELWERK_TESTS"])
    folder, made = shared / "demo", shared / "demo.database"
    with (shared / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            database = own_database()
            _world(str(folder), database).command("demo", "prepare")
            made.write_text(database)
    return _world(str(folder), made.read_text())


def _world(folder: str, database: str) -> World:
    own = {"ZIELWERK_DATA": folder, "ZIELWERK_DATABASE_URL": database}
    settings = {"DJANGO_SETTINGS_MODULE": "zielwerk.config.settings"}
    return World({**os.environ, **settings, **own})


@contextmanager
def serving() -> Iterator[Served]:
    """Two web processes and a worker over a demo world."""
    with prepared() as world:
        port = free_port()
        with world.running("serve", "--port", str(port)) as process:
            site = Served(world.surroundings, f"http://127.0.0.1:{port}")
            _until_it_answers(site, process)
            yield site


def _until_it_answers(site: Served, process: int) -> None:
    """Ask until it answers, however slow the machine is; it has failed when it has ended."""
    end = os.pidfd_open(process)
    while not answers(site.address):
        ended, _, _ = select.select([end], [], [], 0.05)
        assert not ended, "the server has ended"
    os.close(end)


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(address: str) -> bool:
    """Whether a server is there and sound."""
    try:
        return bool(urllib.request.urlopen(f"{address}/gesund").read())
    except OSError:
        return False


def own_database(like: str = "") -> str:
    """An address on the tests' PostgreSQL for one world alone, empty or a copy of another.

    Empty for SQLite, whose database is a file of the world's folder.
    """
    address = os.environ.get("ZIELWERK_DATABASE_URL", "")
    if not address:
        return ""
    import psycopg

    name = f"served_{secrets.token_hex(8)}"
    template = urlsplit(like).path.strip("/") or "template1"
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    return urlunsplit(urlsplit(address)._replace(path=f"/{name}"))
