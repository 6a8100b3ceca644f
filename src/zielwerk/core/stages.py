"""Who takes a stage of a procedure, what is noted of it, and until when a way back is open."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from zielwerk.core import capacity, permissions
from zielwerk.core.permissions import Actor
from zielwerk.core.roles import of_sides
from zielwerk.language import German
from zielwerk.packs import loading as packs
from zielwerk.rulebook.lifecycle import Label, Step, english_of
from zielwerk.rulebook.refusal import Refusal, msg


def roles_of(row: Step) -> frozenset[str]:
    """The roles that may take a step: the side of the stage, or whom the permission names."""
    return roles_for(row.by, row.side)


def roles_for(permission: str, side: str) -> frozenset[str]:
    """The roles that have a permission, on one side where one is named."""
    roles = permissions.roles(permission)
    return of_sides(roles, side) if side else roles


def is_on_behalf(actor: Actor, row: Step, case: Any) -> bool:
    """Whether somebody may take a body's stage, of a case that she began for the body.

    Nobody is asked to: it is no task of hers. What a third side says nobody says for it.
    """
    by = permissions.permission(row.by).on_behalf
    is_bodys = bool(by) and row.side == "body" and row.side not in actor.roles
    if not is_bodys or permissions.role_refusal(actor, by):
        return False
    return bool(case.put_forward_for == capacity.house(actor))


def role_refusal(actor: Actor, row: Step, begun: Any = None) -> Refusal | None:
    """Why nobody of the actor's role takes the step; None where one may.

    With ``begun``, a case, also on behalf of the side whose stage it is.
    """
    if missing := permissions.role_refusal(actor, row.by):
        return missing
    if begun is not None and is_on_behalf(actor, row, begun):
        return None
    if row.side and row.side not in actor.roles:
        side = permissions.ROLES.get(row.side, row.side)
        return Refusal("cases.other_side", OTHER_SIDE, {"side": Label(side)}, row.basis)
    return None


def refusal(
    actor: Actor, row: Step, trail: Iterable[Mapping[str, str]], begun: Any = None
) -> Refusal | None:
    """Why this person does not take this stage: another side does, or she took an earlier one."""
    if missing := role_refusal(actor, row, begun):
        return missing
    passed = [label_of(taken) for taken in trail if capacity.did(actor, taken["by"])]
    if row.four_eyes and passed:
        params = {"stage": passed[-1]}
        return Refusal("cases.four_eyes", FOUR_EYES, params, row.basis)
    return None


def forbids(actor: Actor, row: Step, case: Any) -> Refusal | None:
    """Why this person may not take a step of a case: more may be done than one is asked for."""
    missing = permissions.refusal(actor, row.by, case)
    return missing or refusal(actor, row, case.trail, case)


def take_note(
    case: Any, row: Step, actor: Actor, note: str, at: datetime, initial: AbstractSet[str]
) -> None:
    """Note a stage in the trail; a case that is back at its beginning has passed none.

    What goes against whoever put it forward is kept for good, with its reason, and so is the
    reason of every other way back or out.
    """
    taken = {"stage": row.verb, "label": str(row.label), "by": actor.audit_name}
    taken["label_en"] = english_of(row.label)
    taken |= {"at": at.isoformat(), "note": note[:1000]}
    if row.is_against or (row.notes and not row.act):
        case.words = [*case.words, taken]
    if row.act and not row.sources.isdisjoint(initial):
        case.put_forward_by, case.put_forward_for = actor.audit_name, capacity.house(actor)
    if row.target in initial:
        case.trail = []
    elif row.act:
        case.trail = [*case.trail, taken]


def last_day(row: Step, case: Any) -> date | None:
    """Until when a way back is open: so many days as the programme grants; None: without end."""
    if not row.within or case.year not in packs.years(case.programme):
        return None
    parameters = packs.load(case.programme, case.year).parameters
    days = next((each.value for each in parameters if each.code == row.within), "")
    is_number = days.isascii() and days.isdecimal()
    return timezone.localdate(case.state_since) + timedelta(int(days)) if is_number else None


def over(row: Step, case: Any, on: date) -> Refusal | None:
    """Why a way back is open no more; None where it is, or where it never closes."""
    last = last_day(row, case)
    if last is None or on <= last:
        return None
    return Refusal("cases.over", OVER, {"label": Label(row.label), "day": last})


def label_of(taken: Mapping[str, str]) -> str:
    """The label of a stage in a trail, with the English wording that it had then."""
    return German(taken["label"], taken.get("label_en", ""))


OVER = msg("„{label}“ ging bis zum {day}.")
OTHER_SIDE = msg("Diese Stufe nimmt eine andere Seite: {side}.")
FOUR_EYES = msg("Sie haben schon „{stage}“ getan. Diese Stufe nimmt eine andere Person.")
