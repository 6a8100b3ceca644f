"""Whether a change of an agreement can be begun, and which number it has."""

from collections.abc import Callable

from zielwerk.agreements import queries
from zielwerk.agreements.models import Agreement
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.refusal import Refusal, msg

AMENDING: list[Callable[[Agreement], str]] = []
"""Asked for the number of a draft that is to change an agreement; joined by wiring."""


def why_not_changed(agreement: Agreement) -> list[Refusal]:
    """Why no change of this record can be begun now."""
    holds, under_way = queries.newest(agreement), queries.open_change(agreement)
    if holds is None:
        return [ANNULLED]
    if holds.pk != agreement.pk:
        return [Refusal("agreements.newer_version", NEWER, {"number": holds.file_number})]
    if under_way:
        return [Refusal("agreements.change_open", UNDER_WAY, {"number": under_way.file_number})]
    drafted = next(filter(None, (number_of(agreement) for number_of in AMENDING)), "")
    return [Refusal("agreements.change_drafted", DRAFTED, {"number": drafted})] if drafted else []


def next_change(agreement: Agreement) -> int:
    """The paper's number that the next change of an agreement has, if none is missing."""
    return agreement.version


def places(agreement: Agreement) -> list[str]:
    """The places of an agreement that a change may rest on: its own, else those of the rules."""
    rules = programmes.rules(agreement.programme, agreement.year, agreement.rule_version)
    first = queries.versions(agreement)[0].content
    named = [(each.number, each.title) for each in first.clauses or rules.clauses]
    texts = [f"{number} {title}".strip()[:LONGEST_PLACE] for number, title in named]
    return list(dict.fromkeys(texts))


LONGEST_PLACE = 200
ANNULLED = Refusal(
    "agreements.annulled", msg("Diese Erfassung ist aufgehoben; geändert wird daran nichts mehr.")
)
NEWER = msg("Inzwischen gilt {number}. Eine weitere Änderung geht von dort aus.")
UNDER_WAY = msg("Eine Änderung wird schon unter {number} erfasst.")
DRAFTED = msg(
    "Eine Änderung wird schon unter {number} verhandelt. Erst wenn das aufgegeben ist, beginnt "
    "eine andere."
)
