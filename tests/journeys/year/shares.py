"""Amounts shared out to the cent: those with the largest rest get what is over."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import floor
from typing import TypeVar

T = TypeVar("T")


def by_shares(cents: int, shares: Mapping[T, Fraction]) -> dict[T, int]:
    """An amount by shares on any scale; among equal rests, who is named first."""
    whole, sign = sum(shares.values()), -1 if cents < 0 else 1
    if not whole:
        return dict.fromkeys(shares, 0)
    exact = {one: abs(cents) * share / whole for one, share in shares.items()}
    parts = {one: floor(part) for one, part in exact.items()}
    ranked = sorted(exact, key=lambda one: parts[one] - exact[one])  # stable: first named first
    for one in ranked[: abs(cents) - sum(parts.values())]:
        parts[one] += 1
    return {one: sign * part for one, part in parts.items()}


def by_size(cents: int, held: Mapping[T, int]) -> dict[T, int]:
    """An amount in proportion to what each holds."""
    return by_shares(cents, {one: Fraction(size) for one, size in held.items()})


def mixtures(
    held: Mapping[T, int], amounts: Sequence[int], *, in_order: bool
) -> list[dict[T, int]]:
    """What each amount takes of each part: together in order or in proportion, each the same mix.

    ``held`` is in the order in which its parts are drawn on. What is not there is missing from
    the last amounts.
    """
    there = {one: cents for one, cents in held.items() if cents > 0}
    wanted = min(sum(amounts), sum(there.values()))
    left = dict[T, int]()
    if in_order:
        rest = wanted
        for one, cents in there.items():
            left[one] = min(cents, rest)
            rest -= left[one]
    else:
        left = by_size(wanted, there)
    left = {one: cents for one, cents in left.items() if cents} if in_order else left
    found = []
    for amount in amounts:
        parts = by_size(min(amount, sum(left.values())), left)
        found.append({one: part for one, part in parts.items() if part})
        left = {one: left[one] - parts[one] for one in left}
    return found
