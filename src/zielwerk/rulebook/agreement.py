"""Agreements (in Hesse Zielvereinbarungen): their content, recording and differences.

*Recording* an agreement that was concluded elsewhere is a verb of its own: one person
accepts what was read, a second confirms. It commits no money; only the notice of the
granting authority does (Zielvereinbarung 2024 § 5: "auf Basis und nach Maßgabe des …
Bescheides").
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from zielwerk.rulebook.calendar import Period
from zielwerk.rulebook.lifecycle import OWN_RULE, Lifecycle, Look, Step
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import Refusal, msg, msgs

# A rule of this software; a legal source for it is to be settled with the ministry.
FOUR_EYES = msg("Vier-Augen-Prinzip (eigene Regel der Software)")


class IntakeState(StrEnum):
    """States of the recording of an agreement that was concluded on paper."""

    REVIEW = "review"
    ACCEPTED = "accepted"
    RECORDED = "recorded"
    KEPT = "kept"
    DISCARDED = "discarded"


@dataclass(frozen=True)
class Measure:
    """A measure as the agreement names it; ``type`` is a code of the year's measure types.

    ``amount_cents`` is its own amount where measures and not the body receive the money.
    """

    type: str
    title: str
    amount_cents: int | None = None


@dataclass(frozen=True)
class Earmark:
    """A named purpose; the amount is null and ``inside_total`` unknown where none is stated."""

    code: str
    amount_cents: int | None = None
    inside_total: str = "unknown"


@dataclass(frozen=True)
class Signature:
    """Who signed for a side (``ministry`` or ``region``), where and when.

    A date that cannot be read stays null; ``raw`` keeps the text of the paper.
    """

    party: str
    name: str | None = None
    office: str | None = None
    place: str | None = None
    date: str | None = None  # ISO
    raw: str = ""


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

    ``own_share_cents`` is what the body adds from its own means, null where none is stated.
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
    signatures: tuple[Signature, ...] = ()
    clauses: tuple[Clause, ...] = ()

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


@dataclass(frozen=True)
class IntakeFacts:
    """The facts for the guards of a recording.

    ``same_text`` is the file number of another one that was begun from the same text,
    ``period`` the programme year's days, None where they are those of the calendar year.
    """

    terms: Terms
    open_doubts: int = 0
    agreement_exists: bool = False
    known_types: frozenset[str] = frozenset()
    same_text: str = ""
    period: Period | None = None

    @property
    def years(self) -> tuple[int, int]:
        """The first and the last calendar year of the programme year."""
        if self.period is None:
            return self.terms.year, self.terms.year
        return self.period.first.year, self.period.last.year


def doubts_settled(facts: IntakeFacts) -> tuple[Refusal, ...]:
    """Every uncertain value must have been looked at by the person who accepts."""
    if not facts.open_doubts:
        return ()
    return (
        Refusal(
            "agreements.open_doubts",
            msg("Es sind noch unsichere Stellen zu prüfen."),
        ),
    )


def text_is_free(facts: IntakeFacts) -> tuple[Refusal, ...]:
    """A text belongs to one recording."""
    if not facts.same_text:
        return ()
    sentence = msg("Der Text wird inzwischen unter {number} erfasst.")
    return (Refusal("agreements.same_text", sentence, {"number": facts.same_text}),)


def complete(facts: IntakeFacts) -> tuple[Refusal, ...]:
    """An agreement has a body, a positive amount and at least one measure of a known type."""
    refusals = []
    if not facts.terms.ags:
        refusals.append(
            Refusal("agreements.no_body", msg("Die Gebietskörperschaft ist nicht bestimmt."))
        )
    if facts.terms.amount_cents <= 0:
        refusals.append(
            Refusal("agreements.no_amount", msg("Der Betrag muss größer als null sein."))
        )
    if not any(measure.title for measure in facts.terms.measures):
        refusals.append(Refusal("agreements.no_measures", msg("Es ist keine Maßnahme aufgeführt.")))
    refusals += [
        Refusal(
            "agreements.measure_type",
            msg("Die Art der Maßnahme „{title}“ ist nicht bestimmt."),
            {"title": measure.title},
        )
        for measure in facts.terms.measures
        if measure.title and measure.type not in facts.known_types
    ]
    return (*refusals, *_plausible(facts.terms, *facts.years))


LONGEST = 300  # characters of a title, a name or a place


def _plausible(terms: Terms, first: int, last: int) -> Iterator[Refusal]:
    """Dates near the programme year, and texts as long as such texts are."""
    for signature in terms.signatures:
        if signature.date and not first - 1 <= int(signature.date[:4]) <= last + 2:
            yield Refusal(
                "agreements.implausible_date",
                msg("Das Datum {day} liegt zu weit vom Programmjahr {year} entfernt."),
                {"day": date.fromisoformat(signature.date), "year": str(terms.year)},
            )
    for measure in terms.measures:
        if len(measure.title) > LONGEST:
            yield Refusal(
                "agreements.long_title",
                msg("Der Titel „{title} …“ ist länger als {most} Zeichen."),
                {"title": measure.title[:60], "most": LONGEST},
            )


def nothing_recorded_yet(facts: IntakeFacts) -> tuple[Refusal, ...]:
    """A body has one agreement a year; another text is compared with it, never put over it."""
    if not facts.agreement_exists:
        return ()
    return (
        Refusal(
            "agreements.exists",
            msg(
                "Für {body} ist {year} schon eine Vereinbarung erfasst. "
                "Der Text kann damit verglichen und als Quelle aufbewahrt werden."
            ),
            {"body": facts.terms.body_name, "year": facts.terms.year},
        ),
    )


def something_to_keep_it_with(facts: IntakeFacts) -> tuple[Refusal, ...]:
    """A text is kept as a source only where there is an agreement to keep it with."""
    if facts.agreement_exists:
        return ()
    return (
        Refusal(
            "agreements.nothing_to_compare",
            msg("Für {body} ist {year} noch keine Vereinbarung erfasst."),
            {"body": facts.terms.body_name, "year": facts.terms.year},
        ),
    )


INTAKE = Lifecycle(
    "intake",
    frozenset({IntakeState.REVIEW}),
    {
        IntakeState.REVIEW: msg("in Prüfung"),
        IntakeState.ACCEPTED: msg("angenommen, wartet auf Bestätigung"),
        IntakeState.RECORDED: msg("erfasst"),
        IntakeState.KEPT: msg("als Quelle aufbewahrt"),
        IntakeState.DISCARDED: msg("verworfen"),
    },
    (
        Step(
            verb="accept",
            sources={IntakeState.REVIEW},
            target=IntakeState.ACCEPTED,
            by="agreements.accept",
            label=msg("Prüfung abschließen und annehmen"),
            address="annehmen",
            basis=OWN_RULE,
            done=msg("Angenommen: {number}, {name} {year}, {amount}."),
            guards=(doubts_settled, complete, nothing_recorded_yet),
            look=Look.PRIMARY,
            task=msgs("Erfassung ist zu prüfen", "Erfassungen sind zu prüfen"),
            due="meeting_from",
            is_due_assumed=True,
        ),
        Step(
            verb="confirm",
            sources={IntakeState.ACCEPTED},
            target=IntakeState.RECORDED,
            by="agreements.confirm",
            label=msg("Bestätigen und erfassen"),
            address="bestaetigen",
            basis=FOUR_EYES,
            done=msg("Verbucht: {amount} für {name} {year} vereinbart ({number})."),
            asks=msg(
                "{amount} gelten für {name} im Programmjahr {year} als vereinbart und werden in "
                "der Planung gebucht. Eine erfasste Vereinbarung wird nicht mehr geändert."
            ),
            guards=(complete, nothing_recorded_yet),
            look=Look.PRIMARY,
            task=msgs(
                "angenommene Erfassung wartet auf Bestätigung",
                "angenommene Erfassungen warten auf Bestätigung",
            ),
            due="meeting_from",
            is_due_assumed=True,
        ),
        Step(
            verb="send_back",
            sources={IntakeState.ACCEPTED},
            target=IntakeState.REVIEW,
            by="agreements.send_back",
            label=msg("Zur Prüfung zurückgeben"),
            address="zurueckgeben",
            basis=OWN_RULE,
            done=msg("Zurückgegeben: {number}, {name} {year}, ist wieder in Prüfung."),
        ),
        Step(
            verb="keep",
            sources={IntakeState.REVIEW},
            target=IntakeState.KEPT,
            by="agreements.keep",
            label=msg("Als Quelle aufbewahren"),
            address="aufbewahren",
            basis=OWN_RULE,
            done=msg("Aufbewahrt: {number} ist Quelle der Vereinbarung {name} {year}."),
            guards=(something_to_keep_it_with,),
            look=Look.PRIMARY,
            is_quiet=True,
        ),
        Step(
            verb="discard",
            sources={IntakeState.REVIEW},
            target=IntakeState.DISCARDED,
            by="agreements.discard",
            label=msg("Verwerfen"),
            address="verwerfen",
            basis=OWN_RULE,
            done=msg("Verworfen: {number}, {name} {year}."),
            asks=msg(
                "Die Erfassung {number} ({name} {year}) wird aufgegeben. Der Text bleibt abgelegt. "
                "Sie lässt sich wiederherstellen, solange der Text nicht neu eingelesen ist."
            ),
            look=Look.TERTIARY,
        ),
        Step(
            verb="restore",
            sources={IntakeState.DISCARDED},
            target=IntakeState.REVIEW,
            by="agreements.restore",
            label=msg("Wiederherstellen"),
            address="wiederherstellen",
            basis=OWN_RULE,
            done=msg("Wiederhergestellt: {number}, {name} {year}, ist wieder in Prüfung."),
            guards=(text_is_free,),
            is_undoing=True,
        ),
    ),
)


@dataclass(frozen=True)
class Difference:
    """One difference between two texts of an agreement; empty where one of them is silent.

    The values are those of the terms: text, cents, a measure, an earmark, a signature.
    """

    place: str  # German label of what differs
    recorded: object
    text: object


LABELS = {
    "amount_cents": msg("Betrag"),
    "body_kind": msg("Art der Gebietskörperschaft"),
    "ministry": msg("Ministerium"),
    "granting_authority": msg("Bewilligungsbehörde"),
    "meeting": msg("Umsetzungsbesprechung"),
    "frameworks": msg("Bezugsrahmen"),
    "legal_areas": msg("Rechtskreise"),
    "earmarks": msg("Zweckbindungen"),
    "measures": msg("Maßnahme"),
    "signatures": msg("Unterschrift"),
    "clauses": msg("Wortlaut"),
}


def differences(recorded: Terms, text: Terms) -> tuple[Difference, ...]:
    """Every difference between the recorded terms and another text of the agreement.

    Single values are compared as such; lists member by member, so that one added measure is
    one difference. An illegible entry of a paper (``raw``) is evidence and no term.
    Where only one side has wording, that is one difference.
    """
    recorded, text = _legible(recorded), _legible(text)
    result: list[Difference] = []
    for name in ("amount_cents", "body_kind", "ministry", "granting_authority", "meeting"):
        before, after = getattr(recorded, name), getattr(text, name)
        if before != after:
            pair = (Cents(before), Cents(after)) if name == "amount_cents" else (before, after)
            result.append(Difference(LABELS[name], *pair))
    for name in ("measures", "earmarks", "frameworks", "legal_areas", "signatures"):
        result += _members(LABELS[name], getattr(recorded, name), getattr(text, name))
    return (*result, *_clauses(recorded.clauses, text.clauses))


def _legible(terms: Terms) -> Terms:
    return replace(
        terms, signatures=tuple(replace(signature, raw="") for signature in terms.signatures)
    )


def _members(label: str, before: Iterable[Any], after: Iterable[Any]) -> list[Difference]:
    """Members only one side has; the same member twice counts twice."""
    extra = list(after)
    missing = []
    for member in before:
        if member in extra:
            extra.remove(member)
        else:
            missing.append(member)
    return [Difference(label, member, "") for member in missing] + [
        Difference(label, "", member) for member in extra
    ]


def _clauses(before: tuple[Clause, ...], after: tuple[Clause, ...]) -> list[Difference]:
    if bool(before) != bool(after):
        numbers = [", ".join(clause.number for clause in clauses) for clauses in (before, after)]
        return [Difference(LABELS["clauses"], *numbers)]
    recorded, compared = ({c.number: c.text for c in clauses} for clauses in (before, after))
    return [
        Difference(number, recorded.get(number, ""), compared.get(number, ""))
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
