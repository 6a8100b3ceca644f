"""From a text to its words: amounts, dates, citations and compound names are one word each."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

MONTHS = (
    *("Januar", "Februar", "März", "April", "Mai", "Juni"),
    *("Juli", "August", "September", "Oktober", "November", "Dezember"),
)

# A day with its month in words or figures. A line may end within it.
_DATE = (
    rf"\d{{1,2}}\.\s?(?:{'|'.join(MONTHS)})(?:\s\d{{4}})?(?!\w)"
    r"|\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})?(?!\d)"
    r"|\d{4}-\d{2}-\d{2}(?!\w)"
)
# 1.600.100,50 with dots, narrow spaces or apostrophes. With plain spaces only before a currency,
# for "im Jahr 2024 100 Plätze" holds two numbers.
_DIGITS = (
    r"(?:\d{1,3}(?:[.\u2009\u202f\u00a0'’]\d{3})+(?!\d)"
    r"|\d{1,3}(?:[ ]\d{3}){1,4}(?=\s?(?:Euro|EUR|€))"
    r"|\d++)(?:[.,:/]\d++)*+"
)
_LETTER = r"[^\W\d_]"
_IN_WORD = r"[\w\u0300-\u036f]"
_GOES_ON = rf"(?:(?:[-‑](?=\w)|['’](?={_LETTER})|[*:](?=in)){_IN_WORD}++)"

# Words first, since most are; no other kind begins like one.
_WORD = re.compile(
    rf"""(\s*+)(
    (?:(?<![^\s(„])[-‑])?{_LETTER}{_IN_WORD}*+{_GOES_ON}*+[-‑]?   # Nord-Süd-Achse, Sprach-
    | {_DATE}
    | §{{1,2}}\s?\d++[a-z]?(?!\w)
    | {_DIGITS}(?:[-‑]{_IN_WORD}++)++[-‑]?                         # 25-jährige, 2020-2024
    | (?:(?<![^\s(])[-−])?{_DIGITS}(?:,[-–—]{{1,2}}|{_LETTER}{_IN_WORD}*+)?
    | _++
    | \S)""",
    re.VERBOSE,
)

_AMOUNT = re.compile(r"[-−]?(\d++(?:[.\u2009\u202f\u00a0'’ ]\d{3})*+)(?:,(\d{1,4})|,[-–—]{1,2})?")
_FIGURES = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_IN_WORDS = re.compile(rf"(\d{{1,2}})\.\s?({'|'.join(MONTHS)})\s(\d{{4}})")
_CITATION = re.compile(r"§{1,2}\s?\d+[a-z]?")


@dataclass(frozen=True)
class Words:
    """A text cut into words.

    ``spaces[n]`` stands before ``words[n]``; ``keys[n]`` is the word as it is compared: white
    space within a date or an amount counts as one blank. The last word is empty and stands for
    the end, so that the joined text is whole.
    """

    spaces: list[str]
    words: list[str]
    keys: list[str]


def words(text: str) -> Words:
    """The words of a text with the white space before each."""
    whole = text.rstrip()  # white space that no word follows would be tried at every place
    found = _WORD.findall(whole)
    spaces, cut = [space for space, _ in found], [word for _, word in found]
    spaces.append(text[len(whole) :])
    cut.append("")
    keys = [word if word.isalpha() else " ".join(word.split()) for word in cut]
    return Words(spaces, cut, keys)


def is_punctuation(word: str) -> bool:
    """Whether a word holds no letter and no digit."""
    return not any(map(str.isalnum, word))


def day(word: str) -> date | None:
    """The day that a word names with its year."""
    if match := _FIGURES.fullmatch(word):
        parts = (int(match[3]), int(match[2]), int(match[1]))
    elif match := _ISO.fullmatch(word):
        parts = (int(match[1]), int(match[2]), int(match[3]))
    elif match := _IN_WORDS.fullmatch(word):
        parts = (int(match[3]), MONTHS.index(match[2]) + 1, int(match[1]))
    else:
        return None
    try:
        return date(*parts)
    except ValueError:  # the 31st of June is written, but no day
        return None


def amount(word: str) -> Decimal | None:
    """The number that a word writes the German way: dots part thousands, a comma the decimals."""
    match = _AMOUNT.fullmatch(word)
    if match is None or len(word) > LONGEST_AMOUNT:
        return None
    whole = re.sub(r"\D", "", match[1])
    number = Decimal(f"{whole}.{match[2]}" if match[2] else whole)
    return -number if word[0] in "-−" else number


LONGEST_AMOUNT = 30
"""So many characters an amount may have; a longer row of digits is no number to reckon with."""


def is_citation(word: str) -> bool:
    """Whether a word is a section as it is cited: "§ 4", "§§ 4a"."""
    return _CITATION.fullmatch(word) is not None


def shape(word: str) -> str:
    """What stays of a word where its value does not count: every amount is one, every day is."""
    if not word[:1].isdigit() and word[:1] not in "-−§":
        return word
    if day(word):
        return "<day>"
    if is_citation(word):
        return "<citation>"
    return "<amount>" if amount(word) is not None else word


def is_figure(word: str) -> bool:
    """Whether a word is an amount, a day or a citation: it is read as a whole and alone."""
    return shape(word).startswith("<")
