"""Who takes a stage of a procedure: the side that the programme names, and not one person alone."""

from collections.abc import Iterable, Mapping

from zielwerk.core import capacity, permissions
from zielwerk.core.roles import of_sides
from zielwerk.language import German
from zielwerk.rulebook.lifecycle import Label, Step
from zielwerk.rulebook.refusal import Refusal, msg


def roles_of(row: Step) -> frozenset[str]:
    """The roles that may take a step: the side of the stage, or whom the permission names."""
    roles = permissions.roles(row.by)
    return of_sides(roles, row.side) if row.side else roles


def role_refusal(actor: permissions.Actor, row: Step) -> Refusal | None:
    """Why nobody of the actor's role takes the step; None where one may."""
    if missing := permissions.role_refusal(actor, row.by):
        return missing
    if row.side and row.side not in actor.roles:
        side = permissions.ROLES.get(row.side, row.side)
        return Refusal("cases.other_side", OTHER_SIDE, {"side": Label(side)}, row.basis)
    return None


def refusal(
    actor: permissions.Actor, row: Step, trail: Iterable[Mapping[str, str]]
) -> Refusal | None:
    """Why this person does not take this stage: another side does, or she took an earlier one."""
    if missing := role_refusal(actor, row):
        return missing
    passed = [label_of(taken) for taken in trail if capacity.did(actor, taken["by"])]
    if row.four_eyes and passed:
        params = {"stage": passed[-1]}
        return Refusal("cases.four_eyes", FOUR_EYES, params, row.basis)
    return None


def label_of(taken: Mapping[str, str]) -> str:
    """The label of a stage in a trail, with the English wording that it had then."""
    return German(taken["label"], taken.get("label_en", ""))


OTHER_SIDE = msg("Diese Stufe nimmt eine andere Seite: {side}.")
FOUR_EYES = msg("Sie haben schon „{stage}“ getan. Diese Stufe nimmt eine andere Person.")
