"""The recording of an agreement or a notice that was concluded on paper.

*Recording* is a verb of its own: one person accepts what was read, a second confirms. An
agreement commits no money; only the notice of the granting authority does (Zielvereinbarung
2024 § 5: "auf Basis und nach Maßgabe des … Bescheides"). Which stages there are, and which of
the two the last one brings about, is the programme's own data.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from zielwerk.rulebook.agreement import Measure, Terms
from zielwerk.rulebook.calendar import Period
from zielwerk.rulebook.lifecycle import OWN_RULE, REASON, UNDO_DAYS, Label, Look, Step
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.procedure import NOTED_TO_STAY, TAKEN_BACK, UNDER_WAY, Declared, Frame
from zielwerk.rulebook.refusal import Refusal, msg, msgs

# A rule of this software; a legal source for it is to be settled with the ministry.
FOUR_EYES = msg("Vier-Augen-Prinzip (eigene Regel der Software)")
LONGEST = 300  # characters of a title, a name or a place


class IntakeState(StrEnum):
    """States of a recording, beside those of the programme's stages."""

    REVIEW = "review"
    KEPT = "kept"
    DISCARDED = "discarded"


RECORDED = frozenset({"agreed", "granted"})
"""The states of a recording that is done: the effects of its last stage."""
NOT_COUNTED = frozenset({*RECORDED, IntakeState.KEPT, IntakeState.DISCARDED})
"""The states of a recording that is no longer under way."""


@dataclass(frozen=True)
class AnnulledBase:
    """What a change was begun from, where that was annulled meanwhile: number, by which, when."""

    number: str
    by: str
    on: date


@dataclass(frozen=True)
class IntakeFacts:
    """The facts for the guards of a recording.

    ``open_words`` were corrected in one place, each to the other word beside it, and still stand
    in others. ``unsigned`` are open questions of what was read as a paper that nobody signed.

    ``recorded`` of at most ``per_year`` documents (0: any number) are recorded for the body and
    year; ``allocated_cents`` were given to it and not promised yet. With ``by_measure`` every
    measure has its own amount. ``same_text`` is the file number of another recording that was
    begun from the same text. ``period`` are the days of the programme year, None where they are
    those of the calendar year. What ``is_change`` changes an agreement over ``before_cents``;
    ``newer`` is the number of another version that holds by now than the one that it was begun
    from; ``annulled`` says that one was annulled.
    """

    terms: Terms
    open_doubts: int = 0
    open_words: tuple[tuple[str, str], ...] = ()
    unsigned: tuple[str, ...] = ()
    recorded: int = 0
    per_year: int = 1
    by_measure: bool = False
    allocated_cents: int = 0
    known_types: frozenset[str] = frozenset()
    same_text: str = ""
    period: Period | None = None
    is_change: bool = False
    before_cents: int = 0
    newer: str = ""
    annulled: AnnulledBase | None = None

    @property
    def years(self) -> tuple[int, int]:
        """The first and the last calendar year of the programme year."""
        if self.period is None:
            return self.terms.year, self.terms.year
        return self.period.first.year, self.period.last.year


def doubts_settled(facts: IntakeFacts) -> tuple[Refusal, ...]:
    """Every uncertain value must have been looked at by the person who accepts.

    And whether a word that was corrected in one place stays as it is in the others. What was read
    as a paper that nobody signed needs a reason in words.
    """
    refusals = [
        Refusal(
            "agreements.open_words",
            msg(
                "„{before}“ ist zu „{after}“ berichtigt und steht noch an anderer Stelle. Bitte "
                "entscheiden Sie, ob es auch dort zu berichtigen ist."
            ),
            {"before": before, "after": after},
        )
        for before, after in facts.open_words
    ]
    refusals += [
        Refusal(
            "agreements.unsigned",
            msg(
                "Bitte beantworten Sie die Frage „{question}“ in Worten. Ohne Begründung wird "
                "nicht angenommen, was nicht als unterschrieben gelesen wurde."
            ),
            {"question": Label(question)},
        )
        for question in facts.unsigned
    ]
    if facts.open_doubts:
        sentence = msg("Es sind noch unsichere Stellen zu prüfen.")
        refusals.insert(0, Refusal("agreements.open_doubts", sentence))
    return tuple(refusals)


