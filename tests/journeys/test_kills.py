"""Processes are killed in the middle of money and of tables: nothing is lost or done twice."""

import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from http.cookiejar import CookieJar
from pathlib import Path
from random import Random
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, Request, build_opener

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from tests.journeys.pages import forms, visible
from tests.journeys.to_conclude import BECAME, READY
from tests.programs import PROGRAM
from tests.served import World, answers, free_port, prepared

SHORT, LONG = 3, 100  # of money, tables, conclusions in turn; in each, one to three are killed
ROWS = 600  # more than a page writes by itself: a job does it
MONEY = "/arbeit/mittelaenderungen/verzicht"
TABLE = "/arbeit/einlesen/neu/beteiligte"
CLOSED = 503
GONE = (OSError, HTTPException)  # nobody answered, or only that it is closed for now


class Stay(HTTPRedirectHandler):
    """Shows where an answer leads, and does not go there."""

    def http_error_302(self, _request: Any, answer: Any, *_: Any) -> Any:
        return answer


@dataclass
class Site:
    """An installation that runs, and is started again as a service manager would."""

    world: World
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def stand_up(self) -> None:
        """Until it answers; whoever ended is started anew."""
        while not answers(self.address):
            if self.process is None or self.process.poll() is not None:
                self.process = subprocess.Popen(
                    [PROGRAM, "serve", "--port", str(self.port)],
                    env=self.world.surroundings,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )

    def kill(self, who: str) -> None:
        """Kill without warning: the web processes, the background worker, or all there is."""
        assert self.process
        if who == "database":
            cut_off(self.world.surroundings["ZIELWERK_DATABASE_URL"])
            return
        web, worker = sorted(below(self.process.pid), key=lambda pid: "worker" in command(pid))
        of_web = [web, *below(web)]
        doomed = {"web": of_web[1:], "worker": [worker]}
        for pid in doomed.get(who, [self.process.pid, *of_web, worker]):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        if who == "all":
            self.process.wait()


def cut_off(database: str) -> None:
    """End every connection to a database, as it does when it is started anew.

    SQLite has no connections that could end: nothing happens.
    """
    if database:
        import psycopg

        with psycopg.connect(database, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


def below(pid: int) -> list[int]:
    """The processes that a process started."""
    with suppress(OSError):
        return list(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))
    return []


