"""Who signs a programme's documents: the sides, their words, and the offices of their people."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from zielwerk.packs.model import BodyKind, Organisation, Programme
from zielwerk.reading.kinds import inflected, plain
from zielwerk.recognition.likeness import fold

REGION = "region"  # the body's side, as readings call it
_NEVER = "(?!)"
_HEAD = re.compile(r"[A-ZÄÖÜ][a-zäöüß-]{4,}")
_OF_STATE = re.compile(r"isch(?:e[rsnm]?)?$")  # "Hessisches"
_LONG = 6  # letters of an office that is told in the midst of other words


@dataclass(frozen=True, eq=False)
class Signing:
    """By what the sides of a document are told in the lines of signatures."""

    givers: tuple[str, ...]  # sides that give the money, who does so first
    has_body: bool  # whether the body signs
    giver_words: dict[str, re.Pattern[str]]
    body_words: re.Pattern[str]
    names: tuple[str, ...]  # how the givers' names begin, folded
    offices: tuple[tuple[str, str, frozenset[str]], ...]  # folded, as written, sides
    glued: re.Pattern[str]
    body_office: re.Pattern[str]
    office_line: re.Pattern[str]
    for_whom: re.Pattern[str]

    @property
    def sides(self) -> tuple[str, ...]:
        """All sides that sign."""
        return (*self.givers, REGION) if self.has_body else self.givers

    def giver_of(self, text: str) -> str | None:
        """The giving side that a text has words of."""
        return next((side for side in self.givers if self.giver_words[side].search(text)), None)


def giver(programme: Programme) -> Literal["ministry", "authority"]:
    """The side that gives the money: the first that signs and is no body."""
    return next((side for side in programme.document.sides if side != "body"), "ministry")


def is_of_one_side(programme: Programme) -> bool:
    """Whether the document is a notice to the body, which does not sign it."""
    return "body" not in programme.document.sides


def signing(programme: Programme, organisations: Iterable[Organisation]) -> Signing:
    """How a programme's documents are signed, by these organisations and its kinds of bodies."""
    sides = tuple(side for side in programme.document.sides if side != "body") or ("ministry",)
    those = tuple(
        (each.role, (each.name, *each.variants), each.offices)
        for each in organisations
        if each.role in sides
    )
    place = f"{programme.territory} {plain(programme.state)}"
    has_body = not is_of_one_side(programme)
    return _signing(sides, those, programme.body_kinds, place, has_body)


_Organisations = tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]


@lru_cache(maxsize=16)
def _signing(
    sides: tuple[str, ...],
    organisations: _Organisations,
    kinds: tuple[BodyKind, ...],
    place: str,
    has_body: bool,
) -> Signing:
    of_bodies = tuple(dict.fromkeys(office for kind in kinds for office in kind.offices))
    listed = [(office, side) for side, _, offices in organisations for office in offices]
    listed += [(office, REGION) for office in of_bodies if has_body]
    holders: dict[str, set[str]] = {}
    for office, side in listed:
        holders.setdefault(office, set()).add(side)
    offices = sorted(holders, key=lambda office: (-len(office), office))
    only_of_bodies = [office for office in of_bodies if holders.get(office) == {REGION}]
    ends = _either(sorted({f"(?<={re.escape(office[-_LONG:])})" for office in offices}))
    cues = [inflected(cue) for kind in kinds for cue in (str(kind.label), *kind.cues)]
    state = re.escape(place.split(" ", 1)[1])
    return Signing(
        givers=sides,
        has_body=has_body,
        giver_words={side: _giver_words(side, organisations, place) for side in sides},
        body_words=_body_words(kinds if has_body else (), only_of_bodies),
        names=tuple(
            dict.fromkeys(fold(name)[:16] for _, names, _ in organisations for name in names)
        ),
        offices=tuple((fold(office), office, frozenset(holders[office])) for office in offices),
        glued=re.compile(rf"(?:{ends})(?=de[sr]\b)"),
        body_office=re.compile(rf"\b(?:{_either(map(inflected, only_of_bodies))})\b"),
        office_line=re.compile(
            rf"(?:{_either(map(inflected, offices))})(?: (?:des|der)\b.{{0,60}})?$"
        ),
        for_whom=re.compile(
            rf"Für (?:(?:das|den|die) (?:\w+ ){{0,3}}{state}\b"
            rf"|(?:das|den|die) (?:\S{{1,30}} ?)??(?i:{_either(cues)})\b)"
        ),
    )


def _giver_words(side: str, organisations: _Organisations, place: str) -> re.Pattern[str]:
    """What a giver is told by: "Ministerium" of its name, its offices, "Land Hessen"."""
    names = [name for role, spelled, _ in organisations if role == side for name in spelled]
    offices = [office for role, _, those in organisations if role == side for office in those]
    nouns = (
        [word for word in _HEAD.findall(name) if not _OF_STATE.search(word)][:1] for name in names
    )
    heads = [noun[:-2] if len(noun) > 9 else noun for some in nouns for noun in some]
    stems = [office[:-4] for office in offices if len(office) > 11]
    told = dict.fromkeys(map(re.escape, (*heads, *stems, place)))
    return re.compile(_either(told), re.IGNORECASE)


def _body_words(kinds: Sequence[BodyKind], offices: Iterable[str]) -> re.Pattern[str]:
    """What a body is told by: its kind, its organ, and offices that only bodies have."""
    cues = [cue for kind in kinds for cue in (str(kind.label), *kind.cues)]
    organs = [str(kind.organ) for kind in kinds if kind.organ]
    stems = [word[:-1] for word in (*cues, *organs) if len(word) > 8 and " " not in word]
    told = [
        *(rf"\b{inflected(cue)}\b" for cue in (*cues, *organs)),
        *map(re.escape, stems),
        *(_stem(office) for office in offices if len(office) > _LONG),
    ]
    return re.compile(_either(dict.fromkeys(told)), re.IGNORECASE)


def _stem(office: str) -> str:
    """Match an office whose umlauts lost their dots, and whatever ending it has."""
    bare = office.removesuffix("in")
    return re.sub("[äöü]", ".", re.escape(bare))


def _either(patterns: Iterable[str]) -> str:
    return "|".join(patterns) or _NEVER
