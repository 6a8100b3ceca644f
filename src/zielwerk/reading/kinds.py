"""By what words a text names the kinds of bodies, and a body of one kind from one of another."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from zielwerk.packs.model import Body, BodyKind, Programme
from zielwerk.recognition.likeness import alike, fold
from zielwerk.recognition.words import listed, meant

_NOTE = re.compile(r"\s*\([^)]*\)")  # "Nordmark (erfunden)"
_LETTERS = re.compile(r"[^\W\d_]+")
_TITLE = re.compile(r"^[^\W\d_]+ (?=[A-ZÄÖÜ])")
_FRONT = r"(?P<front>[^\W\d_]{0,30}?)"  # "Landeshaupt" of "Landeshauptstadt"
_SMALL = re.compile(
    r"\b(?:dem|den|der|des|die|und|das|vertreten|durch|gebietskörperschaft)\b", re.IGNORECASE
)
_BY = re.compile(
    r"(?P<town>.+?) (?P<by>am|an der|an dem|im|in der|ob der|vor der) (?P<river>[A-ZÄÖÜ]\w+)$"
)
_AND = r"\b[uüan][nu]d ?(?:de[mnr]|dern|dcm|dcr)(?:\b|(?=[A-ZÄÖÜ]))"
_NEVER = "(?!)"
_NOBODY: frozenset[str] = frozenset()
_LEAST_MENDED = 5  # letters of a word that is mended by likeness
_PERHAPS = 0.75  # a word may be another kind's, misread
_CLOSE = 0.08  # two kinds whose words are as alike as this cannot be told by them


def plain(text: str) -> str:
    """A name without its note in brackets."""
    return _NOTE.sub("", text)


def inflected(wording: str) -> str:
    """Match a wording of the pack in any case: "Stadtkreises", "kreisfreien Stadt"."""
    return r"[ -]{0,2}".join(map(_inflected, wording.split()))


def _inflected(word: str) -> str:
    if word[:1].islower():
        return re.escape(word.removesuffix("e").removesuffix("er")) + "(?:e[nrsm]?)?"
    pattern = "".join(f"[{letter}{_BARE[letter]}]" if letter in _BARE else re.escape(letter)
                      for letter in word)  # fmt: skip
    return f"{pattern}(?:e?s|en?|n|r)?"


_BARE = {"ä": "a", "ö": "o", "ü": "u", "Ä": "A", "Ö": "O", "Ü": "U"}


@dataclass(frozen=True, eq=False)
class Kinds:
    """The kinds of a programme: their words, and the words that are names of bodies.

    A word may speak for several kinds, as "Dezernent" does; it then tells none of them.
    """

    codes: frozenset[str]
    words: tuple[frozenset[str], ...]  # for each group of the patterns the kinds it speaks for
    beside: re.Pattern[str]  # cues, also at the end of a longer word, organs and offices
    signs: re.Pattern[str]  # organs and offices
    joined: re.Pattern[str]
    begins: re.Pattern[str]  # what comes before a body that agrees: "und dem", "und Kreis"
    forms: dict[str, frozenset[str]]  # single words of cues and organs, inflected
    names: dict[str, frozenset[str]]  # folded words of names, with the kinds of their bodies
    own: frozenset[str]  # those of them that are no title, as in "Landeshauptstadt Hannover"
    of_state: re.Pattern[str]
    cues: dict[str, tuple[str, ...]]  # folded, of each kind
    cores: dict[str, str] = field(default_factory=dict)  # of the names of its bodies

    def named(self, text: str) -> frozenset[str]:
        """The kinds that a wording may mean by its words; none where it says nothing."""
        whole, glued = [], []
        for match in self.beside.finditer(text):
            speaks = self._of(match)
            if not match["front"]:
                whole.append(speaks)
            elif self._is_kind_word(match, speaks):
                glued.append(speaks)
        return _together(whole or glued, self.codes)

    def signed(self, text: str) -> frozenset[str]:
        """The kinds that organs and offices in a text speak for."""
        return _together([self._of(match) for match in self.signs.finditer(text)], self.codes)

    def names_kind(self, text: str) -> bool:
        """Whether a line has a word for a kind."""
        return any(
            not match["front"] or self._is_kind_word(match, self._of(match))
            for match in self.beside.finditer(text)
        )

    def core(self, name: str) -> str:
        """A body's name without the words for its kind, folded."""
        if (known := self.cores.get(name)) is not None:
            return known
        bare = self.beside.sub(self._without, self.of_state.sub("", name))
        return fold(_SMALL.sub(" ", bare)) or fold(name)

    def _without(self, match: re.Match[str]) -> str:
        token = fold(match[0])
        is_name = match["front"] and (
            any(form in self.own for form in _stems(token))
            or (token not in self.names and not self._is_kind_word(match, self.codes))
        )
        return match[0] if is_name else " "

    def _of(self, match: re.Match[str]) -> frozenset[str]:
        return self.words[int((match.lastgroup or "w0")[1:])]

    def _is_kind_word(self, match: re.Match[str], speaks: frozenset[str]) -> bool:
        """Whether the end of a longer word names a kind, as in "Landeshauptstadt".

        "Darmstadt" is a name, "Wetteraukreis" a name that tells its kind; "Stadtkreis" is no
        "Kreis" where it has no kind of its own.
        """
        front, token = fold(match["front"]), fold(match[0])
        holders = next((self.names[form] for form in _stems(token) if form in self.names), None)
        if holders is not None:
            return holders <= speaks
        others = [cue for code, cues in self.cues.items() if code not in speaks for cue in cues]
        if any(front.startswith(cue) or alike(token, cue) >= _PERHAPS for cue in others):
            return False
        return not any(alike(token, name) >= 0.8 for name in self.names if len(name) > 5)

    def mended(self, wording: str) -> str:
        """Write misread words of a wording as they were meant, above all those for the kind."""
        words = self._untorn(self.joined.sub(" ", wording).split())
        return " ".join(map(self._mended, words))

    def _untorn(self, words: Sequence[str]) -> list[str]:
        """Join the pieces of a kind's word that a blank fell into: "Stadt kreis"."""
        found: list[str] = []
        for word in words:
            whole = found[-1] + word if found else ""
            if found and word[:1].islower() and not listed(word) and self._is_form(whole):
                found[-1] = whole
            else:
                found.append(word)
        return found

    def _is_form(self, word: str) -> bool:
        near = (form for form in self.forms if abs(len(form) - len(word)) < 2)
        return any(alike(form, word) >= 0.85 for form in near)

    def _mended(self, word: str) -> str:
        if any(fold(piece) in self.names for piece in word.split("-")):
            return word
        if len(word) < _LEAST_MENDED or listed(word):
            return meant(word) or word
        near = [form for form in self.forms if abs(len(form) - len(word)) < 2]
        ranked = sorted(((alike(form, word), form) for form in near), reverse=True)
        if not ranked or ranked[0][0] < 0.8:
            return meant(word) or word
        best, form = ranked[0]
        rivals = (like for like, other in ranked if self.forms[other] != self.forms[form])
        return word if next(rivals, 0.0) > best - _CLOSE else form

    def of_kind(self, code: str, core: str) -> re.Pattern[str]:
        """Match in a folded text a body by its kind and its name: "landkreisesheilbronn"."""
        longer = {cue for cues in self.cues.values() for cue in cues}
        cues = (
            "".join(
                f"(?<!{other.removesuffix(cue)})"
                for other in longer
                if other != cue and other.endswith(cue)
            )
            + cue
            for cue in self.cues[code]
        )
        return re.compile(rf"(?:{'|'.join(cues)})(?:e?s|en?|n)?{core}")


