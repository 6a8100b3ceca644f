"""Every place where a figure of the year stands, read as people read it, and held to the model.

Pages, the files that can be taken away from them, the bookings behind an amount, the table of a
picture, what is public, and the command line. All that differs is told at once: where, under what
word, of what, what it must be and what it is.
"""

import contextlib
import io
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.conf import settings as site
from django.test import Client
from django.urls import reverse

from tests.journeys import shown
from tests.journeys.things import Thing
from tests.journeys.watcher import COUNTS, PLACES, WORDS, Watcher
from tests.journeys.year.truth import Truth
from tests.journeys.year.walk import Walk
from tests.stage import signed_in
from zielwerk.adjustments.models import Adjustment
from zielwerk.agreements import queries as recorded
from zielwerk.allocation.models import BodyAllocation, Scenario
from zielwerk.config.cli import main
from zielwerk.language import translate
from zielwerk.packs import loading as packs

NOT_JUDGED = COUNTS - {"bodies_allocated", "bodies_recorded", "bodies_published"}
PROOFS = (("ledger", "check"), ("budget", "check"), ("audit", "verify"))
BOOKS = {
    "Ermächtigung: Mittel": ("authorisation", False),
    "Ermächtigung: Verpflichtungen": ("authorisation", True),
    "Planung: Mittel": ("planning", False),
    "Planung: Verpflichtungen": ("planning", True),
    "Bindung: Mittel": ("commitment", False),
    "Bindung: Verpflichtungen": ("commitment", True),
}
OWN_SHARE = "Eigenanteil"
ONE_PLACE = {"verfällt", "danach ungedeckt", "davon nicht ausgezahlt", OWN_SHARE}
"""What only one page tells: a closing that is foreseen, the paper of an agreement."""
OF_HISTORY = ", erfasst am "
CAME, WENT = " (Herkunft)", " (Abgang)"


class Difference(NamedTuple):
    """A figure that is not what it must be."""

    step: str
    place: str
    word: str
    of: str
    expected: object
    shown: object


@dataclass
class Reading:
    """All that was compared so far, and what differed."""

    walk: Walk
    compared: int = 0
    acts: int = 0
    differences: list[Difference] = field(default_factory=list)
    known: dict[str, int] = field(default_factory=dict)
    """What the model said of a page's figures when it was opened last, for each address."""
    began: float = field(default_factory=time.process_time)
    last: int = 0
    """All that the model said when anything was read last."""

    def after(self, step: str, *, everywhere: bool) -> None:
        """Read the places anew after a step: ``everywhere``, or only where all money is told."""
        self.acts += 1
        notes = self.walk.notes
        told = (notes.decided, notes.agreements, notes.published, notes.moves, notes.open_moves)
        all_of_it = news(notes.of(), len(notes.journal), told)
        if all_of_it == self.last and not everywhere:
            return  # nothing could be done: no figure anywhere can have changed
        self.last = all_of_it
        for watcher in everybody(self.walk) if everywhere else [self.at_a_glance()]:
            self.judge(step, watcher)
        told = drilled(self.walk) if everywhere else pictured(self.walk)
        for place, word, expected, found in told:
            self.compared += 1
            if expected != found:
                self.differences.append(Difference(step, place, word, "", expected, found))

    def begin_anew(self) -> None:
        """Another year begins from the same day: of what was seen, nothing is known."""
        self.differences.clear()
        self.known.clear()
        self.last = 0

    def at_a_glance(self) -> Watcher:
        """The ministry opens the pages that tell of all money, where there is news; of files none.

        A page whose figures the model left as they were is opened after the next act that
        changes them, and where every place is read.
        """
        watcher = Watcher("the ministry", signed_in(self.walk.cast.head), "de")
        for address, of, figures in glanced(self.walk):
            if self.known.get(address) != figures:
                self.known[address] = figures
                watcher.page(address, of)
        return watcher

    def judge(self, step: str, watcher: Watcher) -> None:
        """Hold what somebody saw to the model, and where it is silent, to the other places."""
        bodies = {one.ags for one in packs.bodies(site.PROGRAMME)}
        truth = Truth(self.walk, set(PLACES), bodies)
        others: dict[tuple[str, Thing], tuple[int, str]] = {}
        for one in watcher.seen:
            if one.code in NOT_JUDGED:
                continue
            expected, where = truth.of(one.code, one.of), one.where
            if expected is None:
                expected, there = others.setdefault((one.code, one.of), (one.value, one.where))
                where = f"{one.where} (beside {there})"
            self.compared += 1
            if expected != one.value:
                said = (where, WORDS[one.code], str(one.of), expected, one.value)
                self.differences.append(Difference(step, *said))
        rules = (packs.load(site.PROGRAMME, year) for year in packs.years(site.PROGRAMME))
        purposes = {purpose.label for each in rules for purpose in each.earmarks}
        for word, where in sorted(watcher.strange):
            if word in purposes | ONE_PLACE or OF_HISTORY in word:
                continue
            self.differences.append(Difference(step, where, word, "", "a known word", "unknown"))

    def figures(self, years: int) -> dict[str, int]:
        """What was done and compared, for the measured figures."""
        found = {"years": years, "acts": self.acts, "compared": self.compared}
        found["milliseconds"] = round((time.process_time() - self.began) * 1000)
        return {**found, "differences": len(self.differences)}

    def report(self) -> str:
        """All differences, the same word in the same place once for all steps."""
        told: dict[tuple[str, str, str], list[Difference]] = defaultdict(list)
        for one in self.differences:
            told[one.place, one.word, one.of].append(one)
        return "\n".join(
            f"{place} | {word} | {of}: expected {ones[0].expected}, shown {ones[0].shown} "
            f"(first after {ones[0].step!r}, {len(ones)} times)"
            for (place, word, of), ones in told.items()
        )


