"""A change across the board: every amount of the key is cut or raised in proportion.

The key shares a total as it stands; then all its amounts are multiplied by one factor, so that
they meet another total within the same limits. Where a limit holds a body, the others bear its
part. Amounts set by hand are no longer the key's and stay.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from zielwerk.rulebook.allocation.key import Key
from zielwerk.rulebook.allocation.limits import LimitName
from zielwerk.rulebook.money import MAX_CENTS, Cents, round_half_up
from zielwerk.rulebook.refusal import Refusal, msg


@dataclass(frozen=True)
class Across:
    """What a change across the board did: the amounts by the key, and the factor to all of them.

    ``by_key`` and ``limited_by_key`` are in the order of the needs.
    """

    by_key: tuple[int, ...]
    limited_by_key: tuple[LimitName, ...]
    total_before_cents: int
    factor: Fraction


def changed_total(total_cents: int, percent: int | Fraction | None, cents: int | None) -> int:
    """The total that is shared out in the end, changed by a percentage or by an amount."""
    if percent is not None:
        part = Fraction(100 + percent, 100) * total_cents
        return round_half_up(part.numerator, part.denominator)
    return total_cents + (cents or 0)


def total_of(key: Key, total_cents: int) -> int:
    """The total with the key's change across the board."""
    return changed_total(total_cents, key.across_percent, key.across_cents)


def changes_across(key: Key) -> bool:
    return bool(key.across_percent or key.across_cents)


def without_change(key: Key, across_cents: int | None = None) -> Key:
    """The key with no change across the board, or with this one in cents."""
    return replace(key, across_percent=None, across_cents=across_cents)


def across_refusals(key: Key, total_cents: int) -> Iterator[Refusal]:
    """Why the key's change across the board cannot be made."""
    if key.across_percent is not None and key.across_cents:
        yield Refusal(
            "allocation.across_twice",
            msg("Anteilig ändern lässt sich um einen Prozentsatz oder um einen Betrag."),
        )
    elif changes_across(key) and not 0 < (total := total_of(key, total_cents)) <= MAX_CENTS:
        yield Refusal(
            "allocation.across_out_of_range",
            msg("Nach der anteiligen Änderung wären {total} zu verteilen. Das geht nicht."),
            {"total": Cents(total)},
        )
