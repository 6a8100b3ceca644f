"""Days that a paper names beside those of its signatures: its term, and what came before it."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice, pairwise

from zielwerk.reading.days import read_day
from zielwerk.reading.hedges import sentence_around
from zielwerk.reading.mentions import Mention
from zielwerk.reading.model import Doubt, Finding, Found
from zielwerk.reading.places import SIGNATURES, Place
from zielwerk.reading.resolutions import DAY
from zielwerk.reading.signatures import Signatory
from zielwerk.reading.within import Said, year_differs
from zielwerk.rulebook.calendar import Period
from zielwerk.rulebook.refusal import msg

FAR_APART = msg("Die Unterschriften liegen mehr als ein halbes Jahr auseinander.")
SIGNED_BEFORE = msg("Im Text steht als geschehen, was erst nach diesem Tag war.")

_TERM = re.compile(
    r"(?:\b[Dd](?:ie|er|iese|ieser) \w*(?:[Vv]ereinbarung|[Bb]escheid) "
    r"(?:gilt|läuft|wirkt|tritt|beginnt|ist gültig|hat Geltung)"
    r"|\b(?:Laufzeit|Geltungs(?:dauer|zeitraum)|(?:Bewilligungs|Durchführungs|Förder)zeitraum)\b)"
    rf"[^.;\d]{{0,60}}?\b(?:vom|von|ab|ab dem|am|seit dem|(?<!bis )zum) (?P<day>{DAY.pattern})"
)
_HAPPENED = re.compile(
    r"\b(?:hat|haben|hatten?|wurden?|fand|fanden|beschloss|beschlossen|besprach|besprachen)\b"
)
_LIMIT = re.compile(r"\b(?:bis|spätestens|ab|vor|seit|nach)(?: zum| dem| am)?\s*$")
_APART = 183  # days
_MOST = 200  # days of a place that are looked at


def begins_elsewhere(said: Said, found: Sequence[Place], period: Period) -> Iterator[Doubt]:
    """A term that begins outside of the programme year leaves the year in doubt.

    For 2024 "Die Vereinbarung gilt vom 1. Januar 2025 bis 31. Dezember 2025" does; one that ends
    later does not.
    """
    for place in found:
        for match in _TERM.finditer(place.text.text):
            day = read_day(place.text.part(*match.span("day")), period).value
            if day and not period.contains(day):
                span = place.text.span(*match.span())
                yield year_differs(said, Mention("", place, match[0], span))
                return


def signed_before(
    signed: Sequence[Found[date | None]], found: Sequence[Place], period: Period
) -> Iterator[Doubt]:
    """A signature before the day on which something happened that the paper tells is in doubt.

    "haben am 3. September 2024 besprochen" in a paper that was signed on 24 June 2024.
    """
    for place in found:
        happened = _happened(place, period) if place.name != SIGNATURES else None
        if happened is None:
            continue
        day, written = happened
        early = [(i, one.value) for i, one in enumerate(signed) if one.value and one.value < day]
        if not early:
            continue
        paths = tuple(f"signatures[{i}].date" for i, _ in early)
        finding = Finding(
            "reading.signed_before",
            msg(
                "{place}: „{written}“, unterschrieben ist am {date}: Welches Datum steht auf dem "
                "Original?"
            ),
            {"place": place.label, "written": written[:200], "date": early[0][1]},
            "uncertain", paths[0],
        )  # fmt: skip
        yield Doubt(paths, finding, SIGNED_BEFORE, 0.6)
        return


def signed_far_apart(signed: Sequence[Signatory]) -> Iterator[Doubt]:
    """Of days in two years, more than half a year apart, one may be misread.

    24 June 2024 for the ministry and 26 June 2023 for the body: both are in doubt.
    """
    days = [(i, one) for i, one in enumerate(signed) if one.date.value]
    for (i, first), (k, second) in pairwise(days):
        one, other = first.date.value, second.date.value
        if one is None or other is None or one.year == other.year:
            continue
        if abs((one - other).days) <= _APART:
            continue
        paths = (f"signatures[{i}].date", f"signatures[{k}].date")
        finding = Finding(
            "reading.signed_far_apart",
            msg(
                "Unterschrieben ist am {date} und am {other}, mehr als ein halbes Jahr "
                "auseinander: Stimmen beide Tage?"
            ),
            {"date": one, "other": other}, "uncertain", paths[0],
        )  # fmt: skip
        yield Doubt(paths, finding, FAR_APART, 0.6)


def _happened(place: Place, period: Period) -> tuple[date, str] | None:
    """The latest day of a place on which something had happened, with its sentence."""
    text, latest = place.text.text, (date.min, "")
    for match in islice(DAY.finditer(text), _MOST):
        before, behind = sentence_around(text, *match.span())
        if _LIMIT.search(before) or not _HAPPENED.search(f"{before}{match[0]}{behind}"):
            continue
        day = read_day(place.text.part(*match.span()), period).value
        if day and day > latest[0]:
            latest = day, " ".join(f"{before}{match[0]}{behind}".split())
    return latest if latest[1] else None