def glanced(walk: Walk) -> Iterator[tuple[str, Thing, int]]:
    """Pages that tell of all money, and all that the model says of what each of them shows."""
    notes = walk.notes
    papers, moves = (notes.agreements, notes.published), (notes.moves, notes.open_moves)
    for year in (walk.year, walk.year + 1):
        of_year = news(notes.of("planning", year), papers)
        yield f"/arbeit/jahr/{year}", Thing(year=year, ags="*"), of_year
        of = Thing(book="authorisation", budget_year=year, due_year=0)
        of_budget = news(notes.of("authorisation"), notes.of("planning"))
        yield f"/arbeit/haushalt?jahr={year}", of, of_budget
    for group in ("programmjahr", "ags"):
        yield f"/arbeit/buecher?gruppe={group}", Thing(), news(notes.of())
    yield "/arbeit/zuweisungen", Thing(), news(notes.of("planning"), notes.decided)
    yield "/arbeit/vereinbarungen", Thing(), news(papers)
    yield "/arbeit/mittelaenderungen", Thing(), news(notes.of("planning"), moves)


def news(*told: object) -> int:
    """One number for all of this; another one as soon as any of it changes."""
    return hash(repr(told))


# --- pages and files ----------------------------------------------------------------------


def everybody(walk: Walk) -> Iterator[Watcher]:
    """The ministry, a body, and who has no account; each opens what is theirs."""
    for person in (walk.cast.head, walk.cast.body):
        watcher = Watcher(person.email, signed_in(person), "de")
        of_everybody(watcher, walk, person.ags)
        if not person.ags:
            of_the_ministry(watcher, walk)
        yield watcher
    public = Watcher("the public", Client(), "de")
    public.page("/", file=False)
    public.file(reverse("publication:list_csv"))
    for agreement in recorded.standing():
        if (agreement.year, agreement.ags) in walk.notes.published:
            of = Thing(year=agreement.year, ags=agreement.ags)
            address = reverse("publication:edition", args=[agreement.year, agreement.ags, 1])
            public.page(address, of)
    yield public


def of_everybody(watcher: Watcher, walk: Walk, own: str) -> None:
    """What every organisation of the programme may open, each its own part of it."""
    mine = Thing(ags=own or None)
    for year in (walk.year, walk.year + 1):
        watcher.page(f"/arbeit/jahr/{year}", Thing(year=year, ags=own or "*"), file=True)
        watcher.page(f"/arbeit/zuweisungen?jahr={year}", mine, file=True)
    for address in ("buecher", "buecher?gruppe=programmjahr", "buecher?gruppe=ags"):
        watcher.page(f"/arbeit/{address}", mine, file=True)
    for address in ("vereinbarungen", "mittelaenderungen"):
        watcher.page(f"/arbeit/{address}", mine, file=True)
    for agreement in recorded.standing().filter(**({"ags": own} if own else {})):
        of = Thing(year=agreement.year, ags=agreement.ags)
        watcher.page(f"/arbeit/vereinbarungen/{agreement.year}/{agreement.ags}", of)
    agreed = {ags for _, ags in walk.notes.agreements}
    for given in BodyAllocation.objects.filter(ags__in=[own] if own else agreed):
        of = Thing(ags=given.ags, scenario=given.scenario.file_number)
        watcher.page(f"/arbeit/zuweisungen/{given.pk}", of)
    if own:
        watcher.page("/arbeit/mittelaenderungen/verzicht", mine)


