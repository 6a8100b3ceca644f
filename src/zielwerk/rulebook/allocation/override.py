"""A key with amounts that were set by hand: the rest is shared among the others.

An amount set by hand (with a reason) is no longer the key's. It comes off the
total first, and the key shares what is left among the bodies it still speaks for; so all
amounts and the residual add up to the total, as without it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from zielwerk.rulebook.allocation.across import (
    across_refusals,
    changes_across,
    total_of,
    without_change,
)
from zielwerk.rulebook.allocation.compute import Allocation, allocate
from zielwerk.rulebook.allocation.key import Key, Need
from zielwerk.rulebook.allocation.limits import LimitName, limits_of
from zielwerk.rulebook.money import Cents
from zielwerk.rulebook.refusal import Refusal, Refused, msg
from zielwerk.rulebook.writing import says_something


@dataclass(frozen=True)
class Override:
    """An amount set by hand, in cents (0 is possible), with the reason that is shown."""

    amount_cents: int
    reason: str


Beyond = Literal["floor", "cap", "change_up", "change_down", "rounding"]

BEYOND_LABELS: Mapping[Beyond, str] = {
    "floor": msg("unter dem Mindestbetrag"),
    "cap": msg("über dem Höchstbetrag"),
    "change_up": msg("mehr als der größte Zuwachs zum Vorjahr"),
    "change_down": msg("mehr als der größte Rückgang zum Vorjahr"),
    "rounding": msg("kein Vielfaches der Rundungseinheit"),
}


def beyond(key: Key, need: Need, amount_cents: int) -> tuple[Beyond, ...]:
    """What of the key an amount set by hand does not keep to; it is allowed, and said.

    Each limit is asked for itself, as it is and not rounded inward to units.
    """
    alone = replace(key, rounding_cents=1, floor_cents=None, cap_cents=None)
    change = limits_of(alone, need)
    found: list[tuple[Beyond, bool]] = [
        ("floor", amount_cents < (key.floor_cents or 0)),
        ("cap", key.cap_cents is not None and amount_cents > key.cap_cents),
        ("change_up", change.upper_cents is not None and amount_cents > change.upper_cents),
        ("change_down", amount_cents < change.lower_cents),
        ("rounding", key.rounding_cents > 0 and bool(amount_cents % key.rounding_cents)),
    ]
    return tuple(name for name, is_so in found if is_so)


@dataclass(frozen=True)
class Assignment:
    """The amount of one body; ``override`` where it was set by hand.

    ``share`` and ``limited_by`` are the key's and say nothing where the amount is not; then
    ``beyond`` names what the amount does not keep to.
    """

    ags: str
    name: str
    amount_cents: int
    last_year_cents: int | None
    share: Fraction | None
    limited_by: LimitName
    override: Override | None
    beyond: tuple[Beyond, ...] = ()


@dataclass(frozen=True)
class Distribution:
    """A total shared out: assignments in the order of AGS, and the residual.

    ``total_cents`` is what was shared in the end, after a change across the board. ``by_key``
    is the key's part of it, None where every amount was set by hand. ``residual_cents`` is below
    one unit where the key shares; where every amount was set by hand it is whatever was left.
    """

    assignments: tuple[Assignment, ...]
    residual_cents: int
    total_cents: int
    by_key: Allocation | None

    @property
    def amounts(self) -> dict[str, int]:
        """Each body's amount, in cents by AGS."""
        return {assignment.ags: assignment.amount_cents for assignment in self.assignments}


def distribute(
    key: Key, needs: Sequence[Need], total_cents: int, overrides: Mapping[str, Override]
) -> Distribution:
    """Share a total by the key, but for the amounts set by hand; refused like ``allocate``.

    A change across the board is of the whole total; the amounts set by hand stay, and the
    others bear it.
    """
    if refusals := tuple(across_refusals(key, total_cents)):
        raise Refused(*refusals)
    end_cents = total_of(key, total_cents)
    if refusals := tuple(_refusals(needs, min(total_cents, end_cents), overrides)):
        raise Refused(*refusals)
    by_hand_cents = sum(override.amount_cents for override in overrides.values())
    computed = [need for need in needs if need.ags not in overrides]
    left_cents = end_cents - by_hand_cents
    if computed and overrides and not (left_cents and total_cents - by_hand_cents):
        raise Refused(NOTHING_LEFT)
    if changes_across(key):
        key = without_change(key, end_cents - total_cents)
    by_key = (
        allocate(key, computed, total_cents - by_hand_cents) if computed or not overrides else None
    )
    shares = {share.ags: share for share in by_key.amounts} if by_key else {}
    return Distribution(
        assignments=tuple(
            Assignment(
                ags=need.ags,
                name=need.name,
                amount_cents=override.amount_cents if override else shares[need.ags].amount_cents,
                last_year_cents=need.last_year_cents,
                share=None if override else shares[need.ags].share,
                limited_by="" if override else shares[need.ags].limited_by,
                override=override,
                beyond=beyond(key, need, override.amount_cents) if override else (),
            )
            for need in sorted(needs, key=lambda need: need.ags)
            for override in [overrides.get(need.ags)]
        ),
        residual_cents=by_key.residual_cents if by_key else left_cents,
        total_cents=end_cents,
        by_key=by_key,
    )


NOTHING_LEFT = Refusal(
    "allocation.override_takes_all",
    msg("Von Hand ist schon alles gesetzt; für die übrigen Körperschaften bleibt nichts."),
)


def _refusals(
    needs: Sequence[Need], total_cents: int, overrides: Mapping[str, Override]
) -> Iterator[Refusal]:
    names = {need.ags: need.name for need in needs}
    for ags, override in sorted(overrides.items()):
        if ags not in names:
            sentence = msg("{ags}: Diese Körperschaft gehört nicht zur Verteilung.")
            yield Refusal("allocation.override_unknown", sentence, {"ags": ags})
        elif override.amount_cents < 0:
            sentence = msg("{name} ({ags}): Ein gesetzter Betrag ist nicht kleiner als null.")
            yield Refusal(
                "allocation.override_negative", sentence, {"ags": ags, "name": names[ags]}
            )
        elif not says_something(override.reason):
            sentence = msg("{name} ({ags}): Ein gesetzter Betrag braucht eine Begründung.")
            yield Refusal("allocation.override_reason", sentence, {"ags": ags, "name": names[ags]})
    by_hand = sum(override.amount_cents for override in overrides.values())
    if overrides and by_hand > total_cents:
        yield Refusal(
            "allocation.override_exceeds",
            msg("Von Hand gesetzt sind {by_hand}, zu verteilen sind nur {total}."),
            {"by_hand": Cents(by_hand), "total": Cents(total_cents)},
        )
