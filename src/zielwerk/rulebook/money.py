"""Euro amounts: whole cents, read strictly, written properly, split without losing one.

An amount is an ``int`` of euro cents everywhere; fractions appear only inside a computation
and are exact. Two roundings exist: :func:`round_half_up` (kaufmännisch, DIN 1333) and the
largest remainder inside :func:`split`.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from math import lcm
from typing import Literal, assert_never

from zielwerk.rulebook.refusal import Refusal, Refused, msg

MAX_CENTS = 2**63 - 1  # what a 64-bit column holds
MIN_CENTS = -(2**63)
MOST_TYPED = 999_999_999_999_99
"""The most that somebody may enter: just below a German Billion, a thousand times what any
programme has. More is a slip, and ninety thousand of it still add up in a column."""

_LONGEST_WRITING = 60  # characters; the largest amount with currency needs half of it

_GERMAN = str.maketrans(",.", ".,")


class Cents(int):
    """Euro cents that know they are money, so that a door can format them.

    A marker only: arithmetic gives plain whole numbers again.
    """

    __slots__ = ()


# The dashes and spaces that word processors and scanners put for the plain ones.
_SAME_SIGN = str.maketrans(
    {
        **dict.fromkeys("\N{MINUS SIGN}\N{EN DASH}\N{EM DASH}\N{NON-BREAKING HYPHEN}", "-"),
        **dict.fromkeys("\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}", " "),
    }
)

_WRITTEN = re.compile(
    r"""
    (?P<sign>-)? [ ]* (?P<before>€|EURO?)? [ ]* (?P<inner_sign>-)? [ ]*
    (?P<whole>
        [1-9][0-9]{0,2} (?P<group>[., ])[0-9]{3} (?:(?P=group)[0-9]{3})*
      | 0 | [1-9][0-9]*
    )
    (?: (?P<mark>[.,]) (?P<cents>[0-9]{2}) | (?P<dash>,-{1,2}) )?
    [ ]* (?P<after>€|EURO?)?
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)

_ROUNDED = re.compile(
    r"(?<![a-z])(?:mio|mrd|tsd|tausend|million(?:en)?|milliarden?|thousand|billion"
    r"|teur|[tkm]€|ca|circa|rund|etwa|knapp|about|approx)(?![a-z])",
    re.IGNORECASE,
)


def parse_euro(text: str, *, negative: bool = False, most: int = MAX_CENTS) -> Cents:
    """Read one written euro amount, German or English, or refuse it with the reason.

    - Currency ``€``, ``EUR`` or ``Euro`` in front or behind, or none.
    - Groups of exactly three digits by full stop or space (German) or comma (English); all
      of them or none, always the same sign.
    - Two decimals after the other sign, ``,-`` for none, or nothing.
    - ``1.600`` is 1,600 euros: German grouping; money has no three decimals.
    - ``1,600`` is refused: an English reader sees 1,600 euros, a German one 1.60 euros.
      ``1,600,100`` and ``1,600.00`` have one reading only and are accepted.
    - A rounded amount ("1,6 Mio. Euro") is refused: it names no cents.
    - A minus is accepted only where ``negative`` says that it may be, and no more than ``most``.

    Raises :class:`Refused` with ``money.unreadable``, ``money.ambiguous``,
    ``money.rounded``, ``money.negative`` or ``money.too_large``.
    """
    written = text.translate(_SAME_SIGN).strip()
    match = _WRITTEN.fullmatch(written) if len(written) <= _LONGEST_WRITING else None
    if match is None:
        raise Refused(_rounded(text) if _ROUNDED.search(written[:200]) else _unreadable(text))

    group, mark = match["group"], match["mark"] or (match["dash"] and ",")
    signs = [sign for sign in (match["sign"], match["inner_sign"]) if sign]
    if (group and group == mark) or (match["before"] and match["after"]) or len(signs) > 1:
        raise Refused(_unreadable(text))
    if group == "," and mark is None and match["whole"].count(",") == 1:
        raise Refused(_ambiguous(text, match["whole"]))
    if signs and not negative:
        raise Refused(_negative(text))

    cents = int(re.sub("[., ]", "", match["whole"])) * 100 + int(match["cents"] or 0)
    cents = -cents if signs else cents
    if not max(MIN_CENTS, -most - 1) <= cents <= most:
        raise Refused(_too_large(text, most))
    return Cents(cents)


def format_euro(cents: int, language: Literal["de", "en"] = "de") -> str:
    """Write an amount for people: ``1.600.100,00 €`` or ``€1,600,100.00``.

    The minus is the real one (U+2212), the space before the sign does not break (DIN 5008).
    """
    minus = "\N{MINUS SIGN}" if cents < 0 else ""
    euros, cents_part = divmod(abs(cents), 100)
    match language:
        case "de":
            return f"{minus}{euros:,}".replace(",", ".") + f",{cents_part:02d}\N{NO-BREAK SPACE}€"
        case "en":
            return f"{minus}€{euros:,}.{cents_part:02d}"
        case _:
            assert_never(language)


