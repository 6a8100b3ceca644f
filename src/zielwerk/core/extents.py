"""Faults of one kind gathered: how many there are, the first and the last."""

from collections.abc import Iterable
from dataclasses import dataclass

from zielwerk.rulebook.refusal import Refusal, msg

MORE = msg("Von dieser Art sind es {number}; zuletzt:")


@dataclass(frozen=True)
class Extent:
    """All faults of one rule, about one kind of thing."""

    number: int
    first: Refusal
    last: Refusal

    @property
    def said(self) -> tuple[Refusal, ...]:
        """The sentences that tell it."""
        if self.number == 1:
            return (self.first,)
        return self.first, Refusal("audit.more", MORE, {"number": self.number}), self.last


def extents(faults: Iterable[Refusal]) -> list[Extent]:
    """The faults by rule and kind of thing, in the order in which each was found first."""
    found: dict[tuple[str, str], Extent] = {}
    for fault in faults:
        key = fault.rule, str(fault.params.get("thing", "")).partition(":")[0]
        before = found.get(key, Extent(0, fault, fault))
        found[key] = Extent(before.number + 1, before.first, fault)
    return list(found.values())
