"""``zielwerk agreement redline``: what differs between two versions, without a database."""

import argparse
import json
import os
import sys
from collections.abc import Iterator
from functools import partial
from typing import Any

from zielwerk.agreements.cli.versions import Version, version_of
from zielwerk.language import sentence, translate
from zielwerk.packs.opening import named
from zielwerk.recognition.source import decode
from zielwerk.rulebook.redline import (
    Change,
    Kind,
    Op,
    Part,
    redline,
    redline_by_content,
    shown,
    told,
)
from zielwerk.rulebook.refusal import Refusal, Refused, Said, msg

MOST_BYTES = 2_000_000
"""A hundred times an agreement."""

CONTEXT = 12
"""So many words are shown on each side of what changed."""

MARKS = {Op.KEEP: "{}", Op.DROP: "[-{}-]", Op.ADD: "{{+{}+}}"}
COLOURS = {Op.KEEP: "{}", Op.DROP: "\x1b[31m{}\x1b[0m", Op.ADD: "\x1b[32m{}\x1b[0m"}

_EQUAL = msg("Kein Unterschied im Wortlaut.")
_OF_FILE = "{file}: {reason}"


def redline_command(argv: list[str]) -> int:
    """Say what differs; 0 with or without changes, 1 for a file that cannot be read, 2 wrong use.

    A file is a text, whose blank lines part the nodes, or JSON; see
    :func:`~zielwerk.agreements.cli.versions.version_of`. With ``--json``::

        {"changes": [{"node": "p1", "kind": "changed", "moved": false, "old": "p1", "new": "p1",
          "place": "§ 4", "sentence": "§ 4: statt 16 Plätze nun 20 Plätze (+ 4)",
          "parts": [{"op": "keep", "text": "…"}, {"op": "drop", "text": "16"}, …]}]}

    ``kind`` is changed, added, removed or moved. A node that moved and changed is "changed" with
    ``moved`` true. ``old`` and ``new`` are its ids in the two versions, null where it is absent;
    ``node`` is the new one, else the old one. In a text the id is the number of the paragraph.
    Kept and added parts joined give the new text to the letter, kept and dropped ones the old.
    Nodes that do not differ, or in white space alone, are absent.
    """
    options = _parser().parse_args(argv)
    try:
        old, new = _version(options.old), _version(options.new)
    except Refused as refused:
        for refusal in refused.refusals:
            print(sentence(refusal, options.lang), file=sys.stderr)
        return 1
    compare = redline if old.has_ids and new.has_ids else redline_by_content
    changes = compare(old.nodes, new.nodes)
    if options.json:
        found = {"changes": [_as_json(change, options.lang) for change in changes]}
        print(json.dumps(found, ensure_ascii=False, indent=2))
    elif changes:
        print("\n\n".join(_told(changes, options.lang, in_colour=_is_in_colour())))
    else:
        print(translate(_EQUAL, options.lang))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="zielwerk agreement redline",
        description="Say what differs between two versions of an agreement, clause by clause.",
    )
    parser.add_argument("old", metavar="OLD", help="text or exported agreement (JSON)")
    parser.add_argument("new", metavar="NEW", help="the later version of it")
    parser.add_argument("--json", action="store_true", help="print JSON instead of lines")
    parser.add_argument("--lang", choices=("de", "en"), default="de", help="language of sentences")
    return parser


def _version(file: str) -> Version:
    """The version in a file; what is refused names the file."""
    data = named(file, MOST_BYTES)
    try:
        return version_of(decode(data, most_bytes=MOST_BYTES))
    except Refused as refused:
        raise Refused(*(_of_file(file, refusal) for refusal in refused.refusals)) from refused


def _of_file(file: str, refusal: Refusal) -> Refusal:
    reason = Said(refusal.msgid, refusal.params)
    return Refusal(refusal.rule, _OF_FILE, {"file": file, "reason": reason}, refusal.basis)


def _as_json(change: Change, language: str) -> dict[str, Any]:
    return {
        "node": change.node.id,
        "kind": change.kind,
        "moved": change.moved,
        "old": change.old and change.old.id,
        "new": change.new and change.new.id,
        "place": change.node.label,
        "sentence": told(change, partial(sentence, language=language)),
        "parts": [{"op": part.op, "text": part.text} for part in change.parts],
    }


def _is_in_colour() -> bool:
    """Colour is for a terminal whose reader has not declined it (no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def _told(changes: list[Change], language: str, *, in_colour: bool) -> Iterator[str]:
    """A sentence for each change, and under it the wording around what changed."""
    for change in changes:
        said = _printable(told(change, partial(sentence, language=language)))
        drawn = "".join(_drawn(change, in_colour))
        yield said if change.kind is Kind.MOVED else f"{said}\n    {drawn}"


def _drawn(change: Change, in_colour: bool) -> Iterator[str]:
    parts = shown(change.parts)
    for place, part in enumerate(parts):
        text = " ".join(_printable(part.text).split())
        lead = " " if part.text[:1].isspace() and place else ""
        trail = " " if part.text[-1:].isspace() and text and part is not parts[-1] else ""
        if part.op is Op.KEEP:
            text = _around(text, is_first=place == 0, is_last=part is parts[-1])
        elif text:
            text = MARKS[part.op].format(text)
            text = COLOURS[part.op].format(text) if in_colour else text
            lead = lead or (" " if _is_replaced(parts, place) else "")
        yield lead + text + trail


def _is_replaced(parts: list[Part], place: int) -> bool:
    return place > 0 and parts[place].op is Op.ADD and parts[place - 1].op is Op.DROP


def _around(text: str, *, is_first: bool, is_last: bool) -> str:
    """The words next to a change; of what is far from any, "…" stays."""
    every = text.split(" ")
    if len(every) <= CONTEXT * (2 - is_first - is_last):
        return text
    behind = "" if is_first else " ".join(every[:CONTEXT]) + " "
    before = "" if is_last else " " + " ".join(every[-CONTEXT:])
    return f"{behind}…{before}"


def _printable(text: str) -> str:
    """The text without characters that a terminal would obey."""
    return "".join(one if one.isprintable() or one.isspace() else "\ufffd" for one in text)
