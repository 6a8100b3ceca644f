"""A working day of a state's 400 people in ten minutes, on two web processes over two cores.

Everybody does 30 things at moments of her own: 60 of 100 times she reads a page of hers, 30 times
she acts (a note on a case, how she is told; who coordinates a body also waives a cent of its
money), 10 times she takes a document along. An act is the form and its answer. Who asks runs on
the same two cores, so the figures hold a little of its work. The limit beside is the same server's
bare answer (`/gesund`), asked for in between by somebody else.
"""

import http.client
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from tests.journeys.pages import forms

from bench.pages import PORT
from bench.start import wait_for

MINUTES, THINGS = 10, 30
SHARES = (("read", 60), ("act", 30), ("document", 10))
MOST, PAGE = 300, "p95 under 300 ms, no error"
PEOPLE = """
from django.utils import timezone
from zielwerk.config import world
from zielwerk.identity import actions
from zielwerk.identity.models import House
from zielwerk.packs import loading as packs
who, at = actions.Operator("cli:demo"), timezone.now()
def enrol(number, role, house, name):
    person = actions.Enrolment(f"tag{number}@example.org", f"Person {number}", "", role, name,
        house.ags, house.organisation_code, is_demo=True)
    print(actions.enrol(who, person, at=at).pk, role)
bodies = list(packs.bodies_in("aqb_hessen", 2026))
for number in range(400):
    if number < 22:
        enrol(number, "ministry_editor", House("ministry"), "Ministerium")
    else:
        body = bodies[number % len(bodies)]
        role = ("body_coordinator", "body_finance", "body_approver")[number // len(bodies) % 3]
        enrol(number, role, House("body", ags=body.ags), body.name)
"""
READ = (
    *("/arbeit/", "/arbeit/jahr/2026", "/arbeit/vereinbarungen", "/arbeit/massnahmen"),
    *("/arbeit/zuweisungen", "/arbeit/mittelaenderungen", "/arbeit/vermerke", "/arbeit/buecher"),
    *("/arbeit/nachrichten", "/arbeit/konto", "/zielvereinbarungen", "/arbeit/personen"),
)
DOCUMENTS = (
    *("/zielvereinbarungen/2024/06435.pdf", "/zielvereinbarungen.csv"),
    *("/arbeit/zuweisungen?export=xlsx", "/arbeit/vereinbarungen?export=csv"),
)
WAIVE, TOLD = "/arbeit/mittelaenderungen/verzicht", "/arbeit/konto/zustellung"
CASES = (("/arbeit/mittelaenderungen", "adjustment"), ("/arbeit/veroeffentlichungen", "edition"))
Row = tuple[str, ...]


@dataclass
class Day:
    """What everybody got."""

    spent: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)


@dataclass
class Person:
    """Somebody at a browser."""

    number: str
    role: str
    day: Day
    random: random.Random
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, fields: dict[str, str] | None = None) -> tuple[int, str]:
        body = urlencode(fields) if fields else None
        headers = {"Cookie": "; ".join(f"{name}={text}" for name, text in self.cookies.items())}
        if fields:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        line = http.client.HTTPConnection("127.0.0.1", int(PORT), timeout=60)
        line.request(method, path, body, headers)
        answer = line.getresponse()
        content = answer.read()
        for name, text in answer.getheaders():
            if name == "Set-Cookie":
                key, _, rest = text.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        line.close()
        is_page = "html" in answer.headers.get("Content-Type", "")
        return answer.status, content.decode() if is_page else ""

    def sign_in(self) -> None:
        _, page = self.ask("GET", "/anmelden")
        fields = next(f.fields for f in forms(page, "/anmelden") if "person" in f.fields)
        self.ask("POST", "/anmelden/vorfuehrung", {**fields, "person": self.number})

    def measured(self, kind: str, method: str, path: str, **more: dict[str, str]) -> str:
        began = time.perf_counter()
        status, page = self.ask(method, path, **more)
        self.day.spent[kind].append((time.perf_counter() - began) * 1000)
        if status != (302 if method == "POST" else 200):
            self.day.errors.append(f"{self.role} {method} {path}: {status}")
        return page

    def do(self) -> None:
        names, weights = zip(*SHARES, strict=True)
        (kind,) = self.random.choices(names, weights)
        if kind == "act":
            self.act()
        else:
            self.measured(kind, "GET", self.random.choice(READ if kind == "read" else DOCUMENTS))

    def act(self) -> None:
        """A note on a case; where she has none, a cent of the money or how she is told."""
        cases, kind = CASES[self.role == "ministry_editor"]
        page = self.measured("read", "GET", cases)
        links = [part.partition('"')[0] for part in page.split(f'href="{cases}/')[1:]]
        pk = next((link for link in links if link.isdecimal()), "")
        is_coordinator = self.role == "body_coordinator"
        if is_coordinator and (not pk or self.random.random() < 0.3):
            page = self.measured("act", "GET", WAIVE)
            said = {"betrag": "0,01", "begruendung": "Ein Kurs kommt nicht zustande"}
            return self.send(page, WAIVE, {**said, "jahr": "2026", "zweck": ""})
        if not pk:
            page = self.measured("act", "GET", TOLD)
            return self.send(page, TOLD, {"stunde": str(self.random.randrange(7, 18))})
        door = f"/arbeit/vermerke/neu?zu={kind}:{pk}"
        page = self.measured("act", "GET", door)
        return self.send(page, door, {"leser": "internal", "text": "Angerufen, Rückruf morgen."})

    def send(self, page: str, door: str, said: dict[str, str]) -> None:
        action = urlsplit(door).path
        form = next(f for f in forms(page, door) if any(p.startswith(action) for p in f.posts))
        self.measured("act", "POST", form.posts[-1], fields={**form.fields, **said})


