"""How far a title, as it was recognised, can be believed.

No dictionary knows the names of projects. What can be said: whether a word looks damaged,
and how many letters no known word covers, in a text whose other words show how often
recognition failed.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from zielwerk.reading.model import CERTAIN
from zielwerk.recognition.cleaning import hyphens, quotes
from zielwerk.recognition.condition import Condition, believed
from zielwerk.recognition.own import OwnWords
from zielwerk.recognition.traced import Traced
from zielwerk.recognition.words import (
    SMALL_WORDS,
    TOKEN,
    doubtful,
    joined_blank,
    joined_by_sign,
    known,
    listed,
    lost_dots,
    misread,
    misspelt,
    near,
)
from zielwerk.rulebook.refusal import msg

DAMAGED = msg("Ein Wort sieht nach einem Erkennungsfehler aus.")
REPAIRED = msg("Ein Wort wurde berichtigt, weil es nach einem Erkennungsfehler aussah.")
FAULTY_TEXT = msg("Der Text ist stellenweise fehlerhaft erkannt; diese Wörter sind nicht bekannt.")
DASH = msg("Es ist nicht klar, ob der Strich ein Gedankenstrich oder ein Bindestrich ist.")
BRACKET = msg("Im Titel ist eine Klammer offen: Vielleicht fehlt ein Teil.")
WRAPPED = msg("Es ist nicht klar, ob die Zeile zum Titel davor gehört.")

_LONE_HYPHEN = re.compile(
    r"\w- (?!und\b|oder\b|bzw|sowie\b|u\.)\w|(?<=[\w!?]) -(?=\w)|(?<=\w)- ?[a-zäöü]{0,3}$"
)
_DASH = re.compile(r"(?<=\w) [-–—] (?=\w)")
_ODD_SIGN = re.compile(
    r"[|~^§$\\{}<>=_¥£¢©®°�]|[a-zäöü](?!:in(?:nen)?\b)[,.;:][a-zäöüA-ZÄÖÜ]|[!?]\w|\s[.,;]|\w['’](?!s\b)\w|\w!\w|^[^\w„\"(]|[„“”\"].*[^“”\"]$(?<![“”\"!?.)\w])"
)
_LOPSIDED = re.compile(
    r"[^\W\d] \+(?=\w)|[^\W\d]\+ (?=\w)|[\w!?][–—] |(?<=[\w!?]) [–—](?=\w)|[-–—]{2}|[!?]- "
    r"|\w-(?:Das|Der|Die|Ein|Eine|Mein|Wie|Wir|Was|Ich)\b|[a-zäöüß]-(?!(?:und|in|plus)\b)[a-zäöüß]"
)
_DASHES = re.compile(r"(?<= )[-–—](?= )")
# A digit beside a letter that looks like one; language levels (B1) and years (2024A) are read.
_LETTER_DIGIT = re.compile(
    r"(?<![A-Za-z0-9])(?![ABC][12](?!\w))\w*(?:\d[A-CGIOSTZl]|[A-CGIOSTZl]\d)\w*|\d[A-ZÄÖÜ][a-zäöü]{3}"
    r"|[A-ZÄÖÜ]{2}[0158](?![\d\w])"
)
_FULL_STOP = re.compile(
    r"(?<!\b[Ii]nkl)(?<!\b[Ii]ncl)(?<!\bbzw)(?<!\bggf)(?<!\bz\.B)(?<!\bStd)(?<!\bDipl)(?<!\bevtl)"
    r"(?<=[a-zäöüß]{2})\. (?=\w)"
)
_LOST_COMMA = re.compile(_FULL_STOP.pattern + r"(?=[a-zäöüß])")  # "Küche. garten"
_ODD_END = re.compile(r"(?:[-–—&/(]|(?<!\w)\+)$|(?<![\w'’])[b-hj-z](?!\w)(?![-+&0-9])")
_LONE_LETTER = re.compile(r"(?<![\w'’])[B-HJ-Z](?!\w)(?![-+&0-9])")  # "Plan B", or a part of a word
# What stands in titles and looks odd elsewhere: a section of a law, one word for both genders.
_USUAL = re.compile(r"§§? ?\d+[a-z]?(?!\w)|(?<= )\d{1,2}[a-e]$|(?<=[a-zäöü])[*:_](?=in(?:nen)?\b)")
_KEEPS_STOP = re.compile(r"(?:\b(?:Co|etc|usw|u\. ?a|u\. ?v\. ?m|e\. ?V)|\.\.|\w{2}\. \w.*)\.$")


def heal(title: Traced, state: Condition) -> tuple[Traced, bool]:
    """Close hyphens, mend words that can only be one other word; say if one was mended."""
    text = quotes(hyphens(title)).strip(" ;,")
    if text.text.endswith(".") and not _KEEPS_STOP.search(text.text):
        text = text.strip(".").strip()
    if not state.is_readable:
        return text, False
    healed = text.sub(TOKEN, lambda match: _mend(match[0], state.own))
    return healed, healed.text != text.text


def _mend(word: str, own: OwnWords) -> str:
    if word in own or known(word) or known(word.strip("!'’-*")):
        return word
    bare = word.rstrip("!'’")
    return own.meant(word) or (own.meant(bare) or bare) + word[len(bare) :]


def belief(title: str, mended: bool, state: Condition) -> tuple[float, str]:
    """Return the score of a title and the reason where it is not certain."""
    if not state.is_readable:
        return 0.5, FAULTY_TEXT
    title = _plain(title)
    words = TOKEN.findall(title)
    strange = [word for word in words if word not in state.own]
    if mended:
        return 0.6, REPAIRED
    if not words or any(doubtful(word) for word in strange) or _ODD_SIGN.search(title):
        return 0.5, DAMAGED
    if _ODD_END.search(title) or _torn(title) or _LETTER_DIGIT.search(title):
        return 0.6, DAMAGED
    if title.count("(") != title.count(")"):
        return 0.6, BRACKET
    if _LOPSIDED.search(title) or len(set(_DASHES.findall(title))) > 1:
        return 0.6, DASH
    if _LONE_HYPHEN.search(title) or (state.loose_dashes and _DASH.search(title)):
        return 0.6, DASH
    if _small_nouns(words) or _LOST_COMMA.search(title):
        return 0.6, DAMAGED
    if any(misread(word) or misspelt(word) for word in strange):
        return 0.7, FAULTY_TEXT
    if state.fault_rate and _perhaps_other(title, words):
        return 0.7, FAULTY_TEXT
    score = believed(title, words, state)
    return score, "" if score >= CERTAIN else FAULTY_TEXT


def _plain(title: str) -> str:
    """Leave out what is usual in titles and looks odd elsewhere.

    >>> _plain("Helfer:innen nach § 53c"), _plain("Fit4Job")
    ('Helferinnen nach', 'Fit Job')
    """
    plain = _USUAL.sub("", title).replace("e. V.", "").strip()
    return TOKEN.sub(lambda word: " ".join(joined_by_sign(word[0]) or (word[0],)), plain)


def _perhaps_other(title: str, words: Sequence[str]) -> bool:
    """Whether what is right in a clean text may have been something else in a faulty one."""
    return (
        _LONE_LETTER.search(title) is not None
        or _FULL_STOP.search(title) is not None
        or any(map(_suspect, words))
        or _perhaps_one(words)
    )


_NEIGHBOURS = re.compile(r"(?<!\S)([^\W\d_]+) (?=([a-zäöüß]+))")
_LEVELS = frozenset({"81", "82"})  # may have been the language levels B1 and B2
_SUFFIXES = frozenset({"er", "en", "es", "ung", "lich", "heit", "keit"})
_SIBLINGS = frozenset({"gebt", "legt", "Hans", "Band", "Rad", "Lob", "Tal", "nun", "dein"})


def _suspect(word: str) -> bool:
    """Whether a word may be another one, in a text that has faults."""
    bare = re.sub("['’]s$", "", word.strip("!'’-*"))
    pieces = bare.split("-")
    if bare in _LEVELS:
        return True
    doubtful_ones = (piece for piece in pieces if not listed(piece) or piece in _SIBLINGS)
    other = any(near(piece, faulty=True) for piece in doubtful_ones)
    return other or joined_blank(bare) or any(lost_dots(piece) for piece in pieces)


def _torn(title: str) -> bool:
    """Whether a blank fell into a word: two unknown pieces that together are one."""
    for match in _NEIGHBOURS.finditer(title):
        one, other = match.groups()
        torn = not known(other) or (one[:1].isupper() and not known(one)) or other in _SUFFIXES
        if torn and known(one + other):
            return True
    return False


def _perhaps_one(words: Sequence[str]) -> bool:
    """Whether two short words may be one that was torn: "wie der", "Berufs leben"."""
    return any(
        (len(one + other) < 9 and one + other in SMALL_WORDS)
        or (one.endswith("s") and other.islower() and known(one + other) and not known(other + "s"))
        for one, other in pairwise(words)
    )


def _small_nouns(words: list[str]) -> bool:
    """Whether a noun lost its capital, as the piece of a torn word does."""
    return any(
        word.isalpha()
        and word.islower()
        and not word.endswith(("en", "ern", "eln", "end"))  # verbs
        and not known(word)
        and known(word.capitalize())
        for word in words
    )
