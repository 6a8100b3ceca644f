"""What of the public record tells of a person: found, decided one by one, and taken out."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import asdict, dataclass, replace
from typing import Any

from zielwerk.packs.model import Year
from zielwerk.publication.letters.record import BETWEEN
from zielwerk.rulebook import personal
from zielwerk.rulebook.agreement import Terms
from zielwerk.rulebook.personal import KINDS, Found, Kind
from zielwerk.rulebook.refusal import Said, msg

# What people typed or a paper says; the rest is the pack's and the software's own.
TYPED = {
    "measures": msg("Maßnahme {number}"),
    "earmarks": msg("Zweckbindung {number}"),
    "legal_areas": msg("Rechtskreis {number}"),
    "frameworks": msg("Bezugsrahmen {number}"),
    "meeting": msg("Besprechung"),
    "signatures": msg("Unterschrift {number}"),
    "changes": msg("Änderung {number}"),
    "clauses": msg("Wortlaut, Klausel {number}"),
}
MADE = {"file_number", "form", "signed_on", "recorded_on", "type", "type_label", "code", "label"}
MADE |= {"inside_total", "party", "date", "number"}
"""Within these what is a code, a day or a label of the pack."""
AROUND = 40  # characters that are shown on each side of a place


@dataclass(frozen=True)
class Decision:
    """Of one place whether it is published: with a ``reason`` it is, without one it is black."""

    path: str
    start: int
    end: int
    kind: str
    reason: str = ""

    @property
    def key(self) -> str:
        return f"{self.path}:{self.start}"

    @property
    def is_kept(self) -> bool:
        return bool(self.reason)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Place:
    """A place that may tell of a person: where it is, what stands there and around it."""

    path: str
    found: Found
    before: str
    after: str

    @property
    def key(self) -> str:
        return f"{self.path}:{self.found.start}"

    @property
    def where(self) -> Said:
        return where(self.path)

    @property
    def kind(self) -> str:
        """What was found, a German msgid."""
        return KINDS[self.found.kind]

    def decided(self, reason: str = "") -> Decision:
        return Decision(self.path, self.found.start, self.found.end, self.found.kind, reason)


def where(path: str) -> Said:
    """What people call the part of the record that a path leads to."""
    name, *rest = path.split(".")
    number = int(rest[0]) + 1 if rest and rest[0].isdecimal() else 0
    return Said(TYPED[name], {"number": number})


def places(data: Mapping[str, Any], terms: Terms, rules: Year) -> tuple[Place, ...]:
    """Every place of a public record that may tell of a person, in its order.

    A name that a correction cuts in two is found as a whole, and has a place in each stretch.
    """
    names, offices = _names(terms), _offices(rules)
    known: dict[str, list[Place]] = {}
    for run in _runs(data):
        whole = BETWEEN.join(text for _path, text in run)
        for one in personal.found(whole, names, offices):
            around = whole[max(one.start - AROUND, 0) : one.start], whole[one.end :][:AROUND]
            for path, part in _cut(run, one):
                there = known.setdefault(path, [])
                if not any(part.start < e.found.end and e.found.start < part.end for e in there):
                    there.append(Place(path, part, *around))
    return tuple(
        place for found in known.values() for place in sorted(found, key=lambda e: e.found.start)
    )


def _cut(run: Iterable[tuple[str, str]], one: Found) -> Iterator[tuple[str, Found]]:
    """What was found in a run of texts, as its part of each of them."""
    begins = 0
    for path, text in run:
        start, end = max(one.start - begins, 0), min(one.end - begins, len(text))
        if start < end:
            yield path, Found(one.kind, start, end, text[start:end])
        begins += len(text) + len(BETWEEN)


def undecided(
    data: Mapping[str, Any], terms: Terms, rules: Year, decisions: Iterable[Decision]
) -> int:
    """How many places are left in a record beside those that were kept for a reason."""
    kept = Counter(each.path for each in decisions if each.is_kept)
    left = Counter(place.path for place in places(data, terms, rules))
    return sum((left - kept).values())


def without(data: Mapping[str, Any], decisions: Iterable[Decision]) -> dict[str, Any]:
    """The record without what is not to be published; it says where something was taken out."""
    redacted: dict[str, Any] = deepcopy(dict(data))
    black = [each for each in decisions if not each.is_kept]
    by_path: dict[str, list[tuple[int, int]]] = {}
    for each in black:
        by_path.setdefault(each.path, []).append((each.start, each.end))
    for path, spans in by_path.items():
        holder, name = _held(redacted, path)
        holder[name] = personal.redacted(holder[name], spans)
    if black:
        redacted["redactions"] = [
            {"place": _german(where(each.path)), "kind": KINDS[Kind(each.kind)]} for each in black
        ]
    return redacted


def kept_in(
    data: Mapping[str, Any], decisions: Iterable[Mapping[str, Any]]
) -> Iterator[tuple[Place, Decision]]:
    """Each decision with what stands at its place in the record before anything was taken out."""
    for stored in decisions:
        one = Decision(**stored)
        holder, name = _held(data, one.path)
        text = str(holder[name])
        found = Found(Kind(one.kind), one.start, one.end, text[one.start : one.end])
        before, after = text[max(one.start - AROUND, 0) : one.start], text[one.end :][:AROUND]
        yield Place(one.path, found, before, after), one


def chosen(found: Iterable[Place], reasons: Mapping[str, str]) -> tuple[Decision, ...]:
    """The decisions of a form: black where no reason is given to publish."""
    return tuple(replace(each.decided(), reason=reasons.get(each.key, "")) for each in found)


def _names(terms: Terms) -> list[str]:
    return [each.name for each in terms.signatures if each.name]


def _offices(rules: Year) -> set[str]:
    """The offices of those who sign, for every side."""
    of_bodies = {office for kind in rules.programme.body_kinds for office in kind.offices}
    of_others = {office for each in rules.organisations for office in each.offices}
    return {str(office) for office in of_bodies | of_others}


def _runs(data: Mapping[str, Any]) -> Iterator[list[tuple[str, str]]]:
    """The texts with their paths, each a run of its own; the stretches of a wording are one.

    They are one as they read, and one as they were signed.
    """
    for name in TYPED:
        if name != "clauses":
            yield from ([each] for each in _within(data.get(name, ""), name))
    for at, clause in enumerate(data.get("clauses", ())):
        own = f"clauses.{at}"
        rest = {key: value for key, value in clause.items() if key != "wording"}
        yield from ([each] for each in _within(rest, own))
        stretches = list(enumerate(clause["wording"]))
        yield [(f"{own}.wording.{n}.text", each["text"]) for n, each in stretches]
        if any(each.get("signed") for _n, each in stretches):
            parts = [(n, "signed" if each.get("signed") else "text") for n, each in stretches]
            yield [(f"{own}.wording.{n}.{key}", stretches[n][1][key]) for n, key in parts]


def _within(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            if key not in MADE:
                yield from _within(item, f"{path}.{key}")
    elif isinstance(value, list):
        for place, item in enumerate(value):
            yield from _within(item, f"{path}.{place}")
    elif isinstance(value, str):
        yield path, value


def _held(data: Any, path: str) -> tuple[Any, Any]:
    """What holds the text that a path leads to, and under which name or number."""
    *way, last = [int(part) if part.isdecimal() else part for part in path.split(".")]
    for part in way:
        data = data[part]
    return data, last


def _german(one: Said) -> str:
    return one.msgid.format(**one.params)
