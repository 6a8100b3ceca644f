"""Publishing."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from zielwerk.agreements.models import Agreement
from zielwerk.core import jobs
from zielwerk.core.actions import action, seal
from zielwerk.core.models import Job
from zielwerk.core.permissions import Actor
from zielwerk.documents import actions as documents
from zielwerk.documents.models import StoredFile
from zielwerk.publication import letters, queries
from zielwerk.publication.models import Edition
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.typesetting.pdf import render

PUBLISH_YEAR = "publication.publish_year"  # the kind of job
PUBLISHED_ALREADY = Refusal(
    "publication.published_already", msg("Diese Vereinbarung ist schon veröffentlicht.")
)
NAME_IN_PUBLIC = Refusal(
    "publication.name",
    msg(
        "Der Name „{name}“ steht im öffentlichen Teil (Amt, Ort, Maßnahme oder Wortlaut). "
        "Veröffentlicht werden Ämter, keine Namen; bitte berichtigen Sie die Erfassung."
    ),
)
NOT_PUBLISHED = Refusal(
    "publication.not_published", msg("Diese Vereinbarung ist nicht veröffentlicht.")
)


@dataclass(frozen=True)
class Typeset:
    """An edition before it is published: its public data and its PDF."""

    data: dict[str, object]
    pdf: bytes


def why_not_published(agreement: Agreement, data: dict[str, Any]) -> list[Refusal]:
    """The reasons against publishing this data of an agreement."""
    if queries.edition_of(agreement):
        return [PUBLISHED_ALREADY]
    names = letters.names_in(agreement.content, data)
    return [replace(NAME_IN_PUBLIC, params={"name": name}) for name in names]


def typeset(agreement: Agreement, at: datetime) -> Typeset:
    """Set an edition, before the transaction begins, since nobody should wait for it."""
    data = letters.public_data(agreement, queries.last_number(agreement) + 1, at)
    if refusals := why_not_published(agreement, data):
        raise Refused(*refusals)
    return Typeset(data, render(letters.document(data, letters.rules_of(agreement))))


def publish(actor: Actor, agreement: Agreement, *, at: datetime) -> Edition:
    """Publish an agreement as page, PDF, JSON and CSV."""
    return publish_typeset(actor, agreement, typeset(agreement, at), at=at)


@action("publication.publish")
def publish_typeset(
    actor: Actor, agreement: Agreement, edition: Typeset, *, at: datetime
) -> Edition:
    """Publish an edition that is set already."""
    if queries.edition_of(agreement):
        raise Refused(PUBLISHED_ALREADY)
    name = letters.file_name(letters.rules_of(agreement), agreement.ags, "pdf", agreement.ordinal)
    file: StoredFile = documents.store(actor, name, "application/pdf", edition.pdf, at=at)
    terms = agreement.content
    types = dict.fromkeys(measure.type for measure in terms.measures)
    published = Edition.objects.create(
        agreement=agreement,
        number=queries.last_number(agreement) + 1,
        programme=agreement.programme,
        year=agreement.year,
        ags=agreement.ags,
        ordinal=agreement.ordinal,
        body_name=agreement.body_name,
        body_kind=terms.body_kind,
        amount_cents=agreement.amount_cents,
        measure_count=len(terms.measures),
        measure_types=f" {' '.join(types)} ",
        search_text=letters.search_text(terms, letters.rules_of(agreement)),
        is_invented=agreement.is_invented,
        is_trial=agreement.is_trial,
        document=edition.data,
        pdf=file,
        published_at=at,
    )
    seal(published)
    return published


@action("publication.withdraw")
def withdraw(actor: Actor, agreement: Agreement, *, at: datetime) -> Edition:
    """Withdraw a publication; the edition stays on file, and a new one may follow."""
    edition = queries.edition_of(agreement)
    current = Edition.objects.filter(withdrawn_at__isnull=True)
    if edition is None or not current.filter(pk=edition.pk).update(withdrawn_at=at):
        raise Refused(NOT_PUBLISHED)
    edition.refresh_from_db()
    seal(edition)
    return edition


@action("publication.publish")
def begin_publishing_year(actor: Actor, programme: str, year: int, *, at: datetime) -> Job:
    """Queue the publication of a year's recorded agreements that were never published."""
    params = {"programme": programme, "year": year, "user": actor.audit_name}
    return jobs.start(actor, PUBLISH_YEAR, params, at=at)
