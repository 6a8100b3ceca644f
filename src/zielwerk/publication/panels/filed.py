"""What a publication adds to its file: the PDF that became public."""

from django.utils.timezone import localdate

from zielwerk.core.case_files import Closing, Entry, Filed, Sort
from zielwerk.core.permissions import Actor
from zielwerk.documents import queries as documents
from zielwerk.documents.panels import paper
from zielwerk.publication.models import Edition
from zielwerk.rulebook.publication import EditionState
from zielwerk.rulebook.refusal import Said, msg

PUBLISHED = msg("Ausgabe {edition} als PDF: {name}")
OVER = msg("Ende der Veröffentlichung")


def filed(user: Actor, edition: Edition) -> Filed:
    """The file that was published, as it stays even where it was withdrawn."""
    pdf = documents.named(edition.pdf_id)
    if pdf is None or edition.published_at is None:
        return Filed()
    said = Said(PUBLISHED, {"edition": edition.number, "name": pdf.name})
    is_public = edition.state == EditionState.PUBLISHED and not edition.superseded_at
    state = msg("öffentlich") if is_public else msg("war öffentlich")
    kept = paper(pdf, state)
    at = edition.published_at
    return Filed((Entry(at, msg("veröffentlicht"), Sort.PAPER, said, paper=kept),))


def kept_from(edition: Edition) -> Closing:
    """What is public is not over; of what a newer edition took the place of, that moment counts."""
    is_public = edition.state == EditionState.PUBLISHED
    ended_at = edition.superseded_at if is_public else None
    if edition.state in (EditionState.WITHDRAWN, EditionState.DISCARDED):
        ended_at = edition.state_since
    return Closing(localdate(ended_at) if ended_at else None, OVER)
