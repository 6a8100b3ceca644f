"""Making the missing drafts of a year in the background."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from zielwerk.core import permissions
from zielwerk.core.jobs import Progress
from zielwerk.identity import queries as identity
from zielwerk.negotiation import queries
from zielwerk.negotiation.actions import (
    AMEND_AFTER_CUT,
    DRAFT_YEAR,
    NewAmendment,
    NewDraft,
    amend,
    draft,
)
from zielwerk.packs.naming import short
from zielwerk.rulebook.refusal import Refused, msg

MADE = (
    msg("Angelegt: ein Entwurf für {year}."),
    msg("Angelegt: {number} Entwürfe für {year}."),
)


AMENDED = (
    msg("Entworfen: eine Änderung für {year}."),
    msg("Entworfen: {number} Änderungen für {year}."),
)
AMENDED_BUT = (
    msg("Entworfen: eine Änderung für {year}. Nicht möglich war das bei: {left}."),
    msg("Entworfen: {number} Änderungen für {year}. Nicht möglich war das bei: {left}."),
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


def amend_after_cut(
    progress: Progress, *, programme: str, year: int, form: str, basis: str, user: str
) -> dict[str, Any]:
    """Draft the amendment of every agreement that a cut hit and that none changes yet; repeatable.

    Each is a transaction of its own; what cannot be amended now is named and left.
    """
    actor = identity.person(user, timezone.localdate())
    hits = [hit for hit in queries.hit_by_cut(actor, programme, year) if hit.draft is None]
    progress.of(len(hits))
    number, left = 0, []
    for hit in hits:
        name = short(programme, hit.agreement.ags)
        wish = NewAmendment(
            hit.agreement, form, basis, total_cents=hit.left_cents, less=hit.uncovered
        )
        try:
            amend(actor, wish, at=timezone.now())
            number += 1
        except permissions.NotAllowed:
            raise
        except Refused:
            left.append(name)
        progress.step(name)
    sentences = AMENDED_BUT if left else AMENDED
    return {
        "message": sentences[0] if number == 1 else sentences[1],
        "params": {"number": number, "year": str(year), "left": ", ".join(left)},
        "url": f"{reverse('negotiation:drafts')}?jahr={year}",
    }


KINDS = {DRAFT_YEAR: draft_year, AMEND_AFTER_CUT: amend_after_cut}
