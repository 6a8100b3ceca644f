"""How pages call the regional bodies of a programme.

One short name for every page, list, option, chart and message, such as "Main-Kinzig-Kreis".
Where two bodies of a programme share it, their kinds follow: "Kassel Stadt", "Kassel Land".
Letters and published documents keep the official name.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from zielwerk.packs import loading
from zielwerk.packs.folders import kept
from zielwerk.packs.model import Body, BodyKind
from zielwerk.rulebook.alphabet import holds, searchable, sort_key


@dataclass(frozen=True)
class BodyName:
    """What a body is called.

    ``short`` is for pages, ``brief`` for places as narrow as a tile; no other body of the
    programme has either. ``official`` tells its kind, ``text`` is what is searched for
    whatever people write when they mean it.
    """

    ags: str
    short: str
    brief: str
    official: str
    kind: BodyKind
    text: str

    def __str__(self) -> str:
        return self.short

    @property
    def key(self) -> str:
        """By what it is ordered among others."""
        return sort_key(self.short)


@kept
def names(programme: str, root: Path | None = None) -> Mapping[str, BodyName]:
    """Every body that the programme ever had by AGS, in the order of their short names.

    A body that changed is called as it is now.
    """
    newest = {}
    for body in loading.bodies(programme, root):
        newest[body.ags] = body
    bodies = list(newest.values())
    shorts = _apart(bodies, [body.short_name for body in bodies])
    briefs = _apart(bodies, [next(iter(body.abbreviations), body.short_name) for body in bodies])
    named = map(_name, bodies, shorts, briefs)
    return {name.ags: name for name in sorted(named, key=lambda name: (name.key, name.ags))}


def short(programme: str, ags: str) -> str:
    """The short name of a body; its key where the programme has no such body."""
    name = names(programme).get(ags)
    return name.short if name else ags


def in_order(programme: str, keys: Iterable[str]) -> list[str]:
    """AGS by the short names of their bodies, unknown ones last."""
    known = {ags: place for place, ags in enumerate(names(programme))}
    return sorted(keys, key=lambda ags: (known.get(ags, len(known)), ags))


def shorts(programme: str, keys: Iterable[str]) -> tuple[str, ...]:
    """The short names of the bodies with these keys, in their order."""
    return tuple(short(programme, ags) for ags in in_order(programme, keys))


@kept
def whole_names(programme: str, root: Path | None = None) -> Mapping[str, str]:
    """AGS by every spelling of a name that means one body: short, official, "Stadt Kassel".

    Not what may be the beginning of a word: keys and abbreviations.
    """
    bodies = names(programme, root).values()
    meant = [
        (line, body.ags)
        for body in bodies
        for line in body.text.split("\n")
        if " " in line or line in searchable([body.short]).split("\n")
    ]
    holders = Counter(line for line, _ in meant)
    return {line: ags for line, ags in meant if holders[line] == 1}


def called(programme: str, wish: str) -> tuple[list[tuple[str, str]], str]:
    """The bodies whose whole name stands in a search, with that name, and the other words."""
    meant, words, found, rest = whole_names(programme), wish.split(), [], []
    at = 0
    while at < len(words):
        for end in range(len(words), at, -1):
            spellings = searchable([" ".join(words[at:end])]).split("\n")
            if ags := next((meant[line] for line in spellings if line in meant), ""):
                found.append((ags, spellings[0]))
                at = end
                break
        else:
            rest.append(words[at])
            at += 1
    return found, " ".join(rest)


def meant(programme: str, wish: str) -> frozenset[str]:
    """AGS of the bodies that a search means: by a whole name, or by each of its words."""
    named, rest = called(programme, wish)
    known = names(programme)
    keys = {ags for ags, body in known.items() if holds(body.text, rest)}
    return frozenset(keys.intersection(*({ags} for ags, _ in named)))


def official(body: Body) -> str:
    """The official name with the kind, where the name does not say it."""
    said = (str(body.kind.label), *(f"{cue} " for cue in body.kind.cues))
    return body.name if body.name.startswith(said) else f"{body.name} ({body.kind.label})"


def _kind_word(body: Body) -> str:
    """The word that tells a body from one of another kind with the same short name."""
    return str(body.kind.word or body.kind.label)


def _apart(bodies: Sequence[Body], chosen: Sequence[str]) -> list[str]:
    """The names, with its kind at each that another body has too, or else its key."""
    with_kind = [f"{name} {_kind_word(body)}" for body, name in zip(bodies, chosen, strict=True)]
    holders, of_kind = Counter(chosen), Counter(with_kind)
    return [
        name if holders[name] == 1 else full if of_kind[full] == 1 else f"{full} {body.ags}"
        for body, name, full in zip(bodies, chosen, with_kind, strict=True)
    ]


def _name(body: Body, short: str, brief: str) -> BodyName:
    full = official(body)
    turned = f"{_kind_word(body)} {body.short_name}"
    spellings = (short, brief, full, turned, *body.abbreviations, *body.variants, body.ags)
    return BodyName(body.ags, short, brief, full, body.kind, searchable(spellings))