def command(pid: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_text()
    return ""


@dataclass
class Visitor:
    """Somebody at a browser who sends again what was not answered, as the page tells her."""

    site: Site
    thread: ThreadPoolExecutor
    interrupted: int = 0
    opener: Any = field(
        default_factory=lambda: build_opener(HTTPCookieProcessor(CookieJar()), Stay)
    )

    def get(self, path: str) -> str:
        while True:
            with suppress(*GONE):
                return str(self._open(path).read().decode())
            self.site.stand_up()

    def _open(self, path: str, body: bytes | None = None) -> Any:
        """What the site answers; raises GONE where nobody does, or where it is closed for now."""
        address = self.site.address + path
        headers = {"Content-Type": MULTIPART_CONTENT, "Referer": address} if body else {}
        try:
            return self.opener.open(Request(address, body, headers))
        except HTTPError as refused:
            if refused.code == CLOSED:
                raise
            pytest.fail(f"{path}: {refused.code} {refused.read().decode()[-2000:]}")

    def form(self, page: str, address: str) -> dict[str, str]:
        found = [form for form in forms(self.get(page), page) if address in form.posts]
        return found[0].fields

    def post(self, address: str, fields: dict[str, Any]) -> str:
        """Where an answer leads; raises what says that nobody answered."""
        answer = self._open(address, encode_multipart(BOUNDARY, fields))
        return urlsplit(answer.headers["Location"]).path

    def press(
        self,
        page: str,
        address: str,
        killing: Callable[[], None],
        moment: float,
        meanwhile: Callable[[], None] = lambda: None,
        **typed: Any,
    ) -> str:
        """Send a form; so long after it was sent, somebody is killed.

        ``meanwhile`` is what is looked at before it is sent again.
        """
        fields = {**self.form(page, address), **typed}
        answer: Future[str] = self.thread.submit(self.post, address, fields)
        wait([answer], moment)
        killing()
        while True:
            try:
                return answer.result()
            except GONE:
                self.interrupted += 1
            self.site.stand_up()
            meanwhile()
            for file in fields.values():
                if isinstance(file, SimpleUploadedFile):
                    file.seek(0)
            answer = self.thread.submit(self.post, address, fields)


@contextmanager
def kept_up() -> Iterator[Site]:
    with prepared() as world:
        site = Site(world, free_port())
        site.stand_up()
        yield site
        assert site.process
        site.process.terminate()
        site.process.wait()


WHO = """
from zielwerk.identity.models import User
for key in ("officer", "head", "body"):
    print(User.objects.get(email=f"{key}@vorfuehrung.example.org").pk)
"""
LATER = """
from django.utils import timezone
from zielwerk.core import jobs
jobs.requeue_expired(timezone.now() + 2 * jobs.LEASE)
"""
DONE = """
from collections import Counter
from zielwerk.adjustments.models import Adjustment
from zielwerk.core.models import AuditEntry
from zielwerk.programme.models.parties import Party
waived = Adjustment.objects.filter(reason__startswith="Absturz")
print(sorted(Counter(waived.values_list("reason", "state")).items()))
names = Party.objects.filter(name__startswith="Absturz").values_list("name", flat=True)
print(sorted(Counter(name.split("-")[0] for name in names).items()), len(names) - len({*names}))
"""


class Work:
    """What people do while processes are killed, and what must have come of it."""

    def __init__(self, site: Site, thread: ThreadPoolExecutor) -> None:
        self.site = site
        self.officer, self.head, self.body = (
            self._signed_in(thread, number) for number in site.world.shell(WHO).split()
        )
        template = self.officer.get(f"{TABLE}/vorlage?export=csv")
        self.columns = template.lstrip("\ufeff").splitlines()[0]
        self.waived: list[str] = []
        self.tables: list[str] = []
        self.cut_short = 0

    def _signed_in(self, thread: ThreadPoolExecutor, number: str) -> Visitor:
        visitor = Visitor(self.site, thread)
        page = forms(visitor.get("/anmelden"), "/anmelden")
        (fields,) = (form.fields for form in page if form.fields.get("person") == number)
        visitor.post("/anmelden/vorfuehrung", fields)
        return visitor

    @property
    def interrupted(self) -> int:
        return sum(one.interrupted for one in (self.officer, self.head, self.body))

    def money(self, number: int, random: Random) -> None:
        """A body waives a cent; the ministry decides. Somebody is killed in each of the two."""
        reason = f"Absturz {number}"
        said = {"betrag": "0,01", "begruendung": reason, "jahr": "2025", "zweck": ""}
        page = self.body.press(MONEY, MONEY, *self._killing(random), **said)
        door = f"{page}/entscheiden"
        self.head.press(door, door, *self._killing(random))
        self.waived.append(reason)

    def table(self, number: int, random: Random) -> None:
        """Many parties are read in; the worker that writes them is killed, too."""
        name = f"Absturz {number}"
        rows = [self.columns, *(f"{name}-{row};{ROW}" for row in range(ROWS))]
        file = SimpleUploadedFile(f"{number}.csv", "\r\n".join(rows).encode())
        said = {"source": "Liste", "reference_date": "30.06.2025", "file": file}
        page = self.officer.press(TABLE, TABLE, *self._killing(random), **said)
        door = f"{page}/uebernehmen"
        job = self.officer.press(door, door, *self._killing(random))
        self._killed_while_working(job, random)
        self.tables.append(name)

    def conclusion(self, number: int, random: Random) -> None:
        """A conclusion that all have signed is concluded, on paper or in the file.

        In the file takes longest what is killed here: it is examined again within the act.
        """
        way = "paper" if number % 2 else "electronic"
        pk, verdicts = map(int, self.site.world.shell(READY.format(way=way)).split())
        page = f"/arbeit/abschluesse/{pk}"
        door = f"{page}/abschliessen"
        who = random.choice(("web", "database", "all"))
        moment = random.uniform(0, 0.4 if way == "paper" else 2.5)

        def both_or_neither() -> None:
            became = BECAME.format(pk=pk, verdicts=verdicts)
            state, *agreeing = self.site.world.shell(became).split()
            assert agreeing == ["True"] * 4, (way, who, state, agreeing)
            told = visible(self.officer.get(page))
            assert ("Ergebnis" in told) == (state == "concluded")
            assert ("geschlossen" if state == "concluded" else "Unterschriften vollständig") in told
            self.cut_short += state != "concluded"

        self.head.press(door, door, lambda: self.site.kill(who), moment, both_or_neither)
        both_or_neither()

    def _killed_while_working(self, job: str, random: Random) -> None:
        for _ in range(random.randrange(30)):  # looks at its page
            self.officer.get(job)
        self.site.kill("worker")
        self.site.stand_up()
        self.site.world.shell(LATER)
        while "hx-trigger" in self.officer.get(job):
            pass

    def _killing(self, random: Random) -> tuple[Callable[[], None], float]:
        who = random.choice(("web", "database", "all"))
        return lambda: self.site.kill(who), random.choice((0.0, random.uniform(0, 0.15)))


ROW = "Träger;06435;;;"


def test_whoever_is_killed_nothing_is_lost_and_nothing_done_twice(
    pytestconfig: pytest.Config,
) -> None:
    is_long, random = bool(pytestconfig.getoption("--exhaustive")), Random(11)
    with kept_up() as site, ThreadPoolExecutor(1) as thread:
        work = Work(site, thread)
        for number in range(LONG if is_long else SHORT):
            (work.money, work.table, work.conclusion)[number % 3](number, random)
        waived, written = site.world.shell(DONE).splitlines()
        assert waived == str([((reason, "ordered"), 1) for reason in sorted(work.waived)])
        assert written == f"{[(name, ROWS) for name in sorted(work.tables)]} 0"
        assert work.interrupted
        assert "Die Bücher stimmen." in site.world.command("ledger", "check")
        assert "unversehrt" in site.world.command("audit", "verify")
