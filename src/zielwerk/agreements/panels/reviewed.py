"""What the second person sees of a review: each value beside the passage it was read from."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext

from zielwerk.agreements import queries
from zielwerk.agreements.models import Intake
from zielwerk.agreements.panels import contents
from zielwerk.language import German, value_text
from zielwerk.rulebook.agreement import Terms
from zielwerk.rulebook.money import Cents


@dataclass(frozen=True)
class Passage:
    """A value as it would be recorded, and what the text says where it was read.

    ``is_corrected`` says that the reviewer changed what was read.
    """

    label: str
    value: Any
    quote: str = ""
    is_corrected: bool = False


def passages(intake: Intake, language: str) -> list[Passage]:
    """The values that count, in the order of an agreement; of a text each with its passage."""
    now = intake.content
    read = intake.reading.get("terms")
    before = dict(_values(intake, Terms.from_json(read), language)) if read else {}
    return [
        Passage(
            label, value, quote, is_corrected=bool(read) and before.get((label, quote)) != value
        )
        for (label, quote), value in _values(intake, now, language)
        if value
    ]


def _values(intake: Intake, terms: Terms, language: str) -> Iterator[tuple[tuple[str, str], Any]]:
    def quote(path: str) -> str:
        return str(intake.evidence(path).get("quote", ""))

    def euro(cents: int | None) -> str:
        return "" if cents is None else value_text(Cents(cents), language)

    body = (gettext("Gebietskörperschaft"), quote("parties[1].ags"))
    yield body, German(terms.body_name)
    yield (gettext("Programmjahr"), quote("year")), str(terms.year)
    yield (gettext("Betrag"), quote("budget_cents")), euro(terms.amount_cents)
    yield (gettext("Eigenanteil"), quote("own_share_cents")), euro(terms.own_share_cents)
    authority = (gettext("Bewilligungsbehörde"), quote("granting_authority"))
    yield authority, German(terms.granting_authority)
    for index, measure in enumerate(terms.measures):
        label = gettext("Maßnahme {number}").format(number=index + 1)
        words = "; ".join([measure.title, *contents.beside(measure, language)])
        yield (label, quote(f"measures[{index}].title")), German(words)
    yield (gettext("Beschluss"), quote("resolution")), German(terms.resolution)
    for index, signature in enumerate(terms.signatures):
        label = gettext("Unterschrift {number}").format(number=index + 1)
        day = signature.date and value_text(date.fromisoformat(signature.date), language)
        parts = [signature.acting, signature.name, signature.office, signature.place, day]
        words = ", ".join(part for part in parts if part)
        yield (label, quote(f"signatures[{index}].raw")), German(words)


def booked_cents(intake: Intake) -> int:
    """What confirming would book: the amount, of a change how much more or less it is."""
    return intake.content.amount_cents - (intake.amends.amount_cents if intake.amends else 0)


def asked(intake: Intake, language: str) -> list[dict[str, Any]]:
    """The questions to the text with their answers, those that were answered first."""
    return sorted(contents.findings(intake, language), key=lambda finding: not finding["answer"])


def unsigned(intake: Intake, language: str) -> list[dict[str, Any]]:
    """Why a paper that was read as one that nobody signed is recorded: question and answer."""
    found = contents.findings(intake, language)
    return [found[number] for number in queries.about_signing(intake)]
