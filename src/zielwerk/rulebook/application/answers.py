"""What was typed into an application, place by place, and what is read from it.

An answer is a text at a **place**, an address such as ``form`` or ``m/2/cost/staff/2026``. Texts
are kept as they are typed; :func:`read` makes the values of them and says of each text that it
cannot read why. A measure is there while its own place, ``m/2``, holds a text.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from zielwerk.rulebook.application.content import Application, AppliedMeasure, Cost, Income
from zielwerk.rulebook.money import MOST_TYPED, Cents, parse_euro
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.rulebook.writing import day_out_of_reach, is_within_reach

Answers = Mapping[str, str]
THERE = "yes"
"""The text that says yes: of a declaration, or of a measure that is there."""
ITSELF = "itself"
"""The text that says that the body itself carries a measure out."""
LONGEST = 4_000
"""Characters of one answer; more is no answer but a paper, which is attached."""
HEAD = ("form", "share", "early_start", "early_reason", "late_reason")
"""Places of the application itself, beside declarations and attachments."""
FIELDS = (
    *("title", "planned", "agreed", "type", "first_day", "last_day", "seats", "staff", "places"),
    *("language", "earmark", "passing_on", "carrier", "concept", "goals"),
)
"""What can be said of each measure, beside its costs and incomes."""
NOT_TYPED = frozenset({"planned", "agreed"})
"""Of these, what comes from elsewhere and nobody types."""
_PLACE = re.compile(
    rf"(?:{'|'.join(HEAD)}|declaration/[a-z0-9_]{{1,60}}|attachment/[a-z0-9_]{{1,60}}"
    rf"|m/[1-9][0-9]{{0,3}}(?:/(?:{'|'.join(FIELDS)}"
    r"|cost/[a-z0-9_]{1,60}/[0-9]{4}|income/[a-z0-9_]{1,60}/[0-9]{4}))?"
    r"|reason/[A-Za-z0-9_:/.+-]{1,140})"
)
_TABLE = re.compile(r"m/[1-9][0-9]{0,3}/(?:cost|income)")
_NUMBER = re.compile(r"[0-9]{1,6}")
_DECIMAL = re.compile(r"[0-9]{1,4}(?:[.,][0-9]{1,2})?")
_GERMAN_DAY = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")


@dataclass(frozen=True)
class Read:
    """What was read: the values, the texts that a measure has beside them, and what was not read.

    ``texts`` are concept and goals by place; ``unread`` says of places why their text is no value.
    """

    application: Application
    texts: Mapping[str, str] = field(default_factory=dict)
    unread: Mapping[str, Refusal] = field(default_factory=dict)


def is_place(text: str) -> bool:
    """Whether an address is one that an application can have."""
    return _PLACE.fullmatch(text) is not None


def is_part(text: str) -> bool:
    """Whether a question can be about it: a place, a measure, or one of its tables of amounts."""
    return is_place(text) or _TABLE.fullmatch(text) is not None


def keys_of(answers: Answers) -> tuple[str, ...]:
    """The keys of the measures that are there, in the order of their numbers."""
    found = (
        place.removeprefix("m/")
        for place, text in answers.items()
        if text and place.startswith("m/") and place.count("/") == 1
    )
    return tuple(sorted(found, key=int))


def next_key(answers: Answers) -> str:
    """The key of a further measure: one that none ever had, taken out ones included."""
    used = (int(place.split("/")[1]) for place in answers if place.startswith("m/"))
    return str(max(used, default=0) + 1)


def read(
    answers: Answers, year: int, attachments: Collection[str] = (), agreed: Collection[str] = ()
) -> Read:
    """The application of a programme year that these answers make.

    ``attachments`` are the codes of the papers that are there, ``agreed`` the file numbers of
    plans that the agreement in force names.
    """
    reader = _Reader(answers)
    measures = tuple(reader.measure(key, agreed) for key in keys_of(answers))
    declared = {place.split("/")[1] for place, text in answers.items() if _declares(place, text)}
    application = Application(
        year,
        form=answers.get("form", ""),
        share_percent=reader.value("share", parse_percent),
        early_start=reader.value("early_start", parse_day),
        early_reason=answers.get("early_reason", ""),
        declarations=frozenset(declared),
        attachments=frozenset(attachments),
        measures=measures,
    )
    return Read(application, reader.texts, reader.unread)


def _declares(place: str, text: str) -> bool:
    return place.startswith("declaration/") and text == THERE


class _Reader:
    """Reads places one by one and collects what it cannot read."""

    def __init__(self, answers: Answers) -> None:
        self.answers = answers
        self.texts: dict[str, str] = {}
        self.unread: dict[str, Refusal] = {}
        self.lines: dict[str, list[tuple[str, str]]] = defaultdict(list)  # by measure and table
        for place, text in answers.items():
            parts = place.split("/")
            if text and len(parts) == _LINE_PARTS:
                self.lines[f"{parts[1]}/{parts[2]}"].append((parts[3], parts[4]))

    def value(self, place: str, parse: Callable[[str], Any]) -> Any:
        """The value at a place; None where nothing stands there or it cannot be read."""
        text = self.answers.get(place, "").strip()
        if not text:
            return None
        try:
            return parse(text)
        except Refused as refused:
            self.unread[place] = refused.refusals[0]
            return None

    def measure(self, key: str, agreed: Collection[str]) -> AppliedMeasure:
        where = f"m/{key}"
        said = {name: self.answers.get(f"{where}/{name}", "").strip() for name in FIELDS}
        for name in ("concept", "goals"):
            if said[name]:
                self.texts[f"{where}/{name}"] = said[name]
        return AppliedMeasure(
            key,
            title=said["title"],
            planned=said["planned"],
            agreed=bool(said["planned"]) and said["planned"] in agreed,
            type=said["type"],
            first_day=self.value(f"{where}/first_day", parse_day),
            last_day=self.value(f"{where}/last_day", parse_day),
            seats=self.value(f"{where}/seats", parse_number),
            staff=self.value(f"{where}/staff", parse_posts),
            places=said["places"],
            language=said["language"],
            earmark=said["earmark"],
            passing_on=said["passing_on"],
            carrier="" if said["carrier"] == ITSELF else said["carrier"],
            costs=tuple(Cost(*line) for line in self._amounts(key, "cost")),
            incomes=tuple(Income(*line) for line in self._amounts(key, "income")),
        )

    def _amounts(self, key: str, table: str) -> Iterator[tuple[str, int, int]]:
        for code, year in sorted(self.lines[f"{key}/{table}"]):
            cents = self.value(f"m/{key}/{table}/{code}/{year}", parse_amount)
            if cents is not None:
                yield code, int(year), int(cents)


_LINE_PARTS = 5  # m/2/cost/staff/2026


def parse_day(text: str) -> date:
    """A day as a browser sends it or as people write it: 2026-01-31 or 31.1.2026."""
    german = _GERMAN_DAY.fullmatch(text.strip())
    try:
        number = map(int, reversed(german.groups())) if german else ()
        day = date(*number) if german else date.fromisoformat(text.strip())
    except ValueError as error:
        raise Refused(Refusal("application.no_day", NO_DAY, {"text": text[:40]})) from error
    if not is_within_reach(day):
        raise Refused(day_out_of_reach(text[:40]))
    return day


def parse_amount(text: str) -> Cents:
    """An amount that somebody may enter; the sum of all of them still fits its column."""
    return parse_euro(text, most=MOST_TYPED)


def parse_number(text: str) -> int:
    """A whole number above zero: nobody types 0 where nothing is expected."""
    if not _NUMBER.fullmatch(text) or int(text) == 0:
        raise Refused(Refusal("application.no_number", NO_NUMBER, {"text": text[:40]}))
    return int(text)


def parse_posts(text: str) -> Decimal:
    """Full-time posts, with at most two decimals: 1,5."""
    if not _DECIMAL.fullmatch(text):
        raise Refused(Refusal("application.no_posts", NO_POSTS, {"text": text[:40]}))
    return Decimal(text.replace(",", "."))


def parse_percent(text: str) -> Decimal:
    """A share above 0 and at most 100, with at most two decimals."""
    plain = text.removesuffix("%").strip()
    if not _DECIMAL.fullmatch(plain) or not 0 < Decimal(plain.replace(",", ".")) <= _ALL:
        raise Refused(Refusal("application.no_percent", NO_PERCENT, {"text": text[:40]}))
    return Decimal(plain.replace(",", "."))


_ALL = 100
NO_DAY = msg("„{text}“ ist kein Tag. Zum Beispiel 31.01.2026.")
NO_NUMBER = msg("„{text}“ ist keine ganze Zahl ab 1. Wo nichts vorgesehen ist, bleibt es leer.")
NO_POSTS = msg("„{text}“ ist keine Zahl von Stellen. Zum Beispiel 1,5.")
NO_PERCENT = msg("„{text}“ ist kein Anteil zwischen 0 und 100 Prozent.")


# --- two people at once -------------------------------------------------------------------


@dataclass(frozen=True)
class Clash:
    """A place that somebody else changed to another end: what it said, says, and should say."""

    place: str
    before: str
    theirs: str
    mine: str


@dataclass(frozen=True)
class Sorted:
    """What of the texts that were sent is applied, and what clashes with another's."""

    applied: Mapping[str, str]
    clashes: tuple[Clash, ...]


def sort_out(base: Answers, now: Answers, mine: Answers) -> Sorted:
    """Only what I changed is applied; where another changed the same place otherwise, nothing.

    ``base`` is what stood on my page, ``now`` what stands there, ``mine`` what I sent. Whoever
    sends the same text again, with a page that shows both, means it.
    """
    applied, clashes = {}, []
    for place, text in mine.items():
        before, theirs = base.get(place, ""), now.get(place, "")
        if text in (before, theirs):
            continue
        if theirs != before:
            clashes.append(Clash(place, before, theirs, text))
        else:
            applied[place] = text
    return Sorted(applied, tuple(clashes))