def text_is_free(facts: IntakeFacts) -> tuple[Refusal, ...]:
    """A text belongs to one recording."""
    if not facts.same_text:
        return ()
    sentence = msg("Der Text wird inzwischen unter {number} erfasst.")
    return (Refusal("agreements.same_text", sentence, {"number": facts.same_text}),)


def complete(facts: IntakeFacts) -> tuple[Refusal, ...]:
    """A document has a body, a positive amount and at least one measure of a known type."""
    terms, refusals = facts.terms, []
    if not terms.ags:
        refusals.append(
            Refusal("agreements.no_body", msg("Die Gebietskörperschaft ist nicht bestimmt."))
        )
    if terms.amount_cents < (0 if facts.is_change else 1):
        refusals.append(
            Refusal("agreements.no_amount", msg("Der Betrag muss größer als null sein."))
        )
    measures = [measure for measure in terms.measures if measure.title]
    if not measures:
        refusals.append(Refusal("agreements.no_measures", msg("Es ist keine Maßnahme aufgeführt.")))
    refusals += [
        Refusal(
            "agreements.measure_type",
            msg("Die Art der Maßnahme „{title}“ ist nicht bestimmt."),
            {"title": measure.title},
        )
        for measure in measures
        if measure.type not in facts.known_types
    ]
    if facts.by_measure:
        refusals += _amounts(measures, terms.amount_cents, least=0 if facts.is_change else 1)
    return (*refusals, *_plausible(terms, *facts.years))


def _amounts(measures: list[Measure], total_cents: int, least: int) -> Iterator[Refusal]:
    """Where measures receive the money, each has an amount, and together they are the total."""
    without = [m for m in measures if m.amount_cents is None or m.amount_cents < least]
    for measure in without:
        yield Refusal(
            "agreements.measure_amount",
            msg("Die Maßnahme „{title}“ hat noch keinen Betrag."),
            {"title": measure.title},
        )
    sum_cents = sum(measure.amount_cents or 0 for measure in measures)
    if measures and not without and sum_cents != total_cents:
        yield Refusal(
            "agreements.measure_sum",
            msg("Die Maßnahmen ergeben zusammen {sum}, der Gesamtbetrag ist {total}."),
            {"sum": Cents(sum_cents), "total": Cents(total_cents)},
        )


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


def within_number(facts: IntakeFacts) -> tuple[Refusal, ...]:
    """A body has so many documents a year; another text is compared, never put over one."""
    if facts.is_change:
        return _is_newest(facts)
    if not facts.per_year or facts.recorded < facts.per_year:
        return ()
    sentence = msg(
        "Für {body} ist {year} schon etwas erfasst. "
        "Der Text kann damit verglichen und als Quelle aufbewahrt werden."
    )
    if facts.per_year > 1:
        sentence = msg(
            "Für {body} sind {year} schon {number} Schriftstücke erfasst, mehr sieht das Programm "
            "nicht vor. Der Text kann verglichen und als Quelle aufbewahrt werden."
        )
    params = {"body": facts.terms.body_name, "year": facts.terms.year, "number": facts.recorded}
    return (Refusal("agreements.exists", sentence, params),)


def _is_newest(facts: IntakeFacts) -> tuple[Refusal, ...]:
    """A change is of the version that holds; another change in between must be looked at."""
    if facts.annulled:
        return (_annulled(facts.annulled, facts.newer),)
    if not facts.newer:
        return ()
    sentence = msg(
        "Inzwischen gilt {number}. Bitte verwerfen Sie diese Erfassung und beginnen Sie von dort."
    )
    return (Refusal("agreements.newer_version", sentence, {"number": facts.newer}),)


