"""Commands about the books."""

import argparse
import sys

from django.conf import settings

from zielwerk.language import sentence, translate
from zielwerk.ledger import queries
from zielwerk.rulebook.refusal import msg

SOUND = msg("Die Bücher stimmen. Buchungen: {transfers}, Konten: {accounts}.")


def check(arguments: list[str]) -> int:
    """`zielwerk ledger check`: exit 1 naming the first invariant that is broken.

    Then every place at which records and books differ, with the body, the year and both figures.
    """
    parser = argparse.ArgumentParser("zielwerk ledger check")
    parser.add_argument("--lang", choices=["de", "en"], default="de")
    options = parser.parse_args(arguments)
    fault = next(queries.faults(), None)
    if fault:
        print(sentence(fault, options.lang), file=sys.stderr)
        return 1
    differ = [each.refusal for each in queries.disagreements(settings.PROGRAMME)]
    for refusal in differ:
        print(sentence(refusal, options.lang), file=sys.stderr)
    if differ:
        return 1
    transfers, accounts = queries.extent()
    print(translate(SOUND, options.lang).format(transfers=transfers, accounts=accounts))
    return 0
