"""What an agreement points to: frameworks, legal areas, authority, meeting."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from zielwerk.packs import competence
from zielwerk.packs.model import Body, Framework, LegalArea, Year
from zielwerk.reading import expected
from zielwerk.reading.earmarks import BY_LIKENESS
from zielwerk.reading.model import Found, Meeting
from zielwerk.reading.outline import Outline
from zielwerk.reading.titles import belief
from zielwerk.recognition.cleaning import flow, quotes
from zielwerk.recognition.condition import Condition
from zielwerk.recognition.likeness import alike, find, fold, fold_traced
from zielwerk.recognition.traced import Traced
from zielwerk.recognition.words import TOKEN, doubtful
from zielwerk.rulebook.refusal import msg

OTHER_AUTHORITY = msg(
    "Genannt ist eine andere Bewilligungsbehörde als die, die nach dem Programm zuständig ist."
)
_LOOSELY = 0.75
SEASON_OPEN = msg("Der Zeitpunkt der Besprechung ist nicht eindeutig genannt.")


@dataclass(frozen=True)
class Passage:
    """The running text of all clauses, as it stands and folded for comparing."""

    text: Traced
    folded: Traced

    @classmethod
    def of(cls, outline: Outline, numbers: Sequence[int] | None = None) -> "Passage":
        """Take the clauses of an outline, all or those with the numbers."""
        lines = [
            line
            for section in outline.sections
            if numbers is None or section.number in numbers
            for line in section.body
        ]
        text = flow(lines)
        return cls(text, fold_traced(text))

    def locate(self, wording: str, cutoff: float = 0.88) -> tuple[float, int, int] | None:
        """Find a wording: (similarity, start, end) in ``text``."""
        hit = find(wording, self.folded, cutoff)
        if hit is None:
            return None
        return hit[0], self.folded.origin[hit[1]], self.folded.origin[hit[2] - 1] + 1


# --- legal areas ----------------------------------------------------------------------

_LIST = re.compile(
    r"\b[S5$§]G[B8](?:s)?(?P<list>(?:[ ,/]|und|sowie|[S5]G[B8]|[IVXlivx1|!UuHn]{1,5}(?!\w)"
    r"|\b(?:2|3|8|9|12)\b)+)"
)
_NUMERAL = re.compile(r"(?<!\w)([IVXlivx1|!UuHn]{1,5}|2|3|8|9|12)(?!\w)")
# "nicht jedoch AsylbLG", "mit Ausnahme des SGB XII": named as what does not take part.
_LEFT_OUT = re.compile(
    r"\b(?:nicht(?: jedoch| aber| auch)?|ohne|außer|ausgenommen|mit Ausnahme (?:des|der|von))"
    r"[ (:]+(?:(?:des|der|das|dem|den) )?(?:Rechtskreis(?:e[ns]?|es)? )?"
    r"(?P<list>(?:(?:SGB|[IVX]{1,4}|und|oder|sowie|\w*[A-Z]\w*G|\d{1,2})"
    r"(?:,? |(?=[,.;:)])|$)){1,6})"
)
LEFT_OUT = msg("An einer Stelle steht, dass der Rechtskreis nicht dazugehört.")
_ROMAN = {"2": "II", "3": "III", "8": "VIII", "9": "IX", "12": "XII"}
_AS_ROMAN = str.maketrans(
    {
        "l": "I",
        "i": "I",
        "1": "I",
        "|": "I",
        "!": "I",
        "v": "V",
        "x": "X",
        "U": "II",
        "u": "II",
        "H": "II",
        "n": "II",
    }
)


def legal_areas(passage: Passage, areas: Sequence[LegalArea]) -> tuple[list[Found[str]], bool]:
    """Return the legal areas in the pack's order and whether the list is surely complete."""
    known = {area.code for area in areas}
    found: dict[str, Found[str]] = {}
    lists: list[frozenset[str]] = []
    readable = True
    for match in _LIST.finditer(passage.text.text):
        seen = set()
        for numeral in _NUMERAL.finditer(match["list"]):
            start = match.start("list") + numeral.start()
            code, sure = _area(numeral[1])
            if code not in known:
                readable = False
                continue
            seen.add(code)
            one = Found(code, passage.text.span(start, start + len(numeral[0])))
            if not sure:
                one = one.doubted(0.6, BY_LIKENESS)
            if code not in found or found[code].score < one.score:
                found[code] = one
        lists.append(frozenset(seen))
    for area in areas:
        if not area.code.startswith("SGB"):
            readable &= _act(passage, area, found)
    for match in _LEFT_OUT.finditer(passage.text.text):
        for area in areas:
            if area.code in found and _is_named(area, match["list"]):
                found[area.code] = found[area.code].doubted(0.5, LEFT_OUT)
                readable = False
    full = [one for one in lists if len(one) > 1]
    agree = len(set(full)) <= 1
    ordered = [found[area.code] for area in areas if area.code in found]
    return ordered, readable and agree and len(ordered) == len(areas)