def _annulled(base: AnnulledBase, newer: str) -> Refusal:
    """What a change rests on was a mistake: it is given up, and what is agreed recorded anew."""
    sentence = msg(
        "{base} ist aufgehoben, am {day} durch {number}. Diese Änderung beruht darauf und kann "
        "nicht mehr erfasst werden. Bitte verwerfen Sie sie und erfassen Sie neu, was gilt."
    )
    if newer:
        sentence = msg(
            "{base} ist aufgehoben, am {day} durch {number}; es gilt {newer}. Diese Änderung "
            "beruht auf {base} und kann nicht mehr erfasst werden. Bitte verwerfen Sie sie und "
            "beginnen Sie von dort."
        )
    params = {"base": base.number, "day": base.on, "number": base.by, "newer": newer}
    return Refusal("agreements.base_annulled", sentence, params)


def rests_on_nothing(facts: IntakeFacts) -> tuple[Refusal, ...]:
    """What was accepted is given back first, unless it can never be recorded."""
    if facts.is_change and _is_newest(facts):
        return ()
    sentence = msg("Verworfen wird, was in Prüfung ist. Bitte geben Sie die Erfassung erst zurück.")
    return (Refusal("agreements.still_recordable", sentence),)


def is_allocated(facts: IntakeFacts) -> tuple[Refusal, ...]:
    """No more is promised than was allocated to the body and is not promised yet."""
    if facts.terms.amount_cents - facts.before_cents <= facts.allocated_cents:
        return ()
    return (
        Refusal(
            "agreements.not_allocated",
            msg("Zugewiesen und noch nicht zugesagt sind {allocated}, zugesagt werden {amount}."),
            {
                "allocated": Cents(max(facts.allocated_cents, 0)),
                "amount": Cents(facts.terms.amount_cents - facts.before_cents),
            },
        ),
    )


def something_to_keep_it_with(facts: IntakeFacts) -> tuple[Refusal, ...]:
    """A text is kept as a source only where there is a document to keep it with."""
    if facts.recorded:
        return ()
    return (
        Refusal(
            "agreements.nothing_to_compare",
            msg("Für {body} ist {year} noch nichts erfasst."),
            {"body": facts.terms.body_name, "year": facts.terms.year},
        ),
    )


