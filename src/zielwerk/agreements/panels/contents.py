"""What an agreement or its recording says, as its page shows it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.utils.html import escape, format_html
from django.utils.timezone import localdate
from django.utils.translation import gettext

from zielwerk.agreements import queries
from zielwerk.agreements.models import Agreement, Intake
from zielwerk.language import German, translate, value_text
from zielwerk.packs.model import Year
from zielwerk.programme import queries as programmes
from zielwerk.rulebook.agreement import (
    LABELS,
    SINGLE,
    Difference,
    Earmark,
    Measure,
    Signature,
    Terms,
    differences,
    redline_of,
)
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import msg
from zielwerk.ui.redlines import Redline

UNKNOWN_TYPE = msg("ohne Maßnahmeart")
NO_DATE = msg("Datum unbekannt")
ONE_SEAT, SEATS = msg("ein Platz"), msg("{seats} Plätze")
NO_AMOUNT = msg("ohne Betrag genannt")
INSIDE = {
    "yes": msg("im Gesamtbetrag enthalten"),
    "no": msg("zusätzlich zum Gesamtbetrag"),
    "unknown": msg("ob im Gesamtbetrag enthalten, ist unbekannt"),
}
SIDES = {
    "ministry": msg("Ministerium"),
    "authority": msg("Bewilligungsbehörde"),
    "region": msg("Gebietskörperschaft"),
}


# What the values of a reading are called, by their paths.
PLACES = {
    **LABELS,
    "budget_cents": LABELS["amount_cents"],
    "year": msg("Programmjahr"),
    "parties[0].name": LABELS["ministry"],
    "parties[1].kind": LABELS["body_kind"],
    "parties[1].name": msg("Gebietskörperschaft"),
    "state": msg("Schriftstück"),
    "kind": msg("Schriftstück"),
}


def rules_of(record: Agreement | Intake) -> Year:
    """What was accepted keeps the rules of its time; what is being reviewed has today's."""
    if isinstance(record, Agreement):
        return programmes.rules(record.programme, record.year, record.rule_version)
    return queries.rules_of(record)


def day_of(record: Agreement | Intake) -> date:
    """The day whose rules a record speaks by: of the last signature, else of its recording."""
    known = record.recorded_at if isinstance(record, Agreement) else record.state_since
    return record.content.signed_on or localdate(known)


def measures_by_type(
    record: Agreement | Intake, language: str
) -> dict[str, list[tuple[str, list[str]]]]:
    """The titles of measures and what stands beside each, by type in the pack's order."""
    labels = rules_of(record).labels("measure_types", day_of(record))
    grouped: dict[str, list[tuple[str, list[str]]]] = {label: [] for label in labels.values()}
    for measure in record.content.without_blanks().measures:
        of_type = grouped.setdefault(labels.get(measure.type, UNKNOWN_TYPE), [])
        of_type.append((measure.title, beside(measure, language)))
    return {label: measures for label, measures in grouped.items() if measures}


@dataclass(frozen=True)
class Purpose:
    """A named purpose: its amount, null where none is stated, and how it is to the total."""

    label: str
    amount_cents: int | None
    inside: str


def earmarks(record: Agreement | Intake) -> list[Purpose]:
    labels = rules_of(record).labels("earmarks", day_of(record))
    return [
        Purpose(labels.get(one.code, one.code), one.amount_cents, gettext(INSIDE[one.inside_total]))
        for one in record.content.earmarks
    ]


def signed_for(record: Agreement | Intake) -> list[tuple[str, Signature]]:
    """The signatures, each with the name of the side for which it was given."""
    terms = record.content
    sides = {
        "ministry": terms.ministry,
        "authority": terms.granting_authority,
        "region": terms.body_name,
    }
    return [(sides[signature.party], signature) for signature in terms.signatures]


def findings(intake: Intake, language: str) -> list[dict[str, Any]]:
    """The reader's questions about the text, in the person's language, each with its answer."""
    answers = intake.answers.get("questions", {})
    return [
        {
            "severity": finding["severity"],
            "place": finding["place"],
            "sentence": _asked(finding["msgid"], finding["params"], language),
            "answer": answers.get(str(number)),
            "answered_on": _moment(answers.get(str(number))),
        }
        for number, finding in enumerate(intake.reading.get("findings", []))
    ]


def _moment(answer: Mapping[str, Any] | None) -> datetime | None:
    return datetime.fromisoformat(answer["at"]) if answer else None