def _is_named(area: LegalArea, text: str) -> bool:
    if area.code.startswith("SGB"):
        return any(_area(numeral[1])[0] == area.code for numeral in _NUMERAL.finditer(text))
    return _seen(area.code, area.cues).search(text) is not None


def _area(written: str) -> tuple[str, bool]:
    """Return ("SGB III", True) for "Ill": a stroke is a stroke; "H" for "II" is a guess."""
    numeral = _ROMAN.get(written) or written.translate(_AS_ROMAN)
    return f"SGB {numeral}", not set(written) & set("UuHn")


_LOOKS = {"A": "[A4]", "s": "[s5]", "S": "[S5]", "l": "[lI1|]", "I": "[lI1|]", "L": "[LlI1]?",
          "G": "[GC6]", "B": "[B8]", "O": "[O0]", "o": "[o0]"}  # fmt: skip


@lru_cache(maxsize=32)
def _seen(code: str, cues: tuple[str, ...]) -> re.Pattern[str]:
    """Match the short name of an act as a scanner may see it, or a wording of the pack."""
    looks = "".join(_LOOKS.get(letter) or re.escape(letter) for letter in code)
    return re.compile("|".join((rf"\b{looks}\b", *map(re.escape, cues))))


def _act(passage: Passage, area: LegalArea, found: dict[str, Found[str]]) -> bool:
    """Find an area that is named by its act, "AsylbLG"; False where that may be damaged."""
    code, text = area.code, passage.text
    match = _seen(code, area.cues).search(text.text)
    if match:
        exact = match[0] in (code, *area.cues)
        found[code] = Found(code, text.span(*match.span()), 1.0 if exact else 0.92, "")
        return True
    if len(code) < 5:
        return True  # too short to be told from other words
    for match in TOKEN.finditer(text.text):
        if abs(len(match[0]) - len(code)) <= 2 and alike(match[0], code) >= 0.7:
            found[code] = Found(code, text.span(*match.span()), 0.6, BY_LIKENESS)
            return False
    return True


# --- frameworks -----------------------------------------------------------------------

_QUOTED = re.compile("„[^„“]{3,120}“")


def frameworks(
    passage: Passage, expected: Sequence[Framework], state: Condition
) -> list[Found[str]]:
    """Return the frameworks of reference as the text writes them, in the text's order."""
    text = quotes(passage.text)
    clean = Passage(text, fold_traced(text))
    found = []
    for framework in expected:
        hits = [
            hit
            for wording in (framework.title, *framework.cues)
            if (hit := clean.locate(wording, 0.9)) is not None
        ]
        if hits:
            best = max(hits, key=lambda hit: (hit[0] >= 0.99, hit[2] - hit[1], hit[0]))
            found.append((best[1], _framework(framework, clean.text, best, state)))
    return [one for _, one in sorted(found, key=lambda pair: pair[0])]


def further_quotes(passage: Passage, found: Sequence[Found[str]]) -> bool:
    """Whether the text quotes a document that none of the found frameworks covers."""
    for match in _QUOTED.finditer(quotes(passage.text).text):
        inside = fold(match[0])
        if not any(fold(one.value) in inside or inside in fold(one.value) for one in found):
            return True
    return False


def _quoted(framework: Framework, written: Traced, state: Condition) -> Found[str]:
    """Take a quoted title: the pack's where it is the same but for its looks, else the text's."""
    wordings = (framework.title, *framework.cues)
    if written.text in wordings:
        return Found(written.text, written.span())
    numbers = re.findall(r"\d+", written.text)
    for wording in wordings:
        if re.findall(r"\d+", wording) == numbers and alike(wording, written.text) >= 0.9:
            return Found(wording, written.span(), 0.8, BY_LIKENESS)
    score, reason = belief(written.text, False, state)
    return Found(written.text, written.span(), score, reason)


def _framework(
    framework: Framework, text: Traced, hit: tuple[float, int, int], state: Condition
) -> Found[str]:
    score, start, end = hit
    for match in _QUOTED.finditer(text.text):
        inside = match.start() <= start and end <= match.end()
        if inside and fold(framework.title) not in fold(text.text[start:end]):
            piece = text.part(match.start() + 1, match.end() - 1)
            return _quoted(framework, piece, state)
    found = Found(framework.title, text.span(start, end))
    return found if score >= 0.97 else found.doubted(0.75, BY_LIKENESS)


def perhaps_named(passage: Passage, wordings: Sequence[str]) -> bool:
    """Whether a text may name something in damaged letters."""
    return any(
        passage.locate(wording, _LOOSELY) is not None for wording in wordings if len(wording) > 10
    )


# --- authority and meeting ------------------------------------------------------------

