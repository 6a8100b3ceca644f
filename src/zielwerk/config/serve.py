"""Serving: the web and the background work as two processes under one command.

`serve` starts both, restarts one that dies, and passes a single SIGTERM on. Each child has
a session of its own and dies with its parent. With `--reload` (development) both start anew
when their code changes, errors show their source, and each request logs its queries.
"""

import argparse
import ctypes
import hashlib
import logging
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.utils import timezone
from django.utils.autoreload import DJANGO_AUTORELOAD_ENV, run_with_reloader
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, DEFAULT_TASK_QUEUE_NAME
from django_tasks_db.management.commands.db_worker import Worker

from zielwerk.config.environment import PORT, read_environment
from zielwerk.core import (
    installation,
    jobs,
    kept,
    looks,
    once,
    repairs,
    sessions,
    surroundings,
    wake,
)
from zielwerk.core.develop import is_this_machine
from zielwerk.core.surroundings import Exit, Unusable, WrongUse
from zielwerk.identity import queries as identity
from zielwerk.identity.actions import attempts
from zielwerk.language import sentence
from zielwerk.messaging import jobs as messaging
from zielwerk.rulebook.refusal import Refusal, Said, msg
from zielwerk.setup import cli as setup_steps
from zielwerk.setup import queries as setup_queries

HOST = "127.0.0.1"
MOST_PORT, MOST_WORKERS = 65_535, 200
OPEN_DEMO = msg(
    "Achtung: Die Vorführung hört auf {host}. Wer diesen Rechner im Netz erreicht, kann sich ohne "
    "Passwort als jede Person der Vorführung anmelden und in ihrem Namen handeln. Nur für diesen "
    "Rechner: ohne --host; ohne Vorführung: ZIELWERK_DEMO=0."
)
PR_SET_PDEATHSIG = 1
REAP_SECONDS = 30
LOCKED_SECONDS = 0.3  # after which a database that was locked is asked again
DEATHS_A_MINUTE = 10
log = logging.getLogger("zielwerk.serve")


def serve(arguments: list[str]) -> int:
    """`zielwerk serve [--host H] [--port P] [--workers N] [--reload]`."""
    parser = argparse.ArgumentParser("zielwerk serve")
    parser.add_argument("--host", type=host_name, default=HOST)
    parser.add_argument("--port", type=port_number, default=PORT)
    parser.add_argument("--workers", type=one_or_more, default=2, help="web processes")
    parser.add_argument("--reload", action="store_true", help="for developing, on this machine")
    options = parser.parse_args(arguments)
    if is_development := options.reload or settings.DEBUG:
        refuse_other_machines(options.host)
        os.environ["ZIELWERK_DEVELOP"] = "1"  # for both children
        read_environment()  # refuses what does not go with it
    refuse_taken_port(options.host, options.port)
    prepare([])
    installation.refuse_other_kind()
    greet(options.host, options.port)
    web = development(options) if is_development else production(options)
    work = [sys.executable, "-m", "zielwerk.config", "worker"]
    connection.close()
    return Supervisor([web, work]).run()


def host_name(text: str) -> str:
    """An address or a name to listen on; an empty one would be all of them, unsaid."""
    if not re.fullmatch(r"[0-9A-Za-z._:%-]{1,253}", text, re.ASCII):
        raise argparse.ArgumentTypeError(f"'{text[:60]}' is no address or name to listen on")
    return text


def port_number(text: str) -> int:
    """A port that can be told: 0 would be any."""
    if not (text.isascii() and text.isdecimal() and 1 <= int(text[:6]) <= MOST_PORT):
        raise argparse.ArgumentTypeError(f"'{text[:60]}' is no port from 1 to {MOST_PORT}")
    return int(text)


def one_or_more(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 1 <= int(text[:4]) <= MOST_WORKERS):
        raise argparse.ArgumentTypeError(f"'{text[:60]}' is no number from 1 to {MOST_WORKERS}")
    return int(text)


