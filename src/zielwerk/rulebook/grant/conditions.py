"""The ancillary provisions of a notice (Nebenbestimmungen, § 36 VwVfG and the states' own acts).

A notice carries those that hold on its day under its version of the rules, and it is they that
count later, not newer ones. Their texts name rates and periods as ``{slots}``, filled with the
parameters of that day.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar

from zielwerk.rulebook.calendar import holds_on
from zielwerk.rulebook.grant.citation import Act, parse, why_not_known
from zielwerk.rulebook.refusal import Refusal, Refused, msg


class Kind(StrEnum):
    """What an ancillary provision is by § 36 Abs. 2 VwVfG, in the order of the law."""

    TIME_LIMIT = "time_limit"
    CONDITION = "condition"
    REVOCATION = "revocation"
    DUTY = "duty"
    RESERVATION = "reservation"


KINDS: Mapping[str, str] = {
    Kind.TIME_LIMIT: msg("Befristung"),
    Kind.CONDITION: msg("Bedingung"),
    Kind.REVOCATION: msg("Widerrufsvorbehalt"),
    Kind.DUTY: msg("Auflage"),
    Kind.RESERVATION: msg("Vorbehalt"),
}


class Provision(Protocol):
    """An ancillary provision as a pack states it, dated.

    It goes with every notice, one that is ``optional`` where somebody chose it; ``only_for`` are
    the kinds of bodies that it is for, none: all. What ``inherits`` binds also those to whom the
    recipient passes money on.
    """

    @property
    def valid_from(self) -> date | None: ...
    @property
    def valid_until(self) -> date | None: ...
    @property
    def code(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def citation(self) -> str: ...
    @property
    def inherits(self) -> bool: ...
    @property
    def optional(self) -> bool: ...
    @property
    def only_for(self) -> tuple[str, ...]: ...


P = TypeVar("P", bound=Provision)
_SLOT = re.compile(r"\{([a-z0-9_]+)\}")


def holding(
    provisions: Iterable[P], day: date, body_kind: str, chosen: Collection[str] = ()
) -> tuple[P, ...]:
    """Those that go with a notice of a day to a body of a kind, in the order of the pack."""
    return tuple(
        each
        for each in provisions
        if holds_on(each, day)
        and (not each.only_for or body_kind in each.only_for)
        and (not each.optional or each.code in chosen)
    )


def passed_on(provisions: Iterable[P]) -> tuple[P, ...]:
    """Those that whoever gets the money from the recipient must keep as well."""
    return tuple(each for each in provisions if each.inherits)


def by_kind(provisions: Sequence[P]) -> dict[Kind, tuple[P, ...]]:
    """The provisions by what they are, in the order of the law."""
    groups = {kind: tuple(p for p in provisions if p.kind == kind) for kind in Kind}
    return {kind: group for kind, group in groups.items() if group}


def slots_of(text: str) -> tuple[str, ...]:
    """The names of the slots in a text, each once."""
    return tuple(dict.fromkeys(_SLOT.findall(text)))


def worded(text: str, values: Mapping[str, str]) -> str:
    """A text with its rates and periods; raises :class:`Refused` where one is not known."""
    for slot in slots_of(text):
        if not values.get(slot):
            raise Refused(Refusal("grant.slot_empty", _EMPTY, {"slot": slot}))
    return _SLOT.sub(lambda slot: values[slot[1]], text)


def why_not_citable(
    provisions: Iterable[Provision], acts: Sequence[Act], day: date
) -> tuple[Refusal, ...]:
    """Every provision rests on norms that exist on the day; one may cite none."""
    refusals: list[Refusal] = []
    for each in provisions:
        if not each.citation:
            continue
        try:
            refusals += why_not_known(parse(each.citation), acts, day)
        except Refused as refused:
            refusals += refused.refusals
    return tuple(refusals)


_EMPTY = msg("Für „{slot}“ ist an diesem Tag kein Wert bekannt; der Bescheid nennt ihn aber.")
