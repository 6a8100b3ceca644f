"""Commands about persons."""

import argparse

from django.utils import timezone

from zielwerk.identity import actions, queries
from zielwerk.language import translate
from zielwerk.rulebook.refusal import Refusal, Refused, msg

ERASED = msg("Gelöscht: Name, E-Mail-Adresse und Funktion. Im Protokoll heißt die Person {name}.")
UNKNOWN = msg("Mit der E-Mail-Adresse {address} ist niemand angelegt.")


def erase(arguments: list[str]) -> int:
    """`zielwerk person erase ADDRESS`: erase a person's data, for good."""
    parser = argparse.ArgumentParser("zielwerk person erase")
    parser.add_argument("address", help="the e-mail address of the person")
    parser.add_argument("--lang", choices=["de", "en"], default="de")
    options = parser.parse_args(arguments)
    person = queries.of_address(options.address)
    if person is None:
        raise Refused(Refusal("identity.unknown", UNKNOWN, {"address": options.address}))
    actions.erase(actions.Operator("cli:person"), person, at=timezone.now())
    print(translate(ERASED, options.lang).format(name=person.audit_name))
    return 0
