"""German number words ("eine Million sechshunderttausendeinhundert") as whole numbers."""

import re

_ONES = {
    "null": 0, "ein": 1, "eins": 1, "eine": 1, "einen": 1, "zwei": 2, "zwo": 2, "drei": 3,
    "vier": 4, "fuenf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "elf": 11,
    "zwoelf": 12, "dreizehn": 13, "vierzehn": 14, "fuenfzehn": 15, "sechzehn": 16,
    "siebzehn": 17, "achtzehn": 18, "neunzehn": 19,
}  # fmt: skip
_TENS = {
    "zwanzig": 20, "dreissig": 30, "vierzig": 40, "fuenfzig": 50, "sechzig": 60, "siebzig": 70,
    "achtzig": 80, "neunzig": 90,
}  # fmt: skip
_UMLAUTS = str.maketrans({"ü": "ue", "ö": "oe", "ä": "ae", "ß": "ss"})


def number_in_words(text: str) -> int | None:
    """Return the number, or nothing where a part of the text is no number word.

    >>> number_in_words("eine Million sechshunderttausendeinhundert")
    1600100
    """
    words = re.sub(r"[\s-]+", "", text.lower().translate(_UMLAUTS))
    total = 0
    match = re.match(r"(.+?)million(?:en)?(?:und)?", words)
    if match:
        millions = _below_thousand(match[1])
        if millions is None:
            return None
        total, words = millions * 1_000_000, words[match.end() :]
    if "tausend" in words:
        head, words = words.split("tausend", 1)
        thousands = _below_thousand(head) if head else 1
        if thousands is None:
            return None
        total += thousands * 1_000
    rest = _below_thousand(words.removeprefix("und")) if words else 0
    return None if rest is None else total + rest


def _below_thousand(words: str) -> int | None:
    total = 0
    if "hundert" in words:
        head, words = words.split("hundert", 1)
        hundreds = _ONES.get(head, 1 if not head else None)
        if hundreds is None:
            return None
        total, words = hundreds * 100, words.removeprefix("und")
    if not words:
        return total
    if words in _ONES:
        return total + _ONES[words]
    for tens, value in _TENS.items():
        if words == tens:
            return total + value
        if words.endswith("und" + tens):
            ones = _ONES.get(words.removesuffix("und" + tens))
            return None if ones is None else total + value + ones
    return None
