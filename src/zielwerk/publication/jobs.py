"""Publishing a whole year in the background."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from zielwerk.core.jobs import Progress
from zielwerk.identity import queries as identity
from zielwerk.publication import queries
from zielwerk.publication.actions import PUBLISH_YEAR, publish
from zielwerk.rulebook.refusal import msg

# The language is known only where the sentence is read: the number chooses among two of them.
PUBLISHED = msg("Veröffentlicht: {published} Vereinbarungen des Programmjahrs {year}.")
PUBLISHED_ONE = msg("Veröffentlicht: eine Vereinbarung des Programmjahrs {year}.")


def publish_year(progress: Progress, *, programme: str, year: int, user: str) -> dict[str, Any]:
    """Publish every recorded agreement of a year that is not published; repeatable."""
    actor = identity.person(user, timezone.localdate())
    unpublished = list(queries.unpublished(programme, year))
    progress.of(len(unpublished))
    for agreement in unpublished:
        publish(actor, agreement, at=timezone.now())
        progress.step(agreement.body_name)
    count = {"published": len(unpublished), "year": year}
    return {
        "message": PUBLISHED_ONE if len(unpublished) == 1 else PUBLISHED,
        "params": count,
        "url": f"{reverse('publication:editions')}?jahr={year}",
    }


KINDS = {PUBLISH_YEAR: publish_year}
