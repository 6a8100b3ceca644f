"""Commands about the audit chain."""

import argparse
import sys

from zielwerk.core import audit
from zielwerk.core.surroundings import WrongUse
from zielwerk.language import sentence, translate
from zielwerk.rulebook.refusal import Refusal, msg

WHOLE = msg("Das Protokoll ist unversehrt. Einträge: {number}. Siegel: {seal}")
BAD_SEAL = Refusal(
    "audit.seal_form", msg("Das ist kein Siegel; es hat die Form Nummer:Prüfsumme (64 Zeichen).")
)


def verify(arguments: list[str]) -> int:
    """`zielwerk audit verify [--seal N:HASH]`: exit 1 naming the first fault."""
    parser = argparse.ArgumentParser("zielwerk audit verify")
    parser.add_argument("--seal", help="a seal kept elsewhere, as `audit seal` printed it")
    parser.add_argument("--lang", choices=["de", "en"], default="de")
    options = parser.parse_args(arguments)
    kept_seal = audit.Seal.parse(options.seal) if options.seal else None
    if options.seal and kept_seal is None:
        raise WrongUse(BAD_SEAL)
    fault = next(audit.verify(kept_seal), None)
    if fault:
        print(sentence(fault, options.lang), file=sys.stderr)
        return 1
    seal = audit.seal()
    print(translate(WHOLE, options.lang).format(number=seal.entry, seal=seal))
    return 0


def seal(arguments: list[str]) -> int:
    """`zielwerk audit seal`: the newest entry's number and hash."""
    argparse.ArgumentParser("zielwerk audit seal").parse_args(arguments)
    print(audit.seal())
    return 0