def short_format(amounts: Iterable[int], language: str = "de") -> Callable[..., str]:
    """How amounts of one table are written: without cents where all are whole euros."""
    is_whole = all(cents % 100 == 0 for cents in amounts)

    def written(cents: int, *, signed: bool = False) -> str:
        euros, rest = divmod(abs(cents), 100)
        sign = "\N{MINUS SIGN}" if cents < 0 else "+" if signed and cents else ""
        text = f"{euros:,}" if is_whole else f"{euros:,}.{rest:02d}"
        if language == "en":
            return f"{sign}€{text}"
        return f"{sign}{text.translate(_GERMAN)}\N{NO-BREAK SPACE}€"

    return written


def format_plain(cents: int) -> str:
    """Write an amount for machine files: ``1600100.00``, a hyphen for the minus."""
    euros, cents_part = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{euros}.{cents_part:02d}"


def split(total_cents: int, weights: Sequence[int | Fraction]) -> list[int]:
    """Share cents out in proportion to ``weights``; the shares add up to the total exactly.

    Largest remainder (Hare-Niemeyer): everybody gets the whole cents of the exact share, the
    cents left over go to the largest fractions, equal fractions in the order given. A
    greater weight never gets less, a weight of zero gets nothing. A negative total is the
    mirror image of the positive one. Raises :class:`Refused` (``money.no_weights``) where a
    weight is negative or all are zero.
    """
    scale = lcm(*(weight.denominator for weight in weights))
    parts = [(weight * scale).numerator for weight in weights]
    if min(parts, default=0) < 0 or sum(parts) == 0:
        raise Refused(
            Refusal(
                "money.no_weights",
                msg("Zum Aufteilen braucht es Gewichte ab null, von denen eines größer ist."),
            )
        )
    exact = [divmod(abs(total_cents) * part, sum(parts)) for part in parts]
    shares = [whole for whole, _ in exact]
    missing_cents = abs(total_cents) - sum(shares)
    for place in sorted(range(len(parts)), key=lambda i: -exact[i][1])[:missing_cents]:
        shares[place] += 1
    return [-share for share in shares] if total_cents < 0 else shares


def round_half_up(numerator: int, denominator: int) -> int:
    """Round the quotient to a whole number, halves away from zero (kaufmännisch, DIN 1333).

    5/2 gives 3 and -5/2 gives -3, so a claim and its reversal round alike. ``denominator``
    must be positive, else ``ValueError``.
    """
    if denominator <= 0:
        raise ValueError(f"denominator must be positive, not {denominator}")
    whole, remainder = divmod(abs(numerator), denominator)
    rounded = whole + (2 * remainder >= denominator)
    return -rounded if numerator < 0 else rounded


def _shown(text: str) -> str:
    """The text as a sentence can quote it."""
    line = " ".join(text[: 2 * _LONGEST_WRITING].split())
    return line if len(line) <= _LONGEST_WRITING else line[:_LONGEST_WRITING] + "…"


def _unreadable(text: str) -> Refusal:
    return Refusal(
        "money.unreadable",
        msg(
            "„{text}“ ist kein Euro-Betrag in zulässiger Schreibweise: Tausendergruppen haben "
            "drei Ziffern, Cent zwei, zum Beispiel 1.600.100,00."
        ),
        {"text": _shown(text)},
    )


def _rounded(text: str) -> Refusal:
    return Refusal(
        "money.rounded",
        msg("„{text}“ ist ein gerundeter Betrag. Bitte den genauen Betrag in Ziffern angeben."),
        {"text": _shown(text)},
    )


def _ambiguous(text: str, whole: str) -> Refusal:
    thousandths = int(whole.replace(",", ""))
    return Refusal(
        "money.ambiguous",
        msg(
            "„{text}“ lässt sich auf zwei Arten lesen: englisch als {grouped} oder deutsch mit "
            "drei Nachkommastellen als {decimal}. Bitte mit zwei Nachkommastellen schreiben."
        ),
        {
            "text": _shown(text),
            "grouped": Cents(thousandths * 100),
            "decimal": Cents(round_half_up(thousandths, 10)),
        },
    )


def _negative(text: str) -> Refusal:
    return Refusal(
        "money.negative",
        msg("„{text}“ ist negativ. Hier ist nur ein Betrag ab null möglich."),
        {"text": _shown(text)},
    )


def _too_large(text: str, most: int) -> Refusal:
    return Refusal(
        "money.too_large",
        msg("„{text}“ ist zu groß. Der größte Betrag ist {limit}."),
        {"text": _shown(text), "limit": Cents(most)},
    )
