"""Several notices issued at once: what refuses that, and by what the list is known again."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby

from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import Refusal, msg


@dataclass(frozen=True)
class Entry:
    """A notice on the list: its number, the recipient, the amount in cents, its revision."""

    number: str
    recipient: str
    cents: int
    revision: int


@dataclass(frozen=True)
class Limits:
    """At most so many notices, over at most so many cents, are issued at once; 0: any."""

    number: int = 0
    cents: int = 0


def code_of(entries: Sequence[Entry]) -> str:
    """The check code of a list, by which whoever saw it says that she means this very one.

    >>> one, other = Entry("ZB-1", "06435", 100, 2), Entry("ZB-1", "06435", 200, 3)
    >>> code_of([one]) == code_of([one]), code_of([one]) == code_of([other])
    (True, False)
    """
    lines = sorted(f"{e.number}\t{e.recipient}\t{e.cents}\t{e.revision}" for e in entries)
    return sha256("\n".join(lines).encode()).hexdigest()[:16]


def why_not_together(
    entries: Sequence[Entry], limits: Limits, code: str = ""
) -> tuple[Refusal, ...]:
    """Why a list is not issued: it is empty, another one than was seen, or beyond the limits."""
    if not entries:
        return (Refusal("grant.together_nothing", _NOTHING),)
    refusals = []
    if code and code != code_of(entries):
        refusals.append(Refusal("grant.together_changed", _CHANGED))
    if limits.number and len(entries) > limits.number:
        params: dict[str, object] = {"number": len(entries), "most": limits.number}
        refusals.append(Refusal("grant.together_many", _MANY, params))
    total = sum(entry.cents for entry in entries)
    if limits.cents and total > limits.cents:
        amounts = {"cents": Cents(total), "most": Cents(limits.cents)}
        refusals.append(Refusal("grant.together_much", _MUCH, amounts))
    numbers = sorted(entry.number for entry in entries)
    if twice := [number for number, same in groupby(numbers) if len(list(same)) > 1]:
        refusals.append(Refusal("grant.together_twice", _TWICE, {"number": twice[0]}))
    return tuple(refusals)


_NOTHING = msg("Es ist kein Bescheid gewählt.")
_CHANGED = msg(
    "Die Liste hat sich geändert, seit Sie sie gesehen haben. Erlassen ist nichts; bitte sehen Sie "
    "sie noch einmal an."
)
_MANY = msg("Gewählt ist mehr, als zugleich erlassen wird: {number} statt höchstens {most}.")
_MUCH = msg("Zusammen sind das {cents}, zugleich erlassen werden höchstens {most}.")
_TWICE = msg("{number} steht zweimal auf der Liste.")