def _stems(token: str) -> tuple[str, ...]:
    return (token, *(token.removesuffix(end) for end in ("es", "s", "en", "e", "n") if end))


def _together(spoken: Iterable[frozenset[str]], codes: frozenset[str]) -> frozenset[str]:
    """What several words say together: what all mean, or else whatever one of them means."""
    telling = [speaks for speaks in spoken if speaks and speaks != codes]
    if not telling:
        return frozenset()
    return frozenset.intersection(*telling) or frozenset.union(*telling)


def spellings(body: Body) -> tuple[str, ...]:
    """A body's names, and "Frankfurt a. M.", "Frankfurt (Main)" for "Frankfurt am Main"."""
    names = (body.name, *body.variants)
    short = []
    for match in filter(None, map(_BY.fullmatch, names)):
        by = " ".join(f"{word[0]}." for word in match["by"].split())
        river = match["river"]
        short += [f"{match['town']} {by} {river[0]}.", f"{match['town']} ({river})"]
    return (*names, *short)


def kinds(programme: Programme, bodies: Sequence[Body]) -> Kinds:
    """The kinds of a programme, told apart by the names of all its bodies."""
    names = tuple((body.kind.code, *spellings(body), body.short_name) for body in bodies)
    seats = tuple(dict.fromkeys(body.seat for body in bodies))
    return _kinds(programme.body_kinds, plain(programme.state), names, seats)


