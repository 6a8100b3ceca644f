"""Making the missing drafts of a year in the background."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from zielwerk.core.jobs import Progress
from zielwerk.identity import queries as identity
from zielwerk.negotiation import queries
from zielwerk.negotiation.actions import DRAFT_YEAR, NewDraft, draft
from zielwerk.packs.naming import short
from zielwerk.rulebook.refusal import msg

MADE = (
    msg("Angelegt: ein Entwurf für {year}."),
    msg("Angelegt: {number} Entwürfe für {year}."),
)


def draft_year(progress: Progress, *, programme: str, year: int, user: str) -> dict[str, Any]:
    """Make every draft of a year that is missing and that the person may make; repeatable.

    Each body is a transaction of its own: what is made stays, whatever happens later.
    """
    actor = identity.person(user, timezone.localdate())
    missing = queries.missing_drafts(actor, programme, year)
    progress.of(len(missing))
    number = 0
    for ags in missing:
        if queries.of_body(programme, year, ags) is None:  # else somebody made it meanwhile
            draft(actor, NewDraft(programme, year, ags), at=timezone.now())
            number += 1
        progress.step(short(programme, ags))
    return {
        "message": MADE[0] if number == 1 else MADE[1],
        "params": {"number": number, "year": str(year)},
        "url": f"{reverse('negotiation:drafts')}?jahr={year}",
    }


KINDS = {DRAFT_YEAR: draft_year}
