"""What counts as a text that a person wrote, in a form or in a table: one rule for both.

A text is kept as people read it: composed (NFC), without blanks at its ends. What nobody sees
says nothing, and what makes a reader see another order than is stored is refused, since both
the audit log and the courts read what is stored.
"""

import re
import unicodedata
from datetime import date

from zielwerk.rulebook.refusal import Refusal, Refused, msg

NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
"""Control characters, halves of characters: no text holds them; a database refuses the first."""

TURNED = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Embeddings, overrides and isolates: the text is read in another order than it is written."""

# Letters and signs by their class of which nothing is seen: fillers of Hangul, empty Braille.
_UNSEEN = frozenset("\u115f\u1160\u3164\uffa0\u2800")
_SEEN_CLASSES = frozenset("LNPS")

EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
"""Days that a programme can mean; what lies outside is a slip of the pen."""


def says_something(text: str) -> bool:
    """Whether anything of a text is seen: a letter, a digit, a sign. Any length, no unit.

    Blanks, zero-width characters and marks without a letter say nothing: they are no reason.
    """
    return any(
        unicodedata.category(sign)[0] in _SEEN_CLASSES and sign not in _UNSEEN for sign in text
    )


def written(text: str) -> str:
    """The text as it is kept; empty where it says nothing.

    Raises :class:`Refused` with ``writing.control`` or ``writing.turned``.
    """
    for pattern, rule, sentence in (
        (NOT_TEXT, "writing.control", CONTROL),
        (TURNED, "writing.turned", TURNS),
    ):
        if found := pattern.search(text):
            raise Refused(Refusal(rule, sentence, {"sign": f"U+{ord(found[0]):04X}"}))
    composed = unicodedata.normalize("NFC", text).strip()
    return composed if says_something(composed) else ""


def is_within_reach(day: date) -> bool:
    """Whether a day can be meant: from 1900 to 2199, the years that tables take, too."""
    return EARLIEST <= day <= LATEST


def day_out_of_reach(text: str) -> Refusal:
    """What is told about such a day, as it was typed."""
    params = {"text": text, "first": str(EARLIEST.year), "last": str(LATEST.year)}
    return Refusal("writing.day_out_of_reach", OUT_OF_REACH, params)


CONTROL = msg("Der Text enthält ein Steuerzeichen, das man nicht sieht ({sign}). Bitte löschen.")
TURNS = msg(
    "Der Text enthält ein unsichtbares Zeichen, das die Leserichtung umkehrt ({sign}). Bitte "
    "löschen."
)
OUT_OF_REACH = msg("„{text}“ liegt nicht zwischen den Jahren {first} und {last}.")
