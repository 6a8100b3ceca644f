"""What waits for a person, and for the organisation for which she acts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import ngettext

from zielwerk.adjustments import queries as adjustments
from zielwerk.agreements import queries as agreements
from zielwerk.agreements.models import Agreement
from zielwerk.allocation import queries as allocation
from zielwerk.core import permissions
from zielwerk.desk.queries import year as overview
from zielwerk.ledger import queries as ledger
from zielwerk.ledger.models import Place
from zielwerk.packs import loading as packs
from zielwerk.publication import queries as publication
from zielwerk.rulebook.adjustment import AdjustmentState
from zielwerk.rulebook.agreement import IntakeState
from zielwerk.rulebook.scenario import ScenarioState
from zielwerk.rulebook.tasks import Asked

TO_DECIDE = (ScenarioState.PROPOSED, ScenarioState.CONSULTED)


@dataclass(frozen=True)
class Task:
    """Something that waits for this person: how many, what, and where."""

    number: int
    text: str
    url: str
    publish: int = 0  # the year that one press publishes as a whole, 0 where there is none


@dataclass(frozen=True)
class Glance:
    """A programme year in a few numbers.

    ``late_for_us`` of the late bodies wait for ``us``, the person's organisation (a value of
    :class:`Asked`, empty for one that nobody asks).
    """

    year: int
    bodies: int
    published: int
    late: int
    us: str
    late_for_us: int


def tasks(user: Any, programme: str) -> list[Task]:
    """Work that waits, most urgent first; empty where there is none for this role."""
    return [
        *_uncovered(user, programme),
        *_recordings(user),
        *_decisions(user, programme),
        *_unpublished(user),
    ]


def glance(user: Any, programme: str, today: date) -> list[Glance]:
    """The running programme year and the one before it, for whoever may look at them."""
    if permissions.role_refusal(user, "desk.look_at_year"):
        return []
    newest = overview.running_year(programme, today)
    shown = [year for year in packs.years(programme) if newest - 1 <= year <= newest]
    return [_glance(user, programme, year, today) for year in shown]


def _glance(user: Any, programme: str, year: int, today: date) -> Glance:
    rows = overview.body_years(user, programme, year, today)
    found = overview.summary(rows)
    us = next((one for one in Asked if one.value in user.roles), None)
    late_for_us = sum(row.is_late_for(us) for row in rows) if us else 0
    return Glance(year, found.bodies, found.published, found.late, us or "", late_for_us)


def _uncovered(user: Any, programme: str) -> Iterator[Task]:
    if permissions.role_refusal(user, "adjustments.reallocate"):
        return
    chosen = ledger.Selection(programme=programme, place=Place.UNCOVERED)
    number = sum(one.balance_cents < 0 for one in ledger.places(user, chosen, "ags"))
    if number:
        text = ngettext(
            "ungedeckter Posten ist zu klären", "ungedeckte Posten sind zu klären", number
        )
        yield Task(number, text, f"{reverse('ledger:transfers')}?ort={Place.UNCOVERED.value}")


def _recordings(user: Any) -> Iterator[Task]:
    if permissions.role_refusal(user, "agreements.confirm"):
        return
    waiting = agreements.waiting()
    intakes = reverse("agreements:intakes")
    for state in (IntakeState.ACCEPTED, IntakeState.REVIEW):
        if number := waiting.get(state, 0):
            yield Task(number, waits(state, number), f"{intakes}?stand={state.value}")


def waits(state: IntakeState, number: int) -> str:
    """What a number of recordings in this state waits for."""
    if state == IntakeState.ACCEPTED:
        return ngettext(
            "angenommene Erfassung wartet auf Bestätigung",
            "angenommene Erfassungen warten auf Bestätigung",
            number,
        )
    return ngettext("Erfassung ist zu prüfen", "Erfassungen sind zu prüfen", number)


def _decisions(user: Any, programme: str) -> Iterator[Task]:
    """What somebody else put forward: this person may be the second one."""
    if not permissions.role_refusal(user, "allocation.decide"):
        found = allocation.scenarios(user, programme).filter(state__in=TO_DECIDE)
        if number := found.exclude(proposed_by=user.audit_name).count():
            text = ngettext(
                "vorgelegtes Verteilszenario ist zu entscheiden",
                "vorgelegte Verteilszenarien sind zu entscheiden",
                number,
            )
            yield Task(number, text, reverse("allocation:scenarios"))
    if not permissions.role_refusal(user, "adjustments.decide"):
        moves = adjustments.adjustments(user, programme).filter(state=AdjustmentState.DECLARED)
        if number := moves.exclude(declared_by=user.audit_name).count():
            text = ngettext(
                "erklärte Mitteländerung ist zu entscheiden",
                "erklärte Mitteländerungen sind zu entscheiden",
                number,
            )
            yield Task(number, text, reverse("adjustments:adjustments"))


def _unpublished(user: Any) -> Iterator[Task]:
    if permissions.role_refusal(user, "publication.publish"):
        return
    for year, number in publication.unpublished_years():
        text = ngettext(
            "erfasste Vereinbarung ist nicht veröffentlicht",
            "erfasste Vereinbarungen sind nicht veröffentlicht",
            number,
        )
        yield Task(number, f"{text} ({year})", reverse("agreements:agreements"), year)


def own_agreements(user: Any) -> list[Agreement]:
    """The agreements of the body for which a person acts."""
    if not user.ags or permissions.role_refusal(user, "agreements.look"):
        return []
    return list(agreements.agreements(user))
