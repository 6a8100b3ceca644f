"""The resolution by which a body's organ agreed, as a paper names it."""

import re
from collections.abc import Sequence

from zielwerk.packs.model import Programme
from zielwerk.reading.days import read_day
from zielwerk.reading.kinds import inflected
from zielwerk.reading.model import Found, Resolution
from zielwerk.recognition.cleaning import Line, flow
from zielwerk.recognition.traced import Traced
from zielwerk.rulebook.calendar import Period
from zielwerk.rulebook.refusal import msg

OPEN = msg("Ein Beschluss ist genannt, aber nicht, welches Organ ihn an welchem Tag fasste.")

_SENTENCE = re.compile(r"(?<=[a-zäöüß)])[.;] (?=[A-ZÄÖÜ])")
_RESOLVED = re.compile(r"\bBeschl[uü]ss|\bbeschlossen\b|\b(?:gebilligt|zugestimmt)\b")
DAY = re.compile(
    r"\d{1,2}\.? ?(?:\d{1,2}\.|[A-Za-zä]{3,9}\.?) ?(?:\d{4}|\d{2}(?!\d))|\d{4}-\d\d-\d\d"
)


def resolution(
    texts: Sequence[Traced], programme: Programme, period: Period
) -> Found[Resolution | None]:
    """Return the first resolution that a paper names with its organ and its day.

    "Der Kreistag hat die Maßnahmen am 9. Dezember 2025 beschlossen." Null is certain where no
    organ is said to have resolved anything.
    """
    organs = [str(kind.organ) for kind in programme.body_kinds if kind.organ]
    if not organs:
        return Found(None, (0, 0))
    named = re.compile("|".join(rf"(?P<o{i}>{inflected(o)})" for i, o in enumerate(organs)))
    left: Found[Resolution | None] = Found(None, (0, 0))
    for sentence in (piece for text in texts for piece in text.split(_SENTENCE)):
        resolved, organ = _RESOLVED.search(sentence.text), named.search(sentence.text)
        if resolved is None or organ is None:
            continue
        name = organs[int((organ.lastgroup or "o0")[1:])]
        label = " ".join(sentence.text.split())[:160]
        written = (sentence.part(*day.span()) for day in DAY.finditer(sentence.text))
        dated = [day for day in (read_day(one, period) for one in written) if day.value]
        span = sentence.span()
        if len(dated) == 1:
            found = Found[Resolution | None](Resolution(name, dated[0].value, label), span)
            return found.doubted(dated[0].score, dated[0].reason)
        if left.value is None:
            left = Found(Resolution(name, None, label), span, 0.6, OPEN)
    return left


def around_signatures(these: Sequence[Line]) -> list[Traced]:
    """Each line among the signatures, then with the next one, so that no other date joins it."""
    resolved = [(i, line) for i, line in enumerate(these) if _RESOLVED.search(line.text)]
    return [
        *(line.flat for _, line in resolved),
        *(flow(these[i : i + 2]) for i, _ in resolved),
    ]
