"""Where a paper names bodies and years, in whatever letters recognition left of them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from zielwerk.packs.model import Body, Programme, Year
from zielwerk.reading.kinds import Kinds, spellings
from zielwerk.reading.places import Place, Span
from zielwerk.recognition.likeness import fold, shape

_LETTER = r'[^\s,;:()„“”"/]'
# A capital behind a small letter begins a word that lost its blank: "demLandkreis".
_TOKEN = re.compile(rf"{_LETTER}(?:(?!(?<=[a-zäöüß])[A-ZÄÖÜ]){_LETTER})*")
_ODD = re.compile(r"[^a-z0-9]+")
_LONGEST = 6  # pieces of a torn name
_LONGEST_WORD = 60  # letters
_LIKE = 88.0  # of 100; a name in damaged letters
_CLOSER = 4.0  # by so much another name must be nearer than the paper's own
_LEAST = 7  # letters of a name that is known without its kind beside it
_ENDS = ("", "es", "s", "e", "en")
# What stands before the name of a town and makes it the name of something else.
_OTHER = re.compile(
    r"(?:Jobcenter|Agentur für Arbeit|Arbeitsagentur|gericht|Handwerkskammer|IHK|Kammer|Hochschule|"
    r"Universität|Kreishandwerkerschaft|Polizeipräsidium|Sparkasse)s?(?: des| der| im| in)?\s*$"
)


@dataclass(frozen=True)
class Mention:
    """A value that a place of a paper names: what is written there, and where."""

    value: str
    place: Place
    written: str
    span: Span


_Spelled = tuple[str, str, str, tuple[str, ...]]  # key, kind, name and all its spellings

# --- bodies ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Names:
    """How bodies are named in running text, as recognition sees the letters.

    A name that is that of a town, too, counts with the word for its kind only: "Kassel" is a
    place, "Stadt Kassel" a body. ``own`` are the wordings of the body that a paper is for.
    """

    others: Mapping[str, str]  # look of a wording: key of its body
    own: tuple[str, ...]
    shortest: int  # letters of a wording, less or more one that is misread
    longest: int
    near: Mapping[tuple[int, str], tuple[str, ...]]  # by length and either end, for damaged ones


def names(own: Body | None, bodies: Sequence[Body], pack: Year, words: Kinds) -> Names:
    """The wordings that name a body other than ``own``, of any where there is none."""
    spelled = tuple((body.ags, body.kind.code, body.name, spellings(body)) for body in bodies)
    seats = (*(body.seat for body in bodies), *(each.seat for each in pack.organisations))
    return _names(own.ags if own else "", spelled, tuple(map(town, seats)), words)


def town(seat: str) -> str:
    """The name of a seat without what tells it from another town: "Friedberg (Hessen)"."""
    return re.sub(r"\s*\(.*", "", seat)


@lru_cache(maxsize=64)
def _names(own: str, spelled: tuple[_Spelled, ...], towns: tuple[str, ...], words: Kinds) -> Names:
    every = _every_wording(spelled, towns, words)
    mine = every.get(own, ())
    within = "|".join(mine)
    others = {
        wording: ags
        for ags, wordings in every.items()
        if ags != own
        for wording in wordings
        if wording not in within
    }
    near: dict[tuple[int, str], list[str]] = {}
    for wording in others:
        for length in range(len(wording) - 1, len(wording) + 2):
            for end in _ends(wording):
                near.setdefault((length, end), []).append(wording)
    lengths = [len(wording) for wording in others] or [0]
    shortest, longest = min(lengths) - 1, max(lengths) + 1
    by_end = {at: tuple(each) for at, each in near.items()}
    return Names(others, tuple(mine), shortest, longest, by_end)


@lru_cache(maxsize=16)
def _every_wording(
    spelled: tuple[_Spelled, ...], towns: tuple[str, ...], words: Kinds
) -> Mapping[str, tuple[str, ...]]:
    """The wordings of each body by its key."""
    seats = {_look(town) for town in towns}
    return {
        ags: tuple(dict.fromkeys(_wordings(kind, name, every, words, seats)))
        for ags, kind, name, every in spelled
    }


def _wordings(
    kind: str, name: str, every: Sequence[str], words: Kinds, seats: set[str]
) -> Iterator[str]:
    is_town = _look(words.core(name)) in seats
    for spelling in every:
        core, whole = _look(words.core(spelling)), _look(spelling)
        if len(whole) >= _LEAST and not is_town:
            yield from (whole + end for end in ("", "s", "es"))
        for cue in words.cues.get(kind, ()):
            yield from (_look(f"{cue}{end}") + core for end in _ENDS)


def _ends(look: str) -> tuple[str, str]:
    """Both ends of a look: one of them mostly stays whole, and finds what it may be."""
    return f"{look[:3]}…", f"…{look[-3:]}"


@lru_cache(maxsize=20_000)
def _look(text: str) -> str:
    """A wording as a scanner sees it: no blanks, one letter for all that look the same."""
    return _ODD.sub("", fold(shape(shape(text))))  # twice: "Kas§el" looks like "Kassel"


def bodies_named(place: Place, known: Names) -> list[Mention]:
    """The other bodies that a place names, each once, where its letters are clearest.

    "stellt dem Main -Klnzig -Kreis" in a paper of the Wetteraukreis names the Main-Kinzig-Kreis.
    """
    tokens = list(_TOKEN.finditer(place.text.text))
    looks = {word: _look(word[:_LONGEST_WORD]) for word in {token[0] for token in tokens}}
    read: dict[str, tuple[str, float]] = {}  # each look once: a text repeats its words
    found: dict[str, tuple[float, Mention]] = {}
    for at, first in enumerate(tokens):
        if not _may_begin(first[0]):
            continue
        joined = ""
        for last in tokens[at : at + _LONGEST]:
            joined += looks[last[0]]
            if len(joined) > known.longest:
                break
            if len(joined) < known.shortest:
                continue
            if joined not in read:
                read[joined] = _wording(joined, known)
            wording, score = read[joined]
            ags = known.others.get(wording, "")
            is_clearer = bool(ags) and score > found.get(ags, (0.0,))[0]
            if is_clearer and not _is_of_other(place.text.text, first.start()):
                found[ags] = score, _mention(ags, place, first.start(), last.end())
    return [mention for _, mention in found.values()]


def _is_of_other(text: str, at: int) -> bool:
    return _OTHER.search(text[max(0, at - 40) : at]) is not None


def _may_begin(word: str) -> bool:
    first = word[0]
    return len(word) <= _LONGEST_WORD and (first.isupper() or not first.isalpha() or first == "l")


def _wording(look: str, known: Names) -> tuple[str, float]:
    """The wording of another body that a look is, exactly or nearly, and none of the own."""
    if look in known.others:
        return look, 100.0
    near = [one for end in _ends(look) for one in known.near.get((len(look), end), ())]
    hit = process.extractOne(look, near, scorer=fuzz.ratio, score_cutoff=_LIKE) if near else None
    if hit is None:
        return "", 0.0
    own = max((fuzz.ratio(look, wording) for wording in known.own), default=0.0)
    return (hit[0], hit[1]) if hit[1] > own + _CLOSER else ("", 0.0)


def _mention(value: str, place: Place, start: int, end: int) -> Mention:
    written = place.text.text[start:end].strip(".,;: ")
    return Mention(value, place, written, place.text.span(start, end))


# --- years ----------------------------------------------------------------------------

_YEAR = re.compile(
    r"(?<![\w.,])[2Zz][0OoQ][0-9OoQlIi|ZzSsB]{2}(?![\w.]\w|\w|\s?(?:bis|und|–|-)\s?\d|,\d)"
)
_AND_NEXT = re.compile(r"\s?/\s?(20\d\d)(?!\d)")  # "im Haushaltsjahr 2024/2025"
_BEFORE_YEAR = 60  # letters
_AS_DIGITS = str.maketrans("OoQlIi|ZzSsB", "000111122558")
# A year that is no year of the paper: since when, until when, what was.
_SINCE = re.compile(
    r"\b(?:seit|bis|ab|vor|nach|aus|von|vom|Ende|Anfang|Mitte)(?: zum| dem| des| der)?"
    r"(?: Ende)?(?: des| dem)?\s*$",
    re.IGNORECASE,
)
_WAS = re.compile(r"[^.;]{0,60}?\b(?:wurden?|waren?|hatten?|konnten?|haben|hat)\b")

# A paper of another year that is spoken of: replaced, followed or intended.
_SPOKEN_OF = re.compile(
    r"\b(?:ersetzt|ersetzen|löst|ablöst|anstelle|an die Stelle|im Anschluss an|folgt auf"
    r"|nach Ablauf"
    r"|Nachfolge\w*|Fortsetzung|knüpft an|bisherige[nr]?|vorherige[nr]?|frühere[nr]?|letzte[nr]?"
    r"|vorangegangene[nr]?|vergangene[nr]?|künftige[nr]?)\b[^.;]{0,25}$",
    re.IGNORECASE,
)
_INTENDED = re.compile(
    r"[^.;\d]{0,40}?\b(?:angestrebt|geplant|beabsichtigt|in Aussicht genommen|vorbereitet"
    r"|ersetzt|abgelöst|ausgelaufen|läuft aus|endete|folgen soll"
    r"|gesondert (?:verhandelt|vereinbart))"
)


def years_named(
    place: Place, own_words: Sequence[str], meant: Sequence[int], titles: Sequence[str]
) -> list[Mention]:
    """The years that a place says the paper is for, each once; ``meant`` may be any of its days'.

    "Budget 2025" and "im Jahr 2025" do, "seit dem Jahr 2015", "bis 2024" and "im Jahr 2023
    wurden" do not, nor does a year that belongs to one of the ``titles`` of other documents.
    ``own_words`` are those before a year that speak of the programme.
    """
    text = place.text
    found: dict[str, Mention] = {}
    cited = [fold(title) for title in titles if any(letter.isdigit() for letter in title)]
    for match in _YEAR.finditer(text.text):
        begins = max(0, match.start() - _BEFORE_YEAR)
        lead = _lead(tuple(own_words)).search(text.text[begins : match.start()])
        if lead is None:
            continue
        start, year = begins + lead.start(), match[0].translate(_AS_DIGITS)
        if lead["own"] is None and (_is_past(text.text, start, match.end()) or int(year) in meant):
            continue
        if lead["own"] and _is_of_other_paper(text.text, start, match.end()):
            continue
        written = fold(text.text[start : match.end()])
        if year not in found and not any(written in title for title in cited):
            found[year] = _mention(year, place, start, match.end())
        if (more := _AND_NEXT.match(text.text, match.end())) and int(more[1]) not in meant:
            found.setdefault(more[1], _mention(more[1], place, start, more.end()))
    return list(found.values())


def _is_of_other_paper(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - _BEFORE_YEAR) : start]
    return _SPOKEN_OF.search(before) is not None or _INTENDED.match(text, end) is not None


def _is_past(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 24) : start]
    return _SINCE.search(before) is not None or _WAS.match(text, end) is not None


@lru_cache(maxsize=8)
def _lead(own_words: tuple[str, ...]) -> re.Pattern[str]:
    """What stands right before a year that a paper is for: "Budget", "im Jahr", "für"."""
    own = "|".join(map(re.escape, own_words))
    return re.compile(
        rf"(?:\b(?P<own>\w*(?:budgets?|programmjahre?s?|förderjahre?s?|haushaltsjahre?s?|{own}))"
        rf"|\bJahre?s?|\bfür)(?: für)?(?: das)?(?: Jahr)?\s+$",
        re.IGNORECASE,
    )


def own_words(programme: Programme, pack: Year) -> tuple[str, ...]:
    """The words of a programme that a year behind them belongs to: its names and its paper's."""
    budget = re.sub(r"\W*\d{4}\W*", "", str(pack.budget_name)).split()[-1:]
    name = re.sub(r"\s*\(.*", "", str(programme.name)).split()[-1:]
    own = (programme.short_name, str(programme.document.label), *name, *budget)
    return tuple(dict.fromkeys(word for word in own if len(word) > 2))