def seconds(text: str) -> float:
    """How long to sleep: a number of seconds, not for ever."""
    if not re.fullmatch(r"[0-9]{1,6}(?:\.[0-9]{1,6})?", text, re.ASCII):
        raise argparse.ArgumentTypeError(f"'{text[:60]}' is no number of seconds")
    return float(text)


def production(options: argparse.Namespace) -> list[str]:
    return [
        *(sys.executable, "-m", "gunicorn", "zielwerk.config.wsgi", "--no-control-socket"),
        *(
            "--bind",
            address(options.host, options.port),
            "--worker-class",
            "gthread",
            "--threads",
            "4",
        ),
        # A kept connection would stay with one worker while the other has nothing to do.
        *("--keep-alive", "0"),
        *("--workers", str(options.workers), "--log-level", "warning"),
        *("--max-requests", "20000", "--max-requests-jitter", "2000"),
    ]


def development(options: argparse.Namespace) -> list[str]:
    place = address(options.host, options.port)
    return [sys.executable, "-m", "zielwerk.config", "django", "runserver", place]


def address(host: str, port: int) -> str:
    """Host and port as one word; an address of IPv6 stands in brackets."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def refuse_other_machines(host: str) -> None:
    """Error pages with source and settings are for whoever sits at this machine."""
    if not is_this_machine(host):
        text = msg("Zum Entwickeln wird nur auf diesem Rechner gehört, nicht auf {host}.")
        raise WrongUse(Refusal("serve.development", text, {"host": host}))


def refuse_taken_port(host: str, port: int) -> None:
    """Refuse a port that another program listens on, before anything is started."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Unusable(
                Refusal(
                    "serve.port",
                    msg("Auf {place} kann nicht gehört werden ({reason}). Wählen Sie --port."),
                    {"place": address(host, port), "reason": error.strerror or str(error)},
                )
            ) from error


class Supervisor:
    """Keeps its children running until it is told to stop."""

    def __init__(self, commands: list[list[str]]) -> None:
        self.commands = commands
        self.children: dict[int, subprocess.Popen[bytes]] = {}
        self.stopping = threading.Event()

    def run(self) -> int:
        for signum in (signal.SIGTERM, signal.SIGINT):
            signal.signal(signum, lambda *_: self.stopping.set())
        for number in range(len(self.commands)):
            self.start(number)
        deaths: list[float] = []
        while not self.stopping.wait(0.5):
            for number, child in list(self.children.items()):
                if child.poll() is not None and not self.stopping.is_set():
                    now = time.monotonic()
                    deaths = [*(death for death in deaths if death > now - 60), now]
                    if len(deaths) > DEATHS_A_MINUTE:
                        log.error("a process ended %s times within a minute", len(deaths))
                        self.stop()
                        return Exit.SURROUNDINGS
                    self.start(number)
        self.stop()
        return 0

    def start(self, number: int) -> None:
        self.children[number] = subprocess.Popen(  # noqa: S603 - our own commands
            self.commands[number], start_new_session=True, preexec_fn=die_with_parent
        )

    def stop(self) -> None:
        for child in self.children.values():
            child.terminate()
        for child in self.children.values():
            try:
                child.wait(timeout=20)
            except subprocess.TimeoutExpired:
                child.kill()


