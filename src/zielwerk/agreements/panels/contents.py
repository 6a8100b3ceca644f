"""What an agreement or its recording says, as its page shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.html import escape, format_html
from django.utils.timezone import localdate

from zielwerk.agreements import queries
from zielwerk.agreements.models import Agreement, Intake
from zielwerk.documents import queries as documents
from zielwerk.language import German, translate, value_text
from zielwerk.packs.model import Year
from zielwerk.programme import queries as programmes
from zielwerk.recognition.source import decode
from zielwerk.rulebook.agreement import (
    Difference,
    Earmark,
    Measure,
    Signature,
    Terms,
    differences,
)
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import msg

UNKNOWN_TYPE = msg("ohne Maßnahmeart")
NO_DATE = msg("Datum unbekannt")
SIDES = {
    "ministry": msg("Ministerium"),
    "authority": msg("Bewilligungsbehörde"),
    "region": msg("Gebietskörperschaft"),
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


def measures_by_type(record: Agreement | Intake) -> dict[str, list[Measure]]:
    """The measures under the label of their type, in the pack's order."""
    terms = record.content.without_blanks()
    labels = rules_of(record).labels("measure_types", day_of(record))
    grouped = {
        label: [measure for measure in terms.measures if measure.type == code]
        for code, label in labels.items()
    }
    grouped[UNKNOWN_TYPE] = [measure for measure in terms.measures if measure.type not in labels]
    return {label: measures for label, measures in grouped.items() if measures}


def earmarks(record: Agreement | Intake) -> list[str]:
    labels = rules_of(record).labels("earmarks", day_of(record))
    return [labels.get(earmark.code, earmark.code) for earmark in record.content.earmarks]


def signed_for(record: Agreement | Intake) -> list[tuple[str, Signature]]:
    """The signatures, each with the name of the side for which it was given."""
    terms = record.content
    sides = {
        "ministry": terms.ministry,
        "authority": terms.granting_authority,
        "region": terms.body_name,
    }
    return [(sides[signature.party], signature) for signature in terms.signatures]


def findings(intake: Intake, language: str) -> list[dict[str, str]]:
    """The reader's questions about the text, in the person's language."""
    return [
        {
            "severity": finding["severity"],
            "place": finding["place"],
            "sentence": _asked(finding["msgid"], finding["params"], language),
        }
        for finding in intake.reading.get("findings", [])
    ]


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


def corrections(intake: Intake) -> tuple[Difference, ...]:
    """What the reviewer changed against what was read; empty where nothing was read."""
    original = intake.reading.get("terms")
    return (
        differences(Terms.from_json(original), intake.content.without_blanks()) if original else ()
    )


def difference_rows(
    differences: Sequence[Difference], year: Year, language: str
) -> list[tuple[str, str, str]]:
    """Differences as a table shows them: place, one side, the other."""
    return [
        (
            translate(difference.place, language),
            term_text(difference.recorded, year, language),
            term_text(difference.text, year, language),
        )
        for difference in differences
    ]


def term_text(value: object, year: Year, language: str) -> str:
    """A value of the terms in words, codes by the labels of the year's pack."""
    if isinstance(value, Measure):
        kinds = {kind.code: kind.label for kind in year.measure_types}
        return f"{value.title} ({kinds.get(value.type) or translate(UNKNOWN_TYPE, language)})"
    if isinstance(value, Earmark):
        return {earmark.code: earmark.label for earmark in year.earmarks}.get(
            value.code, value.code
        )
    if isinstance(value, Signature):
        side = translate(SIDES[value.party], language)
        day = value.date and value_text(date.fromisoformat(value.date), language)
        parts = [value.name, value.office, value.place, day or translate(NO_DATE, language)]
        return f"{side}: {', '.join(part for part in parts if part)}"
    return value_text(value, language)


@dataclass(frozen=True)
class Stretch:
    """A stretch of the text; ``anchor`` names the value that was read from it."""

    text: str
    anchor: str = ""
    number: int = 0  # of the doubt, 0 where the value is certain
    is_open: bool = False


def marked_text(intake: Intake, groups: Sequence[Any]) -> list[Stretch]:
    """The received text cut at the places from which values were read.

    Where places overlap, the shorter one is marked, so that a clause does not hide the
    amount that stands in it; ``place`` of every group is the mark that leads to it.
    """
    if intake.source is None:
        return []
    text = decode(documents.text_of(intake.source))
    settled = set(intake.settled)
    places: list[tuple[int, int, Any]] = []
    for group in sorted(groups, key=lambda group: _length(group.span)):
        if group.span and not any(
            start < group.span[1] and group.span[0] < end for start, end, _ in places
        ):
            places.append((*group.span, group))
    for group in groups:
        group.place = next(
            (
                marked.anchor
                for start, end, marked in sorted(places, key=lambda place: place[2] is not group)
                if group.span and start < group.span[1] and group.span[0] < end
            ),
            "",
        )
    stretches, last = [], 0
    for start, end, group in sorted(places, key=lambda place: place[0]):
        if start > last:
            stretches.append(Stretch(text[last:start]))
        is_open = not set(group.doubts) <= settled
        stretches.append(Stretch(text[start:end], group.anchor, group.number, is_open))
        last = end
    stretches.append(Stretch(text[last:]))
    return stretches


def _length(span: tuple[int, int] | None) -> int:
    return span[1] - span[0] if span else 0
