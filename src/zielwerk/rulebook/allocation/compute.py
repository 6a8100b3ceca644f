"""The computation: shares, the exact λ, and whole units.

Shares are whole numbers over one common denominator, so that no fraction is made inside
a loop and nothing is rounded before the very end.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import gcd, lcm

from zielwerk.rulebook.allocation.across import (
    Across,
    across_refusals,
    changes_across,
    total_of,
)
from zielwerk.rulebook.allocation.key import Key, Need, key_refusals, need_refusals
from zielwerk.rulebook.allocation.limits import (
    LimitName,
    Limits,
    colliding_limits,
    limits_of,
    unreachable_total,
)
from zielwerk.rulebook.allocation.rounding import Wanted, in_units
from zielwerk.rulebook.money import MAX_CENTS, Cents
from zielwerk.rulebook.refusal import Refusal, Refused, msg


@dataclass(frozen=True)
class Share:
    """One body's amount in cents (whole units), its share of the need, and its limit.

    ``limited_by`` is empty where no limit moved the amount.
    """

    ags: str
    amount_cents: int
    share: Fraction
    limited_by: LimitName


@dataclass(frozen=True)
class Allocation:
    """A total shared by a key, with all that explains it.

    ``amounts`` and ``needs`` are in the order of AGS. ``residual_cents`` is what of
    ``total_cents`` is below one unit and stays with the state. ``rate_cents`` is λ, the
    cents that a share of one would bring, from which the amounts are rounded; ``totals`` the
    sum of each indicator that counts.
    ``across`` is what a change across the board did to the key's amounts, None without one;
    with it, ``total_cents`` is the changed total.
    """

    amounts: tuple[Share, ...]
    residual_cents: int
    total_cents: int
    key: Key
    needs: tuple[Need, ...]
    rate_cents: Fraction
    totals: Mapping[str, Fraction]
    across: Across | None = None


def allocate(key: Key, needs: Iterable[Need], total_cents: int) -> Allocation:
    """Share a total among bodies; see :mod:`zielwerk.rulebook.allocation` for what holds.

    Raises :class:`Refused` with every reason found at the first stage that finds one: the
    key and the total, the needs, the limits of single bodies, the limits together.
    """
    _refuse((*key_refusals(key), *_total_refusals(total_cents)))
    _refuse(across_refusals(key, total_cents))
    ordered = tuple(sorted(needs, key=lambda need: need.ags))
    _refuse(need_refusals(key, ordered))
    limits = [limits_of(key, need) for need in ordered]
    _refuse(colliding_limits(key, ordered, limits))
    totals, parts, whole = _shares(key, ordered)
    residual_cents = total_cents % key.rounding_cents
    target = total_cents - residual_cents
    _refuse(unreachable_total(key, limits, parts, target))
    rate = _rate(key.base_cents, parts, limits, target)
    wanted = Wanted(key.rounding_cents, key.base_cents, parts, limits, rate, target)
    rounded = in_units(key.method, wanted)
    allocation = Allocation(
        amounts=tuple(
            Share(need.ags, amount, Fraction(part, whole), limit)
            for need, amount, part, limit in zip(
                ordered, rounded.amounts, parts, rounded.limited, strict=True
            )
        ),
        residual_cents=residual_cents,
        total_cents=total_cents,
        key=key,
        needs=ordered,
        rate_cents=rounded.rate * whole,
        totals=totals,
    )
    return _across(allocation, limits) if changes_across(key) else allocation


def _across(allocation: Allocation, limits: Sequence[Limits]) -> Allocation:
    """Change all amounts of the key by one factor, within the same limits."""
    total_cents = total_of(allocation.key, allocation.total_cents)
    residual_cents = total_cents % allocation.key.rounding_cents
    target = total_cents - residual_cents
    parts = [share.amount_cents for share in allocation.amounts]
    key = replace(allocation.key, base_cents=0)
    _refuse(unreachable_total(key, limits, parts, target))
    factor = _rate(0, parts, limits, target)
    wanted = Wanted(key.rounding_cents, 0, parts, limits, factor, target)
    rounded = in_units(key.method, wanted)
    return replace(
        allocation,
        amounts=tuple(
            replace(share, amount_cents=amount, limited_by=limit)
            for share, amount, limit in zip(
                allocation.amounts, rounded.amounts, rounded.limited, strict=True
            )
        ),
        residual_cents=residual_cents,
        total_cents=total_cents,
        across=Across(
            tuple(parts),
            tuple(share.limited_by for share in allocation.amounts),
            allocation.total_cents,
            rounded.rate,
        ),
    )


def _refuse(refusals: Iterable[Refusal]) -> None:
    if reasons := tuple(refusals):
        raise Refused(*reasons)


def _total_refusals(total_cents: int) -> tuple[Refusal, ...]:
    if total_cents <= 0:
        sentence = msg("Zu verteilen sind {total}. Das muss mehr als null sein.")
        return (Refusal("allocation.total_not_positive", sentence, {"total": Cents(total_cents)}),)
    if total_cents > MAX_CENTS:
        sentence = msg("Die Summe ist zu groß. Der größte Betrag ist {limit}.")
        return (Refusal("allocation.total_too_large", sentence, {"limit": Cents(MAX_CENTS)}),)
    return ()


def _shares(key: Key, needs: Sequence[Need]) -> tuple[dict[str, Fraction], list[int], int]:
    """The indicators' totals, and each body's share as a whole number of parts of a whole."""
    weights = {name: Fraction(weight) for name, weight in key.weights.items() if weight}
    totals: dict[str, Fraction] = {}
    columns: list[list[int]] = []
    factors: list[Fraction] = []
    for name, weight in weights.items():
        values = [need.values[name] for need in needs]
        scale = lcm(*(value.denominator for value in values))
        column = [value.numerator * (scale // value.denominator) for value in values]
        columns.append(column)
        totals[name] = Fraction(sum(column), scale)
        factors.append(weight / sum(weights.values()) / sum(column))
    whole = lcm(*(factor.denominator for factor in factors))
    steps = [int(factor * whole) for factor in factors]
    parts = [
        sum(step * value for step, value in zip(steps, row, strict=True))
        for row in zip(*columns, strict=True)
    ]
    common = gcd(*parts)  # divides the whole too, which is their sum
    return totals, [part // common for part in parts], whole // common


def _rate(
    base_cents: int, parts: Sequence[int], limits: Sequence[Limits], target_cents: int
) -> Fraction:
    """The smallest rate ≥ 0 (cents a part) at which the limited amounts meet the target.

    The sum of ``clamp(base + rate · part)`` rises with the rate in straight pieces. It bends
    where a body leaves its lower or reaches its upper limit, at a rate of ``bend / part``.
    From bend to bend the sum is ``fixed + slope · rate``.
    """
    fixed = sum(limit.clamp(base_cents) for limit in limits)
    slope = 0
    bends: list[tuple[int, int, int, int]] = []
    # Two different fractions with denominators up to m differ by 1/m² or more: with that
    # many binary places their whole parts differ too, and sorting needs no fractions.
    places = 2 * max(parts).bit_length()
    for part, limit in zip(parts, limits, strict=True):
        if not part:
            continue
        below, above = limit.lower_cents - base_cents, limit.upper_cents
        if below > 0:
            bends.append(((below << places) // part, below, part, part))
        elif above is None or above > base_cents:
            slope += part
        if above is not None and above > base_cents:
            bends.append(
                (((above - base_cents) << places) // part, above - base_cents, part, -part)
            )
    bends.sort()
    for _, bend, part, turn in bends:
        if fixed * part + slope * bend >= target_cents * part:
            break
        # The piece after the bend goes through the same point with another slope.
        slope += turn
        fixed -= bend if turn > 0 else -bend
    return Fraction(target_cents - fixed, slope) if slope else Fraction()
