"""Publishing a whole year in the background, or putting it forward."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from zielwerk.core.jobs import Progress
from zielwerk.identity import queries as identity
from zielwerk.publication import queries
from zielwerk.publication.actions import WHOLE_YEAR, begin, beginnable, publish, typeset
from zielwerk.rulebook.refusal import msg

# The language is known only where the sentence is read: the number chooses among two of them.
SAID = {
    "publish": (
        msg("Veröffentlicht: eine Vereinbarung des Programmjahrs {year}."),
        msg("Veröffentlicht: {number} Vereinbarungen des Programmjahrs {year}."),
    ),
    "propose": (
        msg("Zur Veröffentlichung vorgelegt: eine Vereinbarung des Programmjahrs {year}."),
        msg("Zur Veröffentlichung vorgelegt: {number} Vereinbarungen des Programmjahrs {year}."),
    ),
}
LISTS = {"publish": "publication:editions", "propose": "publication:publications"}


def whole_year(
    progress: Progress, *, act: str, programme: str, year: int, user: str
) -> dict[str, Any]:
    """Take the stage of this act for all of a year that the person may take it for; repeatable."""
    actor = identity.person(user, timezone.localdate())
    today = timezone.localdate()
    agreements, _ = beginnable(queries.to_begin(actor, programme, year, act), today)
    waiting = queries.to_release(actor, programme, year, today) if act == "publish" else []
    progress.of(len(agreements) + len(waiting))
    for agreement in agreements:
        begin(actor, agreement, at=timezone.now())
        progress.step(agreement.body_name)
    for edition in waiting:
        now = timezone.now()
        publish(actor, edition, typeset(edition, now), at=now)
        progress.step(edition.body_name)
    number = len(agreements) + len(waiting)
    one, several = SAID[act]
    return {
        "message": one if number == 1 else several,
        "params": {"number": number, "year": year},
        "url": f"{reverse(LISTS[act])}?jahr={year}",
    }


KINDS = {WHOLE_YEAR: whole_year}
