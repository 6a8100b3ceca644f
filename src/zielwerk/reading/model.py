"""What was read: frozen values, each backed by its place in the original text."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

CERTAIN = 0.9  # a score from here on is reported as certain

T = TypeVar("T")


@dataclass(frozen=True)
class Evidence:
    """Where a value stands in the original text and how sure the reader is.

    ``start``/``end`` are character offsets into the text that was given (``start == end``
    where nothing was found), ``quote`` is exactly that text, ``score`` lies in 0..1, and
    ``reason`` is a German message identifier that says why a value is not certain.
    """

    start: int
    end: int
    quote: str
    score: float
    certain: bool
    reason: str = ""


@dataclass(frozen=True)
class Found(Generic[T]):
    """A value on its way into a :class:`Reading`, with its span, score and reason."""

    value: T
    span: tuple[int, int]
    score: float = 1.0
    reason: str = ""

    @property
    def certain(self) -> bool:
        """Whether the value needs no second look."""
        return self.score >= CERTAIN

    def doubted(self, score: float, reason: str) -> "Found[T]":
        """Return the same value with a lower score; a higher one changes nothing."""
        if score >= self.score:
            return self
        return Found(self.value, self.span, score, reason)


@dataclass(frozen=True)
class Finding:
    """Something a careful reader would ask about the agreement.

    ``severity`` is ``question`` (to the body), ``uncertain`` (look at the paper) or
    ``error`` (contradiction); ``place`` is a section or the path of a value. ``msgid`` and
    ``params`` follow :class:`zielwerk.rulebook.refusal.Refusal`.
    """

    rule: str
    msgid: str
    params: Mapping[str, object]
    severity: str
    place: str


@dataclass(frozen=True)
class Doubt:
    """Why values that were read well are not certain: something else says otherwise.

    ``paths`` are the values in doubt, ``reason`` is said beside each of them; the ``finding``
    quotes what contradicts what.
    """

    paths: tuple[str, ...]
    finding: Finding
    reason: str = ""
    score: float = 0.5


@dataclass(frozen=True)
class Proposal:
    """A word of a clause that may have been another one; the clause keeps it as it is.

    ``before`` stands at offset ``at`` of the value under ``path``, and from ``start`` to ``end``
    in the original text, where it may be broken over two lines.
    """

    path: str
    at: int
    before: str
    after: str
    start: int
    end: int


@dataclass(frozen=True)
class Party:
    """A side of the agreement: who gives the money, or the body (``region``) that gets it.

    ``kind`` and ``ags`` are null for the giver, which is the ``ministry`` or ``authority``.
    """

    role: str
    name: str
    kind: str | None = None
    ags: str | None = None


@dataclass(frozen=True)
class Measure:
    """A measure named in the agreement; ``type`` is a code of the year's measure types.

    What stands beside its title is null where the text says nothing of it: its own amount, how
    many may take part (``seats``), where (``place``) and what is to be reached (``target``).
    """

    type: str | None
    title: str
    amount_cents: int | None = None
    seats: int | None = None
    place: str | None = None
    target: str | None = None


@dataclass(frozen=True)
class NamedEarmark:
    """An earmark the agreement names; ``inside_total`` is ``yes``, ``no`` or ``unknown``."""

    code: str
    amount_cents: int | None
    inside_total: str


@dataclass(frozen=True)
class Meeting:
    """The meeting agreed for the year: ``spring``, ``summer``, ``autumn`` or ``winter``."""

    season: str | None
    label: str


@dataclass(frozen=True)
class Resolution:
    """The resolution of a body's organ that a paper names; its day is null where it has none."""

    organ: str
    date: date | None
    label: str


@dataclass(frozen=True)
class Signature:
    """One signatory; what is illegible is null and kept in ``raw``.

    ``acting`` is "i. V." or "i. A." where somebody signs in another's stead.
    """

    party: str
    name: str | None
    office: str | None
    place: str | None
    date: date | None
    raw: str
    acting: str | None = None


@dataclass(frozen=True)
class Clause:
    """A clause as it stands in the text, line ends healed."""

    number: str
    title: str
    text: str


@dataclass(frozen=True)
class Reading:
    """An agreement or a notice as it was read. ``evidence`` maps a path to its :class:`Evidence`.

    ``kind`` is what the paper is (agreement, notice, amendment), ``state`` whether it is signed, a
    draft or a copy. ``budget_cents`` is null where the amount may be several, then they are the
    ``budget_readings``.
    ``parties`` are who gives the money and the body, also where the body does not sign.
    ``own_share_cents`` is what the body adds from its own means, null where none is stated.
    """

    programme: str
    year: int
    kind: str
    state: str
    parties: tuple[Party, ...]
    budget_cents: int | None
    budget_readings: tuple[int, ...]
    own_share_cents: int | None
    granting_authority: str | None
    frameworks: tuple[str, ...]
    legal_areas: tuple[str, ...]
    measures: tuple[Measure, ...]
    earmarks: tuple[NamedEarmark, ...]
    meeting: Meeting | None
    resolution: Resolution | None
    signatures: tuple[Signature, ...]
    clauses: tuple[Clause, ...]
    findings: tuple[Finding, ...]
    evidence: Mapping[str, Evidence] = field(repr=False)
    proposals: tuple[Proposal, ...] = field(default=(), repr=False)

    @property
    def region(self) -> Party:
        """The regional body, second of the parties."""
        return self.parties[1]

    def as_json(self, sentence: Callable[[Finding], str]) -> dict[str, Any]:
        """Return the plain structure of :func:`zielwerk.reading.schema.schema`.

        ``sentence`` turns a finding into words of the reader's language.
        """
        return {
            "programme": self.programme,
            "year": self.year,
            "kind": self.kind,
            "state": self.state,
            "parties": [vars(party).copy() for party in self.parties],
            "budget_cents": self.budget_cents,
            "budget_readings": list(self.budget_readings),
            "own_share_cents": self.own_share_cents,
            "granting_authority": self.granting_authority,
            "frameworks": list(self.frameworks),
            "legal_areas": list(self.legal_areas),
            "measures": [vars(measure).copy() for measure in self.measures],
            "earmarks": [vars(earmark).copy() for earmark in self.earmarks],
            "meeting": vars(self.meeting).copy() if self.meeting else None,
            "resolution": _dated(self.resolution) if self.resolution else None,
            "signatures": [_dated(one) for one in self.signatures],
            "clauses": [vars(clause).copy() for clause in self.clauses],
            "findings": [
                {"severity": one.severity, "place": one.place, "sentence": sentence(one)}
                for one in self.findings
            ],
            "proposals": [vars(proposal).copy() for proposal in self.proposals],
            "confidence": {
                path: {"score": round(one.score, 3), "certain": one.certain}
                for path, one in self.evidence.items()
            },
        }


def _dated(one: Signature | Resolution) -> dict[str, Any]:
    return {**vars(one), "date": one.date.isoformat() if one.date else None}
