"""The places of a paper where the same thing is said again: title page, clauses, signatures."""

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from zielwerk.reading.outline import Outline, Section
from zielwerk.recognition.cleaning import Line, flow
from zielwerk.recognition.traced import Traced
from zielwerk.rulebook.lifecycle import Label
from zielwerk.rulebook.refusal import msg

TITLE_PAGE = msg("Titelblatt")
SIGNATURES = msg("Unterschriften")

Span = tuple[int, int]


@dataclass(frozen=True)
class Place:
    """A part of a paper as people name it, with its running text.

    ``clause`` is the number of a clause, 0 for the preamble, None for the title page and the
    signatures. What it lists as measures is left out: a title may name any town and any year.
    """

    name: str
    text: Traced
    clause: int | None = None

    @property
    def label(self) -> Label:
        """Its name as a value of a sentence."""
        return Label(self.name)


def places(parts: Outline, listed: Collection[Span]) -> tuple[Place, ...]:
    """The places of a paper in its order; ``listed`` is where its measures stand."""
    clauses = (Place(one.name, _with_heading(one, listed), one.number) for one in parts.sections)
    return (
        Place(TITLE_PAGE, flow(parts.header)),
        *clauses,
        Place(SIGNATURES, flow(parts.signing)),
    )


def _with_heading(section: Section, listed: Collection[Span]) -> Traced:
    begins = sorted(listed)
    kept = [line for line in section.body if not _shares(line, begins)]
    return flow((*section.title, *kept))


def _shares(line: Line, spans: Sequence[Span]) -> bool:
    """Whether a line belongs to one of the spans, which are in order and apart."""
    start, end = line.flat.span()
    before = bisect_left(spans, (end, 0))
    return before > 0 and start < spans[before - 1][1]


def is_listed(line: Line, listed: Collection[Span]) -> bool:
    """Whether a line belongs to one of the spans."""
    start, end = line.flat.span()
    return any(start < until and begins < end for begins, until in listed)


def where(found: Sequence[Place], span: Span) -> Place | None:
    """The place that a span of the original text belongs to."""
    for place in found:
        start, end = place.text.span()
        if start <= span[0] < end:
            return place
    return None
