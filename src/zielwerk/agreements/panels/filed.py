"""What recordings add to the file of a case: the text as it came, and the days of the paper."""

from collections.abc import Iterator

from zielwerk.agreements.models import Annulment, Intake
from zielwerk.core.case_files import Entry, Filed, Sort
from zielwerk.core.permissions import Actor
from zielwerk.documents import queries as documents
from zielwerk.documents.panels import paper
from zielwerk.rulebook.refusal import Said, msg

TEXT = msg("Text, wie er eingegangen ist: {name}")
SIGNED = msg("Das Papier trägt von allen Seiten Unterschriften, die letzte von diesem Tag.")
RECORDED = msg("Erfasst als {number}.")


def of_intake(user: Actor, intake: Intake) -> Filed:
    """The text, when the paper was signed and when it was recorded; the money of the record."""
    record = intake.agreement
    return Filed(tuple(_of_intake(intake)), (record.file_number,) if record else ())


def _of_intake(intake: Intake) -> Iterator[Entry]:
    if source := documents.named(intake.source_id):
        said = Said(TEXT, {"name": source.name})
        kept = paper(source, msg("eingegangener Text"))
        yield Entry(
            intake.begun_at, msg("eingegangen"), Sort.PAPER, said, intake.begun_by, paper=kept
        )
    if signed_on := intake.content.signed_on:
        yield Entry(signed_on, msg("unterschrieben"), Sort.DAY, Said(SIGNED))
    if record := intake.agreement:
        said = Said(RECORDED, {"number": record.file_number})
        yield Entry(record.recorded_at, msg("erfasst"), Sort.DECISION, said, intake.confirmed_by)


def of_annulment(user: Actor, annulment: Annulment) -> Filed:
    """What was booked for the record that is annulled, there and back."""
    return Filed(numbers=(annulment.agreement.file_number,))
