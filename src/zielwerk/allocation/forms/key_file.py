"""A key of allocation written as TOML; needs no Django.

::

    [key]
    rounding_cents = 10000      # unit of every amount
    base_cents = 5000000
    floor_cents = 6000000       # these four may be left out
    cap_cents = 250000000
    max_change_percent = 12.5
    method = "sainte_lague"     # or "hare_niemeyer"; left out: sainte_lague

    [weights]                   # column of the bodies' table = weight, on any scale
    sgb2 = 3
    u25 = 1.5
"""

import math
import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from zielwerk.allocation.forms.files import quoted
from zielwerk.packs.files import loads
from zielwerk.rulebook.allocation import METHODS, SAINTE_LAGUE, Key
from zielwerk.rulebook.refusal import Refusal, Refused, msg

_REQUIRED = ("rounding_cents", "base_cents")
_OPTIONAL = ("floor_cents", "cap_cents")
_PERCENT = "max_change_percent"
_METHOD = "method"
_AT_LINE = re.compile(r"at line (\d+)")


def read_key(text: str, file: str) -> Key:
    """The key that a file holds, typed but not judged; raises Refused with all its faults.

    A number with decimals is exactly the one that is written. Rules: ``programme.no_toml``,
    ``programme.key_field_missing``, ``programme.key_field_unknown``,
    ``programme.key_field_unfit``.
    """
    data = _parsed(text, file)
    if faults := tuple(_faults(data, text, file)):
        raise Refused(*faults)
    fields = data["key"]
    return Key(
        **{field: fields.get(field) for field in _REQUIRED + _OPTIONAL},
        max_change_percent=_exact(fields[_PERCENT]) if _PERCENT in fields else None,
        method=fields.get(_METHOD, SAINTE_LAGUE),
        weights={column: _exact(weight) for column, weight in data["weights"].items()},
    )


def _parsed(text: str, file: str) -> dict[str, Any]:
    try:
        return loads(text)
    except (ValueError, RecursionError) as error:
        position = _AT_LINE.search(str(error))
        line = int(position[1]) if position else len(text.splitlines())
        sentence = msg("{file}, Zeile {line}: Das ist kein gültiges TOML.")
        params = {"file": file, "line": line}
        raise Refused(Refusal("programme.no_toml", sentence, params)) from error


def _faults(data: dict[str, Any], text: str, file: str) -> Iterator[Refusal]:
    for table, known_fields in (
        ("key", (*_REQUIRED, *_OPTIONAL, _PERCENT, _METHOD)),
        ("weights", ()),
    ):
        if not isinstance(data.get(table), dict):
            yield _missing(f"[{table}]", file, 1)
            continue
        for field in data[table]:
            if known_fields and field not in known_fields:
                yield _unknown(field, known_fields, text, file)
    for table in data:
        if table not in ("key", "weights"):
            yield _unknown(table, ("[key]", "[weights]"), text, file)
    yield from _value_faults(data, text, file)


def _value_faults(data: dict[str, Any], text: str, file: str) -> Iterator[Refusal]:
    key, weights = data.get("key"), data.get("weights")
    if isinstance(key, dict):
        for field in (*_REQUIRED, *_OPTIONAL):
            if field not in key:
                if field in _REQUIRED:
                    yield _missing(field, file, _line(text, "key"))
            elif type(key[field]) is not int:  # bool is an int, a whole float is none
                sentence = msg("{file}, Zeile {line}: „{field}“ ist keine ganze Zahl von Cent.")
                yield _unfit(sentence, field, text, file)
        if _PERCENT in key and not _is_number(key[_PERCENT]):
            sentence = msg("{file}, Zeile {line}: „{field}“ ist keine Zahl.")
            yield _unfit(sentence, _PERCENT, text, file)
        if _METHOD in key and key[_METHOD] not in tuple(METHODS):  # perhaps a list
            sentence = msg("{file}, Zeile {line}: „{field}“ ist keines von: {known}.")
            yield _unfit(sentence, _METHOD, text, file, known=tuple(METHODS))
    if isinstance(weights, dict):
        for column, weight in weights.items():
            if not _is_number(weight):
                sentence = msg("{file}, Zeile {line}: Das Gewicht von „{field}“ ist keine Zahl.")
                yield _unfit(sentence, column, text, file)


def _is_number(value: object) -> bool:
    return type(value) is int or (type(value) is float and math.isfinite(value))


def _exact(number: int | float) -> Fraction:
    """The decimal number that was written, not the binary one next to it."""
    return Fraction(repr(number)) if isinstance(number, float) else Fraction(number)


def _missing(field: str, file: str, line: int) -> Refusal:
    return Refusal(
        "programme.key_field_missing",
        msg("{file}, Zeile {line}: „{field}“ fehlt."),
        {"file": file, "line": line, "field": field},
    )


def _unknown(field: str, known_fields: tuple[str, ...], text: str, file: str) -> Refusal:
    return Refusal(
        "programme.key_field_unknown",
        msg("{file}, Zeile {line}: „{field}“ ist nicht vorgesehen. Möglich sind: {known}."),
        {"file": file, "line": _line(text, field), "field": quoted(field), "known": known_fields},
    )


def _unfit(sentence: str, field: str, text: str, file: str, **slots: object) -> Refusal:
    params = {"file": file, "line": _line(text, field), "field": quoted(field), **slots}
    return Refusal("programme.key_field_unfit", sentence, params)


def _line(text: str, name: str) -> int:
    """The line (from 1) on which a name is given its value, 1 where it cannot be found."""
    assignment = re.compile(rf"""(?<![\w-]){re.escape(name)}["']?\s*[\]=.]""")
    lines = enumerate(text.splitlines(), 1)
    return next((number for number, line in lines if assignment.search(line.split("#")[0])), 1)
