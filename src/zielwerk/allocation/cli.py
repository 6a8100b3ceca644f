"""`zielwerk allocation compute`: the arithmetic without a database."""

import argparse
import json
import re
import sys
from collections.abc import Iterator

from zielwerk.allocation.forms.body_table import read_bodies
from zielwerk.allocation.forms.files import MOST_BYTES, text_of
from zielwerk.allocation.forms.key_file import read_key
from zielwerk.language import sentence, translate
from zielwerk.packs.opening import named
from zielwerk.rulebook.allocation import LIMIT_LABELS, Allocation, Share, allocate
from zielwerk.rulebook.money import format_euro, round_half_up
from zielwerk.rulebook.refusal import Refused, msg

MOST_SENTENCES = 20

_MORE = msg("… und weitere Fehler: {count}.")
_NO_LAST_YEAR = msg(
    "Hinweis: Der Schlüssel begrenzt die Veränderung zum Vorjahr, aber kein Vorjahresbetrag ist "
    "angegeben. Die Grenze wirkt nicht."
)


def compute(arguments: list[str]) -> int:
    """Share a total among the bodies of a table; 0 done, 1 refused, 2 wrong use."""
    options = _parser().parse_args(arguments)
    try:
        key = read_key(_text(options.key), options.key)
        needs = read_bodies(_text(options.bodies), key.weights, options.bodies)
        allocation = allocate(key, needs, options.total_cents)
    except Refused as refused:
        for line in _sentences(refused, options.lang):
            print(line, file=sys.stderr)
        return 1
    has_last_year = any(need.last_year_cents is not None for need in needs)
    if key.max_change_percent is not None and not has_last_year:
        print(translate(_NO_LAST_YEAR, options.lang), file=sys.stderr)
    if options.json:
        print(json.dumps(_as_json(allocation), indent=2))
    else:
        print("\n".join(_table(allocation, options.lang)))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="zielwerk allocation compute",
        description="Share a total among regional bodies by a key, to the cent; writes nothing.",
    )
    parser.add_argument("key", metavar="KEY.toml", help="rounding, base, limits and weights")
    parser.add_argument("bodies", metavar="BODIES.csv", help="ags;name;COLUMN…;last_year_cents")
    parser.add_argument(
        "--total-cents", metavar="N", type=_whole, required=True, help="what to share, in cents"
    )
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument("--lang", choices=("de", "en"), default="de", help="language of sentences")
    return parser


def _whole(text: str) -> int:
    if not re.fullmatch(r"-?[0-9]{1,40}", text):
        raise argparse.ArgumentTypeError(f"'{text[:60]}' is no whole number of cents")
    return int(text)


def _text(file: str) -> str:
    """The text of a file; no more is read than decides that it is too large."""
    return text_of(named(file, MOST_BYTES), file)


def _sentences(refused: Refused, language: str) -> Iterator[str]:
    for refusal in refused.refusals[:MOST_SENTENCES]:
        yield sentence(refusal, language)
    if (more := len(refused.refusals) - MOST_SENTENCES) > 0:
        yield translate(_MORE, language).format(count=more)


def _as_json(allocation: Allocation) -> dict[str, object]:
    amounts = [
        {
            "ags": share.ags,
            "amount_cents": share.amount_cents,
            "share": float(share.share),
            "limited_by": share.limited_by or None,
        }
        for share in allocation.amounts
    ]
    return {"amounts": amounts, "residual_cents": allocation.residual_cents}


# --- the table for people -------------------------------------------------------------

_HEAD = (msg("Schlüssel"), msg("Name"), msg("Betrag"), msg("Anteil"), msg("begrenzt durch"))
_SHARED = msg("Verteilt")
_RESIDUAL = msg("Rest unter einer Rundungseinheit")
_TOTAL = msg("Zu verteilen")
_TO_THE_RIGHT = (2, 3)


def _table(allocation: Allocation, language: str) -> Iterator[str]:
    names = {need.ags: need.name for need in allocation.needs}
    shared_cents = allocation.total_cents - allocation.residual_cents
    rows = [_row(share, names[share.ags], language) for share in allocation.amounts]
    ends = [
        ("", translate(label, language), _euro(cents, language), "", "")
        for label, cents in (
            (_SHARED, shared_cents),
            (_RESIDUAL, allocation.residual_cents),
            (_TOTAL, allocation.total_cents),
        )
    ]
    head = tuple(translate(label, language) for label in _HEAD)
    widths = [max(map(len, column)) for column in zip(head, *rows, *ends, strict=True)]
    rule = "  ".join("-" * width for width in widths)
    for cells in (head, None, *rows, None, *ends):
        yield rule if cells is None else _aligned(cells, widths)


def _row(share: Share, name: str, language: str) -> tuple[str, ...]:
    limit = translate(LIMIT_LABELS[share.limited_by], language)
    return (share.ags, name, _euro(share.amount_cents, language), _percent(share, language), limit)


def _aligned(cells: tuple[str, ...], widths: list[int]) -> str:
    return "  ".join(
        cell.rjust(width) if place in _TO_THE_RIGHT else cell.ljust(width)
        for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ).rstrip()


def _percent(share: Share, language: str) -> str:
    whole, rest = divmod(
        round_half_up(share.share.numerator * 10**6, share.share.denominator), 10**4
    )
    return f"{whole}.{rest:04d}%" if language == "en" else f"{whole},{rest:04d}\N{NO-BREAK SPACE}%"


def _euro(cents: int, language: str) -> str:
    return format_euro(cents, "en" if language == "en" else "de")


# --- packs ----------------------------------------------------------------------------