def die_with_parent() -> None:
    """Ask the kernel (Linux) to end this process when its parent is gone."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def worker(arguments: list[str]) -> int:
    """`zielwerk worker`: background work; also takes up again what a lost worker left."""
    parser = argparse.ArgumentParser("zielwerk worker")
    parser.add_argument(
        "--sleep",
        type=seconds,
        default=wake.SLEEP,
        metavar="SECONDS",
        help="how long to sleep at most; a job that starts on this machine wakes it",
    )
    background = Background(parser.parse_args(arguments).sleep)
    installation.refuse_other_kind()
    stop = threading.Event()
    threading.Thread(target=take_up_lost_jobs, args=(stop,), daemon=True).start()
    try:
        if not settings.DEBUG:
            background.configure_signals()
            background.run()
        else:
            if os.environ.get(DJANGO_AUTORELOAD_ENV) == "true":  # not in the one that watches
                background.configure_signals()
            run_with_reloader(background.run)
    finally:
        stop.set()
    return 0


class Background(Worker):
    """Does what there is to do, then sleeps until it is called."""

    def __init__(self, sleep: float) -> None:
        super().__init__(
            queue_names=[DEFAULT_TASK_QUEUE_NAME],
            interval=LOCKED_SECONDS,
            batch=True,  # ends when there is nothing to do
            backend_name=DEFAULT_TASK_BACKEND_ALIAS,
            startup_delay=False,
            max_tasks=None,
            worker_id=secrets.token_hex(16),
            excluded_queue_names=[],
        )
        self.sleep = sleep

    def run(self) -> None:
        bed = wake.Bed()
        while self.running:
            try:
                super().run()
                self.tell()
            except DatabaseError as error:
                fault = surroundings.fault_of(error)
                if fault is None:
                    raise
                log.error(sentence(fault, "en"))  # the pages say so, too; it will come back
                connection.close()
            if self.running:  # else it was told to stop, and finished what it was at
                bed.rest(self.sleep)

    def tell(self) -> None:
        """Tell people what there is to tell; told to stop, it ends the round as it ends a job."""
        self.running_task = True
        try:
            messaging.work()
        finally:
            self.running_task = False


def take_up_lost_jobs(stop: threading.Event) -> None:
    while True:
        try:
            now = timezone.now()
            jobs.requeue_expired(now)
            once.forget(now)
            kept.forget_expired(now)
            sessions.forget_expired()
            attempts.forget_old(now)
            looks.forget_old(now)
        except DatabaseError:
            log.exception("lost jobs could not be looked for; next try in %s s", REAP_SECONDS)
        connection.close()
        if stop.wait(REAP_SECONDS):
            return


def prepare(arguments: list[str]) -> int:
    """`zielwerk prepare`: bring tables, guards and static files up to date, telling repairs."""
    argparse.ArgumentParser("zielwerk prepare").parse_args(arguments)
    settings.ENVIRONMENT.data.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
    for fault in repairs.told(connection):
        print(sentence(fault), file=sys.stderr)
    collect_static()
    return 0


def setup(arguments: list[str]) -> int:
    """`zielwerk setup`: begin or go on with an installation; see :mod:`zielwerk.setup.cli`."""
    setup_steps.parsed(arguments)  # before anything is made
    prepare([])
    return setup_steps.setup(arguments)


def collect_static() -> None:
    """Gather static files when they changed since the last time."""
    sources = sorted(settings.PACKAGE.glob("*/static/**/*"))
    sources += filter(None, [settings.ENVIRONMENT.operator.video])
    state = hashlib.sha256(
        "".join(f"{file}{file.stat().st_mtime_ns}" for file in sources if file.is_file()).encode()
    ).hexdigest()
    stamp = Path(settings.STATIC_ROOT) / ".stamp"
    if stamp.exists() and stamp.read_text() == state:
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(state)


def greet(host: str, port: int) -> None:
    """Print the address, and the demo persons where the demo is on."""
    print(f"Zielwerk: http://{address(host, port)}")
    people = identity.demo_people()
    if people:
        print("Anmeldung in der Vorführung (ohne Passwort) unter /anmelden:")
    if settings.DEMO and not is_this_machine(host):
        print(sentence(Said(OPEN_DEMO, {"host": host})), file=sys.stderr)
    for person in people:
        print(f"  {person.get_role_display():<20} {person.name} ({person.function})")
    if settings.DEMO and not people:
        print("Noch leer. Die Vorführung legt `zielwerk demo prepare` an.")
    if setup_queries.is_open():
        print("Noch leer. Eine Vorführung legt `zielwerk demo prepare` an, eingerichtet wird mit")
        print("`zielwerk setup` oder im Browser:")
        print(setup_steps.code_line(f"http://{address(host, port)}"))
    print("Beenden mit Strg+C.", flush=True)
