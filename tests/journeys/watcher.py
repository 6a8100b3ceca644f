"""Somebody who opens pages and files and notes every figure there: under what word, of what."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from django.conf import settings as site
from django.test import Client

import zielwerk
from tests.journeys import shown
from tests.journeys.things import LATER, MONEY, UNKNOWN, Thing
from zielwerk.allocation.models import BodyAllocation
from zielwerk.budget import queries as budgets
from zielwerk.language import translate
from zielwerk.ledger.models import Book
from zielwerk.ledger.queries import labels
from zielwerk.packs import loading as packs
from zielwerk.packs import naming

GLOSSARY = tomllib.loads((Path(zielwerk.__file__).parent / "glossary.toml").read_text())
FIGURES, PLACES = (
    {code: row["de"] for code, row in GLOSSARY[part].items()} for part in ("figures", "places")
)
WORDS = FIGURES | PLACES
COUNTS = {code for code in WORDS if code.startswith("bodies_")}
COUNTS |= {"measures", "carried_out", "assumptions", "rows", "by_hand"}
# What programs read has names of its own, that stay.
MACHINE = {"vereinbarter_betrag": "agreement_amount", "massnahmen": "measures"}
PERCENT = {"de": " in Prozent", "en": " in per cent"}  # of the figure named before
FORMS = {MONEY: "Barmittel", LATER: "Ermächtigung", UNKNOWN: "Mittelart nicht bekannt"}
OF_FIGURE = {"of_money": MONEY, "of_authority": LATER, "of_unknown": UNKNOWN}  # of one before
CLOSING = {"at_hand", "covers", "spends", "lapses", "unpaid", "lacking_after"}
CARD = re.compile(r"(20[0-9]{2}): (.+)")  # the heading of a body's money on its desk
AGS = re.compile(r"\b(?:06|91|SL)[0-9]{3}\b")
WITHIN = "Innerhalb eines Ortes bewegt, von einer Zuordnung zu einer anderen:"
PREFIXES = {
    packs.programme(programme).prefix(procedure)
    for programme, _ in packs.available()
    for procedure in ("allocation", "adjustment")
}
NUMBER = re.compile(rf"\b(?:{'|'.join(sorted(PREFIXES))})-[0-9]{{4}}-[0-9]{{4}}\b")


def told(lines: Sequence[shown.Line], within: str) -> Iterator[shown.Line]:
    """The lines of a page but those that say what moved within a place, and is not there."""
    moved = False
    for line in lines:
        moved = line.text == within or (moved and line.text.count(": ") == 1)
        if not moved:
            yield line


@dataclass(frozen=True)
class Sighting:
    """A figure as somebody saw it: under what word, of what, where."""

    code: str
    of: Thing
    value: int
    where: str


@dataclass
class Watcher:
    """Opens pages as one person in one language and notes every figure there."""

    who: str
    client: Client
    language: str
    seen: list[Sighting] = field(default_factory=list)
    met: set[str] = field(default_factory=set)  # figures whose word stood above a column
    strange: set[tuple[str, str]] = field(default_factory=set)  # amounts under unknown words

    def say(self, msgid: str) -> str:
        return translate(msgid, self.language)

    @cached_property
    def words(self) -> dict[str, str]:
        """Codes of figures by what they are called, in small letters."""
        found = {self.say(word).casefold(): code for code, word in WORDS.items()}
        assert len(found) == len(WORDS), "one word for two figures"
        return found

    @cached_property
    def columns(self) -> dict[str, str]:
        """What a column narrows down."""
        names = {"Programmjahr": "year", "Jahr": "year", "Zweckbindung": "earmark"}
        names |= {"Haushaltsstelle": "budget_line", "Haushaltsjahr": "budget_year"}
        names[budgets.line_word(site.PROGRAMME)] = "budget_line"
        names |= {"Fälligkeitsjahr": "due_year", "Mittelherkunft": "source", "Buch": "book"}
        names |= {"Gebietskörperschaft": "ags", "Bei wem": "ags", "Verteilt werden": "earmark"}
        names |= {"jahr": "year", "Mittelart": "tranche", "Stand": "purpose"}
        return {self.say(title): name for title, name in names.items()}

    @cached_property
    def codes(self) -> dict[str, str]:
        """Codes of purposes, sources and of the state by what they are called."""
        known = labels.names(site.PROGRAMME).by_dimension
        coded = [item for name in ("earmark", "source") for item in known[name].items()]
        found = {form: code for code, text in coded for form in (text, self.say(text))}
        territory = packs.programme(site.PROGRAMME).territory
        without = ("Mittel ohne Zweckbindung", labels.NOWHERE, territory)
        return found | {form: "" for text in without for form in (text, self.say(text))}

    @cached_property
    def bodies(self) -> dict[str, str]:
        """Keys of bodies by the short names under which pages show them, longest first."""
        names = naming.names(site.PROGRAMME)
        found = {names[ags].short: ags for ags in names}
        return dict(sorted(found.items(), key=lambda item: -len(item[0])))

    def body(self, text: str) -> str:
        """The key of the body whose name a cell begins with; empty where it names none."""
        return next((ags for name, ags in self.bodies.items() if text.startswith(name)), "")

    @cached_property
    def books(self) -> dict[str, dict[str, Any]]:
        """What the names of books narrow down: the budget's money and its authority are apart."""
        return {
            self.say("Planung"): {"book": Book.PLANNING},
            self.say("Planung: Mittel"): {"book": Book.PLANNING, "due_year": 0},
            self.say("Planung: Verpflichtungen"): {"book": Book.PLANNING, "due_year": LATER},
            self.say("Bindung: Mittel"): {"book": Book.COMMITMENT, "due_year": 0},
            self.say("Bindung: Verpflichtungen"): {"book": Book.COMMITMENT, "due_year": LATER},
            self.say(labels.MONEY): {"book": Book.AUTHORISATION, "due_year": 0},
            self.say(labels.AUTHORITY): {"book": Book.AUTHORISATION, "due_year": LATER},
        }

    def code(self, title: str) -> str:
        """The figure that a heading names; amounts of a scenario also say its number."""
        title = NUMBER.sub("", title).removesuffix(PERCENT[self.language]).strip()
        title = self.whole(title)[0]
        return MACHINE.get(title) or self.words.get(title.casefold(), "")

    def whole(self, title: str) -> tuple[str, int | None]:
        """The figure of which a heading tells one form, and that form as a due year."""
        for due_year, name in FORMS.items():
            suffix = self.say(f"{{what}}: {name}").removeprefix("{what}")
            if title.endswith(suffix):
                return title.removesuffix(suffix), due_year
        return title, None

    # --- reading ------------------------------------------------------------------------

    def open(self, address: str) -> bytes:
        answer = self.client.get(address, headers={"Accept-Language": self.language})
        assert answer.status_code == 200, f"{self.who} {address}: {answer.status_code}"
        return bytes(answer.getvalue())

    def page(self, address: str, of: Thing | None = None, *, file: bool = False) -> None:
        """A page with all it shows; where it can be taken away, the file too."""
        of = of or Thing()
        self.read(self.open(address).decode(), of, f"{self.who}, {self.language}: {address}")
        if file:
            exported = f"{address}{'&' if '?' in address else '?'}export=csv"
            self.file(exported, of)

    def read(self, html: str, of: Thing, where: str) -> None:
        page = shown.Page(html)
        for grid in page.grids:
            about = replace(of, **self.books.get(grid.above, {}))
            self.grid(grid, about, where, self.language)
        cards = self.cards(page.lines)
        for line in told(page.lines, self.say(WITHIN)):
            self.line(line, replace(of, **cards.get(line.above, {})), where)
        self.sum_up("left", of, where)
        self.fold(CLOSING, where)

    def cards(self, lines: Sequence[shown.Line]) -> dict[str, dict[str, Any]]:
        """What the cards of a body's money are about: a decided scenario, which one line names."""
        found = {}
        for line in lines:
            card, number = CARD.fullmatch(line.above), NUMBER.search(line.text)
            if card and number:
                about = {"year": int(card[1]), "earmark": self.codes[card[2]]}
                found.setdefault(line.above, {**about, "scenario": number[0]})
        return found

    def file(self, address: str, of: Thing | None = None) -> None:
        where = f"{self.who}, {self.language}: {address}"
        self.grid(shown.file(self.open(address)), of or Thing(), where, "csv")
        self.fold(CLOSING, where)

    def sum_up(self, code: str, of: Thing, where: str) -> None:
        """What a page tells line by line, as one figure."""
        parts = [one for one in self.seen if one.code == code and one.where == where]
        if parts:
            self.seen = [one for one in self.seen if one not in parts]
            self.add(code, of, sum(one.value for one in parts), where)

    def fold(self, codes: set[str], where: str) -> None:
        """What a page tells place by place of one thing, as one figure."""
        parts = [one for one in self.seen if one.code in codes and one.where == where]
        self.seen = [one for one in self.seen if one not in parts]
        for code, of in dict.fromkeys((one.code, one.of) for one in parts):
            cents = sum(one.value for one in parts if (one.code, one.of) == (code, of))
            self.add(code, of, cents, where)

    def tally(self, address: str, title: str, code: str, of: Thing) -> None:
        """How many rows of a file say yes."""
        grid = shown.file(self.open(f"{address}?export=csv"))
        column = [cell.text for cell in grid.headings].index(self.say(title))
        yes = sum(row[column].text == self.say("ja") for row in grid.rows)
        self.add(code, of, yes, f"{self.who}, {self.language}: {address} as CSV")

    def grid(self, grid: shown.Grid, of: Thing, where: str, kind: str) -> None:
        titles = [cell.text for cell in grid.headings]
        self.met |= {self.code(title) for title in titles}
        for number, cell in enumerate(grid.headings):
            column = [row[number].text for row in grid.rows if number < len(row)]
            is_share = cell.text == self.say("Prozent")  # of the figure beside it
            is_amount = not is_share and (
                cell.is_amount or any(shown.is_amount(text, kind) for text in column)
            )
            if is_amount and not self.code(cell.text) and not self.is_named_by_row(titles, number):
                self.strange.add((cell.text, where))
        # The history of an amount ends with the row of what holds.
        holds = -1 if self.say("Beruht auf") in titles else 0
        for row in grid.rows[holds:]:
            self.row(titles, row, of, where, kind)

    def is_named_by_row(self, titles: list[str], number: int) -> bool:
        """Whether each row says itself what the figures in its columns are."""
        return number > 0 and titles[0] in (self.say("Angabe"), self.say("Feld"))

    def row(
        self, titles: list[str], row: list[shown.Cell], of: Thing, where: str, kind: str
    ) -> None:
        of = self.narrowed(titles, row, of)
        place = self.say("Ort")
        named = row[titles.index(place)].text if place in titles else ""
        last = ""  # the figure before
        for title, cell in zip(titles, row, strict=False):
            code, form = self.code(title), self.whole(title)[1]
            if code in OF_FIGURE:
                part = replace(of, due_year=OF_FIGURE[code])
                self.note(last, part, cell.text, where, kind)
                continue
            last = code or last
            if form is not None:
                self.note(code, replace(of, due_year=form), cell.text, where, kind)
                continue
            if titles[0] == self.say("Angabe") and (scenario := NUMBER.fullmatch(title)):
                code, of = self.code(row[0].text), replace(of, scenario=scenario[0])
            elif number := NUMBER.search(title):
                of = replace(of, scenario=number[0])
            if code == "amount" and named:
                code = self.begun_by(named)
            if title.endswith(PERCENT[self.language]) or code == "result":
                continue  # a part of a figure, or what the step beside it says
            if code == "amount" and not of.is_one:
                continue  # what flowed between two places
            if code == "scenario_gap":
                both = dict.fromkeys(NUMBER.findall(" ".join(titles)))
                of = replace(of, scenario=" ".join(both))
            self.note(code, of, cell.text, where, kind)
            if code:
                self.inside(cell.text, of, where, kind)

    def begun_by(self, text: str) -> str:
        """The figure with whose name a text begins, marks behind it left aside."""
        if text == self.say("außerhalb der Auswahl"):  # not what came from outside the books
            return ""
        found = [word for word in self.words if text.casefold().startswith(word)]
        return self.words[max(found, key=len)] if found else ""

    def narrowed(self, titles: list[str], row: list[shown.Cell], of: Thing) -> Thing:
        """What a row is about, by its other columns and by where its links lead."""
        given, tranche = dict[str, Any](), dict[str, int]()
        for title, cell in zip(titles, row, strict=False):
            name = self.columns.get(title, "")
            given |= self.by_column(name, cell.text)
            tranche |= self.tranche(cell.text) if name == "tranche" else {}
        whole = " ".join(text for cell in row for text in (cell.text, *cell.links))
        if found := AGS.search(whole):
            given["ags"] = found[0]
        if found := NUMBER.search(row[0].text if titles[0] == self.say("Aktenzeichen") else whole):
            given["case"] = given["scenario"] = found[0]
        if found := re.search(r"/zuweisungen/([0-9]+)", whole):
            given["scenario"] = BodyAllocation.objects.get(pk=found[1]).scenario.file_number
        if titles[0] == self.say("Nummer"):
            number = re.search("[0-9]+", row[0].text)
            given["transfer"] = int(number[0]) if number else 0
        if {"frame", "unpaid"} & set(map(self.code, titles)):  # among a budget's, and planning's
            given |= {"book": Book.PLANNING, "budget_year": None, "due_year": None}
        if tranche and (of.ags or not of.scenario):  # what a body has today
            given["scenario"] = ""
        if titles[0] == self.say("Ort") and of.year and of.ags:  # of a case, marked by kind
            is_authority = self.say("als Verpflichtungsermächtigung") in row[0].text
            given["due_year"] = LATER if is_authority else 0
        return replace(of, **{**given, **tranche})

    def by_column(self, name: str, text: str) -> dict[str, Any]:
        """What a cell of a column that names something narrows down."""
        if name == "book":
            return self.books.get(text, {})
        if name in ("year", "budget_year", "due_year"):
            return {name: int(text) if text.isdecimal() else 0}
        if name in ("earmark", "source", "ags") and text in self.codes:
            return {name: self.codes[text]}
        if name == "ags" and self.body(text):
            return {name: self.body(text)}
        if name == "purpose" and text in self.codes:  # of the state's own gap
            return {"earmark": self.codes[text]}
        return {name: text} if name == "budget_line" else {}

    def tranche(self, text: str) -> dict[str, int]:
        """Money of a budget year, or authority that is due in a later one."""
        years = [int(year) for year in re.findall("20[0-9]{2}", text)]
        if not years:
            return {"budget_year": 0, "due_year": 0}
        is_money = text.startswith(self.say("Barmittel {year}").partition(" {")[0])
        return {"budget_year": years[0], "due_year": 0} if is_money else {"due_year": years[0]}

    def is_tranche(self, text: str) -> bool:
        """Whether a text names a kind of money."""
        known = ("Barmittel {year}", "Verpflichtungsermächtigung, fällig {year}")
        begins = [self.say(one).partition("{")[0] for one in known]
        return text.startswith((*begins, self.say("Mittelart nicht bekannt")))

    def line(self, line: shown.Line, of: Thing, where: str) -> None:
        if year := re.search(r"\b20[0-9]{2}$", line.above):
            of = replace(of, year=of.year or int(year[0]))
        if line.term:
            code = self.code(line.term)
            self.met.add(code)
            if shown.first_amount(line.text, self.language) is not None and not code:
                self.strange.add((line.term, where))
            self.note(code, of, line.text, where, self.language)
        else:
            self.inside(line.text, of, where, self.language)

    def inside(self, text: str, of: Thing, where: str, kind: str) -> None:
        """Words that stand right before an amount, in a sentence or beside another one."""
        if kind == "csv":
            return
        for word, cents in shown.after(self.words, text, kind):
            self.add(self.words[word.casefold()], of, cents, where)
        for word, number in re.findall(r"(\w[\w ]+): ([0-9]+) ", text):
            if self.code(word) in COUNTS:
                self.add(self.code(word), of, int(number), where)

    def note(self, code: str, of: Thing, text: str, where: str, kind: str) -> None:
        parts = shown.named(text, kind)
        if code and parts and all(self.is_tranche(name) for _, name in parts):
            for cents, name in parts:
                self.add(code, replace(of, **self.tranche(name)), cents, where)
            return
        if code in COUNTS:
            number = re.match("[0-9]+", text)
            value = int(number[0]) if number else None
        else:
            value = shown.first_amount(text, kind)
        if code and value is not None:
            self.add(code, of, value, where)

    def add(self, code: str, of: Thing, value: int, where: str) -> None:
        self.met.add(code)
        self.seen.append(Sighting(code, of, value, where))
