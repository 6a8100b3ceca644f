"""What an agreement (in Hesse a Zielvereinbarung) or a notice says, and how two texts differ."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.redline import Change, clause_nodes, redline_by_content
from zielwerk.rulebook.refusal import Refusal, msg


@dataclass(frozen=True)
class Measure:
    """A measure as the agreement names it; ``type`` is a code of the year's measure types.

    What stands beside its title is null where the paper says nothing of it: its own amount (there
    always where measures and not the body receive the money), how many may take part (``seats``),
    where (``place``) and what is to be reached (``target``).
    """

    type: str
    title: str
    amount_cents: int | None = None
    seats: int | None = None
    place: str | None = None
    target: str | None = None


@dataclass(frozen=True)
class Earmark:
    """A named purpose; the amount is null and ``inside_total`` unknown where none is stated."""

    code: str
    amount_cents: int | None = None
    inside_total: str = "unknown"


@dataclass(frozen=True)
class Signature:
    """Who signed for a side (``ministry`` or ``region``), where and when.

    A date that cannot be read stays null; ``raw`` keeps the text of the paper. ``acting`` is
    "i. V." or "i. A." where somebody signed in another's stead.
    """

    party: str
    name: str | None = None
    office: str | None = None
    place: str | None = None
    date: str | None = None  # ISO
    raw: str = ""
    acting: str | None = None


@dataclass(frozen=True)
class Clause:
    """A clause of the signed wording; ``signed`` is the wording before editorial correction."""

    number: str
    title: str
    text: str
    signed: str = ""


@dataclass(frozen=True)
class Terms:
    """All that an agreement says, as plain values; amounts in euro cents.

    ``own_share_cents`` is what the body adds from its own means, null where none is stated;
    ``resolution`` the resolution of its organ that the paper rests on.
    """

    programme: str
    year: int
    ags: str
    body_name: str
    body_kind: str
    ministry: str
    amount_cents: int
    own_share_cents: int | None = None
    granting_authority: str = ""
    frameworks: tuple[str, ...] = ()
    legal_areas: tuple[str, ...] = ()
    measures: tuple[Measure, ...] = ()
    earmarks: tuple[Earmark, ...] = ()
    meeting: str = ""
    resolution: str = ""
    signatures: tuple[Signature, ...] = ()
    clauses: tuple[Clause, ...] = ()

    @property
    def signed_on(self) -> date | None:
        """The day of the last signature; None where nobody signed or a day is not known."""
        days = [date.fromisoformat(each.date) for each in self.signatures if each.date]
        return max(days) if days and len(days) == len(self.signatures) else None

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    def without_blanks(self) -> "Terms":
        """The terms without the rows a reviewer emptied or never filled."""
        return replace(
            self,
            frameworks=tuple(text for text in self.frameworks if text),
            measures=tuple(measure for measure in self.measures if measure.title),
            signatures=tuple(
                signature
                for signature in self.signatures
                if signature.name or signature.office or signature.place or signature.raw
            ),
        )

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Terms":
        """Undo :meth:`to_json`; unknown keys are a bug and raise."""
        parts: dict[str, type] = {
            "measures": Measure,
            "earmarks": Earmark,
            "signatures": Signature,
            "clauses": Clause,
        }
        values: dict[str, Any] = dict(data)
        for name, kind in parts.items():
            values[name] = tuple(kind(**item) for item in values.get(name, ()))
        for name in ("frameworks", "legal_areas"):
            values[name] = tuple(values.get(name, ()))
        return cls(**values)


class Form(StrEnum):
    """How something agreed was changed: by an amendment, by concluding it anew, by a notice.

    Or ended before its time: by both sides, or by the one that gave it notice (§ 60 HVwVfG).
    """

    AMENDMENT = "amendment"
    ANEW = "anew"
    NOTICE = "notice"
    END = "end"
    TERMINATION = "termination"


FORMS = {
    Form.AMENDMENT: msg("Nachtrag"),
    Form.ANEW: msg("neu geschlossen"),
    Form.NOTICE: msg("Änderungsbescheid"),
    Form.END: msg("vorzeitige Beendigung"),
    Form.TERMINATION: msg("Kündigung"),
}


def forms_of(sides: Sequence[str]) -> tuple[Form, ...]:
    """The forms of change of a document that these sides sign: a notice changes by a notice."""
    if len(sides) == 1:
        return (Form.NOTICE,)
    return (Form.AMENDMENT, Form.ANEW, Form.END, Form.TERMINATION)


def forms_of_both(sides: Sequence[str]) -> tuple[Form, ...]:
    """Those that are drafted and signed here: a termination is the act of one side alone."""
    return tuple(form for form in forms_of(sides) if form is not Form.TERMINATION)


ENDING: frozenset[str] = frozenset({Form.END, Form.TERMINATION})
"""Forms by which nothing goes on; what they name is what remains."""


@dataclass(frozen=True)
class Difference:
    """One difference between two texts of an agreement; empty where one of them is silent.

    The values are those of the terms: text, cents, a measure, an earmark, a signature.
    ``is_of_wording`` where both have a wording; :func:`redline_of` tells it word by word.
    """

    place: str  # German label of what differs
    recorded: object
    text: object
    is_of_wording: bool = False


LABELS = {
    "amount_cents": msg("Betrag"),
    "body_kind": msg("Art der Gebietskörperschaft"),
    "ministry": msg("Ministerium"),
    "own_share_cents": msg("Eigenanteil"),
    "granting_authority": msg("Bewilligungsbehörde"),
    "meeting": msg("Umsetzungsbesprechung"),
    "resolution": msg("Beschluss"),
    "frameworks": msg("Bezugsrahmen"),
    "legal_areas": msg("Rechtskreise"),
    "earmarks": msg("Zweckbindungen"),
    "measures": msg("Maßnahme"),
    "signatures": msg("Unterschrift"),
    "clauses": msg("Wortlaut"),
}

NEAR = 0.75  # of 1; titles of one measure in other words
SINGLE = (
    "amount_cents",
    "own_share_cents",
    "body_kind",
    "ministry",
    "granting_authority",
    "meeting",
    "resolution",
)


def differences(recorded: Terms, text: Terms) -> tuple[Difference, ...]:
    """Every difference between the recorded terms and another text of the agreement.

    Single values are compared as such; lists member by member, so that one added measure is
    one difference. An illegible entry of a paper (``raw``) is evidence and no term.
    Where only one side has wording, that is one difference.
    """
    recorded, text = _legible(recorded), _legible(text)
    result: list[Difference] = []
    for name in SINGLE:
        before, after = getattr(recorded, name), getattr(text, name)
        if before != after:
            pair = _amounts(before, after) if name.endswith("_cents") else (before, after)
            result.append(Difference(LABELS[name], *pair))
    for name in ("measures", "earmarks", "frameworks", "legal_areas", "signatures"):
        result += _members(LABELS[name], getattr(recorded, name), getattr(text, name))
    return (*result, *_clauses(recorded.clauses, text.clauses))


def redline_of(recorded: Terms, text: Terms) -> list[Change]:
    """How the wording of two texts of the agreement differs; nothing where one has none."""
    if not recorded.clauses or not text.clauses:
        return []
    before, after = (
        clause_nodes((clause.number, clause.title, clause.text) for clause in terms.clauses)
        for terms in (recorded, text)
    )
    return redline_by_content(before, after)


def closest(documents: Sequence[Terms], text: Terms) -> int:
    """The place of the document that differs least from a text; of several the last one."""
    counts = [len(differences(document, text)) for document in documents]
    return max(place for place, count in enumerate(counts) if count == min(counts))


def is_alike(recorded: Terms, text: Terms) -> bool:
    """Whether two texts promise the same: one amount, for the same measures."""
    return recorded.amount_cents == text.amount_cents and not _members(
        "", recorded.measures, text.measures
    )


def _legible(terms: Terms) -> Terms:
    return replace(
        terms, signatures=tuple(replace(signature, raw="") for signature in terms.signatures)
    )


def _amounts(before: int | None, after: int | None) -> tuple[object, object]:
    first, second = (Cents(cents) if cents is not None else "" for cents in (before, after))
    return first, second


def _members(label: str, before: Iterable[Any], after: Iterable[Any]) -> list[Difference]:
    """Members only one side has; the same member twice counts twice.

    One that another side has in other words, "Logisfik kompakt" and "Logistik kompakt", is one
    difference.
    """
    extra = list(after)
    missing = []
    for member in before:
        if member in extra:
            extra.remove(member)
        else:
            missing.append(member)
    found = []
    for member in missing:
        version = next((other for other in extra if _is_version(member, other)), "")
        if version:
            extra.remove(version)
        found.append(Difference(label, member, version))
    return found + [Difference(label, "", member) for member in extra]


def _is_version(one: Any, other: Any) -> bool:
    """Whether two members of a list are the same thing in other words or with another amount."""
    match one:
        case Measure():
            return _is_near(one.title, other.title)
        case Earmark():
            return bool(one.code == other.code)
        case Signature():
            return bool(one.party == other.party)
    return False


def _is_near(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= NEAR


def _clauses(before: tuple[Clause, ...], after: tuple[Clause, ...]) -> list[Difference]:
    if bool(before) != bool(after):
        had, has = (", ".join(clause.number for clause in clauses) for clauses in (before, after))
        return [Difference(LABELS["clauses"], had, has)]
    recorded, compared = ({c.number: c.text for c in clauses} for clauses in (before, after))
    return [
        Difference(number, recorded.get(number, ""), compared.get(number, ""), is_of_wording=True)
        for number in dict.fromkeys([*recorded, *compared])
        if recorded.get(number) != compared.get(number)
    ]


@dataclass(frozen=True)
class Wording:
    """A stretch of a clause: as it reads, and as signed where an editor corrected it."""

    reads: str
    signed: str = ""
    is_correction: bool = field(default=False)


def unknown_date_note(signatory: str, source: str) -> Refusal:
    """The sentence in place of a date that could not be read; a date is never guessed."""
    return Refusal(
        "agreements.unknown_date",
        msg("Datum unbekannt, erfasst von {who} nach der Quelle „{source}“"),
        {"who": signatory, "source": source},
    )
