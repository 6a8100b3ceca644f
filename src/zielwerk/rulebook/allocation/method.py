"""The names of the methods by which amounts become whole units, and what each means."""

from collections.abc import Mapping
from typing import Literal

from zielwerk.rulebook.refusal import msg

Method = Literal["sainte_lague", "hare_niemeyer"]

SAINTE_LAGUE: Method = "sainte_lague"
HARE_NIEMEYER: Method = "hare_niemeyer"
METHODS: Mapping[Method, str] = {
    SAINTE_LAGUE: msg("Sainte-Laguë"),
    HARE_NIEMEYER: msg("Hare-Niemeyer"),
}
METHOD_MEANINGS: Mapping[Method, str] = {
    SAINTE_LAGUE: msg(
        "Alle Beträge werden kaufmännisch auf ganze Einheiten gerundet, und zwar von dem Betrag "
        "je Bedarf aus, bei dem die Summe stimmt. Ist mehr zu verteilen, bekommt niemand weniger."
    ),
    HARE_NIEMEYER: msg(
        "Alle Beträge werden auf ganze Einheiten abgerundet; die größten Reste werden "
        "aufgerundet, bis die Summe stimmt. Ist mehr zu verteilen, kann jemand eine Einheit "
        "weniger bekommen."
    ),
}
FIRST_YEAR = 2027
"""The first programme year whose money is shared out by Sainte-Laguë where its rules name no
method."""


def usual_method(year: int) -> Method:
    """The method of a programme year whose rules name none."""
    return SAINTE_LAGUE if year >= FIRST_YEAR else HARE_NIEMEYER
