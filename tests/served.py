"""The product's own server, `zielwerk serve`, with a demo world of its own."""

import os
import secrets
import select
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

PROGRAM = str(Path(sys.executable).parent / "zielwerk")


@dataclass(frozen=True)
class World:
    """An installation with a demo world, and the surroundings in which commands reach its data."""

    surroundings: dict[str, str]

    def command(self, *words: str) -> str:
        """What another process of the same installation says."""
        done = subprocess.run(
            [PROGRAM, *words], env=self.surroundings, check=True, capture_output=True, text=True
        )
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
    """A demo world of its own, on the tests' kind of database."""
    with tempfile.TemporaryDirectory(prefix="zielwerk-served-") as folder:
        surroundings = {
            **os.environ,
            "ZIELWERK_DATA": folder,
            "ZIELWERK_DATABASE_URL": own_database(),
            "DJANGO_SETTINGS_MODULE": "zielwerk.config.settings",
        }
        world = World(surroundings)
        world.command("demo", "prepare")
        yield world


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


def own_database() -> str:
    """An address on the tests' PostgreSQL for this world alone; empty for SQLite."""
    address = os.environ.get("ZIELWERK_DATABASE_URL", "")
    if not address:
        return ""
    import psycopg

    name = f"served_{secrets.token_hex(8)}"
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    return urlunsplit(urlsplit(address)._replace(path=f"/{name}"))