@lru_cache(maxsize=8)
def _kinds(
    declared: tuple[BodyKind, ...],
    state: str,
    names: tuple[tuple[str, ...], ...],
    seats: tuple[str, ...],
) -> Kinds:
    cues = _speaking((kind.code, _cues(kind)) for kind in declared)
    signs = _speaking((kind.code, (kind.organ, *kind.offices)) for kind in declared)
    words = {word: cues.get(word, _NOBODY) | signs.get(word, _NOBODY) for word in {**cues, **signs}}
    order = sorted(words, key=lambda word: (-len(word), word))
    groups = [(word, f"(?P<w{i}>{inflected(word)})") for i, word in enumerate(order)]
    signing = [group for word, group in groups if word in signs]
    ends = sorted({re.escape(cue.split()[-1]) for cue in cues})
    result = Kinds(
        codes=frozenset(kind.code for kind in declared),
        words=tuple(words[word] for word in order),
        beside=re.compile(
            rf"\b{_FRONT}(?:{'|'.join(group for _, group in groups)})\b", re.IGNORECASE
        ),
        signs=re.compile("|".join(signing) or _NEVER, re.IGNORECASE),
        joined=re.compile("|".join(rf"(?<={end})(?=[A-ZÄÖÜ])" for end in ends)),
        begins=re.compile(
            _AND + r"|\b[uüan][nu]d (?=(?:" + "|".join(map(inflected, cues)) + r")\b)"
        ),
        forms=_forms(words, [kind.organ for kind in declared], cues),
        names=_name_words(names, seats, {fold(part) for word in words for part in word.split()}),
        own=frozenset(
            fold(word)
            for _, name, *_, short in names
            for spelled in (_TITLE.sub("", name), _TITLE.sub("", short))
            for word in _LETTERS.findall(spelled)
        ),
        of_state=re.compile(rf"\bvon (?:der |dem )?{re.escape(state)}\b", re.IGNORECASE),
        cues={kind.code: tuple(fold(cue) for cue in _cues(kind)) for kind in declared},
    )
    result.cores.update({name: result.core(name) for _, *spelled in names for name in spelled})
    return result


def _cues(kind: BodyKind) -> tuple[str, ...]:
    """What names a kind beside a name; a long adjective does so alone: "kreisfreien"."""
    cues = (str(kind.label), *kind.cues)
    alone = (word for cue in cues for word in cue.split() if word.islower() and len(word) > 6)
    return tuple(dict.fromkeys((*cues, *alone)))


def _speaking(wordings: Iterable[tuple[str, Sequence[str]]]) -> dict[str, frozenset[str]]:
    spoken: dict[str, set[str]] = {}
    for code, words in wordings:
        for word in filter(None, words):
            spoken.setdefault(word, set()).add(code)
    return {word: frozenset(codes) for word, codes in spoken.items()}


def _forms(
    words: Mapping[str, frozenset[str]], organs: Sequence[str], cues: Iterable[str]
) -> dict[str, frozenset[str]]:
    """The single words of cues and organs in the cases that a text has them in."""
    forms: dict[str, set[str]] = {}
    for wording in filter(None, (*organs, *cues)):
        for word in wording.split():
            small = word[:1].islower()
            for ending in ("e", "en", "er") if small else ("", "s", "es"):
                form = (word.removesuffix("e") if small else word) + ending
                forms.setdefault(form, set()).update(words[wording])
    return {form: frozenset(codes) for form, codes in forms.items()}


def _name_words(
    names: Iterable[Sequence[str]], seats: Iterable[str], kind_words: Collection[str]
) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for code, *spelled in (*names, *(("", seat) for seat in seats)):
        for name in spelled:
            for word in _LETTERS.findall(name):
                found.setdefault(fold(word), set()).add(code)
    return {word: frozenset(codes) for word, codes in found.items() if word not in kind_words}