def of_the_ministry(watcher: Watcher, walk: Walk) -> None:
    """What only the ministry opens: budget, scenarios, moves to declare."""
    for year in (walk.year, walk.year + 1):
        of = Thing(book="authorisation", budget_year=year, due_year=0)
        watcher.page(f"/arbeit/haushalt?jahr={year}", of, file=True)
    if walk.now.year > walk.year:
        watcher.page(f"/arbeit/haushalt/{walk.year}/abschliessen", Thing(budget_year=walk.year))
    watcher.page("/arbeit/verteilung", file=True)
    for one in Scenario.objects.order_by("pk"):
        of = Thing(year=one.year, earmark=one.earmark, scenario=one.file_number)
        watcher.page(f"/arbeit/verteilung/{one.pk}", of, file=True)
    for move in Adjustment.objects.all():
        watcher.page(f"/arbeit/mittelaenderungen/{move.pk}", Thing(case=move.file_number))
    for kind in ("umverteilung", "deckung"):
        watcher.page(f"/arbeit/mittelaenderungen/{kind}")


# --- the bookings behind an amount, the picture, the command line -------------------------

Told = tuple[str, str, object, object]


def ribbons(grids: Sequence[shown.Grid]) -> Iterator[tuple[str, tuple[str, str], shown.Cell]]:
    """The picture's flows as its table tells them: of which book, from where to where."""
    for grid in grids:
        if [cell.text for cell in grid.headings] == ["Von", "Nach", "Betrag"]:
            for source, target, amount in grid.rows:
                ends = source.text.removesuffix(CAME), target.text.removesuffix(WENT)
                yield grid.above, ends, amount


def pictured(walk: Walk) -> Iterator[Told]:
    """The picture of the books, and what the commands say."""
    page = shown.Page(signed_in(walk.cast.head).get("/arbeit/buecher").content.decode())
    for book, ends, cell in ribbons(page.grids):
        (amount,) = shown.amounts(cell.text, "de")
        yield f"picture, {book}", " → ".join(ends), flowed(walk, BOOKS[book], *ends), amount
    yield from proofs()


def drilled(walk: Walk) -> Iterator[Told]:
    """Behind each amount of the books and of their picture stand bookings that come to it."""
    yield from pictured(walk)
    client = signed_in(walk.cast.head)
    page = shown.Page(client.get("/arbeit/buecher").content.decode())
    for book, ends, cell in ribbons(page.grids):
        (amount,) = shown.amounts(cell.text, "de")
        there = between(client, cell.links[0], *ends)
        yield f"bookings behind the picture, {book}", " → ".join(ends), amount, there
    names = sorted((translate(name, "de") for name in PLACES.values()), key=len, reverse=True)
    for grid in page.grids:
        for first, last in ((row[0], row[-1]) for row in grid.rows if len(row) == 2):
            if not last.links:
                continue
            place = next(name for name in names if first.text.startswith(name))
            there = moved(client, last.links[0], grid.above, place)
            yield f"bookings behind {grid.above}", place, shown.amounts(last.text, "de")[0], there


def flowed(walk: Walk, book: tuple[str, bool], source: str, target: str) -> int:
    """What flowed from one place to another by the model, whatever flowed back."""
    codes = {translate(name, "de"): code for code, name in PLACES.items()}
    return sum(
        cents
        for (one, other), cents in walk.notes.flows.items()
        if (one.book, bool(one.due_year)) == book
        and (one.place, other.place) == (codes[source], codes[target])
    )


def moved(client: Client, address: str, book: str, place: str) -> int:
    """What the bookings of a list brought to a place of a book, less what they took from it.

    Where authority is redeemed, money of one part of the book becomes that of the other.
    """
    grid, total = shown.file(client.get(f"{address}&export=csv").getvalue()), 0
    titles = [cell.text for cell in grid.headings]
    for row in grid.rows:
        said = {title: cell.text for title, cell in zip(titles, row, strict=True)}
        cents = shown.amounts(said["Betrag"], "csv")[0]
        if said["Von"] == said["Nach"] == place:
            is_out = said["Buch"] == book
            total += (-cents if is_out else cents) if said["Art"] == "Einlösung" else 0
        else:
            total += cents * ((said["Nach"] == place) - (said["Von"] == place))
    return total


def between(client: Client, address: str, source: str, target: str) -> int:
    """The sum of the bookings of a list from one place to another."""
    grid = shown.file(client.get(f"{address}&export=csv").getvalue())
    titles = [cell.text for cell in grid.headings]
    rows = ({t: cell.text for t, cell in zip(titles, row, strict=True)} for row in grid.rows)
    found = (row["Betrag"] for row in rows if (row["Von"], row["Nach"]) == (source, target))
    return sum(shown.amounts(text, "csv")[0] for text in found)


def proofs() -> Iterator[Told]:
    """The commands that prove the books, the budget and the log: each done, without a fault."""
    for command in PROOFS:
        said = io.StringIO()
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            code = main(list(command))
        yield f"zielwerk {' '.join(command)}", "exit code", 0, (code and said.getvalue()) or code
