"""What became of each planned measure, line by line: planned, agreed; later granted and done."""

from dataclasses import dataclass

from zielwerk.drafting.model import Document, Measure
from zielwerk.measures import queries as measures
from zielwerk.negotiation.queries import Sources
from zielwerk.rulebook.refusal import msg

SAME, OTHER = msg("wie geplant"), msg("anders als geplant")
FRESH, LEFT_OUT = msg("nicht geplant"), msg("geplant, nicht im Text")
LOOKS = {SAME: "success", OTHER: "warning", FRESH: "info", LEFT_OUT: "warning"}


@dataclass(frozen=True)
class Link:
    """One measure: as it is planned, and as the text says it; each may be missing.

    ``planned_cents`` is what the programme is to pay of the planned cost, null while none is
    planned; the text names an amount where measures get the money.
    """

    planned: Measure | None
    agreed: Measure | None
    planned_cents: int | None
    url_of: int | None

    @property
    def what(self) -> str:
        if self.planned is None:
            return FRESH
        if self.agreed is None:
            return LEFT_OUT
        return SAME if self.planned == self.agreed else OTHER

    @property
    def look(self) -> str:
        return LOOKS[self.what]


def chain(document: Document, sources: Sources) -> list[Link]:
    """Every measure that is planned or in the text, in the order of the text."""
    planned = {each.id: each for each in sources.measures}
    rows = {each.file_number: each for each in sources.planned}
    agreed = {each.id: each for each in document.content.measures}
    return [
        Link(
            planned.get(number),
            agreed.get(number),
            measures.programme_cents(rows[number].plan, sources.rules) if number in rows else None,
            rows[number].pk if number in rows else None,
        )
        for number in dict.fromkeys((*agreed, *planned))
    ]
