"""Publishing."""

from dataclasses import replace
from datetime import datetime

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


def publish(actor: Actor, agreement: Agreement, *, at: datetime) -> Edition:
    """Publish an agreement as page, PDF, JSON and CSV.

    The PDF is set before the transaction begins, since nobody should wait for it.
    """
    number = queries.last_number(agreement) + 1
    data = letters.public_data(agreement, number, at)
    if names := letters.names_in(agreement.content, data):
        raise Refused(*(replace(NAME_IN_PUBLIC, params={"name": name}) for name in names))
    pdf = render(letters.document(data, letters.rules_of(agreement)))
    return _publish(actor, agreement, data, pdf, at=at)


@action("publication.publish")
def _publish(
    actor: Actor, agreement: Agreement, data: dict[str, object], pdf: bytes, *, at: datetime
) -> Edition:
    if queries.edition_of(agreement):
        raise Refused(PUBLISHED_ALREADY)
    name = letters.file_name(letters.rules_of(agreement), agreement.ags, "pdf")
    file: StoredFile = documents.store(actor, name, "application/pdf", pdf, at=at)
    terms = agreement.content
    types = dict.fromkeys(measure.type for measure in terms.measures)
    edition = Edition.objects.create(
        agreement=agreement,
        number=queries.last_number(agreement) + 1,
        programme=agreement.programme,
        year=agreement.year,
        ags=agreement.ags,
        body_name=agreement.body_name,
        body_kind=terms.body_kind,
        amount_cents=agreement.amount_cents,
        measure_count=len(terms.measures),
        measure_types=f" {' '.join(types)} ",
        search_text=letters.search_text(terms, letters.rules_of(agreement)),
        is_invented=agreement.is_invented,
        is_trial=agreement.is_trial,
        document=data,
        pdf=file,
        published_at=at,
    )
    seal(edition)
    return edition


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