def _asked(msgid: str, params: Mapping[str, object], language: str) -> str:
    """A question as a sentence of the page; what it quotes is German."""
    texts = {name: finding_text(value, language) for name, value in params.items()}
    question = escape(translate(msgid, language))
    return format_html(question, **texts) if texts else question


def finding_text(value: object, language: str) -> str:
    """A stored value of a finding in words; what was no text carries its kind with it."""
    match value:
        case {"label": label}:
            worded = translate(str(label), language)
            return worded if worded != label else German(label)  # a name of the data
        case {"cents": int(cents)}:
            return value_text(Cents(cents), language)
        case {"day": str(iso)}:
            return value_text(date.fromisoformat(iso), language)
        case list():
            return German(", ".join(finding_text(item, language) for item in value))
    return German(str(value))


@dataclass(frozen=True)
class Compared:
    """Two texts of an agreement side by side: values as rows of a table, the wording marked.

    A row says whether what the second text has was read in doubt that nobody has settled;
    ``doubted`` names all such values, also those that do not differ.
    """

    rows: list[tuple[str, str, str, bool]]
    wording: Redline
    doubted: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many differences there are."""
        return len(self.rows) + len(self.wording.changes)


def compared(
    before: Terms, after: Terms, year: Year, language: str, doubts: Collection[str] = ()
) -> Compared:
    """Every difference between two texts, as a page shows it; ``doubts`` are of the second."""
    read, after = after, after.without_blanks()
    rows = [
        (
            translate(difference.place, language),
            term_text(difference.recorded, year, language),
            term_text(difference.text, year, language),
            _is_doubted(difference, read, doubts),
        )
        for difference in differences(before, after)
        if not difference.is_of_wording
    ]
    known = (PLACES.get(path.split("[")[0]) or PLACES.get(path) for path in doubts)
    doubted = [translate(label, language) for label in dict.fromkeys(filter(None, known))]
    return Compared(rows, Redline.of(redline_of(before, after)), doubted)


def _is_doubted(difference: Difference, read: Terms, doubts: Collection[str]) -> bool:
    """Whether the value of the second text is one of the doubts."""
    name = next((name for name, label in LABELS.items() if label == difference.place), "")
    if name in SINGLE:
        return any(PLACES.get(path) == difference.place for path in doubts)
    return any(
        replace(member, raw="") == difference.text
        if isinstance(member, Signature)
        else member == difference.text
        for index, member in enumerate(getattr(read, name, ()))
        if any(path.startswith(f"{name}[{index}]") for path in doubts)
    )


def corrected(intake: Intake, language: str) -> Compared | None:
    """What the reviewer changed against what was read; None where nothing was read."""
    original = intake.reading.get("terms")
    if not original:
        return None
    return compared(Terms.from_json(original), intake.content, queries.rules_of(intake), language)


def beside(measure: Measure, language: str) -> list[str]:
    """What stands beside the title of a measure, in words: its amount, seats, place and target."""
    said: list[str] = []
    if amount := _cents(measure, language):
        said.append(amount)
    if measure.seats is not None:
        one_or_many = ONE_SEAT if measure.seats == 1 else SEATS
        said.append(translate(one_or_many, language).format(seats=measure.seats))
    return [*said, *(German(text) for text in (measure.place, measure.target) if text)]


def term_text(value: object, year: Year, language: str) -> str:
    """A value of the terms in words, codes by the labels of the year's pack."""
    if isinstance(value, Measure):
        kinds = {kind.code: kind.label for kind in year.measure_types}
        kind = kinds.get(value.type) or translate(UNKNOWN_TYPE, language)
        return "; ".join((f"{value.title} ({kind})", *beside(value, language)))
    if isinstance(value, Earmark):
        label = {one.code: one.label for one in year.earmarks}.get(value.code, value.code)
        amount = _cents(value, language) or translate(NO_AMOUNT, language)
        return f"{label} ({amount}; {translate(INSIDE[value.inside_total], language)})"
    if isinstance(value, Signature):
        side = translate(SIDES[value.party], language)
        day = value.date and value_text(date.fromisoformat(value.date), language)
        parts = [value.acting, value.name, value.office, value.place]
        parts.append(day or translate(NO_DATE, language))
        return f"{side}: {', '.join(part for part in parts if part)}"
    return value_text(value, language)


def _cents(value: Measure | Earmark, language: str) -> str:
    """The amount of one of several, empty where the paper states none."""
    cents = value.amount_cents
    return "" if cents is None else str(value_text(Cents(cents), language))
