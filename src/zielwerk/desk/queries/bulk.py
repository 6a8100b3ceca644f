"""What can be done together where many alike wait: confirm, publish, decide on moves of money."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404
from django.urls import reverse

from zielwerk.core import cases, turns
from zielwerk.core.cases import Case, Kind
from zielwerk.language import German
from zielwerk.rulebook.lifecycle import Step
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import msg
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
    """A case that waits like others: the case, its amount in cents and since when."""

    case: Case
    title: str
    amount_cents: int
    url: str


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


def at_once(kind: Kind[Any], verb: str, number: int) -> tuple[str, str] | None:
    """Label and address of the page on which several are done together; None where none is."""
    steps = (step for table in kind.known_tables for step in table.steps if step.verb == verb)
    step = next(steps, None)
    if number < 2 or step is None or not _is_done_together(kind.name, step):
        return None
    label = TOGETHER[kind.name, step.taken_by]
    return said(label), reverse("desk:together", args=[kind.name, verb])


def alike(user: Any, kind: Kind[Any], verb: str, only: Collection[int] = ()) -> Sequence[Alike]:
    """The cases whose step waits for this person, most urgent first; ``only`` some of them."""
    waiting = turns.asked(user, settings.PROGRAMME).filter(kind=kind.name, verb=verb)
    if only:
        waiting = waiting.filter(about__in=[f"{kind.name}:{pk}" for pk in only])
    names = waiting.order_by("order_on", "since", "pk").values_list("about", flat=True)
    pks = [int(name.partition(":")[2]) for name in names[:MOST]]
    found = kind.visible(user, settings.PROGRAMME).in_bulk(pks)
    return [_alike(kind, found[pk]) for pk in pks if pk in found]


def _alike(kind: Kind[Any], case: Case) -> Alike:
    amount = kind.slots["amount"](case) if "amount" in kind.slots else Cents(0)
    cents = getattr(case, "amount_cents", None)
    return Alike(
        case,
        German(str(case)),
        int(amount) if cents is None else cents,  # type: ignore[call-overload]  # Cents is an int
        reverse(kind.page, args=[case.pk]),
    )


def number_waiting(user: Any, kind: Kind[Any], verb: str) -> int:
    """How many wait in all, shown or not."""
    waiting: int = turns.asked(user, settings.PROGRAMME).filter(kind=kind.name, verb=verb).count()
    return waiting