# What offices that grant money are called in German, whichever state they belong to.
_OFFICES = (
    r"Regierungspräsidi\w*", "Bezirksregierung", "Landesdirektion", r"\w*[Dd]irektion",
    r"Senatsverwaltung", r"\w*[Bb]ank", r"Landes(?:\w*amt|amte?s|betrieb|förderinstitut)",
)  # fmt: skip
_OF_WHAT = r"(?:\s+(?:für|der|des|und|von)\s+[A-ZÄÖÜ][\w-]{2,30})*(?:\s+[A-ZÄÖÜ][a-zäöüß]{3,20})?"


@lru_cache(maxsize=8)
def _any_authority(names: tuple[str, ...]) -> re.Pattern[str]:
    """Match an office that may grant money: by a usual word, or by that of the pack's own."""
    own = dict.fromkeys(re.escape(name.split()[0]) for name in names if " " in name)
    return re.compile(rf"\b(?:{'|'.join((*_OFFICES, *own))}){_OF_WHAT}")


def granting_authority(passage: Passage, year: Year, body: Body) -> Found[str] | None:
    """Return who issues the notice, or nothing where the text does not say."""
    names = expected.names(year, "authority")
    hits = [
        (*hit, each.name, competence.covers(each, body))
        for each in expected.organisations(year, "authority")
        for name in (each.name, *each.variants)
        if (hit := passage.locate(name, 0.9)) is not None
    ]
    other = _other_authority(passage.text.text, names, known=bool(hits))
    if other:
        return Found(other[0], passage.text.span(*other.span()), 0.6, OTHER_AUTHORITY)
    if not hits:
        return None
    score, start, end, name, is_competent = max(hits)
    found = Found(name, passage.text.span(start, end))
    if not is_competent:
        found = found.doubted(0.6, OTHER_AUTHORITY)
    return found if score >= 0.94 else found.doubted(0.8, BY_LIKENESS)


def _other_authority(text: str, names: tuple[str, ...], *, known: bool) -> re.Match[str] | None:
    """Find an authority that is none of the names.

    Where the programme's own is named, too (``known``), only one of its kind counts, which
    differs in its town.
    """
    kind = names[0].split()[0]
    named = [one for one in _any_authority(names).finditer(text) if " " in one[0]]
    of_kind = [one for one in named if alike(one[0].split()[0], kind) >= 0.8]
    for one in of_kind[:1] if known else (*of_kind[:1], *named):
        town = one[0].split()[-1]
        if all(alike(town, name.split()[-1]) < 0.8 for name in names) or (
            not known and max(alike(one[0], name) for name in names) < 0.75
        ):
            return one
    return None


_SEASONS = {
    "spring": r"Früh(?:jahr|ling)|März|April|Mai|(?:II|2)\.? Quartal",
    "summer": r"Sommer|Juni|Juli|August|(?:III|3)\.? Quartal",
    "autumn": r"Herbst|September|Oktober|November|(?:IV|4)\.? Quartal",
    "winter": r"Winter|Dezember|Januar|Februar|(?:I|1)\.? Quartal",
}
_OR_ANOTHER = re.compile(rf"\s*(?:oder|und|/|bzw\.)\s*(?:im )?(?:{'|'.join(_SEASONS.values())})")
_MEETING = re.compile(
    r"(?P<what>\b(?:Umsetzungs|Zielerreichungs|Steuerungs|Bilanz|Zwischen|Auswertungs)?[Bb]esprechung\b|\b\w*gespräch\b)"
    rf"(?P<when>[^.]{{0,60}}?\b(?:im|in|zum)\s(?:\w+\s){{0,2}}?(?P<season>{'|'.join(_SEASONS.values())}))?"
)


def meeting(passage: Passage, usual: str) -> Found[Meeting] | None:
    """Return the meeting that is agreed on, with its season where one is named.

    ``usual`` is the programme's wording, found in damaged letters, too.
    """
    hits = list(_MEETING.finditer(passage.text.text))
    if not hits:
        hit = passage.locate(usual, 0.85)
        if hit is None:
            return None
        value = Meeting(_season(usual), usual)
        return Found(value, passage.text.span(hit[1], hit[2]), 0.8, BY_LIKENESS)
    match = next((one for one in hits if one["season"]), hits[0])
    if not match["season"]:
        return Found(
            Meeting(None, match["what"]), passage.text.span(*match.span()), 0.5, SEASON_OPEN
        )
    found = Found(Meeting(_season(match["season"]), match[0]), passage.text.span(*match.span()))
    goes_on = passage.text.text[match.end() : match.end() + 1].isalpha()
    whole = (
        match[0][0].isupper()
        and not goes_on
        and not any(doubtful(word) for word in TOKEN.findall(match[0]))
    )
    if _OR_ANOTHER.match(passage.text.text, match.end()):
        return found.doubted(0.6, SEASON_OPEN)
    return found if whole else found.doubted(0.7, BY_LIKENESS)


def _season(text: str) -> str | None:
    return next((name for name, words in _SEASONS.items() if re.search(words, text)), None)
