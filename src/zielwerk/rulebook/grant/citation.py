"""Citations of norms: read, written in one way, and checked against the norms that are known.

People write "§ 44 Abs. 1 Satz 2 LHO", "§§ 48, 49a HVwVfG", "Nr. 5.3.7 VV zu § 44 LHO" and
"VV Nummer 4.2 zu § 44 LHO". Each norm is one :class:`Citation`; several of one text are several.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from zielwerk.rulebook.calendar import holds_on
from zielwerk.rulebook.refusal import Refusal, Refused, msg

LONGEST = 300
"""So many letters a citation may have."""

_LEVELS = ("section", "paragraph", "sentence", "number", "letter")
_SHORT = {"paragraph": "Abs.", "sentence": "Satz", "number": "Nr.", "letter": "Buchst."}
_LONG = {"paragraph": "Absatz", "sentence": "Satz", "number": "Nummer", "letter": "Buchstabe"}
_LONG_MARKS = {"§": "§", "Art.": "Artikel", "Nr.": "Nummer", "Anlage": "Anlage"}
_PARTS = {
    "Abs.": "paragraph",
    "Absatz": "paragraph",
    "Satz": "sentence",
    "S.": "sentence",
    "Nr.": "number",
    "Nummer": "number",
    "Buchst.": "letter",
    "Buchstabe": "letter",
    "lit.": "letter",
}
_MARKS = {
    "§§": "§",
    "§": "§",
    "Artikel": "Art.",
    "Art.": "Art.",
    "Anlage": "Anlage",
    "Nummern": "Nr.",
    "Nummer": "Nr.",
    "Nrn.": "Nr.",
    "Nr.": "Nr.",
    "Anlagen": "Anlage",
}


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_TO = "bis"
_ANY_MARK = _any_of(_MARKS)
_VALUE = r"[0-9]+(?:\.[0-9]+)*[a-z]?(?![\w.])"
_MARK = re.compile(rf"({_ANY_MARK})\s*({_VALUE})")
_PART = re.compile(rf"\s+({_any_of(_PARTS)})\s*({_VALUE}|[a-z](?!\w))")
_JOIN = re.compile(r"\s*(?:,|;|\bund\b|\bsowie\b|\bbis\b)\s+")
_BARE = re.compile(rf"({_VALUE}|[a-z](?=[\s,]))")
_RULES = re.compile(rf"VV\s+((?:{_ANY_MARK})\s*{_VALUE})\s+zu\s+(.+)")
_ACT_FIRST = re.compile(rf"([^\W\d].*?),?\s+((?:{_ANY_MARK})\s*{_VALUE}.*)")
_ACT_ENDS = re.compile(rf"(?:,|;|\s+und|\s+i\.\s?V\.\s?m\.)\s+(?=(?:{_ANY_MARK})\s*[0-9])")


@dataclass(frozen=True)
class Citation:
    """One norm: the act and the place in it, from the section to the letter.

    ``mark`` is how the act counts ("§", "Art.", "Nr.", "Anlage"), ``section`` the number behind
    it, ``until`` the last of a range. ``paragraph``, ``sentence``, ``number`` and ``letter`` are
    empty where the norm as a whole is meant.
    """

    act: str
    mark: str
    section: str
    paragraph: str = ""
    sentence: str = ""
    number: str = ""
    letter: str = ""
    until: str = ""

    @property
    def annex(self) -> str:
        """The number of the annex (Anlage) that it names, if it names one."""
        return self.section if self.mark == "Anlage" else ""

    @property
    def short(self) -> str:
        """As a margin has it: "§ 44 Abs. 1 Satz 2 LHO"."""
        return f"{self._place(self.mark, _SHORT)} {self.act}"

    @property
    def long(self) -> str:
        """As a sentence reads it aloud: "§ 44 Absatz 1 Satz 2 LHO"."""
        return f"{self._place(_LONG_MARKS[self.mark], _LONG)} {self.act}"

    def _place(self, mark: str, words: dict[str, str]) -> str:
        several = "§§" if self.until and mark == "§" else mark
        head = f"{several} {self.section}" + (f" bis {self.until}" if self.until else "")
        rest = (f"{word} {getattr(self, name)}" for name, word in words.items())
        return " ".join([head, *(part for part in rest if not part.endswith(" "))])


@dataclass(frozen=True)
class Act:
    """An act (Gesetz, Vorschrift) that is known, as it holds from a day until a day.

    ``places`` are the norms in it that somebody looked up ("§ 44", "Nr. 5.3"), each with what
    lies below it; none: all of it. ``url`` is where it can be read, ``{section}`` in it the number.
    """

    name: str
    title: str = ""
    places: tuple[str, ...] = ()
    url: str = ""
    valid_from: date | None = None
    valid_until: date | None = None


def parse(text: str) -> tuple[Citation, ...]:
    """The norms that a text cites, in its order.

    "§§ 48, 49a HVwVfG" are two, "§ 49a Abs. 3 und 4 HVwVfG" as well. Raises :class:`Refused`
    (``grant.citation_unreadable``) for what is no citation.
    """
    line = " ".join(text.split())
    if len(line) > LONGEST:
        raise Refused(_unreadable(line[:80] + "…"))
    cited: list[Citation] = []
    while line:
        found, line = _one_act(line)
        if not found:
            raise Refused(_unreadable(" ".join(text.split())))
        cited += found
    if not cited:
        raise Refused(_unreadable(text.strip()))
    return tuple(cited)


def written(citations: Sequence[Citation], *, long: bool = False) -> str:
    """Several norms in one text, each whole, so that it reads back as the same."""
    return ", ".join(each.long if long else each.short for each in citations)


def why_not_known(
    citations: Iterable[Citation], acts: Sequence[Act], day: date
) -> tuple[Refusal, ...]:
    """A notice cites only what holds on its day: the act, and the place in it."""
    return tuple(refusal for each in citations for refusal in _why_unknown(each, acts, day))


def link(citation: Citation, acts: Sequence[Act], day: date) -> str:
    """Where the norm can be read as it holds on a day; empty where nobody knows."""
    act = _act_of(citation, acts, day)
    return act.url.replace("{section}", citation.section) if act else ""


def _one_act(line: str) -> tuple[list[Citation], str]:
    """The citations of one act at the beginning of a line, and what follows them."""
    if rules := _RULES.fullmatch(line):
        line = f"{rules[1]} VV zu {rules[2]}"
    elif not _MARK.match(line) and (turned := _ACT_FIRST.fullmatch(line)):
        places, rest = _places(turned[2])
        return [replace(each, act=turned[1]) for each in places] if not rest else [], ""
    places, rest = _places(line)
    ends = _ACT_ENDS.search(rest)
    act, after = (rest[: ends.start()], rest[ends.end() :]) if ends else (rest, "")
    act = re.sub(r"^(?:zu|zur|der|des)\s+", "", act.strip())
    return ([replace(each, act=act) for each in places] if act else []), after


def _places(line: str) -> tuple[list[Citation], str]:
    """The places before the name of the act, and the rest of the line."""
    found: list[Citation] = []
    level, joined = "section", ""
    while line:
        last = found[-1] if found else None
        if (mark := _MARK.match(line)) and (joined or last is None):
            following = Citation("", _MARKS[mark[1]], mark[2])
            if last and _TO in joined and last == replace(following, section=last.section):
                found[-1] = replace(last, until=mark[2])
            else:
                found.append(following)
            level, line = "section", line[mark.end() :]
        elif last and (part := _PART.match(f" {line.lstrip()}")):
            level = _PARTS[part[1]]
            found[-1:] = _next(last, level, part[2], joined)
            line = f" {line.lstrip()}"[part.end() :]
        elif last and joined and (bare := _BARE.match(line)):
            found[-1:] = _next(last, level, bare[1], joined)
            line = line[bare.end() :]
        elif last and not joined and (join := _JOIN.match(line)) and _goes_on(line[join.end() :]):
            joined, line = join[0], line[join.end() :]
            continue
        else:
            break
        joined = ""
    return found, line.strip()


def _next(last: Citation, level: str, value: str, joined: str) -> list[Citation]:
    """What a further value makes of the last norm: a part of it, another one, or a range."""
    if not joined:
        return [_at(last, level, value)]
    if _TO not in joined:
        return [last, _at(last, level, value)]
    if level == "section":
        return [replace(last, until=value)]
    first = getattr(last, level)
    between = range(int(first) + 1, int(value)) if first.isdigit() and value.isdigit() else ()
    if len(between) > LONGEST:
        raise Refused(_unreadable(f"{last.mark} {last.section} … {first} bis {value}"))
    return [last, *(_at(last, level, str(each)) for each in between), _at(last, level, value)]


def _goes_on(line: str) -> bool:
    """Whether another place follows, and not the name of the act."""
    return bool(_MARK.match(line) or _PART.match(f" {line}") or _BARE.match(line))


def _at(citation: Citation, level: str, value: str) -> Citation:
    """The same norm with another value at a level, and none below it."""
    if level == "section":
        return Citation(citation.act, citation.mark, value)
    below = _LEVELS[_LEVELS.index(level) + 1 :]
    return replace(citation, **{level: value}, **dict.fromkeys(below, ""))


def _act_of(citation: Citation, acts: Sequence[Act], day: date) -> Act | None:
    return next((a for a in acts if a.name == citation.act and holds_on(a, day)), None)


def _why_unknown(citation: Citation, acts: Sequence[Act], day: date) -> Iterator[Refusal]:
    params = {"citation": citation.short, "act": citation.act, "day": day}
    act = _act_of(citation, acts, day)
    if act is None:
        is_known = any(each.name == citation.act for each in acts)
        rule = "grant.act_not_on_day" if is_known else "grant.act_unknown"
        yield Refusal(rule, _NOT_ON_DAY if is_known else _NO_ACT, params)
    elif act.places and not all(_is_known(each, act.places) for each in _ends(citation)):
        yield Refusal("grant.place_unknown", _NO_PLACE, params)


def _ends(citation: Citation) -> tuple[str, ...]:
    """The place, of a range its first and its last."""
    sections = filter(None, (citation.section, citation.until))
    return tuple(f"{citation.mark} {section}" for section in sections)


def _is_known(stated: str, places: Iterable[str]) -> bool:
    """Whether a place is known itself, or a number above it."""
    return any(stated == place or stated.startswith(f"{place}.") for place in places)


def _unreadable(text: str) -> Refusal:
    return Refusal("grant.citation_unreadable", _UNREADABLE, {"text": text})


_UNREADABLE = msg(
    "„{text}“ ist keine Fundstelle, die sich lesen lässt. Beispiele: § 44 Abs. 1 Satz 2 LHO; "
    "§§ 48, 49a HVwVfG; Nr. 1.4 ANBest-GK."
)
_NO_ACT = msg("{citation}: Eine Vorschrift „{act}“ ist hier nicht bekannt.")
_NOT_ON_DAY = msg("{citation}: „{act}“ gilt am {day} nicht.")
_NO_PLACE = msg("{citation}: Diese Stelle von „{act}“ ist hier nicht bekannt.")
