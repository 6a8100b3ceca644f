"""Where a long German word may be parted, for headings of narrow columns.

Not every place where the rules allow it (amtliche Regelung, § 107 to 112): a consonant goes to the
next line with the vowel after it, of several the last one, but what begins a word in German stays
together. Near the ends of a word nothing is parted, where prefixes would be torn.
"""

import re

SOFT = "\N{SOFT HYPHEN}"
LONG = 12  # letters of a word that may need it
FIRST, LAST = 5, 4  # letters that stay together at either end
ONSETS = (
    *("schr", "schl", "schw", "schm", "sch", "str", "spr", "ch", "st", "pf", "ph", "th", "qu"),
    *("bl", "br", "dr", "fl", "fr", "gl", "gr", "kl", "kr", "pl", "pr", "tr"),
)
WORD = re.compile(rf"[^\W\d_]{{{LONG},}}")
JOINT = re.compile(r"(?<=[aeiouyäöü])([^\W\d_aeiouyäöü]+)(?=[aeiouyäöü])", re.IGNORECASE)


def parted(text: str) -> str:
    """A text whose long words may be parted, by soft hyphens that are not drawn otherwise.

    >>> parted("Gebietskörperschaft zugewiesen").replace(SOFT, "|")
    'Gebiets|kör|per|schaft zugewiesen'
    >>> parted("Unterschriften vollständig").replace(SOFT, "|")
    'Unter|schriften vollständig'
    """
    return WORD.sub(lambda found: _parted(found[0]), text)


def _parted(word: str) -> str:
    places = []
    for joint in JOINT.finditer(word):
        cluster = joint[1].casefold()
        onset = next((each for each in ONSETS if cluster.endswith(each)), cluster[-1])
        place = joint.end(1) - len(onset)
        if cluster.endswith("ngs"):  # the s joins two words and belongs to the first
            place = joint.end(1)
        is_prefix = word[place - 2 : place + 1].casefold() == "ver"  # it is one syllable
        if place >= FIRST and len(word) - place >= LAST and not is_prefix:
            places.append(place)
    pieces = [
        word[first:last] for first, last in zip([0, *places], [*places, len(word)], strict=True)
    ]
    return SOFT.join(pieces)
