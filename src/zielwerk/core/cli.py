"""Commands about the audit chain."""

import argparse
import sys
from collections.abc import Iterable, Iterator
from itertools import chain

from zielwerk.core import audit
from zielwerk.core.extents import Extent, extents
from zielwerk.core.surroundings import WrongUse
from zielwerk.language import sentence, translate
from zielwerk.rulebook.refusal import Refusal, msg

WHOLE = msg("Das Protokoll ist unversehrt. Einträge: {number}. Siegel: {seal}")
ON_TRUST = msg(
    "Auf Treu und Glauben genommen: die Einträge vor Nummer {number} und was sie besiegeln. "
    "Bewiesen ist, was danach eingetragen wurde, und dass alles den Siegeln entspricht."
)
BAD_SEAL = Refusal(
    "audit.seal_form", msg("Das ist kein Siegel; es hat die Form Nummer:Prüfsumme (64 Zeichen).")
)
PROVING = msg("Geprüft: {done} von {total}")


def verify(arguments: list[str]) -> int:
    """`zielwerk audit verify`: exit 1 naming the first fault, or with `--all` every one."""
    parser = argparse.ArgumentParser("zielwerk audit verify")
    parser.add_argument("--seal", help="a seal kept elsewhere, as `audit seal` printed it")
    parser.add_argument("--since", help="begin at a kept seal; what is before is taken on trust")
    parser.add_argument("--all", action="store_true", help="list every fault with its extent")
    parser.add_argument("--lang", choices=["de", "en"], default="de")
    options = parser.parse_args(arguments)
    kept_seal, since = (_seal(text) for text in (options.seal, options.since))
    told = Told(options.lang)
    faults = audit.verify(kept_seal, since, told)
    found = extents(faults) if options.all else [Extent(1, one, one) for one in _first(faults)]
    told.end()
    for said in chain.from_iterable(extent.said for extent in found):
        print(sentence(said, options.lang), file=sys.stderr)
    if not found:
        _tell_sound(options.lang, since)
    return 1 if found else 0


def _tell_sound(language: str, since: audit.Seal | None) -> None:
    seal = audit.seal()
    print(translate(WHOLE, language).format(number=seal.entry, seal=seal))
    if since:
        print(translate(ON_TRUST, language).format(number=since.entry))


def _seal(text: str | None) -> audit.Seal | None:
    kept = audit.Seal.parse(text) if text else None
    if text and kept is None:
        raise WrongUse(BAD_SEAL)
    return kept


def _first(faults: Iterator[Refusal]) -> Iterable[Refusal]:
    first = next(faults, None)
    return [first] if first else []


class Told:
    """How far the proof is, on one line of a terminal; nothing where there is none."""

    def __init__(self, language: str) -> None:
        self.language, self.width = language, 0

    def __call__(self, done: int, total: int) -> None:
        if sys.stderr.isatty():
            line = translate(PROVING, self.language).format(done=done, total=total)
            self.width = len(line)
            print(line, end="\r", file=sys.stderr, flush=True)

    def end(self) -> None:
        if self.width:
            print(" " * self.width, end="\r", file=sys.stderr)


def seal(arguments: list[str]) -> int:
    """`zielwerk audit seal`: the newest entry's number and hash."""
    argparse.ArgumentParser("zielwerk audit seal").parse_args(arguments)
    print(audit.seal())
    return 0
