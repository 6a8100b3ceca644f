"""What can be done together where many alike wait: confirm, decide, publish, cover."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db.models.functions import Length
from django.http import Http404
from django.urls import reverse
from django.utils.timezone import localdate

from zielwerk.core import cases, turns
from zielwerk.core.cases import Case, Kind
from zielwerk.language import German
from zielwerk.packs import loading as packs
from zielwerk.programme import queries as programmes
from zielwerk.publication import queries as publication
from zielwerk.rulebook.lifecycle import Step
from zielwerk.rulebook.refusal import msg
from zielwerk.ui import wording
from zielwerk.ui.tags.values import said

TOGETHER = {
    ("intake", "confirm"): msg("Mehrere bestätigen"),
    ("edition", "publish"): msg("Mehrere veröffentlichen"),
    ("adjustment", "decide"): msg("Mehrere entscheiden"),
}
"""The acts, by kind of case: each needs no text of its own, and says an amount."""
MOST = 50
"""So many are done in one transaction; what is left waits for the next."""


@dataclass(frozen=True)
class Alike:
    """One of several that wait alike: the record ``of`` which it is, its amount, since when.

    ``key`` names it in a form, ``seen`` is what the page showed of it: where that is another by
    now, nothing is done. ``number`` names it in a sentence.
    """

    key: str
    seen: str
    title: str
    number: str
    amount_cents: int
    url: str
    since: date | None
    of: Any


# --- steps of cases -----------------------------------------------------------------------


def step_of(kind_name: str, verb: str) -> tuple[Kind[Any], Step]:
    """The kind and the step that an address names; raises Http404 for what is not done together."""
    kind = cases.KINDS.get(kind_name)
    tables = kind.known_tables if kind else ()
    steps = (step for table in tables for step in table.steps if step.verb == verb)
    step = next((step for step in steps if _is_done_together(kind_name, step)), None)
    if kind is None or step is None:
        raise Http404
    return kind, step


def _is_done_together(kind_name: str, step: Step) -> bool:
    return (kind_name, step.taken_by) in TOGETHER and not step.notes


def at_once(kind: Kind[Any], verb: str, number: int) -> Sequence[tuple[str, str]]:
    """Label and address of the page on which several are done together, where there is one."""
    steps = (step for table in kind.known_tables for step in table.steps if step.verb == verb)
    step = next(steps, None)
    if number < 2 or step is None or not _is_done_together(kind.name, step):
        return ()
    label = TOGETHER[kind.name, step.taken_by]
    return [(said(label), reverse("desk:together", args=[kind.name, verb]))]


def steps_alike(
    user: Any, kind: Kind[Any], verb: str, only: Collection[str] = ()
) -> tuple[Sequence[Alike], int]:
    """The cases whose step waits for this person, and how many; ``only`` some of them."""
    waiting = turns.asked(user, settings.PROGRAMME).filter(kind=kind.name, verb=verb)
    if only:
        waiting = waiting.filter(about__in=[f"{kind.name}:{key}" for key in only])
    # Of one kind the longer name is the later case; rows of turns are made in any order.
    ordered = waiting.order_by("order_on", "since", Length("about"), "about")
    names = list(ordered.values_list("about", flat=True))
    pks = [int(name.partition(":")[2]) for name in names[:MOST]]
    found = kind.visible(user, settings.PROGRAMME).in_bulk(pks)
    return [_of_case(kind, found[pk]) for pk in pks if pk in found], len(names)


def _of_case(kind: Kind[Any], case: Case) -> Alike:
    amount: Any = getattr(case, "amount_cents", None)
    if amount is None:
        amount = kind.facts_said(case)["amount"]
    return Alike(
        str(case.pk),
        str(case.revision),
        German(str(case)),
        case.file_number,
        int(amount),
        reverse(kind.page, args=[case.pk]),
        localdate(case.state_since),
        case,
    )


# --- agreements that nobody began to publish ----------------------------------------------


def to_publish(
    user: Any, year: int, act: str, only: Collection[str] = ()
) -> tuple[Sequence[Alike], int]:
    """The recorded agreements of a year whose publication this person may begin, and how many."""
    agreements = publication.to_begin(user, settings.PROGRAMME, year, act)
    wanted = [each for each in agreements if not only or str(each.pk) in only]
    return [
        Alike(
            str(each.pk),
            str(each.version),
            German(str(each)),
            each.file_number,
            each.amount_cents,
            reverse("desk:case", args=each.address),
            localdate(each.recorded_at),
            each,
        )
        for each in wanted[:MOST]
    ], len(wanted)


# --- what is uncovered --------------------------------------------------------------------


@dataclass(frozen=True)
class Uncovered:
    """What a body, or the state itself, lacks of a fund."""

    fund: Any
    ags: str


def uncovered(user: Any, only: Collection[str] = ()) -> tuple[Sequence[Alike], int]:
    """What is uncovered within the person's perimeter, each with its amount, and how many."""
    names = {body.ags: body.name for body in packs.bodies(settings.PROGRAMME)}
    found = programmes.uncovered_planning(user, settings.PROGRAMME)
    rows = []
    for (fund, ags), parts in groupby(found, key=lambda one: (one[0].fund, one[0].ags)):
        cents = -sum(part for _, part in parts)
        name = names.get(ags) or wording.territory()
        title = f"{name}, {fund.year}: {programmes.purpose(fund)}"
        key = f"{fund.year}.{fund.earmark}.{ags}"
        url = f"{reverse('ledger:transfers')}?ort=uncovered&jahr={fund.year}&ags={ags}"
        record = Uncovered(fund, ags)
        rows.append(Alike(key, str(cents), German(title), title, cents, url, None, record))
    wanted = [row for row in rows if not only or row.key in only]
    return wanted[:MOST], len(wanted)
