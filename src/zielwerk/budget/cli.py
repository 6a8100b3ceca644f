"""`zielwerk budget check`: authorisation and planning have the same sums."""

import argparse
import sys

from django.conf import settings

from zielwerk.language import sentence, translate
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import Refusal, msg

AGREE = msg("Ermächtigung und Planung stimmen überein. Programmjahre und Zweckbindungen: {count}.")
DIFFER = msg(
    "Programmjahr {year}, Zweckbindung „{earmark}“, {tranche}: ermächtigt sind {authorised}, "
    "bereitgestellt sind {provided}."
)

UNREDEEMED = msg(
    "Haushaltsstelle {line}: Verpflichtungen über {amount}, fällig {due}, sind nicht eingelöst, "
    "obwohl der Haushalt {due} in Kraft ist. Beides würde zählen."
)


def check(arguments: list[str]) -> int:
    """Compare both books; exit 1 naming the first programme year that differs."""
    parser = argparse.ArgumentParser("zielwerk budget check")
    parser.add_argument("--lang", choices=["de", "en"], default="de")
    options = parser.parse_args(arguments)
    gap = next(iter(programmes.gaps(settings.PROGRAMME)), None)
    if gap:
        params = {
            "year": gap.fund.year,
            "earmark": programmes.purpose(gap.fund) if gap.fund.earmark else "–",
            "tranche": programmes.tranche(gap.tranche),
            "authorised": Cents(gap.authorised_cents),
            "provided": Cents(gap.provided_cents),
        }
        print(sentence(Refusal("budget.gap", DIFFER, params), options.lang), file=sys.stderr)
        return 1
    for key, cents in programmes.unredeemed(settings.PROGRAMME):
        params = {"line": key.budget_line, "due": key.due_year, "amount": Cents(cents)}
        print(
            sentence(Refusal("budget.unredeemed", UNREDEEMED, params), options.lang),
            file=sys.stderr,
        )
        return 1
    count = len(programmes.frames(settings.PROGRAMME))
    print(translate(AGREE, options.lang).format(count=count))
    return 0