ACCEPT = Step(
    verb="accept",
    sources={IntakeState.REVIEW},
    target="accept",
    by="agreements.accept",
    label=msg("Prüfung abschließen und annehmen"),
    address="annehmen",
    basis=OWN_RULE,
    done=msg("Angenommen: {number}, {name} {year}, {amount}."),
    look=Look.PRIMARY,
    task=msgs("Erfassung ist zu prüfen", "Erfassungen sind zu prüfen"),
)
NOTE = Step(
    verb="note",
    sources={"accept"},
    target="note",
    by="agreements.note",
    label=msg("Zwischenschritt vermerken"),
    address="vermerken",
    basis=OWN_RULE,
    done=msg("Vermerkt bei {number}, {name} {year}."),
    asks=NOTED_TO_STAY,
    look=Look.PRIMARY,
    task=msgs(
        "angenommene Erfassung wartet auf den nächsten Schritt",
        "angenommene Erfassungen warten auf den nächsten Schritt",
    ),
)
CONFIRM = Step(
    verb="confirm",
    sources={"accept"},
    target="agreed",
    by="agreements.confirm",
    label=msg("Bestätigen und erfassen"),
    address="bestaetigen",
    basis=FOUR_EYES,
    done=msg("Verbucht: {amount} für {name} {year} vereinbart ({number})."),
    asks=msg(
        "{amount} gelten für {name} im Programmjahr {year} als vereinbart. Danach ändert das nur "
        "eine erfasste Änderung der Vereinbarung oder, wo die Erfassung ein Irrtum war, ihre "
        "Aufhebung durch zwei Personen."
    ),
    look=Look.PRIMARY,
    task=msgs(
        "angenommene Erfassung wartet auf Bestätigung",
        "angenommene Erfassungen warten auf Bestätigung",
    ),
)
GRANT = replace(
    CONFIRM,
    target="granted",
    done=msg("Verbucht: {amount} für {name} {year} bewilligt und gebunden ({number})."),
    asks=msg(
        "{amount} gelten für {name} im Programmjahr {year} als bewilligt und sind gebunden. Danach "
        "ändert das nur eine erfasste Änderung oder, wo die Erfassung ein Irrtum war, ihre "
        "Aufhebung durch zwei Personen."
    ),
)
SEND_BACK = Step(
    verb="send_back",
    sources={UNDER_WAY},
    target=IntakeState.REVIEW,
    by="agreements.send_back",
    label=msg("Zur Prüfung zurückgeben"),
    address="zurueckgeben",
    basis=OWN_RULE,
    done=msg("Zurückgegeben: {number}, {name} {year}, ist wieder in Prüfung."),
    notes=REASON,
    is_against=True,
)
TAKE_BACK = Step(
    verb="take_back",
    sources={UNDER_WAY},
    target=IntakeState.REVIEW,
    by="agreements.take_back",
    label=msg("Annahme zurücknehmen"),
    address="zuruecknehmen",
    basis=OWN_RULE,
    done=msg("Zurückgenommen: {number}, {name} {year}, ist wieder in Prüfung."),
    asks=TAKEN_BACK,
    look=Look.TERTIARY,
    is_quiet=True,
    is_taking_back=True,
)
KEEP = Step(
    verb="keep",
    sources={IntakeState.REVIEW},
    target=IntakeState.KEPT,
    by="agreements.keep",
    label=msg("Als Quelle aufbewahren"),
    address="aufbewahren",
    basis=OWN_RULE,
    done=msg("Aufbewahrt: {number} ist Quelle zu {name} {year}."),
    guards=(something_to_keep_it_with,),
    look=Look.PRIMARY,
    is_quiet=True,
)
DISCARD = Step(
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
        "Sie lässt sich eine Zeit lang wiederherstellen, solange der Text nicht neu eingelesen ist."
    ),
    look=Look.TERTIARY,
)
DISCARD_OVERTAKEN = replace(
    DISCARD, sources={UNDER_WAY}, guards=(rests_on_nothing,), look=Look.PRIMARY, is_quiet=True
)
"""The way out for a change of what no longer holds, whatever stage it has passed."""
RESTORE = Step(
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
    within=UNDO_DAYS,
)
RECORDING = Frame(
    name="intake",
    initial=IntakeState.REVIEW,
    labels={
        IntakeState.REVIEW: msg("in Prüfung"),
        IntakeState.KEPT: msg("als Quelle aufbewahrt"),
        IntakeState.DISCARDED: msg("verworfen"),
    },
    begin=ACCEPT,
    between=NOTE,
    ends={"agreed": CONFIRM, "granted": GRANT},
    ways=(SEND_BACK, TAKE_BACK, KEEP, DISCARD, DISCARD_OVERTAKEN, RESTORE),
    guards={
        "recording_doubts_settled": doubts_settled,
        "recording_complete": complete,
        "recording_within_number": within_number,
        "recording_allocated": is_allocated,
    },
)
"""What of the recording's procedure is the same for every programme."""

READ = ("recording_doubts_settled", "recording_complete", "recording_within_number")
SURE = ("recording_complete", "recording_within_number")
ACCEPTED = Declared("accept", ACCEPT.label, msg("angenommen, wartet auf Bestätigung"), guards=READ)
RESOLVED = Declared(
    "resolve",
    NOTE.label,
    msg("Beschluss vermerkt"),
    side="authority",
    notes=msg("Beschluss (Tag und Nummer)"),
)
AGREED = Declared(
    "confirm", CONFIRM.label, msg("erfasst"), four_eyes=True, guards=SURE, effect="agreed"
)
OF_MONEY = (*SURE, "recording_allocated")
GRANTED = replace(AGREED, state=msg("bewilligt"), guards=OF_MONEY, effect="granted")
INTAKE = RECORDING.lifecycle((ACCEPTED, AGREED))
INTAKE_OF_NOTICE = RECORDING.lifecycle((ACCEPTED, RESOLVED, GRANTED))
"""Worked examples: an agreement of two, and a notice after a resolution."""
