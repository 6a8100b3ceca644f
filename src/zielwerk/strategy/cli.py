"""Commands about strategies."""

import argparse

from django.utils import timezone

from zielwerk.identity.actions import Operator
from zielwerk.language import translate
from zielwerk.rulebook.refusal import msg
from zielwerk.strategy import actions

ERASED = msg("Gelöscht: Namen, Ämter, Bemerkungen und Adressen in {number} Einträgen.")


def erase(arguments: list[str]) -> int:
    """`zielwerk consent erase WHO`: erase the data of somebody who consented or was asked."""
    parser = argparse.ArgumentParser("zielwerk consent erase")
    parser.add_argument("who", help="the name as it was entered, or the e-mail address")
    parser.add_argument("--lang", choices=["de", "en"], default="de")
    options = parser.parse_args(arguments)
    erasure = actions.Erasure(options.who)
    number = actions.erase(Operator("cli:consent"), erasure, at=timezone.now())
    print(translate(ERASED, options.lang).format(number=number))
    return 0