def run() -> list[Row]:
    zielwerk = os.path.join(os.path.dirname(sys.executable), "zielwerk")
    with tempfile.TemporaryDirectory() as folder:
        around = {**os.environ, "ZIELWERK_DATA": folder, "ZIELWERK_LOG": "text"}
        subprocess.run([zielwerk, "demo", "prepare"], env=around, check=True, capture_output=True)
        shell = [zielwerk, "django", "shell", "--verbosity", "0", "-c", PEOPLE]
        made = subprocess.run(shell, env=around, check=True, capture_output=True, text=True)
        with open(os.path.join(folder, "log"), "w") as log:
            server = subprocess.Popen(
                [zielwerk, "serve", "--port", PORT, "--workers", "2"],
                env=around,
                stdout=log,
                stderr=log,
            )
            try:
                wait_for(f"http://127.0.0.1:{PORT}/gesund")
                return list(rows(lived([line.split() for line in made.stdout.splitlines()])))
            finally:
                server.terminate()
                server.wait(30)


def lived(people: list[list[str]]) -> Day:
    """The day: everybody's things at moments of her own."""
    day, dice = Day(), random.Random(11)
    everybody = [Person(pk, role, day, random.Random(f"day {pk}")) for pk, role in people]
    for person in everybody:
        person.sign_in()
    moments = sorted(
        (dice.uniform(0, MINUTES * 60), number)
        for number in range(len(everybody))
        for _ in range(THINGS)
    )
    bare = Person("", "nobody", day, dice)
    began, running = time.perf_counter(), []
    for count, (moment, number) in enumerate(moments):
        time.sleep(max(0, began + moment - time.perf_counter()))
        doing = threading.Thread(target=lasting, args=(everybody[number], day))
        doing.start()
        running.append(doing)
        if count % 50 == 0:
            bare.measured("bare", "GET", "/gesund")
    for doing in running:
        doing.join()
    return day


def lasting(person: Person, day: Day) -> None:
    try:
        person.do()
    except Exception as error:
        day.errors.append(f"{person.role}: {error!r}")


def rows(day: Day) -> list[Row]:
    found = []
    for kind, label in (("read", "reading"), ("act", "acting"), ("document", "documents")):
        spent = sorted(day.spent[kind])
        p95, bare = quantile(spent), statistics.median(day.spent["bare"])
        found.append(
            (
                f"{label}: {len(spent):,} requests in {MINUTES} minutes",
                f"median {statistics.median(spent):.0f} ms, p95 {p95:.0f} ms",
                f"the bare answer {bare:.0f} ms",
                PAGE + ("" if p95 < MOST else ", **over**"),
            )
        )
    told = "; ".join(sorted(set(day.errors))[:3])
    return [*found, ("errors", f"{len(day.errors)} {told}".strip(), "", "0")]


def quantile(spent: list[float]) -> float:
    return spent[int(len(spent) * 0.95)]
