"""The verbs of files: offer one to the archive, enter what it answered. Nothing deletes."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from zielwerk.core.actions import action, seal
from zielwerk.core.audit import reference
from zielwerk.core.cases import Case
from zielwerk.core.permissions import Actor
from zielwerk.filing import queries
from zielwerk.filing.models import ArchiveOffer
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.rulebook.writing import written

OFFERED_ALREADY = msg("Die Akte {number} ist dem Archiv schon angeboten.")
ANSWERED_ALREADY = msg("Zur Akte {number} ist die Antwort des Archivs schon eingetragen.")
NO_ARCHIVE = msg("Es fehlt, welchem Archiv die Akte angeboten wird.")
NO_ANSWER = msg("Es fehlt, was das Archiv geantwortet hat.")
NOT_YET = msg("Die Antwort des Archivs ist nicht älter als das Angebot und nicht von morgen.")


@dataclass(frozen=True)
class Offering:
    """That the file of a case is offered to an archive."""

    case: Case
    archive: str


@dataclass(frozen=True)
class Answering:
    """What the archive answered, on which day, under which reference of its own."""

    case: Case
    offer: ArchiveOffer
    answer: str
    on: date
    reference: str = ""


@action("filing.offer")
def offer(actor: Actor, offering: Offering, *, at: datetime) -> ArchiveOffer:
    """Offer a file whose time is over to the archive, once."""
    case, archive = offering.case, written(offering.archive)
    keeping = queries.keeping_of(case)
    if reasons := keeping.refusals(case.file_number, localdate(at)):
        raise Refused(*reasons)
    if not archive:
        raise Refused(Refusal("filing.no_archive", NO_ARCHIVE))
    if queries.offer_of(case):
        raise Refused(Refusal("filing.offered", OFFERED_ALREADY, {"number": case.file_number}))
    assert keeping.until
    made = ArchiveOffer.objects.create(
        about=reference(case),
        about_number=case.file_number,
        programme=case.programme,
        kept_until=keeping.until,
        archive=archive,
        offered_by=actor.audit_name,
        offered_at=at,
    )
    seal(made)
    return made


@action("filing.answer")
def answer(actor: Actor, answering: Answering, *, at: datetime) -> ArchiveOffer:
    """Enter what the archive answered; only after that anything could be deleted elsewhere."""
    kept = ArchiveOffer.objects.select_for_update().get(pk=answering.offer.pk)
    if kept.answer:
        params = {"number": kept.about_number}
        raise Refused(Refusal("filing.answered", ANSWERED_ALREADY, params))
    if answering.answer not in ArchiveOffer.Answer:
        raise Refused(Refusal("filing.no_answer", NO_ANSWER))
    if not localdate(kept.offered_at) <= answering.on <= localdate(at):
        raise Refused(Refusal("filing.not_yet", NOT_YET))
    kept.answer, kept.answered_on = answering.answer, answering.on
    kept.reference = written(answering.reference)
    kept.answered_by, kept.answered_at = actor.audit_name, at
    kept.save()
    seal(kept)
    return kept
